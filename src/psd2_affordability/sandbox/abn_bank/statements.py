"""What the own-interface sandbox bank says of an account: numbers, and lines of 32 characters."""

from datetime import date
from itertools import accumulate
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
        _transaction(number, entry, balance, account.currency)
        for number, (entry, balance) in enumerate(zip(booked, after, strict=True))
        if first <= entry.booked_on <= last
    ]
    return told[::-1]


def _transaction(number: int, entry: BankEntry, balance: int, currency: str) -> dict[str, Any]:
    return {
        "transactionId": "" if _by_card(entry) else f"{number:08d}K{entry.booked_on:%j}",
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
    text = " ".join(entry.remittance.split())
    if _by_card(entry):
        said = [f"BEA, Betaalpas {entry.counterparty_name},PAS012", text]
    else:
        debit = "SEPA Incasso algemeen doorlopend" if entry.creditor_id else "SEPA Overboeking"
        labels = {
            "Incassant": entry.creditor_id,
            "IBAN": entry.counterparty_iban,
            "Naam": entry.counterparty_name,
            "Machtiging": entry.mandate_id,
            "Omschrijving": text,
        }
        said = [debit, *(f"{label}: {value}" for label, value in labels.items() if value)]
    lines = [one[at : at + LINE] for one in said for at in range(0, len(one), LINE)]
    return lines[:LINES]


def _by_card(entry: BankEntry) -> bool:
    return entry.bank_code.startswith("PMNT-CCRD") or not (entry.counterparty_iban or entry.creditor_id)


def _number(amount_ct: int) -> float:
    """Write an amount as this bank does: as a JSON number."""
    return amount_ct / 100
