"""Tokens that are of use only with our client certificate (RFC 8705)."""

from hashlib import sha256

from authlib.common.encoding import to_unicode, urlsafe_b64encode
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate
from joserfc import jws
from joserfc.errors import JoseError

from psd2_affordability.connect.oauth.jose import same
from psd2_affordability.connect.strict_json import at, read_object
from psd2_affordability.core.errors import BankAnswerBroken


def thumbprint(certificate: bytes) -> str:
    """Return how a token names the certificate it is bound to (`x5t#S256`).

    Args:
        certificate: PEM; the first certificate in it counts.
    """
    der = load_pem_x509_certificate(certificate).public_bytes(Encoding.DER)
    return str(to_unicode(urlsafe_b64encode(sha256(der).digest())))


def check_bound(access: str, certificate: bytes, *, where: str) -> None:
    """Find out now, not at the first call, that a token is bound to another certificate than ours.

    Most banks' tokens cannot be read by us: then there is nothing to find out.

    Raises:
        BankAnswerBroken: the token names another certificate.
    """
    named = _named(access) if certificate else None
    if named is not None and not same(named, thumbprint(certificate)):
        raise BankAnswerBroken(
            "the bank bound the token to another client certificate than ours",
            where=where,
            do="Check which certificate reaches the bank: a proxy in between, or an old one in the settings",
        )


def _named(access: str) -> object:
    try:
        claims = read_object(jws.extract_compact(access.encode()).payload or b"", where="")
    except (JoseError, ValueError, TypeError, RecursionError, BankAnswerBroken):
        return None
    confirmation = at(claims, "cnf")
    return confirmation.get("x5t#S256") if isinstance(confirmation, dict) else None
