"""Reads tables of knowledge strictly: every key known, every value of its kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from psd2_affordability.core.errors import RuleFileError

Row = Mapping[str, Any]
_TEXTS = {str}


@dataclass(frozen=True, slots=True)
class Shape:
    """Which keys a row must and may have, and the type of each."""

    must: Mapping[str, type]
    may: Mapping[str, type] = field(default_factory=dict)
    _known: dict[str, type] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Lay both kinds of keys together once, not for every row."""
        object.__setattr__(self, "_known", {**self.must, **self.may})

    def check(self, where: str, row: Row) -> None:
        """Refuse a row with a missing or unknown key, or with a value of another type.

        Raises:
            RuleFileError: names the file and the key.
        """
        known = self._known
        for key in self.must:
            if key not in row:
                raise RuleFileError(f"'{_label(row)}' lacks the key '{key}'", where=where)
        for key, value in row.items():
            if key not in known:
                raise RuleFileError(f"'{_label(row)}' has the unknown key '{key}'", where=where)
            kind = type(value)
            if kind is not known[key] or (not value and (kind is str or kind is list)):
                raise RuleFileError(f"'{_label(row)}' has a wrong or empty value for '{key}'", where=where)
            if kind is list and (set(map(type, value)) != _TEXTS or "" in value):
                raise RuleFileError(
                    f"'{_label(row)}' lists something else than text under '{key}'", where=where
                )


def _label(row: Row) -> str:
    return next((str(value) for value in row.values()), "an empty row")


def rows(where: str, table: Mapping[str, Any], key: str, shape: Shape) -> Iterator[Row]:
    """Yield the rows of one list in a file, each checked."""
    found = table.get(key)
    if not isinstance(found, list):
        raise RuleFileError(f"the list of rows '{key}' is missing", where=where)
    for row in found:
        if not isinstance(row, dict):
            raise RuleFileError(f"'{row}' under '{key}' is not a row of keys and values", where=where)
        shape.check(where, row)
        yield row


def only_keys(where: str, table: Mapping[str, Any], known: set[str]) -> None:
    """Refuse a file with a key at its top that nothing reads."""
    if unknown := set(table) - known:
        raise RuleFileError(f"the key '{min(unknown)}' is unknown here", where=where)
