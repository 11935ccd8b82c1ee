"""Direct debits that came back: not enough money, a blocked account, or a reason that is not told."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import RETURNED
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.results import Signal
from psd2_affordability.assess.signals.context import Context
from psd2_affordability.assess.wording import counted, in_both, reason

#: What speaks of a lack of money; a bank that gives no reason may mean it.
_NO_FUNDS = frozenset({"lack_of_funds", "not_told", ""})
_TOGETHER_DAYS = 45


def evaluate(context: Context) -> Iterator[Signal]:
    """Find a returned debit (watch), and two within 45 days (talk); what was refused by hand is no sign.

    A debit that came back from a blocked account is a sign of its own (talk): somebody shut the account.
    """
    facts = context.facts
    if RETURNED not in facts.spans:
        return
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
        "{debits} back for lack of money, {last}."
        if told
        else "{debits} back, {last}; {why}. Ask whether money was short.",
        "{debits} niet gelukt omdat er te weinig geld op de rekening stond. {last}."
        if told
        else "{debits} teruggeboekt. {last}. {why}. Vraag of er te weinig geld op de rekening stond.",
        debits=_debits(found),
        last=_last(found),
        why=counted(
            len(found),
            ("the bank gives no reason", "De bank zegt niet waarom"),
            ("not all with a reason", "De bank zegt niet steeds waarom"),
        ),
        transactions=keys,
    )
    return Signal("returned_debit", 2 if together else 1, day_of(found[0].day), why, keys)


def _blocked(found: Sequence[Row]) -> Signal:
    keys = tuple(row.tx for row in found)
    why = reason(
        "signal.account_blocked",
        "{debits} back because the account was blocked, {last}. Ask whether the account was seized.",
        "{debits} teruggeboekt omdat de rekening geblokkeerd was. {last}. Vraag of er beslag op de rekening "
        "ligt.",
        debits=_debits(found),
        last=_last(found),
        transactions=keys,
    )
    return Signal("account_blocked", 2, day_of(found[0].day), why, keys)


def _debits(found: Sequence[Row]) -> tuple[str, str]:
    """How many came back, up to the word that says what happened to them."""
    return counted(
        len(found),
        ("1 direct debit came", "1 keer is een incasso"),
        ("{count} direct debits came", "{count} keer is een incasso"),
    )


def _last(found: Sequence[Row]) -> tuple[str, str]:
    """On which day, of several the last one."""
    english, dutch = in_both("{day}", "{day}", {"day": day_of(found[-1].day)})
    if len(found) == 1:
        return f"on {english}", f"Dat was op {dutch}"
    return f"the last on {english}", f"De laatste keer was op {dutch}"
