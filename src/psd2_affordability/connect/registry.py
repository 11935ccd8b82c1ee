"""The banks we know: one strict file each, on top of the profile of the standard it follows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from psd2_affordability.connect.profile import FIELDS, Profile, Sign
from psd2_affordability.core.errors import ConnectorFileError, UnknownName
from psd2_affordability.core.toml_table import Table, parse_table, parse_toml

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
        path: parse_toml(content, _where(path), ConnectorFileError)
        for path, content in sorted(files.items())
        if path.startswith(_PROFILES) and path.endswith(".toml")
    }
    for path, document in profiles.items():
        _profile(Table(document, _where(path), ConnectorFileError))
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
    urls, consent, history = table.table("urls"), table.table("consent"), table.table("history")
    bank = Bank(
        id=bank_id,
        name=table.text("name"),
        country=table.text("country"),
        profile=profile,
        maturity=table.choice("maturity", _MATURITIES),
        base_url=urls.text("base", ""),
        approach=consent.choice("approach", _APPROACHES),
        max_days=consent.whole("max_days", low=1, high=180),
        frequency_per_day=consent.whole("frequency_per_day", low=1, high=4),
        first_months=history.whole("first_months", low=1, high=120),
        refresh_days=history.whole("refresh_days", low=1, high=89),
        overlap_days=history.whole("overlap_days", low=7, high=60),
        sources=_sources(table),
    )
    table.done()
    return bank


def _with_differences(bank: Table, path: str, document: dict[str, Any]) -> Profile:
    """Read the profile with the single keys that the bank's file gives otherwise."""
    merged = dict(document)
    for part in _OVERRIDES:
        given = bank.table(part, optional=True)
        merged[part] = document[part] | {key: given.value(key) for key in given.names(document[part])}
    return _profile(Table(merged, _where(path), ConnectorFileError))


def _profile(table: Table) -> Profile:
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
        booking_status=query.choice("booking_status", ("booked", "both")),
        next_page=paging.text("next"),
        max_pages=paging.whole("max_pages", low=1, high=10_000),
        sign=amounts.choice("sign", get_args(Sign)),
        closing_types=amounts.texts("closing_types"),
        fields={name: fields.text(name) for name in FIELDS},
    )
    _sources(table)
    table.done()
    return profile
