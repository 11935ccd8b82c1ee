"""The UK sandbox bank is as strict as a real one with whoever comes to it."""

import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

from bank_material import CALLBACK, CURRENT
from psd2_affordability.connect.oauth.authorise import challenge
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.sandbox.uk_bank import SandboxClient, sandbox_credentials
from uk_bank_material import open_uk_sandbox, registered

VERIFIER = "v" * 43
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass
class Party:
    """Somebody who speaks to the bank by hand, rightly unless told otherwise."""

    url: str
    now: int

    def signed(self, claims, *, key=None, algorithm="PS256"):
        pem = key or registered().private_key
        return jwt.encode({"alg": algorithm}, claims, RSAKey.import_key(pem), [algorithm])

    def assertion(self, **other):
        ours = registered().client_id
        told = {"iss": ours, "sub": ours, "aud": f"{self.url}/", "jti": f"j-{time.monotonic_ns()}"}
        return told | {"iat": self.now, "exp": self.now + 60} | other

    def token(self, claims=None, *, assertion="", **form):
        usual = {"grant_type": "client_credentials", "scope": "accounts", "client_assertion_type": ASSERTION}
        sent = {"client_assertion": assertion or self.signed(claims or self.assertion())}
        return requests.post(f"{self.url}/token", data=usual | sent | form, timeout=5)

    def bearer(self):
        return {"Authorization": f"Bearer {self.token().json()['access_token']}"}

    def consent(self, **other):
        asked = {
            "Permissions": [
                "ReadAccountsDetail",
                "ReadBalances",
                "ReadTransactionsDetail",
                "ReadTransactionsCredits",
                "ReadTransactionsDebits",
            ],
            "ExpirationDateTime": "2026-10-01T00:00:00Z",
        }
        body = {"Data": asked | other, "Risk": {}}
        return requests.post(
            f"{self.url}/account-access-consents", json=body, headers=self.bearer(), timeout=5
        )

    def request(self, consent_id, **other):
        bound = {"id_token": {"openbanking_intent_id": {"value": consent_id, "essential": True}}}
        told = {
            "iss": registered().client_id,
            "client_id": registered().client_id,
            "aud": f"{self.url}/",
            "response_type": "code",
            "redirect_uri": CALLBACK,
            "scope": "openid accounts",
            "state": "a-state",
            "nonce": "a-nonce",
            "code_challenge": challenge(VERIFIER),
            "code_challenge_method": "S256",
            "claims": bound,
            "nbf": self.now,
            "exp": self.now + 300,
        }
        return {name: value for name, value in (told | other).items() if value is not None}

    def page(self, request):
        query = {"client_id": registered().client_id, "request": request}
        return requests.get(f"{self.url}/authorise", params=query, timeout=5)


@pytest.fixture
def party():
    with open_uk_sandbox() as visit:
        yield Party(visit.url, int(visit.clock.now.timestamp()))


def test_a_signed_assertion_brings_a_token_of_our_own_once(party):
    assertion = party.signed(party.assertion())

    first, again = party.token(assertion=assertion), party.token(assertion=assertion)

    assert (first.status_code, first.json()["token_type"]) == (200, "Bearer")
    assert (again.status_code, again.json()) == (401, {"error": "invalid_client"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "https://another.example/"},
        {"iss": "somebody"},
        {"sub": "somebody"},
        {"jti": ""},
        {"exp": 1},
        {"exp": 2**40},
        {"exp": "tomorrow"},
    ],
)
def test_an_assertion_that_is_not_ours_for_this_bank_and_this_moment_brings_nothing(party, wrong):
    answer = party.token(party.assertion(**wrong))

    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


def test_an_assertion_signed_with_another_key_or_in_another_way_brings_nothing(party):
    stranger = sandbox_credentials().private_key
    head, body, _ = party.signed(party.assertion()).split(".")
    none = urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    for assertion in (
        party.signed(party.assertion(), key=stranger),
        party.signed(party.assertion(), algorithm="RS256"),
        f"{none}.{body}.",
        f"{head}.{body}.",
        "nonsense",
    ):
        assert party.token(assertion=assertion).json() == {"error": "invalid_client"}


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"scope": "payments"}, "invalid_scope"),
        ({"grant_type": "refresh_token", "refresh_token": "guessed"}, "invalid_grant"),
        ({"grant_type": "authorization_code", "code": "guessed"}, "invalid_grant"),
    ],
)
def test_other_grants_than_were_given_bring_nothing(party, form, error):
    assert party.token(**form).json() == {"error": error}


@pytest.mark.parametrize(
    "other",
    [
        {"Permissions": []},
        {"Permissions": ["ReadAccountsDetail", "ReadBalances", "ReadTransactionsDetail"]},
        {"ExpirationDateTime": "2026-10-01"},
        {"ExpirationDateTime": "2026-01-01T00:00:00Z"},
        {"Purpose": "curiosity"},
    ],
)
def test_a_consent_that_the_standard_does_not_have_is_not_created(party, other):
    answer = party.consent(**other)

    assert answer.status_code == 400
    assert answer.json()["Errors"][0]["ErrorCode"] == "NARR"


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "https://another.example/"},
        {"iss": "somebody"},
        {"client_id": "somebody"},
        {"response_type": "code id_token"},
        {"code_challenge_method": "plain"},
        {"code_challenge": None},
        {"nonce": None},
        {"state": None},
        {"redirect_uri": None},
        {"exp": None},
        {"exp": 1},
        {"nbf": 2**40},
        {"claims": None},
        {"claims": {"id_token": {"openbanking_intent_id": {"value": "of-somebody-else"}}}},
    ],
)
def test_a_request_for_approval_with_anything_amiss_shows_no_login_page(party, wrong):
    consent_id = party.consent().json()["Data"]["ConsentId"]

    page = party.page(party.signed(party.request(consent_id, **wrong)))

    assert (page.status_code, page.json()) == (400, {"error": "invalid_request_object"})


def test_a_request_for_approval_that_is_not_signed_by_us_shows_no_login_page(party):
    consent_id = party.consent().json()["Data"]["ConsentId"]
    stranger = sandbox_credentials().private_key

    for request in ("", "nonsense", party.signed(party.request(consent_id), key=stranger)):
        assert party.page(request).status_code == 400


def test_a_code_is_exchanged_once_and_only_with_its_own_verifier_and_address(party):
    def code():
        consent_id = party.consent().json()["Data"]["ConsentId"]
        page = party.page(party.signed(party.request(consent_id))).url
        return approve(page, "jan", [CURRENT]).partition("code=")[2].partition("&")[0]

    def exchanged(one, **other):
        form = {"code": one, "redirect_uri": CALLBACK, "code_verifier": VERIFIER} | other
        return party.token(grant_type="authorization_code", **form)

    right = code()
    assert exchanged(code(), code_verifier="w" * 43).json() == {"error": "invalid_grant"}
    assert exchanged(code(), redirect_uri="https://another.example/").json() == {"error": "invalid_grant"}
    assert set(exchanged(right).json()) >= {"access_token", "refresh_token", "id_token"}
    assert exchanged(right).json() == {"error": "invalid_grant"}


def test_a_code_is_worth_nothing_before_the_person_has_approved(party):
    consent_id = party.consent().json()["Data"]["ConsentId"]
    login = party.page(party.signed(party.request(consent_id)))

    assert login.status_code == 200
    assert "code=" not in login.url + login.text


def test_our_own_token_opens_no_data_and_no_token_opens_nothing(party):
    for headers, status in ((party.bearer(), 403), ({}, 401), ({"Authorization": "Bearer guessed"}, 401)):
        assert requests.get(f"{party.url}/accounts", headers=headers, timeout=5).status_code == status


def test_the_bank_describes_its_authorisation_server_and_publishes_no_private_key(party):
    described = requests.get(f"{party.url}/.well-known/openid-configuration", timeout=5).json()
    keys = requests.get(described["jwks_uri"], timeout=5).json()["keys"]

    assert described["issuer"] == f"{party.url}/"
    assert all(not {"d", "p", "q"} & set(key) for key in keys)


def test_a_client_needs_a_real_public_key_and_its_credentials_do_not_print_their_private_one():
    with pytest.raises(ValueError, match=r".+"):
        SandboxClient("c-1", b"no key")
    assert "PRIVATE" not in repr(registered())
    assert registered().client_id.startswith("test-only-")
