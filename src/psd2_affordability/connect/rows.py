"""An entry of a bank's answer as a ledger row, as the bank's rules say."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from psd2_affordability.connect.files.narrative import Narrative, read_narrative
from psd2_affordability.connect.files.text import clean
from psd2_affordability.connect.profile import RowRules
from psd2_affordability.connect.reference import believable
from psd2_affordability.connect.strict_json import at, cents
from psd2_affordability.core.dates import iso_day
from psd2_affordability.core.iban import compact
from psd2_affordability.ledger.schema import BOOKED

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_WRAP = 32
# A line that begins with a label does not go on from the line before, however full that was.
_FIELD = re.compile(r"^(?:Naam|IBAN|BIC|Omschrijving|Kenmerk|Machtiging|Incassant):")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RETURN = re.compile(
    r"\b(AC0[1-6]|AC13|AG0[12]|AM0[1-5]|BE05|CNOR|DNOR|FF0[15]|FOCR|MD0[1-7]|MS0[23]|RC01|RR0[1-4]|SL01)\b"
)


def ledger_row(entry: Mapping[str, Any], rules: RowRules, account: str, status: str) -> dict[str, Any]:
    """Write one transaction as a ledger row.

    Raises:
        ValueError: no amount or day that can be trusted; says which.
    """
    found = {
        name: value for name, places in rules.fields.items() if (value := first_at(entry, places)) is not None
    }
    amount_ct = signed(found, rules)
    side = "creditor" if amount_ct < 0 else "debtor"
    told = _told(found.get("remittance"), rules)
    name = _text(found, "counterparty_name") or _text(found, f"{side}_name")
    iban = _iban(found, "counterparty") or _iban(found, side)
    return {
        "account": account,
        "status": status,
        "booked_on": _booked_on(found, rules, status),
        "value_on": day(found.get("value_on"), rules),
        "amount_ct": amount_ct,
        "currency": _currency(found.get("currency")),
        "counterparty_name": told.name if told.name.startswith(name) else name,
        "counterparty_iban": iban or told.iban,
        "creditor_id": _text(found, "creditor_id") or told.creditor_id,
        "mandate_id": _text(found, "mandate_id") or told.mandate_id,
        "remittance": told.remittance,
        "bank_code": _text(found, "bank_code").replace("-", "/") or _text(found, "bank_own_code"),
        "purpose_code": _text(found, "purpose_code"),
        "return_reason": _return_reason(found) or told.return_reason,
        "balance_after_ct": _balance_after(found, rules) if "balance_after" in found else None,
        "entry_reference": believable(_text(found, "entry_reference")),
    }


def first_at(entry: Mapping[str, Any], places: tuple[str, ...]) -> Any:
    """Return what stands in the first place that holds something; None when none does.

    >>> first_at({"a": "", "b": {"c": 1}}, ("a", "b.c"))
    1
    """
    for place in places:
        found = at(entry, place) if "." in place else entry.get(place)
        if found or found == 0:
            return found
    return None


def text(value: object) -> str:
    """Write a value as plain text; what is not a text or a whole number is absent."""
    if isinstance(value, str):
        return clean(value)
    return str(value) if type(value) is int else ""


def signed(found: Mapping[str, Any], rules: RowRules) -> int:
    """Return the amount in cents, below zero when it went out.

    Raises:
        ValueError: it is not a plain decimal amount.
    """
    amount = cents(found.get("amount"))
    if rules.sign == "creditor_is_out":
        return -amount if found.get("creditor_name") or found.get("creditor_iban") else amount
    word = text(found.get("direction"))
    if rules.sign == "indicator" and word:
        return -abs(amount) if word in rules.out_words else abs(amount)
    return amount


def day(value: object, rules: RowRules) -> date | None:
    """Read a day; of a moment, the day it was at the bank.

    >>> from dataclasses import replace
    >>> rules = RowRules("signed", (), (), "Europe/Amsterdam", "UTC", "plain", {})
    >>> day("2026-06-30T23:30:00Z", rules), day("2026-06-30 23:30:00.12", rules), day("2026-06-30", rules)
    (datetime.date(2026, 7, 1), datetime.date(2026, 7, 1), datetime.date(2026, 6, 30))
    """
    return _day(value, rules.time_zone, rules.naive_zone) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _day(value: str, time_zone: str, naive_zone: str) -> date | None:
    try:
        return iso_day(value) if len(value) == 10 else _moment(value, time_zone, naive_zone).date()
    except ValueError:
        return None


def _text(found: Mapping[str, Any], name: str) -> str:
    return text(found[name]) if name in found else ""


def _told(value: object, rules: RowRules) -> Narrative:
    """Read a description: its text, and what the bank says in it because it has no field for it.

    A name that the bank cuts short in its field often stands there whole.
    """
    lines = value if isinstance(value, list) else [value]
    if rules.narrative == "plain":
        return Narrative(remittance=" ".join(filter(None, map(text, lines))))
    if rules.narrative == "wrapped":
        padded = (f"{line:<{_WRAP}}" for line in lines if isinstance(line, str))
        return read_narrative(clean("".join(_FIELD.sub(r" \g<0>", line) for line in padded)))
    whole = " ".join(clean(_BREAK.sub(" ", line)) for line in lines if isinstance(line, str)).strip()
    return read_narrative(whole)._replace(remittance=whole)


def _moment(value: str, time_zone: str, naive_zone: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_zone(naive_zone))
    return moment.astimezone(_zone(time_zone))


def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


def _booked_on(found: Mapping[str, Any], rules: RowRules, status: str) -> date | None:
    booked = day(found.get("booked_on"), rules)
    if status == BOOKED and booked is None:
        booked = day(found.get("value_on"), rules)
        if booked is None:
            raise ValueError("it has no booking day")
    return booked


def _currency(value: object) -> str:
    if not isinstance(value, str) or not _CURRENCY.fullmatch(value):
        raise ValueError("it has no currency")
    return value


def _return_reason(found: Mapping[str, Any]) -> str:
    reason = _RETURN.search(_text(found, "return_text"))
    return reason.group() if reason else ""


def _iban(found: Mapping[str, Any], of: str) -> str:
    """Return the number of an account, unless a scheme beside it says that it is no IBAN."""
    number = _text(found, f"{of}_iban")
    scheme = _text(found, f"{of}_scheme") if number else ""
    return compact(number) if number and (not scheme or scheme.endswith("IBAN")) else ""


def _balance_after(found: Mapping[str, Any], rules: RowRules) -> int | None:
    """Read the balance after an entry; where a word beside it tells its sign, as that says."""
    after = _cents_or_none(found["balance_after"])
    word = _text(found, "balance_direction")
    return -abs(after) if after is not None and word and word in rules.out_words else after


def _cents_or_none(value: object) -> int | None:
    try:
        return cents(value)
    except ValueError:
        return None
