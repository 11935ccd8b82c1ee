"""Every way in which a person approves at a bank on the Berlin Group standard leads to their transactions."""

from dataclasses import replace

import pytest

from bank_material import CURRENT, SAVINGS, a_daily_life
from berlin_group_material import CARD_PAN, card_holder, open_berlin
from budget_material import MemoryBudget
from psd2_affordability.connect.journey import refresh, waits
from psd2_affordability.connect.port import Access
from psd2_affordability.core.errors import BankAnswerBroken, ConsentNotValid
from psd2_affordability.sandbox.bank import Habits

OAUTH, LOGIN_FIRST, IN_APP = Habits("oauth"), Habits("oauth_first"), Habits("decoupled")
EVERYTHING = '[query]\naccess = "all_psd2"\napp_seconds = "5"\n'
#: What the two accounts of the invented person hold: every entry of the daily life, and one on savings.
ENTRIES = len(a_daily_life()) + 1


def first_try(journey, _seconds):
    """The person approves in the app during the first wait."""
    journey.approve_in_app()


@pytest.mark.parametrize("mounted", ["", "/berlin"])
def test_by_oauth_the_code_becomes_a_token_that_opens_the_whole_history(mounted):
    with open_berlin(OAUTH, mounted=mounted) as journey:
        done = journey.consented()

        assert done.consent.usable
        assert len(done.fetched.received.transactions) == ENTRIES
        assert done.fetched.complete
        assert set(done.grant.kept) >= {"access_token", "refresh_token"}
        assert not set(done.grant.kept) & {"code_verifier", "state"}


def test_a_person_who_presses_the_other_button_gives_no_consent():
    with open_berlin(OAUTH) as journey:
        begun = journey.begin()
        answer = journey.approve(begun, refuse=True)

        assert answer["error"] == "access_denied"
        with pytest.raises(ConsentNotValid, match="did not approve"):
            journey.complete(begun, answer)


def test_a_token_that_ends_is_renewed_and_stored_before_it_is_used_and_each_renewal_counts_once():
    with open_berlin(OAUTH) as journey:
        done = journey.consented()
        grants = [done.grant]
        for _ in range(3):
            journey.clock.move(hours=1)
            refreshed = refresh(
                journey.port,
                grants[-1],
                clock=journey.clock,
                budget=MemoryBudget(),
                renew=journey.renew,
            )
            assert refreshed.complete
            grants.append(journey.stored[-1])

        assert len({grant.kept["refresh_token"] for grant in grants}) == 4
        journey.clock.move(hours=1)
        old = refresh(journey.port, grants[0], clock=journey.clock, budget=MemoryBudget())
        assert [type(problem) for problem in old.problems] == [ConsentNotValid]


def test_a_link_for_approval_to_a_server_that_the_banks_file_does_not_name_sends_nobody_there():
    says = pytest.raises(BankAnswerBroken, match="no authorisation server that its file names")
    with open_berlin(OAUTH, issuer="https://login.example") as journey, says:
        journey.begin()


def test_with_a_login_first_the_person_then_approves_in_the_app_while_we_wait():
    with open_berlin(LOGIN_FIRST, more=EVERYTHING, sleep=first_try) as journey:
        done = journey.consented()

        assert (done.consent.usable, len(done.fetched.received.transactions)) == (True, ENTRIES)
        created = [path for method, path, _ in journey.asked if (method, path) == ("POST", "/v1/consents")]
        assert len(created) == 1
        assert "in_app" not in done.grant.kept
        assert not [name for name in done.grant.kept if name.startswith("asked_")]


def test_a_person_who_is_too_slow_in_the_app_may_come_back_and_nothing_is_asked_twice():
    with open_berlin(LOGIN_FIRST, more=EVERYTHING) as journey:
        begun = journey.begin()
        answer = journey.approve(begun)
        with pytest.raises(ConsentNotValid, match="not approved the consent at the bank yet"):
            journey.complete(begun, answer)
        polls = len(journey.paths("/status"))
        journey.approve_in_app()
        later = replace(begun, grant=journey.stored[-1])
        done = journey.complete(later, answer)

        assert (polls, done.consent.usable) == (5, True)
        assert len([1 for method, path, _ in journey.asked if path == "/oauth/token"]) == 1


def test_a_refusal_in_the_app_ends_the_wait_at_once():
    with open_berlin(
        LOGIN_FIRST, more=EVERYTHING, sleep=lambda each, _: each.approve_in_app(refuse=True)
    ) as journey:
        begun = journey.begin()
        with pytest.raises(ConsentNotValid, match="did not approve"):
            journey.complete(begun, journey.approve(begun))

        assert len(journey.paths("/status")) == 2


def test_in_the_app_alone_there_is_no_page_to_go_to_and_the_bank_is_asked_until_it_knows():
    with open_berlin(IN_APP, more=EVERYTHING, sleep=first_try) as journey:
        begun = journey.begin()
        assert begun.redirect_url == ""
        assert waits(journey.port, begun, psu_ip="127.0.0.1")
        done = journey.complete(begun, {"state": begun.state})

        assert (done.consent.usable, len(done.fetched.received.transactions)) == (True, ENTRIES)
        assert not waits(journey.port, begun, psu_ip="127.0.0.1")


def test_the_wait_between_two_questions_for_the_status_is_a_second():
    waited = []
    with open_berlin(IN_APP, more=EVERYTHING, sleep=lambda _, seconds: waited.append(seconds)) as journey:
        journey.port.authorise(Access(journey.begin().grant), {})

    assert waited == [1.0] * 5


def test_where_the_bank_tells_us_the_login_page_the_person_is_sent_there_and_we_do_not_go():
    more = EVERYTHING + 'login_page = "asked"\n'
    with open_berlin(LOGIN_FIRST, more=more, sleep=first_try) as journey:
        begun = journey.begin()
        assert begun.redirect_url.startswith(f"{journey.url}/authorise/")
        done = journey.complete(begun, journey.approve(begun))

        assert done.consent.usable


def test_before_a_login_is_back_a_consent_that_comes_after_it_waits():
    with open_berlin(LOGIN_FIRST, more=EVERYTHING) as journey:
        assert journey.port.consent_status(Access(journey.begin().grant)) == "received"


@pytest.mark.parametrize(
    "habits",
    [Habits(plain_links=True), Habits(short_links=True), Habits("oauth", plain_links=True, short_links=True)],
)
def test_links_are_followed_however_a_bank_writes_them(habits):
    with open_berlin(habits, mounted="/psd2", page_size=60) as journey:
        done = journey.consented()

        assert len(done.fetched.received.transactions) == ENTRIES
        assert len([1 for query in journey.paths("/transactions") if "pageIndex" in query]) >= 6
        assert all("dateFrom" in query for query in journey.paths("/transactions"))


def test_a_bank_that_gives_only_booked_entries_is_asked_again_for_those_and_then_asked_rightly():
    with open_berlin(Habits(booked_only=True), page_size=1000) as journey:
        done = journey.consented()
        asked = [query.partition("&")[0] for query in journey.paths("/transactions")]

        assert done.fetched.complete
        assert len(done.fetched.received.transactions) == ENTRIES - 1  # but for the pending one
        assert asked == ["bookingStatus=both", "bookingStatus=booked", "bookingStatus=booked"]


def test_balances_that_come_along_with_the_accounts_cost_no_call():
    with open_berlin(more='[query]\nwith_balance = "accounts"\n') as journey:
        done = journey.consented()

        assert journey.paths("/balances") == []
        assert [account.proven for account in done.fetched.received.accounts] == [True, True]


@pytest.mark.parametrize("debits_positive", [False, True])
def test_what_a_card_spent_went_out_whichever_way_the_bank_writes_it(debits_positive):
    with open_berlin(
        Habits(debits_positive=debits_positive),
        more='[query]\ncard_accounts = "listed"\n',
        people={"jan": card_holder()},
    ) as journey:
        done = journey.consented(ibans=(CURRENT, SAVINGS, CARD_PAN))
        rows = done.fetched.received.transactions
        card = rows[rows["account"] == CARD_PAN].sort_values("amount_ct")
        balances = {
            balance.type: str(balance.amount)
            for account in done.fetched.received.accounts
            if account.account == CARD_PAN
            for balance in account.balances
        }

        assert list(card["amount_ct"]) == [-4_250, -999, 1_000]
        assert list(card["status"]) == ["booked", "pending", "booked"]
        assert card["remittance"].iloc[0] == "Boekhandel De Pagina kaart 3241"
        assert balances["closingBooked"] == "-82.50"


def test_a_bank_whose_file_does_not_speak_of_cards_is_not_asked_for_them():
    with open_berlin(people={"jan": card_holder()}) as journey:
        done = journey.consented(ibans=(CURRENT, SAVINGS, CARD_PAN))

        assert len(done.fetched.received.accounts) == 2
        assert not [path for _, path, _ in journey.asked if "card" in path]


def test_triodos_is_read_through_its_own_file_with_signs_that_the_other_side_tells_and_links_of_plain_text():
    bank = Habits("oauth", unsigned=True, plain_links=True)
    with open_berlin(bank, bank="nl.triodos", page_size=150) as journey:
        done = journey.consented(ibans=(CURRENT,))
        rows = done.fetched.received.transactions
        with_amounts = {
            (entry.amount_ct, entry.booked_on) for entry in a_daily_life() if entry.status == "booked"
        }
        booked = rows[rows["status"] == "booked"]

        assert done.fetched.complete
        assert set(zip(booked["amount_ct"], booked["booked_on"].dt.date, strict=True)) == with_amounts
        assert [account.proven for account in done.fetched.received.accounts] == [True]
