"""Reads a household file strictly: what it does not say stays unknown, what it says wrongly is refused."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.core.dates import whole_years
from psd2_affordability.core.errors import HouseholdError
from psd2_affordability.core.iban import compact, is_iban
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.service.clock import SystemClock

_HOUSING_KINDS = ("rent", "owner", "other")
_ADULT_AGE = 18
#: As much as an amount on the command line and in the interface can be.
_LARGEST = Money(10**14 - 1)


def parse_household(content: bytes, where: str, on: date | None = None) -> Household:
    """Read a household file.

    Args:
        content: the bytes of the TOML file.
        where: its name, for messages.
        on: the day that nobody can be born after; today when absent.

    Raises:
        HouseholdError: naming the file, the key and what is allowed there.
    """
    try:
        parsed = tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise HouseholdError(f"is not a TOML file: {error}", where=where) from error
    top = _Reader(parsed, where, "", on or SystemClock().today())
    top.allow("type", "own_ibans", "person", "child", "housing", "debts")
    household = Household(
        type=top.household_type(),
        persons=tuple(_person(table) for table in top.tables("person")),
        children=tuple(_child(table) for table in top.tables("child")),
        housing=_housing(top.table("housing")),
        debts=_debts(top.table("debts")),
        own_ibans=top.ibans("own_ibans"),
    )
    _check_type(household, top)
    return household


def read_household(path: Path, on: date | None = None) -> Household:
    """Read a household file from disk.

    Raises:
        HouseholdError: the file is not there, or is not as it should be.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise HouseholdError(
            f"cannot be read: {error.strerror}", where=str(path), do="Give the path of a household file"
        ) from error
    return parse_household(content, str(path), on)


class _Reader:
    """One table of the file, read key by key."""

    def __init__(self, content: Mapping[str, object], where: str, path: str, on: date) -> None:
        self.content = content
        self.where = where
        self.path = path
        self.on = on

    def refuse(self, key: str, what: str, do: str = "") -> NoReturn:
        name = f"{self.path}.{key}" if self.path else key
        raise HouseholdError(f"'{name}' {what}", where=self.where, do=do)

    def allow(self, *keys: str) -> None:
        for key in self.content:
            if key not in keys:
                self.refuse(key, "is not a known key", "Allowed: " + ", ".join(keys))

    def table(self, key: str) -> "_Reader":
        value = self.content.get(key, {})
        if not isinstance(value, dict):
            self.refuse(key, f"must be a table [{key}]")
        return _Reader(value, self.where, key, self.on)

    def tables(self, key: str) -> "list[_Reader]":
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(key, f"must be written as [[{key}]]")
        return [_Reader(item, self.where, f"{key}[{n}]", self.on) for n, item in enumerate(value, 1)]

    def birth_date(self) -> date | None:
        value = self.content.get("birth_date")
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse("birth_date", f"is {value!r}", "Write a day such as 1980-05-31, without quotes")
        if value > self.on:
            self.refuse("birth_date", f"is {value}, after {self.on}")
        return value

    def money(self, key: str) -> Money | None:
        if key not in self.content:
            return None
        value = self.content[key]
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            self.refuse(key, f"is {value!r}", "Write an amount in euros such as 1234.50, without quotes")
        try:
            amount = Money.euros(value)
        except ValueError as error:
            self.refuse(key, f"cannot be: {error}")
        if amount < ZERO:
            self.refuse(key, f"is {amount}, below zero")
        if amount > _LARGEST:
            self.refuse(key, f"is more than {_LARGEST} euros", "Write an amount in euros such as 1234.50")
        return amount

    def truth(self, key: str) -> bool | None:
        value = self.content.get(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, f"is {value!r}", "Allowed: true, false")
        return value

    def word(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.content.get(key, "")
        if key in self.content and value not in allowed:
            self.refuse(key, f"is {value!r}", "Allowed: " + ", ".join(allowed))
        return str(value)

    def household_type(self) -> HouseholdType | None:
        word = self.word("type", tuple(kind.value for kind in HouseholdType))
        return HouseholdType(word) if word else None

    def ibans(self, key: str) -> tuple[str, ...]:
        value = self.content.get(key, [])
        if not isinstance(value, list):
            self.refuse(key, "must be a list of IBANs")
        for item in value:
            if not isinstance(item, str) or not is_iban(item):
                self.refuse(key, "holds something that is not an IBAN", "Check the number")
        return tuple(compact(item) for item in value)


def _person(table: _Reader) -> Person:
    table.allow("birth_date", "taxable_income_year", "taxable_income_month")
    year, month = (table.money(f"taxable_income_{term}") for term in ("year", "month"))
    return Person(table.birth_date(), year, month)


def _child(table: _Reader) -> date:
    table.allow("birth_date")
    born = table.birth_date()
    if born is None:
        table.refuse("birth_date", "is missing")
    return born


def _housing(table: _Reader) -> Housing:
    table.allow("kind", "rent_month", "service_costs_month", "registered_address")
    return Housing(
        kind=table.word("kind", _HOUSING_KINDS),
        rent_month=table.money("rent_month"),
        service_costs_month=table.money("service_costs_month"),
        registered_address=table.truth("registered_address"),
    )


def _debts(table: _Reader) -> tuple[tuple[str, Money], ...]:
    return tuple((name, amount) for name in table.content if (amount := table.money(name)) is not None)


def _check_type(household: Household, top: _Reader) -> None:
    most = 2 if household.type is None or household.type.has_partner else 1
    if len(household.persons) > most:
        top.refuse("person", f"is given {len(household.persons)} times", f"This household has {most} at most")
    minors = [born for born in household.children if whole_years(born, top.on) < _ADULT_AGE]
    if minors and household.type is not None and not household.type.has_children:
        top.refuse(
            "type",
            f"is '{household.type.value}', but a child under {_ADULT_AGE} is listed",
            "Use single_parent or couple_with_children",
        )
