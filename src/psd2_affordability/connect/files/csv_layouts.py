"""How each bank lays out its CSV and TAB exports: one layout a table, recognised by its columns.

A layout names, for each thing we read, the column that holds it: by its heading, or by its place
in exports without headings. Headings are compared without regard to case.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_Where = tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One export of one bank.

    Attributes:
        title: the bank, and which of its exports.
        columns: what is read from which columns; all of them must be there.
        extra: the same, of columns that newer or older exports lack.
        shape: of an export without headings: what some columns look like.
        width: of an export without headings: how many columns it has.
        mark: the decimal mark where an amount leaves it open.
        spill: column whose text may hold separators, unquoted; negative when none does.
        account: stands for the account where rows do not name it.
        bank_code: of the bank in an IBAN, where rows name the account by its number alone.
    """

    title: str
    columns: Mapping[str, _Where]
    extra: Mapping[str, _Where] = field(default_factory=dict)
    shape: Mapping[int, re.Pattern[str]] = field(default_factory=dict)
    width: int = 0
    mark: str = ","
    spill: int = -1
    account: str = ""
    bank_code: str = ""

    def places_by_heading(self, headings: Sequence[str]) -> dict[str, tuple[int, ...]] | None:
        """Find the columns under these headings, or None when one is missing."""
        known = {heading: at for at, heading in reversed(list(enumerate(headings)))}
        places: dict[str, tuple[int, ...]] = {}
        for what, names in (*self.columns.items(), *self.extra.items()):
            found = tuple(known[name] for name in names if name in known)
            if len(found) == len(names):
                places[what] = found
            elif what in self.columns:
                return None
        return places

    def places_by_shape(self, row: Sequence[str]) -> dict[str, tuple[int, ...]] | None:
        """Find the columns of an export without headings, or None when the row looks otherwise."""
        if not self.width or len(row) < self.width:
            return None
        if not all(pattern.fullmatch(row[at].strip()) for at, pattern in self.shape.items()):
            return None
        return {what: tuple(int(at) for at in ats) for what, ats in self.columns.items()}


_DMY = re.compile(r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}")
_YMD = re.compile(r"[0-9]{8}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")
_NUMBER = re.compile(r"[0-9]{6,10}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_AMOUNT = re.compile(r"[+-]?[0-9.,]+")
_SIDE = re.compile(r"Debet|Credit", re.IGNORECASE)

_ABN_TAB = Layout(
    "ABN AMRO, TAB",
    {
        "account": (0,), "currency": (1,), "booked": (2,), "balance_before": (3,), "balance": (4,),
        "valued": (5,), "amount": (6,), "told": (7,),
    },
    shape={
        0: re.compile(rf"{_NUMBER.pattern}|{_IBAN.pattern}"), 1: _CURRENCY, 2: _YMD, 3: _AMOUNT, 4: _AMOUNT,
        5: _YMD, 6: _AMOUNT,
    },
    width=8,
    bank_code="ABNA",
)  # fmt: skip

_ABN_HEADED = Layout(
    "ABN AMRO, with headings",
    {
        "account": ("accountnumber",), "currency": ("mutationcode",), "booked": ("transactiondate",),
        "valued": ("valuedate",), "balance_before": ("startsaldo",), "balance": ("endsaldo",),
        "amount": ("amount",), "told": ("description",),
    },
    bank_code="ABNA",
)  # fmt: skip

_ING = Layout(
    "ING, payment account, Dutch",
    {
        "booked": ("datum",), "name": ("naam / omschrijving",), "account": ("rekening",),
        "iban": ("tegenrekening",), "code": ("code",), "side": ("af bij",), "amount": ("bedrag (eur)",),
        "told": ("mededelingen",),
    },
    {"balance": ("saldo na mutatie",)},
)  # fmt: skip

_ING_ENGLISH = Layout(
    "ING, payment account, English",
    {
        "booked": ("date",), "name": ("name / description",), "account": ("account",),
        "iban": ("counterparty",), "code": ("code",), "side": ("debit/credit",), "amount": ("amount (eur)",),
        "told": ("notifications",),
    },
    {"balance": ("resulting balance",)},
)  # fmt: skip

_ING_SAVINGS = Layout(
    "ING, savings account",
    {
        "booked": ("datum",), "text": ("omschrijving", "mededelingen"), "account": ("rekening",),
        "iban": ("tegenrekening",), "side": ("af bij",), "amount": ("bedrag",), "currency": ("valuta",),
        "code": ("mutatiesoort",),
    },
    {"balance": ("saldo na mutatie",)},
)  # fmt: skip

_RABO_TEXT = ("omschrijving-1", "omschrijving-2", "omschrijving-3")
_RABO = Layout(
    "Rabobank",
    {
        "account": ("iban/bban",), "currency": ("munt",), "booked": ("datum",), "valued": ("rentedatum",),
        "amount": ("bedrag",), "balance": ("saldo na trn",), "iban": ("tegenrekening iban/bban",),
        "name": ("naam tegenpartij",), "text": _RABO_TEXT,
    },
    {
        "reference": ("volgnr",), "code": ("code",), "mandate_id": ("machtigingskenmerk",),
        "creditor_id": ("incassant id",), "structured": ("betalingskenmerk",), "reason": ("reden retour",),
    },
)  # fmt: skip

_VOLKSBANK_SHAPE = {
    0: _DMY, 1: _IBAN, 7: _CURRENCY, 8: _AMOUNT, 9: _CURRENCY, 10: _AMOUNT, 11: _DMY, 12: _DMY,
}  # fmt: skip
_VOLKSBANK = Layout(
    "SNS, ASN or RegioBank",
    {
        "booked": (0,), "account": (1,), "iban": (2,), "name": (3,), "balance_before": (8,),
        "currency": (9,), "amount": (10,), "valued": (12,), "code": (14,), "reference": (15,),
        "structured": (16,), "text": (17,),
    },
    shape=_VOLKSBANK_SHAPE,
    width=19,
    mark=".",
    spill=17,
)  # fmt: skip

_VOLKSBANK_HEADED = Layout(
    "SNS, ASN or RegioBank, with headings",
    {
        "account": ("opdrachtgeversrekening",), "iban": ("tegenrekeningnummer",),
        "name": ("naam tegenrekening",), "balance_before": ("saldo rekening voor mutatie",),
        "currency": ("valutasoort mutatie",), "amount": ("transactiebedrag",), "booked": ("boekingsdatum",),
        "valued": ("valutadatum",), "text": ("omschrijving",),
    },
    {
        "code": ("globale transactiecode",), "reference": ("volgnummer transactie",),
        "structured": ("betalingskenmerk",),
    },
    mark=".",
)  # fmt: skip

_BUNQ = Layout(
    "bunq, Dutch",
    {
        "booked": ("datum",), "valued": ("rentedatum",), "amount": ("bedrag",), "account": ("rekening",),
        "iban": ("tegenrekening",), "name": ("naam",), "text": ("omschrijving",),
    },
)  # fmt: skip

_BUNQ_ENGLISH = Layout(
    "bunq, English",
    {
        "booked": ("date",), "valued": ("interest date",), "amount": ("amount",), "account": ("account",),
        "iban": ("counterparty",), "name": ("name",), "text": ("description",),
    },
)  # fmt: skip

_KNAB = Layout(
    "Knab",
    {
        "account": ("rekeningnummer",), "started": ("transactiedatum",), "currency": ("valutacode",),
        "side": ("creditdebet",), "amount": ("bedrag",), "iban": ("tegenrekeningnummer",),
        "name": ("tegenrekeninghouder",), "valued": ("valutadatum",), "text": ("omschrijving",),
    },
    {
        "code": ("betaalwijze",), "mandate_id": ("machtigingsnummer",), "creditor_id": ("incassant id",),
        "reference": ("referentie",), "booked": ("boekdatum",),
    },
)  # fmt: skip

_TRIODOS = Layout(
    "Triodos",
    {
        "booked": (0,), "account": (1,), "amount": (2,), "side": (3,), "name": (4,), "iban": (5,),
        "code": (6,), "text": (7,),
    },
    shape={0: _DMY, 1: _IBAN, 2: _AMOUNT, 3: _SIDE},
    width=8,
)  # fmt: skip

_N26 = Layout(
    "N26",
    {
        "booked": ("booking date",), "name": ("partner name",), "iban": ("partner iban",), "code": ("type",),
        "text": ("payment reference",), "amount": ("amount (eur)",),
    },
    {"valued": ("value date",), "product": ("account name",)},
    mark=".",
    account="N26",
)  # fmt: skip

_N26_OLDER = Layout(
    "N26, older",
    {
        "booked": ("date",), "name": ("payee",), "iban": ("account number",), "code": ("transaction type",),
        "text": ("payment reference",), "amount": ("amount (eur)",),
    },
    mark=".",
    account="N26",
)  # fmt: skip

_REVOLUT = Layout(
    "Revolut, English",
    {
        "code": ("type",), "product": ("product",), "started": ("started date",),
        "booked": ("completed date",), "name": ("description",), "amount": ("amount",), "fee": ("fee",),
        "currency": ("currency",), "state": ("state",), "balance": ("balance",),
    },
    mark=".",
    account="Revolut",
)  # fmt: skip

_REVOLUT_DUTCH = Layout(
    "Revolut, Dutch",
    {
        "code": ("type",), "product": ("product",), "started": ("startdatum",),
        "booked": ("datum voltooid",), "name": ("beschrijving",), "amount": ("bedrag",), "fee": ("kosten",),
        "currency": ("valuta",), "state": ("status",), "balance": ("saldo",),
    },
    mark=".",
    account="Revolut",
)  # fmt: skip

#: Every layout; where two could fit, the one that asks for more columns stands first.
LAYOUTS = (
    _ABN_TAB, _ABN_HEADED, _ING, _ING_ENGLISH, _ING_SAVINGS, _RABO, _VOLKSBANK, _VOLKSBANK_HEADED,
    _BUNQ, _BUNQ_ENGLISH, _KNAB, _TRIODOS, _N26, _N26_OLDER, _REVOLUT, _REVOLUT_DUTCH,
)  # fmt: skip
