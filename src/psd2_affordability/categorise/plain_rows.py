"""Reads TOML files of plain rows, many times faster than a whole TOML parser.

The files of payees are long, and everybody who waits for a first answer waits for them. A file is plain
when it has one value or one row on each line, written the way the shipped files write them: texts, lists
of texts, whole numbers, flags and days; only a text may go on over more lines. A file with anything else
in it is left to the parser of the standard library: what is read is the same, and so are the errors.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from psd2_affordability.core.errors import RuleFileError
from psd2_affordability.core.toml_table import parse_toml

_TEXT = r'"[^"\\\x00-\x1f\x7f]*"'
_VALUE = rf"{_TEXT}|\[{_TEXT}(?:, {_TEXT})*\]|true|false|\d{{4}}-\d\d-\d\d|[1-9]\d{{0,8}}"
_ROW = rf"\{{ [a-z_]+ = (?:{_VALUE})(?:, [a-z_]+ = (?:{_VALUE}))* \}}"
_NAMED_ROW = re.compile(rf"([a-z_0-9]+) *= {_ROW}", re.ASCII)
_NAMED_VALUE = re.compile(rf"([a-z_]+) = ({_VALUE})", re.ASCII)
_OPENED = re.compile(r"([a-z_]+) = \[", re.ASCII)
_TEXT_OPENED = re.compile(r'([a-z_]+) = """([^"\\\x00-\x1f\x7f]+)', re.ASCII)
_SECTION = re.compile(r"\[([a-z_]+)\]", re.ASCII)
_PAIR = re.compile(rf"([a-z_]+) = ({_VALUE})(?:, | \}})", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_TEXT_END = '"""'
_FLAGS = {"true": True, "false": False}

Row = dict[str, Any]


def parse_rows_file(content: bytes, where: str) -> Row:
    """Parse a file of knowledge; the same as `parse_toml`, sooner where the file is plain.

    Raises:
        RuleFileError: the file is not UTF-8 or not TOML.
    """
    try:
        return _plain(content.decode("utf-8-sig"))
    except ValueError:
        return parse_toml(content, where, RuleFileError)


def _plain(text: str) -> Row:
    """Return what a file says.

    Raises:
        ValueError: it is not plain throughout.
    """
    if _CONTROL.search(text):
        raise ValueError
    told: Row = {}
    table = told
    lines = iter(text.split("\n"))
    for line in lines:
        if not line or line.startswith("#"):
            continue
        if found := _NAMED_ROW.fullmatch(line):
            _put(table, found[1], _pairs(line.partition("=")[2]))
        elif found := _NAMED_VALUE.fullmatch(line):
            _put(table, found[1], _value(found[2]))
        elif found := _OPENED.fullmatch(line):
            _put(table, found[1], _rows(lines))
        elif found := _TEXT_OPENED.fullmatch(line):
            _put(table, found[1], _text(found[2], lines))
        elif found := _SECTION.fullmatch(line):
            table = {}
            _put(told, found[1], table)
        else:
            raise ValueError
    return told


def _put(table: Row, key: str, value: object) -> None:
    if key in table:
        raise ValueError
    table[key] = value


def _rows(lines: Iterator[str]) -> list[Row]:
    """Read the rows of a list, and the line that closes it."""
    found = []
    for line in lines:
        pairs = _PAIR.findall(line)
        # written again they are the whole line: sooner known than by a pattern of all of it
        if pairs and line.lstrip(" ") == "{ " + ", ".join(map(" = ".join, pairs)) + " },":
            found.append(_row(pairs))
        elif line == "]":
            return found
        elif line and not line.lstrip(" ").startswith("#"):
            break
    raise ValueError


def _text(first: str, lines: Iterator[str]) -> str:
    """Read the rest of a text of several lines."""
    found = [first]
    for line in lines:
        found.append(line.removesuffix(_TEXT_END))
        if '"' in found[-1] or "\\" in found[-1]:
            break
        if line.endswith(_TEXT_END):
            return "\n".join(found)
    raise ValueError


def _pairs(line: str) -> Row:
    return _row(_PAIR.findall(line))


def _row(pairs: list[tuple[str, str]]) -> Row:
    row = {key: value[1:-1] if value[0] == '"' else _value(value) for key, value in pairs}
    if len(row) != len(pairs):
        raise ValueError
    return row


def _value(written: str) -> str | list[str] | bool | int | date:
    if written[0] == '"':
        return written[1:-1]
    if written[0] == "[":
        return written[2:-2].split('", "')
    if written in _FLAGS:
        return _FLAGS[written]
    return date.fromisoformat(written) if "-" in written else int(written)
