"""Sends the person to the bank: what we ask, and what we must remember until they are back."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import uuid4

from authlib.common.security import generate_token
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from psd2_affordability.connect.oauth.client import OAuthClient
from psd2_affordability.connect.oauth.dpop import DpopKey
from psd2_affordability.connect.oauth.jose import signed
from psd2_affordability.core.errors import BankAnswerBroken

_REQUEST_SECONDS = 300
_NUMBER = re.compile(r"[\x21-\x7e]+", re.ASCII)
# A signed request counts; these stand outside it as well, since OpenID Connect wants them in the open.
_IN_THE_OPEN = ("response_type", "client_id", "scope", "redirect_uri", "state", "nonce")


@dataclass(frozen=True, slots=True)
class AuthorisationRequest:
    """A request that waits for the person.

    Attributes:
        url: where to send the person.
        kept: what proves later that the answer belongs to this request; to be kept sealed.
    """

    url: str = field(repr=False)
    kept: Mapping[str, str] = field(repr=False)


def secret_text() -> str:
    """Return a text of letters and digits that nobody can guess: 256 bits.

    >>> len(secret_text()), secret_text() == secret_text()
    (43, False)
    """
    return str(generate_token(43))


def challenge(verifier: str) -> str:
    """Return what a PKCE verifier is announced by (RFC 7636, S256).

    >>> challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return str(create_s256_code_challenge(verifier))


def begin(
    client: OAuthClient,
    *,
    state: str = "",
    intent_id: str = "",
    redirect_uri: str = "",
    scope: str = "",
    more: Mapping[str, str] | None = None,
) -> AuthorisationRequest:
    """Prepare a request and leave it at the bank where the bank takes it beforehand.

    Args:
        client: we, at the bank.
        state: to come back with the person; made here when empty.
        intent_id: the consent that is to be approved, where the bank binds it so (UK Open Banking).
        redirect_uri: where the person comes back, when not the registered one.
        scope: what we ask for, when not the usual.
        more: what else this bank wants in the request.

    Raises:
        BankError: the bank does not take the request.
        UsageError: no key is set to sign it with.
    """
    us = client.identity
    kept = {
        "issuer": client.server.issuer,
        "state": state or secret_text(),
        "code_verifier": secret_text(),
        "redirect_uri": redirect_uri or us.redirect_uri,
        "scope": scope or us.scope,
    }
    if "openid" in kept["scope"].split():
        kept["nonce"] = secret_text()
    if intent_id:
        kept["intent_id"] = intent_id
    if us.uses_dpop:
        kept["dpop_key"] = DpopKey.new().pem
    asked = _asked(client, kept, more or {})
    return AuthorisationRequest(_url(client, _as_sent(client, asked)), kept)


def _asked(client: OAuthClient, kept: Mapping[str, str], more: Mapping[str, str]) -> dict[str, Any]:
    """Say what we ask, before it is signed or pushed."""
    us = client.identity
    asked: dict[str, Any] = {
        **more,
        "response_type": us.response_type,
        "client_id": us.client_id,
        "redirect_uri": kept["redirect_uri"],
        "scope": kept["scope"],
        "state": kept["state"],
        "code_challenge": challenge(kept["code_verifier"]),
        "code_challenge_method": "S256",
    }
    if "nonce" in kept:
        asked["nonce"] = kept["nonce"]
    if us.response_mode:
        asked["response_mode"] = us.response_mode
    if "dpop_key" in kept:
        asked["dpop_jkt"] = DpopKey(kept["dpop_key"]).thumbprint
    if "intent_id" in kept:
        bound = {"openbanking_intent_id": {"value": kept["intent_id"], "essential": True}}
        asked["claims"] = {"userinfo": bound, "id_token": bound}
    return asked


def _as_sent(client: OAuthClient, asked: Mapping[str, Any]) -> dict[str, str]:
    """Sign the request if this bank wants it signed, and write it as texts."""
    if not client.identity.signs_requests:
        return {name: value if isinstance(value, str) else json.dumps(value) for name, value in asked.items()}
    now = int(client.clock().timestamp())
    claims = {
        **asked,
        "iss": client.identity.client_id,
        "aud": client.server.issuer,
        "jti": str(uuid4()),
        "iat": now,
        "nbf": now,
        "exp": now + _REQUEST_SECONDS,
    }
    token = signed(claims, client.identity.needed_signer(), typ=client.server.request_type)
    pushed = bool(client.endpoints.pushed_endpoint)
    outside = ("client_id",) if pushed else _IN_THE_OPEN
    return {name: asked[name] for name in outside if name in asked} | {"request": token}


def _url(client: OAuthClient, sent: Mapping[str, str]) -> str:
    """Return the page with the request on it, or with the number of the one left at the bank."""
    server = client.endpoints
    if server.pushed_endpoint:
        what = "pushed request"
        answer = client.post(server.pushed_endpoint, sent, what)
        number = answer.get("request_uri")
        if not isinstance(number, str) or not _NUMBER.fullmatch(number):
            raise BankAnswerBroken(
                "the bank took the request and gives no number of it",
                where=f"{client.where} {what}",
                do="Start the consent again; report it to the bank if it stays",
            )
        sent = {"client_id": client.identity.client_id, "request_uri": number}
    where = f"{client.where} login page"
    page = urlsplit(client.lines[0].base.page_for_person(server.authorisation_endpoint, where=where))
    query = "&".join(part for part in (page.query, urlencode(sent)) if part)
    return urlunsplit((page.scheme, page.netloc, page.path, query, ""))
