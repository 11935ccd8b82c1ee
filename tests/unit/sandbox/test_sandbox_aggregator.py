"""The sandbox aggregator refuses what the real one refuses."""

from datetime import timedelta

import pytest
import requests

from bank_material import CALLBACK, CURRENT, IP
from enable_banking_material import open_aggregator, our_application
from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.connect.oauth.jose import TokenSigner, signed
from psd2_affordability.sandbox.enable_banking import new_application

STRANGER = new_application()


@pytest.fixture(scope="module")
def visit():
    with open_aggregator() as opened:
        yield opened


@pytest.fixture(scope="module")
def session(visit):
    """An open session and the number of its account."""
    completed = visit.consented((CURRENT,))
    return completed.grant.kept["session"], completed.fetched.received.accounts[0].resource_id


def token(visit, application=None, algorithm="RS256", kid=None, **claims):
    us = application or our_application()
    now = int(visit.clock.now.timestamp())
    signer = TokenSigner(key_from_pem(us.private_key, where="test"), algorithm, kid or us.id)
    usual = {"iss": "enablebanking.com", "aud": "api.enablebanking.com", "iat": now, "exp": now + 3600}
    return signed(usual | claims, signer)


def call(visit, path, *, method="GET", authorization=None, headers=None, **more):
    bearer = f"Bearer {token(visit)}" if authorization is None else authorization
    return requests.request(
        method, f"{visit.url}{path}", headers={"Authorization": bearer, **(headers or {})}, timeout=5, **more
    )


def refused(answer):
    return answer.status_code, answer.json()["error"]


def test_a_call_without_a_token_is_refused(visit):
    assert refused(call(visit, "/aspsps", authorization="")) == (401, "AUTHORIZATION_NOT_PROVIDED")


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "example.com"},
        {"aud": "api.example.com"},
        {"exp": 1},
        {"iat": 4_102_444_800, "exp": 4_102_448_400},
        {"exp": None},
        {"kid": "another"},
        {"algorithm": "PS256"},
        {"application": STRANGER},
    ],
    ids=["issuer", "audience", "over", "not yet", "endless", "unknown name", "algorithm", "other key"],
)
def test_a_token_that_is_not_ours_for_now_and_for_it_is_refused(visit, wrong):
    answer = call(visit, "/aspsps", authorization=f"Bearer {token(visit, **wrong)}")

    assert refused(answer) == (401, "UNAUTHORIZED_ACCESS")


def test_a_token_may_last_a_day_and_no_second_longer(visit):
    now = int(visit.clock.now.timestamp())
    a_day, longer = (
        call(visit, "/aspsps", authorization=f"Bearer {token(visit, exp=now + seconds)}").status_code
        for seconds in (86_400, 86_401)
    )

    assert (a_day, longer) == (200, 401)


@pytest.mark.parametrize("broken", ["Bearer", "Bearer x", "Bearer a.b.c", "Basic dTpw"])
def test_what_is_no_token_is_refused(visit, broken):
    assert refused(call(visit, "/aspsps", authorization=broken)) == (401, "UNAUTHORIZED_ACCESS")


def a_request(visit, **more):
    usual = {
        "access": {"valid_until": (visit.clock.now + timedelta(days=90)).isoformat()},
        "aspsp": {"name": "Sandbox Bank", "country": "NL"},
        "state": "s",
        "redirect_url": CALLBACK,
    }
    return usual | more


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"aspsp": {"name": "Other", "country": "NL"}}, "WRONG_ASPSP_PROVIDED"),
        ({"redirect_url": "javascript:alert(1)"}, "WRONG_REQUEST_PARAMETERS"),
        ({"access": {"valid_until": "2026-08-01"}}, "WRONG_REQUEST_PARAMETERS"),
        ({"access": {"valid_until": "2027-08-01T12:00:00Z"}}, "WRONG_REQUEST_PARAMETERS"),
        ({"access": {"valid_until": "2026-01-01T12:00:00Z"}}, "WRONG_REQUEST_PARAMETERS"),
        ({"state": None}, "WRONG_REQUEST_PARAMETERS"),
    ],
)
def test_a_wrong_request_for_authorisation_is_refused_by_its_own_code(visit, wrong, code):
    answer = call(visit, "/auth", method="POST", json=a_request(visit, **wrong))

    assert refused(answer) == (422, code)


def test_the_last_allowed_moment_is_allowed_and_a_second_later_is_not(visit):
    last = visit.clock.now + timedelta(days=180)
    on, after = (
        call(visit, "/auth", method="POST", json=a_request(visit, access={"valid_until": moment.isoformat()}))
        for moment in (last, last + timedelta(seconds=1))
    )

    assert (on.status_code, after.status_code) == (200, 422)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("date_from=2026-13-01", "WRONG_REQUEST_PARAMETERS"),
        ("date_from=2027-01-01", "DATE_FROM_IN_FUTURE"),
        ("date_from=2026-06-10&date_to=2026-06-01", "WRONG_TRANSACTIONS_PERIOD"),
        ("continuation_key=made-up", "WRONG_CONTINUATION_KEY"),
    ],
)
def test_a_wrong_question_for_transactions_is_refused_by_its_own_code(visit, session, question, code):
    answer = call(visit, f"/accounts/{session[1]}/transactions?{question}", headers={"Psu-Ip-Address": IP})

    assert refused(answer) == (422, code)


def test_a_key_to_the_next_page_fits_the_same_question_alone(visit, session):
    present, path = {"Psu-Ip-Address": IP}, f"/accounts/{session[1]}/transactions"
    key = call(visit, f"{path}?date_from=2026-05-01", headers=present).json()["continuation_key"]

    same = call(visit, f"{path}?date_from=2026-05-01&continuation_key={key}", headers=present)
    other = call(visit, f"{path}?date_from=2026-05-02&continuation_key={key}", headers=present)

    assert same.status_code == 200
    assert refused(other) == (422, "WRONG_REQUEST_PARAMETERS")


def test_some_headers_of_the_person_without_the_needed_one_are_worse_than_none(visit, session):
    path = f"/accounts/{session[1]}/balances"

    some = call(visit, path, headers={"Psu-User-Agent": "x"})
    none = call(visit, path)

    assert (refused(some), none.status_code) == ((422, "PSU_HEADER_NOT_PROVIDED"), 200)


def test_an_unknown_account_and_an_unknown_session_are_refused(visit, session):
    assert refused(call(visit, "/accounts/unknown/balances")) == (404, "ACCOUNT_DOES_NOT_EXIST")
    assert refused(call(visit, "/sessions/unknown")) == (404, "SESSION_DOES_NOT_EXIST")


def test_only_booked_or_only_pending_entries_are_given_when_asked(visit, session):
    present, path = {"Psu-Ip-Address": IP}, f"/accounts/{session[1]}/transactions"

    def statuses(asked):
        said = call(visit, f"{path}?transaction_status={asked}", headers=present).json()
        return {each["status"] for each in said["transactions"]}

    assert (statuses("PDNG"), statuses("BOOK")) == ({"PDNG"}, {"BOOK"})


def test_the_key_of_an_application_is_in_no_text_about_it():
    assert "PRIVATE" not in repr(STRANGER)
