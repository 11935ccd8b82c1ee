"""Rent, mortgage, energy, water or health insurance that was left unpaid for a cycle."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from psd2_affordability.assess.facts import Facts, Row, day_of
from psd2_affordability.assess.results import Signal
from psd2_affordability.assess.signals.context import Context
from psd2_affordability.assess.wording import reason

#: Two different kinds skipped within this many days point to the same trouble.
_TOGETHER_DAYS = 92
_PATIENCE_DAYS = 10


class _Skip(NamedTuple):
    expected: int
    category: str
    evidence: tuple[str, ...]


def evaluate(context: Context) -> Iterator[Signal]:
    """Find a cycle of a fixed cost without a payment (talk), or of two kinds close together (act).

    These are the kinds whose creditors must warn the municipality early. A debit that came back
    was not paid.
    """
    skips: list[_Skip] = []
    for category in sorted(context.facts.kinds.signalling("fixed_cost") & context.facts.spans.keys()):
        skips += [skip for skip in _skipped(context.facts, category) if skip.expected >= context.since]
    last_of: dict[str, _Skip] = {}
    for skip in sorted(skips):
        last_of[skip.category] = skip
    for skip in last_of.values():
        together = [
            other
            for other in skips
            if other.category != skip.category and abs(other.expected - skip.expected) <= _TOGETHER_DAYS
        ]
        leaf = context.facts.kinds.leaves[skip.category]
        why = reason(
            "signal.skipped_fixed_cost",
            "{what} was expected around {day} and was not paid." + (_BESIDE[0] if together else ""),
            "{what} werd verwacht rond {day}, maar is niet betaald." + (_BESIDE[1] if together else ""),
            what=(leaf.en, leaf.nl),
            day=day_of(skip.expected),
            transactions=skip.evidence,
        )
        yield Signal("skipped_fixed_cost", 3 if together else 2, day_of(skip.expected), why, skip.evidence)


_BESIDE = (
    " Another fixed cost was skipped in the same months.",
    " In dezelfde maanden is nog een vaste last niet betaald.",
)


def _skipped(facts: Facts, category: str) -> Iterator[_Skip]:
    """Yield the cycles without a payment, by the rhythm that the category has."""
    rhythms = [one for one in facts.rhythms if one.category == category and not one.incoming]
    if not rhythms:
        return
    rhythm = max(rhythms, key=lambda one: (len(one.days), one.key))
    paid = [row for row in facts.of(category) if row.cents < 0]
    if len(paid) < 4 or rhythm.cadence not in {"four_weekly", "monthly", "two_monthly", "quarterly"}:
        return
    limit = rhythm.period + max(_PATIENCE_DAYS, 2 * rhythm.period // 3)
    for at, (before, after) in enumerate(pairwise(paid)):
        if at >= 2 and after.day - before.day > limit:
            yield _Skip(before.day + rhythm.period, category, _evidence(before, after))
    last = paid[-1]
    late = facts.seen_to - last.day - rhythm.period
    if late > _PATIENCE_DAYS and late > rhythm.grace:
        yield _Skip(last.day + rhythm.period, category, _evidence(last))


def _evidence(*rows: Row) -> tuple[str, ...]:
    return tuple(row.tx for row in rows)
