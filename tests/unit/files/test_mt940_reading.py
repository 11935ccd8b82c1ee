"""MT940 files: lines, balances, envelopes and odd files."""

from datetime import date

import pytest

from psd2_affordability.connect.files.read import read_files
from statement_material import OTHER, OWN, mt940_statement

HEAD = f":20:X\n:25:{OWN}\n:28C:1\n:60F:C251230EUR100,00\n"
TAIL = ":62F:C260102EUR100,00\n-\n"


def rows_of(text: str | bytes):
    content = text if isinstance(text, bytes) else text.encode()
    received = read_files([("file.sta", content)])
    return received, received.transactions.to_dict("records")


def line(text: str):
    _, [row] = rows_of(HEAD + text + "\n" + TAIL)
    return row


@pytest.mark.parametrize(
    ("mark", "cents"), [("C", 1250), ("D", -1250), ("RC", -1250), ("RD", 1250), ("CR", 1250), ("DR", -1250)]
)
def test_the_mark_gives_the_sign_and_a_reversal_turns_it(mark, cents):
    assert line(f":61:260102{mark}12,50NTRFNONREF")["amount_ct"] == cents


def test_a_reversal_shows_in_the_bank_code():
    assert line(":61:260102RD12,50NTRFNONREF")["bank_code"] == "RD/NTRF"


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("203,", 20300), ("7,5", 750), ("0,00", 0), ("000000000127,50", 12750), ("12.50", 1250)],
)
def test_an_amount_may_have_any_number_of_decimals_up_to_a_cent(amount, cents):
    assert line(f":61:260102C{amount}NTRFNONREF")["amount_ct"] == cents


def test_cents_are_whole_when_no_type_follows_the_amount():
    assert line(":61:2601020102C11,25NONREF")["amount_ct"] == 1125


@pytest.mark.parametrize(
    ("days", "booked", "valued"),
    [
        ("2512310102", date(2026, 1, 2), date(2025, 12, 31)),
        ("2601021231", date(2025, 12, 31), date(2026, 1, 2)),
        ("2601020102", date(2026, 1, 2), date(2026, 1, 2)),
        ("260102", date(2026, 1, 2), date(2026, 1, 2)),
        ("2402290229", date(2024, 2, 29), date(2024, 2, 29)),
        ("2502280301", date(2025, 3, 1), date(2025, 2, 28)),
    ],
)
def test_the_booking_day_lies_in_the_year_nearest_to_the_value_day(days, booked, valued):
    row = line(f":61:{days}C1,00NTRFNONREF")

    assert (row["booked_on"].date(), row["value_on"].date()) == (booked, valued)


@pytest.mark.parametrize(
    ("kind", "code"), [("NTRF", "NTRF"), ("N541", "541"), ("NOV ", "NOV"), ("FCHG", "FCHG"), ("", "")]
)
def test_the_bank_code_is_the_type_of_the_line(kind, code):
    assert line(f":61:260102C1,00{kind}NONREF")["bank_code"] == code


def test_ing_gives_its_own_code_on_the_second_row():
    assert line(":61:260102C1,00NTRFEREF//1\n/TRCD/01016/")["bank_code"] == "01016"


def test_rabobank_gives_the_other_account_on_the_second_row():
    row = line(f":61:260102D1,00N541EREF\n{OTHER}\n:86:/BENM//NAME/Winkel/REMI/x")

    assert row["counterparty_iban"] == OTHER


def test_an_old_rabobank_line_has_the_name_behind_a_padded_reference():
    row = line(":61:260102D1,00NMSCNONREF          BAKKER VOORBEELD\n:86:BROOD")

    assert (row["counterparty_name"], row["remittance"]) == ("BAKKER VOORBEELD", "BROOD")


def test_several_narrative_fields_of_a_line_are_one_text():
    assert line(":61:260102D1,00NMSCNONREF\n:86:EERSTE\n:86:TWEEDE")["remittance"] == "EERSTE TWEEDE"


def test_a_narrative_behind_the_closing_balance_is_nobodys():
    _, [row] = rows_of(HEAD + ":61:260102C1,00NTRFNONREF\n:86:HUUR\n" + TAIL[:-2] + ":86:D000001C000001\n")

    assert row["remittance"] == "HUUR"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda text: text,
        lambda text: "{1:F01ABNANL2AXXXX0000000000}{2:O940ABNANL2AXXXXN}{3:}{4:\n" + text[:-2] + "-}{5:}\n",
        lambda text: "ABNANL2A\n940\nABNANL2A\n" + text,
        lambda text: ":940:\n" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
    ],
    ids=["bare", "swift", "abn", "rabo", "crlf", "cr", "bom"],
)
def test_any_envelope_and_line_end_reads_the_same(wrap):
    text = mt940_statement([(date(2026, 1, 5), -1250, "/NAME/Bakker/REMI/brood")]).decode()
    received, [row] = rows_of(wrap(text))

    assert (row["account"], row["amount_ct"], row["remittance"]) == (OWN, -1250, "brood")
    assert received.accounts[0].proven is True
    assert received.rejected == ()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_an_accent_survives_every_usual_encoding(encoding):
    text = mt940_statement([(date(2026, 1, 5), 100, "/NAME/Zoë Café/REMI/ë")]).decode()
    _, [row] = rows_of(text.encode(encoding))

    assert row["counterparty_name"] == "Zoë Café"


def test_hidden_characters_do_not_reach_the_ledger():
    text = HEAD + ":61:260102C1,00NTRFNONREF\n:86:/NAME/U\u202eVW\x00/REMI/sal\u200baris\x1b[2J\n" + TAIL
    _, [row] = rows_of(text)

    assert (row["counterparty_name"], row["remittance"]) == ("UVW", "salaris[2J")


@pytest.mark.parametrize(
    ("written", "account", "currency"),
    [
        (f"{OWN} EUR", OWN, "EUR"),
        (f"{OWN}EUR", OWN, "EUR"),
        ("1700.59.308EUR", "1700.59.308", "EUR"),
        ("0417164300", "0417164300", "EUR"),
    ],
)
def test_the_account_stands_apart_from_the_currency_behind_it(written, account, currency):
    received, _ = rows_of(HEAD.replace(OWN, written) + TAIL)

    assert (received.accounts[0].account, received.accounts[0].currency) == (account, currency)


def test_one_account_in_two_currencies_is_two_accounts():
    dollars = (HEAD + TAIL).replace("EUR", "USD")
    received, _ = rows_of(HEAD + TAIL + dollars)

    assert [(each.account, each.currency) for each in received.accounts] == [(OWN, "EUR"), (OWN, "USD")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (":61:nonsense", "no day, mark and amount"),
        (":61:2601020102D6x0,00NTRFNONREF", "no day, mark and amount"),
        (":61:2601020102C12O,50NTRFNONREF", "no day, mark and amount"),
        (":61:261302C1,00NTRFNONREF", "'261302' is not a day"),
        (":61:2601021302C1,00NTRFNONREF", "'1302' is not a day"),
        (":61:260102C1,005NTRFNONREF", "finer than a cent"),
        (":61:260102C1234567890123456,00NTRFNONREF", "too large"),
        (":61:260102C\u0661,00NTRFNONREF", "no day, mark and amount"),
    ],
)
def test_a_line_that_cannot_be_read_is_rejected_where_it_stands(text, why):
    received, rows = rows_of(HEAD + text + "\n:86:HUUR\n" + TAIL)

    assert rows == []
    assert received.rejected[0].where == "file.sta, line 5"
    assert why in received.rejected[0].why


def test_a_file_that_was_cut_off_says_so_and_is_not_proven():
    received, rows = rows_of(HEAD + ":61:260102C1,00NTRFNONREF\n:86:HUUR\n:61:2601")

    assert len(rows) == 1
    assert received.accounts[0].proven is False
    assert "no closing balance (:62F:)" in received.accounts[0].why_not
    assert any("may be cut off" in each.why for each in received.rejected)


def test_a_balance_that_cannot_be_read_is_rejected_and_proves_nothing():
    received, _ = rows_of(HEAD + ":62F:nonsense\n")

    assert received.accounts[0].closing is None
    assert "balance (:62:)" in received.rejected[0].why
