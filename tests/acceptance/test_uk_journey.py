"""A consent at a bank that speaks UK Open Banking, from the signed request to its end."""

import json
from dataclasses import replace
from datetime import date
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from joserfc import jws
from joserfc.jwk import RSAKey

from bank_material import CALLBACK, CURRENT, IP, SAVINGS
from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.connect.port import Access, AccountListed, Grant
from psd2_affordability.core.errors import BankRefused, ConsentNotValid, RateLimited, UsageError
from psd2_affordability.sandbox.bank import Fault, Kind
from psd2_affordability.sandbox.uk_bank import sandbox_credentials
from uk_bank_material import credentials, open_uk_sandbox, registered


class Listener:
    """Writes along which headers each call carried."""

    heard: ClassVar[list[tuple[str, str, dict[str, str]]]] = []

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            headers = {name.decode(): value.decode() for name, value in scope["headers"]}
            self.heard.append((scope["method"], scope["path"].removeprefix("/uk"), headers))
        await self.app(scope, receive, send)


@pytest.mark.parametrize("version", ["4.0", "3.1"])
def test_the_whole_journey_brings_everything_and_proves_the_balances(version):
    with open_uk_sandbox(version=version) as visit:
        completed = visit.consented()

    fetched = completed.fetched
    rows = fetched.received.transactions
    current = rows[rows["account"] == CURRENT]
    pending = current[current["status"] == "pending"]
    rent = current[current["counterparty_name"] == "Woonstede"].sort_values("amount_ct").iloc[0]
    assert fetched.complete
    assert completed.consent.status == "valid"
    assert (len(current), len(rows)) == (416, 417)
    assert [account.proven for account in fetched.received.accounts] == [True, True]
    assert pending["amount_ct"].tolist() == [-499]
    assert (rent["amount_ct"], rent["booked_on"].date()) == (-70_000, date(2026, 7, 1))
    assert (rent["creditor_id"], rent["mandate_id"]) == ("NL55ZZZ123456780000", "M-1")
    assert fetched.whole_since == {CURRENT: date(2024, 7, 1), SAVINGS: date(2024, 7, 1)}


def test_the_request_for_approval_is_signed_and_names_the_consent_and_nobody_but_us():
    with open_uk_sandbox() as visit:
        begun = visit.begin()

    query = dict(parse_qsl(urlsplit(begun.redirect_url).query))
    signed = jws.deserialize_compact(
        query["request"], RSAKey.import_key(registered().client.public_key), ["PS256"]
    )
    claims = json.loads(signed.payload)
    assert signed.headers()["alg"] == "PS256"
    assert claims["claims"]["id_token"]["openbanking_intent_id"] == {
        "value": begun.grant.consent_id,
        "essential": True,
    }
    assert (claims["aud"], claims["iss"]) == (f"{visit.url}/", registered().client_id)
    assert (claims["redirect_uri"], claims["state"]) == (CALLBACK, begun.state)
    assert claims["code_challenge_method"] == "S256"
    assert begun.grant.kept["code_verifier"] not in begun.redirect_url


def test_the_grant_holds_tokens_after_approval_and_nothing_of_the_request():
    with open_uk_sandbox() as visit:
        completed = visit.consented()

    assert sorted(completed.grant.kept) == ["access_token", "expires_at", "refresh_token"]
    assert completed.grant.kept["access_token"] not in repr(completed)


def test_tokens_are_renewed_before_they_end_and_stored_before_they_are_used():
    with open_uk_sandbox() as visit:
        visit.consented()
        visit.clock.move(hours=2)
        first = visit.refresh()
        visit.clock.move(hours=2)
        second = visit.refresh()

    tokens = [grant.kept["access_token"] for grant in visit.stored]
    assert (first.complete, second.complete) == (True, True)
    assert len(set(tokens)) == len(tokens) == 3
    assert second.whole_since[CURRENT] == date(2026, 4, 3)


def test_a_token_of_ninety_days_without_renewal_works_until_then_and_then_needs_the_person():
    with open_uk_sandbox() as visit:
        completed = visit.consented()
        token = completed.grant.kept["access_token"]
        ends = (visit.clock.now.replace(month=9, day=29)).isoformat()
        grant = Grant(completed.grant.consent_id, {"access_token": token, "expires_at": ends})
        accounts = visit.port.accounts(Access(grant))
        visit.clock.move(days=91)

        with pytest.raises(ConsentNotValid, match="has ended and cannot be renewed"):
            visit.port.accounts(Access(grant))

    assert [account.iban for account in accounts] == [CURRENT, SAVINGS]


def test_a_person_who_refuses_leaves_no_consent():
    with open_uk_sandbox() as visit:
        begun = visit.begin()
        answer = visit.come_back(begun, refuse=True)

        with pytest.raises(ConsentNotValid, match="did not approve"):
            visit.complete(begun, answer)
        assert visit.port.consent_status(Access(begun.grant)) == "rejected"


@pytest.mark.parametrize("version", ["4.0", "3.1"])
def test_a_consent_waits_until_the_person_has_decided(version):
    with open_uk_sandbox(version=version) as visit:
        begun = visit.begin()
        before = visit.port.consent_status(Access(begun.grant))
        visit.come_back(begun)
        after = visit.port.read_consent(Access(begun.grant))

    assert before == "received"
    assert (after.status, after.valid_until) == ("valid", begun.valid_until)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"state": "of-somebody-else"}, ConsentNotValid),
        ({"code": "guessed"}, ConsentNotValid),
        ({"iss": "https://another.example"}, ConsentNotValid),
    ],
)
def test_an_answer_that_is_not_the_one_we_wait_for_is_refused(wrong, error):
    with open_uk_sandbox() as visit:
        begun = visit.begin()
        answer = visit.come_back(begun)

        with pytest.raises(error):
            visit.complete(begun, answer | wrong)


def test_a_code_is_of_no_use_to_another_request_than_its_own():
    with open_uk_sandbox() as visit:
        ours, theirs = visit.begin(), visit.begin()
        code = visit.come_back(theirs)["code"]
        answer = visit.come_back(ours)

        with pytest.raises(ConsentNotValid):
            visit.complete(ours, answer | {"code": code})


@pytest.mark.parametrize("version", ["4.0", "3.1"])
def test_a_consent_that_we_end_is_over_at_the_bank(version):
    with open_uk_sandbox(version=version) as visit:
        completed = visit.consented()
        visit.port.delete_consent(visit.access(completed))
        fetched = visit.refresh()
        status = visit.port.consent_status(visit.access(completed))

    assert status == "revokedByPsu"
    assert [type(problem) for problem in fetched.problems] == [ConsentNotValid]


@pytest.mark.parametrize("version", ["4.0", "3.1"])
def test_a_consent_that_the_person_withdrew_is_noticed_though_the_bank_refuses_in_other_words(version):
    with open_uk_sandbox(version=version) as visit:
        completed = visit.consented()
        visit.books.end(completed.grant.consent_id)

        with pytest.raises(ConsentNotValid) as caught:
            visit.port.balances(visit.access(completed), first_account(completed))

    assert "Ask the person to consent anew" in str(caught.value)


def first_account(completed):
    first = completed.fetched.received.accounts[0]
    return AccountListed(first.resource_id, first.iban, first.currency)


@pytest.mark.parametrize("version", ["4.0", "3.1"])
def test_a_consent_whose_time_is_over_has_expired_even_where_the_standard_has_no_word_for_it(version):
    with open_uk_sandbox(version=version) as visit:
        completed = visit.consented()
        visit.clock.move(days=181)
        state = visit.port.read_consent(visit.access(completed))

    assert (state.status, state.valid_until) == ("expired", completed.consent.valid_until)


def test_calls_without_the_person_are_limited_by_the_bank_and_the_wait_is_told():
    with open_uk_sandbox() as visit:
        visit.consented()
        for _ in range(4):
            visit.budget = type(visit.budget)()
            assert visit.refresh().complete
        visit.budget = type(visit.budget)()
        fetched = visit.refresh()

    assert isinstance(fetched.problems[0], RateLimited)
    assert "Ask again in 24 hours" in str(fetched.problems[0])


def test_follow_up_pages_are_not_counted_and_calls_with_the_person_present_are_free():
    with open_uk_sandbox(page_size=20) as visit:
        visit.consented()
        fetched = [visit.refresh(psu_ip=IP) for _ in range(6)]
        paged = visit.refresh()

    assert all(each.complete for each in fetched)
    assert paged.complete
    assert len(paged.received.transactions) > 80


def test_after_the_first_minutes_the_bank_gives_less_and_says_so_and_we_do_not_claim_more():
    with open_uk_sandbox() as visit:
        completed = visit.consented()
        visit.clock.move(minutes=20)
        account = first_account(completed)
        late = visit.port.transactions(visit.access(completed), account, date(2024, 7, 1))

    assert late.whole
    assert late.given_from == date(2026, 4, 2)
    assert min(row["booked_on"] for row in late.rows) == date(2026, 4, 2)


def test_every_call_has_a_number_and_only_calls_with_the_person_present_carry_an_address():
    Listener.heard.clear()
    with open_uk_sandbox(recorder=Listener) as visit:
        visit.consented()
        during = list(Listener.heard)
        Listener.heard.clear()
        visit.refresh()
        later = list(Listener.heard)

    ours = [headers for _, path, headers in during if path.startswith(("/account", "/accounts"))]
    assert {headers["x-fapi-customer-ip-address"] for headers in ours} == {IP}
    assert not any("x-fapi-customer-ip-address" in headers for *_, headers in later)
    numbers = [headers["x-fapi-interaction-id"] for headers in ours]
    assert len(set(numbers)) == len(numbers)
    assert not any("x-fapi-financial-id" in headers for headers in ours)
    assert not any(path.endswith(("direct-debits", "standing-orders")) for _, path, _ in during)


def test_no_secret_is_in_any_address_but_that_of_the_persons_own_browser():
    Listener.heard.clear()
    with open_uk_sandbox(recorder=Listener) as visit:
        completed = visit.consented()

    asked = " ".join(path for _, path, _ in Listener.heard)
    assert completed.grant.kept["access_token"] not in asked
    assert CURRENT not in asked


def test_without_a_client_number_or_a_key_nothing_is_sent_and_the_setting_is_named():
    nameless, keyless = replace(credentials(), client_id=""), replace(credentials(), token_key=None)
    with open_uk_sandbox(ours=nameless) as visit, pytest.raises(UsageError, match="no client_id is set"):
        visit.begin()
    with open_uk_sandbox(ours=keyless) as visit, pytest.raises(UsageError, match="no key is set"):
        visit.begin()


def test_a_key_that_is_not_registered_opens_nothing():
    stranger = key_from_pem(sandbox_credentials().private_key, where="another key")
    unknown = replace(credentials(), token_key=stranger)
    with open_uk_sandbox(ours=unknown) as visit, pytest.raises(BankRefused, match="invalid_client"):
        visit.begin()


def test_a_consent_is_never_asked_twice_when_the_bank_has_a_fault():
    with open_uk_sandbox(Fault(Kind.SERVER_ERROR, "consents")) as visit:
        with pytest.raises(BankRefused):
            visit.begin()

        assert visit.slept == []


def test_the_bank_answers_under_the_path_where_it_hangs():
    with open_uk_sandbox() as visit:
        page = requests.get(visit.begin().redirect_url, timeout=5)

    assert page.url.startswith(f"{visit.url}/authorise/")
    assert f'action="/uk/authorise/{page.url.rpartition("/")[2]}/accounts"' in page.text
