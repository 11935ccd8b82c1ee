"""CSV and TAB exports written for the tests, in the layout of each bank; all people are invented."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from statement_material import OWN, euros


@dataclass(frozen=True)
class Booking:
    """One booking as a test wants it written."""

    on: date
    cents: int
    name: str
    iban: str
    text: str


@dataclass(frozen=True)
class Export:
    """How a bank writes its export.

    Attributes:
        write: bookings, oldest first, and the balance before the first, as a file.
        account: what stands for the account after reading.
        balances: whether rows state the balance.
        newest_first: how the bank orders its rows.
        has_iban: whether rows name the other account.
    """

    write: Callable[[Sequence[Booking], int], bytes]
    account: str = OWN
    balances: bool = True
    newest_first: bool = False
    has_iban: bool = True


def signed(cents: int, mark: str = ",", plus: str = "") -> str:
    return f"{'-' if cents < 0 else plus}{euros(cents, mark)}"


def table(rows: Iterable[Sequence[str]], separator: str = ",", quoting: int = csv.QUOTE_ALL) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()


def after(bookings: Sequence[Booking], opening: int) -> list[int]:
    return list(accumulate((one.cents for one in bookings), initial=opening))[1:]


def abn_tab(bookings, opening):
    rows = [
        "\t".join(
            (
                "123456789",
                "EUR",
                f"{one.on:%Y%m%d}",
                signed(end - one.cents),
                signed(end),
                f"{one.on:%Y%m%d}",
                signed(one.cents),
                f"/TRTP/SEPA OVERBOEKING/IBAN/{one.iban}/BIC/INGBNL2A/NAME/{one.name}/REMI/{one.text}",
            )
        )
        for one, end in zip(bookings, after(bookings, opening), strict=True)
    ]
    return "\r\n".join([*rows, ""]).encode()


def abn_headed(bookings, opening):
    heading = "accountNumber;mutationcode;transactiondate;valuedate;startsaldo;endsaldo;amount;description"
    rows = [
        [
            "123456789",
            "EUR",
            f"{one.on:%Y%m%d}",
            f"{one.on:%Y%m%d}",
            signed(end - one.cents),
            signed(end),
            signed(one.cents),
            f"/TRTP/SEPA OVERBOEKING/IBAN/{one.iban}/BIC/INGBNL2A/NAME/{one.name}/REMI/{one.text}",
        ]
        for one, end in zip(bookings, after(bookings, opening), strict=True)
    ]
    return table([heading.split(";"), *rows], ";")


class IngWords(NamedTuple):
    """What differs between the Dutch and the English export of the same bank."""

    inward: str
    outward: str
    kind: str
    text: str


ING = (
    "Datum;Naam / Omschrijving;Rekening;Tegenrekening;Code;Af Bij;Bedrag (EUR);Mutatiesoort;Mededelingen"
    ";Saldo na mutatie;Tag"
)
ING_WORDS = IngWords(
    "Bij",
    "Af",
    "Online bankieren",
    "Naam: {one.name} Omschrijving: {one.text} IBAN: {one.iban} Valutadatum: {one.on:%d-%m-%Y}",
)
ING_ENGLISH = (
    "Date;Name / Description;Account;Counterparty;Code;Debit/credit;Amount (EUR);Transaction type"
    ";Notifications;Resulting balance;Tag"
)
ING_ENGLISH_WORDS = IngWords(
    "Credit",
    "Debit",
    "Online Banking",
    "Name: {one.name} Description: {one.text} IBAN: {one.iban} Value date: {one.on:%d/%m/%Y}",
)


def ing(bookings, opening, heading=ING, between=";", words=ING_WORDS):
    rows = [
        [
            f"{one.on:%Y%m%d}",
            one.name,
            OWN,
            one.iban,
            "GT",
            words.inward if one.cents >= 0 else words.outward,
            euros(one.cents, ","),
            words.kind,
            words.text.format(one=one),
            signed(end),
            "",
        ]
        for one, end in zip(bookings, after(bookings, opening), strict=True)
    ]
    return table([heading.split(";"), *rows[::-1]], between)


RABO = (
    "IBAN/BBAN;Munt;BIC;Volgnr;Datum;Rentedatum;Bedrag;Saldo na trn;Tegenrekening IBAN/BBAN;Naam tegenpartij"
    ";Naam uiteindelijke partij;Naam initiërende partij;BIC tegenpartij;Code;Batch ID;Transactiereferentie"
    ";Machtigingskenmerk;Incassant ID;Betalingskenmerk;Omschrijving-1;Omschrijving-2;Omschrijving-3"
    ";Reden retour;Oorspr bedrag;Oorspr munt;Koers"
)


def rabo_rows(bookings, opening):
    return [
        [
            OWN, "EUR", "RABONL2U", f"{number:018d}", str(one.on), str(one.on), signed(one.cents, ",", "+"),
            signed(end, ",", "+"), one.iban, one.name, "", "", "INGBNL2A", "cb", "", "", "", "", "",
            one.text, " ", " ", "", "", "", "",
        ]
        for number, (one, end) in enumerate(zip(bookings, after(bookings, opening), strict=True), start=1)
    ]  # fmt: skip


def rabo(bookings, opening):
    return table([RABO.split(";"), *rabo_rows(bookings, opening)])


def volksbank_rows(bookings, opening):
    return [
        [
            f"{one.on:%d-%m-%Y}", OWN, one.iban, one.name, "", "", "", "EUR", signed(end - one.cents, "."),
            "EUR", signed(one.cents, "."), f"{one.on:%d-%m-%Y}", f"{one.on:%d-%m-%Y}", "1234", "OVB",
            str(12_000 + number), "", f"'{one.text}'", "3",
        ]
        for number, (one, end) in enumerate(zip(bookings, after(bookings, opening), strict=True))
    ]  # fmt: skip


def volksbank(bookings, opening):
    return table(volksbank_rows(bookings, opening), quoting=csv.QUOTE_MINIMAL)


VOLKSBANK = (
    "Boekingsdatum;Opdrachtgeversrekening;Tegenrekeningnummer;Naam tegenrekening;Adres;Postcode;Plaats"
    ";Valutasoort rekening;Saldo rekening voor mutatie;Valutasoort mutatie;Transactiebedrag;Journaaldatum"
    ";Valutadatum;Interne transactiecode;Globale transactiecode;Volgnummer transactie;Betalingskenmerk"
    ";Omschrijving;Afschriftnummer"
)


def volksbank_headed(bookings, opening):
    rows = [[cell.strip("'") for cell in row] for row in volksbank_rows(bookings, opening)]
    return table([VOLKSBANK.split(";"), *rows], ";")


def bunq(headings, mark, thousands=""):
    def write(bookings, opening):
        rows = [
            [
                str(one.on),
                str(one.on),
                f"{'-' if one.cents < 0 else ''}{abs(one.cents) // 100:,}".replace(",", thousands)
                + f"{mark}{abs(one.cents) % 100:02d}",
                OWN,
                one.iban,
                one.name,
                one.text,
            ]
            for one in bookings
        ]
        return table([headings.split(";"), *rows])

    return write


def wrapped(write):
    """Every row quoted once more, as a spreadsheet leaves it."""

    def again(bookings, opening):
        lines = write(bookings, opening).decode().splitlines()
        return table([line] for line in lines)

    return again


KNAB = (
    "Rekeningnummer;Transactiedatum;Valutacode;CreditDebet;Bedrag;Tegenrekeningnummer;Tegenrekeninghouder"
    ";Valutadatum;Betaalwijze;Omschrijving;Type betaling;Machtigingsnummer;Incassant ID;Adres;Referentie"
    ";Boekdatum;"
)


def knab(bookings, opening):
    rows = [
        [
            OWN, f"{one.on:%d-%m-%Y}", "EUR", "C" if one.cents >= 0 else "D", euros(one.cents, ","), one.iban,
            one.name, f"{one.on:%d-%m-%Y}", "Overboeking", one.text, "", "", "", "",
            f"B9E17AG0G5{number:06d}", f"{one.on:%d-%m-%Y}", "",
        ]
        for number, one in enumerate(bookings)
    ]  # fmt: skip
    before = b"KNAB EXPORT" + b";" * 16 + b"\r\n"
    return before + KNAB.encode() + b"\r\n" + table(rows, ";")


def triodos(bookings, opening):
    return table(
        [
            f"{one.on:%d-%m-%Y}",
            OWN,
            f"{abs(one.cents) // 100:,}".replace(",", ".") + f",{abs(one.cents) % 100:02d}",
            "Credit" if one.cents >= 0 else "Debet",
            one.name,
            f"INGBNL2A {one.iban}",
            "ET",
            one.text,
        ]
        for one in bookings
    )


N26 = (
    "Booking Date;Value Date;Partner Name;Partner Iban;Type;Payment Reference;Account Name;Amount (EUR)"
    ";Original Amount;Original Currency;Exchange Rate"
)
N26_OLDER = (
    "Date;Payee;Account number;Transaction type;Payment reference;Amount (EUR);Amount (Foreign Currency)"
    ";Type Foreign Currency;Exchange Rate"
)


def n26(bookings, opening):
    rows = [
        [
            str(one.on), str(one.on), one.name, one.iban, "Debit Transfer", one.text, "Main Account",
            signed(one.cents, "."), "", "", "",
        ]
        for one in bookings
    ]  # fmt: skip
    return table([N26.split(";"), *rows], quoting=csv.QUOTE_MINIMAL)


def n26_older(bookings, opening):
    rows = [
        [str(one.on), one.name, one.iban, "Income", one.text, signed(one.cents, "."), "", "", ""]
        for one in bookings
    ]
    return table([N26_OLDER.split(";"), *rows])


REVOLUT = "Type;Product;Started Date;Completed Date;Description;Amount;Fee;Currency;State;Balance"
REVOLUT_DUTCH = "Type;Product;Startdatum;Datum voltooid;Beschrijving;Bedrag;Kosten;Valuta;Status;Saldo"


def revolut(headings, state, product):
    def write(bookings, opening):
        rows = [
            [
                "Transfer", product, f"{one.on} 09:00:00", f"{one.on} 10:00:01", one.name,
                signed(one.cents, "."), "0.00", "EUR", state, signed(end, "."),
            ]
            for one, end in zip(bookings, after(bookings, opening), strict=True)
        ]  # fmt: skip
        return table([headings.split(";"), *rows], quoting=csv.QUOTE_MINIMAL)

    return write


BUNQ = "Datum;Rentedatum;Bedrag;Rekening;Tegenrekening;Naam;Omschrijving"
BUNQ_ENGLISH = "Date;Interest Date;Amount;Account;Counterparty;Name;Description"

EXPORTS = {
    "abn_tab": Export(abn_tab, account="NL02ABNA0123456789"),
    "abn_headed": Export(abn_headed, account="NL02ABNA0123456789"),
    "ing": Export(ing, newest_first=True),
    "ing_english": Export(
        partial(ing, heading=ING_ENGLISH, between=",", words=ING_ENGLISH_WORDS), newest_first=True
    ),
    "rabo": Export(rabo),
    "volksbank": Export(volksbank),
    "volksbank_headed": Export(volksbank_headed),
    "bunq": Export(bunq(BUNQ, ",", "."), balances=False),
    "bunq_english": Export(bunq(BUNQ_ENGLISH, ".", ","), balances=False),
    "bunq_wrapped": Export(wrapped(bunq(BUNQ, ",")), balances=False),
    "knab": Export(knab, balances=False),
    "triodos": Export(triodos, balances=False),
    "n26": Export(n26, account="N26 Main Account", balances=False),
    "n26_older": Export(n26_older, account="N26", balances=False),
    "revolut": Export(
        revolut(REVOLUT, "COMPLETED", "Current"), account="Revolut Current", has_iban=False
    ),
    "revolut_dutch": Export(
        revolut(REVOLUT_DUTCH, "VOLTOOID", "Betaalrekening"), account="Revolut Betaalrekening", has_iban=False
    ),
}  # fmt: skip
