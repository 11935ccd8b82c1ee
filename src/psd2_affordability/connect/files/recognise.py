"""Which format a file is in, told by its content and never by its name."""

import re
from typing import Literal

from psd2_affordability.connect.files.csv_table import find_table
from psd2_affordability.connect.files.text import decoded
from psd2_affordability.core.errors import UnknownFormat

Format = Literal["camt", "mt940", "csv"]

READABLE = (
    "Readable are camt.052, camt.053, camt.054 (XML), MT940, MT942 and the CSV or TAB exports "
    "of Dutch banks: ask the bank for one of those"
)
_JSON = "JSON"
_SAVED = "If a bank's interface gave it, name that bank with --bank; `banks list` shows which there are"

_HEAD = 65_536
_CAMT = re.compile(r"camt\.05[234]\.001\.[0-9]{2}|<(?:\w+:)?BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn)", re.ASCII)
_ISO_MESSAGE = re.compile(r"xsd:([a-z]{4}\.[0-9]{3})\.", re.ASCII)
_MT940_START = re.compile(r"^:(?:20|25):", re.MULTILINE)
_MT940_BODY = re.compile(r"^:(?:60[FM]|61|62[FM]|34F|90[DC]):", re.MULTILINE)

_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive inside another"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive inside another"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"OFXHEADER", "an OFX file"),
)


def recognise(name: str, content: bytes) -> Format:
    r"""Tell the format of a statement file.

    Raises:
        UnknownFormat: it is something else; the error says what it looks like.

    >>> recognise("a.txt", b":20:X\n:25:NL91ABNA0417164300\n:60F:C260101EUR0,00\n")
    'mt940'
    """
    if not content.strip(b"\0\t\r\n "):
        raise UnknownFormat("the file is empty", where=name, do=READABLE)
    for signature, looks in _SIGNATURES:
        if content.startswith(signature):
            raise _unknown(name, looks)
    head = _head(content)
    if head.startswith("<"):
        if _CAMT.search(head):
            return "camt"
        raise _unknown(name, _kind_of_markup(head))
    if _MT940_START.search(head) and _MT940_BODY.search(head):
        return "mt940"
    if find_table(head):
        return "csv"
    raise _unknown(name, _kind_of_text(content, head))


def looks_saved(content: bytes) -> bool:
    """Tell whether a file may be an answer of a bank: JSON, by its first sign."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def _unknown(name: str, looks: str) -> UnknownFormat:
    do = _SAVED if looks == _JSON else READABLE
    return UnknownFormat(
        f"this looks like {looks}, which is no statement format that we read", where=name, do=do
    )


def _head(content: bytes) -> str:
    return decoded(content[:_HEAD]).lstrip("\n ")


def _kind_of_markup(head: str) -> str:
    if message := _ISO_MESSAGE.search(head):
        return f"an ISO 20022 message of another kind ({message[1]})"
    if "<html" in head[:2000].lower():
        return "a web page"
    return "an OFX file" if "<OFX>" in head else "an XML file of another kind"


def _kind_of_text(content: bytes, head: str) -> str:
    if b"\0" in content[:_HEAD]:
        return "a binary file"
    if head.startswith(("{", "[")):
        return _JSON
    return (
        "a table (CSV) that is not the export of a bank we know"
        if _is_table(head)
        else "text of another kind"
    )


def _is_table(head: str) -> bool:
    """Whether the first two lines have as many separators, and more than one."""
    first, _, rest = head.partition("\n")
    second = rest.partition("\n")[0]
    return any(1 < first.count(mark) == second.count(mark) for mark in ";,\t")
