"""Holds what the product says of written households against what is true of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from household_truth import Home, Written, frame
from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.results import Assessment, Expenses, Income
from psd2_affordability.assess.run import assess
from psd2_affordability.categorise.engine import understand
from psd2_affordability.core.answer import Interval, Range
from psd2_affordability.core.money import Money
from psd2_affordability.service.bootstrap import Product, product


@dataclass(frozen=True, slots=True)
class Scored:
    """One household: what is true and what was said of it, in cents.

    Attributes:
        name: its subject.
        left: what is truly left after costs.
        above: what truly lies above the legal floor.
        low: room said, in a lean month.
        mid: in a usual one.
        high: in a good one.
        said_left: what is left by the income and costs that were said.
    """

    name: str
    left: float
    above: float
    low: int
    mid: int
    high: int
    said_left: int

    @property
    def truth(self) -> float:
        """The true room: the lower of the two bounds, never below zero."""
        return max(0.0, min(self.left, self.above))

    @property
    def flipped(self) -> bool:
        """Room was seen where there is none, or missed where there is, by more than 25 euros."""
        bound = min(self.left, self.above)
        return (self.mid > 0 and bound <= -25_00) or (self.mid == 0 and bound >= 25_00)


def scored(made: Iterable[tuple[Home, Written]]) -> Iterator[Scored]:
    """Assess every household on its own day, and yield its score."""
    wired, lives = product(), list(made)
    own = {one.subject: [home.account, home.second, *_shared(one)] for home, one in lives}
    for home, one in lives:
        known = understand(frame([home]), wired.knowledge, {one.subject: own[one.subject]})
        case = {one.subject: Case(household=one.household)}
        answer = assess(known, case, wired.law, wired.knowledge, one.on, ("income", "expenses", "room"))
        yield _scored(wired, one, answer)


def _shared(one: Written) -> list[str]:
    return [share.iban for share in one.household.accounts]


def _scored(wired: Product, one: Written, answers: Mapping[str, Assessment]) -> Scored:
    answer = answers[one.subject]
    assert answer.room is not None
    assert answer.income is not None
    assert answer.expenses is not None
    room = answer.room.monthly
    assert isinstance(room, Range), one.subject
    counted = one.truth.counted
    floor = _floor(wired, one.household, round(counted + one.truth.holiday / 12), one.on)
    return Scored(
        name=f"{one.subject}, {one.months} months",
        left=one.truth.left,
        above=counted - floor,
        low=room.low.cents,
        mid=room.mid.cents,
        high=room.high.cents,
        said_left=_left(answer.income, answer.expenses, stopped=one.truth.stopped),
    )


def _floor(wired: Product, household: Household, income_ct: int, on: date) -> int:
    """The high end of what the law protects at the true income."""
    answer = wired.law.protected_income(household, Interval.exactly(Money(income_ct)), on)
    assert isinstance(answer.value, Interval)
    return answer.value.high.cents


def _left(income: Income, costs: Expenses, *, stopped: bool) -> int:
    """Income less costs, of which what can wait counts half; not at all after an income stopped."""
    month, fixed, household, debts, waits = (
        income.monthly, costs.fixed, costs.flexible, costs.debts, costs.can_wait,
    )  # fmt: skip
    assert isinstance(month, Range)
    assert isinstance(fixed, Money)
    assert isinstance(household, Range)
    assert isinstance(debts, Money)
    assert isinstance(waits, Money)
    spent = fixed + household.mid + debts + costs.cash + costs.gambling + costs.unexplained
    return (month.mid - spent).cents + (waits.cents if stopped else waits.cents // 2)
