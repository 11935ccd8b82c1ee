"""How the law computes the beslagvrije voet from a taxable income, by the day from which it does so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from psd2_affordability.assess.household import HouseholdType
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl import formula_2022, formula_2026
from psd2_affordability.jurisdictions.nl.part import Part, Slope, terms
from psd2_affordability.rulebook.lookup import RulesOn


@dataclass(frozen=True, slots=True)
class Regime:
    """How the law computes from a day on."""

    highest_rent: Callable[[RulesOn], Money]
    own_rent: Callable[[RulesOn, HouseholdType], Slope | formula_2022.Curve]

    def parts(self, rules: RulesOn, household: HouseholdType, income: Fraction) -> tuple[Part, ...]:
        """Return the terms of art. 475da lid 2 Rv at a taxable income a year."""
        return terms(rules, household, income, self.own_rent(rules, household).at(income))


REGIMES: Mapping[date, Regime] = MappingProxyType(
    {
        date(2022, 1, 1): Regime(formula_2022.highest_rent, formula_2022.own_rent),
        date(2026, 1, 1): Regime(formula_2026.highest_rent, formula_2026.own_rent),
    }
)


def regime_on(day: date) -> Regime | None:
    """Return how the law computes on a day; None before the first formula that is known."""
    begun = [first for first in REGIMES if first <= day]
    return REGIMES[max(begun)] if begun else None
