"""Whatever a bank does wrong: a typed error that says what to do, and what arrived is kept."""

import logging
import time

import pytest

from bank_material import CURRENT, SAVINGS, open_sandbox
from fault_material import ON_PAGE_TWO
from psd2_affordability.core.errors import (
    BankAnswerBroken,
    BankDown,
    BankRefused,
    BankUnreachable,
    ConsentNotValid,
)
from psd2_affordability.sandbox.bank import Fault, Kind

PAGE = 150


@pytest.mark.parametrize(("kind", "error", "says"), ON_PAGE_TWO, ids=[kind for kind, *_ in ON_PAGE_TWO])
def test_when_a_later_page_fails_the_pages_before_it_are_kept(kind, error, says):
    with open_sandbox(Fault(kind, "transactions", page=1, iban=CURRENT, times=3), page_size=PAGE) as visit:
        fetched = visit.consented().fetched

    [problem] = fetched.problems
    rows = fetched.received.transactions
    current = rows[(rows["account"] == CURRENT) & (rows["status"] == "booked")]
    assert isinstance(problem, error)
    assert says in str(problem)
    assert len(current) == PAGE
    assert not fetched.complete
    assert fetched.received.accounts[0].proven is None
    assert fetched.received.accounts[0].why_not == "not every page arrived"


def test_a_link_to_another_host_is_not_followed_and_the_page_that_held_it_is_kept():
    with open_sandbox() as elsewhere:
        fault = Fault(Kind.NEXT_ELSEWHERE, "transactions", iban=CURRENT, elsewhere=elsewhere.url)
        with open_sandbox(fault, page_size=PAGE) as visit:
            fetched = visit.consented(ibans=(CURRENT,)).fetched

    [problem] = fetched.problems
    assert isinstance(problem, BankAnswerBroken)
    assert "links to another host. The link was not followed" in str(problem)
    assert len(fetched.received.transactions) == PAGE + 1


def test_an_account_that_fails_leaves_the_other_accounts_whole():
    with open_sandbox(Fault(Kind.SERVER_ERROR, "transactions", iban=CURRENT, times=9)) as visit:
        fetched = visit.consented().fetched

    [problem] = fetched.problems
    assert isinstance(problem, BankRefused)
    assert "The fault is on the bank's side. Try again later" in str(problem)
    assert set(fetched.received.transactions["account"]) == {SAVINGS}
    assert [account.iban for account in fetched.received.accounts] == [CURRENT, SAVINGS]
    assert fetched.received.accounts[1].proven


def test_balances_that_fail_leave_the_transactions_whole():
    with open_sandbox(Fault(Kind.WEB_PAGE, "balances", iban=CURRENT)) as visit:
        fetched = visit.consented().fetched

    assert len(fetched.problems) == 1
    assert fetched.received.accounts[0].balances == ()
    assert fetched.received.accounts[0].proven
    assert len(fetched.received.transactions) > 400


def test_a_consent_that_ends_halfway_stops_the_journey_and_keeps_what_it_had():
    with open_sandbox(Fault(Kind.CONSENT_EXPIRED, "balances", iban=CURRENT)) as visit:
        fetched = visit.consented().fetched

    [problem] = fetched.problems
    assert isinstance(problem, ConsentNotValid)
    assert set(fetched.received.transactions["account"]) == {CURRENT, SAVINGS}
    assert [account.balances for account in fetched.received.accounts] == [(), ()]


def test_a_bank_that_recovers_is_asked_again_at_most_twice_with_growing_pauses():
    with open_sandbox(Fault(Kind.SERVER_ERROR, "accounts", times=2)) as visit:
        fetched = visit.consented().fetched

    assert fetched.complete
    assert len(visit.slept) == 2
    assert 0.5 <= visit.slept[0] <= 1.0 <= visit.slept[1] <= 2.0


def test_a_bank_that_does_not_recover_is_left_alone_after_three_calls():
    with open_sandbox(Fault(Kind.SERVER_ERROR, "accounts", times=9)) as visit:
        fetched = visit.consented().fetched

    assert [type(problem) for problem in fetched.problems] == [BankDown]
    assert len(visit.slept) == 2


def test_creating_a_consent_is_never_repeated():
    with open_sandbox(Fault(Kind.SERVER_ERROR, "consents")) as visit:
        with pytest.raises(BankRefused):
            visit.begin()

        assert visit.slept == []


def test_pages_that_go_round_in_a_circle_are_noticed_before_one_is_read_twice():
    with open_sandbox(Fault(Kind.CIRCLE, "transactions", iban=SAVINGS, times=9)) as visit:
        fetched = visit.consented(ibans=(SAVINGS,)).fetched

    [problem] = fetched.problems
    assert isinstance(problem, BankAnswerBroken)
    assert "go round in a circle. The pages read so far are kept" in str(problem)
    assert len(fetched.received.transactions) == 1


def test_pages_that_never_end_are_left_after_more_than_any_honest_account_has():
    with open_sandbox(Fault(Kind.ENDLESS_PAGES, "transactions", iban=SAVINGS, times=10_000)) as visit:
        fetched = visit.consented(ibans=(SAVINGS,)).fetched

    [problem] = fetched.problems
    assert "do not end after 500. The pages read so far are kept" in str(problem)
    assert len(fetched.received.transactions) == 500


def test_an_empty_page_in_the_middle_is_followed_to_the_next():
    with open_sandbox(Fault(Kind.EMPTY_PAGE, "transactions", page=1, iban=CURRENT), page_size=PAGE) as visit:
        with_gap = visit.consented().fetched
        whole = visit.consented().fetched

    assert with_gap.complete
    assert len(whole.received.transactions) - len(with_gap.received.transactions) == PAGE
    assert with_gap.received.accounts[0].proven is False
    assert "plus the booked rows is" in with_gap.received.accounts[0].why_not


def test_a_row_whose_amount_cannot_be_trusted_is_rejected_by_name_and_the_rest_is_kept():
    with open_sandbox(Fault(Kind.BAD_ROW, "transactions", iban=CURRENT)) as visit:
        fetched = visit.consented().fetched

    [rejected] = fetched.received.rejected
    assert rejected.where == "sandbox.berlin_group transactions, page 1, booked 1"
    assert rejected.why == "the amount is not a plain decimal number"
    assert fetched.received.accounts[0].proven is None


def test_a_bank_that_drips_its_answer_is_cut_off_in_time():
    with open_sandbox(Fault(Kind.SLOW_DRIP, "accounts"), seconds=0.6) as visit:
        started = time.monotonic()
        fetched = visit.consented().fetched
        passed = time.monotonic() - started

    [problem] = fetched.problems
    assert isinstance(problem, BankUnreachable)
    assert "no complete answer within 0.6 seconds. Try again later" in str(problem)
    assert passed < 3


def test_a_bank_that_is_not_there_is_said_to_be_unreachable():
    with open_sandbox() as visit:
        completed = visit.consented()

    [problem] = visit.refresh(completed).problems

    assert isinstance(problem, BankUnreachable)
    assert "Check the network and the address" in str(problem)


def test_neither_errors_nor_logs_hold_consents_account_numbers_or_addresses(caplog):
    caplog.set_level(logging.DEBUG)
    with open_sandbox(
        Fault(Kind.CUT_OFF, "balances", iban=CURRENT, times=9),
        Fault(Kind.SERVER_ERROR, "balances", iban=SAVINGS, times=9),
    ) as visit:
        begun = visit.begin()
        ours = caplog.text
        state = visit.approve(begun)
        caplog.clear()  # what the person's browser did is not ours
        completed = visit.complete(begun, state)

    told = (
        ours
        + caplog.text
        + "".join(f"{problem!s}{problem.__cause__}" for problem in completed.fetched.problems)
    )
    secrets = [completed.grant.consent_id, CURRENT, SAVINGS, "127.0.0.1"]
    secrets += [account.resource_id for account in completed.fetched.received.accounts]
    assert len(completed.fetched.problems) == 2
    assert "sandbox.berlin_group balances failed=bank.down" in caplog.text
    assert [secret for secret in secrets if secret in told] == []
