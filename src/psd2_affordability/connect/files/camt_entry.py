"""One entry (`Ntry`) of a camt file: who, what for, when, and whether a batch can be split."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from psd2_affordability.connect.files.camt_xml import (
    LocalNames,
    amount_of,
    child,
    code_of,
    day_of,
    iban_or_number,
    text_of,
)
from psd2_affordability.connect.files.narrative import read_narrative
from psd2_affordability.connect.files.statement import NO_DAY, Entry
from psd2_affordability.connect.files.text import clean, iban_or_nothing
from psd2_affordability.ledger.schema import BOOKED, PENDING

_CREDITOR_ID = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}")
_NO_REFERENCE = frozenset({"", "NOTPROVIDED", "NONREF"})
_STATUS = {"BOOK": BOOKED, "": BOOKED, "PDNG": PENDING, "FUTR": PENDING}


class NotMoney(ValueError):
    """The entry only informs; nothing was or will be booked by it."""


class _Party(NamedTuple):
    name: str = ""
    iban: str = ""
    creditor_id: str = ""


class _Detail(NamedTuple):
    """One transaction (`TxDtls`) of an entry."""

    cents: int | None
    currency: str
    direction: str
    parties: dict[str, _Party]
    mandate_id: str
    remittance: str
    bank_code: str
    purpose: str
    return_reason: str


def entries_of(element: etree._Element, names: LocalNames, own: str) -> list[Entry]:
    """Read an entry: one row, or one for each transaction of a batch when these add up to it.

    Raises:
        NotMoney: the entry only informs.
        ValueError: no amount in whole cents, or no booking day.
    """
    parts: dict[str, etree._Element] = {}
    details: list[_Detail] = []
    for each in element:
        name = names[each.tag]
        if name == "NtryDtls":
            details += [_detail(tx, names) for tx in each if names[tx.tag] == "TxDtls"]
        else:
            parts[name] = each
    cents, currency = amount_of(parts.get("Amt"))
    direction = text_of(parts.get("CdtDbtInd"))
    if direction not in {"CRDT", "DBIT"}:
        raise ValueError("the entry says neither credit nor debit")
    status = _status(parts.get("Sts"), names)
    valued = day_of(parts.get("ValDt"), names)
    booked = day_of(parts.get("BookgDt"), names)
    if booked == NO_DAY:
        booked = valued
    if booked == NO_DAY and status == BOOKED:
        raise ValueError("the entry is booked, but has no booking day and no value day")
    told = _Told(
        status,
        booked,
        valued,
        currency,
        _bank_code(parts.get("BkTxCd"), names),
        clean(text_of(parts.get("AddtlNtryInf"))) if "AddtlNtryInf" in parts else "",
        own,
    )
    if len(details) > 1:
        split = _shares(details, cents, currency, direction)
        if split is None:
            return [_row(told, _merged(details), cents, direction)]
        return [_row(told, detail, *share) for detail, share in zip(details, split, strict=True)]
    return [_row(told, details[0] if details else _NO_DETAIL, cents, direction)]


class _Told(NamedTuple):
    """What the entry itself says, for each of its rows."""

    status: str
    booked: int
    valued: int
    currency: str
    bank_code: str
    text: str
    own: str


_NO_DETAIL = _Detail(None, "", "", {}, "", "", "", "", "")


def _status(element: etree._Element | None, names: LocalNames) -> str:
    text = text_of(element) or text_of(child(element, "Cd", names))
    if text not in _STATUS:
        raise NotMoney(f"an entry with status {clean(text)[:20]} informs only; it is not a booking")
    return _STATUS[text]


def _shares(
    details: list[_Detail], cents: int, currency: str, direction: str
) -> list[tuple[int, str]] | None:
    """Amount and direction of each transaction of a batch, or None when they do not make up the entry."""
    total, shares = 0, []
    for detail in details:
        if detail.cents is None or detail.currency != currency:
            return None
        own = detail.direction or direction
        total += detail.cents if own == direction else -detail.cents
        shares.append((detail.cents, own))
    return shares if total == cents else None


def _merged(details: list[_Detail]) -> _Detail:
    """What all transactions of an unsplit batch have in common, and all their texts."""
    first = details[0]
    parties = {
        role: party
        for role, party in first.parties.items()
        if all(detail.parties.get(role) == party for detail in details)
    }
    texts = dict.fromkeys(detail.remittance for detail in details if detail.remittance)
    return first._replace(
        parties=parties,
        mandate_id=_shared(detail.mandate_id for detail in details),
        remittance=" / ".join(texts),
        bank_code=_shared(detail.bank_code for detail in details),
        purpose=_shared(detail.purpose for detail in details),
        return_reason=_shared(detail.return_reason for detail in details),
    )


def _shared(values: Iterable[str]) -> str:
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else ""


def _row(told: _Told, detail: _Detail, cents: int, direction: str) -> Entry:
    party = _other_side(detail.parties, direction, told.own)
    remittance, mandate_id, purpose, reason = (
        detail.remittance,
        detail.mandate_id,
        detail.purpose,
        detail.return_reason,
    )
    if told.text and not (remittance and party.name):
        # some banks tell everything in the entry's own text, as they do in MT940
        narrative = read_narrative(told.text)
        remittance = remittance or narrative.remittance
        mandate_id = mandate_id or narrative.mandate_id
        party = _Party(
            party.name or narrative.name,
            party.iban or narrative.iban,
            party.creditor_id or narrative.creditor_id,
        )
    return Entry(
        told.status,
        told.booked,
        told.valued,
        cents if direction == "CRDT" else -cents,
        told.currency,
        party.name,
        party.iban,
        party.creditor_id,
        mandate_id,
        remittance,
        _better_code(detail.bank_code, told.bank_code),
        purpose,
        reason,
    )


def _better_code(detail: str, entry: str) -> str:
    """Prefer the code of the transaction itself, but an ISO code before a bank's own."""
    return entry if not detail or ("/" in entry and "/" not in detail) else detail


def _other_side(parties: dict[str, _Party], direction: str, own: str) -> _Party:
    """Who stands on the other side: the debtor of money in, the creditor of money out.

    A returned payment keeps the roles it was sent with, and some banks fill one side only: a
    side that is empty or is the account itself gives way to the other one. The SEPA creditor
    identifier counts wherever it stands.
    """
    if not parties:
        return _NOBODY
    sides = ("Dbtr", "Cdtr") if direction == "CRDT" else ("Cdtr", "Dbtr")
    found = _NOBODY
    for side in sides:
        party = parties.get(side, _NOBODY)
        ultimate = parties.get(f"Ultmt{side}", _NOBODY)
        if (party.name or party.iban or ultimate.name) and not (own and party.iban == own):
            found = _Party(party.name or ultimate.name, party.iban)
            break
    creditor_id = parties.get("Cdtr", _NOBODY).creditor_id
    return found._replace(creditor_id=creditor_id) if creditor_id else found


_NOBODY = _Party()


def _detail(element: etree._Element, names: LocalNames) -> _Detail:
    parts = {names[each.tag]: each for each in element}
    refs = {names[each.tag]: text_of(each) for each in parts["Refs"]} if "Refs" in parts else {}
    amount = parts.get("Amt")
    if amount is None and "AmtDtls" in parts:
        amount = child(child(parts["AmtDtls"], "TxAmt", names), "Amt", names)
    cents, currency = (None, "") if amount is None else amount_of(amount)
    remittance = _remittance(parts["RmtInf"], names) if "RmtInf" in parts else ""
    if not remittance:
        reference = refs.get("EndToEndId", "")
        remittance = text_of(parts.get("AddtlTxInf")) or ("" if reference in _NO_REFERENCE else reference)
    return _Detail(
        cents,
        currency,
        text_of(parts.get("CdtDbtInd")),
        _parties(parts["RltdPties"], names) if "RltdPties" in parts else {},
        refs.get("MndtId", ""),
        remittance,
        _bank_code(parts.get("BkTxCd"), names),
        code_of(parts.get("Purp"), names),
        code_of(child(parts["RtrInf"], "Rsn", names), names) if "RtrInf" in parts else "",
    )


def _bank_code(element: etree._Element | None, names: LocalNames) -> str:
    """ISO code as DOMN/FMLY/SUBF, or the bank's own."""
    if element is None:
        return ""
    own = ""
    for each in element:
        if names[each.tag] == "Domn":
            return "/".join(
                text
                for part in each.iter()
                if names[part.tag] in {"Cd", "SubFmlyCd"} and (text := text_of(part))
            )
        own = own or text_of(child(each, "Cd", names))
    return own


def _parties(element: etree._Element, names: LocalNames) -> dict[str, _Party]:
    parties: dict[str, _Party] = {}
    ibans: dict[str, str] = {}
    for each in element:
        role = names[each.tag]
        if role in {"Dbtr", "Cdtr", "UltmtDbtr", "UltmtCdtr"}:
            parties[role] = _party(each, names)
        elif role in {"DbtrAcct", "CdtrAcct"}:
            ibans[role[:4]] = iban_or_nothing(iban_or_number(each, names))
    for role, iban in ibans.items():
        parties[role] = parties.get(role, _NOBODY)._replace(iban=iban)
    return parties


def _party(element: etree._Element, names: LocalNames) -> _Party:
    """Name and SEPA creditor identifier; later versions wrap them in `Pty`, or in `Agt` for a bank."""
    name = creditor_id = ""
    for each in element.iter():
        match names[each.tag]:
            case "Nm" if not name:
                name = text_of(each)
            case "Id" if len(each) == 0 and not creditor_id:
                identifier = text_of(each)
                creditor_id = identifier if _CREDITOR_ID.fullmatch(identifier) else ""
    return _Party(name, "", creditor_id)


def _remittance(element: etree._Element, names: LocalNames) -> str:
    """Free text, then structured references that the free text does not hold already."""
    texts: list[str] = []
    for each in element.iter():
        text = text_of(each) if names[each.tag] in {"Ustrd", "Ref", "AddtlRmtInf"} else ""
        if text and not any(text in earlier for earlier in texts):
            texts.append(text)
    return " ".join(texts)
