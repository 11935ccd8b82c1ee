"""Signatures of RFC 9421 over `Content-Digest` (RFC 9530), the standard that follows the banks' draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from http_message_signatures import HTTPMessageSigner
from http_message_signatures.algorithms import (
    ECDSA_P256_SHA256,
    RSA_PSS_SHA512,
    RSA_V1_5_SHA256,
    HTTPSignatureAlgorithm,
)
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from psd2_affordability.connect.keys.algorithms import Algorithm, SigningKey
from psd2_affordability.connect.signing.common import Proof
from psd2_affordability.connect.signing.digest import content_digest_header
from psd2_affordability.connect.signing.message import OutgoingMessage
from psd2_affordability.core.errors import UsageError

_LABEL: Final = "sig1"
_ALGORITHMS: Final[Mapping[Algorithm, type[HTTPSignatureAlgorithm]]] = {
    Algorithm.RSA_SHA256: RSA_V1_5_SHA256,
    Algorithm.RSA_PSS_SHA512: RSA_PSS_SHA512,
    Algorithm.ECDSA_P256_SHA256: ECDSA_P256_SHA256,
}


@dataclass(frozen=True, slots=True)
class Rfc9421Signer:
    """Signs each message with the key of the seal certificate.

    Attributes:
        proof: the bank's rule, our key id and certificate, and the clock.
        key: signs.
    """

    proof: Proof
    key: SigningKey

    def headers(self, message: OutgoingMessage) -> Mapping[str, str]:
        """Return digest and signature of a message.

        Raises:
            UsageError: the bank wants a part signed that the message lacks.
            CredentialsError: the key cannot sign.
        """
        rule = self.proof.rule
        algorithm = Algorithm(rule.algorithm)
        digest = {"Content-Digest": content_digest_header(message.body, rule.digest)}
        prepared = self.proof.prepare(message, digest)
        request = _Request(message.method.upper(), message.url, dict(prepared.all))
        signer = HTTPMessageSigner(signature_algorithm=_ALGORITHMS[algorithm])
        try:
            base = signer.prepare(
                request,
                key_id=self.proof.key_id,
                created=self.proof.clock(),
                label=_LABEL,
                include_alg=False,
                covered_component_ids=rule.headers,
                body=message.body,
                use_existing_digest=True,
            )
            signer.apply(request, base, self.key.sign(base.signature_base, algorithm))
        except HTTPMessageSignaturesException:
            raise UsageError(
                "the bank wants a part of the message signed that it lacks",
                do="Check the signed headers in the bank's file",
            ) from None
        return prepared.added | {name: request.headers[name] for name in ("Signature-Input", "Signature")}


@dataclass(slots=True)
class _Request:
    """A message in the form that the library signs; it adds the signature to the headers."""

    method: str
    url: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)
