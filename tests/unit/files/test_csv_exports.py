"""CSV and TAB exports: layouts, signs, days, encodings, balances, and rows that are wrong."""

from datetime import date

import pytest

from export_material import (
    EXPORTS,
    N26,
    REVOLUT,
    Booking,
    rabo_rows,
    revolut,
    table,
    volksbank_rows,
)
from export_material import ING as ING_HEADINGS
from export_material import RABO as RABO_HEADINGS
from psd2_affordability.connect.files.read import read_files
from psd2_affordability.core.errors import UnknownFormat
from statement_material import LANDLORD, OTHER, OWN

RENT = Booking(date(2026, 1, 2), -85_000, "Woningstichting De Linde", LANDLORD, "Huur januari")
WAGE = Booking(date(2026, 1, 23), 214_350, "Bakkerij Korenaar B.V.", OTHER, "Salaris januari")
COFFEE = Booking(date(2026, 1, 24), -325, "Koffiehuis", OTHER, "Koffie")
LIFE = [RENT, WAGE, COFFEE, COFFEE]


def read(content: bytes | str):
    return read_files([("export.csv", content if isinstance(content, bytes) else content.encode())])


def rows_of(content: bytes | str) -> list[dict]:
    return read(content).transactions.to_dict("records")


@pytest.mark.parametrize("layout", EXPORTS)
def test_every_layout_reads_to_the_same_life(layout):
    export = EXPORTS[layout]
    received = read(export.write(LIFE, 100_00))
    rows = received.transactions.sort_values("booked_on", kind="stable")

    assert rows["amount_ct"].tolist() == [-85_000, 214_350, -325, -325]
    assert rows["booked_on"].dt.date.tolist() == [one.on for one in LIFE]
    assert rows["tx"].is_unique
    assert received.accounts[0].proven is (True if export.balances else None)
    assert ("no opening or closing balance" in received.accounts[0].why_not) is not export.balances


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("cp1252"),
        lambda text: text.replace("\r\n", "\n").encode(),
        lambda text: text.replace("\r\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "windows", "unix", "old mac"],
)
def test_any_usual_encoding_and_line_end_reads_the_same(encode):
    named = Booking(RENT.on, RENT.cents, "Café Zoë", RENT.iban, RENT.text)
    text = EXPORTS["rabo"].write([named], 0).decode()

    assert [row["counterparty_name"] for row in rows_of(encode(text))] == ["Café Zoë"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("quoted", [0, 1])
def test_the_separator_and_the_quotes_do_not_matter(separator, quoted):
    content = table([RABO_HEADINGS.split(";"), *rabo_rows(LIFE, 0)], separator, quoted)

    assert read(content).accounts[0].proven is True


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("1.234,50", 123_450),
        ("1234,5", 123_450),
        ("+0,01", 1),
        ("-12,00", -1_200),
        ("12,00-", -1_200),
        ("1.234", 123_400),
        ("12.50", 1_250),
        ("1,234.50", 123_450),
        ("15", 1_500),
    ],
)
def test_an_amount_is_read_however_it_is_written(written, cents):
    heading = "Datum,Rentedatum,Bedrag,Rekening,Tegenrekening,Naam,Omschrijving\n"
    [row] = rows_of(f'{heading}"2026-01-05","2026-01-05","{written}","{OWN}","","Bakker","brood"\n')

    assert row["amount_ct"] == cents


@pytest.mark.parametrize("written", ["", "x", "1,234", "1e3", "--1,00", "-1,00-", "1_000,00", "١٢", "9" * 17])
def test_what_is_no_amount_is_rejected_with_its_line(written):
    good = f'"2026-01-05","2026-01-05","-1,00","{OWN}","","Bakker","brood"'
    bad = f'"2026-01-05","2026-01-05","{written}","{OWN}","","Bakker","brood"'
    heading = "Datum,Rentedatum,Bedrag,Rekening,Tegenrekening,Naam,Omschrijving"
    received = read(f"{heading}\n{good}\n{bad}\n{good}\n")

    assert received.transactions["amount_ct"].tolist() == [-100, -100]
    assert [each.where for each in received.rejected] == ["export.csv, line 3"]


@pytest.mark.parametrize("day", ["2026-02-30", "31-02-2026", "20261301", "gisteren", "05/2026", ""])
def test_what_is_no_day_is_rejected_and_not_guessed(day):
    heading = "Datum,Rentedatum,Bedrag,Rekening,Tegenrekening,Naam,Omschrijving"
    received = read(f'{heading}\n"{day}","","-1,00","{OWN}","","Bakker","brood"\n')

    assert len(received.transactions) == 0
    assert "day" in received.rejected[0].why


@pytest.mark.parametrize(
    "day", ["2026-01-05", "20260105", "05-01-2026", "5-1-2026", "05/01/2026", "2026-01-05 23:59:59"]
)
def test_a_day_is_read_however_it_is_written(day):
    heading = "Datum,Rentedatum,Bedrag,Rekening,Tegenrekening,Naam,Omschrijving"
    [row] = rows_of(f'{heading}\n"{day}","","-1,00","{OWN}","","Bakker","brood"\n')

    assert row["booked_on"].date() == date(2026, 1, 5)


def ing_row(side: str, amount: str = "12,50", told: str = "brood") -> str:
    cells = ["20260105", "Bakker", OWN, OTHER, "BA", side, amount, "Betaalautomaat", told, "", ""]
    return table([ING_HEADINGS.split(";"), cells], ";").decode()


@pytest.mark.parametrize(
    ("side", "cents"), [("Af", -1250), ("Bij", 1250), ("AF", -1250), ("Debit", -1250), ("Credit", 1250)]
)
def test_a_word_beside_the_amount_gives_its_sign(side, cents):
    [row] = rows_of(ing_row(side))

    assert row["amount_ct"] == cents


def test_a_debit_that_has_its_sign_already_keeps_it():
    [row] = rows_of(ing_row("Af", "-12,50"))

    assert row["amount_ct"] == -1250


@pytest.mark.parametrize(("side", "amount"), [("Bij", "-12,50"), ("", "12,50"), ("Links", "12,50")])
def test_a_sign_that_is_unknown_or_contradicts_the_amount_is_rejected(side, amount):
    received = read(ing_row(side, amount))

    assert len(received.transactions) == 0
    assert len(received.rejected) == 1


def test_a_direct_debit_in_the_text_of_ing_keeps_creditor_and_mandate():
    told = (
        f"Naam: Energie Voorbeeld Omschrijving: Termijn 01 IBAN: {OTHER} Kenmerk: K77 Machtiging ID: M-12345 "
        "Incassant ID: NL13ZZZ123456780000 Doorlopende incasso Valutadatum: 05-01-2026"
    )
    [row] = rows_of(ing_row("Af", told=told))

    assert (row["creditor_id"], row["mandate_id"]) == ("NL13ZZZ123456780000", "M-12345")
    assert row["remittance"] == "Termijn 01"


def test_a_card_payment_in_the_text_of_ing_keeps_all_but_the_value_day():
    told = "Pasvolgnr: 008 05-01-2026 14:20 Transactie: Q71243 Term: ATM12713 Valutadatum: 06-01-2026"
    [row] = rows_of(ing_row("Af", told=told))

    assert row["remittance"] == "Pasvolgnr: 008 05-01-2026 14:20 Transactie: Q71243 Term: ATM12713"


def test_english_labels_of_ing_mean_the_same():
    told = (
        f"Name: Energy Example Description: Term 01 IBAN: {OTHER} Reference: K77 Mandate ID: M-12345 "
        "Creditor ID: NL13ZZZ123456780000 Recurrent SEPA direct debit Value date: 05/01/2026"
    )
    [row] = rows_of(ing_row("Debit", told=told))

    assert (row["creditor_id"], row["mandate_id"]) == ("NL13ZZZ123456780000", "M-12345")
    assert row["remittance"] == "Term 01"


def test_a_savings_account_of_ing_goes_by_the_banks_number():
    heading = (
        "Datum;Omschrijving;Rekening;Rekening naam;Tegenrekening;Af Bij;Bedrag;Valuta;Mutatiesoort"
        ";Mededelingen;Saldo na mutatie"
    )
    row = f"2026-01-05;Overboeking;V 286-81505;Spaarrekening;{OWN};Bij;50,00;EUR;Inleg;;60,00"
    received = read(f"{heading}\n{row}\n")

    assert received.accounts[0].account == "V 286-81505"
    assert str(received.accounts[0].opening.amount) == "10.00"
    assert received.transactions["counterparty_iban"].tolist() == [OWN]


def test_a_newline_inside_quotes_is_part_of_the_text_and_lines_still_count():
    rows = rabo_rows([RENT, WAGE, COFFEE], 0)
    rows[0][19] = "Huur\njanuari"
    rows[1][6] = "veel"
    received = read(table([RABO_HEADINGS.split(";"), *rows]))

    assert received.transactions["remittance"].iloc[0] == "Huur januari"
    assert received.rejected[0].where == "export.csv, line 4"


def test_an_unquoted_comma_in_the_text_of_asn_stays_in_the_text():
    rows = volksbank_rows([RENT], 0)
    rows[0][17] = "'Huur, januari, tweede brief'"
    content = ",".join(rows[0])
    [row] = rows_of(content)

    assert row["remittance"] == "Huur, januari, tweede brief"


def test_a_card_payment_of_asn_is_named_after_the_shop():
    rows = volksbank_rows([Booking(RENT.on, -1250, "", "", "[PIN BETALING]BAKKER    >GOUDA  2.01.2026")], 0)
    [row] = rows_of(table(rows))

    assert row["counterparty_name"] == "BAKKER"


def test_headings_in_the_middle_and_empty_lines_are_no_rows():
    headings = RABO_HEADINGS.split(";")
    first, second = rabo_rows([RENT, WAGE], 0)
    received = read(table([headings, first, [], headings, second, [""] * 26]))

    assert (len(received.transactions), received.rejected) == (2, ())


def test_a_row_that_was_cut_off_is_rejected_and_the_chain_says_so():
    content = EXPORTS["rabo"].write(LIFE, 0)
    received = read(content[: content.rindex(b"Koffie")])

    assert len(received.transactions) == 3
    assert received.rejected[0].where == "export.csv, line 5"


def test_a_row_that_is_missing_breaks_the_chain():
    headings, *rows = [RABO_HEADINGS.split(";"), *rabo_rows(LIFE, 0)]
    received = read(table([headings, rows[0], rows[2], rows[3]]))

    assert received.accounts[0].proven is False
    assert (
        "does not follow from the row before it in 1 places, first on 2026-01-24"
        in received.accounts[0].why_not
    )


def test_rows_in_any_of_the_usual_orders_are_proven():
    headings, *rows = [RABO_HEADINGS.split(";"), *rabo_rows(LIFE, 500)]
    for order in (rows, rows[::-1], [rows[1], rows[0], rows[2], rows[3]]):
        account = read(table([headings, *order])).accounts[0]

        assert account.proven is True
        assert (str(account.opening.amount), str(account.closing.amount)) == ("5.00", "1292.00")


def test_two_accounts_and_two_currencies_in_one_file_are_apart():
    rows = [*rabo_rows([RENT], 0), *rabo_rows([WAGE], 0), *rabo_rows([COFFEE], 0)]
    rows[1][0] = OTHER
    rows[2][1] = "USD"
    received = read(table([RABO_HEADINGS.split(";"), *rows]))

    assert [(each.account, each.currency) for each in received.accounts] == [
        (OWN, "EUR"),
        (OTHER, "EUR"),
        (OWN, "USD"),
    ]
    assert all(each.proven for each in received.accounts)


def test_a_returned_debit_of_rabobank_carries_its_reason():
    rows = rabo_rows([RENT], 0)
    rows[0][22] = "MD06 op verzoek van de betaler"

    assert rows_of(table([RABO_HEADINGS.split(";"), *rows]))[0]["return_reason"] == "MD06"


REVOLUT_ROW = "Card Payment,Current,2026-01-05 23:50:00,{done},Koffiehuis,-3.25,{fee},EUR,{state},{after}\n"


def revolut_file(*rows: dict) -> str:
    usual = {"done": "2026-01-06 08:00:00", "fee": "0.00", "state": "COMPLETED", "after": "10.00"}
    return REVOLUT.replace(";", ",") + "\n" + "".join(REVOLUT_ROW.format(**{**usual, **row}) for row in rows)


def test_revolut_books_on_the_day_of_completion():
    [row] = rows_of(revolut_file({}))

    assert row["booked_on"].date() == date(2026, 1, 6)


def test_a_payment_that_revolut_has_not_completed_is_pending():
    [row] = rows_of(revolut_file({"state": "PENDING", "done": "", "after": ""}))

    assert (row["status"], row["booked_on"].date()) == ("pending", date(2026, 1, 5))


@pytest.mark.parametrize("state", ["REVERTED", "DECLINED", "FAILED"])
def test_a_payment_that_revolut_took_back_is_listed_and_is_no_row(state):
    received = read(revolut_file({}, {"state": state, "after": ""}))

    assert len(received.transactions) == 1
    assert "never booked" in received.rejected[0].why
    assert received.rejected[0].lost is False
    assert received.accounts[0].proven is True


def test_a_fee_of_revolut_is_a_row_of_its_own_and_the_balance_follows():
    received = read(revolut_file({"after": "20.00"}, {"fee": "0.50", "after": "16.25"}))
    rows = received.transactions

    assert rows["amount_ct"].tolist() == [-325, -325, -50]
    assert rows["balance_after_ct"].tolist() == [2000, 1675, 1625]
    assert received.accounts[0].proven is True


def test_products_of_revolut_are_accounts_of_their_own():
    current = revolut(REVOLUT, "COMPLETED", "Current")([RENT], 0).decode()
    savings = revolut(REVOLUT, "COMPLETED", "Savings")([WAGE], 0).decode()
    received = read(current + savings.split("\r\n", 1)[1])

    assert [each.account for each in received.accounts] == ["Revolut Current", "Revolut Savings"]


def test_an_n26_export_without_quotes_reads_the_same():
    row = f"2026-01-05,,Bakker,{OTHER},Presentment,,Main Account,-9.0,9.0,EUR,1.0"
    [read_row] = rows_of(N26.replace(";", ",") + "\n" + row + "\n")

    assert (read_row["amount_ct"], read_row["bank_code"]) == (-900, "Presentment")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("=1+1", "=1+1"),
        ("@SUM(A1)", "@SUM(A1)"),
        ("Bak\x00ker\x1b[31m", "Bakker[31m"),
        ("\u202eevil", "evil"),
    ],
)
def test_a_hostile_cell_is_text_without_hidden_characters(written, kept):
    rows = rabo_rows([RENT], 0)
    rows[0][9] = written

    assert rows_of(table([RABO_HEADINGS.split(";"), *rows]))[0]["counterparty_name"] == kept


def test_a_cell_of_ten_thousand_characters_is_kept_whole():
    rows = rabo_rows([RENT], 0)
    rows[0][19] = "x" * 10_000

    assert len(rows_of(table([RABO_HEADINGS.split(";"), *rows]))[0]["remittance"]) == 10_000


def test_the_name_of_the_file_does_not_matter_and_other_tables_are_refused():
    assert len(read_files([("photo.jpg", EXPORTS["knab"].write(LIFE, 0))]).transactions) == 4
    with pytest.raises(UnknownFormat, match="not the export of a bank we know"):
        read("datum;bedrag;naam\n2026-01-05;1,00;A\n")


def test_the_same_export_twice_and_overlapping_ones_count_once():
    early, late = EXPORTS["rabo"].write(LIFE[:3], 0), EXPORTS["rabo"].write(LIFE, 0)
    received = read_files([("a.csv", early), ("b.csv", late), ("c.csv", late)])

    assert len(received.transactions) == 4
    assert received.accounts[0].proven is True
    assert not any(each.lost for each in received.rejected)


def test_a_file_with_the_banks_numbers_and_one_without_say_the_same():
    with_number = EXPORTS["rabo"].write(LIFE, 0)
    headings, *rows = [RABO_HEADINGS.split(";"), *rabo_rows(LIFE, 0)]
    for row in rows:
        row[3] = ""
    received = read_files([("a.csv", with_number), ("b.csv", table([headings, *rows]))])

    assert len(received.transactions) == 4
