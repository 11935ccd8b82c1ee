"""The one client that the sandbox bank knows: a number and a public key."""

from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

ALGORITHM = "PS256"


@dataclass(frozen=True, slots=True)
class SandboxClient:
    """What the bank has of a client.

    Attributes:
        client_id: its number.
        public_key: PEM; checks what the client signs.
    """

    client_id: str
    public_key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        load_pem_public_key(self.public_key)

    def claims(self, token: str) -> dict[str, Any] | None:
        """Read what the client signed; None when it did not sign it."""
        try:
            return dict(jwt.decode(token, RSAKey.import_key(self.public_key), [ALGORITHM]).claims)
        except (JoseError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class SandboxCredentials:
    """What a client of the sandbox bank needs; made for a test, worthless anywhere else.

    Attributes:
        client_id: its number.
        private_key: PEM, without a password.
        client: what the bank is to have of it.
    """

    client_id: str
    private_key: bytes = field(repr=False)
    client: SandboxClient


def sandbox_credentials() -> SandboxCredentials:
    """Make a new client: a number that says what it is for, and an RSA key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    client_id = f"test-only-{token_hex(4)}"
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return SandboxCredentials(client_id, private, SandboxClient(client_id, public))
