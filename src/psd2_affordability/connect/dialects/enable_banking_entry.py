"""Entries of Enable Banking, made ready to be read by rules alone."""

from collections.abc import Mapping
from typing import Any

from psd2_affordability.connect.dialects.enable_banking_session import SessionAccount
from psd2_affordability.connect.rows import text
from psd2_affordability.connect.strict_json import at
from psd2_affordability.core.iban import compact

_MANDATE = "SDDM"
_SIDES = (("creditor", "debtor"), ("debtor", "creditor"))


def tidied(entry: Mapping[str, Any], own: SessionAccount | None = None) -> dict[str, Any]:
    """Put a reference where it belongs, and take away the person as their own counterparty.

    >>> tidied({"reference_number": "RF18", "remittance_information": ["huur"]})["remittance_information"]
    ['huur', 'RF18']
    """
    tidy = dict(entry)
    reference = text(entry.get("reference_number"))
    if reference and entry.get("reference_number_schema") == _MANDATE:
        tidy["mandate"] = reference
    elif reference:
        tidy["remittance_information"] = _with(reference, entry.get("remittance_information"))
    for side, other in _SIDES:
        if own and _is_the_person(entry, side, other, own):
            tidy.pop(side, None)
            tidy.pop(f"{side}_account", None)
    return tidy


def _with(reference: str, told: object) -> list[str]:
    lines = [line for line in told if isinstance(line, str)] if isinstance(told, list) else []
    return lines if any(reference in line for line in lines) else [*lines, reference]


def _is_the_person(entry: Mapping[str, Any], side: str, other: str, own: SessionAccount) -> bool:
    """Tell whether a side is the holder of this account, and not an account of theirs elsewhere.

    Of a card payment, some banks name the person as the one who is paid.
    """
    iban = _iban(entry, side)
    if iban:
        return iban == own.iban
    alone = not _name(entry, other) and not _iban(entry, other)
    return alone and bool(own.name) and _plain(_name(entry, side)) == _plain(own.name)


def _name(entry: Mapping[str, Any], side: str) -> str:
    return text(at(entry, f"{side}.name")) or text(at(entry, f"{side}.postal_address.address_line.0"))


def _iban(entry: Mapping[str, Any], side: str) -> str:
    return compact(text(at(entry, f"{side}_account.iban")))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
