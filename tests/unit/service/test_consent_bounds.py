"""What a consent opens: the data of its own bank, for its own purpose, from the day it was last whole."""

from dataclasses import replace
from datetime import date

import pytest

from bank_material import CURRENT, SAVINGS, TODAY
from psd2_affordability.connect.result import Received
from psd2_affordability.core.errors import ConsentNotValid
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.sandbox.bank import Fault, Faults, Kind
from psd2_affordability.service.assess_case import Question, assess_kept
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.connect_bank import (
    answer_of,
    begin_consent,
    complete_consent,
    refresh_consent,
    withdraw_consent,
)
from psd2_affordability.service.keep import keep_received
from running_product import BANK, running
from store_material import ACCOUNT, NOW, month, received

OTHER = "NL20INGB0001234567"
ASKED = Question(on=date(2026, 6, 1))


def brought_in(wired: Product, bank: str, purpose: str, account: str, days: int) -> str:
    """Keep some days of an account as if a bank had given them under a consent; return the consent."""
    consent = wired.store.consents.begin("case-1", bank, purpose, f"state of {bank}", {}, at=NOW)
    wired.store.consents.grant(consent, date(2026, 11, 1), {"consent_id": "x"}, at=NOW)
    keep_received(wired, "case-1", days_of(account, days), source=bank)
    return consent


def days_of(account: str, days: int) -> Received:
    data = received([row | {"account": account} for row in month(days=days)])
    return replace(data, accounts=(replace(data.accounts[0], account=account, iban=account),))


def accounts_read(wired: Product, purpose: str) -> list[str]:
    answered = assess_kept(wired, "case-1", purpose, ASKED)
    assert len(answered.assessment.data_quality.accounts) == answered.understood.frame["account"].nunique()
    return sorted(answered.understood.frame["account"].unique())


def test_a_consent_for_one_purpose_opens_nothing_that_another_bank_gave_for_another(wired):
    brought_in(wired, "bank.a", "debt_help", ACCOUNT, 10)
    brought_in(wired, "bank.b", "payment_plan", OTHER, 5)

    assert accounts_read(wired, "payment_plan") == [OTHER]
    assert accounts_read(wired, "debt_help") == [ACCOUNT]


def test_what_a_withdrawn_consent_brought_in_is_not_read_under_the_consent_of_another_bank(wired):
    first = brought_in(wired, "bank.a", "debt_help", ACCOUNT, 10)
    brought_in(wired, "bank.b", "debt_help", OTHER, 5)
    assert accounts_read(wired, "debt_help") == sorted([ACCOUNT, OTHER])

    wired.store.consents.revoke(first, via="person", at=NOW)

    assert accounts_read(wired, "debt_help") == [OTHER]


def test_a_file_of_the_same_account_opens_its_own_rows_and_nothing_else_that_the_bank_gave(wired):
    brought_in(wired, "bank.a", "debt_help", ACCOUNT, 10)
    brought_in(wired, "bank.b", "payment_plan", OTHER, 5)
    in_file = days_of(ACCOUNT, 2)
    kept = keep_received(wired, "case-1", in_file, source="file")
    assert kept.new == 0

    assert accounts_read(wired, "payment_plan") == sorted([ACCOUNT, OTHER])
    frame = assess_kept(wired, "case-1", "payment_plan", ASKED).understood.frame
    assert (frame["account"] == ACCOUNT).sum() == len(in_file.transactions)


def test_what_a_file_gave_too_stays_when_the_consent_is_withdrawn(wired):
    consent = brought_in(wired, "bank.a", "debt_help", ACCOUNT, 10)
    brought_in(wired, "bank.b", "debt_help", OTHER, 5)
    in_file = days_of(ACCOUNT, 2)
    keep_received(wired, "case-1", in_file, source="file")

    wired.store.consents.revoke(consent, via="person", at=NOW)

    frame = assess_kept(wired, "case-1", "debt_help", ASKED).understood.frame
    assert (frame["account"] == ACCOUNT).sum() == len(in_file.transactions)


def test_a_file_that_somebody_brought_in_is_read_beside_the_bank(wired):
    brought_in(wired, "bank.a", "debt_help", ACCOUNT, 10)
    keep_received(wired, "case-1", days_of(OTHER, 2), source="file")

    assert accounts_read(wired, "debt_help") == sorted([ACCOUNT, OTHER])


def test_a_refresh_brings_what_the_first_fetch_lost_on_one_account(tmp_path):
    """The other account's newest booking says nothing about an account that could not be read."""
    broken = Faults(Fault(Kind.SERVER_ERROR, "transactions", iban=SAVINGS, times=3))
    with running(tmp_path, faults=broken) as served:
        wired = served.product
        started = begin_consent(
            wired, "case-1", BANK, "debt_help", redirect_uri="http://127.0.0.1:9/back", psu_ip="127.0.0.1"
        )
        state = approve(started.redirect_url, "jan", [CURRENT, SAVINGS]).partition("state=")[2]
        first = complete_consent(wired, {"state": state}, psu_ip="127.0.0.1")
        assert [problem.code for problem in first.problems] == ["bank.down"]

        later = refresh_consent(wired, started.consent)

        assert not later.problems
        rows = assess_kept(wired, "case-1", "debt_help", Question(on=TODAY)).understood.frame
        assert rows.loc[rows["account"] == SAVINGS, "booked_on"].dt.date.tolist() == [date(2026, 6, 1)]
        withdraw_consent(wired, started.consent, via="person")
        with pytest.raises(ConsentNotValid):
            assess_kept(wired, "case-1", "debt_help", Question(on=TODAY))


@pytest.mark.parametrize("again", [("code", "c"), ("state", "s"), ("code", "")])
def test_a_person_who_comes_back_with_one_thing_said_twice_starts_again(again):
    with pytest.raises(ConsentNotValid, match="says one thing twice"):
        answer_of([("state", "s"), ("code", "a"), again])
