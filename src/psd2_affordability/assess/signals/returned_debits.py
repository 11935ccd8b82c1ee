"""Direct debits that came back because there was not enough money, or for a reason not told."""

from collections.abc import Iterator
from itertools import pairwise

from psd2_affordability.assess.facts import day_of
from psd2_affordability.assess.kinds import RETURNED
from psd2_affordability.assess.results import Signal
from psd2_affordability.assess.signals.context import Context
from psd2_affordability.assess.wording import reason

#: ISO 20022: insufficient funds; a bank that gives no reason leaves it empty.
_NO_FUNDS = frozenset({"AM04", ""})
_TOGETHER_DAYS = 45


def evaluate(context: Context) -> Iterator[Signal]:
    """Find a returned debit (watch), and two within 45 days (talk); what was refused by hand is no sign."""
    facts = context.facts
    found = [
        (row.day, row.tx)
        for row in facts.all_of(RETURNED)
        if row.day >= context.since and facts.returns.get(row.tx, "") in _NO_FUNDS
    ]
    if not found:
        return
    together = any(late - early <= _TOGETHER_DAYS for (early, _), (late, _) in pairwise(found))
    keys = tuple(tx for _, tx in found)
    told = all(facts.returns.get(tx, "") for tx in keys)
    why = reason(
        "signal.returned_debit",
        "{count} direct debits came back for lack of money, the last on {day}."
        if told
        else "{count} direct debits came back, the last on {day}; not all with a reason. Ask whether money "
        "was short.",
        "{count} keer is een incasso niet gelukt omdat er te weinig geld op de rekening stond. De laatste "
        "keer was op {day}."
        if told
        else "{count} keer is een incasso teruggeboekt. De laatste keer was op {day}. De bank zegt niet "
        "steeds waarom. Vraag of er te weinig geld op de rekening stond.",
        count=len(found),
        day=day_of(found[-1][0]),
        transactions=keys,
    )
    yield Signal("returned_debit", 2 if together else 1, day_of(found[0][0]), why, keys)
