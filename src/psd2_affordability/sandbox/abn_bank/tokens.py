"""Codes and tokens of the own-interface sandbox bank: PKCE, one account for each consent."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from psd2_affordability.connect.oauth.authorise import challenge
from psd2_affordability.sandbox.bank.state import (
    LONGEST_DAYS,
    Clock,
    Consent,
    Refused,
    SandboxBank,
    with_query,
)

ACCESS_LASTS = timedelta(seconds=7200)


@dataclass(frozen=True, slots=True)
class Registration:
    """The one client that the bank knows."""

    client_id: str
    api_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Asked:
    consent_id: str
    redirect_uri: str
    challenge: str


class Tokens:
    """Issues what the bank's customers approve.

    Args:
        bank: whose consents are approved.
        clock: the time at the bank.
    """

    def __init__(self, bank: SandboxBank, clock: Clock) -> None:
        self._bank = bank
        self._clock = clock
        self._codes: dict[str, _Asked] = {}
        self._access: dict[str, tuple[str, datetime]] = {}
        self._refresh: dict[str, str] = {}

    def ask(self, redirect_uri: str, state: str, code_challenge: str) -> Consent:
        """Make a consent that waits for the person; where they go afterwards is written into it."""
        code = token_urlsafe(24)
        consent = self._bank.create(
            self._bank.today() + timedelta(days=LONGEST_DAYS),
            4,
            with_query(redirect_uri, code=code, state=state),
            with_query(redirect_uri, error="access_denied", state=state),
            recurring=True,
        )
        self._codes[code] = _Asked(consent.id, redirect_uri, code_challenge)
        return consent

    def exchanged(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Exchange a code or a refresh token, once; None when it is not good."""
        if form.get("grant_type") == "refresh_token":
            consent_id = self._refresh.pop(form.get("refresh_token", ""), "")
        else:
            consent_id = self._of_code(form)
        try:
            self._bank.usable(consent_id)
        except Refused:
            return None
        access, refresh = token_urlsafe(32), token_urlsafe(32)
        self._access[access] = (consent_id, self._clock() + ACCESS_LASTS)
        self._refresh[refresh] = consent_id
        return {
            "access_token": access,
            "refresh_token": refresh,
            "token_type": "Bearer",
            "expires_in": int(ACCESS_LASTS.total_seconds()),
        }

    def consent(self, token: str) -> tuple[Consent, datetime]:
        """Return the consent that a token opens, and until when.

        Raises:
            Refused: the token or the consent is over.
        """
        consent_id, until = self._access.get(token, ("", self._clock()))
        if self._clock() >= until:
            raise Refused(401, "INVALID_ACCESS_TOKEN", "the token is not valid or expired")
        try:
            return self._bank.usable(consent_id), until
        except Refused:
            raise Refused(401, "INVALID_ACCESS_TOKEN", "the token is not valid or expired") from None

    def _of_code(self, form: dict[str, str]) -> str:
        asked = self._codes.pop(form.get("code", ""), None)
        proven = asked is not None and hmac.compare_digest(
            challenge(form.get("code_verifier", "")), asked.challenge
        )
        if asked is None or not proven or form.get("redirect_uri") != asked.redirect_uri:
            return ""
        return asked.consent_id
