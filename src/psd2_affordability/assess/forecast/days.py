"""On which days a rhythm is expected in the coming year, and from which day to which a plan month runs."""

from functools import lru_cache

import numpy as np

from psd2_affordability.assess.facts import Rhythm, day_of, number_of
from psd2_affordability.categorise.open_days import open_day_from, open_day_until
from psd2_affordability.core.dates import add_months
from psd2_affordability.ledger.arrays import Ints

#: Days ahead that a plan of twelve months can reach when its first payment is a month away.
HORIZON = 430
_STEP_DAYS = {"weekly": 7, "four_weekly": 28}
_STEP_MONTHS = {"monthly": 1, "two_monthly": 2, "quarterly": 3, "yearly": 12}
_LOOKED_BACK = 13
#: Days of the month further apart than this lie around the turn of a month.
_TURN = 15
_LONGEST = 31


def days_ahead(rhythm: Rhythm, today: int) -> Ints:
    """Return the days on which a rhythm is expected, oldest first, tomorrow being 0.

    What is due and has not come yet is expected tomorrow.
    """
    return _ahead(rhythm.days[-_LOOKED_BACK:], rhythm.cadence, rhythm.incoming, rhythm.next_day, today)


def latest_ahead(rhythm: Rhythm, today: int) -> int | None:
    """Return that day, of those on which a rhythm is expected, which is the latest one of its month."""
    return _latest(rhythm.days[-_LOOKED_BACK:], rhythm.cadence, rhythm.incoming, rhythm.next_day, today)


@lru_cache(maxsize=16_384)
def _latest(days: tuple[int, ...], cadence: str, incoming: bool, next_day: int, today: int) -> int | None:
    ahead = [today + 1 + day for day in _ahead(days, cadence, incoming, next_day, today).tolist()]
    return max(ahead, key=lambda day: day_of(day).day, default=None)


@lru_cache(maxsize=16_384)
def _ahead(days: tuple[int, ...], cadence: str, incoming: bool, next_day: int, today: int) -> Ints:
    if cadence in _STEP_DAYS:
        step = _STEP_DAYS[cadence]
        expected = next_day + step * np.arange(max(0, today - next_day) // step + HORIZON // step + 2)
        if _only_open(days):
            moved = open_day_until(expected) if incoming else open_day_from(expected)
            expected = np.where(np.arange(len(expected)) > 0, moved, expected)
    else:
        expected = _by_month(days, _STEP_MONTHS[cadence], incoming, next_day, today)
    expected = np.where((expected <= today) & (expected > today - step_of(cadence)), today + 1, expected)
    return np.unique(expected[(expected > today) & (expected <= today + HORIZON)]) - today - 1


def step_of(cadence: str) -> int:
    """Return the shortest number of days between two payments.

    >>> step_of("monthly"), step_of("four_weekly")
    (28, 28)
    """
    return _STEP_DAYS.get(cadence) or 28 * _STEP_MONTHS[cadence]


def _by_month(days: tuple[int, ...], step: int, incoming: bool, next_day: int, today: int) -> Ints:
    of_month, before = _habit(days, incoming)
    start = _month_of(next_day - of_month + _TURN)
    count = max(0, today - next_day) // (28 * step) + HORIZON // (28 * step) + 2
    expected = _on_days(start + step * np.arange(count), of_month, before)
    expected[0] = next_day
    return expected


def _habit(days: tuple[int, ...], incoming: bool) -> tuple[int, bool | None]:
    """Return the day of the month, and whether it moves before shut days (else after, None: not at all).

    Wages are paid before a weekend and costs are collected after it: so the day that is meant is the
    latest one seen of money that comes, and the earliest one of money that goes.
    """
    seen = np.array(days, np.int64)
    of_month = np.array([day_of(day).day for day in days])
    if of_month.max() - of_month.min() > _TURN:
        of_month = np.where(of_month <= _TURN, of_month + _LONGEST, of_month)
    middle = int(np.sort(of_month)[(len(days) - 1) // 2])
    best: tuple[int, bool | None] = middle, None
    most = -1
    for before in (incoming, not incoming, None):
        meant = middle if before is None else int(of_month.max() if before else of_month.min())
        meant = meant - _LONGEST if meant > _LONGEST else meant
        months = (seen - meant + _TURN).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        hits = int(np.count_nonzero(_on_days(months, meant, before) == seen))
        if hits > most:
            best, most = (meant, before), hits
    return best


def _month_of(day: int) -> int:
    told = day_of(day)
    return (told.year - 1970) * 12 + told.month - 1


def _on_days(months: Ints, of_month: int, before: bool | None) -> Ints:
    """Return the day of each month, moved around shut days; a day that a month lacks is its last one."""
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    named: Ints = first + np.minimum(of_month, after - first) - 1
    if before is None:
        return named
    return open_day_until(named) if before else open_day_from(named)


def _only_open(days: tuple[int, ...]) -> bool:
    seen = np.array(days, np.int64)
    return bool((open_day_from(seen) == seen).all())


@lru_cache(maxsize=4_096)
def payment_days(first: int, months: int) -> tuple[int, ...]:
    """Return the payment days of so many months from the first one, or before it when negative.

    >>> [str(day_of(day)) for day in payment_days(20_000, 2)]
    ['2024-10-04', '2024-11-04']
    """
    day = day_of(first)
    counts = range(months) if months > 0 else range(months, 0)
    return tuple(number_of(add_months(day, count)) for count in counts)
