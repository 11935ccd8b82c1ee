"""Days and months. Nothing here knows what day it is: `on` is always given."""

import re
from datetime import date, timedelta

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def iso_day(text: str) -> date:
    """Read a day written as 2026-07-01, and only so.

    Raises:
        ValueError: another form, or a day that does not exist.
    """
    if not _ISO_DAY.fullmatch(text):
        raise ValueError(f"'{text}' is not a day such as 2026-07-01")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is not in the calendar") from None


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
