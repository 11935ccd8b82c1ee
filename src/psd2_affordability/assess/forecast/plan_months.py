"""Months from payment day to payment day, past ones and coming ones, as places in arrays of days."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from psd2_affordability.assess.forecast.daily_moves import HISTORY_DAYS
from psd2_affordability.assess.forecast.days import payment_days
from psd2_affordability.ledger.arrays import Ints

_LONGEST = 31
_MOST = 12


class Past(NamedTuple):
    """Past plan months.

    Attributes:
        days: for each month the places of its days in the history; a short month ends on a nothing.
        lengths: days of each month.
    """

    days: Ints
    lengths: Ints


class Coming(NamedTuple):
    """Coming plan months.

    Attributes:
        starts: place of each payment day in the coming days, and of the one after the last month.
        days: for each day of a month, of each month the place of its end in the running total of the
            coming days; a short month stays on its last day.
    """

    starts: Ints
    days: Ints


@lru_cache(maxsize=4_096)
def coming_months(today: int, first: int, count: int) -> Coming:
    """Return the coming plan months, from the first payment on."""
    starts = np.array(payment_days(first, count + 1), np.int64) - today - 1
    lengths = np.diff(starts)
    within = np.minimum(np.arange(_LONGEST)[:, None], lengths - 1)
    return Coming(starts, starts[:-1] + within + 1)


@lru_cache(maxsize=4_096)
def past_months(today: int, first: int, known: int, end: int) -> Past:
    """Return the whole plan months in the known days, at most twelve, the newest first.

    The newest month that is still running is made whole with the days of the month a year before
    it, or else of the oldest one that is only partly known: so no known day is lost.
    """
    oldest = today - HISTORY_DAYS + 1
    starts = [day - oldest for day in reversed(payment_days(first, -(_MOST + 3)))]
    months: list[list[int]] = []
    running: list[int] = []
    for start, after in zip(starts, (first - oldest, *starts), strict=False):
        if start < end < after:
            running = list(range(start, end))
        elif after <= end and start >= known and len(months) + bool(running) < _MOST:
            months.append(list(range(start, after)))
        elif start < end:
            resumes = start + len(running)
            if running and resumes >= known:
                months.insert(0, running + list(range(resumes, after)))
            break
    days = np.full((len(months), _LONGEST), HISTORY_DAYS, np.int64)
    for at, month in enumerate(months):
        days[at, : len(month)] = month[:_LONGEST]
    return Past(days, np.array([min(len(month), _LONGEST) for month in months], np.int64))
