"""Signatures of RFC 9421, checked by a library that verifies them and by the standard's own example."""

from base64 import b64decode, b64encode
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.serialization import (
    load_pem_public_key,
)
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import ECDSA_P256_SHA256, RSA_PSS_SHA512, RSA_V1_5_SHA256
from http_message_signatures.exceptions import InvalidSignature

from certificate_material import NOW, authority, qsealc
from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.connect.signing import OutgoingMessage, SignatureRule, signer_for
from psd2_affordability.connect.signing.common import Proof
from psd2_affordability.connect.signing.rfc9421 import Rfc9421Signer
from psd2_affordability.core.errors import ConnectorFileError, CredentialsError, UsageError

COVERED = ("@method", "@target-uri", "content-digest", "x-request-id")
MESSAGE = OutgoingMessage(
    "POST",
    "https://api.bank.example/v1/consents?x=1",
    {"X-Request-ID": "99391c7e-ad88-49ec-a2ad-99ddcb1f7721"},
    b'{"recurringIndicator":true}',
)


def rule(algorithm="rsa-pss-sha512", **more):
    return SignatureRule("rfc9421", algorithm=algorithm, headers=COVERED, **more)


def signed(with_rule, issued=None, message=MESSAGE):
    mine = issued or qsealc()
    signer = signer_for(with_rule, key_from_pem(mine.key_pem, where="seal"), mine.pem, clock=lambda: NOW)
    return dict(message.headers) | dict(signer.headers(message))


def verify(headers, algorithm, public_key, message=MESSAGE):
    class Keys(HTTPSignatureKeyResolver):
        def resolve_public_key(self, key_id):
            return public_key

    request = SimpleNamespace(
        method=message.method, url=message.url, headers=headers, body=message.body, content=message.body
    )
    verifier = HTTPMessageVerifier(signature_algorithm=algorithm, key_resolver=Keys())
    [result] = verifier.verify(request)
    return result


@pytest.mark.parametrize(
    ("algorithm", "by"), [("rsa-sha256", RSA_V1_5_SHA256), ("rsa-pss-sha512", RSA_PSS_SHA512)]
)
def test_the_library_verifies_what_we_sign_with_rsa(algorithm, by):
    result = verify(signed(rule(algorithm)), by, qsealc().certificate.public_key())

    assert [name.strip('"') for name in result.covered_components][:-1] == list(COVERED)
    assert result.parameters["created"] == int(NOW.timestamp())
    assert result.parameters["keyid"].startswith("SN=")


def test_the_library_verifies_what_we_sign_with_ecdsa():
    issued = authority().server()

    verify(signed(rule("ecdsa-p256-sha256"), issued), ECDSA_P256_SHA256, issued.certificate.public_key())


@pytest.mark.parametrize(
    "other", ["https://api.bank.example/v1/consents", "https://other.example/v1/consents?x=1"]
)
def test_a_signature_for_one_address_does_not_hold_for_another(other):
    elsewhere = OutgoingMessage(MESSAGE.method, other, MESSAGE.headers, MESSAGE.body)

    with pytest.raises(InvalidSignature):
        verify(signed(rule()), RSA_PSS_SHA512, qsealc().certificate.public_key(), elsewhere)


@pytest.mark.parametrize(
    ("digest", "of_nothing"),
    [
        ("SHA-256", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"),
        ("SHA-512", "sha-512=:z4PhNX7vuL3x"),
    ],
)
def test_a_message_without_a_body_carries_the_digest_of_nothing(digest, of_nothing):
    empty = OutgoingMessage("GET", MESSAGE.url, MESSAGE.headers)

    assert signed(rule(digest=digest), message=empty)["Content-Digest"].startswith(of_nothing)


def test_a_signature_that_leaves_the_body_out_is_no_rule():
    with pytest.raises(ConnectorFileError, match="Add 'content-digest'"):
        SignatureRule("rfc9421", algorithm="rsa-pss-sha512", headers=("@method", "@target-uri"))


def test_a_key_of_another_kind_than_the_rule_is_refused():
    with pytest.raises(CredentialsError, match="an ECDSA key cannot sign with rsa-pss-sha512"):
        signed(rule(), authority().server())


def test_a_part_that_must_be_signed_and_is_missing_is_our_error():
    missing = OutgoingMessage("GET", MESSAGE.url, {})

    with pytest.raises(UsageError, match="part of the message signed that it lacks"):
        signed(rule(), message=missing)


# The standard's own example: RFC 9421, appendix B.2.3, with the key `test-key-rsa-pss` of B.1.2.
RFC_KEY = """-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----
"""
RFC_MESSAGE = OutgoingMessage(
    "POST",
    "https://example.com/foo?param=Value&Pet=dog",
    {
        "Host": "example.com",
        "Date": "Tue, 20 Apr 2021 02:07:55 GMT",
        "Content-Type": "application/json",
        "Content-Length": "18",
    },
    b'{"hello": "world"}',
)
RFC_COVERED = (
    "date",
    "@method",
    "@path",
    "@query",
    "@authority",
    "content-type",
    "content-digest",
    "content-length",
)
RFC_SIGNATURE = (
    "bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp76"
    "8ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQo"
    "Ld7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX"
    "2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA=="
)


def test_what_we_sign_is_what_the_standards_own_signature_is_over():
    noted = []
    key = SimpleNamespace(sign=lambda data, algorithm: noted.append(data) or b"noted")
    full = SignatureRule("rfc9421", algorithm="rsa-pss-sha512", digest="SHA-512", headers=RFC_COVERED)
    at = datetime.fromtimestamp(1618884473, UTC)

    headers = Rfc9421Signer(Proof(full, "test-key-rsa-pss", "", lambda: at), key).headers(RFC_MESSAGE)

    assert headers["Signature"] == f"sig1=:{b64encode(b'noted').decode()}:"
    assert headers["Signature-Input"].startswith('sig1=("date" "@method" "@path"')
    assert headers["Signature-Input"].endswith(';created=1618884473;keyid="test-key-rsa-pss"')
    public = load_pem_public_key(RFC_KEY.encode())
    public.verify(b64decode(RFC_SIGNATURE), noted[0], PSS(MGF1(SHA512()), 64), SHA512())
