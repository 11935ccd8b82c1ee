"""Entries, pages and balances as the banks behind the aggregator give them, each with its habits."""

import pytest

from bank_material import CURRENT, JAN, SAVINGS
from enable_banking_material import (
    BOOKED_ROWS,
    booked,
    open_aggregator,
)
from psd2_affordability.core.errors import (
    BankAnswerBroken,
)
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.bank import Fault, Kind
from psd2_affordability.sandbox.enable_banking import Quirks


@pytest.mark.parametrize("references", ["missing", "positional", "shared", "changing", "placeholder"])
def test_however_the_bank_numbers_its_entries_two_fetches_bring_the_same_ones(references):
    with open_aggregator(quirks=Quirks(references=references), page_size=500) as visit:
        first, second = visit.consented((CURRENT,)).fetched, visit.consented((CURRENT,)).fetched

    assert len(booked(first)) == len(booked(second)) == BOOKED_ROWS
    assert list(booked(first)["tx"]) == list(booked(second)["tx"])
    trusted = booked(first)["entry_reference"].ne("").any()
    assert trusted == (references in ("shared", "changing"))


# The end of a consent


def test_pending_entries_are_read_in_the_same_question_and_may_have_no_day():
    with open_aggregator(quirks=Quirks(undated_pending=True)) as visit:
        fetched = visit.consented((CURRENT,)).fetched
        asked = visit.asked("/transactions")

    rows = fetched.received.transactions
    [pending] = rows[rows["status"] == "pending"].to_dict("records")
    assert (pending["amount_ct"], pending["counterparty_name"]) == (-499, "Streamdienst")
    assert all("transaction_status" not in call.query for call in asked)


# Pages


def test_an_empty_page_with_a_key_is_followed():
    with open_aggregator(Fault(Kind.EMPTY_PAGE, "transactions", page=1, iban=CURRENT)) as visit:
        fetched = visit.consented((CURRENT,)).fetched

    assert fetched.complete
    assert len(booked(fetched)) == BOOKED_ROWS - 30


def test_a_key_that_is_always_the_same_is_noticed_before_a_page_is_read_twice():
    with open_aggregator(Fault(Kind.CIRCLE, "transactions", iban=SAVINGS, times=99)) as visit:
        fetched = visit.consented((SAVINGS,)).fetched
        asked = visit.asked("/transactions")

    [problem] = fetched.problems
    assert isinstance(problem, BankAnswerBroken)
    assert "go round in a circle. The pages read so far are kept" in str(problem)
    assert len(asked) == 2


def test_pages_that_never_end_are_left_after_more_than_any_honest_account_has():
    with open_aggregator(Fault(Kind.ENDLESS_PAGES, "transactions", iban=SAVINGS, times=10_000)) as visit:
        fetched = visit.consented((SAVINGS,)).fetched

    assert "do not end after 500" in str(fetched.problems[0])


def test_when_a_later_page_fails_the_pages_before_it_are_kept():
    with open_aggregator(Fault(Kind.SERVER_ERROR, "transactions", page=1, iban=CURRENT, times=9)) as visit:
        fetched = visit.consented((CURRENT,)).fetched

    assert len(fetched.problems) == 1
    assert len(booked(fetched)) == 29
    assert fetched.received.accounts[0].proven is None


# Counterparties and signs


@pytest.mark.parametrize("indicator", ["plain", "absent", "with_minus"])
def test_however_the_bank_writes_in_and_out_the_sums_are_the_same(indicator):
    with open_aggregator(quirks=Quirks(indicator=indicator), page_size=500) as visit:
        [account] = visit.consented((CURRENT,)).fetched.received.accounts

    assert (account.proven, account.opening.amount) == (True, Money(50_000))


def test_names_that_stand_in_addresses_are_found_there():
    with open_aggregator(quirks=Quirks(names="in_address"), page_size=500) as visit:
        rows = visit.consented((CURRENT,)).fetched.received.transactions

    assert set(rows["counterparty_name"]) == {"Bakker Bol", "Werkgever BV", "Woonstede", "Streamdienst"}


def test_of_card_payments_the_person_never_becomes_the_payee():
    with open_aggregator(quirks=Quirks(own_name_on_cards=True), page_size=500) as visit:
        rows = visit.consented((CURRENT,)).fetched.received.transactions

    assert JAN.display_name not in set(rows["counterparty_name"])
    assert set(rows["counterparty_name"]) == {"", "Werkgever BV", "Woonstede"}


def test_balances_that_fail_leave_the_transactions_whole():
    with open_aggregator(Fault(Kind.WEB_PAGE, "balances", iban=CURRENT)) as visit:
        fetched = visit.consented((CURRENT,)).fetched

    assert len(fetched.problems) == 1
    assert fetched.received.accounts[0].balances == ()
    assert len(booked(fetched)) == BOOKED_ROWS


# The person's presence
