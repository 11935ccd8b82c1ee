"""An income that people count on did not come."""

from collections.abc import Iterator

from psd2_affordability.assess.facts import PER_YEAR, Rhythm, day_of
from psd2_affordability.assess.kinds import REPLACING
from psd2_affordability.assess.results import Signal, SignalLevel
from psd2_affordability.assess.signals.context import Context
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.money import Money

#: A next income that starts this soon around the last one takes its place.
BEFORE_DAYS, AFTER_DAYS = 20, 75


def evaluate(context: Context) -> Iterator[Signal]:
    """Find an income late by more than five days and one and a half times its usual spread.

    An income whose place was taken, by another of its kind or by a benefit, is not missed.
    """
    for rhythm in context.incomes():
        status = rhythm.status
        due = rhythm.overdue_on
        if (
            status == "active"
            or len(rhythm.days) < 3
            or PER_YEAR[rhythm.cadence] < 12
            or due < context.since
            or successor(context, rhythm, {rhythm.category, *REPLACING}) is not None
        ):
            continue
        why = reason(
            "signal.missed_income",
            "{amount} from {payee} was expected around {day} and has not come.",
            "{amount} van {payee} werd verwacht rond {day}, maar is niet gekomen.",
            amount=Money(abs(rhythm.cents[-1])),
            payee=rhythm.payee,
            day=day_of(rhythm.next_day),
            transactions=rhythm.txs[-3:],
        )
        level: SignalLevel = 2 if status == "ended" else 1
        yield Signal("missed_income", level, day_of(due), why, tuple(rhythm.txs[-3:]))


def successor(context: Context, ended: Rhythm, categories: set[str]) -> tuple[int, str, str] | None:
    """Return the first payment (day, category, key) of the income that took another one's place."""
    last = ended.days[-1]
    found: list[tuple[int, str, str]] = []
    for category in sorted(categories & context.facts.spans.keys()):
        first_of: dict[str, tuple[int, str]] = {}
        for row in context.facts.of(category):
            if row.cents > 0:
                first_of.setdefault(row.payee, (row.day, row.tx))
        found += [
            (day, category, tx)
            for payee, (day, tx) in first_of.items()
            if last - BEFORE_DAYS <= day <= last + AFTER_DAYS
            and (category != ended.category or payee != ended.payee)
        ]
    return min(found, default=None)
