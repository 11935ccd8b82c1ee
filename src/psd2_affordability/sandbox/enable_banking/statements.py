"""What the sandbox aggregator says of accounts and entries, in its own words."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from psd2_affordability.sandbox.bank import statements
from psd2_affordability.sandbox.enable_banking.quirks import Quirks
from psd2_affordability.sandbox.model import BankedAccount

BANK = {"name": "Sandbox Bank", "country": "NL"}
_BALANCES = {"closingBooked": "CLBD", "interimAvailable": "ITAV"}


def account_resource(uid: str, account: BankedAccount, holder: str) -> dict[str, Any]:
    """Describe one account of a session."""
    known_as = identification_hash(account)
    return {
        "account_id": {"iban": account.iban},
        "all_account_ids": [{"identification": account.iban, "scheme_name": "IBAN"}],
        "name": holder,
        "details": account.name,
        "usage": "PRIV",
        "cash_account_type": account.kind,
        "currency": account.currency,
        "uid": uid,
        "identification_hash": known_as,
        "identification_hashes": [known_as],
    }


def identification_hash(account: BankedAccount) -> str:
    """Return the number of an account that is the same in every session."""
    digest = hashlib.sha256(f"sandbox/{account.iban}".encode()).digest()
    return f"{base64.b64encode(b'account.iban').decode()}.{base64.b64encode(digest).decode()}"


def balances(account: BankedAccount, today: date) -> list[dict[str, Any]]:
    """State the balances."""
    return [
        {
            "name": each["balanceType"],
            "balance_amount": each["balanceAmount"],
            "balance_type": _BALANCES[each["balanceType"]],
            "reference_date": each["referenceDate"],
        }
        for each in statements.balances(account, today)
    ]


def transactions(
    account: BankedAccount, first: date, last: date, *, status: str, holder: str, quirks: Quirks
) -> list[dict[str, Any]]:
    """List entries, the newest first and the pending ones before the booked."""
    told: list[dict[str, Any]] = []
    if status in ("", "PDNG"):
        told += [
            _transaction(each, "PDNG", holder, quirks)
            for each in statements.pending_newest_first(account, first, last)
        ]
    if status in ("", "BOOK"):
        booked = statements.booked_newest_first(account, first, last)
        references = _references(booked, quirks)
        told += [
            _transaction(each, "BOOK", holder, quirks) | reference
            for each, reference in zip(booked, references, strict=True)
        ]
    return told


def _transaction(entry: Mapping[str, Any], status: str, holder: str, quirks: Quirks) -> dict[str, Any]:
    amount = entry["transactionAmount"]
    goes_out = amount["amount"].startswith("-")
    side = "creditor" if goes_out else "debtor"
    name, iban = entry.get(f"{side}Name", ""), entry.get(f"{side}Account", {}).get("iban", "")
    if quirks.own_name_on_cards and goes_out and not iban and "mandateId" not in entry:
        name = holder
    keeps_minus = quirks.indicator != "plain"
    said: dict[str, Any] = {
        "transaction_amount": amount if keeps_minus else amount | {"amount": amount["amount"].lstrip("-")},
        "credit_debit_indicator": "" if quirks.indicator == "absent" else "DBIT" if goes_out else "CRDT",
        "status": status,
        side: _party(name, quirks) if name else {},
        f"{side}_account": {"iban": iban} if iban else {},
        "bank_transaction_code": _code(entry),
        "remittance_information": _lines(entry),
        "transaction_id": str(uuid4()),
    }
    if "mandateId" in entry:
        said |= {"reference_number": entry["mandateId"], "reference_number_schema": "SDDM"}
    return {key: value for key, value in said.items() if value} | _days(entry, status, quirks)


def _days(entry: Mapping[str, Any], status: str, quirks: Quirks) -> dict[str, Any]:
    if status == "PDNG":
        return {} if quirks.undated_pending else {"transaction_date": entry["valueDate"]}
    return {
        "booking_date": entry["bookingDate"],
        "value_date": entry["valueDate"],
        "balance_after_transaction": entry["balanceAfterTransaction"]["balanceAmount"],
    }


def _party(name: str, quirks: Quirks) -> dict[str, Any]:
    if quirks.names == "in_address":
        return {"postal_address": {"address_line": [name]}}
    return {"name": name}


def _code(entry: Mapping[str, Any]) -> dict[str, str]:
    said = {
        "code": entry.get("bankTransactionCode", ""),
        "description": entry.get("additionalInformation", ""),
    }
    return {key: value for key, value in said.items() if value}


def _lines(entry: Mapping[str, Any]) -> list[str]:
    lines: list[str] = entry.get("remittanceInformationUnstructuredArray", [])
    single = entry.get("remittanceInformationUnstructured", "")
    return lines or ([single] if single else [])


def _references(booked: Sequence[Mapping[str, Any]], quirks: Quirks) -> Iterator[dict[str, str]]:
    """Yield the number of each entry, as this bank gives it."""
    left = Counter(each["bookingDate"] for each in booked)
    for place, each in enumerate(booked):
        day = each["bookingDate"]
        left[day] -= 1
        number = {
            "own": f"SB{day.replace('-', '')}{left[day]:06}",
            "missing": "",
            "positional": f"{day}-{left[day]}",
            "shared": f"SB{day.replace('-', '')}{left[day] // 2:06}",
            "changing": f"SB{place:04}{uuid4().hex[:8]}",
            "placeholder": "0",
        }[quirks.references]
        yield {"entry_reference": number} if number else {}
