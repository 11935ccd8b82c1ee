"""A person consents at the bank, and their data arrives: the whole way, over real HTTP."""

from datetime import date, timedelta

import pytest
import requests

from bank_material import CALLBACK, CURRENT, LANDLORD, SAVINGS, TODAY, open_sandbox
from psd2_affordability.connect.port import Access, Grant
from psd2_affordability.core.errors import BankRefused, ConsentNotValid, RateLimited
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.approve import approve


@pytest.fixture
def visit():
    with open_sandbox() as opened:
        yield opened


def test_the_person_is_sent_to_the_bank_and_comes_back_with_the_state_we_gave(visit):
    begun = visit.begin()

    came_back = approve(begun.redirect_url, "jan", [CURRENT])

    assert begun.redirect_url.startswith(f"{visit.url}/authorise/")
    assert came_back == f"{CALLBACK}&state={begun.state}"
    assert begun.state not in repr(begun)


def test_after_approval_the_whole_history_arrives_at_once_and_the_balances_prove_it(visit):
    completed = visit.consented()

    fetched = completed.fetched
    rows = fetched.received.transactions
    booked = rows[(rows["account"] == CURRENT) & (rows["status"] == "booked")]
    assert fetched.complete
    assert not fetched.problems
    assert booked["booked_on"].min().date() == TODAY - timedelta(days=399)
    assert [account.proven for account in fetched.received.accounts] == [True, True]
    assert fetched.received.accounts[0].opening.amount == Money(50_000)
    assert rows["tx"].is_unique
    assert rows["tx"].str.fullmatch("t[0-9a-f]{16}").all()


def test_a_consent_asks_a_day_less_than_the_bank_allows_and_the_banks_own_date_is_read_back(visit):
    begun = visit.begin()
    completed = visit.complete(begun, visit.approve(begun))

    assert begun.valid_until == TODAY + timedelta(days=179)
    assert completed.consent.valid_until == begun.valid_until
    assert completed.consent.frequency_per_day == 4


def test_a_shorter_consent_is_asked_when_less_is_needed(visit):
    assert visit.begin(days=30).valid_until == TODAY + timedelta(days=30)


def test_a_bank_that_says_nine_thousand_years_gives_us_no_more_than_the_person_was_asked_for(visit):
    begun = visit.begin(days=30)
    state = visit.approve(begun)
    visit.books.consent(begun.grant.consent_id).valid_until = date(9999, 12, 31)

    assert visit.complete(begun, state).consent.valid_until == TODAY + timedelta(days=30)


def test_an_account_that_the_bank_lists_twice_has_its_rows_once(visit, monkeypatch):
    once = visit.consented(ibans=(CURRENT,)).fetched.received
    listed = visit.port.accounts
    monkeypatch.setattr(visit.port, "accounts", lambda access: (*listed(access), *listed(access)))

    twice = visit.consented(ibans=(CURRENT,)).fetched.received

    assert len(twice.accounts) == 1
    assert len(twice.transactions) == len(once.transactions)


def test_what_the_bank_says_becomes_the_columns_of_the_ledger(visit):
    rows = visit.consented().fetched.received.transactions

    rent = rows[(rows["mandate_id"] == "M-1") & (rows["amount_ct"] < 0)].iloc[0]
    back = rows[rows["return_reason"] == "AM04"].iloc[0]
    wage = rows[rows["purpose_code"] == "SALA"].iloc[0]
    pending = rows[rows["status"] == "pending"].iloc[0]
    shop = rows[rows["counterparty_name"] == "Bakker Bol"].iloc[0]
    assert (rent["amount_ct"], rent["counterparty_iban"], rent["bank_code"]) == (
        -70_000,
        LANDLORD,
        "PMNT/RDDT/ESDD",
    )
    assert (rent["creditor_id"], rent["counterparty_name"]) == ("NL55ZZZ123456780000", "Woonstede")
    assert (back["amount_ct"], back["counterparty_iban"]) == (70_000, LANDLORD)
    assert (wage["amount_ct"], wage["counterparty_name"]) == (210_000, "Werkgever BV")
    assert (pending["amount_ct"], pending["remittance"]) == (-499, "in behandeling")
    assert shop["remittance"] == "Betaalautomaat pas 012 nr 0"
    assert shop["counterparty_iban"] == ""


def test_only_the_accounts_that_the_person_chose_arrive(visit):
    completed = visit.consented(ibans=(SAVINGS,))

    assert [account.iban for account in completed.fetched.received.accounts] == [SAVINGS]
    assert set(completed.fetched.received.transactions["account"]) == {SAVINGS}


def test_an_answer_with_another_state_is_refused_and_nothing_is_fetched(visit):
    begun = visit.begin()
    visit.approve(begun)

    with pytest.raises(ConsentNotValid, match=r"does not belong to this request.*Start the consent again"):
        visit.complete(begun, "somebody-elses-state")


def test_a_person_who_has_not_approved_yet_or_refuses_gives_no_data(visit):
    begun, refused = visit.begin(), visit.begin()
    approve(refused.redirect_url, "jan", [CURRENT], refuse=True)

    with pytest.raises(ConsentNotValid, match="has not approved the consent"):
        visit.complete(begun, begun.state)
    with pytest.raises(ConsentNotValid, match=r"did not approve the consent\. Ask the person"):
        visit.complete(refused, refused.state)


def test_an_approval_page_works_once(visit):
    begun = visit.begin()
    visit.approve(begun)

    with pytest.raises(BankRefused, match="did not take the decision"):
        approve(begun.redirect_url, "pia", [])


def test_the_person_sees_who_asks_for_what_and_no_name_is_taken_for_markup(visit):
    begun = visit.begin()

    login = requests.get(begun.redirect_url, timeout=5)
    choice = requests.post(f"{begun.redirect_url}/accounts", data={"person": "jan"}, timeout=5)

    assert "Jan &lt;b&gt;Voorbeeld&lt;/b&gt;" in login.text
    assert "2026-12-27" in choice.text
    assert "NL91ABNA••••••4300" in choice.text
    assert "<html lang=" in choice.text
    assert "default-src 'none'" in choice.headers["Content-Security-Policy"]


def test_a_refresh_asks_only_what_is_new_and_the_days_in_which_banks_book_late(visit):
    completed = visit.consented()
    visit.clock.move(days=10)

    fetched = visit.refresh(completed, known_until=TODAY)

    assert fetched.complete
    assert fetched.received.transactions["booked_on"].min().date() == TODAY - timedelta(days=14)


def test_a_refresh_after_a_long_silence_stays_within_89_days(visit):
    completed = visit.consented()
    visit.clock.move(days=2)

    fetched = visit.refresh(completed, known_until=date(2025, 1, 1))

    assert fetched.complete
    first = fetched.received.transactions["booked_on"].min().date()
    assert first == visit.clock().date() - timedelta(days=89)


def test_the_same_rows_get_the_same_keys_at_every_fetch(visit):
    completed = visit.consented()
    visit.clock.move(days=1)

    again = visit.refresh(completed).received.transactions

    first = completed.fetched.received.transactions
    assert set(again["tx"]) <= set(first["tx"])


def test_a_late_return_from_the_bank_still_brings_what_the_bank_then_gives(visit):
    begun = visit.begin()
    state = visit.approve(begun)
    visit.clock.move(minutes=16)

    fetched = visit.complete(begun, state).fetched

    assert not fetched.complete
    assert {problem.code for problem in fetched.problems} == {"bank.history_refused"}
    first = fetched.received.transactions["booked_on"].min().date()
    assert first == TODAY - timedelta(days=89)


def test_unattended_calls_stop_at_four_a_day_before_the_bank_has_to_say_so(visit):
    completed = visit.consented()
    for _ in range(4):
        assert visit.refresh(completed).complete

    fifth = visit.refresh(completed)

    assert len(fifth.received.transactions) == 0
    [problem] = fifth.problems
    assert isinstance(problem, RateLimited)
    assert "Ask again in 24 hours" in str(problem)
    visit.clock.move(hours=24)
    assert visit.refresh(completed).complete


def test_calls_while_the_person_is_present_do_not_count(visit):
    completed = visit.consented()

    assert all(visit.refresh(completed, psu_ip="127.0.0.1").complete for _ in range(6))
    assert visit.refresh(completed).complete


def test_the_bank_refuses_a_fifth_unattended_call_by_itself(visit):
    completed = visit.consented()
    for _ in range(4):
        visit.refresh(completed)
    visit.budget = type(visit.budget)()

    [problem] = visit.refresh(completed).problems

    assert isinstance(problem, RateLimited)
    assert problem.retry_after_s == 24 * 3600


def test_a_consent_that_has_expired_gives_nothing_more_and_says_what_to_do(visit):
    completed = visit.consented()
    visit.clock.move(days=180)

    fetched = visit.refresh(completed)

    [problem] = fetched.problems
    assert isinstance(problem, ConsentNotValid)
    assert str(problem).endswith("Ask the person to consent anew; what was received before stays")
    assert not fetched.complete


def test_a_consent_that_the_person_withdrew_at_the_bank_is_noticed(visit):
    completed = visit.consented()
    visit.books.end(completed.grant.consent_id)

    [problem] = visit.refresh(completed).problems

    assert isinstance(problem, ConsentNotValid)
    assert visit.port.consent_status(visit.access(completed)) == "revokedByPsu"


def test_a_consent_can_be_ended_by_us(visit):
    completed = visit.consented()

    visit.port.delete_consent(visit.access(completed))

    state = visit.port.read_consent(visit.access(completed))
    assert (state.status, state.usable) == ("terminatedByTpp", False)


def test_a_consent_that_the_bank_never_gave_is_refused(visit):
    with pytest.raises(ConsentNotValid, match="does not know this consent"):
        visit.port.read_consent(Access(Grant("no-such-consent")))


def test_account_numbers_of_the_bank_change_with_every_consent_and_ours_do_not(visit):
    first, second = visit.consented().fetched, visit.consented().fetched

    numbers = [{account.resource_id for account in one.received.accounts} for one in (first, second)]
    assert not numbers[0] & numbers[1]
    assert set(first.received.transactions["tx"]) == set(second.received.transactions["tx"])


def test_a_first_fetch_that_took_longer_than_the_bank_gives_all_claims_no_whole_history(monkeypatch):
    with open_sandbox() as visit:
        begun = visit.begin()
        state = visit.approve(begun)
        read = visit.port.transactions

        def slowly(*asked):
            visit.clock.move(minutes=20)
            return read(*asked)

        monkeypatch.setattr(visit.port, "transactions", slowly)
        whole_since = visit.complete(begun, state).fetched.whole_since

    assert set(whole_since.values()) == {TODAY - timedelta(days=89)}
