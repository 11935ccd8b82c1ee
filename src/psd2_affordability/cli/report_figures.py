"""The figures behind the answers, in the terminal: income, costs, and what the data show."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from psd2_affordability.assess.results import (
    AccountSeen,
    CreditorSeen,
    DataQuality,
    Expenses,
    Income,
    MonthAhead,
    StreamSeen,
)
from psd2_affordability.cli.output import plain
from psd2_affordability.cli.report_speech import Speech, day_of, share_of
from psd2_affordability.core.money import ZERO
from psd2_affordability.service.shown_figures import (
    Figure,
    expense_figures,
    income_figures,
    noticed,
    other_costs,
)

_PROOF = {True: "balances add up", False: "balances do NOT add up", None: "no balance proof"}


def show_income(say: Speech, income: Income) -> RenderableType:
    """Show what comes in, what is noticed of it, its sources and the next months."""
    return Group(
        plain(say.a_month(income.monthly), style="bold"),
        *say.reasons(income.reasons),
        _figures(say, income_figures(income)),
        *_forecast(say, income.forecast),
        *_streams(say, "streams.income", income.streams),
    )


def show_expenses(say: Speech, expenses: Expenses, *, named: bool) -> RenderableType:
    """Show what goes out and what is noticed of it; where they may be named, who is paid and how often."""
    return Group(
        _figures(say, expense_figures(expenses, named=named)),
        *say.reasons(expenses.reasons),
        *(_creditors(say, expenses.creditors) if named else ()),
        *(_streams(say, "streams.expenses", other_costs(expenses)) if named else ()),
    )


def show_quality(say: Speech, quality: DataQuality) -> RenderableType:
    """Show what the data cover, and what they cannot tell."""
    table = Table.grid(padding=(0, 2))
    if quality.first_on is not None:
        months = f"{quality.full_months} {say.label('full months')}"
        days = f"{day_of(quality.first_on)} {say.label('to')} {day_of(quality.last_on)}, {months}"
        table.add_row(say.label("period"), days)
    table.add_row(say.label("transactions"), str(quality.transactions))
    if quality.pending:
        table.add_row(say.label("not booked yet, left out"), str(quality.pending))
    table.add_row(
        say.label("without a category"), f"{share_of(quality.unknown_share)} {say.label('of the money')}"
    )
    if noticed(quality.unseen_share):
        table.add_row(say.word("unseen"), share_of(quality.unseen_share))
    for account in quality.accounts:
        _account(say, table, account)
    for missing in quality.missing_accounts:
        table.add_row(plain(missing), say.label("own account that is not shared"))
    gaps = say.reasons(quality.cannot_know)
    return Group(table, *(gaps if quality.cannot_know else [plain(say.word("gaps.none"))]))


def _account(say: Speech, table: Table, account: AccountSeen) -> None:
    balance = say.amount(account.balance)
    if account.balance_on is not None:
        balance += f" {say.label('on')} {day_of(account.balance_on)}, {say.label(_PROOF[account.proven])}"
    table.add_row(plain(account.account), plain(balance))
    came, went = say.money(account.came_in), say.money(account.went_out)
    part = "" if account.share is None else f", {say.word('shared')}: {share_of(account.share)}"
    table.add_row("", plain(f"{say.label('in')} {came}, {say.label('out')} {went}{part}"))


def _figures(say: Speech, figures: Sequence[Figure]) -> Table:
    table = Table.grid(padding=(0, 2))
    amounts = say.amounts(figure.value for figure in figures)
    for figure, amount in zip(figures, amounts, strict=True):
        table.add_row(say.word(f"figure.{figure.code}"), plain(amount))
    return table


def _forecast(say: Speech, months: Sequence[MonthAhead]) -> Iterator[RenderableType]:
    """Show the next months; the part that not every month brings only where there is one."""
    if not months:
        return
    extra = any(each.extra for each in months)
    table = say.table("month", "lean", "usual", "good", *(["extra"] if extra else []))
    for each in months:
        amounts = [say.money(amount) for amount in (each.low, each.mid, each.high)]
        if extra:
            amounts.append(say.money(each.extra) if each.extra != ZERO else "-")
        table.add_row(f"{each.month:%Y-%m}", *amounts)
    yield from _titled(say, "table.forecast", table)


def _creditors(say: Speech, creditors: Sequence[CreditorSeen]) -> Iterator[RenderableType]:
    if not creditors:
        yield plain(say.word("creditors.none"))
        return
    table = say.table("", "", "a month", "last", "last on", "")
    for each in creditors:
        ended = each.status == "ended"
        table.add_row(
            plain(each.payee, style="dim" if ended else ""),
            plain(say.category(each.category)),
            say.money(each.monthly),
            say.money(each.last),
            day_of(each.last_on),
            "" if each.status == "active" else say.label(each.status),
        )
    yield from _titled(say, "table.creditors", table)


def _streams(say: Speech, title: str, streams: Sequence[StreamSeen]) -> Iterator[RenderableType]:
    if not streams:
        yield plain(say.word(f"{title}.none"))
        return
    table = say.table("", "", "", "a month", "last on", "next")
    for stream in streams:
        ended = stream.status == "ended"
        table.add_row(
            plain(say.category(stream.category), style="dim" if ended else ""),
            plain(stream.payee),
            plain(say.label(stream.cadence.replace("_", " "))),
            say.money(stream.monthly),
            day_of(stream.last_on) if stream.transactions else f"{stream.last_on:%Y-%m}",
            say.label(stream.status) if stream.status != "active" else day_of(stream.next_on),
        )
    yield from _titled(say, title, table)


def _titled(say: Speech, title: str, table: Table) -> Iterator[RenderableType]:
    yield plain(say.word(title), style="bold")
    yield Padding(table, (0, 0, 0, 2))
