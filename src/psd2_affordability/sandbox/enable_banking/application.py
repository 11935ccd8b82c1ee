"""Applications that may call the sandbox aggregator, and how it knows them by their signed tokens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from psd2_affordability.sandbox.bank.state import Refused

ISSUER = "enablebanking.com"
AUDIENCE = "api.enablebanking.com"
_LONGEST_S = 86_400


@dataclass(frozen=True, slots=True)
class Application:
    """A registered application.

    Attributes:
        id: its number, which its tokens name.
        public_key: PEM; what its tokens are checked with.
        private_key: PEM; what its owner signs them with, and nobody else keeps.
    """

    id: str
    public_key: bytes = field(repr=False)
    private_key: bytes = field(default=b"", repr=False)


def new_application() -> Application:
    """Register an application with a key of its own."""
    key = generate_private_key(65537, 2048)
    return Application(
        str(uuid4()),
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def check_token(authorization: str, application: Application, clock: Callable[[], datetime]) -> None:
    """Insist on a token that the application signed and that holds now."""
    if not authorization:
        raise Refused(401, "AUTHORIZATION_NOT_PROVIDED", "Authorization header is not provided")
    scheme, _, written = authorization.partition(" ")
    try:
        token = jwt.decode(written, RSAKey.import_key(application.public_key), ["RS256"])
    except (JoseError, ValueError):
        raise _unauthorized("the token is not signed by a known key") from None
    if scheme != "Bearer" or token.header.get("kid") != application.id or token.header.get("typ") != "JWT":
        raise _unauthorized("the token names no known application")
    _check_claims(token.claims, int(clock().timestamp()))


def _check_claims(claims: Mapping[str, Any], now: int) -> None:
    if claims.get("iss") != ISSUER or claims.get("aud") != AUDIENCE:
        raise _unauthorized("the token is not for this interface")
    issued, ends = claims.get("iat"), claims.get("exp")
    if type(issued) is not int or type(ends) is not int:
        raise _unauthorized("the token does not say when it holds")
    if issued > now or ends <= now or ends - issued > _LONGEST_S:
        raise _unauthorized("the token does not hold now, or for too long")


def _unauthorized(text: str) -> Refused:
    return Refused(401, "UNAUTHORIZED_ACCESS", text)
