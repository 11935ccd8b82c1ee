"""camt files: the account of a statement, its currency, and the balances that prove it."""

from datetime import date

import pytest

from psd2_affordability.connect.files.read import read_files
from statement_material import OWN, camt_balance, camt_entry, camt_file, camt_statement

NEW_YEAR, TWELFTH_NIGHT = date(2026, 1, 1), date(2026, 1, 6)


def read(content: bytes):
    return read_files([("file.xml", content)])


def balances_of(*balances: str, currency: str = "EUR"):
    received = read(camt_file(camt_statement(*balances, camt_entry(500), currency=currency)))
    return received.accounts[0]


def test_the_previous_closing_balance_opens_when_no_opening_is_stated():
    account = balances_of(camt_balance("PRCD", 100, NEW_YEAR), camt_balance("CLBD", 600, TWELFTH_NIGHT))

    assert (account.opening.amount.cents, account.proven) == (100, True)


def test_a_page_is_proven_by_its_interim_balances():
    account = balances_of(camt_balance("ITBD", 100, NEW_YEAR), camt_balance("ITBD", 600, TWELFTH_NIGHT))

    assert (account.opening.amount.cents, account.closing.amount.cents, account.proven) == (100, 600, True)


def test_a_balance_below_zero_keeps_its_sign():
    account = balances_of(camt_balance("OPBD", -700, NEW_YEAR), camt_balance("CLBD", -200, TWELFTH_NIGHT))

    assert (account.closing.amount.cents, account.proven) == (-200, True)


def test_a_balance_in_another_currency_is_listed_and_proves_nothing():
    received = read(
        camt_file(
            camt_statement(
                camt_balance("OPBD", 100, NEW_YEAR), camt_balance("CLBD", 600, TWELFTH_NIGHT, "SEK")
            )
        )
    )

    assert received.accounts[0].proven is None
    assert "in SEK, while the account is in EUR" in received.rejected[0].why


def test_an_account_that_does_not_state_its_currency_has_that_of_its_booked_balance():
    account = balances_of(
        camt_balance("CLAV", 5, NEW_YEAR, "USD"), camt_balance("OPBD", 100, NEW_YEAR, "CHF"), currency=""
    )

    assert account.currency == "CHF"


@pytest.mark.parametrize(
    ("written", "account", "iban"),
    [
        (f"<IBAN>{OWN}</IBAN>", OWN, OWN),
        (f"<Othr><Id>{OWN}</Id></Othr>", OWN, OWN),
        ("<Othr><Id>0417164300</Id></Othr>", "0417164300", ""),
        ("<PrtryAcct><Id>0417164300</Id></PrtryAcct>", "0417164300", ""),
    ],
)
def test_an_account_without_iban_goes_by_the_banks_number(written, account, iban):
    received = read(camt_file(camt_statement(camt_entry(500), account=written)))

    assert (received.accounts[0].account, received.accounts[0].iban) == (account, iban)
