"""Every code that a standard or bank has for a refusal, and what it asks of us."""

import re

import pytest
import yaml

from psd2_affordability.connect.refusal_codes import MEANINGS
from psd2_affordability.connect.refusals import refusal
from psd2_affordability.core.errors import (
    BankDown,
    BankRefused,
    ConsentNotValid,
    HistoryRefused,
    NotOffered,
    RateLimited,
    TokenRefused,
)
from shared_material import specs

BERLIN = {
    400: "FORMAT_ERROR PARAMETER_NOT_CONSISTENT PARAMETER_NOT_SUPPORTED SERVICE_INVALID RESOURCE_UNKNOWN "
    "RESOURCE_EXPIRED RESOURCE_BLOCKED TIMESTAMP_INVALID PERIOD_INVALID SCA_METHOD_UNKNOWN SCA_INVALID "
    "CONSENT_UNKNOWN SESSIONS_NOT_SUPPORTED",
    401: "CERTIFICATE_INVALID CERTIFICATE_EXPIRED CERTIFICATE_BLOCKED CERTIFICATE_REVOKE CERTIFICATE_MISSING "
    "ROLE_INVALID SIGNATURE_INVALID SIGNATURE_MISSING CORPORATE_ID_INVALID PSU_CREDENTIALS_INVALID "
    "CONSENT_INVALID CONSENT_EXPIRED TOKEN_UNKNOWN TOKEN_INVALID TOKEN_EXPIRED",
    403: "CONSENT_UNKNOWN SERVICE_BLOCKED RESOURCE_UNKNOWN RESOURCE_EXPIRED",
    404: "RESOURCE_UNKNOWN",
    405: "SERVICE_INVALID",
    406: "REQUESTED_FORMATS_INVALID",
    409: "STATUS_INVALID",
    429: "ACCESS_EXCEEDED",
}
KINDS = {
    "CONSENT_UNKNOWN": ConsentNotValid,
    "CONSENT_INVALID": ConsentNotValid,
    "CONSENT_EXPIRED": ConsentNotValid,
    "PSU_CREDENTIALS_INVALID": ConsentNotValid,
    "SCA_METHOD_UNKNOWN": ConsentNotValid,
    "SCA_INVALID": ConsentNotValid,
    "PERIOD_INVALID": HistoryRefused,
    "PARAMETER_NOT_SUPPORTED": NotOffered,
    "SERVICE_INVALID": NotOffered,
    "SESSIONS_NOT_SUPPORTED": NotOffered,
    "REQUESTED_FORMATS_INVALID": NotOffered,
    "ACCESS_EXCEEDED": RateLimited,
    "TOKEN_UNKNOWN": TokenRefused,
    "TOKEN_INVALID": TokenRefused,
    "TOKEN_EXPIRED": TokenRefused,
}


def refused(status, body, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return refusal(status, body, named, where="nl.bank accounts")


@pytest.mark.parametrize(
    ("status", "code"), [(status, code) for status, codes in BERLIN.items() for code in codes.split()]
)
def test_every_code_of_the_berlin_group_for_account_information_is_known(status, code):
    error = refused(status, {"tppMessages": [{"category": "ERROR", "code": code, "text": "Jansen"}]})

    assert type(error) is KINDS.get(code, BankRefused)
    assert code in MEANINGS
    assert "Jansen" not in str(error)


@pytest.mark.parametrize(
    ("status", "code", "kind", "advice"),
    [
        (401, "EXPIRED_SESSION", ConsentNotValid, "consent anew"),
        (401, "REVOKED_SESSION", ConsentNotValid, "consent anew"),
        (401, "CLOSED_SESSION", ConsentNotValid, "consent anew"),
        (422, "EXPIRED_AUTHORIZATION_CODE", ConsentNotValid, "consent anew"),
        (403, "ASPSP_PSU_ACTION_REQUIRED", ConsentNotValid, "consent anew"),
        (429, "ASPSP_RATE_LIMIT_EXCEEDED", RateLimited, "24 hours"),
        (400, "ASPSP_ERROR", BankDown, "on the bank's side"),
        (408, "ASPSP_TIMEOUT", BankDown, "on the bank's side"),
        (422, "PSU_HEADER_NOT_PROVIDED", BankRefused, "the request itself"),
        (403, "UNAUTHORIZED_IP", BankRefused, "registration"),
        (400, "WRONG_TRANSACTIONS_PERIOD", HistoryRefused, "shorter period"),
        (404, "ACCOUNT_DOES_NOT_EXIST", BankRefused, "List the accounts anew"),
    ],
)
def test_enable_bankings_codes_are_told_apart(status, code, kind, advice):
    error = refused(status, {"message": "of Jansen", "code": status, "error": code, "detail": "of Jansen"})

    assert type(error) is kind
    assert advice in error.do
    assert "Jansen" not in str(error)


@pytest.mark.samples
def test_every_code_of_enable_banking_for_accounts_is_known():
    if specs() is None:
        pytest.skip("the official descriptions are not on this machine")
    described = yaml.safe_load((specs() / "enablebanking-openapi.yml").read_text(encoding="utf-8"))
    codes = set(described["components"]["schemas"]["ErrorCode"]["enum"])
    of_payments = {code for code in codes if "PAYMENT" in code}

    assert codes - of_payments <= set(MEANINGS)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, "UK.OBIE.Reauthenticate", ConsentNotValid),
        (403, "U028", ConsentNotValid),
        (400, "UK.OBIE.Resource.InvalidConsentStatus", ConsentNotValid),
        (400, "UK.OBIE.Resource.ConsentMismatch", ConsentNotValid),
        (400, "UK.OBIE.Field.InvalidDate", BankRefused),
        (400, "UK.OBIE.Signature.Missing", BankRefused),
        (500, "UK.OBIE.UnexpectedError", BankDown),
        (500, "U000", BankDown),
        (400, "AC17", BankRefused),
    ],
)
def test_uk_open_bankings_codes_are_told_apart(status, code, kind):
    body = {"Id": "1", "Code": "400 BadRequest", "Errors": [{"ErrorCode": code, "Message": "Jansen"}]}

    error = refused(status, body)

    assert type(error) is kind
    assert f"({status} {code})" in str(error)
    assert "Jansen" not in str(error)


def test_the_gateway_of_rabobank_leaves_open_whether_the_consent_ended():
    error = refused(403, {"httpCode": "403", "httpMessage": "Forbidden", "moreInformation": "of Jansen"})

    assert type(error) is BankRefused
    assert "status of the consent" in error.do
    assert "Jansen" not in str(error)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, {"summary": "x", "type": "AccessExpiredError"}, ConsentNotValid),
        (401, {"summary": "End User Agreement (EUA) 7-a has expired", "detail": "90 days"}, ConsentNotValid),
        (409, {"summary": "Account Suspended", "detail": "This account was suspended"}, BankRefused),
        (409, {"summary": "x", "type": "AccountProcessing"}, BankDown),
        (503, {"summary": "x", "type": "ConnectionError"}, BankDown),
        (503, {"summary": "Institution NL_X is not operational"}, BankDown),
        (429, {"summary": "x", "type": "RateLimitError"}, RateLimited),
        (401, {"summary": "Invalid token", "detail": "Token is invalid or expired"}, TokenRefused),
    ],
)
def test_gocardless_is_understood(status, body, kind):
    assert type(refused(status, body | {"status_code": status})) is kind


@pytest.mark.parametrize(
    ("body", "headers", "seconds"),
    [
        (
            {"detail": "The rate limit for this resource is 4/day. Please try again in 85092 seconds"},
            {},
            85092,
        ),
        ({}, {"HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_RESET": "7200"}, 7200),
        (
            {},
            {
                "HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_REMAINING": "2",
                "HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_RESET": "7200",
                "HTTP_X_RATELIMIT_REMAINING": "0",
                "HTTP_X_RATELIMIT_RESET": "60",
            },
            60,
        ),
        ({"detail": "Please try again in 10 seconds"}, {"Retry-After": "20"}, 20),
        ({"detail": "Please try again in a while, Jansen"}, {}, None),
        ({"detail": ["Please try again in 10 seconds"]}, {}, None),
    ],
)
def test_the_wait_is_read_wherever_a_bank_says_it(body, headers, seconds):
    error = refusal(429, body, headers, where="accounts")

    assert isinstance(error, RateLimited)
    assert error.retry_after_s == seconds


@pytest.mark.parametrize(
    ("status", "body", "kind", "advice"),
    [
        (401, {"Error": [{"error_description": "Token Invalid"}]}, TokenRefused, "Renew"),
        (
            400,
            {"Error": [{"error_description": "User credentials are incorrect."}]},
            BankRefused,
            "Check our",
        ),
        (429, {"Error": [{"error_description": "Too many requests."}]}, RateLimited, "Ask again"),
        (400, {"error": "invalid_grant"}, ConsentNotValid, "consent anew"),
        (401, {"error": "invalid_client"}, BankRefused, "registration"),
        (
            400,
            {"error": "invalid_request", "error_description": "Refresh token expired"},
            ConsentNotValid,
            "",
        ),
        (503, {"error": "temporarily_unavailable"}, BankDown, "bank's side"),
        (400, {"error": "unsupported_grant_type"}, BankRefused, "registration"),
        (400, {"category": "ERROR", "code": "CONSENT_EXPIRED", "text": "x"}, ConsentNotValid, "consent anew"),
        (403, {"status": 403, "message": "FORBIDDEN"}, BankRefused, "status of the consent"),
        (
            401,
            {"errors": [{"code": "ERR_2002_002", "category": "INVALID_ACCESS_TOKEN"}]},
            TokenRefused,
            "Renew",
        ),
        (403, {"errors": [{"code": "ERR_3002_003", "category": "INSUFFICIENT_SCOPE"}]}, ConsentNotValid, ""),
        (500, {"errors": [{"code": "MESSAGE_BAI560_0005", "category": "BACKEND_ERROR"}]}, BankDown, "bank's"),
        (405, {}, NotOffered, "leave this out"),
        (501, {}, NotOffered, "leave this out"),
        (502, {}, BankDown, "bank's side"),
        (401, {}, BankRefused, "status of the consent"),
    ],
)
def test_other_shapes_of_refusals_are_understood(status, body, kind, advice):
    error = refused(status, body)

    assert type(error) is kind
    assert advice in error.do


def test_a_token_that_the_header_calls_invalid_is_one_to_renew():
    error = refused(401, {}, WWW_Authenticate='Bearer realm="x", error="invalid_token"')

    assert "Renew the access token" in error.do


def test_what_the_person_must_solve_goes_before_what_we_must():
    codes = ["FORMAT_ERROR", "TOKEN_EXPIRED", "CONSENT_EXPIRED"]

    error = refused(401, {"tppMessages": [{"code": code} for code in codes]})

    assert isinstance(error, ConsentNotValid)


def test_a_closed_bank_that_says_until_when_is_a_wait():
    error = refused(503, {}, Retry_After="600")

    assert isinstance(error, RateLimited)
    assert error.retry_after_s == 600


@pytest.mark.parametrize(
    "odd", [None, 5, "text", [], [None], [[1]], {"code": []}, {"a": {}}, [{"code": 1e9}]]
)
@pytest.mark.parametrize(
    "key", ["tppMessages", "Errors", "errors", "Error", "error", "code", "summary", "detail"]
)
def test_no_shape_of_an_error_makes_the_reading_of_it_fail(key, odd):
    assert type(refused(400, {key: odd})) is BankRefused


@pytest.mark.parametrize(
    "words", ["Jansen", "NL91ABNA0417164300", "jan.jansen@post.example", "Mw. Jansen-Bol"]
)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 429, 500, 503])
def test_nothing_that_names_a_person_comes_through_any_field(words, status):
    body = {
        "tppMessages": [{"code": words, "text": words, "path": words}],
        "Errors": [{"ErrorCode": words, "Message": words}],
        "errors": [{"code": words, "category": words, "message": words}],
        "Error": [{"error_description": words}],
        "error": words,
        "error_description": words,
        "code": words,
        "type": words,
        "summary": words,
        "detail": words,
        "httpMessage": words,
        "moreInformation": words,
    }
    error = refused(status, body, Retry_After=words, WWW_Authenticate=f'Bearer error="{words}"')

    assert not re.search(r"(?i)jansen|NL91", f"{error} {error!r} {error.args}")
