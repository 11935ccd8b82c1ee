"""Approval by OAuth, as a bank's file asks for it: begun, exchanged for tokens, renewed, and sent along."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.oauth import authorise, bearer, tokens
from psd2_affordability.connect.oauth.client import ClientIdentity, OAuthClient
from psd2_affordability.connect.oauth.jose import TokenSigner
from psd2_affordability.connect.oauth.server import AuthorisationServer
from psd2_affordability.connect.oauth.tokens import Tokens
from psd2_affordability.connect.port import Access, ConsentRequest, ConsentStarted, Grant
from psd2_affordability.connect.transport import Call, Transport
from psd2_affordability.core.errors import BankRefused, TokenRefused

#: What is kept only until the person is back.
_UNTIL_BACK = ("issuer", "state", "code_verifier", "redirect_uri", "scope", "nonce", "intent_id")


class Approval:
    """Our way through one bank's authorisation server.

    Args:
        connections: our lines to the bank.
        server: where it is, when not what the bank's file says.
        headers: what the bank wants besides at its token endpoint.
        token_types: what the bank may call its tokens, in lower case.
    """

    def __init__(
        self,
        connections: Connections,
        *,
        server: AuthorisationServer | None = None,
        headers: Mapping[str, str] | None = None,
        token_types: tuple[str, ...] = ("bearer",),
    ) -> None:
        self._base = connections.base
        self._clock = connections.clock
        self._own: dict[str, Tokens] = {}
        token = connections.at("token")
        lines = [token] if token is self._base else [token, self._base]
        self.client = OAuthClient(
            server=server or server_of(connections),
            identity=replace(_identity(connections), token_types=token_types),
            lines=lines,
            clock=connections.clock,
            where=connections.bank.id,
            headers=headers or {},
        )

    def begin(
        self,
        request: ConsentRequest,
        *,
        consent_id: str = "",
        scope: str = "",
        bind_consent: bool = False,
        more: Mapping[str, str] | None = None,
    ) -> ConsentStarted:
        """Prepare the page where the person approves.

        Args:
            request: what we ask.
            consent_id: the bank's number of a consent that was created before.
            scope: what to ask for, when not what the bank's file says.
            bind_consent: whether the consent's number goes along as an intent (UK Open Banking).
            more: what else this bank wants in the address.
        """
        asked = authorise.begin(
            self.client,
            state=request.state,
            redirect_uri=request.redirect_uri,
            intent_id=consent_id if bind_consent else "",
            scope=scope,
            more=more,
        )
        return ConsentStarted(Grant(consent_id, asked.kept), asked.url)

    def exchange(self, access: Access, answer: Mapping[str, str]) -> None:
        """Turn what the person came back with into tokens; the grant then holds those alone.

        Raises:
            ConsentNotValid: the person did not approve, or the answer is not to our request.
            BankError: the bank gave no tokens.
        """
        fetched = tokens.complete(self.client, access.grant.kept, answer)
        access.renew(lambda grant: grant.having(**dict.fromkeys(_UNTIL_BACK, ""), **fetched.written()))

    def send(self, access: Access, call: Call, line: Transport | None = None) -> dict[str, Any]:
        """Send a call for data under the consent's tokens, renewed when they end or are refused.

        Many banks refuse a token that ended with 401 and no word of why. Then a renewed one is tried once;
        where that is refused too, something else is wrong, and the refusal stands.

        Raises:
            ConsentNotValid: they have ended and cannot be renewed.
            BankError: as `Transport.send`.
        """
        held = Tokens.read(access.grant.kept)
        if not held.fresh(self._clock()):
            held = Tokens.read(access.renew(self._renewed).kept)
        try:
            return bearer.send(self.client, line or self._base, call, held)
        except BankRefused as refusal:
            if not self._may_be_the_token(refusal, held, access):
                raise
        refused = held.access
        held = Tokens.read(access.renew(lambda grant: self._renewed(grant, refused)).kept)
        try:
            return bearer.send(self.client, line or self._base, call, held)
        except BankRefused as refusal:
            access.renewed_in_vain = refusal.unexplained
            raise

    def send_as_ourselves(
        self, call: Call, *, scope: str = "", line: Transport | None = None
    ) -> dict[str, Any]:
        """Send a call under a token of our own, with no person involved."""
        return bearer.send(self.client, line or self._base, call, self._held_ourselves(scope))

    def own_token(self, scope: str = "") -> str:
        """Return a token of our own, made anew when it is about to end."""
        return self._held_ourselves(scope).access

    def _may_be_the_token(self, refusal: BankRefused, held: Tokens, access: Access) -> bool:
        if isinstance(refusal, TokenRefused):
            return True
        return refusal.unexplained and held.renewable(self._clock()) and not access.renewed_in_vain

    def _held_ourselves(self, scope: str) -> Tokens:
        held = self._own.get(scope)
        if held is None or not held.fresh(self._clock()):
            held = self._own[scope] = tokens.of_our_own(self.client, scope)
        return held

    def _renewed(self, grant: Grant, refused: str = "") -> Grant:
        held = Tokens.read(grant.kept)
        if held.fresh(self._clock()) and held.access != refused:
            return grant  # somebody else renewed it while we waited
        return grant.having(**tokens.refresh(self.client, held).written())


def server_of(connections: Connections) -> AuthorisationServer:
    """Describe the authorisation server as the bank's file does."""
    urls = connections.bank.urls
    return AuthorisationServer(
        issuer=connections.address("issuer" if "issuer" in urls else "token"),
        authorisation_endpoint=connections.address("authorise"),
        token_endpoint=connections.address("token"),
        pushed_endpoint=connections.address("pushed") if connections.bank.wire.pushed else "",
        jwks_uri=connections.address("jwks") if "jwks" in urls else "",
        assertion_audience=connections.bank.wire.audience,
    )


def _identity(connections: Connections) -> ClientIdentity:
    us, wire = connections.credentials, connections.bank.wire
    signs = bool(wire.token_algorithm and us.token_key)
    return ClientIdentity(
        client_id=us.needed("client_id", connections.bank.id),
        method=wire.client_auth,
        scope=connections.bank.consent.scope,
        secret=us.client_secret,
        signer=TokenSigner(us.token_key, wire.token_algorithm, us.token_key_id)
        if us.token_key is not None and signs
        else None,
        uses_dpop=wire.dpop,
        signs_requests=wire.request_object,
        response_type=wire.response_type,
    )
