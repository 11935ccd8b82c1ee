"""Whatever a UK bank does wrong: a typed error that says what to do, and what arrived is kept."""

import logging
import time

import pytest

from bank_material import CURRENT, SAVINGS
from fault_material import ON_PAGE_TWO
from psd2_affordability.core.errors import (
    BankAnswerBroken,
    BankDown,
    BankUnreachable,
    ConsentNotValid,
)
from psd2_affordability.sandbox.bank import Fault, Kind
from uk_bank_material import open_uk_sandbox

PAGE = 150

FAULTS = [*ON_PAGE_TWO, (Kind.SERVER_ERROR, BankDown, "the bank has a fault (500 U000)")]


@pytest.mark.parametrize(("kind", "error", "says"), FAULTS, ids=[kind for kind, *_ in FAULTS])
def test_when_a_later_page_fails_the_pages_before_it_are_kept(kind, error, says):
    with open_uk_sandbox(Fault(kind, "transactions", page=1, iban=CURRENT, times=9), page_size=PAGE) as visit:
        fetched = visit.consented().fetched

    rows = fetched.received.transactions
    current = rows[rows["account"] == CURRENT]
    assert [type(problem) for problem in fetched.problems] == [error]
    assert says in str(fetched.problems[0])
    assert len(current) == PAGE
    assert CURRENT not in fetched.whole_since
    assert fetched.received.accounts[0].why_not == "not every page arrived"


def test_a_link_to_another_host_is_not_followed_and_the_page_that_held_it_is_kept():
    with open_uk_sandbox() as elsewhere:
        fault = Fault(Kind.NEXT_ELSEWHERE, "transactions", iban=CURRENT, elsewhere=elsewhere.url)
        with open_uk_sandbox(fault, page_size=PAGE) as visit:
            fetched = visit.consented(ibans=(CURRENT,)).fetched

    [problem] = fetched.problems
    assert isinstance(problem, BankAnswerBroken)
    assert "links to another host. The link was not followed" in str(problem)
    assert len(fetched.received.transactions) == PAGE


def test_an_account_that_fails_leaves_the_other_accounts_whole():
    with open_uk_sandbox(Fault(Kind.SERVER_ERROR, "transactions", iban=CURRENT, times=9)) as visit:
        fetched = visit.consented().fetched

    assert [type(problem) for problem in fetched.problems] == [BankDown]
    assert set(fetched.received.transactions["account"]) == {SAVINGS}
    assert fetched.received.accounts[1].proven


def test_balances_that_fail_leave_the_transactions_whole():
    with open_uk_sandbox(Fault(Kind.WEB_PAGE, "balances", iban=CURRENT)) as visit:
        fetched = visit.consented().fetched

    assert len(fetched.problems) == 1
    assert fetched.received.accounts[0].balances == ()
    assert fetched.received.accounts[0].proven


def test_pages_that_go_round_in_a_circle_are_noticed_before_one_is_read_twice():
    with open_uk_sandbox(Fault(Kind.CIRCLE, "transactions", iban=SAVINGS, times=9)) as visit:
        fetched = visit.consented(ibans=(SAVINGS,)).fetched

    [problem] = fetched.problems
    assert "go round in a circle. The pages read so far are kept" in str(problem)
    assert len(fetched.received.transactions) <= 2


def test_pages_that_never_end_are_left_after_more_than_any_honest_account_has():
    with open_uk_sandbox(Fault(Kind.ENDLESS_PAGES, "transactions", iban=SAVINGS, times=10_000)) as visit:
        fetched = visit.consented(ibans=(SAVINGS,)).fetched

    [problem] = fetched.problems
    assert "do not end after 500. The pages read so far are kept" in str(problem)


def test_an_empty_page_in_the_middle_is_followed_to_the_next():
    with open_uk_sandbox(
        Fault(Kind.EMPTY_PAGE, "transactions", page=1, iban=CURRENT), page_size=PAGE
    ) as visit:
        with_gap = visit.consented().fetched
        whole = visit.consented().fetched

    assert with_gap.complete
    assert len(whole.received.transactions) - len(with_gap.received.transactions) == PAGE
    assert with_gap.received.accounts[0].proven is False


def test_a_row_whose_amount_cannot_be_trusted_is_rejected_by_name_and_the_rest_is_kept():
    with open_uk_sandbox(Fault(Kind.BAD_ROW, "transactions", iban=SAVINGS)) as visit:
        fetched = visit.consented().fetched

    [rejected] = fetched.received.rejected
    assert rejected.where == "sandbox.uk_open_banking transactions, page 1, booked 1"
    assert rejected.why == "the amount is not a plain decimal number"
    assert SAVINGS not in fetched.whole_since


def test_a_bank_that_drips_its_answer_is_cut_off_in_time():
    with open_uk_sandbox(Fault(Kind.SLOW_DRIP, "accounts"), seconds=0.6) as visit:
        started = time.monotonic()
        fetched = visit.consented().fetched
        passed = time.monotonic() - started

    assert [type(problem) for problem in fetched.problems] == [BankUnreachable]
    assert passed < 4


@pytest.mark.parametrize("kind", [Kind.WEB_PAGE, Kind.TRUNCATED, Kind.NAN, Kind.DEEP, Kind.REDIRECT])
def test_a_token_endpoint_that_answers_nonsense_gives_no_token_and_asks_no_consent(kind):
    with open_uk_sandbox(Fault(kind, "token")) as visit, pytest.raises(BankAnswerBroken):
        visit.begin()


def test_a_fault_while_tokens_are_exchanged_leaves_a_typed_error_and_no_half_grant():
    with open_uk_sandbox(Fault(Kind.TRUNCATED, "token", page=0, times=1)) as visit:
        with pytest.raises(BankAnswerBroken):
            visit.begin()
        begun = visit.begin()
        answer = visit.come_back(begun)
        completed = visit.complete(begun, answer)

        with pytest.raises(ConsentNotValid):
            visit.complete(begun, answer)

    assert completed.fetched.complete
    assert len(visit.stored) == 1


def test_neither_errors_nor_logs_hold_consents_tokens_account_numbers_or_addresses(caplog):
    with open_uk_sandbox(
        Fault(Kind.CUT_OFF, "balances", iban=CURRENT, times=9),
        Fault(Kind.SERVER_ERROR, "balances", iban=SAVINGS, times=9),
    ) as visit:
        caplog.set_level(logging.DEBUG)
        begun = visit.begin()
        caplog.set_level(logging.CRITICAL)  # what the person's own browser writes down is not ours
        answer = visit.come_back(begun)
        caplog.set_level(logging.DEBUG)
        completed = visit.complete(begun, answer)

    told = caplog.text + "".join(f"{problem!s}{problem.__cause__}" for problem in completed.fetched.problems)
    secrets = [completed.grant.consent_id, CURRENT, SAVINGS, "127.0.0.1"]
    secrets += [answer["code"], begun.state, begun.grant.kept["code_verifier"]]
    secrets += [value for name, value in completed.grant.kept.items() if name.endswith("token")]
    secrets += [account.resource_id for account in completed.fetched.received.accounts]
    assert len(completed.fetched.problems) == 2
    assert [secret for secret in secrets if secret in told] == []
