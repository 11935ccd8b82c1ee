"""What was not seen being paid of costs that are owed: payments that did not come, and what they add up to.

It is never a claim: somebody else may have paid it, or it was paid from an account that is not in the data.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.both_ways import both_ways
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.forecast.days import days_from
from psd2_affordability.assess.kinds import OWED, PLAN
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
        paid: cents that were paid since the first of them beside the series or in instalments agreed on, or
            twice at once, also right before it.
        low: cents that they add up to, by a low payment and less what was paid.
        high: the same by a high payment.
        since: day number on which the first of them was due.
        stopped: whether nothing was paid since; a running series was paid again.
        may_be_over: whether it is a loan or an arrangement that may have been paid off.
        transactions: keys of the payments around them, and of what was paid for them later.
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
    taken: set[str] = set()
    for one in behind:
        owed = stopped.get(one.key)
        if told_to_be_none(facts, one.category) if owed is None else owed.caught_up:
            continue
        each = _missing(facts, one, taken, may_be_over=owed is not None and owed.may_be_over)
        if each is not None:
            found.append(each)
            taken.update(each.transactions)
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


def _missing(facts: Facts, one: Rhythm, taken: Collection[str], *, may_be_over: bool) -> Arrears | None:
    """Add up the payments that did not come; None when there are none, or all was made up for."""
    stopped = one.status == "ended"
    gaps = [] if may_be_over or not _left_out(one) else list(_gaps(facts, one))
    most = missed = _left_out_in_all(one, gaps)
    if not missed:
        gaps = []
    if one.status != "active" and (stopped or not taken_over(facts, one, one.last_day)):
        gaps.append(_Gap(one.times - 1, 0, one.next_day))
        missed += _due(one, facts.seen_to - one.grace - 1)
        most += _due(one, facts.seen_to)
    if not missed:
        return None
    first = gaps[0].after
    low, usual, high = one.range_payment
    beside = [row for row in _paid_later(facts, one, one.days[first], most * high) if row.tx not in taken]
    paid = _paid_twice(one, first) - sum(row.cents for row in beside)
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


def _left_out_in_all(one: Rhythm, gaps: Sequence[_Gap]) -> int:
    """Count the payments left out: one that came late, with the next one in time, was not."""
    if not gaps:
        return 0
    first, days = gaps[0].after, one.days
    cycles = (days[-1] - days[first] + _PATIENCE_DAYS) // one.period
    return max(0, min(sum(gap.missed for gap in gaps), cycles - (len(days) - 1 - first)))


def _paid_twice(one: Rhythm, first: int) -> int:
    """Return the cents above the usual of large payments from one on: what is missing may be paid ahead."""
    days, usual = one.days, one.range_payment[1]
    makes_up = first > 0 and days[first] - days[first - 1] > one.period + _patience(one)
    since = one.cents[first + 1 if makes_up else first :]
    return sum(-cents - usual for cents in since if -2 * cents >= 3 * usual)


def _paid_later(facts: Facts, one: Rhythm, since: int, most: int) -> list[Row]:
    """Return what was paid to the same payee beside the series, or in instalments agreed on since a day.

    One payment that is larger than all that is missing is another cost. Who was paid such instalments
    before was paid them for something else.
    """
    beside = [row for row in paid_beside(facts, one, since) if -row.cents <= most]
    if one.category == PLAN or PLAN not in facts.spans:
        return beside
    agreed = [row for row in facts.of(PLAN) if row.payee == one.payee and row.cents < 0]
    return beside if not agreed or agreed[0].day <= since else [*beside, *agreed]


def _due(one: Rhythm, until: int) -> int:
    """Count the payments due from the next one expected up to a day."""
    if until < one.next_day:
        return 0
    return sum(day <= until for day in days_from(one.next_day, one.cadence, until))
