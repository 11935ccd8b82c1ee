"""An income that people count on did not come."""

from collections.abc import Iterator

from psd2_affordability.assess.changes import counted_on, successor
from psd2_affordability.assess.kinds import REPLACING, WAGE
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.results import Signal, SignalLevel
from psd2_affordability.assess.signals.context import Context
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.money import Money


def evaluate(context: Context) -> Iterator[Signal]:
    """Find an income late by more than five days and one and a half times its usual spread.

    An income that another of its kind took the place of, such as a new job, is not missed; neither are
    wages in whose place a benefit came before they were late.
    """
    for rhythm in context.facts.once(counted_on):
        if rhythm.status == "active" or rhythm.overdue_on < context.since:
            continue
        if successor(context.facts, rhythm, {rhythm.category}) is not None:
            continue
        benefit = successor(context.facts, rhythm, REPLACING) if rhythm.category == WAGE else None
        if benefit is not None and benefit[1].day < rhythm.overdue_on:
            continue
        evidence = tuple(rhythm.txs[-3:])
        why = reason(
            "signal.missed_income",
            "{amount} from {payee} was expected around {day} and did not come.",
            "{amount} van {payee} werd verwacht rond {day}, maar kwam niet.",
            amount=Money(abs(rhythm.cents[-1])),
            payee=rhythm.payee,
            day=day_of(rhythm.next_day),
            transactions=evidence,
        )
        level: SignalLevel = 2 if rhythm.status == "ended" else 1
        yield Signal("missed_income", level, day_of(rhythm.overdue_on), why, evidence)
