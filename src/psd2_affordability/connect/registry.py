"""The banks we know: one strict file each, on top of the profile of the standard it follows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from psd2_affordability.connect.profile import OVERRIDES, Profile, read_profile
from psd2_affordability.connect.wire_rule import WireRule, read_wire_rule
from psd2_affordability.core.errors import ConnectorFileError, UnknownName
from psd2_affordability.core.toml_table import Table, parse_table, parse_toml

_PROFILES = "_profiles/"
_NAMED_BY_PROFILE = ("paths", "query", "answers")

Maturity = Literal["listed", "sandbox", "recorded", "live"]
Approach = Literal["redirect", "oauth", "oauth_first", "decoupled", "aggregator"]
#: When a bank gives all its history: at any time, in the first call under a consent, in the first
#: minutes after approval, or once under a scope of its own.
FullHistory = Literal["always", "first_call", "first_minutes", "once"]

#: Addresses a file may give: of data, of a bank's own sandbox, of the steps of approval, and of its app.
URLS = ("base", "sandbox", "authorise", "token", "pushed", "issuer", "jwks", "login", "documents", "app")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts of a file come from."""

    says: str
    retrieved: date
    url: str = ""


@dataclass(frozen=True, slots=True)
class ConsentRule:
    """How a person approves, and for how long.

    Attributes:
        approach: how the person approves.
        max_days: how many days a consent lasts at most.
        frequency_per_day: unattended calls per account and endpoint in 24 hours.
        scope: what is asked for in an authorisation, space-separated; empty where there is none.
    """

    approach: Approach
    max_days: int
    frequency_per_day: int
    scope: str


@dataclass(frozen=True, slots=True)
class HistoryRule:
    """How far back a bank goes.

    Attributes:
        full: when it gives all it has.
        first_months: how far back to ask right after approval.
        first_minutes: how long after approval all history is given; 0 when that is not the rule.
        refresh_days: how far back to ask at most later.
        overlap_days: how many known days to ask again, because banks book late.
    """

    full: FullHistory
    first_months: int
    first_minutes: int
    refresh_days: int
    overlap_days: int


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank: how to reach it and what it allows.

    Attributes:
        id: what people type, such as `sandbox.berlin_group`.
        name: as people know it.
        country: ISO 3166, lower case.
        bank_codes: the codes of this bank inside an IBAN, such as `ABNA`.
        profile: the standard it speaks, with this bank's differences applied.
        maturity: how far our way to it is tried.
        urls: scheme, host, port and path prefix of each address that is known.
        consent: how the person approves.
        history: how far back it goes.
        wire: certificates, signatures and authorisation.
        notes: what a user should know, one sentence each.
        sources: where these facts come from.
    """

    id: str
    name: str
    country: str
    bank_codes: tuple[str, ...]
    profile: Profile
    maturity: Maturity
    urls: Mapping[str, str]
    consent: ConsentRule
    history: HistoryRule
    wire: WireRule
    notes: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def is_sandbox(self) -> bool:
        """Whether it is one of the banks that this product brings along."""
        return self.id.startswith("sandbox.")

    @property
    def base_url(self) -> str:
        """Where the data are; empty when it is not known."""
        return self.urls.get("base", "")


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
        path: parse_toml(content, _where(path), ConnectorFileError)
        for path, content in sorted(files.items())
        if path.startswith(_PROFILES) and path.endswith(".toml")
    }
    for path, document in profiles.items():
        _whole_profile(Table(document, _where(path), ConnectorFileError))
    banks: dict[str, Bank] = {}
    for path, content in sorted(files.items()):
        if path.endswith(".toml") and not path.startswith("_"):
            bank = _bank(path, content, profiles)
            banks[bank.id] = bank
    return Banks(dict(sorted(banks.items())))


def _where(path: str) -> str:
    return f"connectors/{path}"


def _sources(table: Table) -> tuple[Source, ...]:
    return tuple(
        Source(one.text("says"), one.day("retrieved"), one.text("url", "")) for one in table.tables("source")
    )


def _bank(path: str, content: bytes, profiles: Mapping[str, dict[str, Any]]) -> Bank:
    table = parse_table(content, _where(path), ConnectorFileError)
    expected = path.removesuffix(".toml").replace("/", ".")
    bank_id = table.text("id")
    if bank_id != expected:
        raise table.fault("id", f"must be '{expected}', as the file is called, not '{bank_id}'")
    profile_name = table.text("profile")
    profile_path = f"{_PROFILES}{profile_name}.toml"
    if profile_path not in profiles:
        raise table.fault("profile", f"names '{profile_name}', and there is no {_where(profile_path)}")
    profile = _with_differences(table, path, profiles[profile_path])
    urls = table.table("urls", optional=True)
    bank = Bank(
        id=bank_id,
        name=table.text("name"),
        country=table.text("country"),
        bank_codes=table.texts("bank_codes", ()),
        profile=profile,
        maturity=table.choice("maturity", get_args(Maturity)),
        urls={name: urls.text(name) for name in urls.names(URLS)},
        consent=_consent(table.table("consent")),
        history=_history(table.table("history")),
        wire=read_wire_rule(table.table("wire", optional=True)),
        notes=table.texts("notes", ()),
        sources=_sources(table),
    )
    table.done()
    return bank


def _consent(table: Table) -> ConsentRule:
    return ConsentRule(
        approach=table.choice("approach", get_args(Approach)),
        max_days=table.whole("max_days", low=1, high=180),
        frequency_per_day=table.whole("frequency_per_day", low=1, high=4),
        scope=table.text("scope", ""),
    )


def _history(table: Table) -> HistoryRule:
    return HistoryRule(
        full=table.choice("full", get_args(FullHistory), "always"),
        first_months=table.whole("first_months", low=1, high=120),
        first_minutes=table.whole("first_minutes", 0, low=0, high=120),
        refresh_days=table.whole("refresh_days", low=1, high=89),
        overlap_days=table.whole("overlap_days", low=7, high=60),
    )


def _with_differences(bank: Table, path: str, document: dict[str, Any]) -> Profile:
    """Read the profile with the single keys that the bank's file gives otherwise."""
    merged = dict(document)
    for part in OVERRIDES:
        given, known = bank.table(part, optional=True), document.get(part, {})
        names = given.names(known if part in _NAMED_BY_PROFILE else None)
        merged[part] = known | {key: given.value(key) for key in names}
    return _whole_profile(Table(merged, _where(path), ConnectorFileError))


def _whole_profile(table: Table) -> Profile:
    profile = read_profile(table)
    _sources(table)
    table.done()
    return profile
