"""Which past months or weeks the futures are made of: drawn once, the same for everybody and every run.

Of a finite history nobody knows how usual it was. So each future first draws a history of its own
from the one that was seen, and then its months from that; and what a short history cannot show is
made up for by widening it.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np

from psd2_affordability.ledger.arrays import Ints

_SEED = 20_240_229
#: Student's point for nine in ten by the number of months that tell the spread, from three on, and the
#: normal one.
_STUDENT = tuple(
    Fraction(point, 10_000)
    for point in (18856, 16377, 15332, 14759, 14398, 14149, 13968, 13830, 13722, 13634)
)
_NORMAL, _FEWEST = Fraction("1.28155"), 3
#: One or two months tell hardly anything; in thousandths.
_HARDLY = {1: 3400, 2: 2800}


@lru_cache(maxsize=512)
def _wider(seen: int) -> int:
    """Return how many times wider, in thousandths.

    Student's point over the normal one, times n/(n-1) for what a mean hides of the spread, in the
    history and again in the drawn one.
    """
    if seen in _HARDLY:
        return _HARDLY[seen]
    if seen - _FEWEST < len(_STUDENT):
        return round(1000 * _STUDENT[seen - _FEWEST] / _NORMAL * Fraction(seen, seen - 1))
    return 1000 + 3000 // seen


def widened(cumulated: Ints, seen: int, *, axis: int) -> Ints:
    """Widen what lies along an axis about its mean as much as so few of them ask; in place."""
    mean = cumulated.sum(axis=axis, keepdims=True)
    mean //= cumulated.shape[axis]
    cumulated -= mean
    cumulated *= _wider(seen)
    cumulated //= 1000
    cumulated += mean
    return cumulated


@lru_cache(maxsize=256)
def drawn(count: int, steps: int, paths: int) -> Ints:
    """Return for each step and path which of so many rows it takes; each row is taken equally often."""
    raw = np.random.PCG64(_SEED + count)
    first = _evenly(raw, count * paths, count).reshape(paths, count)
    chosen = np.empty((steps, paths), np.int64)
    for step in range(steps):
        chosen[step] = first[np.arange(paths), _evenly(raw, paths, count)]
    return chosen


def _evenly(raw: np.random.PCG64, size: int, count: int) -> Ints:
    """Shuffle the numbers below `count`, each as often as the others."""
    order = np.argsort(raw.random_raw(size), kind="stable")
    evenly: Ints = (np.arange(size, dtype=np.int64) % count)[order]
    return evenly
