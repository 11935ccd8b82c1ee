"""Proof of possession (DPoP, RFC 9449): a token that is of use only to the holder of a key."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from authlib.common.encoding import to_unicode, urlsafe_b64encode
from joserfc.jwk import ECKey

from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.connect.oauth.jose import TokenSigner, signed
from psd2_affordability.connect.transport import Answer, Call, Transport

_AGAIN = "use_dpop_nonce"


@dataclass(frozen=True, slots=True)
class DpopKey:
    """A key of one consent, on curve P-256; made here and kept sealed with its tokens."""

    pem: str = field(repr=False)

    @classmethod
    def new(cls) -> "DpopKey":
        """Make a key."""
        return cls(ECKey.generate_key("P-256").as_pem(private=True).decode())

    @property
    def public(self) -> dict[str, Any]:
        """The public half as a JWK, without a name or a use."""
        whole = ECKey.import_key(self.pem).as_dict(private=False)
        return {name: whole[name] for name in ("kty", "crv", "x", "y")}

    @property
    def thumbprint(self) -> str:
        """How others call the key (RFC 7638)."""
        return ECKey.import_key(self.pem).thumbprint()

    @property
    def signer(self) -> TokenSigner:
        """The key as it signs."""
        return TokenSigner(key_from_pem(self.pem.encode(), where="the DPoP key"), "ES256")


@dataclass(frozen=True, slots=True)
class Prover:
    """Proves with every call that we hold the key, and gives each server the nonce it last asked for.

    Attributes:
        key: of this consent.
        clock: the time.
        nonces: what each server gave last, by its address; shared by all provers of a bank.
    """

    key: DpopKey
    clock: Callable[[], datetime]
    nonces: MutableMapping[str, str]

    def proof(self, method: str, url: str, *, token: str = "") -> str:
        """Write the proof for one call.

        Args:
            method: of the call.
            url: of the call.
            token: the access token that goes along, if any.
        """
        parts = urlsplit(url)
        claims: dict[str, Any] = {
            "jti": str(uuid4()),
            "htm": method,
            "htu": urlunsplit((parts.scheme, parts.netloc, parts.path, "", "")),
            "iat": int(self.clock().timestamp()),
        }
        if token:
            claims["ath"] = to_unicode(urlsafe_b64encode(sha256(token.encode()).digest()))
        nonce = self.nonces.get(_place(url))
        if nonce:
            claims["nonce"] = nonce
        return signed(claims, self.key.signer, typ="dpop+jwt", jwk=self.key.public)

    def exchange(self, line: Transport, make: Callable[[], Call], *, token: str = "") -> Answer:
        """Send a call, every attempt with a proof of its own; once more when the server wants its nonce.

        Args:
            line: to the server.
            make: the call, made anew for the second time: what is in it may count once only.
            token: the access token that goes along, if any.

        Raises:
            BankError: as `Transport.exchange`.
        """
        call = make()
        answer = line.exchange(self._proven(call, token))
        if self._learnt(call.url, answer) and _wants_nonce(answer):
            answer = line.exchange(self._proven(make(), token))
            self._learnt(call.url, answer)
        return answer

    def _proven(self, call: Call, token: str) -> Call:
        return replace(call, anew=lambda: {"DPoP": self.proof(call.method, call.url, token=token)})

    def _learnt(self, url: str, answer: Answer) -> bool:
        """Remember the nonce of an answer, if it has one."""
        nonce = answer.headers.get("DPoP-Nonce", "")
        if nonce:
            self.nonces[_place(url)] = nonce
        return bool(nonce)


def _wants_nonce(answer: Answer) -> bool:
    """Tell whether a token endpoint (in its body) or a resource (in a header) asks for a nonce."""
    scheme, _, rest = answer.headers.get("WWW-Authenticate", "").partition(" ")
    asked = scheme.lower() == "dpop" and f'error="{_AGAIN}"' in rest
    return answer.status in (400, 401) and (asked or answer.body.get("error") == _AGAIN)


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
