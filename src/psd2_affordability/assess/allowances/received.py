"""What arrives of an allowance in the month, or the quarter, that an entitlement is held against.

Income-dependent allowances are paid around the 20th of the month before (December brings January's);
child benefit is paid in the first days after its quarter.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from psd2_affordability.assess.allowances.descriptions import of_earlier_year
from psd2_affordability.assess.allowances.whole import whole
from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.reckoning import day_of, number_of, share_out
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.dates import add_months, month_start
from psd2_affordability.core.money import ZERO, Money

_TOO_OLD = Unknown(
    "allowance.data_too_old",
    "The data end before the last payment was due.",
    "Can fresh data be shared?",
)
_TOO_SHORT = Unknown(
    "allowance.data_too_short",
    "The data begin after the last payment was due.",
    "Can data of a longer time be shared?",
)
#: From this day of a month on, its payment has come if it comes at all; days into a quarter likewise.
_PAID_BY, _QUARTER_PAID_BY = 25, 14
_FIRST_PAY_DAY = 15
_YEAR_DAYS = 366
_FEW_MONTHS, _MONTHS_A_QUARTER = 3, 3
#: From so many payments on, none stands alone; more than so many in a year come by the month.
_FEW_PAYMENTS, _SELDOM = 2, 3


class Received(NamedTuple):
    """What arrived.

    Attributes:
        monthly: a month, or Unknown when the data do not reach.
        rows: the payments.
        begun: it came for the first time in the last weeks.
        last: the newest payment at all, when nothing came in the month looked at.
        lump: the only payment of a year, when there is no other.
        paid_for: first day of the month or quarter that it was paid for.
        earlier: the newest payment that is said to be of a year that is over; it counts for none of this.
    """

    monthly: Money | Unknown
    rows: tuple[Row, ...] = ()
    begun: bool = False
    last: Row | None = None
    lump: Row | None = None
    paid_for: date | None = None
    earlier: Row | None = None

    @property
    def nothing(self) -> bool:
        """Whether the data reach and nothing came, neither in the month nor as the one payment of a year."""
        monthly = self.monthly
        return self.lump is None and isinstance(monthly, Money) and not monthly.cents


_NOT_REACHED, _NOT_YET = Received(_TOO_OLD), Received(_TOO_SHORT)


class _Stretch(NamedTuple):
    """The days in which a payment comes, as day numbers, the last left out, and what it is for."""

    start: int
    end: int
    paid_for: date
    nothing: Received


def received_never(facts: Facts) -> Received:
    """Return what came in the month before the day's month of an allowance that no booking is of."""
    month = _pay_month(facts.on, facts.seen_to)
    if month is None:
        return _NOT_REACHED
    return month.nothing if _reaches(facts, month.start + _FIRST_PAY_DAY) else _NOT_YET


def received_month(facts: Facts, category: str) -> Received:
    """Return what came in the month before the day's month, or lately for the first time."""
    month = _pay_month(facts.on, facts.seen_to)
    if month is None or category not in facts.spans:
        return received_never(facts)
    late = [row for row in facts.since(category, month.start) if row.cents > 0]
    seldom = _seldom(facts, category, late)
    if not seldom:
        return _of_month(facts, category, month, late)
    over = {row for row, said in seldom if of_earlier_year(said, _year_of(facts, month, row))}
    late = [row for row in late if row not in over]
    lump = _lump(facts, category, [row for row, _ in seldom if row not in over])
    found = _of_month(facts, category, month, late, lump if len(late) < _FEW_PAYMENTS else None, over)
    return found._replace(earlier=_of_household(facts, category, max(over))) if over else found


def _of_month(
    facts: Facts,
    category: str,
    month: _Stretch,
    late: Sequence[Row],
    lump: Row | None = None,
    over: Collection[Row] = (),
) -> Received:
    """Tell what came in the month or later, or as the one payment of a year; what is over is left out."""
    came = _regular(facts, category, _between(late, month.start, month.end))
    later = _between(late, month.end, facts.seen_to + 1)
    if lump is not None and not later:
        return Received(_total(facts, category, came), came, lump=lump, paid_for=month.paid_for)
    if came:
        return Received(_total(facts, category, came), came, paid_for=month.paid_for)
    if later:
        after = add_months(month.paid_for, 1)
        return Received(_total(facts, category, later), tuple(later), begun=True, lump=lump, paid_for=after)
    if not _reaches(facts, month.start + _FIRST_PAY_DAY):
        return _NOT_YET
    last = next((row for row in reversed(facts.of(category)) if row.cents > 0 and row not in over), None)
    return Received(ZERO, last=last, paid_for=month.paid_for)


def received_quarter(facts: Facts, category: str) -> Received:
    """Return what came for the last quarter that has been paid, spread to a month."""
    rows = [row for row in facts.of(category) if row.cents > 0] if category in facts.spans else []
    for back in range(2):
        quarter = _pay_quarter(facts.on, back)
        came = _between(rows, quarter.start, quarter.end) if rows else rows
        if came:
            monthly = Money(share_out(_total(facts, category, came).cents, _MONTHS_A_QUARTER))
            return Received(monthly, tuple(came), paid_for=quarter.paid_for)
        if facts.seen_to >= quarter.start + _QUARTER_PAID_BY:
            if not _reaches(facts, quarter.start):
                return Received(_TOO_SHORT, paid_for=quarter.paid_for)
            return Received(ZERO, last=rows[-1], paid_for=quarter.paid_for) if rows else quarter.nothing
    return _NOT_REACHED


@lru_cache(maxsize=4_096)
def _pay_month(on: date, seen_to: int) -> _Stretch | None:
    """Return the month in which the month of the day was paid, or one before it that the data reach.

    Amounts change with the year, so older data of another year say nothing.
    """
    pay = add_months(month_start(on), -1)
    day = day_of(seen_to)
    newest = month_start(day) if day.day >= _PAID_BY else add_months(month_start(day), -1)
    if newest < pay and (newest < add_months(pay, -2) or add_months(newest, 1).year != on.year):
        return None
    pay = min(pay, newest)
    paid_for = add_months(pay, 1)
    return _Stretch(number_of(pay), number_of(paid_for), paid_for, Received(ZERO, paid_for=paid_for))


@lru_cache(maxsize=1_024)
def _pay_quarter(on: date, back: int) -> _Stretch:
    """Return the quarter of the day, or the one before: in it, the quarter before it is paid."""
    start = add_months(date(on.year, (on.month - 1) // 3 * 3 + 1, 1), -3 * back)
    paid_for = add_months(start, -3)
    end = number_of(add_months(start, 3))
    return _Stretch(number_of(start), end, paid_for, Received(ZERO, paid_for=paid_for))


def _reaches(facts: Facts, day: int) -> bool:
    """Whether the data begin on a day or before."""
    return facts.first_day is not None and facts.first_day <= day


def _between(rows: Sequence[Row], start: int, end: int) -> Sequence[Row]:
    """Return the rows of a stretch of days; an allowance has few."""
    return [row for row in rows if start <= row.day < end]


def _regular(facts: Facts, category: str, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Leave out a back payment that came beside the regular one."""
    if len(rows) < 2:
        return tuple(rows)
    regular = {tx for one in facts.rhythms if one.category == category for tx in one.txs}
    return tuple([row for row in rows if row.tx in regular] or rows)


def _seldom(facts: Facts, category: str, late: Sequence[Row]) -> list[tuple[Row, str]]:
    """Return the payments of the last year with their descriptions, where there are few of them."""
    start, end = facts.spans[category]
    if (len(late) >= _FEW_PAYMENTS and end - start > _SELDOM) or _times(facts, category) > _SELDOM:
        return []
    return [each for each in facts.described(category, facts.seen_to - _YEAR_DAYS) if each[0].cents > 0]


def _year_of(facts: Facts, month: _Stretch, row: Row) -> int:
    """Return the year that a payment must be of to count: an older one than the month's must be of this."""
    return facts.on.year if row.day < month.start else day_of(row.day).year


def _lump(facts: Facts, category: str, rows: Sequence[Row]) -> Row | None:
    """Return the one payment of the last year, when it stands alone and the data go back far enough."""
    if len(facts.months) < _FEW_MONTHS or len(rows) != 1:
        return None
    return _of_household(facts, category, rows[0])


def _of_household(facts: Facts, category: str, row: Row) -> Row:
    return row._replace(cents=whole(facts, category, row.cents))


def _times(facts: Facts, category: str) -> int:
    """Count the payments of the last year; of most allowances there are too many to look at each."""
    book, (start, end) = facts.book, facts.spans[category]
    start = bisect_left(book.days, facts.seen_to - _YEAR_DAYS, start, end)
    came = zip(book.cents[start:end].tolist(), book.gone[start:end], strict=True)
    return len([cents for cents, gone in came if cents > 0 and not gone])


def _total(facts: Facts, category: str, rows: Sequence[Row]) -> Money:
    return Money(whole(facts, category, sum([row.cents for row in rows])))
