"""What we ask the bank on behalf of a person: bound to us, to this person and to this bank."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from starlette.responses import JSONResponse

from authorisation_server import CALLBACK, CLIENT, Script, rsa_key, visiting
from psd2_affordability.connect.oauth.authorise import challenge
from psd2_affordability.core.errors import BankAnswerBroken, BankRefused

NOT_PUSHED = {"pushed_authorization_request_endpoint", "require_pushed_authorization_requests"}


def without(*names):
    return lambda document: {name: value for name, value in document.items() if name not in names}


def query(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_the_challenge_is_that_of_rfc_7636_appendix_b():
    assert challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == (
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_a_request_is_left_at_the_bank_and_the_url_shows_its_number_alone():
    with visiting() as visit:
        request = visit.begin()
        (pushed,) = visit.server.forms("/par")

    assert query(request.url) == {
        "client_id": CLIENT,
        "request_uri": "urn:ietf:params:oauth:request_uri:request-1",
    }
    assert pushed["redirect_uri"] == CALLBACK
    assert pushed["code_challenge_method"] == "S256"
    assert pushed["code_challenge"] == challenge(request.kept["code_verifier"])
    assert pushed["nonce"] == request.kept["nonce"]
    assert "code_verifier" not in pushed


def test_nothing_of_a_request_can_be_guessed_from_another():
    with visiting() as visit:
        first, second = visit.begin().kept, visit.begin().kept

    for name in ("state", "nonce", "code_verifier"):
        assert re.fullmatch(r"[A-Za-z0-9]{43}", first[name])
        assert first[name] != second[name]


def test_a_bank_without_pushed_requests_gets_it_in_the_url():
    with visiting(Script(describe=without(*NOT_PUSHED)), scope="accounts") as visit:
        request = visit.begin(more={"bank": "NLAA01"}, state="mine")
        asked = query(request.url)

        assert visit.server.forms("/par") == []
    assert asked["bank"] == "NLAA01"
    assert asked["state"] == request.kept["state"] == "mine"
    assert asked["scope"] == "accounts"
    assert "nonce" not in asked


def test_what_a_bank_wants_besides_cannot_replace_what_makes_it_safe():
    with visiting(Script(describe=without(*NOT_PUSHED))) as visit:
        asked = query(visit.begin(more={"state": "x", "code_challenge_method": "plain"}).url)

    assert asked["code_challenge_method"] == "S256"
    assert asked["state"] != "x"


def test_the_query_that_a_banks_page_already_has_is_kept():
    def with_query(document):
        return without(*NOT_PUSHED)(
            document | {"authorization_endpoint": f"{document['issuer']}/authorise?brand=asn"}
        )

    with visiting(Script(describe=with_query)) as visit:
        asked = query(visit.begin().url)

    assert asked["brand"] == "asn"
    assert asked["client_id"] == CLIENT


def test_a_signed_request_holds_all_that_is_asked():
    with visiting(signs_requests=True) as visit:
        request = visit.begin(intent_id="intent-1")
        (pushed,) = visit.server.forms("/par")
        assert visit.come_back(request)["code"]

    token = jwt.decode(pushed["request"], rsa_key("ours"), algorithms=["PS256"])
    claims = token.claims
    assert token.header == {"alg": "PS256", "typ": "oauth-authz-req+jwt", "kid": "ours"}
    assert (claims["iss"], claims["aud"]) == (CLIENT, visit.server.url)
    assert claims["exp"] - claims["nbf"] == 300
    assert claims["state"] == request.kept["state"]
    assert claims["claims"]["id_token"]["openbanking_intent_id"] == {"value": "intent-1", "essential": True}
    assert set(pushed) == {"client_id", "request", "client_assertion", "client_assertion_type"}


def test_a_signed_request_in_the_url_stands_beside_what_openid_wants_in_the_open():
    with visiting(Script(describe=without(*NOT_PUSHED)), signs_requests=True) as visit:
        request = visit.begin()
        asked = query(request.url)

    assert set(asked) == {
        "response_type",
        "client_id",
        "scope",
        "redirect_uri",
        "state",
        "nonce",
        "request",
    }


def test_an_unsigned_request_names_the_consent_too():
    with visiting() as visit:
        visit.begin(intent_id="intent-1")
        (pushed,) = visit.server.forms("/par")

    assert json.loads(pushed["claims"])["id_token"]["openbanking_intent_id"]["value"] == "intent-1"


@pytest.mark.parametrize("number", [None, "", 7])
def test_a_bank_that_takes_a_request_and_gives_no_number_is_not_gone_to(number):
    with visiting() as visit:
        visit.server.script.refuse = lambda _: JSONResponse({"request_uri": number}, 201)

        with pytest.raises(BankAnswerBroken, match="gives no number"):
            visit.begin()


def test_a_request_that_the_bank_does_not_take_is_told_in_our_words():
    with visiting() as visit:
        told = {"error": "invalid_request", "error_description": "Jan"}
        visit.server.script.refuse = lambda _: JSONResponse(told, 400)

        with pytest.raises(BankRefused, match=r"^bank pushed request: the bank refused \(invalid_request\)"):
            visit.begin()
