"""The ways of signing that banks ask for, and what a key must be to sign so."""

from enum import StrEnum
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from psd2_affordability.core.errors import CredentialsError

PublicKey = RSAPublicKey | EllipticCurvePublicKey

_LEAST_RSA_BITS = 2048


class Algorithm(StrEnum):
    """A way of signing."""

    RSA_SHA256 = "rsa-sha256"
    RSA_SHA512 = "rsa-sha512"
    RSA_PSS_SHA256 = "rsa-pss-sha256"
    RSA_PSS_SHA512 = "rsa-pss-sha512"
    ECDSA_P256_SHA256 = "ecdsa-p256-sha256"

    @property
    def hash_name(self) -> str:
        """The hash over what is signed, as `hashlib` calls it."""
        return self.value.rpartition("-")[2]

    @property
    def is_pss(self) -> bool:
        """Whether an RSA signature is padded with PSS; PKCS #1 v1.5 otherwise."""
        return "-pss-" in self.value


class SigningKey(Protocol):
    """A private key that signs; the key itself never leaves where it is kept."""

    @property
    def public_key(self) -> PublicKey:
        """The public half, as it stands in the certificate."""
        ...

    def sign(self, data: bytes, algorithm: Algorithm) -> bytes:
        """Sign data.

        An ECDSA signature is its two numbers of 32 bytes one after the other, as JOSE and RFC 9421 want.

        Raises:
            CredentialsError: a key of another kind, or the token does not sign.
        """
        ...


def known_public_key(key: object, *, where: str) -> PublicKey:
    """Check that a public key is of a kind and strength that banks accept.

    Raises:
        CredentialsError: RSA below 2048 bits, another curve than P-256, or another kind of key.
    """
    if isinstance(key, RSAPublicKey):
        if key.key_size < _LEAST_RSA_BITS:
            raise CredentialsError(
                f"an RSA key of {key.key_size} bits is too weak",
                where=where,
                do=f"Use one of at least {_LEAST_RSA_BITS} bits",
            )
        return key
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return key
    raise CredentialsError(
        "a key of this kind is not accepted by banks", where=where, do="Use RSA, or ECDSA on curve P-256"
    )


def require_fit(key: PublicKey, algorithm: Algorithm, *, where: str) -> None:
    """Check that a key can sign in this way.

    Raises:
        CredentialsError: an RSA key for ECDSA, or the other way round.
    """
    wants_rsa = algorithm is not Algorithm.ECDSA_P256_SHA256
    if wants_rsa is not isinstance(key, RSAPublicKey):
        has = "ECDSA" if wants_rsa else "RSA"
        raise CredentialsError(
            f"an {has} key cannot sign with {algorithm}", where=where, do="Use the key that the bank asks for"
        )
