"""Tokens that are of use only with our client certificate."""

import json

import pytest

from authorisation_server import Script, b64, visiting
from psd2_affordability.connect.oauth.certificate_bound import check_bound, thumbprint
from psd2_affordability.core.errors import BankAnswerBroken

# Certificate and thumbprint as printed in RFC 8705, appendix A.
CERTIFICATE = b"""-----BEGIN CERTIFICATE-----
MIIBBjCBrAIBAjAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARtdGxzMB4XDTE4MTAx
ODEyMzcwOVoXDTIyMDUwMjEyMzcwOVowDzENMAsGA1UEAwwEbXRsczBZMBMGByqG
SM49AgEGCCqGSM49AwEHA0IABNcnyxwqV6hY8QnhxxzFQ03C7HKW9OylMbnQZjjJ
/Au08/coZwxS7LfA4vOLS9WuneIXhbGGWvsDSb0tH6IxLm8wCgYIKoZIzj0EAwID
SQAwRgIhAP0RC1E+vwJD/D1AGHGzuri+hlV/PpQEKTWUVeORWz83AiEA5x2eXZOV
bUlJSGQgjwD5vaUaKlLR50Q2DmFfQj1L+SY=
-----END CERTIFICATE-----
"""
THUMBPRINT = "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0"


def bound_to(value, marker=""):
    """A readable access token that names a certificate."""
    claims = {"sub": f"p{marker}", "cnf": {"x5t#S256": value}}
    return ".".join(b64(part) for part in (b'{"alg":"PS256"}', json.dumps(claims).encode(), b"signature"))


def test_the_thumbprint_is_that_of_rfc_8705_appendix_a():
    assert thumbprint(CERTIFICATE) == THUMBPRINT


def test_a_token_that_is_bound_to_our_certificate_is_taken():
    script = Script(access_token=lambda token: bound_to(THUMBPRINT, token))
    with visiting(script, method="tls_client_auth", certificate=CERTIFICATE) as visit:
        assert visit.tokens().access


def test_a_token_that_is_bound_to_another_certificate_is_found_out_at_once():
    script = Script(access_token=lambda token: bound_to("x" * 43, token))
    with (
        visiting(script, method="tls_client_auth", certificate=CERTIFICATE) as visit,
        pytest.raises(BankAnswerBroken, match="another client certificate than ours"),
    ):
        visit.tokens()


@pytest.mark.parametrize("token", ["opaque", "a.b.c", ".".join([b64(b'{"alg":"PS256"}'), b64(b"[]"), "x"])])
def test_a_token_that_cannot_be_read_is_left_to_the_bank(token):
    check_bound(token, CERTIFICATE, where="bank tokens")


def test_without_a_certificate_of_ours_nothing_is_checked():
    check_bound(bound_to("x"), b"", where="bank tokens")
