"""Recognised holidays, working days, and the last day of a term (Algemene termijnenwet)."""

from datetime import date, timedelta
from functools import cache

from psd2_affordability.core.dates import add_months, easter_sunday
from psd2_affordability.core.errors import UsageError

_SATURDAY, _SUNDAY = 5, 6
_KING_SINCE = 2014
_FIRST_YEAR, _LAST_YEAR = 1965, 2099  # since the act is in force; until the rule for Easter ends

# Art. 4 onder a: longer terms are not extended.
_LONGEST = {"days": 90, "weeks": 12, "months": 3}


def holiday(day: date) -> str:
    """Name the recognised holiday that a day is (art. 3 lid 1), or return an empty text.

    >>> holiday(date(2026, 4, 27)), holiday(date(2026, 4, 28))
    ('Koningsdag', '')
    """
    return _holidays(day.year).get(day, "")


def good_friday(day: date) -> bool:
    """Tell whether a day is Good Friday, a holiday for terms alone (art. 3 lid 2)."""
    return day == easter_sunday(day.year) - timedelta(days=2)


def working_day(day: date) -> bool:
    """Tell whether a day is no Saturday, Sunday or recognised holiday."""
    return day.weekday() not in {_SATURDAY, _SUNDAY} and not holiday(day)


def sunday(day: date) -> bool:
    """Tell whether a day is a Sunday."""
    return day.weekday() == _SUNDAY


def last_day(start: date, count: int, unit: str) -> date:
    """Return the last day of a statutory term that runs from the day after `start`.

    A term that ends on a Saturday, Sunday or holiday runs on to the next other day (art. 1 lid 1),
    unless it is a long one (art. 4).

    >>> last_day(date(2026, 11, 1), 14, "days"), last_day(date(2026, 4, 30), 3, "working days")
    (datetime.date(2026, 11, 16), datetime.date(2026, 5, 6))
    """
    _check_year(start.year)
    if unit == "working days":
        return _after_working_days(start, count)
    if unit in {"months", "years"}:
        end = add_months(start, count * (12 if unit == "years" else 1))
    else:
        end = start + timedelta(days=count * (7 if unit == "weeks" else 1))
    return _extended(end) if count <= _LONGEST.get(unit, 0) else end


def _after_working_days(start: date, count: int) -> date:
    day = start
    while count:
        day += timedelta(days=1)
        count -= working_day(day)
    return day


def _extended(end: date) -> date:
    while not working_day(end) or good_friday(end):
        end += timedelta(days=1)
    return end


def _check_year(year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UsageError(f"the holidays of {year} are not known", do=f"Ask for {_FIRST_YEAR} to {_LAST_YEAR}")


@cache
def _holidays(year: int) -> dict[date, str]:
    _check_year(year)
    easter = easter_sunday(year)
    birthday = date(year, 4, 27 if year >= _KING_SINCE else 30)
    if sunday(birthday):
        birthday -= timedelta(days=1)
    return {
        date(year, 1, 1): "Nieuwjaarsdag",
        easter + timedelta(days=1): "tweede paasdag",
        birthday: "Koningsdag" if year >= _KING_SINCE else "Koninginnedag",
        date(year, 5, 5): "vijf mei",
        easter + timedelta(days=39): "Hemelvaartsdag",
        easter + timedelta(days=50): "tweede pinksterdag",
        date(year, 12, 25): "eerste kerstdag",
        date(year, 12, 26): "tweede kerstdag",
    }
