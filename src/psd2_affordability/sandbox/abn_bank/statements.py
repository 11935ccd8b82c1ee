"""What the own-interface sandbox bank says of an account: numbers, and lines of 32 characters."""

from datetime import date
from itertools import accumulate
from secrets import token_hex
from typing import Any

from psd2_affordability.sandbox.model import BankedAccount, BankEntry

LINE = 32
LINES = 9
_NAME = 24


def booked_balance(account: BankedAccount, today: date) -> dict[str, Any]:
    """State the booked balance."""
    booked = [entry for entry in account.entries if entry.status == "booked" and entry.booked_on <= today]
    return {
        "accountNumber": account.iban,
        "balanceType": "BOOKBALANCE",
        "amount": _number(account.opening_ct + sum(entry.amount_ct for entry in booked)),
        "currency": account.currency,
    }


def booked_newest_first(account: BankedAccount, first: date, last: date) -> list[dict[str, Any]]:
    """List the booked entries of a period, each with the balance after it."""
    booked = sorted(
        (entry for entry in account.entries if entry.status == "booked"), key=lambda entry: entry.booked_on
    )
    after = list(accumulate((entry.amount_ct for entry in booked), initial=account.opening_ct))[1:]
    told = [
        _transaction(entry, balance, account.currency)
        for entry, balance in zip(booked, after, strict=True)
        if first <= entry.booked_on <= last
    ]
    return told[::-1]


def _transaction(entry: BankEntry, balance: int, currency: str) -> dict[str, Any]:
    return {
        "transactionId": f"{entry.booked_on:%j}K{token_hex(6).upper()}",  # another one in every answer
        "mutationCode": "426" if _by_card(entry) else "654",
        "descriptionLines": described(entry),
        "transactionTimestamp": f"{entry.booked_on.isoformat()}-12:00:00.000",
        "bookDate": entry.booked_on.isoformat(),
        "balanceAfterMutation": _number(balance),
        "counterPartyAccountNumber": entry.counterparty_iban,
        "counterPartyName": entry.counterparty_name[:_NAME],
        "amount": _number(entry.amount_ct),
        "currency": currency,
        "status": "EXECUTED",
    }


def described(entry: BankEntry) -> list[str]:
    """Write labelled lines, each cut after 32 characters wherever that is.

    >>> from datetime import date
    >>> day = date(2026, 7, 1)
    >>> described(BankEntry(day, day, -100, "Bakker Bol", "NL55RABO0347562190", remittance="brood"))
    ['SEPA Overboeking', 'IBAN: NL55RABO0347562190', 'Naam: Bakker Bol', 'Omschrijving: brood']
    """
    lines = [one[at : at + LINE] for one in _said(entry) for at in range(0, len(one), LINE)]
    return lines[:LINES]


def _said(entry: BankEntry) -> list[str]:
    text = " ".join(entry.remittance.split())
    if _by_card(entry) and entry.counterparty_name:
        return [f"BEA, Betaalpas {entry.counterparty_name},PAS012", text]
    if not entry.counterparty_iban:
        return [f"{entry.counterparty_name} {text}".strip()]
    if text.startswith("/TRTP/"):
        return [text]  # it says everything already, the kind too
    kind = "SEPA Incasso algemeen doorlopend" if entry.creditor_id else "SEPA Overboeking"
    if text.startswith("Naam:"):
        return [kind, text]
    labels = {
        "Incassant": entry.creditor_id,
        "IBAN": entry.counterparty_iban,
        "Naam": entry.counterparty_name,
        "Machtiging": entry.mandate_id,
        "Omschrijving": text,
    }
    return [kind, *(f"{label}: {value}" for label, value in labels.items() if value)]


def _by_card(entry: BankEntry) -> bool:
    return entry.bank_code.replace("/", "-").startswith("PMNT-CCRD")


def _number(amount_ct: int) -> float:
    """Write an amount as this bank does: as a JSON number."""
    return amount_ct / 100
