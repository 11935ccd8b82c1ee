"""Up to three ways to repay: amount, months, day, and how often it would have held before."""

from datetime import date, timedelta
from decimal import Decimal

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.expenses import months_of_costs
from psd2_affordability.assess.facts import Facts, Rhythm, day_of
from psd2_affordability.assess.income import main_rhythm
from psd2_affordability.assess.results import Income, PlanOption
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.dates import add_months, month_start
from psd2_affordability.core.money import Money, Rounding


def total_debt(case: Case) -> Money | None:
    """Return what must be repaid: the asking creditor's claim, or else the known arrears together."""
    if case.total_debt is not None:
        return case.total_debt
    arrears = Money.total(amount for _, amount in case.household.debts)
    return arrears or None


def plan_options(facts: Facts, room: Range, debt: Money | None, income: Income) -> tuple[PlanOption, ...]:
    """Offer a careful, a usual and a quick plan, each rounded down to whole five euros.

    None of them takes all the room: what is left over carries the first setback.
    """
    first_on, day = _first_payment(facts, main_rhythm(facts))
    left = _left_in_months(facts, income)
    step = NORMS.whole_euros * 100
    amounts = {max(room.mid.times(share, Rounding.DOWN).cents // step * step, step) for share in NORMS.shares}
    return tuple(
        PlanOption(
            amount=Money(cents),
            months=None if debt is None else max(1, -(-debt.cents // cents)),
            first_on=first_on,
            day_of_month=day,
            chance_holds=_share_of(left, cents),
        )
        for cents in sorted(amounts)
    )


def _left_in_months(facts: Facts, income: Income) -> list[int]:
    """What each past month left, in cents; an income that has ended since no longer counts for it."""
    if isinstance(income.monthly, Unknown):
        return []
    regular = [code for code in facts.by_month if code in facts.kinds.income]
    most = income.monthly.high.cents
    costs = months_of_costs(facts)
    return [
        min(most, sum(facts.by_month[code][at] for code in regular)) - cost for at, cost in enumerate(costs)
    ]


def _share_of(left: list[int], cents: int) -> Decimal:
    held = sum(month >= cents for month in left)
    return (Decimal(held) / Decimal(len(left) or 1)).quantize(Decimal("0.01"))


def _first_payment(facts: Facts, income: Rhythm | None) -> tuple[date, int]:
    """Take the second day after the next payday, which weekends move a little.

    Days that some months lack become the first of the next month; so does an unknown payday.
    """
    first = facts.on
    if income is not None:
        first = day_of(income.next_day) + timedelta(days=2)
        while first <= facts.on:
            first += timedelta(days=income.period)
    if income is None or first.day > 28:
        first = add_months(month_start(first), 1)
    return first, first.day
