"""What the categoriser's tests share: the knowledge as shipped, and rows told by their differences."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from psd2_affordability._data import data_files
from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.categorise.knowledge import Knowledge, load_knowledge
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import frame_of

ACCOUNT = "NL02SNBX0000000001"
_USUAL = {
    "subject": "s1",
    "account": ACCOUNT,
    "status": "booked",
    "booked_on": date(2026, 3, 2),
    "amount_ct": -2500,
    "currency": "EUR",
    "bank_code": "PMNT-ICDT-ESCT",
}

Read = Callable[..., Understood]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(data_files("rules"))


@pytest.fixture
def read(knowledge: Knowledge) -> Read:
    """Understand rows, each told by what differs from a usual one."""

    def understood(*rows: Mapping[str, Any], own: Mapping[str, list[str]] | None = None) -> Understood:
        return understand(with_keys(frame_of([_USUAL | row for row in rows])), knowledge, own or {})

    return understood


@pytest.fixture
def say(read: Read) -> Callable[..., pd.Series]:
    """Understand one row by itself."""

    def one(**told: Any) -> pd.Series:
        return read(told).frame.iloc[0]

    return one


@pytest.fixture
def monthly() -> Callable[..., list[dict[str, Any]]]:
    """The same row on the same day of consecutive months."""

    def rows(months: int, *, day: int = 25, **told: Any) -> list[dict[str, Any]]:
        return [
            {"booked_on": date(2025 + at // 12, at % 12 + 1, day), "remittance": "", **told}
            for at in range(months)
        ]

    return rows


@pytest.fixture
def every() -> Callable[..., list[dict[str, Any]]]:
    """The same row every so many days."""

    def rows(days: int, times: int, **told: Any) -> list[dict[str, Any]]:
        return [{"booked_on": date(2025, 1, 3) + timedelta(days=days * at), **told} for at in range(times)]

    return rows
