"""A sandbox life as its TOML file says it: accounts, streams, habits and events; strictly read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from psd2_affordability.core.dates import iso_day
from psd2_affordability.core.errors import UnknownName
from psd2_affordability.core.iban import is_iban
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.toml_table import Table

#: The span that every life is lived in; the last day is the day it is assessed on.
FIRST_DAY = date(2025, 5, 21)
LAST_DAY = date(2026, 11, 20)

CADENCES = ("once", "weekly", "four_weekly", "monthly", "two_monthly", "quarterly", "yearly")
INCOMING = ("wage", "received", "refund", "interest")
OUTGOING = ("direct_debit", "transfer", "standing_order", "ideal", "card", "atm", "fee")
OWN = ("to_own", "from_own", "level")
WAYS = (*INCOMING, *OUTGOING, *OWN)
STYLES = ("abn", "ing", "rabo")


@dataclass(frozen=True, slots=True)
class Payee:
    """Somebody on the other side.

    Attributes:
        name: as the people files call it.
        prints: as a statement prints it.
        iban: its account, or empty.
        creditor_id: its SEPA creditor identifier, or empty.
        via: the payment processor of its iDEAL payments, or empty.
    """

    name: str
    prints: str
    iban: str = ""
    creditor_id: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the person.

    Attributes:
        key: as the streams call it.
        iban: invented, with a right check number.
        name: as the person sees it.
        kind: `CACC` current, `SVGS` savings.
        style: whose way of describing entries the bank copies: abn, ing or rabo.
        opening_ct: balance before the first day.
        overdraft_ct: how far below zero the bank lets it go.
        keeps_ct: habits stop when a purchase would leave less than this.
        shared: whether the person shares it; one that is not shared has no entries.
    """

    key: str
    iban: str
    name: str
    kind: str
    style: str
    opening_ct: int
    overdraft_ct: int
    keeps_ct: int
    shared: bool


@dataclass(frozen=True, slots=True)
class Stream:
    """Money that comes or goes by appointment, or once.

    Attributes:
        category: true leaf code of the taxonomy.
        way: how the money moves; it also gives the direction.
        payee: the other side; None for own money and cash.
        account: key of the account.
        to: key of the other own account, for own money.
        cadence: how often; `once` for an event.
        first: nominal day of the first one; later ones keep its day of the month or week.
        until: last nominal day.
        amounts: amount in cents from each day on; empty when `leaves_ct` says it.
        varies: each amount differs up to this many percent.
        leaves_ct: instead of an amount: move what brings the account to this balance.
        text: description; may hold {maand} {mm} {jjjj} {n} {ref}.
        mandate: of a direct debit.
        purpose: ISO 20022 purpose code, or empty.
        rolls: `before` or `after`: the banking day it moves to.
        skipped: months in which it does not happen.
        returned: reason by month in which it is returned.
        late: days late by month.
    """

    category: str
    way: str
    payee: Payee | None
    account: str
    to: str
    cadence: str
    first: date
    until: date
    amounts: tuple[tuple[date, int], ...]
    varies: int
    leaves_ct: int | None
    text: str
    mandate: str
    purpose: str
    rolls: str
    skipped: frozenset[str]
    returned: Mapping[str, str]
    late: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Habit:
    """Spending, or irregular income, without a fixed day.

    Attributes:
        category: true leaf code of the taxonomy.
        way: how the money moves.
        payees: taken in turn at random.
        account: key of the account.
        per: `week` or `month`.
        times: how often in it.
        low_ct: smallest amount.
        high_ct: largest amount.
        step_ct: amounts are whole multiples of it.
        first: first day.
        until: last day.
        text: description.
    """

    category: str
    way: str
    payees: tuple[Payee, ...]
    account: str
    per: str
    times: int
    low_ct: int
    high_ct: int
    step_ct: int
    first: date
    until: date
    text: str


@dataclass(frozen=True, slots=True)
class Life:
    """Everything a person file says about money."""

    name: str
    says: str
    display_name: str
    accounts: tuple[Account, ...]
    streams: tuple[Stream, ...]
    habits: tuple[Habit, ...]


def read_payee(table: Table) -> Payee:
    """Read one `[[payee]]`."""
    name = table.text("name")
    iban = table.text("iban", "")
    if iban and not is_iban(iban):
        raise table.fault("iban", f"{iban} is not an IBAN with a right check number")
    return Payee(name, table.text("prints", name), iban, table.text("creditor", ""), table.text("via", ""))


def read_life(name: str, table: Table, shared_payees: Mapping[str, Payee]) -> Life:
    """Read the money part of a person file; the caller reads the household and calls `done`."""
    own_payees = {payee.name: payee for payee in map(read_payee, table.tables("payee", optional=True))}
    accounts = tuple(map(_account, table.tables("account")))
    reader = _Reader({**shared_payees, **own_payees}, tuple(account.key for account in accounts))
    return Life(
        name=name,
        says=table.text("says"),
        display_name=table.text("display_name"),
        accounts=accounts,
        streams=(
            *map(reader.stream, table.tables("stream", optional=True)),
            *map(reader.event, table.tables("event", optional=True)),
        ),
        habits=tuple(map(reader.habit, table.tables("habit", optional=True))),
    )


def _account(table: Table) -> Account:
    iban = table.text("iban")
    if not is_iban(iban):
        raise table.fault("iban", f"{iban} is not an IBAN with a right check number")
    return Account(
        key=table.text("key"),
        iban=iban,
        name=table.text("name"),
        kind=table.choice("kind", ("CACC", "SVGS"), "CACC"),
        style=table.choice("style", STYLES, "abn"),
        opening_ct=table.amount("opening", ZERO, signed=True).cents,
        overdraft_ct=table.amount("overdraft", ZERO).cents,
        keeps_ct=table.amount("keeps", ZERO, signed=True).cents,
        shared=table.flag("shared", default=True),
    )


class _Reader:
    """Reads streams, events and habits against the payees and accounts that exist."""

    def __init__(self, payees: Mapping[str, Payee], accounts: tuple[str, ...]) -> None:
        self._payees = payees
        self._accounts = accounts

    def stream(self, table: Table) -> Stream:
        cadence = table.choice("cadence", CADENCES[1:])
        return self._happening(table, cadence, table.day("first"), table.day("until", LAST_DAY))

    def event(self, table: Table) -> Stream:
        day = table.day("on")
        if not FIRST_DAY <= day <= LAST_DAY:
            raise table.fault("on", f"lies outside {FIRST_DAY} to {LAST_DAY}")
        return self._happening(table, "once", day, day)

    def habit(self, table: Table) -> Habit:
        way = table.choice("way", WAYS)
        per = "week" if table.has("week") else "month"
        low, high = table.bounds("amount")
        names = table.texts("payees")
        return Habit(
            category=table.text("category"),
            way=way,
            payees=tuple(self._payee(table, "payees", name, way) for name in names),
            account=self._account_key(table, "account"),
            per=per,
            times=table.whole(per),
            low_ct=low.cents,
            high_ct=high.cents,
            step_ct=table.amount("step", Money(1)).cents,
            first=table.day("first", FIRST_DAY),
            until=table.day("until", LAST_DAY),
            text=self._text(table),
        )

    def _happening(self, table: Table, cadence: str, first: date, until: date) -> Stream:
        way = table.choice("way", WAYS)
        leaves = table.maybe("leaves", Table.amount)
        if way == "level" and leaves is None:
            raise table.fault("way", "'level' needs 'leaves'")
        payee = None if way in OWN else self._payee(table, "payee", table.text("payee", ""), way)
        late = table.table("late", optional=True)
        returned = table.table("returned", optional=True)
        return Stream(
            category=table.text("category"),
            way=way,
            payee=payee,
            account=self._account_key(table, "account"),
            to=self._account_key(table, "to") if way in OWN else "",
            cadence=cadence,
            first=first,
            until=until,
            amounts=() if leaves is not None else _amounts(table),
            varies=table.whole("varies", 0),
            leaves_ct=None if leaves is None else leaves.cents,
            text=self._text(table),
            mandate=table.text("mandate") if way == "direct_debit" else "",
            purpose=table.text("purpose", ""),
            rolls=table.choice("rolls", ("before", "after"), "before" if way in INCOMING else "after"),
            skipped=frozenset(table.texts("skipped", ())),
            returned={month: returned.text(month) for month in returned.names()},
            late={month: late.whole(month) for month in late.names()},
        )

    def _payee(self, table: Table, key: str, name: str, way: str) -> Payee:
        if name in self._payees:
            return self._payees[name]
        if way in {"card", "atm", "fee", "interest"}:
            return Payee(name, name)
        raise table.fault(key, str(UnknownName.among("payee", name, list(self._payees))))

    def _account_key(self, table: Table, key: str) -> str:
        return table.choice(key, self._accounts, self._accounts[0] if key == "account" else None)

    def _text(self, table: Table) -> str:
        text = table.text("text", "")
        try:
            text.format(maand="", mm="", jjjj="", n="", ref="")
        except (KeyError, IndexError, ValueError) as fault:
            raise table.fault("text", "may hold only {maand} {mm} {jjjj} {n} {ref}") from fault
        return text


def _amounts(table: Table) -> tuple[tuple[date, int], ...]:
    """Read one amount, or a table of amounts by the day each begins."""
    if not isinstance(table.value("amount"), dict):
        return ((date.min, table.amount("amount").cents),)
    steps = table.table("amount")
    days = []
    for key in steps.names():
        try:
            days.append((iso_day(key), steps.amount(key).cents))
        except ValueError as fault:
            raise table.fault("amount", str(fault)) from fault
    return tuple(sorted(days))
