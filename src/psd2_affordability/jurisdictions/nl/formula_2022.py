"""The beslagvrije voet up to 2025: the rent that one pays oneself grows with the square of income."""

from fractions import Fraction

from psd2_affordability.assess.household import HouseholdType
from psd2_affordability.core.money import Money, Rounding
from psd2_affordability.jurisdictions.nl.part import Part, care_part, child_part, norm_part, persons
from psd2_affordability.rulebook.lookup import RulesOn

_RULE = "nl.huurtoeslag_tot_2025"


def parts(rules: RulesOn, household: HouseholdType, income: Fraction) -> tuple[Part, ...]:
    """Return the terms of art. 475da lid 2 Rv, text in force up to 2025-12-31.

    Args:
        rules: of the day.
        household: its type.
        income: taxable income a year, of both partners together.
    """
    terms = (
        norm_part(rules, household),
        care_part(rules, household, income),
        _rent_part(rules, household, income),
    )
    return (*terms, child_part(rules, household, income)) if household.has_children else terms


def highest_rent(rules: RulesOn) -> Money:
    """Return the highest rent that counts (Wht art. 13 lid 1 onder a)."""
    return rules.money(_RULE, "max_rent")


def rent_factors(rules: RulesOn, size: str) -> tuple[Fraction, Fraction]:
    """Return the factors a and b of normhuur = a·income² + b·income (Wht art. 19).

    The share of income that is normhuur is a straight line between the minimum and the
    reference income point; a and b follow from it exactly.
    """
    low, high = (rules.money(_RULE, f"{point}_income", size).exact for point in ("minimum", "reference"))
    at_low, at_high = (
        rules.money(_RULE, f"{point}_normhuur", size).exact for point in ("minimum", "reference")
    )
    slope = (at_high / high - at_low / low) / (high - low)
    return slope, at_low / low - slope * low


def _rent_part(rules: RulesOn, household: HouseholdType, income: Fraction) -> Part:
    size = persons(household)
    if income <= rules.money(_RULE, "minimum_income", size).exact:
        normhuur = rules.money(_RULE, "minimum_normhuur", size)
    else:
        slope, offset = rent_factors(rules, size)
        normhuur = Money.rounded(slope * income**2 + offset * income, Rounding.UP)
    own = min(normhuur, highest_rent(rules)) - rules.money(_RULE, "basishuur")
    amount = max(own.exact, Fraction(0))
    return Part("475da lid 2 Rv", "rent not covered by huurtoeslag", amount)
