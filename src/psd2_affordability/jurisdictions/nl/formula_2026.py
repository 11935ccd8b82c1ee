"""The beslagvrije voet since 2026: the rent that one pays oneself grows evenly with income."""

from fractions import Fraction

from psd2_affordability.assess.household import HouseholdType
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl.part import Part, Slope, care_part, child_part, norm_part, persons
from psd2_affordability.rulebook.lookup import RulesOn


def parts(rules: RulesOn, household: HouseholdType, income: Fraction) -> tuple[Part, ...]:
    """Return the terms of art. 475da lid 2 Rv, text in force since 2026-01-01.

    Args:
        rules: of the day.
        household: its type.
        income: taxable income a year, of both partners together.
    """
    terms = (
        norm_part(rules, household),
        care_part(rules, household, income),
        Part("475da lid 2 Rv", "rent not covered by huurtoeslag", own_rent(rules, household).at(income)),
    )
    return (*terms, child_part(rules, household, income)) if household.has_children else terms


def highest_rent(rules: RulesOn) -> Money:
    """Return the highest rent that counts (Wht art. 13 lid 1 onder a)."""
    return rules.money("nl.huurtoeslag", "max_rent")


def own_rent(rules: RulesOn, household: HouseholdType) -> Slope:
    """How the rent that one pays oneself grows with income: evenly, up to the highest rent."""
    size = persons(household)
    return Slope(
        above=rules.money("nl.huurtoeslag", "minimum_income", size).exact,
        rate=rules.share("nl.huurtoeslag", "income_share", size) / 12,
        most=highest_rent(rules).exact - rules.money("nl.huurtoeslag_basishuur", "basishuur", size).exact,
    )
