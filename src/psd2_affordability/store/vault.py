"""Sealing: AES-256-GCM under one key per case, which lies wrapped under the store's key.

Throwing a case's key away makes every copy of its rows unreadable, backups included.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from psd2_affordability.core.errors import StoreError

KEY_BYTES = 32
_NONCE = 12


def fresh_key() -> bytes:
    """Make a new random key."""
    return secrets.token_bytes(KEY_BYTES)


def key_from_text(text: str) -> bytes:
    """Read a key as base64 text.

    Raises:
        StoreError: not base64 of 32 bytes.
    """
    try:
        key = base64.urlsafe_b64decode(text.strip().replace("+", "-").replace("/", "_"))
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreError(
            "the store's key is not 32 bytes in base64",
            do="Make one with: head -c 32 /dev/urandom | base64",
        )
    return key


def key_beside(path: Path, *, make: bool) -> bytes:
    """Read the key file, or make it, readable by its owner alone.

    Raises:
        StoreError: there is no key file and none may be made, or it holds no key.
    """
    if path.exists():
        return key_from_text(path.read_text(encoding="ascii", errors="replace"))
    if not make:
        raise StoreError(
            f"the key file {path} is gone, and the store cannot be read without it",
            do="Put it back, or set PSD2_AFFORDABILITY_KEY",
        )
    key = fresh_key()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(base64.urlsafe_b64encode(key).decode("ascii") + "\n")
    return key


class Seal:
    """Seals and opens under one key; what is sealed for one place does not open in another."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._mark_key = hmac.digest(key, b"marks", "sha256")

    def mark(self, *parts: str) -> str:
        """Make a keyed hash, in hexadecimal: equal within one case, and telling nothing outside it."""
        said = "\x1f".join(parts).encode("utf-8", "surrogatepass")
        return hmac.digest(self._mark_key, said, "sha256").hex()

    def close(self, plain: bytes, place: str) -> bytes:
        """Encrypt for a place, such as `accounts` or a transaction's key."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt.

        Raises:
            StoreError: another key, another place, or changed bytes.
        """
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
        except InvalidTag:
            raise StoreError(
                "what the store sealed does not open: the key is another one, or the file was changed",
                do="Set PSD2_AFFORDABILITY_KEY to the key this store was made with",
            ) from None

    def close_texts(self, texts: Sequence[str], place: str) -> bytes:
        """Encrypt several texts as one blob."""
        return self.close(json.dumps(texts).encode("ascii"), place)

    def open_texts(self, sealed: bytes, place: str) -> list[str]:
        """Decrypt what `close_texts` made."""
        texts: list[str] = json.loads(self.open(sealed, place))
        return texts

    def close_rows(self, rows: Iterable[tuple[str, Sequence[str]]]) -> Iterator[bytes]:
        """Encrypt many rows of texts, each for its own key."""
        return (self.close_texts(texts, place) for place, texts in rows)


class Vault:
    """The store's key: wraps the keys of cases and makes marks that only it can make."""

    def __init__(self, key: bytes) -> None:
        self._seal = Seal(key)
        self._mark_key = hmac.digest(key, b"marks", "sha256")

    def wrap(self, case_key: bytes, subject: str) -> bytes:
        """Seal the key of a case."""
        return self._seal.close(case_key, f"case {subject}")

    def case_seal(self, wrapped: bytes, subject: str) -> Seal:
        """Open the seal of a case."""
        return Seal(self._seal.open(wrapped, f"case {subject}"))

    def mark(self, *parts: str) -> bytes:
        """Make a keyed hash: the same parts give the same mark, and the mark tells nothing."""
        return hmac.digest(
            self._mark_key, "\x1f".join(parts).encode("utf-8", "surrogatepass"), hashlib.sha256
        )

    def proof(self) -> str:
        """A line that shows, later, whether a key is this key."""
        return self.mark("this is the key").hex()
