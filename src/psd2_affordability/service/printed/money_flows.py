"""The blocks of what comes in and goes out."""

from collections.abc import Iterator, Sequence

from psd2_affordability.assess.results import CreditorSeen, Expenses, Income, KindAmount, NotPaid, StreamSeen
from psd2_affordability.service.printed.blocks import Beside, Block, Key, Keys, Sheet
from psd2_affordability.service.printed.charts import flow_bars, income_timeline
from psd2_affordability.service.printed.desk import Column, Desk
from psd2_affordability.service.printed.printable import fitted

_PAYEE = 40
_WHO = (Column("flow.kind", 1), Column("flow.who", 1))


def flow_keys(desk: Desk) -> Iterator[Keys]:
    """Show the usual month: income, fixed costs, household, debts."""
    say, income, expenses = desk.say, desk.found.income, desk.found.expenses
    keys = []
    if income is not None:
        keys.append(
            Key(
                say("flow.income"),
                say.amount(income.monthly),
                desk.around(income.monthly) or say("flow.month"),
            )
        )
    if expenses is not None:
        keys += [
            Key(say("flow.fixed"), say.amount(expenses.fixed), say("flow.fixed.note")),
            Key(
                say("flow.flexible"),
                say.amount(expenses.flexible),
                desk.around(expenses.flexible) or say("flow.month"),
            ),
            Key(say("flow.debts"), say.amount(expenses.debts), say("flow.month")),
        ]
    if keys:
        yield Keys(tuple(keys))


def flow_charts(desk: Desk) -> Iterator[Block]:
    """Draw in and out by month, and the sources of income beside it."""
    income = desk.found.income
    bars = flow_bars(desk.seen.months, desk.say)
    timeline = income and income_timeline(income.streams, desk.seen.days, desk.found.on, desk.say)
    if bars and timeline:
        yield Beside((bars, timeline))
    elif chart := bars or timeline:
        yield chart


def flow_figures(desk: Desk, income: Income, expenses: Expenses) -> Sheet:
    """Show every figure of a month that is no kind of its own."""
    say = desk.say
    rows: list[tuple[str, str]] = [
        (say("flow.protection"), _both(desk, income)),
        (say("flow.one_off"), say.money(income.one_off)),
        (say("flow.reserve"), say.amount(expenses.reserve)),
        (say("flow.essential"), say.amount(expenses.essential)),
        (say("flow.cash"), say.money(expenses.cash)),
        (say("flow.gambling"), say.money(expenses.gambling)),
        (say("flow.unexplained"), say.money(expenses.unexplained)),
        (say("flow.can_wait"), say.amount(expenses.can_wait)),
    ]
    return desk.sheet("", (Column("flow.figure", 1), Column("law.amount", right=True)), rows)


def months_ahead(desk: Desk, income: Income) -> Sheet | None:
    """Show what is expected to come in in the next months, and what of it not every month brings."""
    say = desk.say
    if not income.forecast:
        return None
    amounts = ("room.lean", "room.usual", "room.good", "flow.extra")
    columns = (Column("flow.month.name", 1), *(Column(name, right=True) for name in amounts))
    rows = (
        (say.month_of(each.month), *map(say.money, (each.low, each.mid, each.high, each.extra)))
        for each in income.forecast
    )
    return desk.sheet(say("flow.ahead"), columns, rows, dense=True)


def creditors(desk: Desk, found: Sequence[CreditorSeen]) -> Sheet | None:
    """Show who is paid for a debt or a loan, the largest instalment first."""
    say = desk.say
    if not found:
        return None
    rows = (
        (
            say.category(each.category),
            fitted(each.payee, _PAYEE),
            say.money(each.monthly),
            say.money(each.last),
            say.short_day(each.last_on),
        )
        for each in found
    )
    amounts = ("flow.amount", "flow.last.amount", "flow.last")
    columns = (*_WHO, *(Column(name, right=True) for name in amounts))
    return desk.sheet(say("flow.creditors"), columns, rows, dense=True)


def not_paid(desk: Desk, found: Sequence[NotPaid]) -> Sheet | None:
    """Show what was not seen being paid of costs that are owed, the largest first."""
    say = desk.say
    if not found:
        return None
    rows = (
        (
            say.category(each.category),
            fitted(each.payee, _PAYEE),
            str(each.payments),
            say.short_day(each.since),
            say.amount(each.amount),
        )
        for each in found
    )
    told = ("flow.not_paid.payments", "flow.not_paid.since", "law.amount")
    columns = (*_WHO, *(Column(name, right=True) for name in told))
    return desk.sheet(say("flow.not_paid"), columns, rows, dense=True)


def _both(desk: Desk, income: Income) -> str:
    around = desk.around(income.for_protection)
    return around or desk.say.amount(income.for_protection)


def kinds(desk: Desk) -> Iterator[Block]:
    """Show a usual month by kind: what comes in beside what goes out."""
    income, expenses = desk.found.income, desk.found.expenses
    comes_in = income and _by_kind(desk, "flow.kinds.in", income.by_kind)
    goes_out = expenses and _by_kind(desk, "flow.kinds.out", expenses.by_kind)
    if comes_in and goes_out:
        yield Beside((comes_in, goes_out))
    elif sheet := comes_in or goes_out:
        yield sheet


def _by_kind(desk: Desk, caption: str, found: Sequence[KindAmount]) -> Sheet | None:
    say = desk.say
    if not found:
        return None
    ordered = sorted(found, key=lambda each: (-each.monthly.cents, each.category))
    rows = ((say.category(each.category), say.money(each.monthly)) for each in ordered)
    columns = (Column("flow.kind", 1), Column("flow.amount", right=True))
    return desk.sheet(say(caption), columns, rows, dense=True)


def streams(desk: Desk, caption: str, found: Sequence[StreamSeen]) -> Sheet | None:
    """Show each source or regular cost, those that still run first."""
    say = desk.say
    if not found:
        return None
    ordered = sorted(found, key=lambda each: (each.status == "ended", -each.monthly.cents, each.category))
    rows = (
        (
            say.category(each.category),
            fitted(each.payee, _PAYEE),
            say.rhythm(each.cadence),
            say.money(each.monthly),
            say.short_day(each.last_on),
            say.short_day(each.next_on) if each.status == "active" else say(f"flow.{each.status}"),
        )
        for each in ordered
    )
    days = ("flow.amount", "flow.last", "flow.next")
    columns = (*_WHO, Column("flow.rhythm"), *(Column(name, right=True) for name in days))
    return desk.sheet(say(caption), columns, rows, dense=True)
