"""Who we are at a bank's authorisation server, and how we prove it."""

from base64 import b64encode
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from urllib.parse import quote_plus
from uuid import uuid4

from psd2_affordability.connect.oauth.dpop import Prover
from psd2_affordability.connect.oauth.jose import TokenSigner, signed
from psd2_affordability.connect.oauth.refused import refused
from psd2_affordability.connect.oauth.server import AuthorisationServer, line_to
from psd2_affordability.connect.refusals import refusal
from psd2_affordability.connect.transport import Call, Transport
from psd2_affordability.core.errors import ConsentNotValid, UsageError

AuthMethod = Literal[
    "private_key_jwt", "tls_client_auth", "client_secret_basic", "client_secret_post", "none"
]

_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ASSERTION_SECONDS = 60


@dataclass(frozen=True, slots=True)
class ClientIdentity:
    """Our registration at one authorisation server.

    Attributes:
        client_id: our number there.
        method: how we prove that we are it.
        redirect_uri: where the person comes back, exactly as registered.
        scope: what we ask for, names with spaces between.
        secret: shared with the bank, where it still works so.
        signer: signs assertions and request objects.
        certificate: PEM of the client certificate that our transport shows, where tokens are bound to it.
        uses_dpop: whether tokens are bound to a key of each consent.
        signs_requests: whether requests are signed (JAR, RFC 9101).
        response_type: `code`, or `code id_token` for a bank that signs its answer in the browser.
        response_mode: `jwt` where the answer is a signed token (JARM); else empty.
        token_types: what this bank calls tokens that whoever holds them may use, in lower case.
        answers_signed_by: the algorithm registered for ID tokens and JARM.
    """

    client_id: str
    method: AuthMethod
    redirect_uri: str = ""
    scope: str = ""
    secret: str = field(default="", repr=False)
    signer: TokenSigner | None = None
    certificate: bytes = field(default=b"", repr=False)
    uses_dpop: bool = False
    signs_requests: bool = False
    response_type: Literal["code", "code id_token"] = "code"
    response_mode: Literal["", "jwt"] = ""
    token_types: tuple[str, ...] = ("bearer",)
    answers_signed_by: str = "PS256"

    def needed_signer(self) -> TokenSigner:
        """Return the signer.

        Raises:
            UsageError: there is none.
        """
        if self.signer is None:
            raise UsageError("no key is set that signs tokens for this bank", do="Set token_key")
        return self.signer


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """We, at one authorisation server.

    Attributes:
        server: as its file or its own description says.
        identity: who we are there.
        lines: one transport for every host of it that the bank's file lists; the token endpoint's first.
        clock: the time.
        where: what errors call it, such as the bank's id.
        headers: what this bank wants besides at its token endpoint.
        nonces: DPoP nonces by address.
    """

    server: AuthorisationServer
    identity: ClientIdentity
    lines: Sequence[Transport]
    clock: Callable[[], datetime]
    where: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    nonces: MutableMapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def endpoints(self) -> AuthorisationServer:
        """The server with the endpoints that are meant for us."""
        mutual = self.identity.method == "tls_client_auth" or self.identity.certificate
        return self.server.for_certificates() if mutual else self.server

    def post(
        self, url: str, form: Mapping[str, str], what: str, prover: Prover | None = None
    ) -> dict[str, Any]:
        """Send a form with proof of who we are.

        Raises:
            ConsentNotValid: the bank no longer accepts the person's approval.
            RateLimited: the bank says later.
            BankRefused: any other refusal, such as that it does not accept us.
            BankError: no answer, or one that makes no sense.
        """
        where = f"{self.where} {what}"

        def make() -> Call:
            proof, headers = self._proven()
            return Call("POST", url, where, headers={**self.headers, **headers}, form={**form, **proof})

        line = line_to(url, self.lines, where=where)
        answer = prover.exchange(line, make) if prover else line.exchange(make())
        if answer.status >= 400:
            said = refusal(answer.status, answer.body, answer.headers, where=where)
            if isinstance(said, ConsentNotValid) and answer.body.get("error") == "invalid_request":
                raise said  # some banks tell only in a sentence that a refresh token has ended
            code = answer.body.get("error")
            raise refused(code, where=where, status=answer.status, headers=answer.headers)
        return answer.body

    def _proven(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return what goes into the form and into the headers to prove who we are."""
        us = self.identity
        if self.server.auth_methods and us.method != "none" and us.method not in self.server.auth_methods:
            raise UsageError(
                f"this bank does not take '{us.method}'",
                where=self.where,
                do=f"It takes {', '.join(self.server.auth_methods)}",
            )
        match us.method:
            case "private_key_jwt":
                form = {"client_assertion_type": _ASSERTION_TYPE, "client_assertion": self._assertion()}
                return {"client_id": us.client_id} | form, {}
            case "client_secret_basic":
                return {}, {"Authorization": f"Basic {_pair(us.client_id, us.secret)}"}
            case "client_secret_post":
                return {"client_id": us.client_id, "client_secret": us.secret}, {}
            case "tls_client_auth" | "none":
                return {"client_id": us.client_id}, {}

    def _assertion(self) -> str:
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.identity.client_id,
            "sub": self.identity.client_id,
            "aud": self.server.assertion_audience or self.server.issuer,
            "jti": str(uuid4()),
            "iat": now,
            "exp": now + _ASSERTION_SECONDS,
        }
        return signed(claims, self.identity.needed_signer())


def _pair(client_id: str, secret: str) -> str:
    """Write number and secret as RFC 6749 wants it: each as in a form, then both in base 64."""
    return b64encode(f"{quote_plus(client_id)}:{quote_plus(secret)}".encode()).decode()
