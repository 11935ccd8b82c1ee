"""What arrives of an allowance in the month, or the quarter, that an entitlement is held against.

Income-dependent allowances are paid around the 20th of the month before (December brings January's);
child benefit is paid in the first days after its quarter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from psd2_affordability.assess.facts import Facts, Row, day_of, number_of
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


@dataclass(frozen=True, slots=True)
class Received:
    """What arrived.

    Attributes:
        monthly: a month, or Unknown when the data do not reach.
        rows: the payments.
        begun: it came for the first time in the last weeks.
        last: the newest payment at all, when nothing came in the month looked at.
        lump: the only payment of a year, when there is no other.
        paid_for: first day of the month or quarter that it was paid for.
    """

    monthly: Money | Unknown
    rows: tuple[Row, ...] = ()
    begun: bool = False
    last: Row | None = None
    lump: Row | None = None
    paid_for: date | None = None

    @property
    def nothing(self) -> bool:
        """Whether the data reach and nothing came, neither in the month nor as the one payment of a year."""
        return self.monthly == ZERO and self.lump is None


def received_month(facts: Facts, category: str) -> Received:
    """Return what came in the month before the day's month, or lately for the first time."""
    here = month_start(facts.on)
    pay = add_months(here, -1)
    newest = _newest_month(facts.seen_to)
    if newest < pay and (newest < add_months(pay, -2) or add_months(newest, 1).year != facts.on.year):
        return Received(_TOO_OLD)
    pay = min(pay, newest)
    rows = [row for row in facts.of(category) if row.cents > 0] if category in facts.spans else []
    start, end = number_of(pay), number_of(add_months(pay, 1))
    came = _regular(facts, category, [row for row in rows if start <= row.day < end])
    later = [row for row in rows if row.day >= end]
    lump = _lump(facts, rows)
    if lump is not None and not later and lump.day < end:
        return Received(ZERO, lump=lump, paid_for=add_months(pay, 1))
    if came:
        return Received(_total(came), came, paid_for=add_months(pay, 1))
    if later:
        return Received(_total(later), tuple(later), begun=True, lump=lump, paid_for=add_months(pay, 2))
    if facts.first_day is None or facts.first_day > start + _FIRST_PAY_DAY:
        return Received(_TOO_SHORT)
    return Received(ZERO, last=rows[-1] if rows else None, paid_for=add_months(pay, 1))


def received_quarter(facts: Facts, category: str) -> Received:
    """Return what came for the last quarter that has been paid, spread to a month."""
    start = _quarter_start(facts.on)
    rows = [row for row in facts.of(category) if row.cents > 0] if category in facts.spans else []
    came = [row for row in rows if row.day >= number_of(start)]
    if not came and facts.seen_to < number_of(start) + _QUARTER_PAID_BY:
        start = add_months(start, -3)
        came = [row for row in rows if row.day >= number_of(start)]
        if not came and facts.seen_to < number_of(start) + _QUARTER_PAID_BY:
            return Received(_TOO_OLD)
    paid_for = add_months(start, -3)
    if came:
        return Received(_total(came).times(Fraction(1, 3)), tuple(came), paid_for=paid_for)
    if facts.first_day is None or facts.first_day > number_of(start):
        return Received(_TOO_SHORT, paid_for=paid_for)
    return Received(ZERO, last=rows[-1] if rows else None, paid_for=paid_for)


def _newest_month(seen_to: int) -> date:
    """Return the newest month whose payment would have been seen."""
    day = day_of(seen_to)
    return month_start(day) if day.day >= _PAID_BY else add_months(month_start(day), -1)


def _regular(facts: Facts, category: str, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Leave out a back payment that came beside the regular one."""
    regular = {tx for one in facts.rhythms if one.category == category for tx in one.txs}
    return tuple([row for row in rows if row.tx in regular] or rows)


def _lump(facts: Facts, rows: Sequence[Row]) -> Row | None:
    """Return the one payment of the last year, when it stands alone and the data go back far enough."""
    recent = [row for row in rows if facts.seen_to - row.day <= _YEAR_DAYS]
    return recent[0] if len(recent) == 1 and len(facts.months) >= 3 else None


def _total(rows: Sequence[Row]) -> Money:
    return Money(sum(row.cents for row in rows))


def _quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
