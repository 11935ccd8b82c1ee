"""Who is already paid for a debt or a loan, and how much a month."""

from collections.abc import Collection, Sequence

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.irregular_costs import first_bills
from psd2_affordability.assess.kinds import ADMINISTRATOR, SEIZED
from psd2_affordability.assess.reckoning import day_of, money_of, share_out
from psd2_affordability.assess.results import CreditorSeen
from psd2_affordability.assess.rhythm import Rhythm

#: Payments longer ago are history; who was not paid for half a year without a rhythm has ended.
_SHOWN_DAYS, _ACTIVE_DAYS = 365, 183


def creditors_of(facts: Facts, categories: Collection[str], rhythms: Sequence[Rhythm]) -> list[CreditorSeen]:
    """List every party that was paid for a debt or a loan in the last year, the largest instalment first.

    With a rhythm the instalment is the usual payment, spread to a month; of two alike that just began it
    is the payment. Otherwise it is the average of the months. What a seizure took from the account was
    taken once. Money that goes to an administrator is no debt.
    """
    if not categories:
        return []
    found: list[CreditorSeen] = []
    since = facts.seen_to - _SHOWN_DAYS
    for category in categories:
        if category == ADMINISTRATOR:
            continue
        paid: dict[str, list[Row]] = {}
        for row in facts.of(category):
            if row.cents < 0 and row.day > since:
                paid.setdefault(row.payee, []).append(row)
        steady = {one.payee: one for one in rhythms if one.category == category and one.payee in paid}
        begun = first_bills(facts, category) if len(steady) < len(paid) else {}
        found += [
            _seen(facts, category, payee, rows, steady.get(payee), begun.get(payee))
            for payee, rows in paid.items()
        ]
    found.sort(key=lambda one: (-one.monthly.cents, one.category, one.payee))
    return found


def _seen(
    facts: Facts,
    category: str,
    payee: str,
    rows: Sequence[Row],
    rhythm: Rhythm | None,
    begun: int | None,
) -> CreditorSeen:
    last = rows[-1]
    if rhythm is not None:
        status, monthly = rhythm.status, rhythm.usual
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
