"""Entries of Enable Banking become ledger rows, whatever the bank behind it leaves out or mixes up."""

import json
from datetime import date

import pytest

from psd2_affordability._data import data_files
from psd2_affordability.connect.dialects.enable_banking import entries
from psd2_affordability.connect.dialects.enable_banking_session import SessionAccount
from psd2_affordability.connect.reading import statement
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.connect.saved import read_saved
from psd2_affordability.core.errors import BankAnswerBroken

OWN = "NL91ABNA0417164300"
SHOP = "NL20INGB0001234567"
US = SessionAccount("u-1", "hash", OWN, "EUR", "J. Voorbeeld")


@pytest.fixture(scope="module")
def rules():
    return load_banks(data_files("connectors")).bank("eu.enable_banking").profile.rows


@pytest.fixture
def read(rules):
    def reading(*said, own=US):
        pages = iter([{"transactions": list(said)}])
        return statement(pages, lambda page: entries(page, "test", own), rules, OWN, "test")

    return reading


@pytest.fixture
def row(read):
    def one(said, own=US):
        [found] = read(said, own=own).rows
        return found

    return one


def entry(amount="12.50", indicator="DBIT", **more):
    said = {
        "transaction_amount": {"amount": amount, "currency": "EUR"},
        "credit_debit_indicator": indicator,
        "status": "BOOK",
        "booking_date": "2026-06-30",
        "creditor": {"name": "Winkel"},
        "creditor_account": {"iban": SHOP},
        "debtor": {"name": "J. Voorbeeld"},
        "debtor_account": {"iban": OWN},
    } | more
    return {key: value for key, value in said.items() if value is not None}


@pytest.mark.parametrize(
    ("amount", "indicator", "cents"),
    [
        ("49.90", "DBIT", -4990),
        ("-49.90", "DBIT", -4990),
        ("49.90", "CRDT", 4990),
        ("-49.90", None, -4990),
        ("49.90", None, 4990),
    ],
)
def test_money_that_goes_out_is_negative_once_and_a_missing_word_leaves_the_sign_as_it_is(
    row, amount, indicator, cents
):
    assert row(entry(amount, indicator))["amount_ct"] == cents


def test_only_booked_entries_are_booked_and_planned_held_refused_and_cancelled_ones_are_no_money(read):
    kinds = ("BOOK", "PDNG", "HOLD", "SCHD", "RJCT", "CNCL")

    said = read(*(entry(status=kind) for kind in kinds))

    assert [found["status"] for found in said.rows] == ["booked", "pending"]
    assert [each.lost for each in said.rejected] == [False] * 4
    assert said.rejected[0].where == "test, page 1, entry 3"
    assert said.rejected[0].why == "the bank calls it neither booked nor pending"
    assert said.whole


@pytest.mark.parametrize("status", ["OTHR", "NEWWORD", None])
def test_an_entry_whose_status_cannot_be_judged_may_be_money_that_is_missing(read, status):
    said = read(entry(status=status))

    assert (said.rows, said.rejected[0].lost, said.whole) == ((), True, False)


def test_a_name_that_stands_in_the_address_is_found_there(row):
    hidden = {"name": None, "postal_address": {"address_line": ["Bakkerij Bol", "Utrecht"]}}

    assert row(entry(creditor=hidden))["counterparty_name"] == "Bakkerij Bol"


def test_the_person_named_as_the_one_who_is_paid_by_card_is_not_the_counterparty(row):
    card = entry(creditor={"name": "J.  VOORBEELD"}, creditor_account=None, debtor=None, debtor_account=None)

    assert row(card)["counterparty_name"] == ""


def test_a_card_payment_without_creditor_does_not_take_the_debtor_for_the_counterparty(row):
    card = entry(creditor=None, creditor_account=None)

    assert (row(card)["counterparty_name"], row(card)["counterparty_iban"]) == ("", "")


def test_a_transfer_to_another_account_of_the_person_keeps_their_name(row):
    to_savings = entry(creditor={"name": "J. Voorbeeld"})

    assert row(to_savings)["counterparty_name"] == "J. Voorbeeld"
    assert row(to_savings)["counterparty_iban"] == SHOP


def test_a_namesake_is_kept_when_the_holder_is_not_known(row):
    card = entry(creditor={"name": "J. Voorbeeld"}, creditor_account=None, debtor=None, debtor_account=None)

    assert row(card, own=None)["counterparty_name"] == "J. Voorbeeld"


def test_the_account_itself_is_never_its_own_counterparty(row):
    mixed_up = entry(creditor={"name": "Iets"}, creditor_account={"iban": OWN.lower()})

    assert (row(mixed_up)["counterparty_name"], row(mixed_up)["counterparty_iban"]) == ("", "")


@pytest.mark.parametrize(
    ("days", "booked_on", "value_on"),
    [
        ({"value_date": "2026-06-29"}, date(2026, 6, 30), date(2026, 6, 29)),
        ({"booking_date": None, "value_date": "2026-06-29"}, date(2026, 6, 29), date(2026, 6, 29)),
        ({"booking_date": None, "transaction_date": "2026-06-28"}, date(2026, 6, 28), None),
    ],
)
def test_the_booking_day_falls_back_to_the_next_best_day_that_is_told(row, days, booked_on, value_on):
    found = row(entry(**days))

    assert (found["booked_on"], found["value_on"]) == (booked_on, value_on)


def test_a_booked_entry_without_any_day_is_refused_and_a_pending_one_is_kept(read):
    said = read(entry(booking_date=None), entry(booking_date=None, status="PDNG"))

    assert [each.why for each in said.rejected] == ["it has no booking day"]
    assert [(found["status"], found["booked_on"]) for found in said.rows] == [("pending", None)]


@pytest.mark.parametrize("number", [None, "", "0", "2026-06-30-3", "2026-06-30.0", "NOTPROVIDED"])
def test_a_number_that_is_blank_a_placeholder_or_a_position_is_not_a_number_of_the_entry(row, number):
    assert row(entry(entry_reference=number, transaction_id="c2Vzc2lvbi1ib3VuZA"))["entry_reference"] == ""


def test_a_number_of_the_banks_own_is_kept_as_evidence_and_the_session_bound_one_never(row):
    found = row(entry(entry_reference="D202606170000004", transaction_id="c2Vzc2lvbi1ib3VuZA"))

    assert found["entry_reference"] == "D202606170000004"
    assert "c2Vzc2lvbi1ib3VuZA" not in str(found)


def test_lines_of_the_description_are_joined_and_a_structured_reference_goes_along_once(row):
    told = entry(remittance_information=["Factuur 17", "juni"], reference_number="RF18539007547034")
    twice = entry(remittance_information=["betreft RF18539007547034"], reference_number="RF18539007547034")

    assert row(told)["remittance"] == "Factuur 17 juni RF18539007547034"
    assert row(twice)["remittance"] == "betreft RF18539007547034"


def test_the_reference_of_a_mandate_is_the_mandate_and_no_description(row):
    debit = entry(
        reference_number="MND-2026-1", reference_number_schema="SDDM", remittance_information=["huur"]
    )

    assert (row(debit)["mandate_id"], row(debit)["remittance"]) == ("MND-2026-1", "huur")


def test_the_code_comes_from_the_object_and_the_balance_after_the_entry_is_kept(row):
    coded = entry(
        bank_transaction_code={"code": "PMNT-RDDT-ESDD", "sub_code": None, "description": "SEPA incasso"},
        balance_after_transaction={"amount": "-3.10", "currency": "EUR"},
    )
    described = entry(bank_transaction_code={"code": None, "description": "SEPA incasso"})

    assert (row(coded)["bank_code"], row(coded)["balance_after_ct"]) == ("PMNT/RDDT/ESDD", -310)
    assert row(described)["bank_code"] == "SEPA incasso"


def test_the_kind_of_shop_that_the_bank_tells_is_not_kept(row):
    assert "7995" not in str(row(entry(merchant_category_code="7995")))


def test_parts_of_an_unexpected_kind_are_absent_not_fatal(row):
    odd = entry(
        creditor=["x"],
        creditor_account="NL91",
        reference_number=["r"],
        remittance_information="los",
        bank_transaction_code="446",
    )

    assert (row(odd)["counterparty_name"], row(odd)["remittance"], row(odd)["bank_code"]) == ("", "los", "")


def test_two_equal_coffees_stay_two(read):
    coffee = entry("2.80", creditor={"name": "Koffie"}, entry_reference="SHARED-17")

    assert len(read(coffee, coffee).rows) == 2


@pytest.mark.parametrize("page", [{}, {"transactions": {"booked": []}}, {"transactions": ["x"]}])
def test_a_page_of_another_shape_is_an_error_not_an_account_without_transactions(rules, page):
    said = statement(iter([page]), lambda one: entries(one, "test"), rules, OWN, "test")

    assert isinstance(said.problem, BankAnswerBroken)
    assert not said.whole


def test_an_answer_that_was_saved_as_a_file_is_read_by_the_same_rules():
    bank = load_banks(data_files("connectors")).bank("eu.enable_banking")
    answer = {"transactions": [entry("-2.80"), entry("100.00", "CRDT", status="SCHD")]}

    read = read_saved("answer.json", json.dumps(answer).encode(), bank)

    [statement_read] = read.statements
    assert [each.cents for each in statement_read.entries] == [-280]
    assert [each.lost for each in read.rejected] == [False]
