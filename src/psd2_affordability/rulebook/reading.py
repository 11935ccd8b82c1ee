"""A strict reader of one TOML table: every key is asked for, and what is left over is an error."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from psd2_affordability.core.errors import RuleFileError

Chosen = TypeVar("Chosen", bound=StrEnum)


class Table:
    """One TOML table of a rule file, read key by key.

    Args:
        content: the table.
        file: path of the rule file, for messages.
        where: the table's own name inside the file, or empty for the top.
    """

    def __init__(self, content: Mapping[str, object], file: str, where: str = "") -> None:
        self.content = content
        self.file = file
        self.where = where

    def fault(self, key: str, what: str, do: str = "") -> RuleFileError:
        """Make the error for one key of this table."""
        return RuleFileError(f"{self.path(key)} {what}", where=self.file, do=do)

    def path(self, key: str) -> str:
        """Name a key from the top of the file."""
        return f"{self.where}.{key}" if self.where and key else self.where or key

    def allow(self, *keys: str) -> None:
        """Refuse every key but these."""
        for key in self.content:
            if key not in keys:
                raise self.fault(key, "is not a known key", "Allowed: " + ", ".join(sorted(keys)))

    def text(self, key: str, *, default: str | None = None) -> str:
        """Read a text; without a default it must be there and say something."""
        value = self._need(key) if default is None else self.content.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fault(key, f"must be a text, not {value!r}")
        return value

    def day(self, key: str) -> date:
        """Read a day."""
        return self._as_day(key, self._need(key))

    def optional_day(self, key: str) -> date | None:
        """Read a day that may be absent."""
        return self._as_day(key, self.content[key]) if key in self.content else None

    def choice(self, key: str, among: type[Chosen]) -> Chosen:
        """Read one of a closed list of words."""
        value = self._need(key)
        if value not in {member.value for member in among}:
            allowed = ", ".join(member.value for member in among)
            raise self.fault(key, f"is {value!r}", f"Allowed: {allowed}")
        return among(str(value))

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts that may be absent."""
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.fault(key, "must be a list of texts")
        return tuple(value)

    def table(self, key: str) -> "Table":
        """Read a table inside this one."""
        value = self._need(key)
        if not isinstance(value, dict):
            raise self.fault(key, "must be a table")
        return Table(value, self.file, self.path(key))

    def tables(self, key: str) -> "list[Table]":
        """Read a list of tables, `[[key]]`; at least one."""
        value = self._need(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            raise self.fault(key, f"must be a list of tables [[{key}]], at least one")
        return [Table(item, self.file, f"{self.path(key)}[{n}]") for n, item in enumerate(value, 1)]

    def _need(self, key: str) -> object:
        if key not in self.content:
            raise self.fault(key, "is missing")
        return self.content[key]

    def _as_day(self, key: str, value: object) -> date:
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(key, f"must be a day such as 2026-07-01, not {value!r}")
        return value


def is_number(value: object) -> bool:
    """Tell whether a TOML value is an exact number.

    >>> is_number(True), is_number(3)
    (False, True)
    """
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int) and not isinstance(value, bool)
