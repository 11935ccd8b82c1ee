"""The sandbox bank's authorisation server gives nothing to a party that asks wrongly."""

from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import uuid4

import pytest
import requests

from bank_material import CALLBACK, CURRENT, IP
from berlin_group_material import open_berlin
from psd2_affordability.connect.oauth.authorise import challenge
from psd2_affordability.core.errors import BankRefused
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.sandbox.bank import Habits

VERIFIER = "v" * 43


@pytest.fixture(scope="module")
def bank():
    with open_berlin(Habits("oauth")) as journey:
        yield journey


@pytest.fixture(scope="module")
def login_first():
    with open_berlin(Habits("oauth_first")) as journey:
        yield journey


def created(bank, **headers):
    body = {
        "access": {"accounts": [], "balances": [], "transactions": []},
        "recurringIndicator": True,
        "validUntil": "2026-12-01",
        "frequencyPerDay": 4,
        "combinedServiceIndicator": False,
    }
    sent = {"X-Request-ID": str(uuid4()), "PSU-IP-Address": IP, "TPP-Redirect-URI": CALLBACK} | headers
    return requests.post(f"{bank.url}/v1/consents", json=body, headers=sent, timeout=5)


def page(bank, **changes):
    asked = {
        "response_type": "code",
        "client_id": "sandbox-client",
        "redirect_uri": CALLBACK,
        "scope": f"AIS:{created(bank).json()['consentId']}",
        "state": "s-1",
        "code_challenge": challenge(VERIFIER),
        "code_challenge_method": "S256",
    } | changes
    return f"{bank.url}/oauth/authorize?{urlencode(asked)}"


def code(bank, **changes):
    return dict(parse_qsl(urlsplit(approve(page(bank, **changes), "jan", [CURRENT])).query))["code"]


def exchanged(bank, **changes):
    form = {
        "grant_type": "authorization_code",
        "client_id": "sandbox-client",
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
    } | changes
    answer = requests.post(f"{bank.url}/oauth/token", data=form, timeout=5)
    return answer.status_code, answer.json()


def accounts(bank, **headers):
    sent = {"X-Request-ID": str(uuid4()), "PSU-IP-Address": IP} | headers
    answer = requests.get(f"{bank.url}/v1/accounts", headers=sent, timeout=5)
    return answer.status_code, answer.json()["tppMessages"][0]["code"]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"response_type": "token"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"client_id": "another"}, "invalid_request"),
        ({"state": ""}, "invalid_request"),
        ({"scope": "AIS:unknown"}, "invalid_scope"),
        ({"scope": "openid"}, "invalid_scope"),
    ],
)
def test_a_wrong_request_for_approval_reaches_no_person(bank, wrong, refusal):
    answer = requests.get(page(bank, **wrong), timeout=5)

    assert (answer.status_code, answer.json()) == (400, {"error": refusal})


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"redirect_uri": "https://elsewhere.example"}, "invalid_grant"),
        ({"client_id": "another"}, "invalid_client"),
        ({"code": "guessed"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "guessed"}, "invalid_grant"),
    ],
)
def test_a_code_is_worth_nothing_without_all_that_belongs_to_it(bank, wrong, refusal):
    assert exchanged(bank, **{"code": code(bank)} | wrong) == (400, {"error": refusal})


def test_a_code_and_a_refresh_token_are_good_for_one_use(bank):
    once = code(bank)
    _, tokens = exchanged(bank, code=once)
    assert exchanged(bank, code=once)[0] == 400

    renewed = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert exchanged(bank, **renewed)[0] == 200
    assert exchanged(bank, **renewed)[0] == 400


def test_a_token_opens_only_its_own_consent_and_not_for_long(bank):
    first, second = created(bank).json()["consentId"], created(bank).json()["consentId"]
    _, tokens = exchanged(bank, code=code(bank, scope=f"AIS:{first}"))
    bearer = f"Bearer {tokens['access_token']}"

    assert accounts(bank, **{"Consent-ID": first}) == (401, "TOKEN_INVALID")
    assert accounts(bank, **{"Consent-ID": second, "Authorization": bearer}) == (401, "TOKEN_INVALID")
    bank.clock.move(minutes=16)
    assert accounts(bank, **{"Consent-ID": first, "Authorization": bearer}) == (401, "TOKEN_INVALID")


def test_where_a_login_comes_first_a_consent_is_made_only_under_it(login_first):
    assert created(login_first).status_code == 401
    assert created(login_first, Authorization="Bearer guessed").status_code == 401


def test_a_redirect_address_that_is_no_web_address_is_refused_where_the_person_is_to_come_back(bank):
    assert created(bank, **{"TPP-Redirect-URI": "javascript:alert(1)"}).status_code == 400
    assert created(bank, **{"TPP-Redirect-URI": ""}).status_code == 400


def test_nothing_can_be_approved_in_the_app_when_nothing_waits():
    with open_berlin(Habits("decoupled")) as journey:
        assert "There are none" in requests.get(f"{journey.url}/app", timeout=5).text
        with pytest.raises(BankRefused, match="did not take the decision"):
            journey.approve_in_app()
