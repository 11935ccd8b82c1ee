"""What a bank's refusal means to us."""

import pytest

from psd2_affordability.connect.refusals import refusal
from psd2_affordability.core.errors import (
    BankRefused,
    ConsentNotValid,
    HistoryRefused,
    RateLimited,
    TokenRefused,
)


def refused(status, code="", headers=None, text=""):
    body = {"tppMessages": [{"category": "ERROR", "code": code, "text": text}]} if code else {}
    return refusal(status, body, headers or {}, where="nl.bank accounts")


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "CONSENT_EXPIRED"), (401, "CONSENT_INVALID"), (403, "CONSENT_UNKNOWN"), (400, "CONSENT_UNKNOWN")],
)
def test_every_word_for_a_consent_that_is_gone_means_ask_anew(status, code):
    error = refused(status, code)

    assert isinstance(error, ConsentNotValid)
    assert str(error).startswith("nl.bank accounts: ")
    assert "consent anew" in error.do


@pytest.mark.parametrize(
    ("status", "code", "advice"),
    [
        (401, "CERTIFICATE_EXPIRED", "Check our certificate"),
        (400, "FORMAT_ERROR", "the request itself is not accepted"),
    ],
)
def test_any_other_refusal_keeps_the_banks_code_and_says_what_to_do(status, code, advice):
    error = refused(status, code)

    assert type(error) is BankRefused
    assert f"({status}{' ' + code if code else ''})" in str(error)
    assert advice in error.do


def test_a_refused_token_is_told_apart_since_it_can_be_renewed():
    error = refused(401, "TOKEN_EXPIRED")

    assert isinstance(error, TokenRefused)
    assert "Renew the access token" in error.do


def test_a_period_that_is_too_long_is_told_apart():
    assert isinstance(refused(400, "PERIOD_INVALID"), HistoryRefused)


def test_the_banks_own_words_are_not_repeated():
    assert "Jansen" not in str(refused(400, "FORMAT_ERROR", text="Mr Jansen, account closed"))
    assert "Jansen" not in str(refused(400, "Mr Jansen"))


@pytest.mark.parametrize(
    ("retry_after", "seconds", "says"),
    [
        ("90", 90, "Ask again in 90 seconds"),
        ("3601", 3601, "Ask again in 61 minutes"),
        ("86000", 86000, "Ask again in 24 hours"),
        ("", None, "Ask again after 24 hours at most"),
        ("soon", None, "Ask again after 24 hours at most"),
        ("-5", None, "Ask again after 24 hours at most"),
    ],
)
def test_a_bank_that_wants_no_more_calls_is_asked_again_when_it_says(retry_after, seconds, says):
    error = refused(429, "ACCESS_EXCEEDED", {"Retry-After": retry_after})

    assert isinstance(error, RateLimited)
    assert error.retry_after_s == seconds
    assert error.do.startswith(says)


def test_a_bank_may_say_the_moment_instead_of_the_seconds():
    headers = {"Date": "Wed, 01 Jul 2026 12:00:00 GMT", "Retry-After": "Wed, 01 Jul 2026 13:00:00 GMT"}

    error = refused(429, headers=headers)

    assert isinstance(error, RateLimited)
    assert error.retry_after_s == 3600


@pytest.mark.parametrize(
    "body", [{"tppMessages": "x"}, {"tppMessages": [1, {"code": 5}]}, {"httpCode": "403"}]
)
def test_an_error_of_another_shape_is_still_a_refusal(body):
    assert type(refusal(403, body, {}, where="")) is BankRefused
