"""Reads a TOML file that ends in one list of plain rows, many times faster than a whole TOML parser.

The files of payees are long, and everybody who waits for a first answer waits for them. A row is plain
when it stands on one line and holds texts, lists of texts, whole numbers, flags and days, written the
way the shipped files write them. A file with anything else in it is left to the parser of the standard
library: what is read is the same, and so are the errors.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from psd2_affordability.core.errors import RuleFileError
from psd2_affordability.core.toml_table import parse_toml

_TEXT = r'"[^"\\\x00-\x1f\x7f]*"'
_VALUE = rf"{_TEXT}|\[{_TEXT}(?:, {_TEXT})*\]|true|false|\d{{4}}-\d\d-\d\d|[1-9]\d{{0,8}}"
_ROW = re.compile(rf" *\{{ [a-z_]+ = (?:{_VALUE})(?:, [a-z_]+ = (?:{_VALUE}))* \}},", re.ASCII)
_PAIR = re.compile(rf"([a-z_]+) = ({_VALUE})(?:, | \}},)", re.ASCII)
_LIST = re.compile(r"^([a-z_]+) = \[\n", re.ASCII | re.MULTILINE)
_FLAGS = {"true": True, "false": False}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def parse_rows_file(content: bytes, where: str) -> dict[str, Any]:
    """Parse a file of knowledge; the same as `parse_toml`, sooner where the rows are plain.

    Raises:
        RuleFileError: the file is not UTF-8 or not TOML.
    """
    found = _plain(content, where)
    return parse_toml(content, where, RuleFileError) if found is None else found


def _plain(content: bytes, where: str) -> dict[str, Any] | None:
    """Return what the file says, or None when it is not plain throughout."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    opened = _LIST.search(text)
    if opened is None or not text.endswith("\n]\n") or _CONTROL.search(text):
        return None
    head = text[: opened.start()]
    if '"""' in head or "'''" in head or head.startswith("[") or "\n[" in head:
        return None
    listed = _rows(text[opened.end() : -2])
    told = parse_toml(head.encode(), where, RuleFileError)
    if listed is None or opened[1] in told:
        return None
    return {**told, opened[1]: listed}


def _rows(lines: str) -> list[Mapping[str, Any]] | None:
    found = []
    for line in lines.split("\n"):
        if not _ROW.fullmatch(line):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            return None
        pairs = _PAIR.findall(line)
        try:
            row = {key: _value(value) for key, value in pairs}
        except ValueError:
            return None
        if len(row) != len(pairs):
            return None
        found.append(row)
    return found


def _value(written: str) -> str | list[str] | bool | int | date:
    if written[0] == '"':
        return written[1:-1]
    if written[0] == "[":
        return written[2:-2].split('", "')
    if written in _FLAGS:
        return _FLAGS[written]
    return date.fromisoformat(written) if "-" in written else int(written)
