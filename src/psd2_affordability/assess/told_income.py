"""Whether the taxable income that was told can be true beside what arrives."""

from dataclasses import replace
from typing import Literal

from psd2_affordability.assess.household import Household
from psd2_affordability.assess.kinds import NOT_SURELY_TAXED
from psd2_affordability.assess.results import Income
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.answer import Unknown

_MONTHS = 12


def income_told(household: Household) -> bool:
    """Whether the taxable income of every adult is told."""
    if household.type is None:
        return False
    persons, adults = household.persons, 2 if household.type.has_partner else 1
    if len(persons) < adults or persons[0].taxable_income_year is None:
        return False
    return adults == 1 or persons[1].taxable_income_year is not None


def more_than_told(household: Household, income: Income) -> Literal["", "some", "much"]:
    """Tell how far a year of lean months is above the taxable income that was told, net as it is.

    No tax makes a taxable income lower than what is left of it: it was told of another year, or of one of
    two. Money that may come untaxed, and turnover, of which costs go off, say nothing of that.
    """
    month = income.for_protection
    if isinstance(month, Unknown) or not income_told(household):
        return ""
    told = sum([one.taxable_income_year.cents for one in household.persons if one.taxable_income_year])
    if month.low.cents * _MONTHS <= told:
        return ""
    untaxed = sum([kind.monthly.cents for kind in income.by_kind if kind.category in NOT_SURELY_TAXED])
    year = (month.low.cents - untaxed) * _MONTHS
    if year <= told:
        return ""
    return "much" if year > told * (1 + NORMS.income_shock) else "some"


def without_told(household: Household) -> Household:
    """Return the household as if no taxable income was told."""
    persons = [replace(one, taxable_income_year=None, taxable_income_month=None) for one in household.persons]
    return replace(household, persons=tuple(persons))
