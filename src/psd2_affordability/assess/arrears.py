"""What was not seen being paid of costs that are owed: payments that did not come, and what they add up to.

It is never a claim: somebody else may have paid it, or it was paid from an account that is not in the data.
"""

from collections.abc import Iterable
from typing import NamedTuple

from psd2_affordability.assess.both_ways import both_ways
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.forecast.days import days_from
from psd2_affordability.assess.kinds import OWED
from psd2_affordability.assess.living_money import administered
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.results import NotPaid
from psd2_affordability.assess.rhythm import Rhythm
from psd2_affordability.assess.unpaid import counts_on_for, paid_beside, taken_over, told_to_be_none, unpaid
from psd2_affordability.core.answer import Interval
from psd2_affordability.core.money import Money

#: A cycle is long enough to tell a payment that is missing from one that is late.
_CYCLES = frozenset({"four_weekly", "monthly", "two_monthly", "quarterly"})
#: Fewer payments tell no cycle, and the first ones may be those of a move.
_FEWEST_PAID, _SETTLING = 4, 2
#: Two payments lie so many days further apart than usual, or two thirds of a cycle, when one is missing.
_PATIENCE_DAYS = 10


class Arrears(NamedTuple):
    """The payments of one series that did not come.

    Attributes:
        rhythm: the series.
        missed: how many payments surely did not come.
        most: the same with those that may still come in time.
        paid: cents that were paid beside the series, or twice at once, since the first of them.
        low: cents that they add up to, by a low payment and less what was paid.
        high: the same by a high payment.
        since: day number on which the first of them was due.
        stopped: whether nothing was paid since; a running series was paid again.
        may_be_over: whether it is a loan or an arrangement that may have been paid off.
        transactions: keys of the payments around them, and of what was paid beside the series.
    """

    rhythm: Rhythm
    missed: int
    most: int
    paid: int
    low: int
    high: int
    since: int
    stopped: bool
    may_be_over: bool
    transactions: tuple[str, ...]


class _Gap(NamedTuple):
    """Payments that did not come: where in the series they are missing, how many, and since which day."""

    after: int
    missed: int
    since: int


def arrears(facts: Facts) -> tuple[Arrears, ...]:
    """Find what was not paid, of costs that stopped and of those that were left out and are paid again.

    The largest comes first. Where an administrator gives living money, who pays the costs is theirs to tell.
    """
    stopped = {one.rhythm.key: one for one in facts.once(unpaid) if one.rhythm is not None}
    behind: list[Rhythm] = []
    for one in facts.once(both_ways).outgoing:
        if one.status == "ended":
            if one.key in stopped:
                behind.append(one)
        elif one.category in OWED and (one.status == "late" or _left_out(one)):
            behind.append(one)
    if not behind:
        return ()
    manager = facts.once(administered)
    if manager is not None and manager.monthly:
        return ()
    found: list[Arrears] = []
    for one in behind:
        owed = stopped.get(one.key)
        if told_to_be_none(facts, one.category) if owed is None else owed.caught_up:
            continue
        each = _missing(facts, one, may_be_over=owed is not None and owed.may_be_over)
        if each is not None:
            found.append(each)
    return tuple(sorted(found, key=lambda one: (-one.high, one.rhythm.key)))


def to_live(facts: Facts) -> list[Arrears]:
    """Return those of costs that nobody can do without, or that are owed by contract; for `Facts.once`."""
    return [one for one in facts.once(arrears) if one.rhythm.category in OWED]


def not_paid(facts: Facts) -> tuple[NotPaid, ...]:
    """Return them as an answer tells them."""
    return tuple(
        [
            NotPaid(
                category=one.rhythm.category,
                payee=one.rhythm.payee,
                payments=one.missed,
                amount=Interval(Money(one.low), Money(one.high)),
                since=day_of(one.since),
                stopped=one.stopped,
                transactions=one.transactions,
            )
            for one in facts.once(arrears)
        ]
    )


def owed_to_live(facts: Facts, until: int) -> int:
    """Return the cents that are owed for a home, energy, water, care or maintenance up to a day, at most.

    To what was not paid comes what falls due up to then of costs that are not paid any more.
    """
    total = 0
    for one in facts.once(to_live):
        total += one.high
        if one.stopped:
            rhythm = one.rhythm
            total += (_due(rhythm, until) - _due(rhythm, facts.seen_to)) * rhythm.range_payment[2]
    return total


def _left_out(one: Rhythm) -> bool:
    """Whether two payments may lie further apart than a cycle allows."""
    return one.longest_gap > one.period + _PATIENCE_DAYS and one.cadence in _CYCLES


def _patience(one: Rhythm) -> int:
    return max(_PATIENCE_DAYS, 2 * one.period // 3)


def _missing(facts: Facts, one: Rhythm, *, may_be_over: bool) -> Arrears | None:
    """Add up the payments that did not come; None when there are none, or all was made up for."""
    stopped = one.status == "ended"
    gaps = [] if may_be_over or not _left_out(one) else list(_gaps(facts, one))
    most = missed = sum(gap.missed for gap in gaps)
    if one.status != "active" and (stopped or not taken_over(facts, one, one.last_day)):
        gaps.append(_Gap(one.times - 1, 0, one.next_day))
        missed += _due(one, facts.seen_to - one.grace - 1)
        most += _due(one, facts.seen_to)
    if not missed:
        return None
    first = gaps[0].after
    low, usual, high = one.range_payment
    twice = sum(-cents - usual for cents in one.cents[first + 1 :] if -2 * cents >= 3 * usual)
    beside = [row for row in paid_beside(facts, one, one.days[first]) if -row.cents <= most * high]
    paid = twice - sum(row.cents for row in beside)
    if paid >= missed * usual:
        return None
    txs = one.txs
    ends = sorted({at for gap in gaps for at in (gap.after, gap.after + 1) if at < len(txs)})
    return Arrears(
        one,
        missed,
        most,
        paid,
        low=0 if may_be_over else max(0, missed * low - paid),
        high=max(0, most * high - paid),
        since=gaps[0].since,
        stopped=stopped,
        may_be_over=may_be_over,
        transactions=(*[txs[at] for at in ends], *[row.tx for row in beside]),
    )


def _gaps(facts: Facts, one: Rhythm) -> Iterable[_Gap]:
    """Yield the payments left out between others, as far back as the cost would count if it had stopped."""
    days, period = one.days, one.period
    if len(days) < _FEWEST_PAID:
        return
    since = facts.seen_to - counts_on_for(one.category)
    for at in range(_SETTLING, len(days) - 1):
        apart = days[at + 1] - days[at]
        left_out = apart > period + _patience(one) and days[at] + period >= since
        if left_out and not taken_over(facts, one, days[at]):
            due = days_from(days[at], one.cadence, days[at + 1])[1]
            yield _Gap(at, (2 * apart + period) // (2 * period) - 1, due)


def _due(one: Rhythm, until: int) -> int:
    """Count the payments due from the next one expected up to a day."""
    if until < one.next_day:
        return 0
    return sum(day <= until for day in days_from(one.next_day, one.cadence, until))
