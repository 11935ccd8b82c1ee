"""The amount that a rhythm keeps, now and at each of its payments before."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

#: So much of a series in runs of equal amounts makes it one of steps, not of chance.
_TENTHS_IN_RUNS = 7
#: A step is believed when it explains this many times what is left beside it (a t of five).
_STEP_STRENGTH = 25
_FEWEST = 2


def levels_of(cents: tuple[int, ...]) -> tuple[int, ...]:
    """Return the level behind each payment; the last one is the level that goes on.

    Equal payments are their own level, and a new amount counts from its second payment. Amounts
    that differ each time have the mean of the stretch since their last real step.

    >>> levels_of((100, 100, 100, 120, 120)), levels_of((100, 100, 100, 120))
    ((100, 100, 100, 120, 120), (100, 100, 100, 100))
    >>> levels_of((90, 110, 95, 105))
    (100, 100, 100, 100)
    """
    return cents if cents.count(cents[0]) == len(cents) else _levels(cents)


@lru_cache(maxsize=16_384)
def _levels(cents: tuple[int, ...]) -> tuple[int, ...]:
    runs = [(amount, len(list(run))) for amount, run in groupby(cents)]
    steady = sum(count for _, count in runs if count >= _FEWEST)
    if steady * 10 >= len(cents) * _TENTHS_IN_RUNS:
        return _steps(runs)
    return tuple(_means(cents))


def _steps(runs: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Give single odd payments the level before them, or at the start the one after."""
    level = next(amount for amount, count in runs if count >= _FEWEST)
    levels: list[int] = []
    for amount, count in runs:
        level = amount if count >= _FEWEST else level
        levels += [level] * count
    return tuple(levels)


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
