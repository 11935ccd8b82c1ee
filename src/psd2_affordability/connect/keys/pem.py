"""A private key from the text of a PEM file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from psd2_affordability.connect.keys.algorithms import Algorithm, PublicKey, known_public_key, require_fit
from psd2_affordability.core.errors import CredentialsError

PrivateKey = RSAPrivateKey | EllipticCurvePrivateKey

_BLOCK: Final = re.compile(rb"-----BEGIN ([A-Z ]*PRIVATE KEY)-----.*?-----END \1-----", re.DOTALL)
_LOCKED: Final = (b"BEGIN ENCRYPTED", b"Proc-Type: 4,ENCRYPTED")
_HASHES: Final[Mapping[str, hashes.HashAlgorithm]] = {"sha256": hashes.SHA256(), "sha512": hashes.SHA512()}
_HALF: Final = 32


@dataclass(frozen=True, slots=True)
class PemKey:
    """A private key held in this process.

    Attributes:
        private: the key.
        where: what the user calls it, for errors.
    """

    private: PrivateKey = field(repr=False)
    where: str

    @property
    def public_key(self) -> PublicKey:
        """The public half, as it stands in the certificate."""
        return self.private.public_key()

    def sign(self, data: bytes, algorithm: Algorithm) -> bytes:
        """Sign data.

        Raises:
            CredentialsError: the key is of another kind than the algorithm.
        """
        require_fit(self.public_key, algorithm, where=self.where)
        digest = _HASHES[algorithm.hash_name]
        if isinstance(self.private, RSAPrivateKey):
            padding = PSS(MGF1(digest), digest.digest_size) if algorithm.is_pss else PKCS1v15()
            return self.private.sign(data, padding, digest)
        r, s = decode_dss_signature(self.private.sign(data, ECDSA(digest)))
        return r.to_bytes(_HALF) + s.to_bytes(_HALF)


def key_from_pem(pem: bytes, *, password: str | None = None, where: str) -> PemKey:
    """Read a private key.

    Args:
        pem: text with one private key; certificates beside it are skipped.
        password: of the key, where it is locked with one.
        where: what the user calls this key.

    Raises:
        CredentialsError: no private key, a wrong or missing password, or a key that banks don't accept.
    """
    return PemKey(_private(pem, password, where), where)


def plain_pem(pem: bytes, *, password: str | None = None, where: str) -> bytes:
    """Unlock a private key for a TLS library, which takes no password; keep the answer in memory alone.

    Raises:
        CredentialsError: as `key_from_pem`.
    """
    key = _private(pem, password, where)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _private(pem: bytes, password: str | None, where: str) -> PrivateKey:
    block = _private_block(pem, where)
    locked = any(mark in block for mark in _LOCKED)
    if locked and not password:
        raise CredentialsError(
            "the key is locked with a password", where=where, do="Give the password beside it"
        )
    try:
        key = load_pem_private_key(block, password.encode() if locked and password else None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        what = "the password is wrong, or the key is damaged" if locked else "the key cannot be read"
        raise CredentialsError(what, where=where, do="Check it with `openssl pkey -in FILE`") from None
    known_public_key(key.public_key(), where=where)
    if not isinstance(key, PrivateKey):
        raise CredentialsError("the key cannot sign", where=where, do="Use RSA, or ECDSA on curve P-256")
    return key


def _private_block(pem: bytes, where: str) -> bytes:
    found = _BLOCK.search(pem)
    if found:
        return found.group()
    if b"PUBLIC KEY-----" in pem:
        what = "this is a public key; signing takes the private one"
    elif b"BEGIN CERTIFICATE" in pem:
        what = "this is a certificate without its private key"
    else:
        what = "there is no private key in PEM form"
    raise CredentialsError(what, where=where, do="Give the PEM text that begins with a private key")
