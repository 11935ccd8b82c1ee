"""First signs of new debt."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from psd2_affordability.core.reasons import Reason

SignalLevel = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True)
class Signal:
    """A first sign of new debt.

    Attributes:
        code: missed_income, income_replaced, returned_debit, new_lender, new_bnpl, first_collector,
            first_bailiff, skipped_fixed_cost, gambling_burst, account_blocked.
        level: 1 watch, 2 talk, 3 act.
        first_on: the day it showed.
        why: the sentence with its evidence.
        transactions: keys of the rows that show it.
    """

    code: str
    level: SignalLevel
    first_on: date
    why: Reason
    transactions: tuple[str, ...]
