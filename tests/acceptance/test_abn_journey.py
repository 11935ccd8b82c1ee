"""The way of a person with an account at a bank with an interface of its own, and what can go wrong on it."""

from dataclasses import replace
from datetime import date

import pytest
import requests

from abn_bank_material import REGISTERED, open_abn_sandbox
from bank_material import CURRENT, SAVINGS, TODAY
from psd2_affordability.core.errors import (
    BankAnswerBroken,
    BankDown,
    BankRefused,
    BankUnreachable,
    ConsentNotValid,
    RateLimited,
)
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.bank import Fault, Kind


@pytest.fixture(scope="module")
def walked():
    """One journey from the question to the first fetch."""
    with open_abn_sandbox() as visit:
        yield visit.consented()


def test_the_first_fetch_brings_every_booking_of_the_one_account_with_its_sign(walked):
    rows = walked.fetched.received.transactions

    assert walked.fetched.complete
    assert set(rows["account"]) == {CURRENT}
    assert set(rows["status"]) == {"booked"}
    # 400 days of one shop, thirteen salaries, and on the last day a rent that came back
    assert len(rows) == 400 + 13 + 2
    assert rows["amount_ct"].sum() == -(400 * 1000 + sum(range(400))) + 13 * 210_000
    assert rows[rows["amount_ct"] == 210_000]["counterparty_name"].unique().tolist() == ["Werkgever BV"]


def test_the_balance_is_proven_by_the_balances_after_each_entry(walked):
    [account] = walked.fetched.received.accounts

    assert account.proven
    assert account.closing.amount == Money(50_000 - 400_000 - sum(range(400)) + 13 * 210_000)


def test_what_the_bank_says_only_in_its_lines_is_found(walked):
    rows = walked.fetched.received.transactions
    [rent] = rows[(rows["counterparty_name"] == "Woonstede") & (rows["amount_ct"] < 0)].to_dict("records")

    assert (rent["creditor_id"], rent["mandate_id"]) == ("NL55ZZZ123456780000", "M-1")
    assert (rent["counterparty_iban"], rent["remittance"]) == ("NL55RABO0347562190", "huur")


def test_the_number_that_is_made_anew_for_every_answer_is_no_identity():
    with open_abn_sandbox() as visit:
        first = visit.consented().fetched.received.transactions
        again = visit.consented().fetched.received.transactions

    assert set(first["entry_reference"]) == {""}
    assert first["tx"].tolist() == again["tx"].tolist()


def test_of_two_accounts_only_the_one_that_was_chosen_is_given():
    with open_abn_sandbox() as visit:
        fetched = visit.consented(SAVINGS).fetched

    assert [account.iban for account in fetched.received.accounts] == [SAVINGS]


def test_two_accounts_at_once_are_not_approved():
    with open_abn_sandbox() as visit:
        page = requests.get(visit.begin().redirect_url, timeout=10).url
        form = {"person": "jan", "account": [CURRENT, SAVINGS], "decision": "approve"}

        assert requests.post(f"{page}/decision", data=form, timeout=10).status_code == 400


def test_a_person_who_refuses_ends_the_journey():
    with open_abn_sandbox() as visit:
        begun = visit.begin()

        with pytest.raises(ConsentNotValid, match="did not approve"):
            visit.complete(begun, visit.come_back(begun, refuse=True))


def test_a_code_buys_tokens_once():
    with open_abn_sandbox() as visit:
        begun = visit.begin()
        answer = visit.come_back(begun)
        visit.complete(begun, answer)

        with pytest.raises(ConsentNotValid):
            visit.complete(begun, answer)


def test_another_mans_code_with_our_state_buys_nothing():
    with open_abn_sandbox() as visit:
        theirs = visit.begin()
        stolen = visit.come_back(theirs)["code"]
        ours = visit.begin()
        answer = visit.come_back(ours) | {"code": stolen}

        with pytest.raises(ConsentNotValid):
            visit.complete(ours, answer)


def test_an_unknown_key_of_the_portal_opens_nothing():
    guessed = replace(REGISTERED, api_key="guessed")

    with open_abn_sandbox(us=guessed) as visit, pytest.raises(BankRefused, match="INVALID_API_KEY"):
        visit.consented()


def test_tokens_that_ended_are_renewed_once_and_stored_before_they_are_used():
    with open_abn_sandbox() as visit:
        visit.consented()
        before = visit.stored[-1].kept["access_token"]
        visit.clock.move(hours=3)

        fetched = visit.refresh()

        assert fetched.complete
        assert visit.stored[-1].kept["access_token"] != before
        assert fetched.whole_since[CURRENT] == date(2026, 4, 3)


def test_the_fifth_refresh_of_a_day_is_not_even_asked():
    with open_abn_sandbox() as visit:
        visit.consented()
        visit.clock.move(hours=1)
        for _ in range(4):
            assert visit.refresh().complete

        fifth = visit.refresh()

        assert {type(problem) for problem in fifth.problems} == {RateLimited}
        visit.clock.move(days=1, minutes=1)
        assert visit.refresh().complete


def test_a_consent_that_the_person_ended_at_the_bank_is_noticed():
    with open_abn_sandbox() as visit:
        visit.consented()
        [consent] = visit.books._consents  # the bank's own number of it, which it tells nobody
        visit.books.end(consent)

        fetched = visit.refresh()

    assert [type(problem) for problem in fetched.problems] == [ConsentNotValid]
    assert len(fetched.received.transactions) == 0


ON_PAGE_TWO = [
    (Kind.RATE_LIMITED, RateLimited),
    (Kind.CONSENT_EXPIRED, ConsentNotValid),
    (Kind.SERVER_ERROR, BankDown),
    (Kind.TRUNCATED, BankAnswerBroken),
    (Kind.CUT_OFF, BankAnswerBroken),
    (Kind.REDIRECT, BankAnswerBroken),
    (Kind.NAN, BankAnswerBroken),
    (Kind.DUPLICATE_KEY, BankAnswerBroken),
    (Kind.DEEP, BankAnswerBroken),
    (Kind.WEB_PAGE, BankAnswerBroken),
    (Kind.GZIP_BOMB, BankAnswerBroken),
]


@pytest.mark.parametrize(("kind", "error"), ON_PAGE_TWO, ids=[kind for kind, _ in ON_PAGE_TWO])
def test_when_a_later_page_fails_the_page_before_it_is_kept(kind, error):
    with open_abn_sandbox(Fault(kind, "transactions", page=1, times=9)) as visit:
        fetched = visit.consented().fetched

    assert [type(problem) for problem in fetched.problems] == [error]
    assert len(fetched.received.transactions) == 50
    assert CURRENT not in fetched.whole_since


@pytest.mark.parametrize("kind", [Kind.CIRCLE, Kind.ENDLESS_PAGES])
def test_pages_that_lead_nowhere_are_left(kind):
    with open_abn_sandbox(Fault(kind, "transactions", times=10_000)) as visit:
        [problem] = visit.consented(SAVINGS).fetched.problems

    assert isinstance(problem, BankAnswerBroken)
    assert "The pages read so far are kept" in str(problem)


def test_a_gap_in_the_middle_is_shown_by_the_balances():
    with open_abn_sandbox(Fault(Kind.EMPTY_PAGE, "transactions", page=1)) as visit:
        fetched = visit.consented().fetched

    assert len(fetched.received.transactions) == 415 - 50
    assert fetched.received.accounts[0].proven is False


def test_a_row_whose_amount_cannot_be_trusted_is_rejected_by_name_and_the_rest_is_kept():
    with open_abn_sandbox(Fault(Kind.BAD_ROW, "transactions")) as visit:
        fetched = visit.consented().fetched

    [rejected] = fetched.received.rejected
    assert rejected.where == "sandbox.abn_amro transactions, page 1, booked 1"
    assert len(fetched.received.transactions) == 414
    assert CURRENT not in fetched.whole_since


def test_a_balance_that_fails_leaves_the_transactions_whole():
    with open_abn_sandbox(Fault(Kind.WEB_PAGE, "balances")) as visit:
        fetched = visit.consented().fetched

    assert len(fetched.problems) == 1
    assert len(fetched.received.transactions) == 415


def test_a_bank_that_drips_its_answer_is_cut_off_in_time():
    with open_abn_sandbox(Fault(Kind.SLOW_DRIP, "transactions"), seconds=0.5) as visit:
        fetched = visit.consented().fetched

    assert [type(problem) for problem in fetched.problems] == [BankUnreachable]


def test_the_history_ends_after_eighteen_months():
    with open_abn_sandbox() as visit:
        fetched = visit.consented().fetched

    assert fetched.whole_since == {CURRENT: date(2025, 1, 1)}
    assert date(2026, 7, 1) == TODAY
