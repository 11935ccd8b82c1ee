"""Series that go on under another name, mandate or amount: the same payee, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from psd2_affordability.categorise.cadence import differs

_Ints = npt.NDArray[np.int64]

#: A successor pays at least two thirds of what was paid, and at most half more.
_LEAST, _MOST = (2, 3), (3, 2)
#: No series survives a silence of more than so many days, or of so many of its steps.
_LONGEST_SILENCE = 400
_STEPS_OF_SILENCE = 3
_SPARE_DAYS = 10


@dataclass(slots=True, eq=False)
class _Piece:
    """Rows under one name, by day.

    Attributes:
        rows: positions in the frame.
        days: their days.
        cents: their amounts.
        key: what they are joined under.
        step: the usual number of days between two rows; 0 for a single row.
    """

    rows: _Ints
    days: list[int]
    cents: list[int]
    key: int
    step: int = field(init=False)

    def __post_init__(self) -> None:
        gaps = sorted(late - early for early, late in pairwise(self.days))
        self.step = gaps[len(gaps) // 2] if gaps else 0

    def precedes(self, other: "_Piece") -> bool:
        """Tell whether the other may be how this one goes on."""
        silence = other.days[0] - self.days[-1]
        step = max(self.step, other.step) or _LONGEST_SILENCE
        before, after = _middle(self.cents[-3:]), _middle(other.cents[:3])
        return (
            0 < silence <= min(_LONGEST_SILENCE, step * _STEPS_OF_SILENCE + _SPARE_DAYS)
            and before * _LEAST[0] <= after * _LEAST[1]
            and after * _MOST[1] <= before * _MOST[0]
        )


def join_handovers(day: _Ints, amount: _Ints, rows: _Ints, piece: _Ints, whole: _Ints) -> _Ints:
    """Give pieces that follow each other one key.

    Two pieces of one whole are one series if the second starts after the first has ended, for about
    the same amount and before the rhythm would have been lost. Pieces that run side by side stay
    apart: they are two contracts.

    Args:
        day: of each row of the frame.
        amount: of each row of the frame.
        rows: positions that count.
        piece: key of each row of the frame, such as its mandate.
        whole: what pieces may be joined within, such as a creditor; negative where nothing is known.
    """
    rows = rows[whole[rows] >= 0]
    code, wholes = pd.factorize(whole[rows])
    some = np.zeros(len(wholes), dtype=np.int64)
    some[code] = piece[rows]
    mixed = np.zeros(len(wholes), dtype=np.bool_)
    mixed[code[piece[rows] != some[code]]] = True
    rows = rows[mixed[code]]
    if not len(rows):
        return piece
    rows = rows[np.lexsort((amount[rows], day[rows], piece[rows], whole[rows]))]
    joined = piece.copy()
    for pieces in _wholes(day, amount, rows, piece, whole):
        for later in _joined(pieces):
            joined[later.rows] = later.key
    return joined


def _middle(cents: list[int]) -> int:
    ordered = sorted(map(abs, cents))
    return ordered[(len(ordered) - 1) // 2]


def _wholes(day: _Ints, amount: _Ints, rows: _Ints, piece: _Ints, whole: _Ints) -> Iterator[list[_Piece]]:
    """Yield the pieces of each whole."""
    keys, wholes = piece[rows], whole[rows]
    starts = np.flatnonzero(differs(keys) | differs(wholes)).tolist()
    days, cents = day[rows].tolist(), amount[rows].tolist()
    held: list[_Piece] = []
    of_last = -1
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        if held and wholes[start] != of_last:
            yield held
            held = []
        of_last = wholes[start]
        held.append(_Piece(rows[start:end], days[start:end], cents[start:end], int(keys[start])))
    yield held


def _joined(pieces: list[_Piece]) -> Iterator[_Piece]:
    """Join each piece to the nearest in amount that ended before it; yield those that were joined."""
    pieces.sort(key=lambda one: (one.days[0], one.days[-1], one.cents))
    ended: list[_Piece] = []
    for at, later in enumerate(pieces):
        fits = [one for one in pieces[:at] if one not in ended and one.precedes(later)]
        if fits:
            earlier = min(fits, key=lambda one: (abs(one.cents[-1] - later.cents[0]), -one.days[-1]))
            ended.append(earlier)
            later.key = earlier.key
            yield later
