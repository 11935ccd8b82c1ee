"""Lives that a counsellor states in a few lines, lived day by day, and what they demand of the answer.

A situation is a TOML file in `tests/spec/situations`: who it is, the household file, what comes, what is
paid each month and spent each week, what happened once, and the balance today. It is expanded with the
day-by-day book of the sandbox people, so that a situation reads like a file note and not like a statement.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from psd2_affordability._data import data_files
from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.core.dates import add_months
from psd2_affordability.core.errors import BrokenFile
from psd2_affordability.core.money import Money
from psd2_affordability.core.toml_table import parse_table
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import COLUMNS, frame_of
from psd2_affordability.sandbox.expand import expand
from psd2_affordability.sandbox.lives import (
    FIRST_DAY,
    LAST_DAY,
    Account,
    Habit,
    Life,
    Payee,
    Stream,
    read_payee,
)
from psd2_affordability.sandbox.model import BankEntry
from psd2_affordability.service.household_file import parse_household
from situation_words import SPENDING, WORDS, Word

FOLDER = Path(__file__).parent / "spec" / "situations"
#: Twelve whole months, and the running one.
SEEN_FROM = date(2025, 11, 1)
_PLENTY_CT = 10**9
_KEYS = {
    "says", "worked_out", "on", "seen_from", "seen_until", "bank", "balance", "below_zero", "household",
    "debt", "title_served", "through", "month", "week", "comes", "goes", "once", "account", "expected",
    "not_met", "display_name",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One shared account as the bank reports it: the entries in the window and the balances around them."""

    iban: str
    opening_ct: int
    entries: tuple[BankEntry, ...]

    @property
    def booked(self) -> tuple[BankEntry, ...]:
        return tuple(entry for entry in self.entries if entry.status == "booked")

    @property
    def balances(self) -> list[int]:
        """The balance before the first entry and after each."""
        held = [self.opening_ct]
        for entry in self.booked:
            held.append(held[-1] + entry.amount_ct)
        return held


@dataclass(frozen=True)
class Situation:
    """A life, the question and what a counsellor demands of the answer.

    What the product does not meet yet stays demanded, and is named in `not_met` with how it differs.
    """

    name: str
    says: str
    worked_out: str
    on: date
    seen_until: date
    household: str
    debt: Money | None
    title_served: bool
    below_zero: bool
    through: str
    accounts: tuple[Shown, ...]
    paydays: tuple[date, ...]
    expected: Mapping[str, Any]
    not_met: Mapping[str, str]

    @property
    def case(self) -> Case:
        """What the user knows beside the bank data."""
        return Case(
            parse_household(self.household.encode(), self.name, self.on),
            tuple(
                KnownBalance(one.iban, Money(one.balances[-1]), self.seen_until, proven=True)
                for one in self.accounts
            ),
            total_debt=self.debt,
            title_served=self.title_served,
        )

    def rows(self) -> Iterator[dict[str, Any]]:
        """The entries as ledger rows."""
        for account in self.accounts:
            balance = account.opening_ct
            for entry in account.entries:
                booked = entry.status == "booked"
                balance += entry.amount_ct if booked else 0
                row = {name: getattr(entry, name) for name in COLUMNS if hasattr(entry, name)}
                yield row | {
                    "subject": self.name,
                    "account": account.iban,
                    "currency": "EUR",
                    "bank_code": entry.bank_code.replace("-", "/"),
                    "balance_after_ct": balance if booked else None,
                }


def ledger_of(situations: list[Situation]) -> pd.DataFrame:
    """Several situations as one ledger frame; the subject is the name of the situation."""
    return with_keys(frame_of(row for one in situations for row in one.rows()))


@cache
def situations() -> dict[str, Situation]:
    """Every situation by the name of its file."""
    return {path.stem: _situation(path) for path in sorted(FOLDER.glob("*.toml"))}


def invented_iban(name: str, bank: str = "INGB", country: str = "NL") -> str:
    """An IBAN of nobody, always the same for a name."""
    number = str(int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10**9).zfill(10)
    digits = {"NL": f"{bank}{number}", "DE": f"50010517{number}"}[country]
    spelled = "".join(str(int(sign, 36)) for sign in f"{digits}{country}00")
    return f"{country}{98 - int(spelled) % 97:02d}{digits}"


def _invented_creditor(name: str) -> str:
    number = str(int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10**8).zfill(8) + "0000"
    spelled = "".join(str(int(sign, 36)) for sign in f"{number}NL00")
    return f"NL{98 - int(spelled) % 97:02d}ZZZ{number}"


@cache
def _known_payees() -> dict[str, Payee]:
    table = parse_table(data_files("sandbox_fixtures")["payees.toml"], "payees.toml", BrokenFile)
    return {payee.name: payee for payee in map(read_payee, table.tables("payee"))}


def _payee(name: str, way: str) -> Payee:
    known = _known_payees().get(name)
    if known is not None:
        return known
    if way in {"card", "atm", "fee", "interest"}:
        return Payee(name, name)
    country = "DE" if name.endswith("GmbH") else "NL"
    creditor = _invented_creditor(name) if way == "direct_debit" else ""
    return Payee(name, name, invented_iban(name, country=country), creditor)


def _situation(path: Path) -> Situation:
    told = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str)
    assert not told.keys() - _KEYS, f"{path.name} says {sorted(told.keys() - _KEYS)}"
    on = told.get("on", LAST_DAY)
    seen_from = told.get("seen_from", SEEN_FROM)
    life = _life(path.stem, told)
    return Situation(
        name=path.stem,
        says=told["says"],
        worked_out=told.get("worked_out", ""),
        on=on,
        seen_until=told.get("seen_until", on),
        household=told["household"],
        debt=Money(cents(told["debt"])) if "debt" in told else None,
        title_served=told.get("title_served", False),
        below_zero=told.get("below_zero", False),
        through=told.get("through", "frame"),
        accounts=tuple(_shown(life, told, seen_from, told.get("seen_until", on))),
        paydays=tuple(_paydays(life)),
        expected=told["expected"],
        not_met=told.get("not_met", {}),
    )


def cents(amount: str | int) -> int:
    """Whole cents of an amount as a file says it."""
    euros, _, part = str(amount).partition(".")
    cents = abs(int(euros)) * 100 + int((part + "00")[:2])
    return -cents if euros.startswith("-") else cents


def _life(name: str, told: Mapping[str, Any]) -> Life:
    accounts = [_account(name, "main", told, shared=True)]
    accounts += [
        _account(name, one["key"], one, shared=one.get("shared", True)) for one in told.get("account", [])
    ]
    lines = [
        *({"kind": kind, "amount": amount} for kind, amount in told.get("month", {}).items()),
        *told.get("comes", []),
        *told.get("goes", []),
        *({**one, "every": "once", "first": one["on"]} for one in told.get("once", [])),
    ]
    return Life(
        name=name,
        says=told["says"],
        display_name=told.get("display_name", "S. de Proef"),
        accounts=tuple(accounts),
        streams=tuple(_stream(line) for line in lines),
        habits=tuple(_habits(told.get("week", {}))),
    )


def _account(name: str, key: str, told: Mapping[str, Any], *, shared: bool) -> Account:
    bank = told.get("bank", "abn")
    iban = invented_iban(f"{name}/{key}", {"abn": "ABNA", "ing": "INGB", "rabo": "RABO"}[bank])
    return Account(key, iban, key, told.get("type", "CACC"), bank, _PLENTY_CT, 0, -_PLENTY_CT, shared)


def _stream(line: Mapping[str, Any]) -> Stream:
    word: Word = WORDS[line["kind"]]
    every = line.get("every", "monthly")
    first = line.get("first") or _first_day(line.get("day", word.day))
    own = word.way in {"to_own", "from_own"}
    amount = line["amount"]
    steps = amount.items() if isinstance(amount, Mapping) else [(date.min.isoformat(), amount)]
    unknown = line.keys() - {
        "kind", "every", "first", "day", "amount", "from", "to", "account", "until", "text", "purpose",
        "rolls", "skipped", "returned", "late", "varies", "on",
    }  # fmt: skip
    assert not unknown, f"{line['kind']} says {sorted(unknown)}"
    return Stream(
        category=word.category,
        way=word.way,
        payee=None if own else _payee(line.get("from", line.get("to", "")) or word.payee, word.way),
        account=line.get("account", "main"),
        to=line.get("to", "") if own else "",
        cadence=every,
        first=first,
        until=min(line.get("until", LAST_DAY), LAST_DAY),
        amounts=tuple(sorted((date.fromisoformat(day), cents(money)) for day, money in steps)),
        varies=line.get("varies", 0),
        leaves_ct=None,
        text=line.get("text", word.text),
        mandate=f"M{_invented_creditor(line['kind'] + str(first))[7:15]}"
        if word.way == "direct_debit"
        else "",
        purpose=line.get("purpose", word.purpose),
        rolls=line.get("rolls", "before" if word.way in {"wage", "received", "refund"} else "after"),
        skipped=frozenset(line.get("skipped", ())),
        returned=line.get("returned", {}),
        late=line.get("late", {}),
    )


def _first_day(day: int) -> date:
    """The first such day of a month that lies in the lives."""
    first = FIRST_DAY.replace(day=day)
    return first if first >= FIRST_DAY else add_months(first, 1)


def _habits(week: Mapping[str, Any]) -> Iterator[Habit]:
    for what, amount in week.items():
        spending = SPENDING[what]
        each = cents(amount) // spending.times
        payees = tuple(_payee(name, spending.way) for name in spending.payees)
        yield Habit(
            spending.category, spending.way, payees, "main", "week", spending.times, each, each, 1,
            FIRST_DAY, LAST_DAY, "",
        )  # fmt: skip


def _shown(life: Life, told: Mapping[str, Any], seen_from: date, seen_until: date) -> Iterator[Shown]:
    lived = expand(life)
    today = {
        "main": told["balance"],
        **{one["key"]: one.get("balance", 0) for one in told.get("account", [])},
    }
    for account in life.accounts:
        if account.shared:
            inside = tuple(
                one for one in lived.entries[account.key] if seen_from <= one.booked_on <= seen_until
            )
            moved = sum(one.amount_ct for one in inside if one.status == "booked")
            yield Shown(account.iban, cents(today[account.key]) - moved, inside)


def _paydays(life: Life) -> Iterator[date]:
    """Nominal days on which the largest income comes, also those just ahead."""
    incomes = [
        one
        for one in life.streams
        if one.way in {"wage", "received"} and one.cadence != "once" and one.until == LAST_DAY
    ]
    main = max(
        incomes,
        key=lambda one: one.amounts[-1][1] if one.cadence == "monthly" else one.amounts[-1][1] * 4,
        default=None,
    )
    if main is None:
        return
    day, number = main.first, 0
    weeks = {"weekly": 1, "four_weekly": 4}.get(main.cadence)
    while day < LAST_DAY + timedelta(days=120):
        yield day
        number += 1
        day = main.first + timedelta(weeks=weeks * number) if weeks else add_months(main.first, number)
