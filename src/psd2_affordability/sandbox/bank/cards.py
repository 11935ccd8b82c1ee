"""What the sandbox bank says of a card account: its own field names, and perhaps debits without a minus."""

from dataclasses import replace
from datetime import date
from typing import Any

from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.model import BankedAccount, BankEntry

CARD = "CARD"


def is_card(account: BankedAccount) -> bool:
    """Tell whether an account is that of a card."""
    return account.kind == CARD


def details(account_id: str, account: BankedAccount, *, debits_positive: bool) -> dict[str, Any]:
    """Describe one card account in a list of them."""
    here = f"/v1/card-accounts/{account_id}"
    return {
        "resourceId": account_id,
        "maskedPan": account.iban,
        "currency": account.currency,
        "name": account.name,
        "debitAccounting": debits_positive,
        "_links": {
            "balances": {"href": f"{here}/balances"},
            "transactions": {"href": f"{here}/transactions"},
        },
    }


def as_written(account: BankedAccount, *, debits_positive: bool) -> BankedAccount:
    """Return a card account as the bank writes it: debits, and what is owed, positive or not."""
    if not debits_positive:
        return account
    turned = tuple(replace(entry, amount_ct=-entry.amount_ct) for entry in account.entries)
    return replace(account, opening_ct=-account.opening_ct, entries=turned)


def entries(account: BankedAccount, status: str, first: date, last: date) -> list[dict[str, Any]]:
    """List the entries of one status in a period, the newest first."""
    known = [each for each in account.entries if each.status == status and first <= each.booked_on <= last]
    return [_transaction(entry, account) for entry in sorted(known, key=lambda each: each.booked_on)[::-1]]


def _transaction(entry: BankEntry, account: BankedAccount) -> dict[str, Any]:
    said = {
        "cardTransactionId": entry.entry_reference[:35],
        "transactionDate": entry.value_on.isoformat(),
        "bookingDate": entry.booked_on.isoformat() if entry.status == "booked" else "",
        "transactionAmount": {"currency": account.currency, "amount": str(Money(entry.amount_ct))},
        "maskedPAN": account.iban,
        "transactionDetails": " ".join(part for part in (entry.counterparty_name, entry.remittance) if part),
        "invoiced": False,
    }
    return {key: value for key, value in said.items() if value != ""}
