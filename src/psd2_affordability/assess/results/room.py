"""What can be repaid, and how."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from psd2_affordability.assess.results.counterfactuals import Turn
from psd2_affordability.assess.results.seizure import ExpectedBalance
from psd2_affordability.core.answer import LegalAnswer, Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.core.when_read import LaidOutWhenRead

PlanKind = Literal["sure", "careful", "usual", "quick", "proposed"]


@dataclass(frozen=True, slots=True)
class PlanOption:
    """One way to repay.

    Attributes:
        amount: each month.
        months: how many; None when the total debt is not known.
        first_on: first payment day.
        day_of_month: the day each month, on the right side of payday.
        chance_holds: share of simulated futures in which the account bears it for a year, or for the
            whole plan when that is shorter, if the person goes on spending as now, 0 to 1.
        chance_if_careful: the same when half of what can wait is not spent.
        lowest_balance: lowest balance to expect in that time with the plan in it, or Unknown.
        kind: sure (nine in ten futures bear it), careful (at least half of them do when half of what can
            wait is not spent), usual, quick, or proposed.
    """

    amount: Money
    months: int | None
    first_on: date
    day_of_month: int
    chance_holds: Decimal
    chance_if_careful: Decimal
    lowest_balance: Money | Unknown
    kind: PlanKind


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the user proposes, tested.

    Attributes:
        option: the proposed plan with its chances.
        fits: it stays within the usual room and half of the futures bear it, as of any plan that is offered
            (a reason says when it is not sure); Unknown, with the question that decides, when that hangs
            on what is not known of the household, or when half of them bear it only if half of what can
            wait is not spent.
        reasons: why, why not, or what decides.
    """

    option: PlanOption
    fits: bool | Unknown
    reasons: tuple[Reason, ...]

    @property
    def word(self) -> Literal["fits", "does_not_fit", "ask_first"]:
        """Whether it fits, in a word."""
        if isinstance(self.fits, Unknown):
            return "ask_first"
        return "fits" if self.fits else "does_not_fit"


Advice = Literal["plan", "no_room", "refer_to_debt_help", "ask_first"]


@dataclass(frozen=True, slots=True)
class Room(LaidOutWhenRead):
    """What can be repaid each month above the legal floor.

    Attributes:
        monthly: low, usual and high room, never below zero, or Unknown.
        advice: plan, no_room, refer_to_debt_help, or ask_first: too little is known, or no plan holds
            as things are.
        floor: the protected income with its steps.
        options: up to three ways to repay.
        questions: what to ask to be surer, in English and Dutch.
        reasons: in order of weight.
        fair_share: what of the usual room is the asking creditor's beside others that collect; None
            when nobody else does.
        proposal: the user's own proposal, tested; None when there is none, or no room is known.
        ahead: lowest balance of each month from the first option's first payment on, with that plan in
            it; empty without an option, or without a balance.
        turns: where there is too little room for a plan, what would make enough, the smallest change first.
        plan_floor: what a plan must leave beside the protected income (NL: vtlb), with its steps; None when
            nobody gave the amounts of that norm. Where it is known the room lies above it.
    """

    monthly: Range | Unknown
    advice: Advice
    floor: LegalAnswer
    options: tuple[PlanOption, ...]
    questions: tuple[Reason, ...]
    reasons: tuple[Reason, ...]
    fair_share: Money | None = None
    proposal: Proposal | None = None
    ahead: tuple[ExpectedBalance, ...] = ()
    turns: tuple[Turn, ...] = ()
    plan_floor: LegalAnswer | None = None

    def take_turns(self, turns: tuple[Turn, ...]) -> None:
        """Take what would make enough room, which is found from the room itself; for who makes this."""
        object.__setattr__(self, "turns", turns)
