"""Test certificates, made once: an authority, our QWAC and QSealC, and a clock that they count at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from psd2_affordability.connect.certificates import CertificateUse
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.keys import key_from_pem
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


@contextmanager
def as_files(*texts: bytes) -> Iterator[tuple[str, ...]]:
    """Give each text a path for as long as a block lasts."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.pem" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text)
        yield tuple(map(str, paths))


def us(**more: str) -> Credentials:
    """Who we are at a bank that knows us by our QSealC."""
    issued = qsealc()
    key = key_from_pem(issued.key_pem, where="test")
    return Credentials(client_id="client-7", seal_key=key, seal_certificate=issued.pem, **more)
