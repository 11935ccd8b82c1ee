"""Many futures of accounts with a monthly payment in them, from payment day to payment day."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from psd2_affordability.assess.forecast.days import HORIZON
from psd2_affordability.assess.forecast.draws import drawn, widened
from psd2_affordability.assess.forecast.narrow import NARROW, Whole, most_in, width_for
from psd2_affordability.assess.forecast.outlook import Outlook
from psd2_affordability.assess.forecast.plan_months import Past, coming_months, past_months
from psd2_affordability.ledger.arrays import Ints

#: How far a plan is looked at.
MONTHS = 12
PATHS = 512
_COUNTS = np.arange(1, MONTHS + 1)
#: How many payments are made by each month, and the largest payment whose sum is narrow.
_PAID = _COUNTS.astype(np.int32)[:, None]
_NARROW_PAYMENT = NARROW // MONTHS
_WEEK, _MONTH, _LONGEST, _YEAR = 7, 30, 31, 365
#: Futures of which a course is drawn, and the places of a lean, a middling and a good one among them.
_DRAWN_PATHS = 128
_DRAWN = np.array([12, 63, 115])
#: What households with as much income have left in a month differs by about one part in so many of what
#: comes in. No source gives it; a larger part believes a short history more.
_SPREAD_IN = 10
#: Fewer whole months than this are made up from weeks.
_FEWEST_MONTHS, _MADE_UP = 3, 24


@dataclass(frozen=True, slots=True)
class PlanPaths:
    """Futures of one account without the plan, from payment day to payment day.

    Attributes:
        spare: the lowest balance of each month in each future, less the balance that must stay.
        bears: the largest payment, in whole cents, that each future bears for so many months.
        floor: the balance that must stay.
        knows_balance: whether the futures start from a known balance.
    """

    spare: Whole
    bears: Whole
    floor: int
    knows_balance: bool
    _sorted: dict[int, memoryview] = field(default_factory=dict, repr=False, compare=False)

    def share_bearing(self, cents: int, months: int) -> Decimal:
        """Return the share of futures that bear a payment for so many months, twelve at most."""
        bears = self._in_order(months)
        return _share(len(bears) - bisect_left(bears, cents), len(bears))

    def borne_by(self, hundredths: int, months: int) -> int:
        """Return the largest payment that at least so many in a hundred futures bear, in cents."""
        bears = self._in_order(months)
        return bears[len(bears) * (100 - hundredths) // 100]

    def lowest(self, cents: int, months: int) -> int:
        """Return the lowest balance with the payment in it in a middling future, in cents."""
        count = min(months, MONTHS)
        paid = cents * (_PAID if cents <= _NARROW_PAYMENT else _COUNTS[:, None])
        lows = np.minimum.reduce(self.spare[:count] - paid[:count], axis=0)
        lows.sort()
        return int(lows[len(lows) // 2]) + self.floor

    def course(self, cents: int, months: int) -> Whole:
        """Return the lowest balance of each month with the payment in it: 10, 50 and 90 in a hundred futures.

        In cents; taken over some of the futures, which is exact enough to be drawn.
        """
        count = min(months, MONTHS)
        spare = self.spare[:count, :_DRAWN_PATHS].copy()
        spare.sort(axis=1)
        lows: Whole = spare.take(_DRAWN, axis=1) - (cents * _COUNTS[:count, None] - self.floor)
        return lows

    def _in_order(self, months: int) -> memoryview:
        """Return the largest payments that futures bear for so many months, the smallest first."""
        count = min(months, MONTHS)
        bears = self._sorted.get(count)
        if bears is None:
            # a view of memory tells one number at a time much sooner than an array does
            in_order = self.bears[count - 1].copy()
            in_order.sort()
            bears = self._sorted[count] = in_order.data
        return bears


def borne(spare: Whole) -> Whole:
    """Return the largest payment, in whole cents, that futures bear for so many months.

    Args:
        spare: by month, of any futures of any accounts, as of `PlanPaths`.

    >>> borne(np.array([[100, 90], [100, 90], [240, 90]])).tolist()
    [[100, 90], [50, 45], [50, 30]]
    """
    bears = np.empty_like(spare)
    bears[0] = spare[0]
    for month in range(1, len(spare)):
        np.floor_divide(spare[month], month + 1, out=bears[month])
        np.minimum(bears[month], bears[month - 1], out=bears[month])
    return bears


@lru_cache(maxsize=1_024)
def _share(held: int, paths: int) -> Decimal:
    return (Decimal(held) / Decimal(paths)).quantize(Decimal("0.01"))


def plan_paths(outlooks: Sequence[Outlook], firsts: Sequence[int]) -> list[PlanPaths | None]:
    """Run the futures of plans that are first paid on a day; None where too little is known for any.

    Every future is a chain of months. A month is what is foreseen in it, with the loose rest of one
    of the past months from payment day to payment day. What a balance at the start of a month and
    its course give is exact, so a future is only a draw of months. A payment holds when, from each
    payment day to the next, the balance stays at the floor or above.
    """
    found: list[PlanPaths | None] = [None] * len(outlooks)
    alike: dict[tuple[int, int], list[tuple[int, _Planned]]] = {}
    for at, (outlook, first) in enumerate(zip(outlooks, firsts, strict=True)):
        past = past_months(outlook.today, first, outlook.first, outlook.end)
        seen = len(past.days)
        if seen < _FEWEST_MONTHS:
            seen = max(1, (outlook.end - outlook.first) // 30)
            past = _from_weeks(outlook)
        if len(past.days):
            alike.setdefault((len(past.days), seen), []).append((at, _Planned(outlook, first, past)))
    for (_, seen), planned in alike.items():
        spare = _futures([plan for _, plan in planned], seen)
        own, bears = np.ascontiguousarray(spare.transpose(2, 0, 1)), borne(spare).transpose(2, 0, 1)
        for (at, plan), left, most in zip(planned, own, bears, strict=True):
            found[at] = PlanPaths(left, most, plan.outlook.floor, plan.outlook.balance is not None)
    return found


class _Planned(NamedTuple):
    """An account, the first payment day, and the past months of which its futures are made."""

    outlook: Outlook
    first: int
    past: Past


def _futures(planned: Sequence[_Planned], seen: int) -> Whole:
    """Return the spare balance by month, future and account of accounts with as many past months.

    Args:
        planned: the accounts.
        seen: how many months tell how they differ.
    """
    outlooks = [one.outlook for one in planned]
    coming = [coming_months(one.outlook.today, one.first, MONTHS) for one in planned]
    total = np.zeros((len(planned), HORIZON + 1), np.int64)
    np.cumsum([one.foreseen for one in outlooks], axis=1, out=total[:, 1:])
    rest = _rest(planned, seen, total[:, _YEAR])
    count = rest.shape[1]
    starts = _placed(total, np.array([one.starts for one in coming]))
    foreseen = _placed(total, np.array([one.days for one in coming])) - starts[:, None, :-1]
    first = _before(rest, planned, [int(one.starts[0]) for one in coming]) + starts[:, :1]
    for at, outlook in enumerate(outlooks):
        if outlook.balance is None:
            course = foreseen[at, :, 0] + rest[at].sum(axis=0) // count
            first[at] = max(0, int(course[-1] - course.min()))
    first += np.array([[(one.balance or 0) - one.floor] for one in outlooks])

    width = width_for(most_in(first) + MONTHS * (most_in(foreseen) + most_in(rest)))
    # from here on the accounts come last: what is alike for all of them is done to whole rows of them.
    # by day, coming month, past month and account
    courses = _last(foreseen, width)[:, :, None] + _last(rest.transpose(0, 2, 1), width)[:, None]
    lowest, ends = np.minimum.reduce(courses), courses[-1]
    # what each month begins with: the start of all, or the end of the month before it
    begins = np.concatenate([_last(first, width)[None], ends[:-1]])
    chosen, before = _places(count)
    balance: Whole = begins.reshape(-1, len(planned)).take(before, axis=0)
    # month by month: tables are slow to sum along their first axis
    for month in range(1, MONTHS):
        balance[month] += balance[month - 1]
    balance += lowest.reshape(-1, len(planned)).take(chosen, axis=0)
    return balance


def _last(table: Ints, width: type[np.signedinteger]) -> Whole:
    """Return a table whose accounts come last instead of first, in numbers of some width."""
    return np.ascontiguousarray(np.moveaxis(table, 0, -1), width)


@lru_cache(maxsize=64)
def _places(count: int) -> tuple[Ints, Ints]:
    """Return for each coming month and future the place of its draw in a table of months by past months.

    And, for the first month, that of the draw which the days before it are made of; then those of the
    months before each.
    """
    rows = count * np.arange(MONTHS)[:, None]
    draws = drawn(count, MONTHS + 1, PATHS)
    return draws[:MONTHS] + rows, draws[[MONTHS, *range(MONTHS - 1)]] + rows


def usual_course_bears(outlooks: Sequence[Outlook], firsts: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the largest payments that accounts bear when each day brings what is usual, in cents.

    Args:
        outlooks: of the accounts.
        firsts: for each the first payment days to try.
    """
    course = np.zeros((len(outlooks), HORIZON + 1), np.int64)
    loose = np.array([one.loose for one in outlooks]).sum(axis=1)
    spread = loose[:, None] * np.arange(1, HORIZON + 1)
    known = np.array([max(1, one.end - one.first) for one in outlooks])
    # by one number at a time: tables are slow to divide by another table
    for days in np.unique(known).tolist():
        its = known == days
        spread[its] //= days
    np.cumsum([one.foreseen for one in outlooks], axis=1, out=course[:, :-1])
    course[:, :-1] += spread
    whose = [at for at, days in enumerate(firsts) for _ in days]
    starts = np.array(
        [
            coming_months(outlook.today, first, MONTHS).starts
            for outlook, days in zip(outlooks, firsts, strict=True)
            for first in days
        ]
    )
    starts += np.array(whose)[:, None] * (HORIZON + 1)
    lows = np.minimum.reduceat(course.reshape(-1), starts.reshape(-1)).reshape(-1, MONTHS + 1)[:, :-1]
    lows += np.array([(one.balance or 0) - one.floor for one in outlooks])[whose, None]
    bears = iter((lows // _COUNTS).min(axis=1).tolist())
    return [[next(bears) for _ in days] for days in firsts]


def _placed(table: Ints, places: Ints) -> Ints:
    """Return what stands at each account's places in its row of a table."""
    rows = np.arange(len(table)).reshape(-1, *[1] * (places.ndim - 1)) * table.shape[1]
    found: Ints = table.reshape(-1).take(places + rows)
    return found


def _rest(planned: Sequence[_Planned], seen: int, year: Ints) -> Ints:
    """Return the running sums of the loose rest over past months, widened, without what was luck.

    Args:
        planned: the accounts.
        seen: how many months tell how they differ.
        year: what is foreseen in a year for each.
    """
    loose = np.array([one.outlook.loose for one in planned])
    rest = _placed(loose, np.array([one.past.days for one in planned])).cumsum(axis=2)
    widened(rest, seen, axis=1)
    luck = np.array(_luck(rest[:, :, -1], seen, year, _comes_in(planned, loose)))
    rest -= (luck[:, None] * np.arange(1, _LONGEST + 1) // _LONGEST)[:, None]
    return rest


def _comes_in(planned: Sequence[_Planned], loose: Ints) -> list[int]:
    """Return what comes in on the accounts in a month: what is foreseen, and on days beside it."""
    foreseen = np.array([one.outlook.foreseen[:_YEAR] for one in planned])
    days = np.array([max(1, one.outlook.end - one.outlook.first) for one in planned])
    coming = np.maximum(foreseen, 0).sum(axis=1) // MONTHS
    months: list[int] = (coming + np.maximum(loose, 0).sum(axis=1) * _MONTH // days).tolist()
    return months


def _luck(total: Ints, seen: int, year: Ints, comes_in: Sequence[int]) -> list[int]:
    """Return which part of what seems to be left over in a month was luck.

    Who seems to have much left was lucky more often than not. What people have left in a month differs by
    a part of what comes in; the surer the months seen tell it, the less is taken off. Nothing is added to
    who seems to fall short.
    """
    count = total.shape[1]
    mean = total.sum(axis=1) // count
    left = (year // MONTHS + mean).tolist()
    unsure = (((total - mean[:, None]) ** 2).sum(axis=1) // (count * seen)).tolist()
    return [
        max(0, usual) * spread // max(1, spread + (month // _SPREAD_IN) ** 2)
        for usual, spread, month in zip(left, unsure, comes_in, strict=True)
    ]


def _from_weeks(outlook: Outlook) -> Past:
    """Make up months from weeks when too few whole ones are known; none without a week."""
    weeks = (outlook.end - outlook.first) // _WEEK
    if weeks < 1:
        return Past(np.zeros((0, _LONGEST), np.int64), np.zeros(0, np.int64))
    chosen = drawn(weeks, -(-_LONGEST // _WEEK), _MADE_UP).T
    days = (outlook.end - (chosen[:, :, None] + 1) * _WEEK + np.arange(_WEEK)).reshape(_MADE_UP, -1)
    return Past(days[:, :_LONGEST], np.full(_MADE_UP, _LONGEST))


def _before(rest: Ints, planned: Sequence[_Planned], days: Sequence[int]) -> Ints:
    """Return what the loose rest does on the days before the first payment: as the ends of past months."""
    total = rest[:, :, -1]
    whole, part = np.divmod(np.array(days)[:, None], _LONGEST - 1)
    lengths = np.array([one.past.lengths for one in planned])
    last = np.maximum(lengths - part - 1, 0)
    until = _placed(rest.reshape(-1, _LONGEST), last.reshape(-1, 1)).reshape(total.shape)
    result: Ints = total * whole + np.where(part, total - until, 0)
    return result
