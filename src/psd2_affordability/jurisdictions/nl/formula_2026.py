"""The beslagvrije voet since 2026: the rent that one pays oneself grows evenly with income."""

from psd2_affordability.assess.household import HouseholdType
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl.part import Slope, persons
from psd2_affordability.rulebook.lookup import RulesOn


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
