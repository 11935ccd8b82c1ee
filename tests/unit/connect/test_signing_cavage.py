"""Draft signatures as the Dutch banks use them, checked by a verifier written from the draft alone."""

import re
from base64 import b64decode
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_public_key
from cryptography.x509 import load_der_x509_certificate

from certificate_material import qsealc, qwac
from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.connect.signing import OutgoingMessage, SignatureRule, signer_for
from psd2_affordability.connect.signing.cavage import CavageSigner
from psd2_affordability.connect.signing.common import Proof
from psd2_affordability.core.errors import ConnectorFileError, CredentialsError, UsageError
from signature_material import cavage_parts, verify_cavage

AT = datetime(2026, 7, 1, 10, 0, 0, tzinfo=UTC)
REQUEST_ID = "99391c7e-ad88-49ec-a2ad-99ddcb1f7721"
GET = OutgoingMessage(
    "GET", "https://api.bank.example/ais/v1/accounts?withBalance=true", {"X-Request-ID": REQUEST_ID}
)
POST = OutgoingMessage(
    "POST",
    "https://api.bank.example/v1/consents",
    {"X-Request-ID": REQUEST_ID},
    b'{"recurringIndicator":true}',
)
# How each bank wants it: the published pages of the banks name these lists.
RABOBANK = SignatureRule(
    "cavage", algorithm="rsa-sha512", digest="SHA-512", headers=("date", "digest", "x-request-id")
)
ING = SignatureRule(
    "cavage",
    headers=("(request-target)", "date", "digest", "x-ing-reqid"),
    certificate_header=False,
    request_id_header="X-ING-ReqID",
)
TRIODOS = SignatureRule("cavage", headers=("(request-target)", "digest", "x-request-id"))
KNAB = SignatureRule("cavage", headers=("digest", "x-request-id"))


def signed(rule, message=GET, **more):
    key = key_from_pem(qsealc().key_pem, where="seal")
    added = signer_for(rule, key, qsealc().pem, clock=lambda: AT, **more).headers(message)
    return dict(message.headers) | dict(added)


def verify(message, headers, public_key):
    target = message.url.split("bank.example", 1)[1]
    verify_cavage(message.method, target, headers, message.body, public_key)


@pytest.mark.parametrize("rule", [RABOBANK, ING, TRIODOS, KNAB], ids=["Rabobank", "ING", "Triodos", "Knab"])
@pytest.mark.parametrize("message", [GET, POST], ids=["GET", "POST"])
def test_a_bank_can_verify_what_we_signed_from_the_headers_alone(rule, message):
    headers = signed(rule, message, key_id="our-client-id")

    verify(message, headers, qsealc().certificate.public_key())
    assert cavage_parts(headers)["headers"] == " ".join(rule.headers)


def test_a_changed_body_target_or_number_is_no_longer_what_we_signed():
    headers = signed(TRIODOS, POST)
    public = qsealc().certificate.public_key()
    other_body = OutgoingMessage("POST", POST.url, {}, b'{"recurringIndicator":false}')
    other_target = OutgoingMessage("POST", POST.url + "?all", {}, POST.body)

    with pytest.raises(AssertionError):
        verify(other_body, headers, public)
    with pytest.raises(InvalidSignature):
        verify(other_target, headers, public)
    with pytest.raises(InvalidSignature):
        verify(POST, headers | {"X-Request-ID": "another"}, public)


def test_a_message_without_a_body_carries_the_digest_of_nothing():
    assert signed(KNAB)["Digest"] == "SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    assert signed(RABOBANK)["Digest"].startswith("SHA-512=z4PhNX7vuL3x")


def test_the_date_is_added_in_greenwich_time_only_where_it_is_signed():
    assert signed(RABOBANK)["Date"] == "Wed, 01 Jul 2026 10:00:00 GMT"
    assert "Date" not in signed(TRIODOS)


def test_a_date_that_is_sent_already_is_the_one_that_is_signed():
    dated = OutgoingMessage("GET", GET.url, dict(GET.headers) | {"Date": "Wed, 01 Jul 2026 09:59:59 GMT"})

    headers = signed(RABOBANK, dated)

    assert headers["Date"] == "Wed, 01 Jul 2026 09:59:59 GMT"
    verify(dated, headers, qsealc().certificate.public_key())


def test_the_certificate_travels_as_one_line_of_base64():
    value = signed(RABOBANK)["TPP-Signature-Certificate"]

    assert load_der_x509_certificate(b64decode(value, validate=True)) == qsealc().certificate
    assert value == b"".join(qsealc().certificate.public_bytes(Encoding.PEM).splitlines()[1:-1]).decode()
    assert "TPP-Signature-Certificate" not in signed(ING)


def test_the_key_is_named_by_number_and_issuer_of_its_certificate():
    serial = f"{qsealc().certificate.serial_number:X}"

    named = cavage_parts(signed(KNAB))["keyId"]

    assert named == f"SN={serial},CA=CN=TEST%20ONLY%20Root,O=TEST%20ONLY%20Trust,C=NL"


def test_a_bank_with_key_ids_of_its_own_gets_that():
    own = SignatureRule("cavage", headers=("digest", "x-request-id"), key_id="plain")

    assert cavage_parts(signed(own, key_id="e77d776b-90af-4684"))["keyId"] == "e77d776b-90af-4684"
    for wrong in ("", 'two" parts', "line\nbreak"):
        with pytest.raises(UsageError, match="key id"):
            signed(own, key_id=wrong)


def test_the_number_of_the_request_goes_by_the_name_that_the_bank_gives_it():
    assert signed(ING)["X-ING-ReqID"] == REQUEST_ID


def test_the_persons_number_is_signed_when_it_is_sent_and_left_out_when_not():
    rule = SignatureRule("cavage", headers=("digest", "x-request-id", "psu-id"))
    with_person = OutgoingMessage("GET", GET.url, dict(GET.headers) | {"PSU-ID": "jan"})

    assert cavage_parts(signed(rule, with_person))["headers"] == "digest x-request-id psu-id"
    assert cavage_parts(signed(rule))["headers"] == "digest x-request-id"


def test_a_header_that_must_be_signed_and_is_missing_is_our_error_not_a_silent_gap():
    rule = SignatureRule("cavage", headers=("digest", "x-request-id", "consent-id"))

    with pytest.raises(UsageError, match="'consent-id' signed"):
        signed(rule)


def test_a_bank_that_wants_no_signatures_gets_no_signer():
    key = key_from_pem(qsealc().key_pem, where="seal")

    assert signer_for(SignatureRule(), key, b"", clock=lambda: AT) is None


def test_a_key_and_a_certificate_that_do_not_belong_together_are_refused_before_anything_is_sent():
    other = key_from_pem(qwac().key_pem, where="seal")

    with pytest.raises(CredentialsError, match="belongs to another key"):
        signer_for(KNAB, other, qsealc().pem, clock=lambda: AT)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"scheme": "jws"}, "'jws' is no scheme"),
        ({"digest": "MD5"}, "'MD5' is no digest"),
        ({"algorithm": "rsa-sha1"}, "'rsa-sha1' is no algorithm"),
        ({"algorithm": "ecdsa-p256-sha256"}, "is no algorithm"),
        ({"key_id": "name"}, "'name' is no key_id"),
        ({"headers": ("date", "x-request-id")}, "leaves the body out"),
        ({"headers": ("digest", "digest")}, "one twice"),
        ({"headers": ("Digest",)}, "in capitals"),
    ],
)
def test_a_banks_file_with_a_rule_that_cannot_be_is_refused(given, says):
    with pytest.raises(ConnectorFileError, match=re.escape(says)):
        SignatureRule(**{"scheme": "cavage", "headers": ("digest",)} | given)


# The draft's own examples (draft-cavage-http-signatures-12, appendix C): its public key and signatures.
DRAFT_KEY = """-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----
"""
DRAFT_MESSAGE = OutgoingMessage(
    "POST",
    "https://example.com/foo?param=value&pet=dog",
    {
        "Host": "example.com",
        "Date": "Sun, 05 Jan 2014 21:31:40 GMT",
        "Content-Type": "application/json",
        "Content-Length": "18",
    },
    b'{"hello": "world"}',
)
ALL_HEADERS = ("(request-target)", "host", "date", "content-type", "digest", "content-length")
DRAFT_SIGNATURE = (
    "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V0"
    "1IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE="
)


class NotedKey:
    """A key that notes what it is asked to sign."""

    public_key = None
    noted = b""

    def sign(self, data, algorithm):
        self.noted = data
        return b"noted"


def test_what_we_sign_is_what_the_drafts_own_signature_of_all_headers_is_over():
    key = NotedKey()
    rule = SignatureRule("cavage", headers=ALL_HEADERS, certificate_header=False)

    headers = CavageSigner(Proof(rule, "Test", "", lambda: AT), key).headers(DRAFT_MESSAGE)

    assert headers["Digest"] == "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="
    public = load_pem_public_key(DRAFT_KEY.encode())
    public.verify(b64decode(DRAFT_SIGNATURE), key.noted, PKCS1v15(), SHA256())
