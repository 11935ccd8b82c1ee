"""Whole numbers as narrow as they may be: half as wide ones are summed and sorted in half the time."""

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.signedinteger]

#: Sums up to here stay narrow, with as much above them left for what is taken off.
NARROW = 2**30


def width_for(most: int) -> type[np.signedinteger]:
    """Return the type of numbers that never get further from zero than so much.

    >>> width_for(50_000_00).__name__, width_for(50_000_000_00).__name__
    ('int32', 'int64')
    """
    return np.int32 if most <= NARROW else np.int64


def most_in(numbers: Whole) -> int:
    """Return how far from zero any of the numbers is.

    >>> most_in(np.array([3, -5, 4])), most_in(np.array([], np.int64))
    (5, 0)
    """
    return max(int(numbers.max()), -int(numbers.min())) if numbers.size else 0
