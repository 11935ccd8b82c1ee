"""Which past months or weeks the futures are made of: drawn once, the same for everybody and every run.

Of a finite history nobody knows how usual it was. So each future first draws a history of its own
from the one that was seen, and then its months from that; and what a short history cannot show is
made up for by widening it.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

_SEED = 20_240_229
#: Student's point for nine in ten over the normal one, for the few months that tell the spread, times
#: n/(n-1) for what a mean hides of it, in the history and again in the drawn one; in thousandths.
_WIDER = {1: 3400, 2: 2800, 3: 2207, 4: 1704, 5: 1495, 6: 1382, 7: 1311}
_WIDER |= {8: 1262, 9: 1226, 10: 1199, 11: 1178, 12: 1161}


def widened(cumulated: Ints, seen: int) -> Ints:
    """Widen rows about their mean as much as so few of them ask."""
    rate = _WIDER.get(seen) or 1000 + 3000 // seen
    mean = cumulated.sum(axis=0) // len(cumulated)
    result: Ints = mean + (cumulated - mean) * rate // 1000
    return result


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
