"""Rhythms in sorted groups of days, found for all groups at once."""

from dataclasses import dataclass

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
_TENTHS_PRESENT = 6
_SPARE_HITS = 6  # one double hit in so many is tolerated
_MONTHS = np.array([0, 0, 1, 2, 3, 12], dtype=np.int64)
_DAYS = np.array([7, 28, 0, 0, 0, 0], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows sorted by group and day, described by where each group starts.

    Attributes:
        start: position of the first row of each group.
        size: rows of each group.
    """

    start: _Ints
    size: _Ints

    @classmethod
    def none(cls) -> "Groups":
        """Return no groups at all."""
        return cls(np.array([], dtype=np.int64), np.array([], dtype=np.int64))

    @property
    def of_row(self) -> _Ints:
        """The group that each row is in."""
        return np.repeat(np.arange(len(self.size)), self.size)


def groups_of(sorted_keys: _Ints) -> Groups:
    """Describe the runs of equal keys."""
    start = np.flatnonzero(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]])
    return Groups(start, np.diff(np.r_[start, len(sorted_keys)]))


def quantile_of(values: _Ints, groups: Groups, part: int, of: int) -> _Ints:
    """Return, of each group sorted by value, the one at the given part of the way: always one that occurs."""
    ordered = values[np.lexsort((values, groups.of_row))]
    chosen: _Ints = ordered[groups.start + (groups.size - 1) * part // of]
    return chosen


def middle_of(values: _Ints, groups: Groups) -> _Ints:
    """Return the middle value of each group, the lower one of two."""
    return quantile_of(values, groups, 1, 2)


def find_cadence(day: _Ints, groups: Groups, known: _Bools) -> npt.NDArray[np.int8]:
    """Return the number of the cadence of each group, or `IRREGULAR`.

    Each rhythm is laid over the days of a group; it holds when nearly all hits lie near
    its beats and most beats have a hit. Of several, the one with the least deviation wins.
    """
    best = np.full(len(groups.size), IRREGULAR, dtype=np.int8)
    least = np.full(len(groups.size), np.iinfo(np.int64).max)
    group = groups.of_row
    since = (day - day[groups.start][group]) * 10_000
    for number in range(len(CADENCES)):
        fewest = np.where(known, _FEWEST_KNOWN[number], _FEWEST[number])
        holds, deviation = _fit(since, groups, group, int(_LENGTH[number]), int(_SLACK[number]))
        holds &= (groups.size >= fewest) & (deviation < least)
        best[holds] = number
        least[holds] = deviation[holds]
    return best


def _fit(since: _Ints, groups: Groups, group: _Ints, length: int, slack: int) -> tuple[_Bools, _Ints]:
    """Lay one rhythm over all groups: whether it holds, and its mean deviation per beat's length."""
    beat = (since + length // 2) // length
    off = since - beat * length
    off -= middle_of(off, groups)[group]
    # a first hit that came late or early moves the others by half a beat at most
    off = (off + length // 2) % length - length // 2
    beat = (since - off + length // 2) // length
    in_place = np.add.reduceat((np.abs(off) <= slack).astype(np.int64), groups.start)
    fresh = np.r_[True, beat[1:] != beat[:-1]]
    fresh[groups.start] = True
    distinct = np.add.reduceat(fresh.astype(np.int64), groups.start)
    last = groups.start + groups.size - 1
    span = beat[last] - beat[groups.start] + 1
    holds = in_place * 10 >= groups.size * _TENTHS_IN_PLACE
    holds &= (distinct * 10 >= span * _TENTHS_PRESENT) & (span > 1)
    holds &= groups.size - distinct <= groups.size // _SPARE_HITS
    deviation = np.add.reduceat(np.abs(off), groups.start) * 1000 // groups.size // (length // 1000)
    return holds, deviation + (span - distinct) * 40 // np.maximum(span, 1)


def next_day(day: _Ints, groups: Groups, cadence: npt.NDArray[np.int8]) -> _Ints:
    """Return the day on which each group's next hit is expected, by its usual day of the month."""
    regular = np.minimum(cadence, IRREGULAR - 1)
    last = groups.start + groups.size - 1
    plain = day[last] + _DAYS[regular]
    month = day.astype("datetime64[D]").astype("datetime64[M]")
    of_month = day - month.astype("datetime64[D]").astype(np.int64)
    group = groups.of_row
    spread = np.maximum.reduceat(of_month, groups.start) - np.minimum.reduceat(of_month, groups.start)
    early = (spread[group] > 15) & (of_month < 15)  # paid around the turn of the month
    usual = middle_of(np.where(early, of_month + 31, of_month), groups)
    turn = month[last].astype(np.int64) - early[last]
    ahead = (turn + _MONTHS[regular]).astype("datetime64[M]")
    first = ahead.astype("datetime64[D]").astype(np.int64)
    length = (ahead + 1).astype("datetime64[D]").astype(np.int64) - first
    calendar = first + np.where(spread > 15, usual, np.minimum(usual, length - 1))
    expected: _Ints = np.where(_MONTHS[regular] > 0, np.maximum(calendar, day[last] + 1), plain)
    return expected
