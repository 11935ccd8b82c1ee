"""How one bank wants messages signed, as its file says it."""

from dataclasses import dataclass
from typing import Final

from psd2_affordability.connect.keys.algorithms import Algorithm
from psd2_affordability.core.errors import ConnectorFileError

SCHEMES: Final = ("none", "cavage", "rfc9421")
DIGESTS: Final = ("SHA-256", "SHA-512")
KEY_IDS: Final = ("serial_and_issuer", "serial", "plain")
#: What each scheme calls its ways of signing.
ALGORITHMS: Final = {
    "cavage": {Algorithm.RSA_SHA256: "rsa-sha256", Algorithm.RSA_SHA512: "rsa-sha512"},
    "rfc9421": {
        Algorithm.RSA_SHA256: "rsa-v1_5-sha256",
        Algorithm.RSA_PSS_SHA512: "rsa-pss-sha512",
        Algorithm.ECDSA_P256_SHA256: "ecdsa-p256-sha256",
    },
}
_DIGEST_HEADERS: Final = {"cavage": "digest", "rfc9421": "content-digest"}


@dataclass(frozen=True, slots=True)
class SignatureRule:
    """How one bank wants messages signed.

    Attributes:
        scheme: `cavage` (the draft that the banks use), `rfc9421`, or `none`.
        algorithm: how the key signs, such as `rsa-sha256`.
        digest: hash over the body, `SHA-256` or `SHA-512`.
        headers: what the signature covers, in this order, in lower case.
        key_id: `serial_and_issuer` of the certificate, as Berlin Group has it, its `serial` number alone,
            or a `plain` one of the bank's own.
        certificate_header: whether the certificate travels along in `TPP-Signature-Certificate`.
        request_id_header: what this bank calls the request's number.

    Raises:
        ConnectorFileError: a value that is not one of those, or a signature that leaves the body out.
    """

    scheme: str = "none"
    algorithm: str = "rsa-sha256"
    digest: str = "SHA-256"
    headers: tuple[str, ...] = ()
    key_id: str = "serial_and_issuer"
    certificate_header: bool = True
    request_id_header: str = "X-Request-ID"

    def __post_init__(self) -> None:
        _require("scheme", self.scheme, SCHEMES)
        _require("digest", self.digest, DIGESTS)
        _require("key_id", self.key_id, KEY_IDS)
        if self.scheme == "none":
            return
        _require("algorithm", self.algorithm, tuple(ALGORITHMS[self.scheme]))
        if len(set(self.headers)) < len(self.headers) or any(name != name.lower() for name in self.headers):
            raise ConnectorFileError(
                "the signed headers hold one twice or in capitals", do="Name each once, in lower case"
            )
        body = _DIGEST_HEADERS[self.scheme]
        if body not in self.headers:
            raise ConnectorFileError("the signature leaves the body out", do=f"Add '{body}' to its headers")


def _require(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ConnectorFileError(
            f"'{value}' is no {name} of a signature", do=f"Choose one of {', '.join(allowed)}"
        )
