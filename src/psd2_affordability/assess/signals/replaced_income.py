"""A benefit took the place of wages."""

from collections.abc import Iterator

from psd2_affordability.assess.changes import counted_on, successor
from psd2_affordability.assess.kinds import REPLACING, WAGE
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.results import Signal
from psd2_affordability.assess.signals.context import Context
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.money import Money


def evaluate(context: Context) -> Iterator[Signal]:
    """Find wages that stopped while unemployment, sickness or other benefit began.

    After a job is lost to unemployment benefit, problem debts are about three times as likely in
    the three years that follow; after a fall to social assistance about six times.
    """
    for rhythm in context.facts.once(counted_on):
        if rhythm.category != WAGE or rhythm.status == "active":
            continue
        if successor(context.facts, rhythm, {WAGE}) is not None:
            continue
        follows = successor(context.facts, rhythm, REPLACING)
        if follows is None or follows[1].day < context.since:
            continue
        category, first = follows
        leaf = context.facts.kinds.leaves[category]
        evidence = (rhythm.txs[-1], first.tx)
        why = reason(
            "signal.income_replaced",
            "Wages of {amount} from {payee} stopped after {last}; {benefit} began on {day}.",
            "Het loon van {amount} van {payee} stopte na {last}. Op {day} begon: {benefit}.",
            amount=Money(abs(rhythm.cents[-1])),
            payee=rhythm.payee,
            last=day_of(rhythm.last_day),
            benefit=(leaf.en.lower(), leaf.nl),
            day=day_of(first.day),
            transactions=evidence,
        )
        yield Signal("income_replaced", 2, day_of(first.day), why, evidence)
