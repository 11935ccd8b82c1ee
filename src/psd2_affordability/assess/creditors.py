"""Who is paid or owed for a debt or a loan, and how much a month."""

from collections.abc import Collection, Sequence

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.changes import cost_runs
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.irregular_costs import first_bills
from psd2_affordability.assess.kinds import ADMINISTRATOR, SEIZED
from psd2_affordability.assess.reckoning import day_of, money_of, share_out
from psd2_affordability.assess.results import CreditorSeen, StreamStatus
from psd2_affordability.assess.rhythm import Rhythm
from psd2_affordability.assess.unpaid import unpaid

#: Payments longer ago are history; who was not paid for half a year without a rhythm has ended.
_SHOWN_DAYS, _ACTIVE_DAYS = 365, 183


def creditors_of(facts: Facts, categories: Collection[str], rhythms: Sequence[Rhythm]) -> list[CreditorSeen]:
    """List every party that was paid for a debt or a loan in the last year, the largest instalment first.

    With a rhythm the instalment is the usual payment, spread to a month; of two alike that just began it
    is the payment. Otherwise it is the average of the months. Instalments that stopped and may still be
    owed count as in the costs: the creditor is late paid, not gone. What a seizure took from the account
    was taken once. Money that goes to an administrator is no debt.
    """
    if not categories:
        return []
    found: list[CreditorSeen] = []
    since, owed = facts.seen_to - _SHOWN_DAYS, _owed(facts)
    for category in categories:
        if category == ADMINISTRATOR:
            continue
        paid: dict[str, list[Row]] = {}
        for row in facts.of(category):
            if row.cents < 0 and row.day > since:
                paid.setdefault(row.payee, []).append(row)
        steady: dict[str, list[Rhythm]] = {}
        for one in rhythms:
            if one.category == category and one.payee in paid:
                steady.setdefault(one.payee, []).append(one)
        begun = first_bills(facts, category) if len(steady) < len(paid) else {}
        for payee, rows in paid.items():
            due = owed.get((category, payee), 0)
            found.append(_seen(facts, category, payee, rows, steady.get(payee), begun.get(payee), due))
    found.sort(key=lambda one: (-one.monthly.cents, one.category, one.payee))
    return found


def in_arrears(facts: Facts, *, surely: bool = False) -> dict[str, list[str]]:
    """Return who is owed instalments that are not paid now, each with the payments that show it.

    Args:
        facts: of the subject.
        surely: only those whose debits came back: of others it is not known whether all has been repaid.
    """
    found: dict[str, list[str]] = {}
    for one in facts.once(unpaid):
        if one.may_be_over and (one.came_back or not surely):
            found.setdefault(one.payee, []).extend(one.transactions)
    return found


def _owed(facts: Facts) -> dict[tuple[str, str], int]:
    """Sum the cents a month that are owed and not paid, by category and payee."""
    owed: dict[tuple[str, str], int] = {}
    for one in facts.once(unpaid):
        owed[one.category, one.payee] = owed.get((one.category, one.payee), 0) + one.usual
    return owed


def _seen(
    facts: Facts,
    category: str,
    payee: str,
    rows: Sequence[Row],
    rhythms: Sequence[Rhythm] | None,
    begun: int | None,
    owed: int,
) -> CreditorSeen:
    last = rows[-1]
    status: StreamStatus
    if rhythms is not None:
        running = [one for one in rhythms if cost_runs(facts, one)]
        monthly = sum([one.usual for one in running]) + owed
        if any(one.status == "active" for one in running):
            status = "active"
        else:
            status = "late" if monthly else "ended"
    elif category == SEIZED:
        status, monthly = "ended", 0
    elif begun is not None:
        status, monthly = "active", begun
    else:
        status = "active" if facts.seen_to - last.day <= _ACTIVE_DAYS else "ended"
        monthly = share_out(-sum([row.cents for row in rows]), max(1, facts.slots))
    return CreditorSeen(
        category,
        payee,
        money_of(0 if status == "ended" else monthly),
        money_of(-last.cents),
        day_of(last.day),
        status,
        tuple([row.tx for row in rows]),
    )
