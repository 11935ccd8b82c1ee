"""MT942 files: the day so far, with its own check, and nothing that pretends to be a proof."""

import pytest

from psd2_affordability.connect.files.read import read_files
from statement_material import OWN

HEAD = f"""{{1:F01ABNANL2AXXXX0000000000}}{{2:O942ABNANL2AXXXXN}}{{4:
:20:INTERIM
:25:{OWN}
:28C:6/1
:34F:EUR0,
:13D:2601051200+0100
"""
LINES = """:61:2601050105D12,50NTRFNONREF//B6D29PGWUM0RDZ4H
:86:/TRTP/SEPA OVERBOEKING/NAME/Bakker Voorbeeld/REMI/brood
:61:2601050105C100,00NTRFNONREF
:86:/TRTP/SEPA OVERBOEKING/NAME/J. Voorbeeld/REMI/huur
"""


def read(text: str):
    received = read_files([("day.942", text.encode())])
    return received, received.accounts[0]


def test_an_interim_report_has_rows_and_no_proof():
    received, account = read(HEAD + LINES + ":90D:1EUR12,50\n:90C:1EUR100,00\n-}")

    assert received.transactions["amount_ct"].tolist() == [-1250, 10_000]
    assert account.proven is None
    assert "no opening or closing balance" in account.why_not
    assert received.rejected == ()


@pytest.mark.parametrize(
    ("summary", "why"),
    [
        (":90D:2EUR12,50", "2 debits of 12.50, but 1 of 12.50 are there"),
        (":90D:1EUR13,50", "1 debits of 13.50, but 1 of 12.50 are there"),
        (":90C:3EUR300,", "3 credits of 300.00, but 1 of 100.00 are there"),
    ],
)
def test_lines_that_are_not_those_it_counts_are_told(summary, why):
    _, account = read(f"{HEAD}{LINES}{summary}\n-}}")

    assert account.proven is False
    assert why in account.why_not


def test_the_currency_comes_from_the_floor_limit():
    text = HEAD.replace(":34F:EUR0,", ":34F:USDD10,00") + LINES
    received, account = read(text)

    assert account.currency == "USD"
    assert set(received.transactions["currency"]) == {"USD"}


@pytest.mark.parametrize(("mark", "cents"), [("ED", -1250), ("EC", 1250)])
def test_a_line_that_is_only_expected_is_pending(mark, cents):
    received, _ = read(f"{HEAD}:61:260105{mark}12,50NTRFNONREF\n:86:/NAME/Bakker\n-}}")

    assert received.transactions[["status", "amount_ct"]].to_numpy().tolist() == [["pending", cents]]


def test_the_number_behind_two_slashes_is_the_banks_own():
    received, _ = read(HEAD + LINES)

    assert received.transactions["entry_reference"].tolist() == ["B6D29PGWUM0RDZ4H", ""]
