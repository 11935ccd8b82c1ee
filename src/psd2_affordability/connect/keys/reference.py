"""Where a key is kept, as the user writes it: `file:...`, `env:...` or `pkcs11:...`."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from psd2_affordability.connect.keys.algorithms import SigningKey
from psd2_affordability.connect.keys.pem import key_from_pem
from psd2_affordability.connect.keys.token import TokenKey
from psd2_affordability.core.errors import UsageError

_FORMS = "Write file:PATH, env:NAME or pkcs11:token=LABEL;object=LABEL;module=PATH"
_TOKEN_PARTS = {"token", "object", "module"}


@dataclass(frozen=True, slots=True)
class FileReference:
    """A PEM file."""

    path: str

    def __str__(self) -> str:
        return f"file:{self.path}"


@dataclass(frozen=True, slots=True)
class VariableReference:
    """PEM text in a variable of the environment."""

    name: str

    def __str__(self) -> str:
        return f"env:{self.name}"


@dataclass(frozen=True, slots=True)
class TokenReference:
    """A key inside a token, with the library that reaches it."""

    token: str
    object: str
    module: str


def parse_reference(text: str) -> FileReference | VariableReference | TokenReference:
    """Read where a key is kept.

    >>> parse_reference("pkcs11:token=Office;object=seal%201;module=/usr/lib/softhsm/libsofthsm2.so")
    TokenReference(token='Office', object='seal 1', module='/usr/lib/softhsm/libsofthsm2.so')

    Raises:
        UsageError: none of the three forms. The text is not repeated: it may be a key itself.
    """
    kind, _, rest = text.strip().partition(":")
    if kind == "file" and rest:
        return FileReference(rest)
    if kind == "env" and rest.isidentifier():
        return VariableReference(rest)
    if kind == "pkcs11":
        pairs = [part.partition("=") for part in rest.split(";")]
        parts = {name: unquote(value) for name, _, value in pairs}
        if set(parts) == _TOKEN_PARTS and len(pairs) == len(parts) and all(parts.values()):
            return TokenReference(**parts)
    raise UsageError("it is not clear where a key is kept", do=_FORMS)


def key_from_reference(
    text: str, *, content: Callable[[FileReference | VariableReference], bytes], secret: str | None = None
) -> SigningKey:
    """Open the key that a reference names.

    Args:
        text: the reference.
        content: reads the PEM text of a file or a variable.
        secret: password of the PEM text, or PIN of the token.

    Raises:
        UsageError: the reference is none.
        CredentialsError: the key cannot be used.
    """
    reference = parse_reference(text)
    if isinstance(reference, TokenReference):
        return TokenKey(
            module=reference.module, token=reference.token, label=reference.object, pin=secret or ""
        )
    return key_from_pem(content(reference), password=secret, where=str(reference))
