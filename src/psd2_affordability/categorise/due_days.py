"""On which day a series is next due: by its day of the month or week, and how it moves around shut days."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.cadence import Groups, middle_of
from psd2_affordability.categorise.open_days import open_day_from, open_day_until

_Ints = npt.NDArray[np.int64]

#: Months or days from one beat to the next, in the order of the cadences.
_MONTHS = np.array([0, 0, 1, 2, 3, 12, 1], dtype=np.int64)
_DAYS = np.array([7, 28, 0, 0, 0, 0, 0], dtype=np.int64)
#: Of a long series only so many last hits tell the day.
_LOOKED_BACK = 13
_LAST_OF_MONTH = 31
_TURN = 15
#: A hit that is further away than this says no more against a day than one at this distance.
_FAR = 6
#: Ways around shut days, the days beside the usual one that each could come from, and what it costs
#: beside a day of distance, for money that goes out and that comes in: wages are paid before a weekend,
#: costs are collected after it.
_AS_IT_FALLS, _BEFORE, _AFTER = range(3)
_MOVED: tuple[Callable[[_Ints], _Ints], ...] = (np.asarray, open_day_until, open_day_from)
_WAYS = (
    (_AS_IT_FALLS, 0, (1, 1)),
    (_BEFORE, 0, (2, 0)),
    (_AFTER, 0, (0, 2)),
    (_BEFORE, 1, (3, 1)),
    (_AFTER, -1, (1, 3)),
    (_BEFORE, 2, (4, 2)),
    (_AFTER, -2, (2, 4)),
)
_SCALE = 10
#: The same as arrays, a layer for each way.
_RULE = np.array([rule for rule, _, _ in _WAYS], dtype=np.int64)
_OF_RULE = tuple(rule == _RULE for rule in range(len(_MOVED)))
_BESIDE = np.array([[beside] for _, beside, _ in _WAYS], dtype=np.int64)
_PRICE_OUT, _PRICE_IN = np.array([price for _, _, price in _WAYS], dtype=np.int64).T[:, :, np.newaxis]


def next_day(
    day: _Ints, groups: Groups, cadence: npt.NDArray[np.int8], incoming: npt.NDArray[np.bool_]
) -> _Ints:
    """Return the day on which the next hit of each group is due."""
    day, groups = _latest(day, groups)
    due = np.zeros(len(groups.size), dtype=np.int64)
    by_month = _MONTHS[cadence] > 0
    for chosen, find in ((by_month, _by_month), (~by_month, _by_days)):
        if chosen.any():
            few, its = _only(day, groups, chosen)
            due[chosen] = find(few, its, cadence[chosen], incoming[chosen])
    return due


def beats_of(day: _Ints, groups: Groups, cadence: npt.NDArray[np.int8]) -> _Ints:
    """Number the beat that each hit belongs to: its month, or its week of four."""
    group = groups.of_row
    length = np.maximum(_DAYS[cadence], 1)[group]
    last = day[groups.start + groups.size - 1][group]
    beside = (day - last + length // 2) % length - length // 2
    middle = middle_of(beside, groups)[group]
    by_days = (day - last - middle + length // 2) // length
    return np.where(
        _MONTHS[cadence][group] > 0, _months(day, _usual_day_of_month(day, groups)[group]), by_days
    )


def _months(day: _Ints, usual: _Ints) -> _Ints:
    """Return the month that each hit was meant for, given its usual day."""
    month: _Ints = (day - usual + _TURN).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return month


def _by_month(
    day: _Ints, groups: Groups, cadence: npt.NDArray[np.int8], incoming: npt.NDArray[np.bool_]
) -> _Ints:
    usual = _usual_day_of_month(day, groups)
    month = _months(day, usual[groups.of_row])
    way, of_month = np.empty_like(usual), np.empty_like(usual)
    for its, rows, few in groups.few_at_once():
        way[its], of_month[its] = _likeliest(day[rows], month[rows], usual[its], few, incoming[its])
    last = groups.start + groups.size - 1
    ahead = month[last] + _MONTHS[cadence]
    due = _scheduled(ahead, of_month, way)
    late = due <= day[last]
    due[late] = _scheduled(ahead[late] + _MONTHS[cadence[late]], of_month[late], way[late])
    return due


def _likeliest(
    day: _Ints, month: _Ints, usual: _Ints, groups: Groups, incoming: npt.NDArray[np.bool_]
) -> tuple[_Ints, _Ints]:
    """Return the way around shut days, and the day of the month, that each group's hits lie nearest to."""
    of_month = usual + _BESIDE
    meant = _named(*_bounds(month), of_month.take(groups.of_row, axis=1))
    for ways, move in zip(_OF_RULE, _MOVED, strict=True):
        meant[ways] = move(meant[ways])
    away = np.minimum(np.abs(meant - day), _FAR) * _SCALE
    cost = np.add.reduceat(away, groups.start, axis=1) + np.where(incoming, _PRICE_IN, _PRICE_OUT)
    best = cost.argmin(axis=0)
    return _RULE[best], of_month[best, np.arange(len(best))]


def _by_days(
    day: _Ints, groups: Groups, cadence: npt.NDArray[np.int8], incoming: npt.NDArray[np.bool_]
) -> _Ints:
    length, group = _DAYS[cadence], groups.of_row
    last = day[groups.start + groups.size - 1]
    beside = (day - last[group] + length[group] // 2) % length[group] - length[group] // 2
    due = last + middle_of(beside, groups) + length
    due += np.where(due <= last, length, 0)
    only_open = np.logical_and.reduceat(open_day_from(day) == day, groups.start)
    moved = np.where(incoming, open_day_until(due), open_day_from(due))
    return np.where(only_open & (moved > last), moved, due)


def _usual_day_of_month(day: _Ints, groups: Groups) -> _Ints:
    """Return the middle day of the month; around the turn of a month, its first days come after the last."""
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    of_month = day - month + 1
    low, high = np.minimum.reduceat(of_month, groups.start), np.maximum.reduceat(of_month, groups.start)
    turns = (high - low > _TURN)[groups.of_row] & (of_month <= _TURN)
    usual = middle_of(np.where(turns, of_month + _LAST_OF_MONTH, of_month), groups)
    return np.where(usual > _LAST_OF_MONTH, usual - _LAST_OF_MONTH, usual)


def _scheduled(month: _Ints, of_month: _Ints, way: _Ints) -> _Ints:
    """Return the day of each month, moved around shut days; a day that the month lacks is its last one."""
    named = _named(*_bounds(month), of_month)
    return np.choose(way, [move(named) for move in _MOVED])


def _bounds(month: _Ints) -> tuple[_Ints, _Ints]:
    """Return the first day of each month, and of the one after it."""
    first, after = (
        each.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) for each in (month, month + 1)
    )
    return first, after


def _named(first: _Ints, after: _Ints, of_month: _Ints) -> _Ints:
    """Return the day of each month as it falls."""
    within = first + np.minimum(of_month, after - first) - 1
    return np.where(of_month > _LAST_OF_MONTH, after + of_month - _LAST_OF_MONTH - 1, within)


def _latest(day: _Ints, groups: Groups) -> tuple[_Ints, Groups]:
    """Keep the last hits of each group."""
    from_end = np.repeat(groups.start + groups.size, groups.size) - np.arange(len(day))
    size = np.minimum(groups.size, _LOOKED_BACK)
    return day[from_end <= _LOOKED_BACK], Groups(np.cumsum(size) - size, size)


def _only(day: _Ints, groups: Groups, chosen: npt.NDArray[np.bool_]) -> tuple[_Ints, Groups]:
    """Keep the chosen groups."""
    size = groups.size[chosen]
    return day[np.repeat(chosen, groups.size)], Groups(np.cumsum(size) - size, size)
