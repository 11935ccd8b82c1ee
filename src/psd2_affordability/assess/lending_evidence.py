"""What bank data showed before a credit was granted, put together from the answers for the day before.

It states facts and their bookings. Whether a creditor should have acted on them is for people to judge.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pandas as pd

from psd2_affordability.assess.kinds import Kinds
from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.results.lending_evidence import EventSeen, LendingEvidence
from psd2_affordability.assess.wording import reason, whole_months
from psd2_affordability.categorise.engine import Understood
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

#: The answers that the evidence is made of.
EVIDENCE_PARTS = frozenset({"expenses", "room", "credit_check", "signals"})
_YEAR = timedelta(days=365)
#: Kinds of booking by the signal of their category, the gravest first: what one and what many are called.
_KINDS = {
    "seizure": (("seizure", "beslag"), ("seizures", "beslagen")),
    "bailiff": (
        ("payment to a bailiff", "betaling aan een deurwaarder"),
        ("payments to bailiffs", "betalingen aan deurwaarders"),
    ),
    "collector": (
        ("payment to a collection agency", "betaling aan een incassobureau"),
        ("payments to collection agencies", "betalingen aan incassobureaus"),
    ),
    "returned": (
        ("direct debit that came back", "teruggeboekte incasso"),
        ("direct debits that came back", "teruggeboekte incasso's"),
    ),
    "arrears": (
        ("payment on arrears", "betaling voor een achterstand"),
        ("payments on arrears", "betalingen voor achterstanden"),
    ),
    "tax_debt": (
        ("payment on a debt to the state", "betaling voor een schuld aan de overheid"),
        ("payments on debts to the state", "betalingen voor schulden aan de overheid"),
    ),
    "fine": (("payment of a fine", "betaling van een boete"), ("payments of fines", "betalingen van boetes")),
    "lender": (
        ("booking of a loan or credit card", "boeking van een lening of creditcard"),
        ("bookings of loans and credit cards", "boekingen van leningen en creditcards"),
    ),
    "bnpl": (
        ("payment to a buy-now-pay-later service", "betaling aan een achteraf-betaaldienst"),
        ("payments to buy-now-pay-later services", "betalingen aan achteraf-betaaldiensten"),
    ),
    "overdraft": (
        ("booking of overdraft interest", "boeking van rente op roodstand"),
        ("bookings of overdraft interest", "boekingen van rente op roodstand"),
    ),
    "gambling": (
        ("stake in games of chance", "inzet op kansspelen"),
        ("stakes in games of chance", "inzetten op kansspelen"),
    ),
}


def rows_before(frame: pd.DataFrame, granted_on: date) -> pd.DataFrame:
    """Return the rows that were in the books before the day of granting; announced ones are none."""
    booked = (frame["status"] == "booked") & (frame["booked_on"] < pd.Timestamp(granted_on))
    return frame[booked].reset_index(drop=True)


def lending_evidence(
    found: Assessment, understood: Understood, kinds: Kinds, granted_on: date, creditor: str = ""
) -> LendingEvidence:
    """Put the evidence together.

    Args:
        found: the answers for the day before the granting, from the rows before it, with `EVIDENCE_PARTS`.
        understood: those rows.
        kinds: the taxonomy.
        granted_on: the day of granting.
        creditor: who granted it.
    """
    room, check, expenses = found.room, found.credit_check, found.expenses
    if room is None or check is None or expenses is None:
        raise ValueError(f"the evidence needs the parts {', '.join(sorted(EVIDENCE_PARTS))}")
    events = tuple(_events(understood.frame, kinds, found.on))
    return LendingEvidence(
        granted_on=granted_on,
        seen_until=found.on,
        creditor=creditor,
        credit=check.obligation,
        facts=tuple(_facts(found, events)),
        indicators=check.indicators,
        room=room.monthly,
        room_after=check.room_after,
        floor=room.floor,
        other_credit=expenses.creditors,
        signals=found.signals or (),
        events=events,
        not_visible=found.data_quality.cannot_know,
        data_quality=found.data_quality,
        receipt=found.receipt,
    )


def _events(frame: pd.DataFrame, kinds: Kinds, until: date) -> Iterator[EventSeen]:
    named = {code: kind for kind in reversed(_KINDS) for code in kinds.signalling(kind)}
    since, last = pd.Timestamp(until - _YEAR), pd.Timestamp(until)
    its = frame["category"].isin(named) & (frame["booked_on"] > since) & (frame["booked_on"] <= last)
    rows = frame[its].sort_values(["booked_on", "tx"], kind="stable")
    columns = ("booked_on", "category", "payee", "amount_ct", "tx")
    for on, category, payee, cents, tx in zip(*(rows[name].tolist() for name in columns), strict=True):
        yield EventSeen(on.date(), named[category], category, payee, Money(int(cents)), tx)


def _facts(found: Assessment, events: Sequence[EventSeen]) -> Iterator[Reason]:
    yield reason(
        "evidence.seen",
        "On {day} the bank data showed {months}.",
        "Op {day} lieten de bankgegevens {months} zien.",
        day=found.on,
        months=whole_months(found.data_quality.full_months),
    )
    for kind, (one, many) in _KINDS.items():
        its = [event for event in events if event.kind == kind]
        if its:
            yield reason(
                f"evidence.{kind}",
                "In the year before: {count} {what}, {total} in all, the last on {day}.",
                "In het jaar ervoor: {count} {what}, samen {total}, de laatste op {day}.",
                count=len(its),
                what=one if len(its) == 1 else many,
                total=Money.total(abs(event.amount) for event in its),
                day=its[-1].on,
                transactions=tuple(event.tx for event in its),
            )
