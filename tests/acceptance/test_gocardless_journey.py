"""A person links their bank by way of GoCardless Bank Account Data, and their data arrives."""

from datetime import date

import pytest

from budget_material import MemoryBudget
from gocardless_material import BANK, CURRENT, open_server
from psd2_affordability.connect.journey import refresh
from psd2_affordability.connect.port import Access
from psd2_affordability.core.errors import ConsentNotValid, RateLimited, UnknownName
from psd2_affordability.core.money import Money


@pytest.fixture
def visit():
    with open_server() as opened:
        yield opened


def test_what_is_asked_is_what_the_bank_has_and_no_more(visit):
    begun = visit.begin()

    [terms] = visit.books.asked("/agreements/enduser/")
    [asked] = visit.books.asked("/requisitions/")
    assert terms == {
        "institution_id": BANK,
        "max_historical_days": 540,
        "access_valid_for_days": 90,
        "access_scope": ["balances", "details", "transactions"],
    }
    assert asked["agreement"] == "e-1"
    assert asked["reference"] == begun.state
    assert asked["redirect"].endswith(f"/callback?case=17&state={begun.state}")
    assert begun.redirect_url.endswith("/psd2/start/r-1")


def test_a_bank_is_chosen_by_name_or_by_id_and_an_unknown_one_is_refused(visit):
    visit.begin(aspsp=BANK)
    visit.begin(aspsp="voorbeeldbank")

    assert [terms["institution_id"] for terms in visit.books.asked("/agreements/enduser/")] == [BANK, BANK]
    with pytest.raises(UnknownName, match="Voorbeeldbank"):
        visit.begin(aspsp="Voorbeeldbnk")


def test_accounts_balances_and_transactions_arrive_and_true_twins_stay_two(visit):
    completed = visit.complete(visit.begin())

    fetched = completed.fetched
    [account] = fetched.received.accounts
    rows = fetched.received.transactions.to_dict("records")
    assert (fetched.complete, account.account) == (True, CURRENT)
    assert completed.consent.valid_until == date(2026, 9, 29)
    assert [(row["status"], row["amount_ct"], row["counterparty_name"]) for row in rows] == [
        ("booked", -280, "Koffie"),
        ("booked", -280, "Koffie"),
        ("booked", 210_000, "Werkgever BV"),
        ("pending", -499, "Streamdienst"),
    ]
    assert [(each.type, each.amount) for each in account.balances] == [("closingBooked", Money(245_010))]
    assert rows[0]["remittance"] == "BEA Koffie 18:02"
    assert rows[2]["bank_code"] == "PMNT/RCDT/SALA"


def test_the_number_that_the_aggregator_gives_is_evidence_and_the_banks_own_is_not_mixed_with_it(visit):
    rows = visit.complete(visit.begin()).fetched.received.transactions.to_dict("records")

    assert [row["entry_reference"] for row in rows] == ["3f2d8c1b9a7e4f60"] * 2 + ["9b1c2d3e4f5a6b7c", ""]
    assert len({row["tx"] for row in rows}) == 4


def test_numbers_of_accounts_that_change_with_a_new_consent_change_nothing_here(visit):
    first = visit.complete(visit.begin()).fetched.received.accounts
    visit.books.accounts = {"b-7": {"iban": CURRENT, "currency": "EUR"}}
    second = visit.complete(visit.begin()).fetched.received.accounts

    assert [each.account for each in (*first, *second)] == [CURRENT, CURRENT]
    assert first[0].resource_id != second[0].resource_id


def test_details_are_asked_only_to_tell_apart_accounts_that_share_an_iban(visit):
    visit.complete(visit.begin())
    assert visit.books.asked("/accounts/a-1/details/") == []

    visit.books.accounts["a-2"] = {"iban": CURRENT, "currency": "USD"}
    received = visit.complete(visit.begin()).fetched.received

    assert [each.account for each in received.accounts] == [CURRENT, f"{CURRENT} USD"]


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("CR", "received"),
        ("GC", "received"),
        ("UA", "received"),
        ("SA", "received"),
        ("GA", "received"),
        ("LN", "valid"),
        ("RJ", "rejected"),
        ("EX", "expired"),
        ("ZZ", "ZZ"),
    ],
)
def test_every_status_of_a_requisition_is_said_in_the_words_of_every_consent(visit, told, status):
    begun = visit.begin()
    visit.books.status = told

    assert visit.port.consent_status(Access(begun.grant)) == status


def test_a_person_who_breaks_off_gives_nothing(visit):
    begun = visit.begin()

    with pytest.raises(ConsentNotValid, match="did not approve"):
        visit.complete(begun, state=begun.state, error="UserCancelledSession")


def test_a_link_that_is_not_finished_gives_nothing_yet(visit):
    begun = visit.begin()
    visit.books.status = "GA"

    with pytest.raises(ConsentNotValid, match="has not approved the consent"):
        visit.complete(begun)


def test_one_token_serves_a_day_and_is_then_renewed_without_the_secret(visit):
    completed = visit.complete(visit.begin())
    visit.clock.move(hours=25)
    visit.port.consent_status(Access(completed.grant))
    visit.clock.move(days=31)
    visit.port.consent_status(Access(completed.grant))

    asked = [path for _, path, _ in visit.books.calls if path.startswith("/token/")]
    assert asked == ["/token/new/", "/token/refresh/", "/token/new/"]
    assert visit.books.asked("/token/new/")[0] == {"secret_id": "secret-id", "secret_key": "secret-key"}
    assert visit.books.asked("/token/refresh/") == [{"refresh": "refresh-1"}]


def test_the_limit_of_an_account_is_told_with_its_seconds_and_the_rest_goes_on(visit):
    said = {
        "summary": "Rate limit exceeded",
        "detail": "The rate limit is 4/day. Please try again in 81 seconds",
    }
    visit.books.refusals["/accounts/a-1/transactions/"] = (429, said)

    fetched = visit.complete(visit.begin()).fetched

    [problem] = fetched.problems
    assert isinstance(problem, RateLimited)
    assert problem.retry_after_s == 81
    assert fetched.received.accounts[0].balances
    assert fetched.whole_since == {}


def test_access_that_has_expired_asks_for_a_new_consent(visit):
    said = {
        "summary": "End User Agreement (EUA) e-1 has expired",
        "detail": "...",
        "type": "AccessExpiredError",
    }
    visit.books.refusals["/accounts/a-1/transactions/"] = (401, said)

    [problem] = visit.complete(visit.begin()).fetched.problems

    assert isinstance(problem, ConsentNotValid)
    assert "e-1" not in str(problem)


def test_without_the_person_there_each_endpoint_is_asked_four_times_a_day_and_not_a_fifth(visit):
    completed, budget = visit.complete(visit.begin()), MemoryBudget()
    for _ in range(4):
        assert refresh(visit.port, completed.grant, clock=visit.clock, budget=budget).complete

    fetched = refresh(visit.port, completed.grant, clock=visit.clock, budget=budget)

    assert [type(problem) for problem in fetched.problems] == [RateLimited, RateLimited]
    assert len(visit.books.asked("/accounts/a-1/transactions/")) == 5


def test_a_later_fetch_asks_from_a_day_on(visit):
    completed = visit.complete(visit.begin())
    refresh(
        visit.port, completed.grant, clock=visit.clock, budget=MemoryBudget(), known_until=date(2026, 7, 1)
    )

    first, later = visit.books.asked("/accounts/a-1/transactions/")
    assert (first, later) == ({"date_from": "2024-07-01"}, {"date_from": "2026-06-17"})


def test_a_withdrawn_consent_is_ended_there(visit):
    completed = visit.complete(visit.begin())

    visit.port.delete_consent(Access(completed.grant))

    assert visit.port.read_consent(Access(completed.grant)).status == "expired"
