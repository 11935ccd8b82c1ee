"""ID tokens: the negative cases of the OpenID Foundation's FAPI 2.0 client tests, each by what it breaks."""

import hmac
import json

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from authorisation_server import (
    CLIENT,
    Script,
    b64,
    by,
    half_hash,
    rsa_key,
    unsigned,
    visiting,
)
from psd2_affordability.core.errors import BankAnswerBroken

STRANGER = "https://another.example"


def but(**changed):
    """The honest claims with some changed; None takes one away."""
    return lambda claims: {name: value for name, value in {**claims, **changed}.items() if value is not None}


def later(name, seconds):
    return lambda claims: {**claims, name: claims["iat"] + seconds}


def by_public_key_as_secret(claims):
    """The old trick: a reader that believes `alg` takes the public key for a shared secret."""
    body = ".".join(b64(json.dumps(part).encode()) for part in ({"alg": "HS256", "kid": "bank"}, claims))
    secret = rsa_key("bank").as_pem(private=False)
    return f"{body}.{b64(hmac.digest(secret, body.encode(), 'sha256'))}"


def tokens_when(**broken):
    with visiting(Script(**broken)) as visit:
        return visit.tokens()


def test_an_honest_one_is_accepted():
    assert tokens_when().access == "access-3"


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        pytest.param(but(iss=STRANGER), "from another server", id="invalid-iss"),
        pytest.param(but(iss=None), "from another server", id="missing-iss"),
        pytest.param(but(aud="tpp-999"), "not meant for us", id="invalid-aud"),
        pytest.param(but(aud=None), "not meant for us", id="missing-aud"),
        pytest.param(but(aud=[]), "not meant for us", id="empty-aud"),
        pytest.param(but(aud=[CLIENT, "tpp-999"]), "not for us alone", id="invalid-secondary-aud"),
        pytest.param(but(aud=[CLIENT, "x"], azp="x"), "not for us alone", id="azp-is-another"),
        pytest.param(but(azp="x"), "not for us alone", id="azp-is-another-with-one-aud"),
        pytest.param(but(aud=[CLIENT, 7]), "not meant for us", id="aud-of-wrong-kind"),
        pytest.param(later("exp", -61), "has expired", id="expired-exp"),
        pytest.param(but(exp=None), "no usable 'exp'", id="missing-exp"),
        pytest.param(but(exp="soon"), "no usable 'exp'", id="exp-of-wrong-kind"),
        pytest.param(but(exp=True), "no usable 'exp'", id="exp-is-no-moment"),
        pytest.param(but(iat=None), "no usable 'iat'", id="missing-iat"),
        pytest.param(later("iat", 61), "'iat' that lies ahead", id="iat-too-far-ahead"),
        pytest.param(later("nbf", 61), "'nbf' that lies ahead", id="nbf-too-far-ahead"),
        pytest.param(but(nonce="other"), "does not belong to this request", id="invalid-nonce"),
        pytest.param(but(nonce=None), "does not belong to this request", id="missing-nonce"),
        pytest.param(but(sub=None), "about nobody", id="missing-sub"),
        pytest.param(but(at_hash=half_hash("x")), "at_hash", id="invalid-at-hash"),
        pytest.param(but(c_hash=half_hash("x")), "c_hash", id="invalid-chash"),
        pytest.param(but(s_hash=half_hash("x")), "s_hash", id="invalid-shash"),
    ],
)
def test_one_with_a_wrong_claim_is_refused(claims, why):
    with pytest.raises(BankAnswerBroken, match=why):
        tokens_when(id_claims=claims)


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param(but(aud=[CLIENT]), id="valid-aud-as-array"),
        pytest.param(but(aud=[CLIENT, "x"], azp=CLIENT), id="secondary-aud-with-azp"),
        pytest.param(later("iat", 8), id="iat-8-seconds-ahead"),
        pytest.param(later("nbf", 8), id="nbf-8-seconds-ahead"),
        pytest.param(later("exp", -8), id="exp-8-seconds-ago"),
        pytest.param(lambda claims: {**claims, "exp": claims["exp"] + 0.5}, id="exp-with-a-fraction"),
        pytest.param(but(at_hash=None), id="no-at-hash"),
        pytest.param(
            lambda claims: {**claims, "iat": claims["iat"] - 7 * 86_400}, id="iat-a-week-in-the-past"
        ),
    ],
)
def test_one_that_differs_within_the_rules_is_accepted(claims):
    assert tokens_when(id_claims=claims).access


@pytest.mark.parametrize(
    ("sign", "why"),
    [
        pytest.param(unsigned, "not signed by PS256", id="null-alg"),
        pytest.param(by("RS256", rsa_key("bank")), "not signed by PS256", id="alternate-alg"),
        pytest.param(
            by("ES256", ECKey.generate_key("P-256")), "not signed by PS256", id="alg-of-another-kind"
        ),
        pytest.param(
            by_public_key_as_secret,
            "not signed by PS256",
            id="public-key-as-shared-secret",
        ),
        pytest.param(by("PS256", rsa_key("stranger")), "not the bank's", id="invalid-signature"),
        pytest.param(lambda _: "not.a-token", "not a signed token", id="no-token"),
        pytest.param(lambda _: "", "there is none", id="empty"),
        pytest.param(lambda _: 7, "there is none", id="of-wrong-kind"),
    ],
)
def test_one_that_is_not_signed_as_agreed_is_refused(sign, why):
    with pytest.raises(BankAnswerBroken, match=why):
        tokens_when(id_sign=sign)


def test_one_that_was_asked_for_and_is_not_there_is_missed():
    with pytest.raises(BankAnswerBroken, match="there is none"):
        tokens_when(tokens=lambda body: {name: body[name] for name in body if name != "id_token"})


def test_none_is_expected_when_no_openid_was_asked_for():
    with visiting(scope="accounts") as visit:
        assert visit.tokens().access


def test_one_about_another_consent_is_refused():
    script = Script(id_claims=but(openbanking_intent_id="intent-2"))
    with visiting(script) as visit, pytest.raises(BankAnswerBroken, match="about another consent"):
        visit.tokens(intent_id="intent-1")


def test_one_about_our_consent_is_accepted():
    with visiting() as visit:
        assert visit.tokens(intent_id="intent-1").access


def test_the_key_that_a_token_brings_along_is_not_used():
    stranger = ECKey.generate_key("P-256")

    def with_own_key(claims):
        head = {"alg": "ES256", "jwk": stranger.as_dict(private=False)}
        return jwt.encode(head, claims, stranger, algorithms=["ES256"])

    script = Script(id_sign=with_own_key)
    with (
        visiting(script, answers_signed_by="ES256") as visit,
        pytest.raises(BankAnswerBroken, match="not the bank's"),
    ):
        visit.tokens()
