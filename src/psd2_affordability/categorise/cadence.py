"""Rhythms in sorted groups of days, found for all groups at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.rhythms import CADENCES

IRREGULAR = len(CADENCES)

_Ints = npt.NDArray[np.int64]
_Bools = npt.NDArray[np.bool_]


def _each(*numbers: int) -> _Ints:
    """Return one number for each cadence, under each other: a layer for each."""
    return np.array(numbers, dtype=np.int64)[:, np.newaxis]


#: Length in days times 10,000, so that months stay exact in whole numbers; in the order of CADENCES.
_LENGTH = _each(70_000, 280_000, 304_369, 608_738, 913_107, 3_652_425)
#: Days that a hit may lie before or after its place: weekends, holidays, late runs.
_SLACK = _each(1, 3, 6, 7, 9, 16) * 10_000
#: Fewest hits; long rhythms are believed after two only with a known creditor.
_FEWEST = _each(4, 3, 3, 3, 3, 3)
_FEWEST_KNOWN = _each(4, 3, 3, 3, 2, 2)
_TENTHS_IN_PLACE = 8
_TENTHS_PRESENT, _TENTHS_PRESENT_BY_CHANCE = 6, 9
_SPARE_HITS = 6  # one double hit in so many is tolerated
#: Where nobody is known to owe anything, chance must be ruled out: more hits, nearer to their places.
_SLACK_BY_CHANCE = _each(1, 1, 4, 4, 4, 6) * 10_000
_FEWEST_BY_CHANCE = _each(6, 5, 5, 5, 5, 3)
#: Around February a few monthly hits lie nearly four weeks apart; four-weekly ones keep their weekday.
_FOUR_WEEKLY, _FEW_HITS, _ONE_DAY = CADENCES.index("four_weekly"), 6, 10_000
_FITS = 2**62
_AT_ONCE = 256
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Groups:
    """Rows sorted by group and day, described by where each group starts.

    Attributes:
        start: position of the first row of each group.
        size: rows of each group.
    """

    start: _Ints
    size: _Ints

    @cached_property
    def of_row(self) -> _Ints:
        """The group that each row is in."""
        return np.repeat(np.arange(len(self.size)), self.size)

    def few_at_once(self) -> Iterator[tuple[slice, slice, "Groups"]]:
        """Yield a few groups and their rows at a time: they share each pass, and lie in the cache."""
        count = len(self.size)
        if count <= _AT_ONCE:
            yield slice(None), slice(None), self
            return
        for first in range(0, count, _AT_ONCE):
            its = slice(first, first + _AT_ONCE)
            size = self.size[its]
            start = self.start[its]
            rows = slice(int(start[0]), int(start[-1] + size[-1]))
            yield its, rows, Groups(start - start[0], size)


def groups_of(sorted_keys: _Ints) -> Groups:
    """Describe the runs of equal keys."""
    start = np.flatnonzero(differs(sorted_keys))
    return Groups(start, np.diff(start, append=len(sorted_keys)))


def differs(values: _Ints) -> _Bools:
    """Mark the first row, and every row that differs from the one before."""
    marked = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=marked[1:])
    return marked


def quantiles_of(values: _Ints, groups: Groups, *parts: tuple[int, int]) -> tuple[_Ints, ...]:
    """Return, of each group sorted by value, those at the given parts of the way: always ones that occur.

    Values may lie in several layers, one row of values for each; so do the ones returned.
    """
    if not values.size:
        return tuple(values for _ in parts)
    low = values.min()
    width = int(values.max()) - int(low) + 1
    group = groups.of_row
    if width * len(groups.size) > _FITS:
        order = np.lexsort((values, np.broadcast_to(group, values.shape)))
        ordered = np.take_along_axis(values, order, axis=-1)
    else:  # one number for group and value sorts many times as fast as both
        floor = group * width - low
        ordered = np.sort(values + floor) - floor
    return tuple(ordered[..., groups.start + (groups.size - 1) * part // of] for part, of in parts)


def middle_of(values: _Ints, groups: Groups) -> _Ints:
    """Return the middle value of each group, the lower one of two."""
    return quantiles_of(values, groups, (1, 2))[0]


def nearly_equal(values: _Ints, groups: Groups, tenths: int) -> _Bools:
    """Tell whether eight in ten of each group's sizes lie within so many tenths of the middle one."""
    low, usual, high = quantiles_of(np.abs(values), groups, (1, 10), (1, 2), (9, 10))
    equal: _Bools = (high - low) * 10 <= usual * tenths
    return equal


def find_cadence(day: _Ints, groups: Groups, known: _Bools, owed: _Bools) -> npt.NDArray[np.int8]:
    """Return the number of the cadence of each group, or `IRREGULAR`.

    Each rhythm is laid over the days of a group; it holds when nearly all hits lie near
    its beats and most beats have a hit. Of several, the one with the least deviation wins.

    Args:
        day: of each row.
        groups: the runs of rows.
        known: who is paid is known, so long rhythms are believed sooner.
        owed: something is owed; buying habits and gifts must keep a rhythm strictly.
    """
    best = np.empty(len(groups.size), dtype=np.int8)
    for its, rows, few in groups.few_at_once():
        best[its] = _best(day[rows], few, known[its], owed[its])
    return best


def _best(day: _Ints, groups: Groups, known: _Bools, owed: _Bools) -> npt.NDArray[np.int8]:
    """Return the same of so few groups that all rhythms are laid over them at once."""
    fewest = np.where(owed, np.where(known, _FEWEST_KNOWN, _FEWEST), _FEWEST_BY_CHANCE)
    slack = np.where(owed, _SLACK, _SLACK_BY_CHANCE)
    slack[_FOUR_WEEKLY, groups.size < _FEW_HITS] = _ONE_DAY
    holds, deviation = _fit(day, groups, slack, owed)
    deviation[~holds | (groups.size < fewest)] = _NEVER
    best: npt.NDArray[np.int8] = deviation.argmin(axis=0).astype(np.int8)
    best[deviation.min(axis=0) == _NEVER] = IRREGULAR
    return best


def _fit(day: _Ints, groups: Groups, slack: _Ints, owed: _Bools) -> tuple[_Bools, _Ints]:
    """Lay each rhythm over all groups: whether it holds, and its mean deviation per beat's length."""
    group, start, size = groups.of_row, groups.start, groups.size
    last = start + size - 1
    since = (day - day[start][group]) * 10_000
    half = _LENGTH // 2
    off = (since + half) % _LENGTH - half
    off -= middle_of(off, groups).take(group, axis=1)
    # a first hit that came late or early moves the others by half a beat at most
    off = (off + half) % _LENGTH - half
    beat = (since - off + half) // _LENGTH
    away = np.abs(off)
    in_place = np.add.reduceat(away <= slack.take(group, axis=1), start, axis=1, dtype=np.int64)
    fresh = np.ones(beat.shape, dtype=np.bool_)
    np.not_equal(beat[:, 1:], beat[:, :-1], out=fresh[:, 1:])
    fresh[:, start] = True
    distinct = np.add.reduceat(fresh, start, axis=1, dtype=np.int64)
    span = beat[:, last] - beat[:, start] + 1
    holds = in_place * 10 >= size * _TENTHS_IN_PLACE
    holds &= (distinct * 10 >= span * np.where(owed, _TENTHS_PRESENT, _TENTHS_PRESENT_BY_CHANCE)) & (span > 1)
    holds &= size - distinct <= np.where(owed, size // _SPARE_HITS, 0)
    deviation = np.add.reduceat(away, start, axis=1) * 1000 // size // (_LENGTH // 1000)
    return holds, deviation + (span - distinct) * 40 // np.maximum(span, 1)
