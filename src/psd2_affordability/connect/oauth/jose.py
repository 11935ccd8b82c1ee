"""Signed tokens: ours written with our key, theirs read with their keys and one agreed algorithm."""

import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from authlib.common.encoding import to_unicode, urlsafe_b64encode
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, RSAKey, import_key

from psd2_affordability.connect.keys import Algorithm, SigningKey
from psd2_affordability.connect.strict_json import read_object
from psd2_affordability.core.errors import BankAnswerBroken, UsageError

#: How we sign, and how we accept what others signed; never by `none` or a shared secret.
ALGORITHMS = ("PS256", "ES256", "RS256")
#: How far a server's clock may differ from ours, in seconds.
SKEW = 60
ANEW = "Nothing was taken over from it; start the consent again, and report it to the bank if it stays"

_OURS = {
    "PS256": Algorithm.RSA_PSS_SHA256,
    "ES256": Algorithm.ECDSA_P256_SHA256,
    "RS256": Algorithm.RSA_SHA256,
}
_KINDS: Mapping[str, type[Key]] = {"PS256": RSAKey, "RS256": RSAKey, "ES256": ECKey}
# What the library raises over a token or key that is not one, or is made to break its reader.
_UNREADABLE = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
_MOMENT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class TokenSigner:
    """One of our keys, and how it signs tokens.

    Attributes:
        key: wherever it is kept.
        algorithm: the JWS name of how it signs, such as PS256.
        kid: how the other side calls the key; empty when it has no name.

    Raises:
        UsageError: no algorithm that tokens are signed by.
    """

    key: SigningKey = field(repr=False)
    algorithm: str
    kid: str = ""

    def __post_init__(self) -> None:
        if self.algorithm not in ALGORITHMS:
            raise UsageError(
                f"tokens are not signed by '{self.algorithm}'", do=f"Use one of {', '.join(ALGORITHMS)}"
            )

    def sign(self, message: bytes) -> bytes:
        """Sign a message."""
        return self.key.sign(message, _OURS[self.algorithm])


def signed(claims: Mapping[str, Any], signer: TokenSigner, *, typ: str = "JWT", **header: Any) -> str:
    """Write claims as a signed token."""
    named = {"kid": signer.kid} if signer.kid else {}
    head = {"alg": signer.algorithm, "typ": typ} | named | header
    body = f"{_part(head)}.{_part(claims)}"
    return f"{body}.{to_unicode(urlsafe_b64encode(signer.sign(body.encode())))}"


def opened(token: str, keys: Sequence[Key], algorithm: str, *, where: str) -> dict[str, Any]:
    """Read the claims of a token that the bank signed.

    Args:
        token: three parts with points between them.
        keys: the bank's public keys.
        algorithm: the one agreed with the bank; what the token itself says decides nothing.
        where: what it is for.

    Raises:
        BankAnswerBroken: another algorithm, an unknown key, a wrong signature, or claims that
            cannot be read.
    """
    try:
        found = jws.extract_compact(token.encode())
        head = dict(found.headers())
    except _UNREADABLE:
        raise BankAnswerBroken("is not a signed token", where=where, do=ANEW) from None
    if algorithm not in ALGORITHMS or head.get("alg") != algorithm:
        raise BankAnswerBroken(f"is not signed by {algorithm}, as agreed", where=where, do=ANEW)
    kid = head.get("kid")
    for key in keys:
        if isinstance(key, _KINDS[algorithm]) and kid in (None, key.kid) and _verifies(token, key, algorithm):
            return read_object(found.payload or b"", where=where)
    raise BankAnswerBroken("has a signature that is not the bank's", where=where, do=ANEW)


def public_keys(document: Mapping[str, Any], *, where: str) -> tuple[Key, ...]:
    """Read a set of public keys; those of a kind or use that is not ours are passed over.

    Raises:
        BankAnswerBroken: not a set of keys, or none that we can use.
    """
    listed = document.get("keys")
    entries = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    keys = tuple(key for each in entries if (key := _public_key(each)) is not None)
    if not keys:
        raise BankAnswerBroken("the bank publishes no key that we can use", where=where, do=ANEW)
    return keys


def check_times(claims: Mapping[str, Any], now: datetime, *, where: str, must_have: Sequence[str]) -> None:
    """Check `exp`, `nbf` and `iat` against our clock.

    Raises:
        BankAnswerBroken: one that must be there is missing, or the token is too old or too new.
    """
    at = int(now.timestamp())
    for name in ("exp", "nbf", "iat"):
        moment = _moment(claims.get(name))
        if moment is None:
            if name in must_have or name in claims:
                raise BankAnswerBroken(f"has no usable '{name}'", where=where, do=ANEW)
        elif name == "exp" and moment <= at - SKEW:
            raise BankAnswerBroken("has expired", where=where, do=ANEW)
        elif name != "exp" and moment > at + SKEW:
            raise BankAnswerBroken(
                f"has an '{name}' that lies ahead", where=where, do=f"{ANEW}; check this machine's clock"
            )


def audiences(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """Return for whom a token is; nothing when that cannot be read."""
    named = claims.get("aud")
    listed = [named] if isinstance(named, str) else named
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        return ()
    return tuple(listed)


def same(one: object, other: str) -> bool:
    """Compare a text with one that may be secret, in constant time."""
    return isinstance(one, str) and hmac.compare_digest(
        one.encode(errors="surrogatepass"), other.encode(errors="surrogatepass")
    )


def _part(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, separators=(",", ":"), allow_nan=False)
    return str(to_unicode(urlsafe_b64encode(text.encode())))


def _verifies(token: str, key: Key, algorithm: str) -> bool:
    try:
        jws.deserialize_compact(token, key, [algorithm])
    except _UNREADABLE:
        return False
    return True


def _public_key(entry: dict[str, Any]) -> Key | None:
    if entry.get("use", "sig") != "sig" or entry.get("kty") not in ("RSA", "EC"):
        return None
    try:
        key = import_key(entry)
    except _UNREADABLE:
        return None
    return None if key.is_private else key


def _moment(value: object) -> int | None:
    """Read seconds since 1970; a fraction is dropped."""
    text = str(value) if type(value) in (int, str) else ""
    return int(text.partition(".")[0]) if _MOMENT.fullmatch(text) else None
