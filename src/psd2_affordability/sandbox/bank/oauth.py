"""The sandbox bank's authorisation server: codes for a consent or for a login, tokens that open data."""

import hashlib
import hmac
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from psd2_affordability.sandbox.bank.habits import Habits
from psd2_affordability.sandbox.bank.login import home_of, login_page
from psd2_affordability.sandbox.bank.state import Clock, Consent, Refused, SandboxBank, with_query

ACCESS_LASTS = timedelta(minutes=15)
METADATA = "/.well-known/openid-configuration"

oauth_pages = APIRouter()


class OAuthRefused(Exception):
    """The authorisation server refuses, with a code of OAuth 2."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, slots=True)
class _Asked:
    consent_id: str
    redirect_uri: str
    challenge: str


@dataclass(slots=True)
class _Token:
    """What a token opens: a consent; a login opens those that are created under it."""

    consents: set[str]
    until: datetime


class AuthorisationServer:
    """Issues what the bank's customers approve, to one client.

    Args:
        habits: whom it knows, and whether it stands before the consent.
        bank: whose consents are approved.
        clock: the time at the bank.
    """

    def __init__(self, habits: Habits, bank: SandboxBank, clock: Clock) -> None:
        self._habits = habits
        self._bank = bank
        self._clock = clock
        self._codes: dict[str, _Asked] = {}
        self._access: dict[str, _Token] = {}
        self._refresh: dict[str, set[str]] = {}

    def ask(self, query: dict[str, str], issuer: str) -> Consent:
        """Take a request for authorisation and return what the person is to approve."""
        said = [query.get(name, "") for name in ("redirect_uri", "code_challenge", "state")]
        wanted = {
            "response_type": "code",
            "code_challenge_method": "S256",
            "client_id": self._habits.client_id,
        }
        if not all(said) or any(query.get(name) != value for name, value in wanted.items()):
            raise OAuthRefused("invalid_request")
        consent = self._approved_by(query.get("scope", ""))
        redirect_uri, challenge, state = said
        code = token_urlsafe(24)
        self._codes[code] = _Asked(consent.id, redirect_uri, challenge)
        consent.redirect_uri = with_query(redirect_uri, code=code, state=state, iss=issuer)
        consent.nok_redirect_uri = with_query(redirect_uri, error="access_denied", state=state, iss=issuer)
        return consent

    def tokens(self, form: dict[str, str], authorization: str = "") -> dict[str, Any]:
        """Exchange a code or a refresh token, each once, for new tokens."""
        if self._habits.client_id not in (form.get("client_id"), _client_of(authorization)):
            raise OAuthRefused("invalid_client")
        if form.get("grant_type") == "authorization_code":
            return self._issued(self._for_code(form))
        if form.get("grant_type") == "refresh_token":
            consents = self._refresh.pop(form.get("refresh_token", ""), None)
            if consents is None:
                raise OAuthRefused("invalid_grant")
            return self._issued(consents)
        raise OAuthRefused("unsupported_grant_type")

    def check(self, authorization: str, consent_id: str) -> None:
        """Insist on a token that opens this consent.

        Raises:
            Refused: it is unknown, over, or of another consent.
        """
        if consent_id not in self._held(authorization).consents:
            raise Refused(401, "TOKEN_INVALID", "the access token is not for this consent")

    def adopt(self, authorization: str, consent_id: str) -> None:
        """Let the login behind a token open a consent that was created under it."""
        self._held(authorization).consents.add(consent_id)

    def _held(self, authorization: str) -> _Token:
        scheme, _, token = authorization.partition(" ")
        held = self._access.get(token)
        if scheme != "Bearer" or held is None or held.until <= self._clock():
            raise Refused(401, "TOKEN_INVALID", "the access token is not valid")
        return held

    def _approved_by(self, scope: str) -> Consent:
        """Return the consent that a scope names, or a login to be approved in its place."""
        if self._habits.approach == "oauth_first":
            return self._bank.create(self._bank.today(), 1, "", "", recurring=True)
        asked = scope.partition("AIS:")[2].split()
        try:
            consent = self._bank.consent(asked[0] if asked else "")
        except Refused:
            raise OAuthRefused("invalid_scope") from None
        if consent.status != "received":
            raise OAuthRefused("invalid_scope")
        return consent

    def _for_code(self, form: dict[str, str]) -> set[str]:
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or form.get("redirect_uri") != asked.redirect_uri:
            raise OAuthRefused("invalid_grant")
        if not hmac.compare_digest(_hashed(form.get("code_verifier", "")), asked.challenge):
            raise OAuthRefused("invalid_grant")
        if self._bank.consent(asked.consent_id).status != "valid":
            raise OAuthRefused("invalid_grant")
        return {asked.consent_id}

    def _issued(self, consents: set[str]) -> dict[str, Any]:
        access, refresh = token_urlsafe(32), token_urlsafe(32)
        self._access[access] = _Token(consents, self._clock() + ACCESS_LASTS)
        self._refresh[refresh] = consents
        return {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": int(ACCESS_LASTS.total_seconds()),
            "refresh_token": refresh,
        }


def issuer_of(request: Request) -> str:
    """Return the name of the authorisation server: the address of the bank."""
    return home_of(request)


@oauth_pages.get(METADATA)
async def describe(request: Request) -> Response:
    """Describe the authorisation server."""
    issuer = issuer_of(request)
    return JSONResponse(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/oauth/authorize",
            "token_endpoint": f"{issuer}/oauth/token",
            "authorization_response_iss_parameter_supported": True,
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none", "client_secret_basic"],
        }
    )


@oauth_pages.get("/oauth/authorize")
async def authorise(request: Request) -> Response:
    """Take the person over from the party that asks, to the login page."""
    server: AuthorisationServer = request.app.state.oauth
    return RedirectResponse(
        login_page(request, server.ask(dict(request.query_params), issuer_of(request))), 302
    )


@oauth_pages.post("/oauth/token")
async def token(request: Request) -> Response:
    """Exchange a code or a refresh token for tokens."""
    server: AuthorisationServer = request.app.state.oauth
    form = dict(parse_qsl((await request.body()).decode(errors="replace")))
    return JSONResponse(
        server.tokens(form, request.headers.get("Authorization", "")), headers={"Cache-Control": "no-store"}
    )


async def oauth_error(_request: Request, raised: Exception) -> Response:
    """Answer a refusal in the words of OAuth."""
    code = raised.error if isinstance(raised, OAuthRefused) else "server_error"
    return JSONResponse({"error": code}, 400)


def _client_of(authorization: str) -> str:
    """Return the number of a client that proves itself by Basic; any secret will do here."""
    scheme, _, pair = authorization.partition(" ")
    try:
        return b64decode(pair).decode().partition(":")[0] if scheme == "Basic" else ""
    except ValueError:
        return ""


def _hashed(text: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
