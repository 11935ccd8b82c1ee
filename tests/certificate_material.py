"""Test certificates, made once: an authority, our QWAC and QSealC, and a clock that they count at."""

from datetime import UTC, datetime
from functools import cache

from psd2_affordability.connect.certificates import CertificateUse
from psd2_affordability.sandbox.authority import CertificateAuthority, Issued

NOW = datetime.now(UTC)  # the TLS library checks certificates against this machine's clock


@cache
def authority() -> CertificateAuthority:
    return CertificateAuthority(now=NOW)


@cache
def qwac() -> Issued:
    return authority().issue(CertificateUse.QWAC)


@cache
def qsealc() -> Issued:
    return authority().issue(CertificateUse.QSEALC, since=datetime(2026, 1, 1, tzinfo=UTC), days=3650)
