"""What a certificate says about itself, for people and for checks."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cryptography.x509 import Certificate, DuplicateExtension, ObjectIdentifier, load_pem_x509_certificates
from cryptography.x509.oid import NameOID

from psd2_affordability.connect.certificates.statements import (
    CertificateUse,
    Psd2Statement,
    certificate_use,
    psd2_statement,
)
from psd2_affordability.core.errors import CredentialsError

_LONG_NAMES: Final = {NameOID.ORGANIZATION_IDENTIFIER: "organizationIdentifier"}


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says.

    Attributes:
        subject: its owner, as a distinguished name.
        name: its owner in short.
        organisation_id: the owner's number in a register, such as `PSDNL-DNB-123456`; may be empty.
        issuer: who gave it out, as a distinguished name.
        serial: its number, in hexadecimal digits.
        use: QWAC or QSealC; None when it does not say.
        statement: the payment services its owner may offer; None when it does not say.
        valid_from: the first day it counts.
        valid_until: the last day it counts.
    """

    subject: str
    name: str
    organisation_id: str
    issuer: str
    serial: str
    use: CertificateUse | None
    statement: Psd2Statement | None
    valid_from: date
    valid_until: date

    @property
    def roles(self) -> tuple[str, ...]:
        """The payment services its owner may offer, such as `PSP_AI`."""
        return self.statement.roles if self.statement else ()

    def days_left(self, on: date) -> int:
        """Return how many days it still counts after this one; below zero when it has ended."""
        return (self.valid_until - on).days


def load_certificate(pem: bytes, *, where: str) -> Certificate:
    """Read a certificate; of a chain the first, which is the owner's.

    Raises:
        CredentialsError: there is no certificate, or it is damaged.
    """
    try:
        return load_pem_x509_certificates(pem)[0]
    except ValueError:
        raise CredentialsError(
            "there is no certificate that can be read",
            where=where,
            do="Give PEM text that begins with the owner's certificate",
        ) from None


def facts_of(certificate: Certificate, *, where: str) -> CertificateFacts:
    """Return what a certificate says.

    Raises:
        CredentialsError: its statements are damaged.
    """
    try:
        return CertificateFacts(
            subject=certificate.subject.rfc4514_string(_LONG_NAMES),
            name=_first(certificate, NameOID.COMMON_NAME) or _first(certificate, NameOID.ORGANIZATION_NAME),
            organisation_id=_first(certificate, NameOID.ORGANIZATION_IDENTIFIER),
            issuer=certificate.issuer.rfc4514_string(),
            serial=f"{certificate.serial_number:X}",
            use=certificate_use(certificate),
            statement=psd2_statement(certificate),
            valid_from=certificate.not_valid_before_utc.date(),
            valid_until=certificate.not_valid_after_utc.date(),
        )
    except (ValueError, DuplicateExtension):
        raise CredentialsError(
            "what the certificate says about itself is damaged",
            where=where,
            do="Ask its issuer for a new one",
        ) from None


def _first(certificate: Certificate, kind: ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(kind)
    return str(found[0].value) if found else ""
