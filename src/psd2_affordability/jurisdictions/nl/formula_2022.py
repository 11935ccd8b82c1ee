"""The beslagvrije voet up to 2025: the rent that one pays oneself grows with the square of income."""

from dataclasses import dataclass
from fractions import Fraction

from psd2_affordability.assess.household import HouseholdType
from psd2_affordability.core.money import Money, Rounding
from psd2_affordability.jurisdictions.nl.part import persons
from psd2_affordability.rulebook.lookup import RulesOn

_RULE = "nl.huurtoeslag_tot_2025"


@dataclass(frozen=True, slots=True)
class Curve:
    """The rent that one pays oneself: normhuur = slope·income² + offset·income, less the basishuur.

    Attributes:
        until: taxable income a year up to which the normhuur is the least.
        least: normhuur up to there.
        slope: factor of the squared income.
        offset: factor of the income.
        most: the highest rent that counts.
        base: the basishuur.
    """

    until: Money
    least: Money
    slope: Fraction
    offset: Fraction
    most: Money
    base: Money

    def at(self, income: Fraction) -> Fraction:
        """Return the amount a month at an income."""
        return max((min(self.normhuur(income), self.most) - self.base).exact, Fraction(0))

    def normhuur(self, income: Fraction) -> Money:
        """Return the normhuur a month at an income, rounded up to the cent."""
        if income <= self.until.exact:
            return self.least
        return Money.rounded(self.slope * income**2 + self.offset * income, Rounding.UP)


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


def own_rent(rules: RulesOn, household: HouseholdType) -> Curve:
    """How the rent that one pays oneself grows with income: with its square, up to the highest rent."""
    return curve(rules, persons(household))


def curve(rules: RulesOn, size: str) -> Curve:
    """How it grows for a household of `one` or of `more` persons."""
    slope, offset = rent_factors(rules, size)
    return Curve(
        until=rules.money(_RULE, "minimum_income", size),
        least=rules.money(_RULE, "minimum_normhuur", size),
        slope=slope,
        offset=offset,
        most=highest_rent(rules),
        base=rules.money(_RULE, "basishuur"),
    )
