"""One entry (`Ntry`) of a camt file: who, what for, when, and whether a batch can be split."""

import re
from collections.abc import Callable, Iterable

from lxml import etree

from psd2_affordability.connect.files.camt_xml import (
    LocalNames,
    amount_of,
    day_of,
    first_text,
    text_of,
    texts_of,
)
from psd2_affordability.connect.files.narrative import read_narrative
from psd2_affordability.connect.files.statement import NO_BALANCE, NO_DAY, Entry, made
from psd2_affordability.connect.files.text import clean, iban_or_nothing
from psd2_affordability.connect.reference import believable
from psd2_affordability.ledger.schema import BOOKED, PENDING

_CREDITOR_ID = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}")
_NO_REFERENCE = frozenset({"", "NOTPROVIDED", "NONREF"})
_ROLES = frozenset({"Dbtr", "Cdtr", "UltmtDbtr", "UltmtCdtr"})
_ACCOUNTS = {"DbtrAcct": "Dbtr", "CdtrAcct": "Cdtr"}
_STRUCTURED = frozenset({"Ref", "AddtlRmtInf"})
_STATUS = {"BOOK": BOOKED, "": BOOKED, "PDNG": PENDING, "FUTR": PENDING}


class NotMoney(ValueError):
    """The entry only informs; nothing was or will be booked by it."""


# Plain tuples: there are several to an entry, and those with names take far longer to make.

#: A party: its name, IBAN and SEPA creditor identifier.
_Party = tuple[str, str, str]
_NOBODY = ("", "", "")

#: A transaction (`TxDtls`): parties by role, mandate, remittance, bank code, purpose and return reason.
_Detail = tuple[dict[str, _Party], str, str, str, str, str]
_NO_DETAIL: _Detail = ({}, "", "", "", "", "")

#: What the entry says for each of its rows: status, booking day, value day, currency, bank code, text,
#: IBAN of the account and the bank's number of the entry.
_Told = tuple[str, int, int, str, str, str, str, str]


def entries_of(
    element: etree._Element, names: LocalNames, own: str, unsplit: Callable[[etree._Element, int], None]
) -> list[Entry]:
    """Read an entry: one row, or one for each transaction of a batch when these add up to it.

    Args:
        element: the entry.
        names: local names of tags.
        own: IBAN of the account.
        unsplit: told of a batch that stays one row, and how many transactions it has.

    Raises:
        NotMoney: the entry only informs.
        ValueError: no amount in whole cents, or no booking day.
    """
    parts: dict[str, etree._Element] = {}
    transactions: list[etree._Element] = []
    for each in element[:]:
        name = names[each.tag]
        if name == "NtryDtls":
            transactions += [tx for tx in each[:] if names[tx.tag] == "TxDtls"]
        else:
            parts[name] = each
    cents, currency = amount_of(parts.get("Amt"))
    direction = text_of(parts.get("CdtDbtInd"))
    if direction not in {"CRDT", "DBIT"}:
        raise ValueError("the entry says neither credit nor debit")
    status = _status(first_text(parts.get("Sts")))
    valued = day_of(parts.get("ValDt"))
    booked = day_of(parts.get("BookgDt"))
    if booked == NO_DAY:
        booked = valued
    if booked == NO_DAY and status == BOOKED:
        raise ValueError("the entry is booked, but has no booking day and no value day")
    told = (
        status,
        booked,
        valued,
        currency,
        _bank_code(parts.get("BkTxCd"), names),
        clean(text_of(parts["AddtlNtryInf"])) if "AddtlNtryInf" in parts else "",
        own,
        believable(text_of(parts.get("AcctSvcrRef")) or text_of(parts.get("NtryRef"))),
    )
    details = [_detail(tx, names) for tx in transactions] or [_NO_DETAIL]
    if len(details) == 1:
        return [_row(told, details[0], cents, direction)]
    shares = _shares([_share(tx, names, direction) for tx in transactions], cents, currency, direction)
    if shares is None:
        unsplit(element, len(details))
        return [_row(told, _merged(details), cents, direction)]
    told = (*told[:-1], "")  # the number is the batch's, and no row's
    return [_row(told, detail, *share) for detail, share in zip(details, shares, strict=True)]


def _status(text: str) -> str:
    if text not in _STATUS:
        raise NotMoney(f"an entry with status {clean(text)[:20]} informs only; it is not a booking")
    return _STATUS[text]


def _share(element: etree._Element, names: LocalNames, direction: str) -> tuple[int, str, str] | None:
    """Cents, currency and direction of one transaction of a batch, or None when it does not say."""
    parts = names.children(element)
    amount = parts.get("Amt")
    if amount is None and "AmtDtls" in parts:
        booked = names.children(parts["AmtDtls"]).get("TxAmt")
        amount = None if booked is None else names.children(booked).get("Amt")
    try:
        return *amount_of(amount), text_of(parts.get("CdtDbtInd")) or direction
    except ValueError:
        return None


def _shares(
    shares: list[tuple[int, str, str] | None], cents: int, currency: str, direction: str
) -> list[tuple[int, str]] | None:
    """Amount and direction of each transaction of a batch, or None when they do not make up the entry."""
    known = [share for share in shares if share is not None and share[1] == currency]
    total = sum(amount if own == direction else -amount for amount, _, own in known)
    if len(known) < len(shares) or total != cents:
        return None
    return [(amount, own) for amount, _, own in known]


def _merged(details: list[_Detail]) -> _Detail:
    """What all transactions of an unsplit batch have in common, and all their texts."""
    parties, mandates, remittances, codes, purposes, reasons = zip(*details, strict=True)
    common = {
        role: party
        for role, party in parties[0].items()
        if all(others.get(role) == party for others in parties)
    }
    texts = " / ".join(dict.fromkeys(filter(None, remittances)))
    return common, _shared(mandates), texts, _shared(codes), _shared(purposes), _shared(reasons)


def _shared(values: Iterable[str]) -> str:
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else ""


def _row(told: _Told, detail: _Detail, cents: int, direction: str) -> Entry:
    status, booked, valued, currency, entry_code, text, own, reference = told
    parties, mandate_id, remittance, code, purpose, reason = detail
    name, iban, creditor_id = _other_side(parties, direction, own)
    if text and not (remittance and name):
        # some banks tell everything in the entry's own text, as they do in MT940
        narrative = read_narrative(text)
        name, iban = name or narrative.name, iban or narrative.iban
        creditor_id = creditor_id or narrative.creditor_id
        mandate_id = mandate_id or narrative.mandate_id
        remittance = remittance or narrative.remittance
    return made(
        Entry,
        (
            status,
            booked,
            valued,
            cents if direction == "CRDT" else -cents,
            currency,
            name,
            iban,
            creditor_id,
            mandate_id,
            remittance,
            _better_code(code, entry_code) if code else entry_code,
            purpose,
            reason,
            NO_BALANCE,
            reference,
        ),
    )


def _better_code(detail: str, entry: str) -> str:
    """Prefer the code of the transaction itself, but an ISO code before a bank's own."""
    return entry if "/" in entry and "/" not in detail else detail


def _other_side(parties: dict[str, _Party], direction: str, own: str) -> _Party:
    """Who stands on the other side: the debtor of money in, the creditor of money out.

    A returned payment keeps the roles it was sent with, and some banks fill one side only: a
    side that is empty or is the account itself gives way to the other one. The SEPA creditor
    identifier counts wherever it stands.
    """
    creditor_id = parties["Cdtr"][2] if "Cdtr" in parties else ""
    for side in ("Dbtr", "Cdtr") if direction == "CRDT" else ("Cdtr", "Dbtr"):
        name, iban, _ = parties.get(side, _NOBODY)
        name = name or parties.get("Ultmt" + side, _NOBODY)[0]
        if (name or iban) and not (own and iban == own):
            return name, iban, creditor_id
    return "", "", creditor_id


def _detail(element: etree._Element, names: LocalNames) -> _Detail:
    parties: dict[str, _Party] = {}
    mandate_id = reference = remittance = bank_code = purpose = reason = told = ""
    for each in element[:]:
        kind = names[each.tag]
        if kind == "Refs":
            reference, mandate_id = _references(each, names)
        elif kind == "RltdPties":
            parties = _parties(each, names)
        elif kind == "RmtInf":
            remittance = _remittance(each, names)
        elif kind == "BkTxCd":
            bank_code = _bank_code(each, names)
        elif kind == "Purp":
            purpose = first_text(each)
        elif kind == "AddtlTxInf":
            told = text_of(each)
        elif kind == "RtrInf":
            reason = first_text(names.children(each).get("Rsn"))
    if not remittance:
        remittance = told or ("" if reference in _NO_REFERENCE else reference)
    return parties, mandate_id, remittance, bank_code, purpose, reason


def _references(element: etree._Element, names: LocalNames) -> tuple[str, str]:
    """The payer's own reference, and the mandate."""
    reference = mandate_id = ""
    for each in element[:]:
        kind = names[each.tag]
        if kind == "EndToEndId":
            reference = text_of(each)
        elif kind == "MndtId":
            mandate_id = text_of(each)
    return reference, mandate_id


def _bank_code(element: etree._Element | None, names: LocalNames) -> str:
    """ISO code as DOMN/FMLY/SUBF, or the bank's own."""
    if element is None:
        return ""
    for each in element[:]:
        if names[each.tag] == "Domn":
            return "/".join(texts_of(each))
    return first_text(element)


def _parties(element: etree._Element, names: LocalNames) -> dict[str, _Party]:
    parties: dict[str, _Party] = {}
    ibans: dict[str, str] = {}
    for each in element[:]:
        kind = names[each.tag]
        if kind in _ROLES:
            parties[kind] = _party(each, names)
        elif kind in _ACCOUNTS:
            ibans[_ACCOUNTS[kind]] = iban_or_nothing(first_text(each))
    for role, iban in ibans.items():
        name, _, creditor_id = parties.get(role, _NOBODY)
        parties[role] = name, iban, creditor_id
    return parties


def _party(element: etree._Element, names: LocalNames) -> _Party:
    """Name and SEPA creditor identifier; later versions wrap them in `Pty`, or in `Agt` for a bank."""
    if len(element) == 1 and names[(only := element[0]).tag] == "Nm":
        return text_of(only), "", ""
    name = creditor_id = ""
    for each in element.iter():
        text = each.text
        if text:
            kind = names[each.tag]
            if kind == "Nm":
                name = name or text.strip()
            elif kind == "Id" and not creditor_id and _CREDITOR_ID.fullmatch(text.strip()):
                creditor_id = text.strip()
    return name, "", creditor_id


def _remittance(element: etree._Element, names: LocalNames) -> str:
    """Free text, then structured references that the free text does not hold already."""
    free: list[str] = []
    structured: dict[str, None] = {}
    for each in element[:]:
        if names[each.tag] == "Ustrd":
            free.append(text_of(each))
        else:
            for part in each.iter():
                if names[part.tag] in _STRUCTURED and (text := text_of(part)):
                    structured[text] = None
    line = " ".join(free)
    if structured:
        line = " ".join((line, *[text for text in structured if text not in line])).strip()
    return line
