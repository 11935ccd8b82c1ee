"""Reads TOML strictly: every key is known, every value has its kind, every fault names file and key."""

import tomllib
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from psd2_affordability.core.errors import BrokenFile
from psd2_affordability.core.money import Money

Read = TypeVar("Read")


def toml_table(content: bytes, where: str) -> "Table":
    """Parse a TOML file; numbers with a point are exact decimals.

    Raises:
        BrokenFile: not UTF-8, or not TOML.
    """
    try:
        values = tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, InvalidOperation) as fault:
        raise BrokenFile(f"this is not TOML: {fault}", where=where) from fault
    return Table(values, where)


class Table:
    """A TOML table that is read key by key; `done` refuses what nobody asked for."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        """Wrap the values; `where` names the file and the place in it."""
        self.where = where
        self._values = dict(values)
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def fault(self, key: str, says: str) -> BrokenFile:
        """Return the error that names this place and key."""
        return BrokenFile(f"'{key}' {says}", where=self.where)

    def done(self) -> None:
        """Refuse keys that were never asked for."""
        for key in self._values:
            if key not in self._asked:
                raise BrokenFile(
                    f"unknown key '{key}'",
                    where=self.where,
                    do=f"Known here: {', '.join(sorted(self._asked))}",
                )

    def names(self) -> list[str]:
        """Return the keys of a table whose keys are names; all count as asked for."""
        self._asked.update(self._values)
        return list(self._values)

    def text(self, key: str, default: str | None = None, *, among: Collection[str] | None = None) -> str:
        """Return a text, if asked one of a closed list."""
        value = self._get(key, default, str, "must be text")
        if among is not None and value not in among:
            raise self.fault(key, f"is '{value}', not one of: {', '.join(sorted(among))}")
        return str(value)

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number."""
        return int(self._get(key, default, int, "must be a whole number"))

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Return true or false."""
        return bool(self._get(key, default, bool, "must be true or false"))

    def day(self, key: str, default: date | None = None) -> date:
        """Return a day."""
        value = self._get(key, default, date, "must be a day such as 2026-05-21")
        return value if type(value) is date else self._refuse_time(key)

    def cents(self, key: str, default: int | None = None) -> int:
        """Return an amount in euros as whole cents."""
        if key not in self._values and default is not None:
            self._asked.add(key)
            return default
        return self._cents(key, self._get(key, None, object, ""))

    def cents_pair(self, key: str) -> tuple[int, int]:
        """Return a lowest and a highest amount as whole cents."""
        pair = self._get(key, None, list, "must be [lowest, highest]")
        if len(pair) != 2:
            raise self.fault(key, "must be [lowest, highest]")
        low, high = (self._cents(key, value) for value in pair)
        if high < low:
            raise self.fault(key, "runs backwards")
        return low, high

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self._get(key, None if default is None else list(default), list, "must be a list of texts")
        if not all(isinstance(value, str) for value in values):
            raise self.fault(key, "must be a list of texts")
        return tuple(values)

    def holds_table(self, key: str) -> bool:
        """Tell whether a table stands under this key."""
        return isinstance(self._values.get(key), dict)

    def table(self, key: str) -> "Table":
        """Return the table below this key; a missing one is empty."""
        return Table(self._get(key, {}, dict, "must be a table"), f"{self.where}, {key}")

    def each(self, key: str, read: Callable[["Table"], Read]) -> tuple[Read, ...]:
        """Read every table of a list of tables; a missing list is empty."""
        values = self._get(key, [], list, f"must be tables [[{key}]]")
        read_ones = []
        for number, value in enumerate(values, start=1):
            if not isinstance(value, dict):
                raise self.fault(key, f"must be tables [[{key}]]")
            one = Table(value, f"{self.where}, {key} {number}")
            read_ones.append(read(one))
            one.done()
        return tuple(read_ones)

    def _get(self, key: str, default: Any, kind: type, says: str) -> Any:
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is None:
            raise BrokenFile(f"the key '{key}' is missing", where=self.where)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fault(key, says)
        return value

    def _cents(self, key: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            raise self.fault(key, "must be an amount in euros such as 1234.50")
        try:
            return Money.euros(value).cents
        except ValueError as fault:
            raise self.fault(key, f"must be an amount in euros: {fault}") from fault

    def _refuse_time(self, key: str) -> date:
        raise self.fault(key, "must be a day without a time")
