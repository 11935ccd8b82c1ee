"""The rhythms of all subjects: what their payments say is worked out by arrays, then cut to each subject."""

from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.assess.facts import PER_YEAR, Rhythm
from psd2_affordability.assess.results import StreamStatus
from psd2_affordability.assess.table import Flags, Ints, Table
from psd2_affordability.ledger.columns import Columns
from psd2_affordability.ledger.order import order_of

_Words = npt.NDArray[np.object_]

#: Three payments that all differ, by more than a twentieth of the middle one, are uneven.
_UNEVEN, _FEWEST_UNEVEN = 20, 5
#: So many last payments tell the usual one of an uneven series.
_LAST_PAYMENTS = 13
#: So many last gaps between payments tell how late one may be.
_LAST_GAPS = 6
_LEAST_GRACE = 5
_STATUS: tuple[StreamStatus, ...] = ("active", "late", "ended")

#: What `Rhythm._make` does, without a call of Python for each of the many rhythms.
_as_rhythm = partial(tuple.__new__, Rhythm)


class Rhythms:
    """The streams that have a rhythm and at least two payments, sorted by subject."""

    def __init__(self, table: Table, streams: pd.DataFrame, seen_to: Ints) -> None:
        self._table, self._columns = table, Columns(streams)
        groups, order, starts, sizes = _payments(table)
        place, at = self._chosen(groups, sizes)
        size = sizes[at]
        self.end = np.cumsum(size)
        self.start = self.end - size
        self._rows = order[np.repeat(starts[at] - self.start, size) + np.arange(size.sum())]
        self.days, self.cents = table.day[self._rows], table.amount[self._rows]
        self._bounds = np.searchsorted(place, np.arange(len(table.subjects) + 1))
        self.period = np.maximum(streams["period_days"].to_numpy()[self._streams], 1)
        self.expected = self._expected(streams)
        self.seen_to = seen_to[place]
        cadence, names = self._columns.coded("cadence")
        self.a_year = np.array([PER_YEAR.get(name, 0) for name in names], np.int64)[cadence[self._streams]]

    def steady(self) -> Flags:
        """Mark the rows of the table that belong to a rhythm."""
        marked = np.zeros(len(self._table.kept), np.bool_)
        marked[self._rows] = True
        return marked

    def _chosen(self, groups: Ints, sizes: Ints) -> tuple[Ints, Ints]:
        """Find the streams with a rhythm among the groups of payments; return their subjects and groups."""
        table, columns = self._table, self._columns
        _, keys = table.columns.coded("stream")
        code, names = columns.coded("subject")
        place = np.array([table.place.get(name, -1) for name in names], np.int64)[code]
        known = pa.array(keys, pa.large_string())
        number = pc.fill_null(pc.index_in(columns.texts("stream"), value_set=known), -1).to_numpy()
        cadence, cadences = columns.coded("cadence")
        regular = np.array([name in PER_YEAR for name in cadences], np.bool_)[cadence]
        wanted = np.where((place >= 0) & (number >= 0), place * (len(keys) + 1) + number, -1)
        at = np.minimum(np.searchsorted(groups, wanted), len(groups) - 1)
        paid = regular & (groups[at] == wanted) & (sizes[at] >= 2) if len(groups) else regular & False
        chosen = np.flatnonzero(paid)
        self._streams = chosen[np.argsort(place[chosen], kind="stable")]
        return place[self._streams], at[self._streams]

    def _expected(self, streams: pd.DataFrame) -> Ints:
        """The day expected next: as the stream says, unless its newest payment does not count."""
        newest = self.days[self.end - 1]
        next_on, last_on = (streams[name].to_numpy()[self._streams] for name in ("next_on", "last_on"))
        foreseen = ~np.isnat(next_on) & (last_on.astype("datetime64[D]").astype(np.int64) == newest)
        return np.where(foreseen, next_on.astype("datetime64[D]").astype(np.int64), newest + self.period)

    def among(self, first: int, last: int) -> list[tuple[Rhythm, ...]]:
        """Return the rhythms of each of a run of subjects, by their keys."""
        bounds = self._bounds[first : last + 1]
        here = slice(int(bounds[0]), int(bounds[-1]))
        found = self._rhythms(here)
        cuts = (bounds - bounds[0]).tolist()
        return [tuple(sorted(found[cuts[at] : cuts[at + 1]])) for at in range(last - first)]

    def _rhythms(self, here: slice) -> list[Rhythm]:
        start, end, period, expected = (
            self.start[here],
            self.end[here],
            self.period[here],
            self.expected[here],
        )
        if not len(start):
            return []
        rows = slice(int(start[0]), int(end[-1]))
        days, cents = self.days[rows], self.cents[rows]
        start, end = start - rows.start, end - rows.start
        usual = usual_payments(cents, start, end)
        low, high = lean_and_good(cents, start, end, np.maximum(3, self.a_year[here] // 2))
        grace = graces(days, start, end, period)
        late, seen_to = expected + grace + 1, self.seen_to[here]
        status = (seen_to >= late).astype(np.int64) + (seen_to >= late + period)
        streams = self._streams[here]
        cuts = list(map(slice, start.tolist(), end.tolist()))
        series = (tuple(days.tolist()), tuple(cents.tolist()), tuple(self._table.keys(self._rows[rows])))
        ranges = zip(
            np.minimum(low, usual).tolist(), usual.tolist(), np.maximum(high, usual).tolist(), strict=True
        )
        return list(
            map(
                _as_rhythm,
                zip(
                    self._columns.taken("stream", streams),
                    *(self._words(name, streams) for name in ("category", "payee", "cadence")),
                    period.tolist(),
                    *(map(values.__getitem__, cuts) for values in series),
                    expected.tolist(),
                    seen_to.tolist(),
                    ((2 * usual * self.a_year[here] + 12) // 24).tolist(),
                    (cents[end - 1] > 0).tolist(),
                    grace.tolist(),
                    [_STATUS[at] for at in status.tolist()],
                    ranges,
                    strict=True,
                ),
            )
        )

    def _words(self, name: str, streams: Ints) -> list[str]:
        code, words = self._columns.coded(name)
        return [words[at] for at in code[streams].tolist()]


def _payments(table: Table) -> tuple[Ints, Ints, Ints, Ints]:
    """Sort the payments of all streams; return subject and stream, the rows, and where each stream stands."""
    named, keys = table.columns.coded("stream")
    empty = keys.index("") if "" in keys else -1
    stream = named[table.kept]
    rows = np.flatnonzero((stream != empty) & ~table.gone)
    group = table.subject[rows] * (len(keys) + 1) + stream[rows]
    order = order_of(group, table.day[rows], tie=table.hashes[rows])
    group = group[order]
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    return group[starts], rows[order], starts, np.diff(starts, append=len(group))


def usual_payments(cents: Ints, start: Ints, end: Ints) -> Ints:
    """Return the usual payment of each series, oldest first and signed alike: the middle of the last three.

    A change for the better counts from its second payment. One for the worse, after two equal
    payments, counts at once: an income that falls, or a cost that rises by a quarter at most (more is
    a bill for a whole year). Payments that differ much count by their average of a year. Each series has
    two payments at least.

    >>> start, end = np.array([0, 3]), np.array([3, 6])
    >>> usual_payments(np.array([2000, 2000, 2100, 2000, 2000, 1500]), start, end).tolist()
    [2000, 1500]
    >>> usual_payments(np.array([-600, -600, -630, -90, -90, -410]), start, end).tolist()
    [630, 90]
    """
    count = end - start
    last, before = cents[end - 1], cents[end - 2]
    third = np.where(count > 2, cents[np.maximum(end - 3, start)], before)
    worse = (last < before) & ((last > 0) | (4 * last >= 5 * before))
    three = np.abs(np.stack([last, before, np.where(count > 2, third, last)]))
    three.sort(axis=0)
    low, middle, high = three
    middle = np.where(count > 2, middle, low)
    even = (_UNEVEN * (high - low) <= middle) | (middle == low) | (middle == high) | (count < _FEWEST_UNEVEN)
    since = np.maximum(start, end - _LAST_PAYMENTS)
    total = np.concatenate([[0], np.cumsum(cents)])
    average = (2 * np.abs(total[end] - total[since]) + (end - since)) // (2 * (end - since))
    again = (count > 2) & (before == third)
    return np.where(again, np.abs(np.where(worse, last, before)), np.where(even, middle, average))


def lean_and_good(cents: Ints, start: Ints, end: Ints, window: Ints) -> tuple[Ints, Ints]:
    """Return a lean and a good one of the last `window` payments of each series: of five, the 1st and 4th.

    >>> start, end, window = np.array([0]), np.array([5]), np.array([6])
    >>> lean, good = lean_and_good(np.array([-5, -1, -3, -2, -4]), start, end, window)
    >>> lean.tolist(), good.tolist()
    ([1], [4])
    """
    lean, good = np.empty_like(end), np.empty_like(end)
    for width in np.unique(window).tolist():
        its = np.flatnonzero(window == width)
        at = end[its, None] - np.arange(1, width + 1)
        there = at >= start[its, None]
        recent = np.where(there, np.abs(cents[np.maximum(at, 0)]), np.iinfo(np.int64).max)
        recent.sort(axis=1)
        count = there.sum(axis=1)
        row = np.arange(len(its))
        lean[its] = recent[row, -(-count // 5) - 1]
        good[its] = recent[row, -(-4 * count // 5) - 1]
    return lean, good


def graces(days: Ints, start: Ints, end: Ints, period: Ints) -> Ints:
    """Days after the expected day before a payment counts as late: five, or one and a half its spread.

    >>> graces(np.array([0, 30, 64, 90]), np.array([0]), np.array([4]), np.array([30])).tolist()
    [6]
    """
    at = end[:, None] - np.arange(1, _LAST_GAPS + 1)
    there = at > start[:, None]
    away = np.abs(days[np.maximum(at, 0)] - days[np.maximum(at - 1, 0)] - period[:, None])
    spread = np.where(there, away, 0).max(axis=1)
    days_late: Ints = np.maximum(_LEAST_GRACE, np.minimum((3 * spread + 1) // 2, period // 2))
    return days_late
