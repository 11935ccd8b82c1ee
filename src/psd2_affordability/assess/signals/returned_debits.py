"""Direct debits that came back: not enough money, a blocked account, or a reason that is not told."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import Facts, day_of
from psd2_affordability.assess.kinds import RETURNED
from psd2_affordability.assess.results import Signal
from psd2_affordability.assess.signals.context import Context
from psd2_affordability.assess.wording import reason

#: What speaks of a lack of money; a bank that gives no reason may mean it.
_NO_FUNDS = frozenset({"lack_of_funds", "not_told", ""})
_TOGETHER_DAYS = 45


def evaluate(context: Context) -> Iterator[Signal]:
    """Find a returned debit (watch), and two within 45 days (talk); what was refused by hand is no sign.

    A debit that came back from a blocked account is a sign of its own (talk): somebody shut the account.
    """
    facts = context.facts
    back = [row for row in facts.all_of(RETURNED) if row.day >= context.since]
    short = [row for row in back if facts.returns.get(row.tx, "") in _NO_FUNDS]
    blocked = [row for row in back if facts.returns.get(row.tx, "") == "blocked"]
    if short:
        yield _short_of_money(facts, short)
    if blocked:
        yield _blocked(blocked)


def _short_of_money(facts: Facts, found: Sequence[Row]) -> Signal:
    together = any(late.day - early.day <= _TOGETHER_DAYS for early, late in pairwise(found))
    keys = tuple(row.tx for row in found)
    told = all(facts.returns.get(tx, "") == "lack_of_funds" for tx in keys)
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
        day=day_of(found[-1].day),
        transactions=keys,
    )
    return Signal("returned_debit", 2 if together else 1, day_of(found[0].day), why, keys)


def _blocked(found: Sequence[Row]) -> Signal:
    keys = tuple(row.tx for row in found)
    why = reason(
        "signal.account_blocked",
        "{count} direct debits came back because the account was blocked, the last on {day}. Ask whether "
        "the account was seized.",
        "{count} keer is een incasso teruggeboekt omdat de rekening geblokkeerd was. De laatste keer was op "
        "{day}. Vraag of er beslag op de rekening ligt.",
        count=len(found),
        day=day_of(found[-1].day),
        transactions=keys,
    )
    return Signal("account_blocked", 2, day_of(found[0].day), why, keys)
