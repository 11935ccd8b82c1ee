"""How ING wants messages signed: by our client number, and for a token of our own by certificate."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from psd2_affordability.connect.certificates.facts import load_certificate
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.signing.cavage import CavageSigner
from psd2_affordability.connect.signing.message import MessageSigner, OutgoingMessage
from psd2_affordability.connect.signing.signer import one_line

_REQUEST_ID = "X-ING-ReqID"


@dataclass(frozen=True, slots=True)
class IngSigner:
    """Signs a call for data, one for tokens, and the first one of all, each in ING's way.

    Attributes:
        data: for calls about accounts.
        tokens: for calls about tokens, whose number has a name of its own.
        first: for our own token: nothing authorises it yet, so the signature does.
        token_places: the addresses where tokens and login pages are asked for.
    """

    data: MessageSigner
    tokens: MessageSigner
    first: MessageSigner
    token_places: tuple[str, ...]

    @classmethod
    def around(
        cls, usual: MessageSigner | None, us: Credentials, token_places: tuple[str, ...]
    ) -> MessageSigner | None:
        """Make the three out of the signer that the bank's file describes."""
        if not isinstance(usual, CavageSigner):
            return usual
        rule = usual.proof.rule
        renamed = tuple(_REQUEST_ID.lower() if name == "x-request-id" else name for name in rule.headers)
        proof = replace(usual.proof, rule=replace(rule, headers=renamed, request_id_header=_REQUEST_ID))
        certificate = load_certificate(us.seal_certificate, where="seal certificate")
        by_certificate = replace(
            proof, key_id=f"SN={certificate.serial_number:X}", certificate=one_line(certificate)
        )
        return cls(usual, replace(usual, proof=proof), replace(usual, proof=by_certificate), token_places)

    def headers(self, message: OutgoingMessage) -> Mapping[str, str]:
        """Return digest, date and signature of a message."""
        if message.url.partition("?")[0] not in self.token_places:
            return self.data.headers(message)
        if "Authorization" in message.headers:
            return self.tokens.headers(message)
        added = dict(self.first.headers(message))
        return {"Authorization": f"Signature {added.pop('Signature')}", **added}
