"""The two bounds of the room: what is left after costs, and what lies above the floor."""

from typing import NamedTuple

from psd2_affordability.assess.expenses import months_since_stop
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.results import Expenses, Income
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unpaid import may_be_over
from psd2_affordability.core.answer import LegalAnswer, Range, Unknown, first_unknown
from psd2_affordability.core.money import ZERO, Money

_NOTHING_ABOVE = Range(ZERO, ZERO, ZERO)


class Sizing(NamedTuple):
    """The two bounds in a lean, usual and good month.

    Attributes:
        left: income less costs.
        above_floor: income that counts for the protected income, less the protected income, or less what a
            plan must leave.
        kept: cents of what can wait that a usual month keeps.
    """

    left: Range
    above_floor: Range
    kept: int

    @property
    def room(self) -> Range:
        """The lower of the two, never below zero, and in order."""
        left, above = self.left, self.above_floor
        low = max(0, min(left.low.cents, above.low.cents))
        mid = max(0, min(left.mid.cents, above.mid.cents))
        high = max(0, min(left.high.cents, above.high.cents))
        return Range(Money(min(low, mid)), Money(mid), Money(max(mid, high)))


def size(facts: Facts, income: Income, expenses: Expenses, floor: LegalAnswer) -> Sizing | Unknown:
    """Work out both bounds, or say which figure is missing."""
    earned, counted = income.monthly, income.for_protection
    fixed, flexible, debts, waits = expenses.fixed, expenses.flexible, expenses.debts, expenses.can_wait
    protected = floor.value
    if (
        isinstance(earned, Unknown)
        or isinstance(counted, Unknown)
        or isinstance(fixed, Unknown)
        or isinstance(flexible, Unknown)
        or isinstance(debts, Unknown)
        or isinstance(waits, Unknown)
        or isinstance(protected, Unknown)
    ):
        return first_unknown(earned, counted, fixed, flexible, debts, waits, protected)
    spent = fixed.cents + flexible.mid.cents + debts.cents
    spent += expenses.cash.cents + expenses.unexplained.cents + expenses.gambling.cents
    needed, kept = spent - waits.cents, choices_kept(facts, waits)
    # what may have been paid off is gone when things turn out well
    turns_out_well = needed - may_be_over(facts)
    left = Range(
        Money(earned.low.cents - spent),
        Money(earned.mid.cents - needed - kept),
        Money(earned.high.cents - turns_out_well),
    )
    if facts.wage_notes:
        return Sizing(left, _NOTHING_ABOVE, kept)
    low, high = protected.low.cents, protected.high.cents
    above = Range(
        Money(counted.low.cents - high), Money(counted.mid.cents - high), Money(counted.high.cents - low)
    )
    return Sizing(left, above, kept)


def choices_kept(facts: Facts, waits: Money) -> int:
    """Return the cents of what can wait that a usual month keeps: nothing of it after an income stopped."""
    return 0 if months_since_stop(facts) else waits.times(NORMS.choices_kept).cents
