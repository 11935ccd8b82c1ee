"""Which single change would turn an answer."""

from dataclasses import dataclass
from typing import Literal

from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

TurnTo = Literal["room", "within_norms", "yields", "no_yield"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A change that turns an answer, or that is one of those it needs.

    Attributes:
        code: what changes: income, can_wait, fixed, debts, total_debt, balance, the code of an allowance
            or the code of an indicator.
        to: the answer that it turns to.
        by: how much, in whole euros a month or on the account; None where no amount says it.
        reaches: what an indicator must reach, as a person reads it; empty where an amount says it.
        alone: it turns the answer by itself; else others of the same list must change with it.
        says: the change in one sentence, in English and Dutch.
    """

    code: str
    to: TurnTo
    by: Money | None
    reaches: str
    alone: bool
    says: Reason
