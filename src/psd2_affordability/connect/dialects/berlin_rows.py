"""A Berlin Group transaction as a ledger row."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from psd2_affordability.connect.files.text import clean
from psd2_affordability.connect.profile import Profile
from psd2_affordability.connect.strict_json import at, cents
from psd2_affordability.core.dates import iso_day
from psd2_affordability.core.iban import compact
from psd2_affordability.ledger.schema import BOOKED

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_RETURN = re.compile(
    r"\b(AC0[1-6]|AC13|AG0[12]|AM0[1-5]|BE05|CNOR|DNOR|FF0[15]|FOCR|MD0[1-7]|MS0[23]|RC01|RR0[1-4]|SL01)\b"
)


def ledger_row(entry: Mapping[str, Any], profile: Profile, account: str, status: str) -> dict[str, Any]:
    """Write one transaction as a ledger row.

    Raises:
        ValueError: no amount or day that can be trusted; says which.
    """
    found = {name: at(entry, place) for name, place in profile.fields.items()}
    amount_ct = _signed(found, profile)
    side = "creditor" if amount_ct < 0 else "debtor"
    return {
        "account": account,
        "status": status,
        "booked_on": _booked_on(found, status),
        "value_on": _day(found["value_on"]),
        "amount_ct": amount_ct,
        "currency": _currency(found["currency"]),
        "counterparty_name": text(found[f"{side}_name"]),
        "counterparty_iban": compact(text(found[f"{side}_iban"])),
        "creditor_id": text(found["creditor_id"]),
        "mandate_id": text(found["mandate_id"]),
        "remittance": _remittance(found),
        "bank_code": _bank_code(found),
        "purpose_code": text(found["purpose_code"]),
        "return_reason": _return_reason(found),
        "balance_after_ct": _cents_or_none(found["balance_after"]),
    }


def text(value: object) -> str:
    """Write a value as plain text; what is not a text or a whole number is absent."""
    if isinstance(value, str):
        return clean(value)
    return str(value) if type(value) is int else ""


def _signed(found: Mapping[str, Any], profile: Profile) -> int:
    amount = cents(found["amount"])
    if profile.sign == "creditor_is_out" and (found["creditor_name"] or found["creditor_iban"]):
        return -abs(amount)
    return amount


def _booked_on(found: Mapping[str, Any], status: str) -> date | None:
    day = _day(found["booked_on"])
    if status == BOOKED and day is None:
        day = _day(found["value_on"])
        if day is None:
            raise ValueError("it has no booking day")
    return day


def _day(value: object) -> date | None:
    try:
        return iso_day(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _currency(value: object) -> str:
    if not isinstance(value, str) or not _CURRENCY.fullmatch(value):
        raise ValueError("it has no currency")
    return value


def _remittance(found: Mapping[str, Any]) -> str:
    lines = found["remittance_lines"]
    if isinstance(lines, list) and lines:
        return " ".join(filter(None, map(text, lines)))
    return text(found["remittance"])


def _bank_code(found: Mapping[str, Any]) -> str:
    code = text(found["bank_code"])
    return code.replace("-", "/") if code else text(found["bank_own_code"])


def _return_reason(found: Mapping[str, Any]) -> str:
    reason = _RETURN.search(text(found["return_text"]))
    return reason.group() if reason else ""


def _cents_or_none(value: object) -> int | None:
    try:
        return cents(value)
    except ValueError:
        return None
