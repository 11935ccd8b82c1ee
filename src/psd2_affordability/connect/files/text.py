"""Text from a bank: decoded, without hidden characters, and with one kind of space."""

import re
import unicodedata
from collections.abc import Sequence

_IBAN_SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}", re.ASCII)
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_CONTROLS = bytes(sorted({*range(32), 127} - {9, 10, 13}))


def clean(text: str) -> str:
    r"""Drop control, formatting and direction characters, and write every space as one.

    >>> clean("HUUR\u202e maart\x00\n2026")
    'HUUR maart 2026'
    """
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    return " ".join(_without_hidden(" ".join(text.split())).split())


def cleaned(values: Sequence[str]) -> Sequence[str]:
    """Clean a whole column; text that is clean already stays as it is."""
    if "".join(values).isprintable():
        return values
    return [text if text.isprintable() else clean(text) for text in values]


def decoded(content: bytes) -> str:
    """Decode a text file as a bank writes it, without control characters and with one kind of line end."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    content = content.translate(None, _CONTROLS).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _without_hidden(text: str) -> str:
    hidden = {mark for mark in set(text) if unicodedata.category(mark) in _HIDDEN}
    return text.translate(dict.fromkeys(map(ord, hidden))) if hidden else text


def iban_or_nothing(text: str) -> str:
    """Return the text as an IBAN when it has the shape of one.

    >>> iban_or_nothing("nl91 abna 0417 1643 00"), iban_or_nothing("0417164300")
    ('NL91ABNA0417164300', '')
    """
    if _IBAN_SHAPE.fullmatch(text):
        return text
    joined = text.replace(" ", "").upper()
    return joined if _IBAN_SHAPE.fullmatch(joined) else ""
