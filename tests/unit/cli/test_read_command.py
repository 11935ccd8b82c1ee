"""`read` on the command line."""

import csv
import io
import json
from datetime import date

import pytest
import typer
from typer.testing import CliRunner

from export_material import EXPORTS, Booking
from psd2_affordability.cli.read import read
from psd2_affordability.core.errors import UnknownFormat, UsageError
from statement_material import OTHER, mt940_statement

app = typer.Typer()
app.command()(read)


def run(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture
def statement(tmp_path):
    path = tmp_path / "january.sta"
    path.write_bytes(mt940_statement([(date(2026, 1, 5), -1250, "/NAME/[red]Bakker/REMI/brood")]))
    return path


def test_the_table_shows_the_account_the_proof_and_the_rows(statement):
    shown = run(statement)

    assert shown.exit_code == 0
    assert "adds up" in shown.output
    assert "-12.50 EUR" in shown.output


def test_what_a_payer_wrote_is_shown_as_it_is(statement):
    assert "[red]Bakker" in run(statement).output


def test_a_balance_that_does_not_add_up_is_told(tmp_path):
    (tmp_path / "x.sta").write_bytes(mt940_statement([], closing=1))

    assert "does not add up" in run(tmp_path).output


def test_what_was_not_taken_over_is_listed(statement):
    statement.with_name("letter.pdf").write_bytes(b"%PDF-1.7")
    shown = " ".join(run(statement.parent).output.split())

    assert "this looks like a PDF" in shown


def test_json_is_everything(statement):
    shown = json.loads(run(statement, "--json").stdout)

    assert list(shown) == ["accounts", "transactions", "rejected"]
    assert shown["transactions"][0]["amount"] == "-12.50"


def test_csv_is_the_transactions_alone(statement):
    [row] = csv.DictReader(io.StringIO(run(statement, "--csv").stdout))

    assert row["amount"] == "-12.50"


def test_two_forms_at_once_are_refused(statement):
    with pytest.raises(UsageError, match="exclude each other"):
        run(statement, "--json", "--csv")


def test_a_file_that_is_no_statement_is_an_error(tmp_path):
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")

    with pytest.raises(UnknownFormat):
        run(tmp_path / "letter.pdf")


def test_an_account_that_does_not_add_up_is_a_finding(tmp_path):
    (tmp_path / "x.sta").write_bytes(mt940_statement([], closing=1))

    assert (
        run(tmp_path).exit_code == run(tmp_path, "--json").exit_code == run(tmp_path, "--csv").exit_code == 1
    )


def test_a_statement_without_its_end_is_a_finding(statement):
    statement.write_bytes(statement.read_bytes().partition(b":62F:")[0])
    shown = run(statement)

    assert shown.exit_code == 1
    assert "may be cut off" in " ".join(shown.output.split())


def test_a_row_that_could_not_be_read_is_a_finding(tmp_path):
    content = EXPORTS["knab"].write([Booking(date(2026, 1, 6), -99, "Bakker", OTHER, "brood")], 0)
    (tmp_path / "x.csv").write_bytes(content.replace(b"0,99", b"veel"))

    assert run(tmp_path).exit_code == 1


def test_an_export_without_balances_says_why_nothing_proves_it_and_is_no_finding(tmp_path):
    content = EXPORTS["knab"].write([Booking(date(2026, 1, 6), -99, "Bakker", OTHER, "brood")], 0)
    (tmp_path / "x.csv").write_bytes(content)
    shown = run(tmp_path)

    assert shown.exit_code == 0
    assert "not proven: no opening or closing balance" in " ".join(shown.output.split())


def test_a_letter_beside_the_statements_and_a_copy_of_one_are_no_finding(statement):
    statement.with_name("letter.pdf").write_bytes(b"%PDF-1.7")
    statement.with_name("copy.sta").write_bytes(statement.read_bytes())

    assert run(statement.parent).exit_code == 0
