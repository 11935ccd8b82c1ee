"""Why a secure connection failed, in words that say what to do; the library's own words quote addresses."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_OURS: Final = "Check that the client certificate (QWAC) registered at this bank is given, and is still valid"
_THEIRS: Final = "Check the bank's address, the authorities to trust and this machine's clock"


@dataclass(frozen=True, slots=True)
class TlsFailure:
    """Why a connection failed.

    Attributes:
        what: went wrong.
        do: what to do.
    """

    what: str
    do: str


#: What the bank's side sends when it refuses us, by a part of the TLS library's reason.
_REFUSED: Final = {
    "CERTIFICATE_REQUIRED": TlsFailure(
        "the bank asks for a client certificate", "Give the client certificate (QWAC) registered at this bank"
    ),
    "ALERT_CERTIFICATE_EXPIRED": TlsFailure(
        "the bank says that our client certificate is not valid today",
        "Ask its issuer for a new client certificate (QWAC) and register that at the bank",
    ),
    "ALERT_CERTIFICATE_REVOKED": TlsFailure(
        "the bank says that our client certificate is withdrawn",
        "Ask its issuer for a new client certificate (QWAC) and register that at the bank",
    ),
    "ALERT_UNKNOWN_CA": TlsFailure(
        "the bank does not trust the issuer of our client certificate",
        "Give a client certificate (QWAC) of a qualified issuer; test banks want their own",
    ),
    "ALERT_UNSUPPORTED_CERTIFICATE": TlsFailure(
        "the bank does not take this certificate for a connection",
        "Give the client certificate (QWAC), not the seal (QSealC)",
    ),
    "PROTOCOL": TlsFailure(
        "the bank's server speaks no version of TLS that is safe",
        "TLS 1.2 is the least that is used; report it to the bank",
    ),
}
#: What our side finds wrong with the bank's certificate, by its number in the TLS library.
_NOT_TRUSTED: Final = {
    10: TlsFailure("the certificate of the bank's server has ended", _THEIRS),
    62: TlsFailure("the bank's server has a certificate for another name", "Check the bank's address"),
    64: TlsFailure("the bank's server has a certificate for another address", "Check the bank's address"),
}


def tls_failure(error: BaseException) -> TlsFailure | None:
    """Say why a secure connection failed; None when it was something else.

    A server that refuses a client certificate may also just hang up, which is said as well.
    """
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            unknown = TlsFailure("the certificate of the bank's server is not trusted", _THEIRS)
            return _NOT_TRUSTED.get(cause.verify_code, unknown)
        if isinstance(cause, ssl.SSLError):
            reason = cause.reason or ""
            return next((failure for part, failure in _REFUSED.items() if part in reason), _refused())
        if isinstance(cause, ConnectionResetError | BrokenPipeError):
            return TlsFailure(
                "the bank hung up", f"{_OURS}; where it wants none, check the network and try again"
            )
    return None


def _refused() -> TlsFailure:
    return TlsFailure("no secure connection to the bank: it refused", _OURS)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Go through an error and what lies under it: the libraries wrap one in the other."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, BaseException) and id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += [each.__cause__, each.__context__, getattr(each, "reason", None), *each.args]
