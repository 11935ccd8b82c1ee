"""What was read, as JSON and CSV."""

import csv
import io
from datetime import date

from psd2_affordability.connect.files.read import read_files
from psd2_affordability.ledger.schema import COLUMNS
from psd2_affordability.service.reading_view import received_view, transaction_rows, transactions_csv
from statement_material import OWN, camt_entry, camt_file, camt_statement, mt940_statement

RECEIVED = read_files([("file", mt940_statement([(date(2026, 1, 5), -1250, "/NAME/=1+1/REMI/-brood")]))])


def test_json_has_the_accounts_with_their_balances_and_proof():
    assert received_view(RECEIVED)["accounts"] == [
        {
            "account": OWN,
            "iban": OWN,
            "currency": "EUR",
            "balances": [
                {"type": "openingBooked", "amount": "100.00", "on": "2026-01-01"},
                {"type": "closingBooked", "amount": "87.50", "on": "2026-01-31"},
            ],
            "opening": "100.00",
            "closing": "87.50",
            "proven": True,
            "why_not": "",
        }
    ]


def test_json_has_the_ledger_columns_with_signed_money_as_text():
    [row] = received_view(RECEIVED)["transactions"]

    assert list(row) == [name.removesuffix("_ct") for name in COLUMNS]
    assert (row["amount"], row["booked_on"], row["balance_after"]) == ("-12.50", "2026-01-05", None)


def test_a_day_that_is_absent_is_null():
    entry = camt_entry(500, on=None, status="<Sts>PDNG</Sts>")
    received = read_files([("file", camt_file(camt_statement(entry)))])

    assert received_view(received)["transactions"][0]["booked_on"] is None


def test_columns_that_others_add_go_along():
    [row] = transaction_rows(RECEIVED.transactions.assign(category="wonen.huur"))

    assert row["category"] == "wonen.huur"


def test_csv_keeps_a_spreadsheet_from_running_what_a_payer_wrote():
    [row] = csv.DictReader(io.StringIO(transactions_csv(RECEIVED.transactions)))

    assert (row["counterparty_name"], row["remittance"]) == ("'=1+1", "'-brood")
    assert row["amount"] == "-12.50"
