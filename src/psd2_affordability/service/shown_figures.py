"""Which figures of a month stand beside the reasons, in the terminal and on the page: none of them twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from psd2_affordability.assess.results import ExpectedBalance, Expenses, Income, Room, StreamSeen
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.dates import add_months, month_start
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

#: From this part on, what seems to take place elsewhere is worth a word.
_NOTICED = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `code` is the name of its words in `figure.*`."""

    code: str
    value: Money | Range | Unknown


def income_figures(income: Income) -> tuple[Figure, ...]:
    """Return what stands beside the usual month of income and what no reason says already."""
    return tuple(_of_income(income))


def expense_figures(expenses: Expenses, *, named: bool) -> tuple[Figure, ...]:
    """Return the parts of a usual month of costs, without those that are nothing or that a reason says.

    Args:
        expenses: the costs.
        named: how somebody lives is shown too; else no more than what the answers rest on.
    """
    if not named:
        parts = (("fixed", expenses.fixed), ("flexible", expenses.flexible), ("debts", expenses.debts))
        return tuple(Figure(code, value) for code, value in parts)
    return tuple(_of_expenses(expenses))


def other_costs(expenses: Expenses) -> tuple[StreamSeen, ...]:
    """Return the costs with a rhythm that are not paid to a creditor who is listed."""
    listed = {(each.category, each.payee) for each in expenses.creditors}
    return tuple(each for each in expenses.streams if (each.category, each.payee) not in listed)


def months_with_plan(room: Room) -> tuple[tuple[date, ExpectedBalance], ...]:
    """Return the lowest balance of each coming month with the first way to repay in it."""
    if not room.options:
        return ()
    first = month_start(room.options[0].first_on)
    return tuple((add_months(first, at), lowest) for at, lowest in enumerate(room.ahead))


def noticed(unseen_share: Decimal) -> bool:
    """Tell whether any of a life seems to take place elsewhere.

    >>> noticed(Decimal("0.25")), noticed(Decimal("0"))
    (True, False)
    """
    return unseen_share >= _NOTICED


def _of_income(income: Income) -> Iterator[Figure]:
    yield Figure("for_protection", income.for_protection)
    kept = income.set_aside
    if kept is not None and not _said(income.reasons, "income.turnover"):
        yield Figure("set_aside", kept.monthly)
    if kept is not None and not _said(income.reasons, "income.vat_unpaid"):
        yield Figure("vat_unpaid", kept.unpaid)
    if income.living_money is not None:
        yield Figure("living_money", income.living_money)
    if income.unsplit is not None:
        yield Figure("unsplit", income.unsplit)


def _of_expenses(expenses: Expenses) -> Iterator[Figure]:
    yield Figure("fixed", expenses.fixed)
    if expenses.reserve != ZERO:
        yield Figure("reserve", expenses.reserve)
    yield Figure("flexible", expenses.flexible)
    yield Figure("debts", expenses.debts)
    for code, amount in (("cash", expenses.cash), ("unexplained", expenses.unexplained)):
        if amount:
            yield Figure(code, amount)
    if expenses.gambling and not _said(expenses.reasons, "expenses.gambling"):
        yield Figure("gambling", expenses.gambling)
    yield Figure("essential", expenses.essential)
    if expenses.can_wait and not _said(expenses.reasons, "expenses.can_wait"):
        yield Figure("can_wait", expenses.can_wait)
    if expenses.unsplit is not None:
        yield Figure("unsplit", expenses.unsplit)


def _said(reasons: tuple[Reason, ...], code: str) -> bool:
    """Tell whether a reason states the figure, with its transactions."""
    return any(each.code == code for each in reasons)
