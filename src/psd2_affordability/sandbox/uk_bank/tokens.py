"""What the sandbox bank's authorisation server issues and remembers: codes, tokens and ID tokens."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from secrets import token_urlsafe
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

from psd2_affordability.sandbox.bank.state import Clock, Consent, Refused, SandboxBank, with_query
from psd2_affordability.sandbox.uk_bank.client import ALGORITHM, SandboxClient

ACCESS_LASTS = timedelta(hours=1)
REQUEST_LASTS = timedelta(hours=1)


class OAuthRefused(Exception):
    """The authorisation server refuses, with a code of OAuth 2."""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for authorisation that was found in order, and waits for its code to be used."""

    consent_id: str
    redirect_uri: str
    challenge: str
    nonce: str
    state: str


@dataclass(frozen=True, slots=True)
class _Token:
    consent_id: str
    until: datetime


@cache
def bank_key() -> RSAKey:
    """Return the key that the bank signs with; a new one in every process."""
    return RSAKey.generate_key(2048, {"kid": "sandbox-bank", "use": "sig", "alg": ALGORITHM})


class AuthorisationServer:
    """Checks one client, and issues what its customers approve.

    Args:
        client: the only one that it knows.
        bank: whose consents are approved.
        clock: the time at the bank.
    """

    def __init__(self, client: SandboxClient, bank: SandboxBank, clock: Clock) -> None:
        self._client = client
        self._bank = bank
        self._clock = clock
        self._codes: dict[str, Asked] = {}
        self._access: dict[str, _Token] = {}
        self._refresh: dict[str, str] = {}
        self._assertions: set[str] = set()

    def check_client(self, form: dict[str, str], issuer: str) -> None:
        """Check the signed assertion of a client: its own, for us, fresh, and used once."""
        claims = self._client.claims(form.get("client_assertion", "")) or {}
        ours = {"iss": self._client.client_id, "sub": self._client.client_id, "aud": issuer}
        number = str(claims.get("jti", ""))
        right = all(claims.get(name) == value for name, value in ours.items()) and self._in_time(claims)
        if not right or not number or number in self._assertions:
            raise OAuthRefused("invalid_client", 401)
        self._assertions.add(number)

    def ask(self, query: dict[str, str], issuer: str) -> Consent:
        """Take a signed request for authorisation, and return the consent that it is to approve.

        Where the person goes afterwards is written into the consent: with a code, or with a refusal.
        """
        claims = self._client.claims(query.get("request", "")) or {}
        ours = {"iss": self._client.client_id, "client_id": self._client.client_id, "aud": issuer}
        wanted = {"response_type": "code", "code_challenge_method": "S256"}
        if any(claims.get(name) != value for name, value in (ours | wanted).items()):
            raise OAuthRefused("invalid_request_object")
        if query.get("client_id") != self._client.client_id or not self._in_time(claims):
            raise OAuthRefused("invalid_request_object")
        if set(str(claims.get("scope", "")).split()) != {"openid", "accounts"}:
            raise OAuthRefused("invalid_scope")
        said = {name: claims.get(name) for name in ("redirect_uri", "code_challenge", "nonce", "state")}
        if not all(isinstance(value, str) and value for value in said.values()):
            raise OAuthRefused("invalid_request_object")
        consent = self._consent(claims)
        code = token_urlsafe(24)
        asked = Asked(
            consent.id, claims["redirect_uri"], claims["code_challenge"], claims["nonce"], claims["state"]
        )
        self._codes[code] = asked
        consent.redirect_uri = with_query(asked.redirect_uri, code=code, state=asked.state, iss=issuer)
        consent.nok_redirect_uri = with_query(
            asked.redirect_uri, error="access_denied", state=asked.state, iss=issuer
        )
        return consent

    def own_token(self) -> dict[str, Any]:
        """Issue a token to the client itself; it opens consents and no data."""
        return self._issued("")

    def tokens_for_code(self, form: dict[str, str], issuer: str) -> dict[str, Any]:
        """Exchange a code, once, for tokens and the bank's signed word on whose approval it is."""
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or form.get("redirect_uri") != asked.redirect_uri:
            raise OAuthRefused("invalid_grant")
        if not hmac.compare_digest(_hashed(form.get("code_verifier", "")), asked.challenge):
            raise OAuthRefused("invalid_grant")
        answer = self._tokens(asked.consent_id)
        return answer | {"id_token": self._id_token(asked, issuer, str(answer["access_token"]))}

    def renewed(self, form: dict[str, str]) -> dict[str, Any]:
        """Exchange a refresh token, once, for new tokens."""
        consent_id = self._refresh.pop(form.get("refresh_token", ""), "")
        if not consent_id:
            raise OAuthRefused("invalid_grant")
        return self._tokens(consent_id)

    def consent_behind(self, token: str) -> str:
        """Return the number of the consent that a token opens; empty for the client's own.

        Raises:
            Refused: no such token, or its time is over.
        """
        held = self._access.get(token)
        if held is None or held.until <= self._clock():
            raise Refused(401, "TOKEN_INVALID", "the access token is not valid")
        return held.consent_id

    def _tokens(self, consent_id: str) -> dict[str, Any]:
        try:
            self._bank.usable(consent_id)
        except Refused:
            raise OAuthRefused("invalid_grant") from None
        refresh = token_urlsafe(32)
        self._refresh[refresh] = consent_id
        return self._issued(consent_id) | {"refresh_token": refresh}

    def _issued(self, consent_id: str) -> dict[str, Any]:
        access = token_urlsafe(32)
        self._access[access] = _Token(consent_id, self._clock() + ACCESS_LASTS)
        return {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": int(ACCESS_LASTS.total_seconds()),
        }

    def _consent(self, claims: dict[str, Any]) -> Consent:
        """Return the consent that a request names, if it still waits."""
        try:
            consent = self._bank.consent(claims["claims"]["id_token"]["openbanking_intent_id"]["value"])
        except (KeyError, TypeError, Refused):
            raise OAuthRefused("invalid_request_object") from None
        if consent.status != "received":
            raise OAuthRefused("invalid_request_object")
        return consent

    def _id_token(self, asked: Asked, issuer: str, access: str) -> str:
        now = int(self._clock().timestamp())
        claims = {
            "iss": issuer,
            "sub": asked.consent_id,
            "aud": self._client.client_id,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.nonce,
            "openbanking_intent_id": asked.consent_id,
            "at_hash": _half_hashed(access),
            "s_hash": _half_hashed(asked.state),
        }
        key = bank_key()
        return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, [ALGORITHM])

    def _in_time(self, claims: dict[str, Any]) -> bool:
        """Check that what the client signed is neither old nor meant to last."""
        now, end, start = int(self._clock().timestamp()), claims.get("exp"), claims.get("nbf", 0)
        if type(end) is not int or type(start) is not int:
            return False
        return start <= now + 60 and now < end <= now + int(REQUEST_LASTS.total_seconds())


def _hashed(text: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def _half_hashed(text: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:16]).rstrip(b"=").decode()
