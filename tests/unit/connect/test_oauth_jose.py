"""Signed tokens from outside: whatever comes in, a typed error comes out."""

import json

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws, jwt
from joserfc.jwk import KeySet, import_key

from authorisation_server import b64, by, our_signer, rsa_key
from psd2_affordability.connect.oauth.jose import audiences, opened, public_keys, same, signed
from psd2_affordability.core.errors import BankAnswerBroken

KEYS = public_keys(KeySet([rsa_key("bank")]).as_dict(private=False), where="keys")
GOOD = by("PS256", rsa_key("bank"))({"sub": "p"})
HEAD, BODY, SIGNATURE = GOOD.split(".")


def token(head, body=b"{}"):
    return f"{b64(head)}.{b64(body)}.{SIGNATURE}"


HOSTILE = {
    "nothing": "",
    "points": "..",
    "one-part": "abc",
    "four-parts": GOOD + ".x",
    "no-base64": f"!.{BODY}.{SIGNATURE}",
    "not-ascii": f"é.{BODY}.{SIGNATURE}",
    "half-a-sign": "\ud800.a.b",
    "head-list": token(b"[]"),
    "head-number": token(b"7"),
    "head-null": token(b"null"),
    "head-deep": token(b"[" * 50_000),
    "no-alg": token(b"{}"),
    "alg-list": token(b'{"alg":["PS256"]}'),
    "unknown-crit": token(b'{"alg":"PS256","crit":["x"],"x":1}'),
    "kid-list": token(b'{"alg":"PS256","kid":["bank"]}'),
    "kid-of-another": token(b'{"alg":"PS256","kid":"stranger"}'),
    "detached": f"{HEAD}..{SIGNATURE}",
    "unsigned": f"{HEAD}.{BODY}.",
    "body-changed": f"{HEAD}.{b64(b'{}')}.{SIGNATURE}",
}


def test_a_token_of_the_bank_is_read():
    assert opened(GOOD, KEYS, "PS256", where="bank") == {"sub": "p"}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_token_is_refused(text):
    with pytest.raises(BankAnswerBroken):
        opened(text, KEYS, "PS256", where="bank")


def with_sign(place, sign):
    """The bank's token with one sign in it changed."""
    return GOOD[:place] + sign + GOOD[place + 1 :]


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=40)
    | st.builds(lambda i, c: GOOD[:i] + c + GOOD[i + 1 :], st.integers(0, 80), st.characters())
)
def test_no_text_but_the_banks_own_is_read(text):
    if text != GOOD:
        with pytest.raises(BankAnswerBroken):
            opened(text, KEYS, "PS256", where="bank")


@pytest.mark.parametrize(
    "body", [b"[]", b"7", b'{"sub":"a","sub":"b"}', b'{"exp":NaN}', b"\xff", b""], ids=repr
)
def test_claims_that_may_mean_two_things_are_refused_even_when_the_bank_signed_them(body):
    text = jws.serialize_compact({"alg": "PS256"}, body, rsa_key("bank"), algorithms=["PS256"])

    with pytest.raises(BankAnswerBroken):
        opened(text, KEYS, "PS256", where="bank")


@pytest.mark.parametrize("algorithm", ["none", "HS256", "", "ps256"])
def test_an_agreement_that_is_not_safe_reads_nothing(algorithm):
    with pytest.raises(BankAnswerBroken, match="not signed by"):
        opened(GOOD, KEYS, algorithm, where="bank")


@pytest.mark.parametrize("algorithm", ["PS256", "RS256", "ES256"])
def test_what_we_sign_others_can_read(algorithm):
    signer = our_signer(algorithm)
    text = signed({"sub": "us"}, signer, typ="x")
    key = KeySet.import_key_set({"keys": [_public(signer)]})

    read = jwt.decode(text, key, algorithms=[algorithm])

    assert read.claims == {"sub": "us"}
    assert read.header == {"alg": algorithm, "typ": "x", "kid": "ours"}


def _public(signer):
    pem = signer.key.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return import_key(pem, "EC" if signer.algorithm == "ES256" else "RSA").as_dict(private=False) | {
        "kid": "ours"
    }


@pytest.mark.parametrize(
    ("claims", "named"),
    [
        ({"aud": "a"}, ("a",)),
        ({"aud": ["a", "b"]}, ("a", "b")),
        ({}, ()),
        ({"aud": None}, ()),
        ({"aud": {"a": 1}}, ()),
        ({"aud": ["a", None]}, ()),
    ],
    ids=json.dumps,
)
def test_for_whom_a_token_is(claims, named):
    assert audiences(claims) == named


def test_texts_are_compared_whole():
    assert same("a", "a")
    assert not same("a", "aa")
    assert not same(None, "")
    assert not same(["a"], "a")
    assert not same("\ud800", "a")
