"""Reads TOML strictly: every key is asked for by kind, and a key that nobody asked for is an error.

Every fault names the file, the key from the top of the file, and what is allowed there. The caller
chooses the class of the error, so that a household file and a bank's file fail each in their own way.
"""

import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from psd2_affordability.core.errors import AffordabilityError
from psd2_affordability.core.money import Money

Read = TypeVar("Read")
Word = TypeVar("Word", bound=str)

_AMOUNT = "an amount in euros such as 1234.50, without quotes"
# An exponent beyond this is no figure of anybody's life, and exact arithmetic with it does not end.
_MOST_DIGITS = 30
# As much as an amount on the command line and in the interface can be.
_LARGEST = Money(10**14 - 1)


def parse_toml(content: bytes, where: str, fault: type[AffordabilityError]) -> dict[str, Any]:
    """Parse a TOML file; numbers with a point are exact decimals.

    Args:
        content: the bytes of the file; a byte order mark is taken away.
        where: name of the file, for messages.
        fault: class of the error for a file that is not UTF-8 or not TOML.
    """
    try:
        return tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, InvalidOperation, RecursionError) as error:
        raise fault(f"this is not a TOML file: {error}", where=where) from error


def parse_table(content: bytes, where: str, fault: type[AffordabilityError]) -> "Table":
    """Parse a TOML file into its top table; the arguments are those of `parse_toml`.

    >>> from psd2_affordability.core.errors import HouseholdError
    >>> table = parse_table(b"rent = 712.34", "gezin.toml", HouseholdError)
    >>> table.amount("rent")
    Money(cents=71234)
    >>> table.done()
    """
    return Table(parse_toml(content, where, fault), where, fault)


class Table:
    """A TOML table that is read key by key; a key read with a default may be absent.

    Args:
        values: the table as parsed.
        where: name of the file, for messages.
        fault: class of the errors.
        path: the table's own key from the top of the file; empty for the top itself.
    """

    def __init__(
        self, values: Mapping[str, object], where: str, fault: type[AffordabilityError], path: str = ""
    ) -> None:
        self._values = values
        self._where = where
        self._error = fault
        self._path = path
        self._asked: dict[str, None] = {}
        self._inner: dict[str, tuple[Table, ...]] = {}

    def fault(self, key: str, what: str, do: str = "") -> AffordabilityError:
        """Make the error that names the file and the key; an empty key is the table itself."""
        return self._error(f"{self._name(key)!r} {what}", where=self._where, do=do)

    def done(self) -> None:
        """Refuse every key that nobody asked for, in this table and in those read from it."""
        self._only(self._asked)
        for tables in self._inner.values():
            for table in tables:
                table.done()

    def names(self, among: Collection[str] | None = None) -> tuple[str, ...]:
        """Return the keys of a table whose keys are names, if asked only those of a closed list."""
        if among is not None:
            self._only(among)
        self._asked.update(dict.fromkeys(self._values))
        return tuple(self._values)

    def has(self, key: str) -> bool:
        """Tell whether a key that may be absent is there."""
        self._asked[key] = None
        return key in self._values

    def maybe(self, key: str, read: Callable[["Table", str], Read]) -> Read | None:
        """Read a key that may be absent: `table.maybe("ended", Table.day)`."""
        return read(self, key) if self.has(key) else None

    def value(self, key: str) -> Any:
        """Return what stands under a key, for a caller that has its own rules for it."""
        if not self.has(key):
            raise self._missing(key)
        return self._values[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Read a text; one that must be there must say something."""
        value = self._of(str, key, default, "a text")
        if default is None and not value.strip():
            raise self.fault(key, "is empty")
        return value

    def choice(self, key: str, among: Iterable[Word], default: Word | None = None) -> Word:
        """Read one of a closed list of words, such as the members of a `StrEnum`."""
        if default is not None and not self.has(key):
            return default
        value = self.value(key)
        for word in among:
            if word == value:
                return word
        raise self.fault(key, f"is {_shown(value)}", f"Allowed: {', '.join(among)}")

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Read a list of texts, none of them empty."""
        values = self._of(list, key, None if default is None else list(default), "a list of texts")
        for value in values:
            if not isinstance(value, str) or not value:
                raise self.fault(key, f"must be a list of texts, and holds {_shown(value)}")
        return tuple(values)

    def whole(
        self, key: str, default: int | None = None, *, low: int | None = None, high: int | None = None
    ) -> int:
        """Read a whole number, if asked within bounds."""
        value = self._of(int, key, default, "a whole number")
        if (low is not None and value < low) or (high is not None and value > high):
            raise self.fault(key, f"is {value}", f"Allowed: {low} to {high}")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Read true or false."""
        return self._of(bool, key, default, "true or false, without quotes")

    def day(self, key: str, default: date | None = None) -> date:
        """Read a day without a time."""
        return self._of(date, key, default, "a day such as 2026-07-01, without quotes")

    def number(self, key: str) -> int | Decimal:
        """Read an exact number that is not below zero."""
        return self._number(key, self.value(key), "a number such as 13.5, without quotes", signed=False)

    def amount(self, key: str, default: Money | None = None, *, signed: bool = False) -> Money:
        """Read an amount in euros; only a signed one may be below zero."""
        if default is not None and not self.has(key):
            return default
        return self._money(key, self.value(key), signed=signed)

    def bounds(self, key: str) -> tuple[Money, Money]:
        """Read a lowest and a highest amount, `[100, 250.50]`."""
        pair = self._of(list, key, None, "[lowest, highest]")
        if len(pair) != 2:
            raise self.fault(key, "must be [lowest, highest]")
        low, high = (self._money(key, value, signed=True) for value in pair)
        if high < low:
            raise self.fault(key, "runs backwards", "Write [lowest, highest]")
        return low, high

    def table(self, key: str, *, optional: bool = False) -> "Table":
        """Read the table under a key; an optional one that is absent is empty."""
        value = self._of(dict, key, {} if optional else None, f"a table [{key}]")
        return self._keep(key, [Table(value, self._where, self._error, self._name(key))])[0]

    def tables(self, key: str, *, optional: bool = False) -> "tuple[Table, ...]":
        """Read the list of tables `[[key]]`: at least one, unless it is optional."""
        says = f"a list of tables, each written as [[{key}]]"
        values = self._of(list, key, [] if optional else None, says)
        if not all(isinstance(value, dict) for value in values) or not (values or optional):
            raise self.fault(key, f"must be {says}")
        name = self._name(key)
        return self._keep(
            key, [Table(one, self._where, self._error, f"{name}[{n}]") for n, one in enumerate(values, 1)]
        )

    def _name(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path and key else self._path or key

    def _only(self, known: Collection[str]) -> None:
        for key in self._values:
            if key not in known:
                allowed = f"Allowed: {', '.join(known) or 'nothing'}"
                raise self.fault(key, "is not a known key", allowed)

    def _missing(self, key: str) -> AffordabilityError:
        from difflib import get_close_matches

        spare = [other for other in self._values if other not in self._asked]
        near = get_close_matches(key, spare, n=1, cutoff=0.75)
        return self.fault(key, "is missing", f"Is {near[0]!r} meant for it?" if near else "")

    def _keep(self, key: str, tables: "list[Table]") -> "tuple[Table, ...]":
        return self._inner.setdefault(key, tuple(tables))

    def _of(self, kind: type[Read], key: str, default: Read | None, says: str) -> Read:
        if default is not None and not self.has(key):
            return default
        value = self.value(key)
        # a bool is an int and a time is a date to Python, and neither is to TOML
        if type(value) is not kind:
            raise self.fault(key, f"must be {says}, not {_shown(value)}")
        return value

    def _number(self, key: str, value: object, says: str, *, signed: bool) -> int | Decimal:
        if not isinstance(value, (int, Decimal)) or not _is_figure(value):
            raise self.fault(key, f"must be {says}, not {_shown(value)}")
        if value < 0 and not signed:
            raise self.fault(key, f"is {value}, below zero")
        return value

    def _money(self, key: str, value: object, *, signed: bool) -> Money:
        number = self._number(key, value, _AMOUNT, signed=signed)
        try:
            money = Money.euros(number)
        except ValueError as error:
            raise self.fault(key, f"is {value}: {error}", "An amount has at most two decimals") from error
        if abs(money) > _LARGEST:
            raise self.fault(
                key, f"is more than {_LARGEST} euros", "Write an amount in euros such as 1234.50"
            )
        return money


def _is_figure(value: int | Decimal) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS
    return not isinstance(value, bool)


def _shown(value: object) -> str:
    """Show a value as its file writes it, or its kind when it is long.

    >>> _shown(True), _shown("yes"), _shown([1])
    ('true', "'yes'", 'a list')
    """
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    shown = repr(value) if isinstance(value, str) else str(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
