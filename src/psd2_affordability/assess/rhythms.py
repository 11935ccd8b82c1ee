"""The rhythms of all subjects: what their payments say is worked out by arrays, then cut to each subject."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice, pairwise, repeat

import numpy as np
import numpy.typing as npt

from psd2_affordability.assess.portions import Streams
from psd2_affordability.assess.results import StreamStatus
from psd2_affordability.assess.rhythm import Payments, Rhythm, Series
from psd2_affordability.assess.table import Table
from psd2_affordability.ledger.arrays import NONE, Flags, Ints, stretches
from psd2_affordability.ledger.columns import Coded
from psd2_affordability.ledger.order import order_of, run_starts

#: Three payments that all differ, by more than a twentieth of the middle one, are uneven.
_UNEVEN, _FEWEST_UNEVEN = 20, 5
#: So many last payments tell the usual one of an uneven series.
_LAST_PAYMENTS = 13
#: So many last gaps between payments tell how late one may be.
_LAST_GAPS = 6
_LEAST_GRACE = 5
#: So many payments tell what an income was before it fell; those since differ by a twentieth at most.
_BEFORE, _ALIKE = 3, 20
_RECURRENCE = "recurrence"
_STATUS: tuple[StreamStatus, ...] = ("active", "late", "ended")

#: The rhythms of so many subjects are made at once: they stay in the cache.
_TOGETHER = 64
#: What `Rhythm._make` does, without a call of Python for each of the many rhythms.
_as_rhythm = partial(tuple.__new__, Rhythm)


class Rhythms:
    """The streams that have a rhythm and at least two payments, sorted by subject and then by name."""

    def __init__(self, table: Table, streams: Streams, seen_to: Ints) -> None:
        self._table = table
        groups, order, starts, sizes = _payments(table)
        wanted = _group(table, streams.subject, streams.named)
        before = np.searchsorted(groups, wanted)
        paid = np.searchsorted(groups, wanted, side="right") > before
        paid[paid] = sizes[before[paid]] >= 2
        at, self._streams = before[paid], streams.some(paid)
        size = sizes[at]
        self.end = np.cumsum(size)
        self.start = self.end - size
        self._rows = order[stretches(starts[at], starts[at] + size)]
        self.days, self.cents = table.day[self._rows], table.amount[self._rows]
        self._payments = Payments(self.days, self.cents, table.texts.placed(self._rows))
        subject = self._streams.subject
        self.bounds = np.searchsorted(subject, np.arange(len(table.subjects) + 1)).tolist()
        self._work_out(seen_to[subject])

    def _work_out(self, seen_to: Ints) -> None:
        """Tell of each rhythm what is usual, what is expected next, and whether that is late."""
        a_year, period, next_day, last_day = self._streams.figures
        newest = self.days[self.end - 1]
        # as the stream says, unless its newest payment does not count
        expected = np.where((next_day > NONE) & (last_day == newest), next_day, newest + period)
        since = since_it_fell(self.cents, self.start, self.end, np.maximum(2, a_year // 12))
        usual = usual_payments(self.cents, since, self.end)
        low, high = lean_and_good(self.cents, since, self.end, np.maximum(3, a_year // 2))
        grace = graces(self.days, self.start, self.end, period)
        late, incoming = expected + grace + 1, self.cents[self.end - 1] > 0
        self._status = (seen_to >= late).astype(np.int64) + (seen_to >= late + period)
        self._ranges = np.minimum(low, usual), usual, np.maximum(high, usual)
        a_month = (2 * usual * a_year + 12) // 24
        first = self.days[self.start]
        span = self.start, self.end, first, newest, longest_gaps(self.days, self.start)
        self._figures = *span, expected, a_month, incoming, grace
        held = self.days, self.cents, self.start, self.end, period, expected, incoming, self._status
        self.series = Series(*held, *self._words())

    def steady(self) -> Flags:
        """Mark the rows of the table that belong to a rhythm."""
        marked = np.zeros(len(self._table.kept), np.bool_)
        marked[self._rows] = True
        return marked

    def guessed(self) -> Mapping[int, frozenset[str]]:
        """Return by subject the names of those of which the rhythm alone says what they are."""
        code, words = self._table.columns.coded("evidence")
        if _RECURRENCE not in words:
            return {}
        newest = self._table.kept[self._rows[self.end - 1]]
        found = np.flatnonzero(code[newest] == words.index(_RECURRENCE))
        subject, (named, names) = self._streams.subject[found].tolist(), self.series.key
        keys = [names[at] for at in named[found].tolist()]
        pairs = list(zip(subject, keys, strict=True))
        return {who: frozenset([key for one, key in pairs if one == who]) for who in set(subject)}

    def _words(self) -> Iterator[Coded]:
        """Yield name, category, payee and cadence of the rhythms."""
        streams = self._streams
        yield streams.named, self._table.columns.coded("stream")[1]
        for name in ("category", "payee", "cadence"):
            code, words = streams.columns.coded(name)
            yield code[streams.rows], words

    def by_subject(self) -> Iterator[tuple[Rhythm, ...]]:
        """Yield the rhythms of each subject, by their names."""
        for first in range(0, len(self.bounds) - 1, _TOGETHER):
            bounds = self.bounds[first : first + _TOGETHER + 1]
            rhythms = self._among(slice(bounds[0], bounds[-1]))
            for start, end in pairwise(bounds):
                yield tuple(islice(rhythms, end - start))

    def _among(self, here: slice) -> Iterator[Rhythm]:
        told = self.series.key, self.series.category, self.series.payee, self.series.cadence
        columns = zip(
            *(map(words.__getitem__, code[here].tolist()) for code, words in told),
            self._streams.figures[1, here].tolist(),
            repeat(self._payments),
            *(each[here].tolist() for each in self._figures),
            map(_STATUS.__getitem__, self._status[here].tolist()),
            zip(*(each[here].tolist() for each in self._ranges), strict=True),
        )
        return map(_as_rhythm, columns)


def _group(table: Table, subject: Ints, stream: npt.NDArray[np.integer]) -> Ints:
    """Return a number for each pair of a subject and a stream."""
    return subject * (len(table.columns.coded("stream")[1]) + 1) + stream


def _payments(table: Table) -> tuple[Ints, Ints, Ints, Ints]:
    """Sort the payments of all streams; return subject and stream, the rows, and where each stream stands."""
    named, keys = table.columns.coded("stream")
    empty = keys.index("") if "" in keys else -1
    stream = named[table.kept]
    rows = np.flatnonzero((stream != empty) & ~table.gone)
    group = _group(table, table.subject[rows], stream[rows])
    order = order_of(group, table.day[rows], tie=table.hashes[table.kept[rows]])
    group = group[order]
    starts = run_starts(group)
    return group[starts], rows[order], starts, np.diff(starts, append=len(group))


def since_it_fell(cents: Ints, start: Ints, end: Ints, least: Ints) -> Ints:
    """Return where the payments begin that each income fell to for good; its first one where it did not.

    >>> pay = np.array([1560, 1560, 1600, 1560, 1250, 1250])
    >>> since_it_fell(pay, np.array([0]), np.array([6]), np.array([2])).tolist()
    [4]
    """
    since = start.copy()
    if not len(since):
        return since
    last = cents[end - 1]
    maybe = (last > 0) & (_ALIKE * np.abs(last - cents[end - 2]) <= last) & (end - start >= least + _BEFORE)
    maybe &= _ALIKE * np.maximum.reduceat(cents, start) > (_ALIKE + 1) * last
    for at in np.flatnonzero(maybe).tolist():
        alike = _alike_since_it_fell(cents[start[at] : end[at]].tolist())
        if alike >= least[at]:
            since[at] = end[at] - alike
    return since


def _alike_since_it_fell(paid: list[int]) -> int:
    """Count the newest payments that are like the last one, when they lie far below those before.

    That is further than the three before them differ from one another, and more than a twentieth.
    """
    last = paid[-1]
    alike = next((at for at, each in enumerate(reversed(paid)) if _ALIKE * abs(each - last) > last), 0)
    former, newest = paid[-alike - _BEFORE : -alike], paid[-alike:]
    if len(former) < _BEFORE:
        return 0
    fell = min(former) - max(newest)
    return alike if _ALIKE * fell > max(newest) and fell > max(former) - min(former) else 0


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


def longest_gaps(days: Ints, start: Ints) -> Ints:
    """Return the most days between two payments of each series.

    >>> longest_gaps(np.array([0, 30, 64, 90, 97]), np.array([0, 3])).tolist()
    [34, 7]
    """
    gaps = np.diff(days, prepend=0)
    gaps[start] = 0
    return np.maximum.reduceat(gaps, start) if len(start) else start


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
