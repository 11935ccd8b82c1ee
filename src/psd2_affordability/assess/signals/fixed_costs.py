"""Rent, mortgage, energy, water or health insurance that was left unpaid for a cycle."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from psd2_affordability.assess.both_ways import both_ways
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.results import Signal
from psd2_affordability.assess.rhythm import Rhythm
from psd2_affordability.assess.signals.context import Context
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unpaid import taken_over, told_to_be_none
from psd2_affordability.assess.wording import reason

#: Two different kinds skipped within this many days point to the same trouble.
_TOGETHER_DAYS = 92
_PATIENCE_DAYS = 10
#: A cycle is one that is long enough to be told from a payment that is merely late.
_CYCLES = frozenset({"four_weekly", "monthly", "two_monthly", "quarterly"})
#: Fewer payments tell no cycle, and the first ones may be those of a move.
_FEWEST_PAID, _SETTLING = 4, 2


class Skip(NamedTuple):
    """A cycle of a fixed cost without a payment.

    Attributes:
        expected: day number around which it was expected.
        category: leaf code.
        evidence: keys of the payments around it.
        made_up: whether what was missed was paid with what came next.
    """

    expected: int
    category: str
    evidence: tuple[str, ...]
    made_up: bool = False


def evaluate(context: Context) -> Iterator[Signal]:
    """Find a cycle of a fixed cost without a payment (talk), or of two kinds close together (act).

    These are the kinds whose creditors must warn the municipality early. A debit that came back
    was not paid.
    """
    facts = context.facts
    skips = facts.once(skipped)
    if not skips:
        return
    last_of: dict[str, Skip] = {}
    for skip in sorted(skips):
        last_of[skip.category] = skip
    for skip in last_of.values():
        together = [
            other
            for other in skips
            if other.category != skip.category and abs(other.expected - skip.expected) <= _TOGETHER_DAYS
        ]
        leaf = facts.kinds.leaves[skip.category]
        why = reason(
            "signal.skipped_fixed_cost",
            "{what} was expected around {day} and was not paid{then}." + (_BESIDE[0] if together else ""),
            "{what} werd verwacht rond {day}, maar is {then} betaald." + (_BESIDE[1] if together else ""),
            what=(leaf.en, leaf.nl),
            day=day_of(skip.expected),
            then=_LATER if skip.made_up else _NOT_SINCE,
            transactions=skip.evidence,
        )
        yield Signal("skipped_fixed_cost", 3 if together else 2, day_of(skip.expected), why, skip.evidence)


def skipped(facts: Facts) -> tuple[Skip, ...]:
    """Find the cycles of fixed costs without a payment that are news; the credit check counts them too."""
    skips, since = list[Skip](), facts.seen_to - NORMS.news_days
    for rhythm in _by_category(facts):
        if rhythm.cadence in _CYCLES:
            limit = rhythm.period + max(_PATIENCE_DAYS, 2 * rhythm.period // 3)
            at_last = rhythm.period + max(_PATIENCE_DAYS, rhythm.grace)
            if not _never_late(facts, rhythm, limit, at_last):
                skips += _skipped(facts, rhythm, limit, at_last, since)
    return tuple(skips)


_LATER, _NOT_SINCE = (" until later", "pas later"), ("", "niet")
_BESIDE = (
    " Another fixed cost was skipped in the same months.",
    " In dezelfde maanden is nog een vaste last niet betaald.",
)


def _by_category(facts: Facts) -> Iterable[Rhythm]:
    """Return the rhythm that tells most of each kind of fixed cost: the longest."""
    fixed = facts.kinds.signalling("fixed_cost")
    found: dict[str, Rhythm] = {}
    for one in facts.once(both_ways).outgoing:
        if one.category in fixed:
            best = found.get(one.category)
            if best is None or (one.times, one.key) > (best.times, best.key):
                found[one.category] = one
    return found.values()


def _skipped(facts: Facts, rhythm: Rhythm, limit: int, at_last: int, since: int) -> Iterable[Skip]:
    """Return the cycles without a payment since a day, by the rhythm that a category has.

    Args:
        facts: of the subject.
        rhythm: of the category.
        limit: more days than these between two payments leave one out.
        at_last: more days than these since the last one do too.
        since: the day.
    """
    period, skips, category = rhythm.period, list[Skip](), rhythm.category
    paid = _paid(facts, category)
    days = facts.book.days[paid].tolist()
    if len(days) < _FEWEST_PAID:
        return ()
    for at in range(_SETTLING, len(days) - 1):
        apart = days[at + 1] - days[at]
        if apart > limit and days[at] + period >= since:
            if _paid_ahead(facts, rhythm, paid[at], (2 * apart + period) // (2 * period) - 1):
                continue
            evidence = _evidence(facts, paid[at : at + 2])
            made_up = _made_up(facts, rhythm, paid[at:])
            skips.append(Skip(days[at] + period, category, evidence, made_up))
    apart = facts.seen_to - days[-1]
    if (
        apart > at_last
        and days[-1] + period >= since
        and not _paid_ahead(facts, rhythm, paid[-1], (apart - rhythm.grace) // period)
        and not (told_to_be_none(facts, category) or taken_over(facts, rhythm, days[-1]))
    ):
        skips.append(Skip(days[-1] + period, category, _evidence(facts, paid[-1:])))
    return skips


def _paid_ahead(facts: Facts, rhythm: Rhythm, row: int, cycles: int) -> bool:
    """Whether a payment was enough for its own cycle and so many that follow."""
    return -int(facts.book.cents[row]) >= rhythm.range_payment[1] * (1 + cycles)


def _made_up(facts: Facts, rhythm: Rhythm, paid: Sequence[int]) -> bool:
    """Whether what was paid in the first cycle after a gap is enough for the gap and that cycle."""
    days: list[int] = facts.book.days[list(paid)].tolist()
    cents: list[int] = facts.book.cents[list(paid)].tolist()
    again = days[1]
    came = -sum([one for one, day in zip(cents, days, strict=True) if 0 <= day - again < rhythm.period])
    return came >= rhythm.range_payment[1] * ((again - days[0] + rhythm.grace) // rhythm.period)


def _never_late(facts: Facts, rhythm: Rhythm, between: int, at_last: int) -> bool:
    """Whether the rhythm by itself is all of the category's time and left no payment out.

    Other payments of the category can only come between its own, so none needs to be looked at.
    """
    span = facts.spans.get(rhythm.category)
    return (
        span is not None
        and facts.seen_to - rhythm.last_day <= at_last
        and rhythm.longest_gap <= between
        and int(facts.book.days[span[0]]) == rhythm.first_day
    )


def _paid(facts: Facts, category: str) -> list[int]:
    """Where in the book the costs that count stand, oldest first; few of them are ever wanted as rows."""
    start, end = facts.spans.get(category, (0, 0))
    cents, gone = facts.book.cents[start:end].tolist(), facts.book.gone[start:end]
    return [
        at
        for at, (cost, undone) in enumerate(zip(cents, gone, strict=True), start)
        if cost < 0 and not undone
    ]


def _evidence(facts: Facts, paid: Sequence[int]) -> tuple[str, ...]:
    return tuple([key for at in paid for key in facts.book.txs.between(at, at + 1)])
