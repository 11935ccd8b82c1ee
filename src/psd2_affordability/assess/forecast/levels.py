"""The amount that rhythms keep, now and at each of their payments before."""

from collections.abc import Sequence

import numpy as np

from psd2_affordability.ledger.arrays import Flags, Ints

#: So much of a series in runs of equal amounts makes it one of steps, not of chance.
_TENTHS_IN_RUNS = 7
#: A step is believed when it explains this many times what is left beside it (a t of five).
_STEP_STRENGTH = 25
_FEWEST = 2


def levels_of(cents: Ints, start: Ints) -> Ints:
    """Return the level behind each payment; the last one of a series is the level that goes on.

    Equal payments are their own level, and a new amount counts from its second payment. Amounts
    that differ each time have the mean of the stretch since their last real step.

    Args:
        cents: payments of one series after another.
        start: where each series begins; none is without payments.

    >>> levels_of(np.array([100, 100, 100, 120, 120, 100, 100, 100, 120]), np.array([0, 5])).tolist()
    [100, 100, 100, 120, 120, 100, 100, 100, 100]
    >>> levels_of(np.array([90, 110, 95, 105]), np.array([0])).tolist()
    [100, 100, 100, 100]
    """
    begins = np.ones(len(cents), np.bool_)
    begins[1:] = cents[1:] != cents[:-1]
    begins[start] = True
    runs = np.flatnonzero(begins)
    length = np.diff(runs, append=len(cents))
    its_runs = np.searchsorted(runs, start)
    believed = length >= _FEWEST
    steady = np.add.reduceat(length * believed, its_runs)
    alone = np.diff(its_runs, append=len(runs)) == 1
    believed[its_runs[alone]] = True
    levels = np.repeat(cents[runs[_last_believed(believed, its_runs)]], length)
    end = np.append(start[1:], len(cents))
    for at in np.flatnonzero(~alone & (steady * 10 < (end - start) * _TENTHS_IN_RUNS)).tolist():
        series = slice(start[at], end[at])
        levels[series] = _means(cents[series].tolist())
    return levels


def _last_believed(believed: Flags, its_runs: Ints) -> Ints:
    """Return for each run the last believed one of its series until it; at the start the first one after."""
    place = np.arange(len(believed))
    before = np.maximum.accumulate(np.where(believed, place, -1))
    after = np.minimum.accumulate(np.where(believed, place, len(place) - 1)[::-1])[::-1]
    first = np.repeat(its_runs, np.diff(its_runs, append=len(place)))
    return np.where(before < first, after, before)


def _means(cents: Sequence[int]) -> list[int]:
    at = _step_in(cents)
    if at:
        return _means(cents[:at]) + _means(cents[at:])
    return [(2 * sum(cents) + len(cents)) // (2 * len(cents))] * len(cents)


def _step_in(cents: Sequence[int]) -> int:
    """Return where the series steps to another level for good, or 0."""
    count, total, squares = len(cents), sum(cents), sum(one * one for one in cents)
    best, place, before = 0, 0, sum(cents[: _FEWEST - 1])
    for at in range(_FEWEST, count - _FEWEST + 1):
        before += cents[at - 1]
        gap = before * (count - at) - (total - before) * at
        # the same whole number for every split, so that strengths compare without fractions
        between = gap * gap // (at * (count - at))
        if between > best:
            best, place = between, at
    left = count * squares - total * total - best
    return place if best * (count - 2) > _STEP_STRENGTH * left else 0
