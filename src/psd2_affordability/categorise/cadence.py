"""Rhythms in sorted groups of days, found for all groups at once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.rhythms import CADENCES

IRREGULAR = len(CADENCES)

_Ints = npt.NDArray[np.int64]
_Bools = npt.NDArray[np.bool_]

#: Length in days times 10,000, so that months stay exact in whole numbers; in the order of CADENCES.
_LENGTH = np.array([70_000, 280_000, 304_369, 608_738, 913_107, 3_652_425], dtype=np.int64)
#: Days that a hit may lie before or after its place: weekends, holidays, late runs.
_SLACK = np.array([1, 3, 6, 7, 9, 16], dtype=np.int64) * 10_000
#: Fewest hits; long rhythms are believed after two only with a known creditor.
_FEWEST = np.array([4, 3, 3, 3, 3, 3], dtype=np.int64)
_FEWEST_KNOWN = np.array([4, 3, 3, 3, 2, 2], dtype=np.int64)
_TENTHS_IN_PLACE = 8
_TENTHS_PRESENT, _TENTHS_PRESENT_BY_CHANCE = 6, 9
_SPARE_HITS = 6  # one double hit in so many is tolerated
#: Where nobody is known to owe anything, chance must be ruled out: more hits, nearer to their places.
_SLACK_BY_CHANCE = np.array([1, 1, 4, 4, 4, 6], dtype=np.int64) * 10_000
_FEWEST_BY_CHANCE = np.array([6, 5, 5, 5, 5, 3], dtype=np.int64)
#: Around February a few monthly hits lie nearly four weeks apart; four-weekly ones keep their weekday.
_FOUR_WEEKLY, _FEW_HITS, _ONE_DAY = CADENCES.index("four_weekly"), 6, 10_000
_FITS = 2**62


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
    """Return, of each group sorted by value, those at the given parts of the way: always ones that occur."""
    if not len(values):
        return tuple(values for _ in parts)
    low = values.min()
    width = int(values.max()) - int(low) + 1
    if width * len(groups.size) > _FITS:
        ordered = values[np.lexsort((values, groups.of_row))]
    else:  # one number for group and value sorts many times as fast as both
        group = groups.of_row * width
        ordered = np.sort(group + (values - low)) - group + low
    return tuple(ordered[groups.start + (groups.size - 1) * part // of] for part, of in parts)


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
    best = np.full(len(groups.size), IRREGULAR, dtype=np.int8)
    least = np.full(len(groups.size), np.iinfo(np.int64).max)
    group = groups.of_row
    since = (day - day[groups.start][group]) * 10_000
    for number in range(len(CADENCES)):
        fewest = np.where(known, _FEWEST_KNOWN[number], _FEWEST[number])
        fewest = np.where(owed, fewest, _FEWEST_BY_CHANCE[number])
        slack = np.where(owed, _SLACK[number], _SLACK_BY_CHANCE[number])
        if number == _FOUR_WEEKLY:
            slack = np.where(groups.size < _FEW_HITS, _ONE_DAY, slack)
        holds, deviation = _fit(since, groups, int(_LENGTH[number]), slack, owed)
        holds &= (groups.size >= fewest) & (deviation < least)
        best[holds] = number
        least[holds] = deviation[holds]
    return best


def _fit(since: _Ints, groups: Groups, length: int, slack: _Ints, owed: _Bools) -> tuple[_Bools, _Ints]:
    """Lay one rhythm over all groups: whether it holds, and its mean deviation per beat's length."""
    group = groups.of_row
    beat = (since + length // 2) // length
    off = since - beat * length
    off -= middle_of(off, groups)[group]
    # a first hit that came late or early moves the others by half a beat at most
    off = (off + length // 2) % length - length // 2
    beat = (since - off + length // 2) // length
    in_place = np.add.reduceat((np.abs(off) <= slack[group]).astype(np.int64), groups.start)
    fresh = differs(beat)
    fresh[groups.start] = True
    distinct = np.add.reduceat(fresh.astype(np.int64), groups.start)
    last = groups.start + groups.size - 1
    span = beat[last] - beat[groups.start] + 1
    holds = in_place * 10 >= groups.size * _TENTHS_IN_PLACE
    holds &= (distinct * 10 >= span * np.where(owed, _TENTHS_PRESENT, _TENTHS_PRESENT_BY_CHANCE)) & (span > 1)
    holds &= groups.size - distinct <= np.where(owed, groups.size // _SPARE_HITS, 0)
    deviation = np.add.reduceat(np.abs(off), groups.start) * 1000 // groups.size // (length // 1000)
    return holds, deviation + (span - distinct) * 40 // np.maximum(span, 1)
