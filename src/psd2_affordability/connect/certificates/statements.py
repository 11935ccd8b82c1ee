"""The qualified statements in a certificate: what it is for, and which payment services its owner may offer.

The statement on payment services is the one of ETSI TS 119 495, the one on what a certificate is for
of ETSI EN 319 412-5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cryptography.x509 import Certificate, ExtensionNotFound, ObjectIdentifier, UnrecognizedExtension

from psd2_affordability.connect.certificates import der

ACCOUNT_INFORMATION: Final = "PSP_AI"

_STATEMENTS: Final = ObjectIdentifier("1.3.6.1.5.5.7.1.3")
_PSD2: Final = "0.4.0.19495.2"
_USE: Final = "0.4.0.1862.1.6"
_ROLES: Final[Mapping[str, str]] = {
    "PSP_AS": "0.4.0.19495.1.1",
    "PSP_PI": "0.4.0.19495.1.2",
    ACCOUNT_INFORMATION: "0.4.0.19495.1.3",
    "PSP_IC": "0.4.0.19495.1.4",
}
_ROLE_NAMES: Final = {dotted: name for name, dotted in _ROLES.items()}


class CertificateUse(StrEnum):
    """What a qualified certificate is for."""

    QWAC = "QWAC"
    QSEALC = "QSealC"


_USES: Final[Mapping[CertificateUse, str]] = {
    CertificateUse.QSEALC: "0.4.0.1862.1.6.2",
    CertificateUse.QWAC: "0.4.0.1862.1.6.3",
}


@dataclass(frozen=True, slots=True)
class Psd2Statement:
    """Which payment services the owner may offer, and who says so.

    Attributes:
        roles: such as `PSP_AI`, account information.
        authority_name: the national authority that gave the licence.
        authority_id: its number, such as `NL-DNB`.
    """

    roles: tuple[str, ...]
    authority_name: str
    authority_id: str


def psd2_statement(certificate: Certificate) -> Psd2Statement | None:
    """Return what a certificate says about payment services; None when it says nothing.

    Raises:
        ValueError: the statement is damaged.
    """
    info = _statements(certificate).get(_PSD2)
    if info is None:
        return None
    (_, roles), (name_tag, name), (id_tag, number) = der.inside(info)
    if (name_tag, id_tag) != (der.UTF8_TEXT, der.UTF8_TEXT):
        raise ValueError("the authority has no name")
    return Psd2Statement(tuple(_role(one) for _, one in der.read(roles)), name.decode(), number.decode())


def certificate_use(certificate: Certificate) -> CertificateUse | None:
    """Return what a certificate is for; None when it does not say.

    Raises:
        ValueError: the statement is damaged.
    """
    info = _statements(certificate).get(_USE)
    said = {der.read_identifier(one) for _, one in der.inside(info)} if info else set()
    return next((use for use, dotted in _USES.items() if dotted in said), None)


def statements_extension(use: CertificateUse, statement: Psd2Statement) -> UnrecognizedExtension:
    """Write the statements as the extension of a new certificate."""
    roles = (der.sequence(der.identifier(_ROLES[role]), der.text(role)) for role in statement.roles)
    psd2 = der.sequence(
        der.sequence(*roles), der.text(statement.authority_name), der.text(statement.authority_id)
    )
    uses = der.sequence(der.identifier(_USES[use]))
    content = der.sequence(
        der.sequence(der.identifier(_USE), uses), der.sequence(der.identifier(_PSD2), psd2)
    )
    return UnrecognizedExtension(_STATEMENTS, content)


def _statements(certificate: Certificate) -> dict[str, bytes]:
    """Return each statement's further information, empty where it has none."""
    try:
        extension = certificate.extensions.get_extension_for_oid(_STATEMENTS).value
    except ExtensionNotFound:
        return {}
    if not isinstance(extension, UnrecognizedExtension):
        raise ValueError("the statements are not in the form they should be")  # noqa: TRY004 (the data, no caller)
    found = {}
    for tag, content in der.inside(extension.value):
        (kind, dotted), *info = der.read(content)
        if (tag, kind) != (der.SEQUENCE, der.OBJECT_IDENTIFIER):
            raise ValueError("a statement has no identifier")
        found[der.read_identifier(dotted)] = der.element(*info[0]) if info else b""
    return found


def _role(content: bytes) -> str:
    """Name a role by its identifier, which decides, and by its own name where we don't know it."""
    (_, dotted), (_, name) = der.read(content)
    return _ROLE_NAMES.get(der.read_identifier(dotted)) or name.decode()
