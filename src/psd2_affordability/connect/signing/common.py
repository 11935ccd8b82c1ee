"""What both kinds of signature share: the bank's rule, who we are, and the headers that go along."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

from psd2_affordability.connect.signing.message import OutgoingMessage
from psd2_affordability.connect.signing.rule import SignatureRule

_REQUEST_ID = "x-request-id"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message's headers just before it is signed.

    Attributes:
        added: the headers that signing adds to the message, by the name they are sent under.
        all: every header by its name in lower case, the added ones too.
    """

    added: dict[str, str] = field(repr=False)
    all: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """How a bank wants messages signed, and who signs.

    Attributes:
        rule: the bank's.
        key_id: what the bank knows our key by.
        certificate: ours in base64, without the lines around PEM; empty when it does not travel along.
        clock: says what time it is.
    """

    rule: SignatureRule
    key_id: str
    certificate: str = field(repr=False)
    clock: Callable[[], datetime]

    def prepare(self, message: OutgoingMessage, digest: Mapping[str, str]) -> Prepared:
        """Return the headers to add before signing: digest, date, certificate and request number."""
        sent = {name.lower(): value for name, value in message.headers.items()}
        added = dict(digest)
        if "date" in self.rule.headers and "date" not in sent:
            added["Date"] = format_datetime(self.clock().astimezone(UTC), usegmt=True)
        if self.certificate:
            added["TPP-Signature-Certificate"] = self.certificate
        own_name = self.rule.request_id_header
        if own_name.lower() != _REQUEST_ID and _REQUEST_ID in sent:
            added[own_name] = sent[_REQUEST_ID]
        return Prepared(added, sent | {name.lower(): value for name, value in added.items()})
