"""Many futures of an account with a monthly payment in it, all amounts tested in one pass."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from psd2_affordability.assess.forecast.days import HORIZON
from psd2_affordability.assess.forecast.draws import drawn, widened
from psd2_affordability.assess.forecast.outlook import Outlook
from psd2_affordability.assess.forecast.plan_months import Past, coming_months, past_months

Ints = npt.NDArray[np.int64]

#: How far a plan is looked at.
MONTHS = 12
PATHS = 512
_COUNTS = np.arange(1, MONTHS + 1)
_WEEK, _LONGEST, _YEAR = 7, 31, 365
#: Futures of which a course is drawn, and the places of a lean, a middling and a good one among them.
_DRAWN_PATHS = 128
_DRAWN = (12, 63, 115)
#: Cents by which what one household has left in a month differs from what another has. No source gives
#: it; a larger one believes a short history more.
_USUAL_SPREAD = 250_00
#: Fewer whole months than this are made up from weeks.
_FEWEST_MONTHS, _MADE_UP = 3, 24


@dataclass(frozen=True, slots=True)
class PlanPaths:
    """Futures of one account without the plan, from payment day to payment day.

    Attributes:
        spare: the lowest balance of each month in each future, less the balance that must stay.
        bears: the largest payment that each future bears for so many months.
        floor: the balance that must stay.
        knows_balance: whether the futures start from a known balance.
    """

    spare: Ints
    bears: Ints
    floor: int
    knows_balance: bool

    def share_bearing(self, cents: int, months: int) -> Decimal:
        """Return the share of futures that bear a payment for so many months, twelve at most."""
        bears = self.bears[min(months, MONTHS) - 1]
        held = int(np.count_nonzero(bears >= cents))
        return _share(held, len(bears))

    def borne_by(self, hundredths: int, months: int) -> int:
        """Return the largest payment that at least so many in a hundred futures bear, in cents."""
        bears = self.bears[min(months, MONTHS) - 1]
        at = len(bears) * (100 - hundredths) // 100
        return int(np.partition(bears, at)[at])

    def lowest(self, cents: int, months: int) -> int:
        """Return the lowest balance with the payment in it in a middling future, in cents."""
        count = min(months, MONTHS)
        paid = cents * np.arange(1, count + 1)[:, None]
        lows = (self.spare[:count] - paid).min(axis=0)
        return int(np.partition(lows, len(lows) // 2)[len(lows) // 2]) + self.floor

    def course(self, cents: int, months: int) -> list[list[int]]:
        """Return the lowest balance of each month with the payment in it: 10, 50 and 90 in a hundred futures.

        In cents; taken over some of the futures, which is exact enough to be drawn.
        """
        count = min(months, MONTHS)
        spare = np.sort(self.spare[:count, :_DRAWN_PATHS], axis=1)[:, _DRAWN]
        paid = cents * np.arange(1, count + 1)[:, None]
        lows: list[list[int]] = (spare - paid + self.floor).tolist()
        return lows


def plan_paths(outlook: Outlook, first: int, paths: int = PATHS) -> PlanPaths | None:
    """Run the futures of a plan that is first paid on a day; None when too little is known for any.

    Every future is a chain of months. A month is what is foreseen in it, with the loose rest of one
    of the past months from payment day to payment day. What a balance at the start of a month and
    its course give is exact, so a future is only a draw of months. A payment holds when, from each
    payment day to the next, the balance stays at the floor or above.
    """
    rest, seen, lengths = _courses(outlook, first)
    if not seen:
        return None
    rest = rest - _luck(outlook, rest, seen)
    count = len(rest)
    coming = coming_months(outlook.today, first, MONTHS)
    total = np.zeros(HORIZON + 1, np.int64)
    np.cumsum(outlook.foreseen, out=total[1:])
    starts = total[coming.starts]
    foreseen = total[coming.days] - starts[:-1, None]
    lowest = (foreseen[:, None, :] + rest).min(axis=2)
    ends = np.diff(starts)[:, None] + rest[:, -1]

    balance = np.empty((MONTHS, paths), np.int64)
    if outlook.balance is None:
        course = foreseen[0] + rest.sum(axis=0) // count
        balance[0] = max(0, int(course[-1] - course.min()))
    else:
        before = _before(rest, lengths, int(coming.starts[0])) + (outlook.balance + int(starts[0]))
        balance[0] = before.take(drawn(count, MONTHS + 1, paths)[MONTHS])
    balance[0] -= outlook.floor
    chosen = _places(count, paths)
    balance[1:] = ends[:-1].take(chosen[:-1])
    # month by month: tables are slow to sum along their first axis
    for month in range(1, MONTHS):
        np.add(balance[month], balance[month - 1], out=balance[month])
    spare = np.add(balance, lowest.take(chosen), out=balance)
    bears = spare.copy()
    for month in range(1, MONTHS):
        np.floor_divide(spare[month], month + 1, out=bears[month])
        np.minimum(bears[month], bears[month - 1], out=bears[month])
    return PlanPaths(spare, bears, outlook.floor, outlook.balance is not None)


@lru_cache(maxsize=1_024)
def _share(held: int, paths: int) -> Decimal:
    return (Decimal(held) / Decimal(paths)).quantize(Decimal("0.01"))


@lru_cache(maxsize=64)
def _places(count: int, paths: int) -> Ints:
    """Return for each coming month and future the place of its draw in a table of months by past months."""
    places: Ints = drawn(count, MONTHS + 1, paths)[:MONTHS] + count * np.arange(MONTHS)[:, None]
    return places


def usual_course_bears(outlook: Outlook, first: int) -> int:
    """Return the largest payment that the account bears when each day brings what is usual, in cents."""
    starts = coming_months(outlook.today, first, MONTHS).starts
    course = outlook.usual_course
    lows = np.minimum.reduceat(course[: starts[-1]], starts[:-1]) - outlook.floor
    return int((lows // _COUNTS).min())


def _courses(outlook: Outlook, first: int) -> tuple[Ints, int, Ints]:
    """Return the running sums of the loose rest over past months, widened, and how many were seen."""
    past = past_months(outlook.today, first, outlook.first, outlook.end)
    if len(past.days) >= _FEWEST_MONTHS:
        rest = outlook.loose[past.days].cumsum(axis=1)
        return widened(rest, len(rest)), len(rest), past.lengths
    made_up = _from_weeks(outlook)
    if made_up is None:
        return np.zeros((0, _LONGEST), np.int64), 0, past.lengths
    rest = outlook.loose[made_up.days].cumsum(axis=1)
    seen = max(1, (outlook.end - outlook.first) // 30)
    return widened(rest, seen), seen, made_up.lengths


def _luck(outlook: Outlook, rest: Ints, seen: int) -> Ints:
    """Return, by day of a month, which part of what seems to be left over was luck.

    Who seems to have much left was lucky more often than not. What people have left in a month differs by
    about `_USUAL_SPREAD`; the surer the months seen tell it, the less is taken off. Nothing is added to
    who seems to fall short.
    """
    total = rest[:, -1]
    left = int(outlook.foreseen[:_YEAR].sum()) // MONTHS + int(total.sum()) // len(total)
    unsure = int(((total - total.sum() // len(total)) ** 2).sum()) // (len(total) * seen)
    taken = max(0, left) * unsure // (unsure + _USUAL_SPREAD**2)
    result: Ints = taken * np.arange(1, _LONGEST + 1) // _LONGEST
    return result


def _from_weeks(outlook: Outlook) -> Past | None:
    """Make up months from weeks when too few whole ones are known."""
    weeks = (outlook.end - outlook.first) // _WEEK
    if not weeks:
        return None
    chosen = drawn(weeks, -(-_LONGEST // _WEEK), _MADE_UP).T
    days = (outlook.end - (chosen[:, :, None] + 1) * _WEEK + np.arange(_WEEK)).reshape(_MADE_UP, -1)
    return Past(days[:, :_LONGEST], np.full(_MADE_UP, _LONGEST))


def _before(rest: Ints, lengths: Ints, days: int) -> Ints:
    """Return what the loose rest does on the days before the first payment: as the ends of past months."""
    total = rest[:, -1]
    whole, part = divmod(days, _LONGEST - 1)
    at = np.maximum(lengths - part - 1, 0)
    result: Ints = total * whole
    if part:
        result += total - rest[np.arange(len(rest)), at]
    return result
