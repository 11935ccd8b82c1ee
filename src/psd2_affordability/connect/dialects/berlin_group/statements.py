"""Transactions in the words of the standard.

We ask by days that overlap, not for what came after the last `entryReference`: only a whole stretch of
days shows that an entry was taken back or slipped in between, and only a whole stretch proves a balance.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from psd2_affordability.connect.port import AccountListed, Statement
from psd2_affordability.connect.reading import Entry, objects
from psd2_affordability.connect.result import Rejected
from psd2_affordability.connect.rows import text
from psd2_affordability.connect.strict_json import at
from psd2_affordability.core.errors import BankAnswerBroken
from psd2_affordability.ledger.schema import BOOKED, PENDING

_BROKEN = "Nothing was taken over from this answer; report it to the bank"


def entries_of(page: Mapping[str, Any], where: str) -> Iterator[Entry]:
    """Yield status, place and content of every entry; standing orders (`information`) move no money.

    Raises:
        BankAnswerBroken: the page has no transactions.
    """
    yield from _listed(page, "transactions", where)


def card_entries_of(page: Mapping[str, Any], where: str, *, debits_positive: bool) -> Iterator[Entry]:
    """Yield the entries of a card account in the names that entries of other accounts have.

    Raises:
        BankAnswerBroken: the page has no transactions.
    """
    for status, place, entry in _listed(page, "cardTransactions", where):
        yield status, place, _as_other_accounts(entry, debits_positive=debits_positive)


def in_its_currency(told: Statement, account: AccountListed) -> Statement:
    """Set aside what is in another currency than the account, which has an account of its own."""
    rows = tuple(row for row in told.rows if row["currency"] == account.currency)
    strange = len(told.rows) - len(rows)
    if not strange:
        return told
    why = Rejected("transactions", f"{strange} entries are in another currency than the account", lost=False)
    return replace(told, rows=rows, rejected=(*told.rejected, why))


def _listed(page: Mapping[str, Any], under: str, where: str) -> Iterator[Entry]:
    if not isinstance(page.get(under), dict):
        raise BankAnswerBroken("the bank's answer has no transactions", where=where, do=_BROKEN)
    for status in (BOOKED, PENDING):
        for place, entry in enumerate(objects(at(page, f"{under}.{status}"), where), start=1):
            yield status, place, entry


def _as_other_accounts(entry: Mapping[str, Any], *, debits_positive: bool) -> dict[str, Any]:
    amount = at(entry, "transactionAmount.amount")
    return {
        "bookingDate": entry.get("bookingDate"),
        "valueDate": entry.get("valueDate") or entry.get("transactionDate"),
        "transactionAmount": {
            "amount": _turned(amount) if debits_positive else amount,
            "currency": at(entry, "transactionAmount.currency"),
        },
        "entryReference": entry.get("cardTransactionId"),
        "remittanceInformationUnstructured": entry.get("transactionDetails"),
        "proprietaryBankTransactionCode": entry.get("proprietaryBankTransactionCode"),
    }


def _turned(amount: object) -> str:
    """Turn the sign of an amount round, as it is written."""
    written = text(amount)
    return written[1:] if written.startswith("-") else f"-{written}"
