"""Whether our own certificate can be used, checked before a bank finds out."""

from datetime import date
from typing import Final

from cryptography.x509 import Certificate

from psd2_affordability.connect.certificates.facts import CertificateFacts, facts_of
from psd2_affordability.connect.certificates.statements import ACCOUNT_INFORMATION, CertificateUse
from psd2_affordability.connect.keys.algorithms import PublicKey
from psd2_affordability.core.errors import CredentialsError

_WARN_DAYS: Final = 30


def check_certificate(
    certificate: Certificate, *, use: CertificateUse, key: PublicKey, on: date, where: str
) -> tuple[str, ...]:
    """Check our own certificate and return warnings, such as that it ends soon.

    Args:
        certificate: ours.
        use: what we are about to use it for.
        key: the public half of the key that we sign with.
        on: today.
        where: what the user calls it.

    Raises:
        CredentialsError: not valid on that day, for another use, without the role of account
            information, or of another key.
    """
    facts = facts_of(certificate, where=where)
    _require_valid(facts, on, where)
    if facts.use not in (use, None):
        raise CredentialsError(
            f"this is a {facts.use}, and a {use} is needed", where=where, do=f"Give the {use} here"
        )
    if ACCOUNT_INFORMATION not in facts.roles:
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


def _warnings(facts: CertificateFacts, on: date, where: str) -> tuple[str, ...]:
    if facts.days_left(on) > _WARN_DAYS:
        return ()
    until, left = facts.valid_until.isoformat(), facts.days_left(on)
    do = "Ask its issuer for a new one and register that at the banks"
    return (f"{where}: the certificate ends on {until}, in {left} days. {do}",)
