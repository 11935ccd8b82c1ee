"""The signer for one bank: its rule, our key and our certificate put together and checked."""

import re
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import quote

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from psd2_affordability.connect.certificates.check import check_certificate, warn
from psd2_affordability.connect.certificates.facts import load_certificate
from psd2_affordability.connect.certificates.statements import CertificateUse
from psd2_affordability.connect.keys.algorithms import Algorithm, SigningKey, require_fit
from psd2_affordability.connect.signing.cavage import CavageSigner
from psd2_affordability.connect.signing.common import Proof
from psd2_affordability.connect.signing.message import MessageSigner
from psd2_affordability.connect.signing.rfc9421 import Rfc9421Signer
from psd2_affordability.connect.signing.rule import SignatureRule
from psd2_affordability.core.errors import UsageError

_WHERE: Final = "seal certificate"
_PLAIN: Final = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")


def signer_for(
    rule: SignatureRule,
    key: SigningKey,
    certificate_pem: bytes,
    *,
    clock: Callable[[], datetime],
    key_id: str = "",
) -> MessageSigner | None:
    """Return what signs messages for a bank; None for a bank that wants none signed.

    Args:
        rule: the bank's.
        key: of the seal certificate.
        certificate_pem: the seal certificate (QSealC).
        clock: says what time it is.
        key_id: what the bank knows our key by, where its rule says `plain`.

    Raises:
        CredentialsError: no certificate, one that cannot be used, or a key of another kind.
        UsageError: the bank wants a key id of its own, and none or a malformed one is given.
    """
    if rule.scheme == "none":
        return None
    certificate = load_certificate(certificate_pem, where=_WHERE)
    on = clock().date()
    warn(check_certificate(certificate, use=CertificateUse.QSEALC, key=key.public_key, on=on, where=_WHERE))
    require_fit(key.public_key, Algorithm(rule.algorithm), where=_WHERE)
    proof = Proof(
        rule=rule,
        key_id=_key_id(rule, certificate, key_id),
        certificate=one_line(certificate) if rule.certificate_header else "",
        clock=clock,
    )
    return CavageSigner(proof, key) if rule.scheme == "cavage" else Rfc9421Signer(proof, key)


def _key_id(rule: SignatureRule, certificate: Certificate, ours: str) -> str:
    if rule.key_id == "serial_and_issuer":
        return serial_and_issuer(certificate)
    return str(certificate.serial_number) if rule.key_id == "serial" else _plain(ours)


def serial_and_issuer(certificate: Certificate) -> str:
    """Return the key id of Berlin Group: number and issuer of the certificate, spaces as `%20`."""
    issuer = quote(certificate.issuer.rfc4514_string(), safe=",=+")
    return f"SN={certificate.serial_number:X},CA={issuer}"


def _plain(key_id: str) -> str:
    if not _PLAIN.fullmatch(key_id):
        raise UsageError(
            "this bank knows keys by an id of its own, and none that can be sent is given",
            do="Give the key id that the bank gave at registration",
        )
    return key_id


def one_line(certificate: Certificate) -> str:
    """Return a certificate in base64 without the lines around PEM, as it travels in a header."""
    return b64encode(certificate.public_bytes(Encoding.DER)).decode()
