"""Signatures of draft-cavage-http-signatures, as the banks ask for them: `Digest` and `Signature`."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from psd2_affordability.connect.keys.algorithms import Algorithm, SigningKey
from psd2_affordability.connect.signing.common import Prepared, Proof
from psd2_affordability.connect.signing.digest import digest_header
from psd2_affordability.connect.signing.message import OutgoingMessage
from psd2_affordability.core.errors import UsageError

_TARGET: Final = "(request-target)"
#: Berlin Group signs these whenever they are sent; a message without one is signed without it.
_WHEN_SENT: Final = frozenset({"psu-id", "psu-corporate-id", "tpp-redirect-uri"})


@dataclass(frozen=True, slots=True)
class CavageSigner:
    """Signs each message with the key of the seal certificate.

    Attributes:
        proof: the bank's rule, our key id and certificate, and the clock.
        key: signs.
    """

    proof: Proof
    key: SigningKey

    def headers(self, message: OutgoingMessage) -> Mapping[str, str]:
        """Return digest, date and signature of a message.

        Raises:
            UsageError: the bank wants a header signed that the message lacks.
            CredentialsError: the key cannot sign.
        """
        rule = self.proof.rule
        prepared = self.proof.prepare(message, {"Digest": digest_header(message.body, rule.digest)})
        names = [name for name in rule.headers if name in prepared.all or name not in _WHEN_SENT]
        signed = self.key.sign(_signing_string(message, names, prepared).encode(), Algorithm(rule.algorithm))
        prepared.added["Signature"] = ",".join(
            (
                f'keyId="{self.proof.key_id}"',
                f'algorithm="{rule.algorithm}"',
                f'headers="{" ".join(names)}"',
                f'signature="{b64encode(signed).decode()}"',
            )
        )
        return prepared.added


def _signing_string(message: OutgoingMessage, names: list[str], prepared: Prepared) -> str:
    return "\n".join(f"{name}: {_value(message, name, prepared)}" for name in names)


def _value(message: OutgoingMessage, name: str, prepared: Prepared) -> str:
    if name == _TARGET:
        parts = urlsplit(message.url)
        query = f"?{parts.query}" if parts.query else ""
        return f"{message.method.lower()} {parts.path or '/'}{query}"
    try:
        return prepared.all[name].strip()
    except KeyError:
        raise UsageError(
            f"the bank wants the header '{name}' signed, and the message has none",
            do="Check the signed headers in the bank's file",
        ) from None
