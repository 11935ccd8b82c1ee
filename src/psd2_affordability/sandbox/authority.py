"""A certificate authority for tests: the certificates of banks and their visitors, trusted by nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from psd2_affordability.connect.certificates import (
    ACCOUNT_INFORMATION,
    CertificateUse,
    Psd2Statement,
    statements_extension,
)

_TEST: Final = "TEST ONLY"
_DOCUMENT_SIGNING: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_LICENCE: Final = Psd2Statement((ACCOUNT_INFORMATION,), "De Nederlandsche Bank", "NL-DNB")
_PURPOSES: Final[Mapping[CertificateUse, list[x509.ObjectIdentifier]]] = {
    CertificateUse.QWAC: [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH],
    CertificateUse.QSEALC: [_DOCUMENT_SIGNING],
}


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate and its key.

    Attributes:
        certificate: the certificate.
        key: its private key.
    """

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = field(repr=False)

    @property
    def pem(self) -> bytes:
        """The certificate as PEM text."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """The private key as PEM text, without a password."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@dataclass(frozen=True, slots=True)
class Visitor:
    """The payment service provider that a certificate is for.

    Attributes:
        name: of the organisation.
        number: as its certificate carries it: `PSD`, country, authority, licence.
        statement: what its licence allows.
    """

    name: str = "Schuldhulp Voorbeeld BV"
    number: str = "PSDNL-DNB-T0000001"
    statement: Psd2Statement = _LICENCE


class CertificateAuthority:
    """Gives out test certificates under a root of its own.

    Args:
        now: the moment from which its certificates count.
        name: of the root.
    """

    def __init__(self, *, now: datetime, name: str = "Root") -> None:
        self._now = now
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(f"{_TEST} {name}", f"{_TEST} Trust")
        certificate = (
            _certificate(subject, subject, key, now, now + timedelta(days=3650))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, SHA256())
        )
        self.root = Issued(certificate, key)

    def issue(
        self,
        use: CertificateUse,
        visitor: Visitor | None = None,
        *,
        days: int = 365,
        since: datetime | None = None,
    ) -> Issued:
        """Give out a QWAC or QSealC.

        Args:
            use: QWAC for connections, QSealC for messages.
            visitor: who it is for.
            days: how long it counts.
            since: from when it counts; now otherwise.
        """
        who = visitor or Visitor()
        key = rsa.generate_private_key(65537, 2048)
        subject = _name(f"{_TEST} {use}", who.name, who.number)
        certificate = (
            self._leaf(subject, key, since or self._now, days)
            .add_extension(
                _usage(digital_signature=True, content_commitment=use is CertificateUse.QSEALC), critical=True
            )
            .add_extension(x509.ExtendedKeyUsage(_PURPOSES[use]), critical=False)
            .add_extension(statements_extension(use, who.statement), critical=False)
        )
        return self._signed(certificate, key)

    def server(self, hosts: Sequence[str] = ("127.0.0.1",), *, days: int = 365) -> Issued:
        """Give out the certificate of a bank's server.

        Args:
            hosts: names and addresses that it is reached by.
            days: how long it counts.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            self._leaf(_name(f"{_TEST} {hosts[0]}", f"{_TEST} Bank"), key, self._now, days)
            .add_extension(x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False)
            .add_extension(_usage(digital_signature=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        )
        return self._signed(certificate, key)

    def _leaf(
        self,
        subject: x509.Name,
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
        since: datetime,
        days: int,
    ) -> x509.CertificateBuilder:
        root = self.root.certificate
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root.key.public_key())
        return (
            _certificate(subject, root.subject, key, since, since + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(above, critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )

    def _signed(
        self, certificate: x509.CertificateBuilder, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    ) -> Issued:
        return Issued(certificate.sign(self.root.key, SHA256()), key)


def set_for_tests(now: datetime) -> dict[str, bytes]:
    """Make a full set of test certificates and keys, each by the name of its file."""
    authority = CertificateAuthority(now=now)
    made = {
        "qwac": authority.issue(CertificateUse.QWAC),
        "qsealc": authority.issue(CertificateUse.QSEALC),
        "server": authority.server(("127.0.0.1", "localhost")),
    }
    files = {"root.pem": authority.root.pem}
    for name, issued in made.items():
        files |= {f"{name}.pem": issued.pem, f"{name}-key.pem": issued.key_pem}
    return files


def _name(common: str, organisation: str, number: str = "") -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "NL"), (NameOID.ORGANIZATION_NAME, organisation)]
    if number:
        parts.append((NameOID.ORGANIZATION_IDENTIFIER, number))
    return x509.Name(
        [x509.NameAttribute(oid, value) for oid, value in [*parts, (NameOID.COMMON_NAME, common)]]
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    since: datetime,
    until: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
