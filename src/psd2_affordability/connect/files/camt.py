"""camt.052, camt.053 and camt.054 in any version: read by local name, from hardened XML."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from psd2_affordability.connect.balance_types import ISO_20022 as BALANCE_TYPES
from psd2_affordability.connect.files.camt_entry import NotMoney, entries_of
from psd2_affordability.connect.files.camt_xml import (
    LocalNames,
    account_number,
    amount_of,
    day_of,
    first_text,
    text_of,
)
from psd2_affordability.connect.files.statement import NO_DAY, Parsed, Statement, to_date
from psd2_affordability.connect.files.text import clean, iban_or_nothing
from psd2_affordability.connect.result import BalanceRead, Rejected
from psd2_affordability.core.errors import BrokenFile
from psd2_affordability.core.money import Money

_AGAIN = "Export the statement from the bank again"

#: A statement, in whatever namespace.
_STATEMENTS_ANYWHERE = ("{*}Stmt", "{*}Rpt", "{*}Ntfctn")

#: Elements without a namespace are named twice as fast, and local names are all we read by.
_NAMESPACE = re.compile(rb"""(<Document\b[^<>]{0,2000}?)\sxmlns=(?:"[^"<]*"|'[^'<]*')""")

#: What is parsed at a time: the tree of a whole file takes about eight times as much memory as the file.
_PIECE = 64 << 10

_HARDENED: dict[str, Any] = {
    "remove_blank_text": True,
    "remove_comments": True,
    "remove_pis": True,
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "collect_ids": False,
}


def read_camt(name: str, content: bytes) -> Parsed:
    """Read every statement of a camt file; an entry that cannot be read is rejected with its line number.

    Raises:
        BrokenFile: the XML is cut off, too deep, carries a document type, or holds no statement.
    """
    if b"<!DOCTYPE" in content:
        raise _hostile(name)
    reader = _Reader(name)
    try:
        _read_all(reader, name, content)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise BrokenFile(
            f"the XML cannot be read beyond this line ({clean(error.msg or 'damaged')[:120]})",
            where=f"{name}, line {line}",
            do=_AGAIN,
        ) from error
    if not reader.parsed.statements:
        raise BrokenFile("the camt file holds no statement (Stmt, Rpt or Ntfctn)", where=name, do=_AGAIN)
    return reader.parsed


def _read_all(reader: "_Reader", name: str, content: bytes) -> None:
    """Feed the parser piece by piece, and take each part out of the tree once it is whole.

    Only the beginning of a statement is an event: events of every part take as long as reading the XML does.
    """
    parser = etree.XMLPullParser(("start",), tag=_STATEMENTS_ANYWHERE, **_HARDENED)
    at_hand: etree._Element | None = None
    for piece in _pieces(content):
        parser.feed(piece)
        for _, element in parser.read_events():
            if at_hand is None:
                _refuse_document_type(name, element)
            elif at_hand in element.iterancestors():
                continue
            else:
                _finish(reader, at_hand)
            at_hand = element
            reader.begin()
        if at_hand is not None:
            _take(reader, at_hand, at_hand[:-1])  # the last part may still go on
    parser.close()
    if at_hand is not None:
        _finish(reader, at_hand)


def _pieces(content: bytes) -> Iterator[bytes]:
    """Cut a file into what is parsed at a time; elements lose their usual namespace."""
    yield _NAMESPACE.sub(rb"\1", content[:_PIECE], count=1)
    for at in range(_PIECE, len(content), _PIECE):
        yield content[at : at + _PIECE]


def _finish(reader: "_Reader", statement: etree._Element) -> None:
    """Take the rest of a statement that has ended."""
    _take(reader, statement, statement[:])
    reader.finish()
    parent = statement.getparent()
    if parent is not None:
        parent.remove(statement)


def _take(reader: "_Reader", statement: etree._Element, parts: list[etree._Element]) -> None:
    """Read the first parts of a statement, and drop them."""
    for part in parts:
        reader.part(part)
    del statement[: len(parts)]


def _refuse_document_type(name: str, element: etree._Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise _hostile(name)


def _hostile(name: str) -> BrokenFile:
    return BrokenFile("the XML declares a document type, which no bank statement does", where=name, do=_AGAIN)


class _Reader:
    """Builds statements from the parts of the stream, in order."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._names = LocalNames()
        self._statement = Statement(file=name)
        self._own = self._number = ""
        self._balances: list[tuple[int | None, str, BalanceRead]] = []
        self.parsed = Parsed()

    def begin(self) -> None:
        self._statement, self._balances = Statement(file=self._name), []
        self._own = self._number = ""

    def part(self, element: etree._Element) -> None:
        kind = self._names[element.tag]
        if kind == "Ntry":
            try:
                self._statement.entries += entries_of(element, self._names, self._own, self._unsplit)
            except NotMoney as error:
                self._reject(element.sourceline, str(error), lost=False)
            except ValueError as error:
                self._statement.unread += 1
                self._reject(element.sourceline, str(error))
        elif kind == "Bal":
            self._balance(element)
        elif kind == "Acct":
            self._account(element)
        elif kind == "Id":
            self._number = clean(text_of(element))

    def _account(self, element: etree._Element) -> None:
        statement = self._statement
        if not statement.account:
            statement.account = account_number(element, self._names)
            self._own = iban_or_nothing(statement.account)
            statement.currency = text_of(self._names.children(element).get("Ccy"))
            statement.number = self._number

    def _balance(self, element: etree._Element) -> None:
        parts = self._names.children(element)
        code = first_text(parts.get("Tp"))
        kind = BALANCE_TYPES.get(code, clean(code))
        try:
            cents, currency = amount_of(parts.get("Amt"))
            day = day_of(parts.get("Dt"))
        except ValueError as error:
            self._reject(element.sourceline, f"a balance ({kind}) cannot be read: {error}")
            return
        if text_of(parts.get("CdtDbtInd")) == "DBIT":
            cents = -cents
        balance = BalanceRead(kind, Money(cents), None if day == NO_DAY else to_date(day))
        self._balances.append((element.sourceline, currency, balance))

    def finish(self) -> None:
        statement, stated = self._statement, self._balances
        if not statement.account:
            self._reject(None, "a statement names no account")
            return
        statement.currency = statement.currency or _currency(statement, stated)
        for line, currency, balance in stated:
            if currency == statement.currency:
                statement.balances.append(balance)
            else:
                unlike = f"in {currency}, while the account is in {statement.currency}"
                self._reject(line, f"a balance ({balance.type}) {unlike}, is not taken over")
        _choose_ends(statement)
        self.parsed.statements.append(statement)

    def _unsplit(self, element: etree._Element, count: int) -> None:
        why = f"the amounts of a batch of {count} payments do not add up to it: it is kept as one row"
        self._reject(element.sourceline, why, lost=False)

    def _reject(self, line: int | None, why: str, *, lost: bool = True) -> None:
        self.parsed.rejected.append(Rejected(f"{self._name}, line {line}" if line else self._name, why, lost))


def _currency(statement: Statement, stated: list[tuple[int | None, str, BalanceRead]]) -> str:
    """Currency of an account that does not state it: of a booked balance, else of the entries."""
    booked = [currency for _, currency, balance in stated if balance.type.endswith("Booked")]
    moved = [entry.currency for entry in statement.entries]
    return next(iter(booked + moved + [currency for _, currency, _ in stated]), "EUR")


def _choose_ends(statement: Statement) -> None:
    """Find the booked balances before the first and after the last entry; on a page they are interim ones."""
    by_type: dict[str, list[BalanceRead]] = {}
    for balance in statement.balances:
        by_type.setdefault(balance.type, []).append(balance)
    interim = by_type.get("interimBooked", [])
    opening = by_type.get("openingBooked") or by_type.get("previouslyClosedBooked")
    closing = by_type.get("closingBooked")
    if opening is None and (closing or len(interim) > 1):
        opening = interim[:1]
    if closing is None and opening:
        closing = [balance for balance in interim if balance is not opening[0]][-1:]
    statement.opening = opening[0] if opening else None
    statement.closing = closing[-1] if closing else None
