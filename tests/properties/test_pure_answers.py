"""An answer is a pure function of its inputs: order, files, process and day of running leave no trace."""

import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from psd2_affordability._data import data_files
from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.assess.run import assess
from psd2_affordability.categorise.engine import understand
from psd2_affordability.cli.app import app
from psd2_affordability.core.dates import add_months
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.ledger_view import closing_ct, ledger_of, own_ibans
from psd2_affordability.sandbox.people import load_people
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.clock import SystemClock
from psd2_affordability.service.wire import to_json
from statement_material import mt940_statement

PEOPLE = load_people(data_files("sandbox_fixtures"))
ON = date(2026, 6, 30)
FIRST = date(2025, 12, 1)
HOUSEHOLD = """
type = "single"
[[person]]
birth_date = 1990-05-04
taxable_income_year = 27000.00
[housing]
kind = "rent"
rent_month = 640.00
registered_address = true
[debts]
webwinkel = 300.00
"""
Entry = tuple[date, int, str]


def entries() -> list[Entry]:
    """Seven months of wages, rent, premium, groceries, a loan and two equal coffees on one day."""
    rows: list[Entry] = []
    for month in range(7):
        first = add_months(FIRST, month)
        rows += [
            (first, -64_000, "/NAME/Woonstichting De Kade/REMI/huur"),
            (first + timedelta(days=1), -14_950, "/NAME/Zilveren Kruis/REMI/premie zorgverzekering"),
            (first + timedelta(days=4), -5_500, "/NAME/Autolening Noord BV/REMI/aflossing lening"),
            *((first + timedelta(days=day), -6_100 - day, "BEA Albert Heijn 1522") for day in (3, 9, 16, 22)),
            (first + timedelta(days=9), -350, "BEA Koffiehuis"),
            (first + timedelta(days=9), -350, "BEA Koffiehuis"),
            (first + timedelta(days=23), 198_000, "/NAME/Metaalwerken Noord BV/REMI/salaris"),
        ]
    return sorted(rows)


def statement(rows: list[Entry], opening: int, first: date, last: date) -> bytes:
    return mt940_statement(rows, opening, first=first, last=last)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """One statement, the same in two, and the household."""
    made = tmp_path_factory.mktemp("statements")
    rows, cut, opening = entries(), date(2026, 3, 31), 120_000
    before = [row for row in rows if row[0] <= cut]
    after = [row for row in rows if row[0] > cut]
    (made / "household.toml").write_text(HOUSEHOLD)
    for name, content in {
        "one/all.sta": statement(rows, opening, FIRST, ON),
        "two/a.sta": statement(before, opening, FIRST, cut),
        "two/b.sta": statement(
            after, opening + sum(cents for _, cents, _ in before), cut + timedelta(days=1), ON
        ),
    }.items():
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_bytes(content)
    return made


def arguments(folder: Path, *files: str) -> list[str]:
    paths = [str(folder / each) for each in files]
    household = ["--household", str(folder / "household.toml")]
    return ["assess", *paths, "--on", ON.isoformat(), *household, "--obligation", "45", "--json"]


def told(folder: Path, *files: str) -> str:
    result = CliRunner().invoke(app, arguments(folder, *files))
    assert result.exit_code == 0, result.output
    return result.output


def test_one_statement_or_two_give_the_same_bytes(folder):
    whole = told(folder, "one/all.sta")

    assert '"advice": "plan"' in whole
    assert told(folder, "two/a.sta", "two/b.sta") == whole
    assert told(folder, "two/b.sta", "two/a.sta") == whole
    assert told(folder, "two") == whole
    assert told(folder, "one/all.sta", "two/b.sta") == whole


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_another_process_gives_the_same_bytes(folder, seed):
    command = [sys.executable, "-m", "psd2_affordability", *arguments(folder, "one/all.sta")]

    other = subprocess.run(
        command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
    )

    assert other.stdout == told(folder, "one/all.sta")


def test_another_day_of_running_gives_the_same_bytes(folder, monkeypatch):
    today = told(folder, "one/all.sta")
    moment = datetime(2031, 2, 28, 23, 59, tzinfo=SystemClock().now().tzinfo)
    monkeypatch.setattr(SystemClock, "now", lambda _: moment)
    monkeypatch.setattr(SystemClock, "today", lambda _: moment.date())

    assert told(folder, "one/all.sta") == today


@cache
def answer(name: str, seed: int = 0) -> str:
    """The answer about a sandbox person, from rows in one of many orders."""
    person = PEOPLE[name]
    rows = ledger_of([person])
    shuffled = rows.sample(frac=1, random_state=seed) if seed else rows
    balances = tuple(
        KnownBalance(account.iban, Money(closing_ct(account)), person.on)
        for account in person.banked.accounts
    )
    case = Case(person.household, balances if seed % 2 == 0 else balances[::-1], person.total_debt or None)
    understood = understand(shuffled.reset_index(drop=True), product().knowledge, own_ibans([person]))
    found = assess(understood, {name: case}, product().law, product().knowledge, person.on)
    return to_json(found[name])


@settings(max_examples=12, deadline=None)
@given(name=st.sampled_from(sorted(PEOPLE)), seed=st.integers(1, 10_000))
def test_the_order_of_rows_and_balances_leaves_no_trace(name, seed):
    assert answer(name, seed) == answer(name)
