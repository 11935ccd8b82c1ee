"""Every payee on file is found by its own name as banks print it, and never taken for another payee."""

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd
import pytest

from psd2_affordability._data import data_files
from psd2_affordability.categorise.engine import categorise
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.ledger.clean import fold
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import frame_of

_HOME = "nl/categories/payees/"
_FILES = {path: content for path, content in data_files("rules").items() if path.startswith(_HOME)}
_LISTED = {path: tomllib.loads(content.decode())["payees"] for path, content in _FILES.items()}
_SHOPS = {"shop", "subscription", "transport"}
#: Lengths at which banks and card terminals cut a name.
_CUT = (24, 32)


class _Line(NamedTuple):
    """A payee's name as printed, and who it was found to be."""

    name: str
    printed: str
    whole: bool
    payee: str
    category: str

    @classmethod
    def all_of(cls, frame: pd.DataFrame) -> "list[_Line]":
        return [cls(*row) for row in zip(*(frame[field] for field in cls._fields), strict=True)]


def _shapes(name: str, kind: str) -> Iterator[tuple[str, bool]]:
    """Yield a name as banks print it, and whether all of it is there."""
    yield name, True
    yield name.upper(), True
    yield f"{name} UTRECHT", True
    if kind in _SHOPS:
        yield f"{name} via Mollie", True
        yield f"{name} by Adyen", True
    for length in _CUT:
        if len(name) > length:
            yield name[:length], False


def _printed(path: str, knowledge: Knowledge) -> pd.DataFrame:
    entries = {entry.name: entry for entry in knowledge.entries if entry.name}
    lines = [
        {"name": row["name"], "printed": printed, "whole": whole}
        for row in _LISTED[path]
        for printed, whole in _shapes(row["name"], entries[row["name"]].kind)
    ]
    told = {
        "subject": "s",
        "account": "NL02SNBX0000000001",
        "status": "booked",
        "booked_on": date(2026, 3, 2),
        "currency": "EUR",
        "amount_ct": -2500,
    }
    rows = frame_of([{**told, "counterparty_name": line["printed"]} for line in lines])
    found = categorise(with_keys(rows), knowledge, {})
    return pd.DataFrame(lines).assign(payee=found["payee"].array, category=found["category"].array)


@pytest.mark.parametrize("path", sorted(_FILES))
def test_a_line_with_a_payees_name_is_its_own_or_nobodys(path: str, knowledge: Knowledge) -> None:
    entries = {entry.name: entry for entry in knowledge.entries if entry.name}
    taken = [
        (line.printed, line.payee)
        for line in _Line.all_of(_printed(path, knowledge))
        if line.payee != line.name
        and line.payee in entries
        and line.payee != line.printed
        # what is cut off may be all that told two branches of one house apart
        and (line.whole or fold(line.payee) not in fold(line.name))
    ]
    assert taken == []


def test_nine_of_ten_payees_are_found_by_their_shown_name_alone(knowledge: Knowledge) -> None:
    """Not all of them: a short name that is also a word counts only in a longer form."""
    telling = {entry.name for entry in knowledge.entries if entry.name and entry.outgoing != "onbekend"}
    lines = pd.concat([_printed(path, knowledge) for path in _FILES])
    plain = lines[(lines["printed"] == lines["name"]) & lines["name"].isin(telling)]
    assert len(plain) > 1500
    assert (plain["category"] != "onbekend").mean() >= 0.9


def test_every_entry_says_where_it_is_from_and_when(knowledge: Knowledge) -> None:
    payees = [entry for entry in knowledge.entries if entry.name]
    assert len(payees) >= 1550
    assert all(entry.source and entry.as_of and entry.kind for entry in payees)
