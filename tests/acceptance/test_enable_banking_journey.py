"""A person consents by way of Enable Banking, and what users of others complain about does not happen."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI

from bank_material import CALLBACK, CURRENT, IP, SAVINGS, TODAY, Clock
from enable_banking_material import (
    BOOKED_ROWS,
    DAYS,
    PEOPLE,
    booked,
    open_aggregator,
    our_application,
    our_credentials,
)
from psd2_affordability._data import data_files
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.journey import begin, complete
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.port import Access, Grant
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.core.errors import (
    BankRefused,
    ConsentNotValid,
    RateLimited,
    UnknownName,
    UsageError,
)
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.sandbox.bank import Fault, Kind
from psd2_affordability.sandbox.enable_banking import create_enable_banking, new_application
from psd2_affordability.sandbox.server import serve_in_thread


@pytest.fixture
def visit():
    with open_aggregator() as opened:
        yield opened


def test_after_approval_the_whole_history_arrives_at_once_and_the_balances_prove_it(visit):
    completed = visit.consented()

    fetched = completed.fetched
    assert fetched.complete
    assert booked(fetched)["booked_on"].min().date() == TODAY - timedelta(days=DAYS - 1)
    assert [account.proven for account in fetched.received.accounts] == [True, True]
    assert fetched.received.accounts[0].opening.amount == Money(50_000)
    assert len(booked(fetched)) == BOOKED_ROWS


def test_the_person_comes_back_with_our_state_and_a_code_and_nothing_of_it_is_shown(visit):
    begun = visit.begin()
    answer = visit.approve(begun)

    assert begun.redirect_url.startswith(f"{visit.url}/authorise/")
    assert (answer["case"], answer["state"]) == ("17", begun.state)
    completed = visit.complete(begun, answer)
    assert answer["code"] not in repr(begun) + repr(completed.grant)
    assert CURRENT not in repr(completed.grant)


def test_a_person_who_refuses_gives_nothing(visit):
    begun = visit.begin()
    answer = visit.approve(begun, refuse=True)

    with pytest.raises(ConsentNotValid, match="did not approve"):
        visit.complete(begun, answer)
    assert visit.asked("/sessions") == []


def test_a_code_opens_one_session_and_no_second(visit):
    begun = visit.begin()
    answer = visit.approve(begun)
    visit.complete(begun, answer)

    with pytest.raises(ConsentNotValid):
        visit.port.authorise(Access(begun.grant), answer)


# Duplicates and numbers that do not last


def test_numbers_of_accounts_change_with_every_session_and_ours_do_not(visit):
    first, second = visit.consented().fetched.received, visit.consented().fetched.received

    assert [each.account for each in first.accounts] == [CURRENT, SAVINGS]
    assert [each.account for each in second.accounts] == [CURRENT, SAVINGS]
    assert not {each.resource_id for each in first.accounts} & {each.resource_id for each in second.accounts}


def test_an_account_without_an_iban_goes_by_the_number_that_lasts_over_sessions(visit):
    told = '[{"uid": "u-1", "identification_hash": "h.1", "iban": "", "currency": "EUR", "name": ""}]'

    [account] = visit.port.accounts(Access(Grant("").having(accounts=told)))

    assert (account.key, account.resource_id) == ("h.1", "u-1")


def test_a_pocket_in_another_currency_does_not_share_the_key_of_its_iban(visit):
    euros = f'{{"uid": "u-1", "identification_hash": "h", "iban": "{CURRENT}", "currency": "EUR"}}'
    dollars = euros.replace("u-1", "u-2").replace("EUR", "USD")

    listed = visit.port.accounts(Access(Grant("").having(accounts=f"[{euros}, {dollars}]")))

    assert [account.key for account in listed] == [CURRENT, "h USD"]


def test_a_consent_ends_a_day_before_the_banks_limit_because_that_limit_moves_while_we_ask(visit):
    completed = visit.consented()

    assert completed.consent.valid_until == TODAY + timedelta(days=179)


def test_a_bank_that_allows_less_is_asked_for_a_day_less_than_that():
    with open_aggregator(longest=timedelta(days=90)) as visit:
        completed = visit.consented((CURRENT,))

    assert completed.consent.valid_until == TODAY + timedelta(days=89)


def test_a_bank_that_allows_an_hour_is_asked_for_a_little_less():
    with open_aggregator(longest=timedelta(hours=1)) as visit:
        completed = visit.consented((CURRENT,))
        ends = visit.books._sessions[0].valid_until  # the aggregator tells no more than we asked

    assert completed.fetched.complete
    assert ends == datetime(2026, 7, 1, 12, 54, tzinfo=UTC)


@pytest.mark.parametrize(
    ("end", "status"),
    [("revokedByPsu", "revokedByPsu"), ("terminatedByTpp", "terminatedByTpp"), ("rejected", "rejected")],
)
def test_how_a_session_ended_is_said_in_the_words_of_every_consent(visit, end, status):
    completed = visit.consented((CURRENT,))
    visit.books._sessions[0].consent.status = end

    assert visit.port.consent_status(Access(completed.grant)) == status


def test_a_session_that_is_over_asks_for_a_new_consent_and_keeps_the_accounts_it_had(visit):
    completed = visit.consented()
    visit.clock.move(days=200)

    fetched = visit.refresh(completed)

    [problem] = fetched.problems
    assert isinstance(problem, ConsentNotValid)
    assert "Ask the person to consent anew" in str(problem)
    assert visit.port.read_consent(Access(completed.grant)).status == "expired"


def test_a_withdrawn_consent_is_closed_there_and_one_never_opened_needs_no_call(visit):
    completed = visit.consented((CURRENT,))

    visit.port.delete_consent(Access(completed.grant))
    before = len(visit.calls)
    visit.port.delete_consent(Access(visit.begin().grant))

    assert visit.port.consent_status(Access(completed.grant)) == "terminatedByTpp"
    assert [call.method for call in visit.calls[before:] if call.method == "DELETE"] == []


def test_before_the_person_is_back_the_consent_waits(visit):
    assert visit.port.consent_status(Access(visit.begin().grant)) == "received"


# Limits


def test_without_the_person_there_a_fetch_is_counted_and_the_fifth_of_a_day_is_not_made(visit):
    completed = visit.consented((CURRENT,))
    for _ in range(4):
        assert visit.refresh(completed).complete
    before = len(visit.calls)

    fetched = visit.refresh(completed)

    assert all(isinstance(problem, RateLimited) for problem in fetched.problems)
    assert len(fetched.problems) == 2
    assert len(visit.calls) == before


def test_the_banks_own_limit_is_told_with_the_time_to_wait_and_not_taken_for_no_transactions():
    with open_aggregator(Fault(Kind.RATE_LIMITED, "transactions", iban=CURRENT)) as visit:
        fetched = visit.consented().fetched

    [problem] = fetched.problems
    assert isinstance(problem, RateLimited)
    assert problem.retry_after_s == 3600
    assert CURRENT not in fetched.whole_since
    assert SAVINGS in fetched.whole_since


def test_accounts_are_listed_without_a_call_so_that_many_empty_ones_cost_nothing(visit):
    completed = visit.consented()
    before = len(visit.calls)

    assert len(visit.port.accounts(Access(completed.grant))) == 2
    assert len(visit.calls) == before


# Pending entries


def test_every_page_is_asked_with_the_very_same_question(visit):
    visit.consented((CURRENT,))

    questions = [dict(call.query) for call in visit.asked("/transactions")]
    keys = [question.pop("continuation_key", None) for question in questions]
    assert len(questions) == 5
    assert all(question == {"date_from": "2024-07-01", "strategy": "longest"} for question in questions)
    assert keys[0] is None
    assert len(set(keys)) == 5


def test_a_later_fetch_asks_for_days_and_not_for_the_longest_history(visit):
    completed = visit.consented((CURRENT,))
    before = len(visit.calls)

    visit.refresh(completed, known_until=TODAY)

    [first, *_] = [call for call in visit.calls[before:] if call.path.endswith("/transactions")]
    assert first.query == {"date_from": (TODAY - timedelta(days=14)).isoformat()}


def test_a_direct_debit_keeps_its_mandate_and_its_return_the_reason(visit):
    rows = booked(visit.consented((CURRENT,)).fetched)

    debit, back = (rows[rows["amount_ct"] == amount].iloc[0] for amount in (-70_000, 70_000))
    assert (debit["mandate_id"], debit["bank_code"]) == ("M-1", "PMNT/RDDT/ESDD")
    assert (back["return_reason"], back["mandate_id"]) == ("AM04", "")


# One step that fails, and the rest


def test_while_the_person_is_there_their_address_goes_along_and_later_never(visit):
    completed = visit.consented((CURRENT,))
    before = len(visit.calls)
    visit.refresh(completed)

    data = [call for call in visit.calls if "/accounts/" in call.path]
    told = {call.headers.get("psu-ip-address") for call in data}
    later = {call.headers.get("psu-ip-address") for call in visit.calls[before:]}
    assert (told, later) == ({IP, None}, {None})


def test_a_bank_that_wants_to_know_more_of_the_person_than_we_do_is_told_nothing():
    with open_aggregator(psu_headers=("Psu-Ip-Address", "Psu-User-Agent")) as visit:
        fetched = visit.consented((CURRENT,)).fetched
        data = [call for call in visit.calls if "/accounts/" in call.path]

    assert fetched.complete
    assert not [name for call in data for name in call.headers if name.startswith("psu-")]


# The choice of a bank


def test_the_bank_is_found_by_its_name_whatever_its_capitals(visit):
    assert visit.begin(options={"aspsp": "sandbox bank"}).redirect_url


def test_a_bank_that_is_not_behind_it_is_an_error_that_names_the_nearest(visit):
    with pytest.raises(UnknownName, match="Sandbox Bank"):
        visit.begin(options={"aspsp": "Sandbox Bnk"})


def test_a_country_without_banks_is_an_error_that_says_so(visit):
    with pytest.raises(UsageError, match="there are none in this country"):
        visit.begin(options={"country": "FI"})


def test_the_bank_may_be_named_once_among_the_credentials():
    with open_aggregator(credentials=our_credentials(aspsp="Sandbox Bank")) as visit:
        assert visit.begin().redirect_url


# Who we are


def test_one_token_serves_many_calls_and_a_new_one_is_made_before_it_ends(visit):
    completed = visit.consented((CURRENT,))
    visit.clock.move(hours=2)
    visit.refresh(completed)

    tokens = [call.headers["authorization"] for call in visit.calls]
    assert len(set(tokens)) == 2


def test_a_key_that_the_aggregator_does_not_know_is_refused_with_what_to_check():
    stranger = our_credentials(new_application())
    with (
        open_aggregator(credentials=stranger) as visit,
        pytest.raises(BankRefused, match="Check our certificate, signing key or registration"),
    ):
        visit.begin()


def test_without_a_key_the_error_says_what_to_set():
    with serve_in_thread(FastAPI()) as url:
        bank = load_banks(data_files("connectors")).bank("eu.enable_banking")
        connections = Connections(bank, clock=Clock(), base_url=url)
        with pytest.raises(UsageError, match=r"no token_key is set for eu\.enable_banking"):
            begin(open_bank(connections), redirect_uri=CALLBACK, psu_ip=IP, clock=Clock())


def test_it_works_where_the_sandbox_hangs_under_a_path_of_a_larger_server():
    clock, house = Clock(), FastAPI()
    house.mount("/enable", create_enable_banking(PEOPLE, clock, application=our_application()))
    bank = load_banks(data_files("connectors")).bank("sandbox.enable_banking")
    with serve_in_thread(house) as url:
        port = open_bank(
            Connections(bank, clock=clock, base_url=f"{url}/enable", credentials=our_credentials())
        )
        begun = begin(port, redirect_uri=CALLBACK, psu_ip=IP, clock=clock)
        came_back = approve(begun.redirect_url, "jan", [CURRENT])
        answer = dict(pair.split("=") for pair in came_back.partition("?")[2].split("&"))
        completed = complete(port, begun, answer=answer, psu_ip=IP, clock=clock)

    assert begun.redirect_url.startswith(f"{url}/enable/authorise/")
    assert completed.fetched.complete
