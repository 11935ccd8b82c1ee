"""Days on which banks book: every day but weekends and the holidays of the payment system."""

from datetime import date, timedelta
from functools import cache

from psd2_affordability.core.dates import easter_sunday


def is_banking_day(day: date) -> bool:
    """Tell whether banks settle on this day.

    >>> is_banking_day(date(2026, 4, 3)), is_banking_day(date(2026, 4, 7))
    (False, True)
    """
    return day.weekday() < 5 and day not in banking_holidays(day.year)


def banking_day_from(day: date) -> date:
    """Return the day itself, or else the next banking day."""
    while not is_banking_day(day):
        day += timedelta(days=1)
    return day


def banking_day_until(day: date) -> date:
    """Return the day itself, or else the last banking day before it."""
    while not is_banking_day(day):
        day -= timedelta(days=1)
    return day


@cache
def banking_holidays(year: int) -> frozenset[date]:
    """Return the days of a year on which the payment system is shut, weekends left out of account."""
    easter = easter_sunday(year)
    return frozenset(
        {
            date(year, 1, 1),
            easter - timedelta(days=2),
            easter + timedelta(days=1),
            date(year, 5, 1),
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )
