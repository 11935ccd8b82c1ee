"""Days on which banks book, for whole columns of days."""

from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from psd2_affordability.core.banking_days import banking_holidays

_Ints = npt.NDArray[np.int64]

_FIRST_DAY, _END_DAY = np.datetime64("1990-01-01", "D"), np.datetime64("2090-01-01", "D")


class _Calendar(NamedTuple):
    """For each known day: the nearest open day until it, and from it, and how many open days went before."""

    until: _Ints
    since: _Ints
    before: _Ints


def open_day_until(day: _Ints) -> _Ints:
    """Return each day itself, or else the last open day before it; a day outside the calendar stays."""
    return _told(_calendar().until, day)


def open_day_from(day: _Ints) -> _Ints:
    """Return each day itself, or else the next open day; a day outside the calendar stays."""
    return _told(_calendar().since, day)


def open_days_between(first: _Ints, last: _Ints) -> _Ints:
    """Count the open days from each first day, not counted, to each last day, counted."""
    before = _calendar().before
    return _told(before, last + 1) - _told(before, first + 1)


def _told(table: _Ints, day: _Ints) -> _Ints:
    at = day - int(_FIRST_DAY.astype(np.int64))
    known = (at >= 0) & (at < len(table))
    return np.where(known, table[np.where(known, at, 0)], day)


@cache
def _calendar() -> _Calendar:
    days = np.arange(_FIRST_DAY, _END_DAY)
    years = range(_FIRST_DAY.astype(date).year, _END_DAY.astype(date).year)
    shut = np.busdaycalendar(holidays=[day for year in years for day in banking_holidays(year)])
    until = np.busday_offset(days, 0, roll="backward", busdaycal=shut)
    since = np.busday_offset(days, 0, roll="forward", busdaycal=shut)
    is_open = np.is_busday(days, busdaycal=shut).astype(np.int64)
    return _Calendar(until.astype(np.int64), since.astype(np.int64), np.cumsum(is_open) - is_open)
