"""What moved the accounts on each day of the last year, for many subjects at once."""

import numpy as np

from psd2_affordability.assess.kinds import BORROWED, Kinds
from psd2_affordability.ledger.arrays import Flags, Ints

#: Twelve months between payment days and the week in which they begin.
HISTORY_DAYS = 372


def unforeseen(category: str, kinds: Kinds) -> bool:
    """Whether money of this kind is left out of the rest that may come again: one-offs and loans.

    Borrowed money comes in, and nobody may be told to count on it.
    """
    return category in kinds.one_off or category == BORROWED


def daily_moves(subject: Ints, day: Ints, amount: Ints, counts: Flags, today: int, subjects: int) -> Ints:
    """Sum the rows that count by subject and day, the oldest day first and the day asked last."""
    first = today - HISTORY_DAYS + 1
    at = np.clip(day, first, today) - first
    moves = np.zeros((subjects, HISTORY_DAYS), np.int64)
    lately = counts & (day >= first) & (day <= today)
    np.add.at(moves.reshape(-1), subject * HISTORY_DAYS + at, amount * lately)
    return moves
