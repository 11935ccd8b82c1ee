"""A first payment to a collection agency or a bailiff, or a seizure of the account."""

from collections.abc import Iterator

from psd2_affordability.assess.kinds import SEIZED
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.results import Signal
from psd2_affordability.assess.signals.context import Context
from psd2_affordability.assess.wording import reason


def evaluate(context: Context) -> Iterator[Signal]:
    """Find the first payment to each new collector and bailiff (talk), and a seizure (act)."""
    for code, signal, english, dutch in (
        ("first_collector", "collector", "a collection agency", "een incassobureau"),
        ("first_bailiff", "bailiff", "a bailiff", "een deurwaarder"),
    ):
        rows = [row for row in context.signed(signal) if row.cents < 0]
        for first in context.first_by_payee(rows):
            keys = tuple(row.tx for row in rows if row.payee == first.payee)
            why = reason(
                f"signal.{code}",
                "The first payment to {payee}, {what}, was on {day}.",
                "De eerste betaling aan {payee}, {what}, was op {day}.",
                payee=first.payee,
                what=(english, dutch),
                day=day_of(first.day),
                transactions=keys,
            )
            yield Signal(code, 2, day_of(first.day), why, keys)
    if SEIZED in context.facts.spans:
        yield from _seized(context)


def _seized(context: Context) -> Iterator[Signal]:
    seized = [row for row in context.facts.of(SEIZED) if row.day >= context.since]
    if seized:
        keys = tuple(row.tx for row in seized)
        why = reason(
            "signal.first_bailiff",
            "Money was taken from the account by seizure on {day}.",
            "Op {day} is er door beslag geld van de rekening gehaald.",
            day=day_of(seized[0].day),
            transactions=keys,
        )
        yield Signal("first_bailiff", 3, day_of(seized[0].day), why, keys)
