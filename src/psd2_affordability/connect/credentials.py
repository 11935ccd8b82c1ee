"""What proves to a bank who we are; comes from the environment or a store, never from a connector file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from psd2_affordability.core.errors import UsageError

if TYPE_CHECKING:
    from psd2_affordability.connect.keys import SigningKey


@dataclass(frozen=True, slots=True)
class Credentials:
    """Our registration at one bank or aggregator; every part may be absent.

    Attributes:
        client_id: our number there.
        client_secret: a shared secret, where the bank still uses one.
        api_key: sent along with every call, where the bank wants one.
        transport_certificate: files of the client certificate (QWAC) and its key.
        authorities: file with the certificate authorities to trust; empty for the usual ones.
        token_key: signs assertions, request objects and DPoP proofs.
        token_key_id: how the bank calls that key.
        seal_key: signs messages.
        seal_certificate: the QSealC of that key, PEM.
        urls: addresses that the bank gave us at registration, by the names of a bank's file.
        more: whatever else one bank wants, by the name its documentation section gives.
    """

    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    transport_certificate: tuple[str, str] | None = field(default=None, repr=False)
    authorities: str = ""
    token_key: "SigningKey | None" = field(default=None, repr=False)
    token_key_id: str = ""
    seal_key: "SigningKey | None" = field(default=None, repr=False)
    seal_certificate: bytes = field(default=b"", repr=False)
    urls: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict, repr=False)

    def needed(self, name: str, bank_id: str) -> str:
        """Return one of the texts, or say that it is missing.

        Raises:
            UsageError: it is not set; says how to set it.
        """
        value = getattr(self, name, "") or self.more.get(name, "")
        if not value:
            raise UsageError(
                f"no {name} is set for {bank_id}", do="Set it in the credentials file; see docs/connectors.md"
            )
        return str(value)
