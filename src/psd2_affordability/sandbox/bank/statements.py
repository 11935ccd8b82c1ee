"""What the sandbox bank says of an account, in the words of the standard."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from textwrap import wrap
from typing import Any

from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.model import BankedAccount, BankEntry

_LINE = 140
_NAME = 70


def account_details(account_id: str, account: BankedAccount) -> dict[str, Any]:
    """Describe one account in a list of accounts."""
    here = f"/v1/accounts/{account_id}"
    return {
        "resourceId": account_id,
        "iban": account.iban,
        "currency": account.currency,
        "name": account.name,
        "cashAccountType": account.kind,
        "_links": {
            "balances": {"href": f"{here}/balances"},
            "transactions": {"href": f"{here}/transactions"},
        },
    }


def balances(account: BankedAccount, today: date) -> list[dict[str, Any]]:
    """State the booked balance, and what is available with what is still pending."""
    known = [entry for entry in account.entries if entry.booked_on <= today]
    booked = account.opening_ct + sum(entry.amount_ct for entry in known if entry.status == "booked")
    pending = sum(entry.amount_ct for entry in known if entry.status == "pending")
    return [
        _balance("closingBooked", booked, account.currency, today),
        _balance("interimAvailable", booked + pending, account.currency, today),
    ]


def booked_newest_first(account: BankedAccount, first: date, last: date) -> list[dict[str, Any]]:
    """List the booked entries of a period, each with the balance after it."""
    booked = sorted(
        (entry for entry in account.entries if entry.status == "booked"), key=lambda entry: entry.booked_on
    )
    after = list(accumulate((entry.amount_ct for entry in booked), initial=account.opening_ct))[1:]
    told = [
        _transaction(entry, account)
        | {
            "bookingDate": entry.booked_on.isoformat(),
            "balanceAfterTransaction": _balance("interimBooked", balance, account.currency, entry.booked_on),
        }
        for entry, balance in zip(booked, after, strict=True)
        if first <= entry.booked_on <= last
    ]
    return told[::-1]


def without_signs(told: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Leave out sign and own account, so that the other side tells which way the money went."""
    return [_without_sign(each) for each in told]


def _without_sign(told: Mapping[str, Any]) -> dict[str, Any]:
    amount = told["transactionAmount"]
    own = "debtorAccount" if amount["amount"].startswith("-") else "creditorAccount"
    bare = {name: value for name, value in told.items() if name != own}
    return bare | {"transactionAmount": {**amount, "amount": amount["amount"].lstrip("-")}}


def pending_newest_first(account: BankedAccount, first: date, last: date) -> list[dict[str, Any]]:
    """List the entries that are not booked yet; they have no booking date."""
    return [
        _transaction(entry, account)
        for entry in sorted(account.entries, key=lambda entry: entry.booked_on, reverse=True)
        if entry.status == "pending" and first <= entry.booked_on <= last
    ]


def _transaction(entry: BankEntry, account: BankedAccount) -> dict[str, Any]:
    other, own = ("creditor", "debtor") if entry.amount_ct < 0 else ("debtor", "creditor")
    said = {
        "entryReference": entry.entry_reference[:35],
        "mandateId": entry.mandate_id[:35],
        "valueDate": entry.value_on.isoformat(),
        "transactionAmount": _amount(entry.amount_ct, account.currency),
        f"{other}Name": entry.counterparty_name[:_NAME],
        f"{other}Account": {"iban": entry.counterparty_iban} if entry.counterparty_iban else {},
        f"{own}Account": {"iban": account.iban},
        "creditorId": entry.creditor_id[:35],
        "bankTransactionCode": entry.bank_code.replace("/", "-"),
        "purposeCode": entry.purpose_code,
        "additionalInformation": f"Return reason {entry.return_reason}" if entry.return_reason else "",
    }
    return {key: value for key, value in said.items() if value} | _remittance(entry.remittance)


def _remittance(text: str) -> dict[str, Any]:
    """Give a description in one line, or in several when it has or needs them."""
    lines = [piece for line in text.splitlines() for piece in wrap(line, _LINE)]
    if not lines:
        return {}
    if len(lines) == 1:
        return {"remittanceInformationUnstructured": lines[0]}
    return {"remittanceInformationUnstructuredArray": lines}


def _balance(kind: str, amount_ct: int, currency: str, on: date) -> dict[str, Any]:
    return {
        "balanceAmount": _amount(amount_ct, currency),
        "balanceType": kind,
        "referenceDate": on.isoformat(),
    }


def _amount(amount_ct: int, currency: str) -> Mapping[str, str]:
    return {"currency": currency, "amount": str(Money(amount_ct))}
