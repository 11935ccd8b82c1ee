"""Days, months and periods. Nothing here knows what day it is: `on` is always given."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def iso_day(text: str) -> date:
    """Read a day written as 2026-07-01, and only so.

    Raises:
        ValueError: another form, or a day that does not exist.
    """
    if not _ISO_DAY.fullmatch(text):
        raise ValueError(f"'{text}' is not a day such as 2026-07-01")
    return date.fromisoformat(text)


def month_start(day: date) -> date:
    """Return the first day of the month."""
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """Move by whole months; a day that the month lacks becomes its last day.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, days_in_month(date(years, month + 1, 1))))


def days_in_month(day: date) -> int:
    """Count the days of the month that the day is in."""
    first_of_next = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (first_of_next - timedelta(days=1)).day


def whole_years(born: date, on: date) -> int:
    """Count a person's age in whole years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def easter_sunday(year: int) -> date:
    """Compute Easter Sunday from the moon's cycle (the Gregorian rule, for 1900 to 2099).

    >>> easter_sunday(2026)
    datetime.date(2026, 4, 5)
    """
    golden, leap = year % 19, year // 4
    moon = (19 * golden + 24) % 30
    moon -= (moon == 29) + (moon == 28 and golden > 10)
    week = (year + leap + moon - 13) % 7
    return date(year, 3, 28) + timedelta(days=moon - week)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `first` up to and including `last`.

    >>> Period(date(2026, 1, 1), date(2026, 1, 31)).days
    31
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period ends on {self.last}, before it starts on {self.first}")

    @property
    def days(self) -> int:
        """How many days, both ends counted."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def full_months(self) -> Iterator[date]:
        """Yield the first day of each calendar month that lies wholly inside."""
        month = month_start(self.first)
        if month < self.first:
            month = add_months(month, 1)
        while add_months(month, 1) - timedelta(days=1) <= self.last:
            yield month
            month = add_months(month, 1)
