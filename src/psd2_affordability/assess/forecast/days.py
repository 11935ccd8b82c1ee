"""On which days rhythms are expected in the coming year, and from which day to which a plan month runs."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from psd2_affordability.assess.reckoning import day_of, number_of
from psd2_affordability.assess.rhythm import Series
from psd2_affordability.categorise.open_days import open_day_from, open_day_until
from psd2_affordability.core.dates import add_months
from psd2_affordability.ledger.arrays import Ints
from psd2_affordability.ledger.columns import Coded
from psd2_affordability.ledger.order import run_starts

#: Days ahead that a plan of twelve months can reach when its first payment is a month away.
HORIZON = 430
_STEP_DAYS = {"weekly": 7, "four_weekly": 28}
_STEP_MONTHS = {"monthly": 1, "two_monthly": 2, "quarterly": 3, "yearly": 12}
_LOOKED_BACK = 13
#: Days of the month further apart than this lie around the turn of a month.
_TURN = 15
_LONGEST, _SHORTEST = 31, 28
#: How a payment moves when its day is shut: to the open day before, to the one after, or not at all.
_BEFORE, _AFTER, _STAYS = 0, 1, 2


class Recent(NamedTuple):
    """The last payments of rhythms: they tell on which days the next ones are expected.

    Attributes:
        days: day numbers by payment, the newest first, and rhythm; where there are fewer the oldest again.
        size: how many there are of each rhythm.
        next_day: day number expected next.
        usual: where its payments move when their day is shut: money comes before, and costs go after it.
        cadence: one of `PER_YEAR`.
    """

    days: Ints
    size: Ints
    next_day: Ints
    usual: Ints
    cadence: Coded

    @classmethod
    def of(cls, series: Series, which: Ints) -> "Recent":
        """Find them for some rhythms."""
        start, end, (cadence, names) = series.start[which], series.end[which], series.cadence
        return cls(
            series.days[np.maximum(end - 1 - np.arange(_LOOKED_BACK)[:, None], start)],
            np.minimum(end - start, _LOOKED_BACK),
            series.next_day[which],
            np.where(series.incoming[which], _BEFORE, _AFTER),
            (cadence[which], names),
        )

    def some(self, which: Ints) -> "Recent":
        """Return those of some of them."""
        days, size, next_day, usual, (cadence, names) = self
        return Recent(days[:, which], size[which], next_day[which], usual[which], (cadence[which], names))

    def steps(self, step_of: dict[str, int]) -> Ints:
        """Return the step of each one's cadence, and zero where there is none."""
        cadence, names = self.cadence
        return np.array([step_of.get(name, 0) for name in names], np.int64)[cadence]


def days_ahead(recent: Recent, today: int) -> tuple[Ints, Ints]:
    """Return the days on which rhythms are expected, tomorrow being 0, and before them whose each one is.

    What is due and has not come yet is expected tomorrow.
    """
    months, days = recent.steps(_STEP_MONTHS), recent.steps(_STEP_DAYS)
    found = []
    if len(which := np.flatnonzero(months)):
        expected = _by_month(recent.some(which), months[which], today)
        found.append(_ahead(which, expected, _SHORTEST * months[which], today))
    if len(which := np.flatnonzero(days)):
        expected = _by_days(recent.some(which), days[which], today)
        found.append(_ahead(which, expected, days[which], today))
    nothing = np.empty(0, np.int64), np.empty(0, np.int64)
    whose, ahead = map(np.concatenate, zip(nothing, *found, strict=True))
    return whose, ahead


def _ahead(which: Ints, expected: Ints, shortest: Ints, today: int) -> tuple[Ints, Ints]:
    """Keep the days that lie ahead, each once.

    Args:
        which: the rhythms.
        expected: days by payment, oldest first, and rhythm.
        shortest: the shortest number of days between two payments of each.
        today: the day asked.
    """
    expected[(expected <= today) & (expected > today - shortest)] = today + 1
    ahead = (expected > today) & (expected <= today + HORIZON)
    ahead[1:] &= expected[1:] != expected[:-1]
    return which[np.nonzero(ahead)[1]], expected[ahead] - (today + 1)


def _count(next_day: Ints, shortest: Ints, today: int) -> int:
    """Return how many payments there must be for the last one of each to lie beyond the horizon."""
    return int((np.maximum(0, today - next_day) // shortest + HORIZON // shortest).max()) + 2


def _by_days(recent: Recent, step: Ints, today: int) -> Ints:
    """Expect payments that come each so many days; they move where none was ever paid on a shut day."""
    next_day = recent.next_day
    expected = next_day + step * np.arange(_count(next_day, step, today))[:, None]
    only_open = (open_day_from(recent.days) == recent.days).all(axis=0)
    for move, way in ((open_day_until, _BEFORE), (open_day_from, _AFTER)):
        its = np.flatnonzero(only_open & (recent.usual == way))
        expected[1:, its] = move(expected[1:, its])
    return expected


def _by_month(recent: Recent, step: Ints, today: int) -> Ints:
    """Expect payments that come on a day of the month."""
    next_day = recent.next_day
    oldest, newest = min(recent.days.min(), next_day.min()), max(next_day.max(), today + HORIZON)
    calendar = _calendar(day_of(int(oldest) - 2 * _LONGEST).year, day_of(int(newest) + 2 * _LONGEST).year)
    of_month, moves = _habits(recent, calendar)
    start, last = calendar.months_of(next_day, of_month), calendar.days.shape[1] - 1
    count = _count(next_day, _SHORTEST * step, today)
    months = np.minimum(start + step * np.arange(count)[:, None], last)
    expected = calendar.on_days(months, of_month, moves)
    expected[0] = next_day
    return expected


def _habits(recent: Recent, calendar: "_Calendar") -> tuple[Ints, Ints]:
    """Return the day of the month, and how it moves on shut days: what explains most of the days seen.

    Wages are paid before a weekend and costs are collected after it: so the day that is meant is the
    latest one seen of money that comes, and the earliest one of money that goes.
    """
    of_month, count, usual = calendar.day_of_month[recent.days - calendar.first], recent.size, recent.usual
    latest_or_earliest = np.stack([of_month.max(axis=0), of_month.min(axis=0)])
    turning = np.flatnonzero(latest_or_earliest[0] - latest_or_earliest[1] > _TURN)
    turned = of_month[:, turning]
    of_month[:, turning] = turned = turned + _LONGEST * (turned <= _TURN)
    latest_or_earliest[:, turning] = turned.max(axis=0), turned.min(axis=0)
    most, meant, moves = np.full(len(count), -1), usual.copy(), usual.copy()
    for ways in (usual, np.where(usual == _BEFORE, _AFTER, _BEFORE), np.full_like(usual, _STAYS)):
        # what explains all of the days is not bettered
        which = np.flatnonzero(most < count)
        way = ways[which]
        stays = not len(way) or way[0] == _STAYS
        day = _middle(of_month[:, which], count[which]) if stays else latest_or_earliest[way, which]
        day -= _LONGEST * (day > _LONGEST)
        hits = _explained(recent.some(which), calendar, day, way)
        better = np.flatnonzero(hits > most[which])
        its = which[better]
        most[its], meant[its], moves[its] = hits[better], day[better], way[better]
    return meant, moves


def _middle(of_month: Ints, count: Ints) -> Ints:
    """Return the middle of the days of the month of each rhythm, the lower of two."""
    there = np.arange(_LOOKED_BACK)[:, None] < count
    in_order = np.sort(np.where(there, of_month, 2 * _LONGEST), axis=0)
    middle: Ints = in_order[(count - 1) // 2, np.arange(len(count))]
    return middle


def _explained(recent: Recent, calendar: "_Calendar", of_month: Ints, moves: Ints) -> Ints:
    """Count the payments of each rhythm that came on the day that is meant."""
    seen = recent.days
    explained = calendar.on_days(calendar.months_of(seen, of_month), of_month, moves) == seen
    # the oldest one stands again where there are fewer
    counted: Ints = explained.sum(axis=0) - (_LOOKED_BACK - recent.size) * explained[-1]
    return counted


class _Calendar(NamedTuple):
    """The months of some years.

    Attributes:
        first: day number of the first day.
        month: of each day, counted from the first month.
        day_of_month: of each day.
        days: for each way to move, month, and day of the month on what day it comes; a day that a month
            lacks is its last one.
    """

    first: int
    month: Ints
    day_of_month: Ints
    days: Ints

    def months_of(self, days: Ints, of_month: Ints) -> Ints:
        """Return the months that payments are for, which come around a day of the month."""
        months: Ints = self.month[days - (of_month - _TURN + self.first)]
        return months

    def on_days(self, months: Ints, of_month: Ints, moves: Ints) -> Ints:
        """Return on what day each rhythm comes in its months."""
        _, count, width = self.days.shape
        days: Ints = self.days.reshape(-1)[months * width + (moves * (count * width) + of_month - 1)]
        return days


@lru_cache(maxsize=16)
def _calendar(first: int, last: int) -> _Calendar:
    """Make the calendar of the years from the first to the last one."""
    months = [date(year, month, 1) for year in range(first, last + 1) for month in range(1, 13)]
    starts = np.array([number_of(day) for day in (*months, date(last + 1, 1, 1))], np.int64)
    lengths = np.diff(starts)
    month = np.repeat(np.arange(len(months)), lengths)
    named = starts[:-1, None] + np.minimum(np.arange(_LONGEST), lengths[:, None] - 1)
    return _Calendar(
        first=int(starts[0]),
        month=month,
        day_of_month=np.arange(starts[0], starts[-1]) - starts[month] + 1,
        days=np.stack([open_day_until(named), open_day_from(named), named]),
    )


class Payday(NamedTuple):
    """When an income comes.

    Attributes:
        next: day number of the next day expected.
        latest: of those in the coming year the one that is latest in its month.
        monthly: it comes on a day of each month.
    """

    next: int
    latest: int
    monthly: bool


def paydays(recent: Recent, whose: Ints, ahead: Ints, today: int) -> dict[int, Payday]:
    """Find those of each income among the days on which rhythms are expected, as `days_ahead` tells them."""
    is_income = (recent.usual == _BEFORE)[whose]
    whose, ahead = whose[is_income], ahead[is_income]
    if not len(whose):
        return {}
    order = np.argsort(whose * HORIZON + ahead)
    whose, days = whose[order], ahead[order] + today + 1
    starts = run_starts(whose)
    calendar = _calendar(day_of(today).year, day_of(today + HORIZON).year)
    of_month = calendar.day_of_month[days - calendar.first]
    # of several that are as late the first one
    latest = days[-np.maximum.reduceat(of_month * len(days) - np.arange(len(days)), starts) % len(days)]
    its, (cadence, names) = whose[starts], recent.cadence
    monthly = np.array([name == "monthly" for name in names], np.bool_)[cadence[its]].tolist()
    told = zip(days[starts].tolist(), latest.tolist(), monthly, strict=True)
    return dict(zip(its.tolist(), map(Payday._make, told), strict=True))


@lru_cache(maxsize=4_096)
def payment_days(first: int, months: int) -> tuple[int, ...]:
    """Return the payment days of so many months from the first one, or before it when negative.

    >>> [str(day_of(day)) for day in payment_days(20_000, 2)]
    ['2024-10-04', '2024-11-04']
    """
    day = day_of(first)
    counts = range(months) if months > 0 else range(months, 0)
    return tuple(number_of(add_months(day, count)) for count in counts)


def days_from(newest: int, cadence: str, until: int) -> Sequence[int]:
    """Return the payment days from the newest one on, up to a day or beyond it, where no habit is known yet.

    >>> [str(day_of(day)) for day in days_from(20_000, "quarterly", 20_100)]
    ['2024-10-04', '2025-01-04']
    """
    if cadence in _STEP_DAYS:
        return range(newest, until + 1, _STEP_DAYS[cadence])
    months = (until - newest) // _SHORTEST + 1
    return payment_days(newest, months)[:: _STEP_MONTHS[cadence]]
