"""Balances prove that no row is missing, as far as the bank states them."""

from datetime import date

import pytest

from psd2_affordability.connect.port import AccountListed
from psd2_affordability.connect.proof import account_read
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.schema import frame_of

LISTED = AccountListed("r-1", "NL91ABNA0417164300", "EUR")


def row(day, amount_ct, after_ct=None, status="booked"):
    return {
        "status": status,
        "booked_on": date(2026, 6, day),
        "amount_ct": amount_ct,
        "balance_after_ct": after_ct,
    }


def proof(rows, *balances, all_arrived=True):
    return account_read(
        LISTED, balances, frame_of(rows), ["closingBooked", "interimBooked"], all_arrived=all_arrived
    )


def closing(amount_ct, day=30, kind="closingBooked"):
    return BalanceRead(kind, Money(amount_ct), date(2026, 6, day))


CHAIN = [row(1, -100, 900), row(1, -200, 700), row(2, 50, 750)]


@pytest.mark.parametrize("rows", [CHAIN, CHAIN[::-1]], ids=["oldest first", "newest first"])
def test_opening_plus_booked_rows_is_closing_in_either_order(rows):
    read = proof(rows, closing(750))

    assert (read.opening.amount, read.closing.amount, read.proven) == (Money(1000), Money(750), True)
    assert read.opening.on == date(2026, 6, 1)


@pytest.mark.parametrize("rows", [CHAIN[:2], CHAIN[1::-1]], ids=["oldest first", "newest first"])
def test_within_one_day_the_balances_tell_the_order(rows):
    assert proof(rows).opening.amount == Money(1000)
    assert proof(rows).proven


def test_a_row_that_is_missing_is_noticed_and_said():
    read = proof([CHAIN[0], CHAIN[2]], closing(750))

    assert read.proven is False
    assert read.why_not == "opening 10.00 plus the booked rows is 9.50, not 7.50"


def test_pending_rows_prove_nothing():
    assert proof([*CHAIN, row(3, -999, status="pending")], closing(750)).proven


def test_a_closing_balance_older_than_the_last_row_is_not_used():
    read = proof(CHAIN, closing(700, day=1))

    assert (read.closing.amount, read.proven) == (Money(750), True)


def test_without_balances_after_rows_nothing_is_known_and_nothing_is_claimed():
    read = proof([row(1, -100)], closing(900))

    assert (read.opening, read.proven, read.why_not) == (None, None, "")
    assert read.closing.amount == Money(900)


def test_an_account_without_rows_claims_nothing():
    assert proof([], closing(900)).proven is None
    assert proof([]).closing is None


def test_a_balance_that_counts_pending_entries_is_no_closing_balance():
    assert proof([], closing(900, kind="interimAvailable")).closing is None


def test_half_a_fetch_proves_nothing():
    read = proof(CHAIN, closing(750), all_arrived=False)

    assert (read.proven, read.why_not) == (None, "not every page arrived")
