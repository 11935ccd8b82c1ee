"""The banks we know: one strict file each, on top of the profile of the standard it follows."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast, get_args

from psd2_affordability.connect.profile import FIELDS, Profile, Sign
from psd2_affordability.core.errors import ConnectorFileError, UnknownName

_PROFILES = "_profiles/"
_MATURITIES = ("listed", "sandbox", "recorded", "live")
_APPROACHES = ("redirect", "oauth", "decoupled")
_OVERRIDES = ("query", "paging", "amounts", "fields")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts of a file come from."""

    says: str
    retrieved: date
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank: how to reach it and what it allows.

    Attributes:
        id: what people type, such as `sandbox.berlin_group`.
        name: as people know it.
        country: ISO 3166, lower case.
        profile: the standard it speaks, with this bank's differences applied.
        maturity: `listed`, `sandbox`, `recorded` or `live`.
        base_url: scheme, host, port and path prefix; empty when it is not known.
        approach: how the person approves: `redirect`, `oauth` or `decoupled`.
        max_days: how many days a consent lasts at most.
        frequency_per_day: unattended calls per account and endpoint in 24 hours.
        first_months: how far back to ask right after approval.
        refresh_days: how far back to ask at most later.
        overlap_days: how many known days to ask again, because banks book late.
        sources: where these facts come from.
    """

    id: str
    name: str
    country: str
    profile: Profile
    maturity: str
    base_url: str
    approach: str
    max_days: int
    frequency_per_day: int
    first_months: int
    refresh_days: int
    overlap_days: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Banks:
    """Every bank we have a file for, in the order of their ids."""

    by_id: Mapping[str, Bank]

    def bank(self, bank_id: str) -> Bank:
        """Return the bank with this id.

        Raises:
            UnknownName: no such bank; the message names the nearest.
        """
        try:
            return self.by_id[bank_id]
        except KeyError:
            raise UnknownName.among("bank", bank_id, list(self.by_id)) from None

    def __iter__(self) -> Iterator[Bank]:
        return iter(self.by_id.values())


def load_banks(files: Mapping[str, bytes]) -> Banks:
    """Read all bank files strictly.

    Args:
        files: path inside the folder `connectors` to content.

    Raises:
        ConnectorFileError: not TOML, or a key that is unknown, missing or of the wrong kind;
            the message names file and key.
    """
    profiles = {
        path: _document(path, content)
        for path, content in sorted(files.items())
        if path.startswith(_PROFILES) and path.endswith(".toml")
    }
    for path, document in profiles.items():
        _profile(_Table(path, document))
    banks: dict[str, Bank] = {}
    for path, content in sorted(files.items()):
        if path.endswith(".toml") and not path.startswith("_"):
            bank = _bank(_Table(path, _document(path, content)), profiles)
            banks[bank.id] = bank
    return Banks(dict(sorted(banks.items())))


def _document(path: str, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConnectorFileError(f"this is not TOML: {error}", where=f"connectors/{path}") from None


class _Table:
    """One table of a file: every key is asked for once, by kind; what nobody asked for is an error."""

    def __init__(self, path: str, values: dict[str, Any], name: str = "") -> None:
        self.path = path
        self._values = dict(values)
        self._name = name
        self._asked: list[str] = []

    def _take(self, key: str, kind: type, default: Any = None) -> Any:
        self._asked.append(key)
        if key not in self._values:
            if default is None:
                raise self.fault(key, "is missing")
            return default
        value = self._values.pop(key)
        if type(value) is not kind:
            raise self.fault(key, f"should be {_KINDS[kind]}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return cast("str", self._take(key, str, default))

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.text(key)
        if value not in allowed:
            raise self.fault(key, f"should be one of {', '.join(allowed)}, not '{value}'")
        return value

    def count(self, key: str, low: int, high: int) -> int:
        value = cast("int", self._take(key, int))
        if not low <= value <= high:
            raise self.fault(key, f"should lie between {low} and {high}, not be {value}")
        return value

    def day(self, key: str) -> date:
        return cast("date", self._take(key, date))

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._take(key, list)
        if not all(type(value) is str for value in values):
            raise self.fault(key, "should be a list of texts")
        return tuple(values)

    def table(self, key: str) -> "_Table":
        return _Table(self.path, self._take(key, dict), f"{self._name}{key}.")

    def tables(self, key: str) -> list["_Table"]:
        values = self._take(key, list)
        if not values or not all(type(value) is dict for value in values):
            raise self.fault(key, "should be one or more tables")
        return [_Table(self.path, value, f"{self._name}{key}.") for value in values]

    def optional(self, keys: tuple[str, ...]) -> dict[str, dict[str, Any]]:
        return {key: self._take(key, dict) for key in keys if key in self._values}

    def end(self) -> None:
        for key in self._values:
            raise self.fault(key, f"is not a key we know; here may stand {', '.join(self._asked)}")

    def fault(self, key: str, what: str) -> ConnectorFileError:
        return ConnectorFileError(f"'{self._name}{key}' {what}", where=f"connectors/{self.path}")


_KINDS: Mapping[type, str] = {
    str: "a text",
    int: "a whole number",
    date: "a day",
    list: "a list",
    dict: "a table",
}


def _read(table: _Table, make: Callable[[_Table], Source]) -> Source:
    made = make(table)
    table.end()
    return made


def _sources(table: _Table) -> tuple[Source, ...]:
    return tuple(
        _read(one, lambda t: Source(t.text("says"), t.day("retrieved"), t.text("url", "")))
        for one in table.tables("source")
    )


def _bank(table: _Table, profiles: Mapping[str, dict[str, Any]]) -> Bank:
    expected = table.path.removesuffix(".toml").replace("/", ".")
    bank_id = table.text("id")
    if bank_id != expected:
        raise table.fault("id", f"should be '{expected}', as the file is called, not '{bank_id}'")
    profile_name = table.text("profile")
    profile_path = f"{_PROFILES}{profile_name}.toml"
    if profile_path not in profiles:
        raise table.fault("profile", f"names '{profile_name}', and there is no connectors/{profile_path}")
    profile = _with_differences(table, profile_path, profiles[profile_path])
    urls, consent, history = table.table("urls"), table.table("consent"), table.table("history")
    bank = Bank(
        id=bank_id,
        name=table.text("name"),
        country=table.text("country"),
        profile=profile,
        maturity=table.one_of("maturity", _MATURITIES),
        base_url=urls.text("base"),
        approach=consent.one_of("approach", _APPROACHES),
        max_days=consent.count("max_days", 1, 180),
        frequency_per_day=consent.count("frequency_per_day", 1, 4),
        first_months=history.count("first_months", 1, 120),
        refresh_days=history.count("refresh_days", 1, 89),
        overlap_days=history.count("overlap_days", 7, 60),
        sources=_sources(table),
    )
    for each in (urls, consent, history, table):
        each.end()
    return bank


def _with_differences(bank: _Table, profile_path: str, document: dict[str, Any]) -> Profile:
    """Read the profile with the single keys that the bank's file gives otherwise."""
    differences = bank.optional(_OVERRIDES)
    for name, values in differences.items():
        for key in values:
            if key not in document[name]:
                raise bank.fault(
                    f"{name}.{key}", f"is not a key we know; here may stand {', '.join(document[name])}"
                )
    merged = document | {name: document[name] | values for name, values in differences.items()}
    return _profile(_Table(bank.path if differences else profile_path, merged))


def _profile(table: _Table) -> Profile:
    query, paging, amounts = table.table("query"), table.table("paging"), table.table("amounts")
    paths, fields = table.table("paths"), table.table("fields")
    profile = Profile(
        id=table.text("id"),
        title=table.text("title"),
        dialect=table.text("dialect"),
        consents=paths.text("consents"),
        consent=paths.text("consent"),
        consent_status=paths.text("consent_status"),
        accounts=paths.text("accounts"),
        balances=paths.text("balances"),
        transactions=paths.text("transactions"),
        booking_status=query.one_of("booking_status", ("booked", "both")),
        next_page=paging.text("next"),
        max_pages=paging.count("max_pages", 1, 10_000),
        sign=cast("Sign", amounts.one_of("sign", get_args(Sign))),
        closing_types=amounts.texts("closing_types"),
        fields={name: fields.text(name) for name in FIELDS},
    )
    _sources(table)
    for each in (paths, query, paging, amounts, fields, table):
        each.end()
    return profile
