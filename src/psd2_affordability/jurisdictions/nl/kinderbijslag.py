"""Kinderbijslag: a fixed amount a quarter for each child, by its age (Algemene Kinderbijslagwet)."""

from datetime import date

from psd2_affordability.assess.household import Household
from psd2_affordability.core.dates import whole_years
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.found import Found, step
from psd2_affordability.jurisdictions.nl.allowance import no_children_known, nothing
from psd2_affordability.rulebook.lookup import RulesOn

_RULE = "nl.kinderbijslag"
_ADULT = 18
# Art. 12 AKW: the ages from which the next amount holds, the oldest first.
_AGES = ((12, "12_to_17"), (6, "6_to_11"), (0, "0_to_5"))


def find(rules: RulesOn, household: Household) -> Found:
    """Return the kinderbijslag of the quarter that the day lies in, by the ages on its first day."""
    settled = no_children_known(rules, _RULE, household)
    if settled is not None:
        return settled
    start = quarter_start(rules.day)
    ages = sorted(whole_years(born, start) for born in household.children if born <= start)
    counted = [age for age in ages if age < _ADULT]
    if not counted:
        return nothing(
            "7 AKW",
            "no child under 18 on the first day of the quarter",
            "geen kind jonger dan 18 jaar op de eerste dag van het kwartaal",
        )
    steps = tuple(
        step(
            "12 AKW",
            "a child of {age} on {start}",
            "een kind van {age} jaar op {start}",
            rules.money(_RULE, "amount", _key(age)),
            age=age,
            start=start,
        )
        for age in counted
    )
    return Found.exactly(Money.total(one.amount for one in steps if one.amount is not None), steps)


def quarter_start(day: date) -> date:
    """Return the first day of the calendar quarter.

    >>> quarter_start(date(2026, 11, 22))
    datetime.date(2026, 10, 1)
    """
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _key(age: int) -> str:
    return next(key for first, key in _AGES if age >= first)
