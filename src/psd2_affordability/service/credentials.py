"""Who we are at each bank: read from one TOML file outside the project, named in the environment.

Every secret in it may be given in place, as a file (`file:/run/secrets/x`) or as a variable (`env:X`).
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from psd2_affordability.core.errors import UsageError
from psd2_affordability.core.toml_table import Table, parse_table

if TYPE_CHECKING:
    from psd2_affordability.connect.credentials import Credentials
    from psd2_affordability.connect.keys import SigningKey


def load_credentials(
    path: Path | None, environment: Mapping[str, str] | None = None
) -> "dict[str, Credentials]":
    """Read our registrations: bank id to credentials; without a file there are none.

    Raises:
        UsageError: the file, or something it refers to, cannot be read; no secret is ever quoted.
    """
    if path is None:
        return {}
    table = parse_table(_content(path, str(path)), str(path), UsageError)
    given = os.environ if environment is None else environment
    read = {bank: _credentials(table.table(bank), str(path), given) for bank in table.names()}
    table.done()
    return read


def _credentials(table: Table, where: str, environment: Mapping[str, str]) -> "Credentials":
    from psd2_affordability.connect.credentials import Credentials
    from psd2_affordability.connect.registry import URLS

    def text(name: str) -> str:
        return resolved(table.text(name, ""), where, environment).decode().strip()

    more, urls = table.table("more", optional=True), table.table("urls", optional=True)
    return Credentials(
        client_id=text("client_id"),
        client_secret=text("client_secret"),
        api_key=text("api_key"),
        token_key_id=text("token_key_id"),
        authorities=text("authorities"),
        transport_certificate=_client_certificate(table, where, environment),
        token_key=_key(table, "token_key", where, environment),
        seal_key=_key(table, "seal_key", where, environment),
        seal_certificate=resolved(table.text("seal_certificate", ""), where, environment),
        urls={name: urls.text(name) for name in urls.names(URLS)},
        more={name: resolved(more.text(name), where, environment).decode().strip() for name in more.names()},
    )


def _client_certificate(table: Table, where: str, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the certificate of mutual TLS and its key as paths, the only form that TLS libraries take.

    The paths lead to memory, so that a key from a variable or behind a password is never written to disk.
    """
    from psd2_affordability.connect.keys import plain_pem
    from psd2_affordability.connect.keys.as_files import held_as_file

    certificate, key = table.text("transport_certificate", ""), table.text("transport_key", "")
    secret = table.text("transport_key_secret", "")
    if bool(certificate) != bool(key):
        raise table.fault(
            "transport_certificate", "and 'transport_key' belong together", "Give both or neither"
        )
    if not certificate:
        return None
    if key.startswith("pkcs11:"):
        raise table.fault(
            "transport_key", "cannot be on a token, only the seal's key can", "Give a file or env: one"
        )
    password = resolved(secret, where, environment).decode().strip() if secret else None
    pem = plain_pem(_pem(key, where, environment), password=password, where="transport_key")
    return held_as_file(_pem(certificate, where, environment)), held_as_file(pem)


def _pem(reference: str, where: str, environment: Mapping[str, str]) -> bytes:
    """Return PEM text from a file, named plainly or as `file:`, or from a variable."""
    named = reference if reference.startswith(("file:", "env:")) else f"file:{reference}"
    return resolved(named, where, environment)


def _key(table: Table, name: str, where: str, environment: Mapping[str, str]) -> "SigningKey | None":
    """Open a key, wherever it is kept; its password or PIN stands beside it under `<name>_secret`."""
    from psd2_affordability.connect.keys import key_from_reference

    reference, secret = table.text(name, ""), table.text(f"{name}_secret", "")
    if not reference:
        return None
    return key_from_reference(
        reference,
        content=lambda kept: resolved(str(kept), where, environment),
        secret=resolved(secret, where, environment).decode().strip() if secret else None,
    )


def resolved(reference: str, where: str, environment: Mapping[str, str]) -> bytes:
    """Return what a reference stands for: a file's content, a variable's, or the text itself.

    >>> resolved("env:TOKEN", "credentials.toml", {"TOKEN": "t"}), resolved("plain", "", {})
    (b't', b'plain')
    """
    kind, _, name = reference.partition(":")
    if kind == "file" and name:
        return _content(Path(name), where)
    if kind == "env" and name:
        if name not in environment:
            raise UsageError(f"the variable {name} is not set", where=where, do="Set it, or name another")
        return environment[name].encode()
    return reference.encode()


def _content(path: Path, where: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        what = "the file" if str(path) == where else path
        raise UsageError(
            f"{what} cannot be read ({why})", where=where, do="Name a file that is there"
        ) from None
