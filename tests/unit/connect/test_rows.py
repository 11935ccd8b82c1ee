"""A transaction becomes a ledger row, whatever the bank leaves out."""

from datetime import date

import pytest

from psd2_affordability._data import data_files
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.connect.rows import ledger_row


@pytest.fixture(scope="module")
def files():
    return data_files("connectors")


@pytest.fixture(scope="module")
def rules(files):
    return load_banks(files).bank("sandbox.berlin_group").profile.rows


def entry(amount="-12.50", **more):
    return {
        "bookingDate": "2026-06-30",
        "transactionAmount": {"amount": amount, "currency": "EUR"},
        "creditorName": "Winkel",
        "creditorAccount": {"iban": "nl91 abna 0417 1643 00"},
        "debtorName": "Ik Zelf",
        "debtorAccount": {"iban": "NL20INGB0001234567"},
    } | more


def test_the_sign_tells_the_other_side_even_when_the_bank_fills_in_both(rules):
    out = ledger_row(entry("-12.50"), rules, "A", "booked")
    back = ledger_row(entry("12.50"), rules, "A", "booked")

    assert (out["counterparty_name"], out["counterparty_iban"]) == ("Winkel", "NL91ABNA0417164300")
    assert (back["counterparty_name"], back["counterparty_iban"]) == ("Ik Zelf", "NL20INGB0001234567")


def test_a_bank_without_signs_is_read_by_the_side_that_is_filled_in(files):
    bank = files["sandbox/berlin_group.toml"] + b'\n[rows]\nsign = "creditor_is_out"\n'
    rules = load_banks(files | {"sandbox/berlin_group.toml": bank}).bank("sandbox.berlin_group").profile.rows
    only_debtor = {key: value for key, value in entry("12.50").items() if not key.startswith("creditor")}

    assert ledger_row(entry("12.50"), rules, "A", "booked")["amount_ct"] == -1250
    assert ledger_row(only_debtor, rules, "A", "booked")["amount_ct"] == 1250


def test_lines_of_a_description_are_joined_and_hidden_characters_are_gone(rules):
    lines = ["Factuur\u202e 17 ", "", "  juni\x00\n2026", 5, None]

    row = ledger_row(entry(remittanceInformationUnstructuredArray=lines), rules, "A", "booked")

    assert row["remittance"] == "Factuur 17 juni 2026 5"


def test_a_single_line_is_taken_when_there_is_no_list(rules):
    row = ledger_row(entry(remittanceInformationUnstructured="huur juli"), rules, "A", "booked")

    assert row["remittance"] == "huur juli"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Return reason AM04", "AM04"),
        ("MS03/geweigerd", "MS03"),
        ("Kamer AM044", ""),
        ("geen", ""),
        (None, ""),
    ],
)
def test_the_reason_of_a_return_is_found_in_the_extra_text(rules, text, reason):
    assert ledger_row(entry(additionalInformation=text), rules, "A", "booked")["return_reason"] == reason


def test_a_booked_row_without_booking_day_takes_its_value_day_and_a_pending_row_has_none(rules):
    undated = entry(bookingDate=None, valueDate="2026-06-29")

    assert ledger_row(undated, rules, "A", "booked")["booked_on"] == date(2026, 6, 29)
    assert ledger_row(undated, rules, "A", "pending")["booked_on"] is None


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (entry(bookingDate="31-06-2026"), "no booking day"),
        (entry(bookingDate="2026-06-31"), "no booking day"),
        (entry("1e3"), "not a plain decimal"),
        (entry("0.001"), "finer than a cent"),
        (entry(transactionAmount=None), "not a plain decimal"),
        (entry(transactionAmount={"amount": "1.00"}), "no currency"),
        (entry(transactionAmount={"amount": "1.00", "currency": "euro"}), "no currency"),
    ],
)
def test_a_row_that_cannot_be_trusted_says_why(rules, wrong, why):
    with pytest.raises(ValueError, match=why):
        ledger_row(wrong, rules, "A", "booked")


def test_parts_of_an_unexpected_kind_are_absent_not_fatal(rules):
    odd = entry(
        creditorName=["x"], creditorAccount="NL91", mandateId=17, bankTransactionCode=446, valueDate=5
    )

    row = ledger_row(odd, rules, "A", "booked")

    assert (row["counterparty_name"], row["counterparty_iban"]) == ("", "")
    assert (row["mandate_id"], row["bank_code"], row["value_on"]) == ("17", "446", None)


def test_the_banks_own_code_stands_in_where_the_iso_code_is_missing(rules):
    row = ledger_row(entry(proprietaryBankTransactionCode="IC-12"), rules, "A", "booked")

    assert row["bank_code"] == "IC-12"
