"""Whether our own certificate can be used, checked before a bank finds out."""

import logging
from datetime import date
from pathlib import Path
from typing import Final

from cryptography.x509 import Certificate

from psd2_affordability.connect.certificates.facts import CertificateFacts, facts_of, load_certificate
from psd2_affordability.connect.certificates.statements import ACCOUNT_INFORMATION, CertificateUse
from psd2_affordability.connect.keys.algorithms import PublicKey
from psd2_affordability.connect.keys.pem import key_from_pem
from psd2_affordability.core.errors import CredentialsError

_log = logging.getLogger(__name__)

_WARN_DAYS: Final = 30


def check_certificate(
    certificate: Certificate, *, use: CertificateUse, key: PublicKey, on: date, where: str
) -> tuple[str, ...]:
    """Check our own certificate and return warnings: it ends soon, or says nothing of payment services.

    Test banks hand out certificates without a word on payment services; real banks refuse those.

    Args:
        certificate: ours.
        use: what we are about to use it for.
        key: the public half of the key that we sign with.
        on: today.
        where: what the user calls it.

    Raises:
        CredentialsError: not valid on that day, for another use, for other payment services than
            account information, or of another key.
    """
    facts = facts_of(certificate, where=where)
    _require_valid(facts, on, where)
    if facts.use not in (use, None):
        raise CredentialsError(
            f"this is a {facts.use}, and a {use} is needed", where=where, do=f"Give the {use} here"
        )
    if facts.statement and ACCOUNT_INFORMATION not in facts.roles:
        raise CredentialsError(
            f"the certificate does not carry the role of account information ({ACCOUNT_INFORMATION})",
            where=where,
            do="Ask its issuer for one with that role",
        )
    if certificate.public_key() != key:
        raise CredentialsError(
            "the certificate belongs to another key", where=where, do="Give the key it was issued for"
        )
    return _warnings(facts, on, where)


def _require_valid(facts: CertificateFacts, on: date, where: str) -> None:
    if on < facts.valid_from:
        what = f"the certificate counts from {facts.valid_from.isoformat()}"
        raise CredentialsError(what, where=where, do="Wait until then, or check this machine's clock")
    if facts.days_left(on) < 0:
        what = f"the certificate ended on {facts.valid_until.isoformat()}"
        raise CredentialsError(
            what, where=where, do="Ask its issuer for a new one and register that at the bank"
        )


def check_client_certificate(files: tuple[str, str], *, on: date) -> None:
    """Check the client certificate of mutual TLS and its key before a connection is made.

    Warnings are logged.

    Args:
        files: of the certificate and of its key, which has no password.
        on: today.

    Raises:
        CredentialsError: as `check_certificate`, or a file that cannot be read.
    """
    where = "client certificate"
    certificate = load_certificate(_content(files[0], where), where=where)
    key = key_from_pem(_content(files[1], where), where="key of the client certificate")
    warn(check_certificate(certificate, use=CertificateUse.QWAC, key=key.public_key, on=on, where=where))


def warn(warnings: tuple[str, ...]) -> None:
    """Log what is to be done about a certificate."""
    for each in warnings:
        _log.warning("%s", each)


def _content(path: str, where: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        why = error.strerror or "refused"
        raise CredentialsError(f"cannot be read: {why}", where=where, do="Check its path") from None


def _warnings(facts: CertificateFacts, on: date, where: str) -> tuple[str, ...]:
    until, left = facts.valid_until.isoformat(), facts.days_left(on)
    do = "Ask its issuer for a new one and register that at the banks"
    found = []
    if left <= _WARN_DAYS:
        found.append(f"{where}: the certificate ends on {until}, in {left} days. {do}")
    if facts.statement is None:
        found.append(f"{where}: the certificate says nothing of payment services; real banks refuse it")
    return tuple(found)
