"""What can be repaid, and how."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from psd2_affordability.core.answer import LegalAnswer, Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason


@dataclass(frozen=True, slots=True)
class PlanOption:
    """One way to repay.

    Attributes:
        amount: each month.
        months: how many; None when the total debt is not known.
        first_on: first payment day.
        day_of_month: the day each month, on the right side of payday.
        chance_holds: share of past months that would have carried it, 0 to 1.
    """

    amount: Money
    months: int | None
    first_on: date
    day_of_month: int
    chance_holds: Decimal


Advice = Literal["plan", "no_room", "refer_to_debt_help", "ask_first"]


@dataclass(frozen=True, slots=True)
class Room:
    """What can be repaid each month above the legal floor.

    Attributes:
        monthly: low, usual and high room, never below zero, or Unknown.
        advice: plan, no_room, refer_to_debt_help or ask_first.
        floor: the protected income with its steps.
        options: up to three ways to repay.
        questions: what to ask to be surer, in English and Dutch.
        reasons: in order of weight.
    """

    monthly: Range | Unknown
    advice: Advice
    floor: LegalAnswer
    options: tuple[PlanOption, ...]
    questions: tuple[Reason, ...]
    reasons: tuple[Reason, ...]
