"""What is signed, and the one question a signer answers: which headers prove this message is ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A request as it leaves, with its final headers and the bytes of its body.

    Attributes:
        method: GET, POST or DELETE.
        url: whole, with its query.
        headers: as they will be sent; their names are matched without regard to case.
        body: the bytes that are sent; empty without a body.
    """

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


class MessageSigner(Protocol):
    """Proves to a bank that a message is ours and unchanged."""

    def headers(self, message: OutgoingMessage) -> Mapping[str, str]:
        """Return the headers to add to this message, such as its digest, date and signature."""
        ...
