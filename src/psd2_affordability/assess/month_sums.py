"""Net cents of each category in each month, for all subjects: sums over stretches of the sorted rows."""

from collections.abc import Iterator, KeysView, Mapping, Sequence

import numpy as np

from psd2_affordability.assess.kinds import UNKNOWN, UNKNOWN_IN
from psd2_affordability.assess.table import Table
from psd2_affordability.assess.windows import Windows
from psd2_affordability.ledger.arrays import Flags, Ints

#: Columns: twelve whole months, the newest first; the running month; thirty days for who has no whole month;
#: the months back from the last day covered; and what is older.
_RUNNING, STRETCH, RECENT, _OLDER = 12, 13, 14, 15


class MonthSums:
    """Sums by subject and category, both in the order of the table.

    Attributes:
        category: of each pair of a subject and a category that has rows.
        starts: where its rows start.
        sizes: how many they are.
        bounds: where the pairs of each subject start, and where the last one's end.
        all: net cents, by columns.
        loose: the part that belongs to no rhythm.
        last_year: the months of a year and the running one together.
        moved: by subject, euros in cents that came or went in that time, own transfers left out.
        unknown: the part of it without a category.
        spent: what went out of it.
    """

    def __init__(self, table: Table, windows: Windows, steady: Flags) -> None:
        self.starts = table.starts
        self.sizes = np.diff(self.starts, append=len(table.day))
        self.category = table.category[self.starts]
        self.bounds = np.searchsorted(table.subject[self.starts], np.arange(len(table.subjects) + 1))
        counts = table.amount * ~table.gone
        column = self._columns(table)
        cell = np.repeat(np.arange(len(self.starts)) * (_OLDER + 1), self.sizes) + column
        recent = table.day >= np.repeat([seen.first for seen in windows.seen], np.diff(table.bounds))
        self.all = self._summed(counts, cell, recent)
        self.loose = self._without(np.flatnonzero(steady), counts, cell, recent)
        self._sum_stretches(table, windows, counts, steady)
        self._sum_moves(table, counts, np.minimum(counts, 0) * (column != _OLDER))

    def _columns(self, table: Table) -> Ints:
        """The column of each row, looked up by its day."""
        start = table.months[-1][0] - 1
        of_day = np.full(table.today - start + 1, _RUNNING)
        of_day[0] = _OLDER
        for back, (first, last) in enumerate(table.months):
            of_day[first - start : last - start + 1] = back
        column: Ints = of_day[np.maximum(table.day, start) - start]
        return column

    def _summed(self, cents: Ints, cell: Ints, recent: Flags) -> Ints:
        sums = np.zeros((len(self.starts), _OLDER + 1), np.int64)
        np.add.at(sums.reshape(-1), cell, cents)
        sums[:, RECENT] = self._of_groups(cents * recent)
        return sums

    def _without(self, rows: Ints, cents: Ints, cell: Ints, recent: Flags) -> Ints:
        """Take some rows out of the sums of all."""
        sums, cell, cents = self.all.copy(), cell[rows], cents[rows]
        np.subtract.at(sums.reshape(-1), cell, cents)
        lately = recent[rows]
        np.subtract.at(sums[:, RECENT], cell[lately] // (_OLDER + 1), cents[lately])
        return sums

    def _of_groups(self, cents: Ints) -> Ints:
        return np.add.reduceat(cents, self.starts) if len(cents) else cents

    def _sum_stretches(self, table: Table, windows: Windows, counts: Ints, steady: Flags) -> None:
        """Sum the last thirty days of those who have no whole month."""
        for subject in np.flatnonzero(windows.stretch).tolist():
            rows = slice(int(table.bounds[subject]), int(table.bounds[subject + 1]))
            groups = slice(int(self.bounds[subject]), int(self.bounds[subject + 1]))
            since, _ = windows.days(subject)
            late = counts[rows] * (table.day[rows] >= since)
            starts = self.starts[groups] - rows.start
            self.all[groups, STRETCH] = np.add.reduceat(late, starts)
            self.loose[groups, STRETCH] = np.add.reduceat(late * ~steady[rows], starts)

    def _sum_moves(self, table: Table, counts: Ints, outgoing: Ints) -> None:
        """Sum what came and went in the last year; `outgoing` is what counts and went out."""
        self.last_year = self._of_groups(counts) - self.all[:, _OLDER]
        went = -self._of_groups(outgoing)
        moved = self.last_year + 2 * went
        outside = ~table.internal[self.category]
        nameless = np.isin(self.category, [table.code.get(UNKNOWN, -1), table.code[UNKNOWN_IN]])
        self.moved = self._of_subjects(moved * outside)
        self.unknown = self._of_subjects(moved * (outside & nameless))
        self.spent = self._of_subjects(went * outside)

    def _of_subjects(self, cents: Ints) -> list[int]:
        sums: list[int] = np.diff(np.concatenate([[0], np.cumsum(cents)])[self.bounds]).tolist()
        return sums


class ByCategory(Mapping[str, Sequence[int]]):
    """Figures of each category, made into numbers only for those that are looked at."""

    __slots__ = ("_figures", "_places")

    def __init__(self, places: Mapping[str, int], figures: Ints) -> None:
        self._places, self._figures = places, figures

    def __getitem__(self, category: str) -> list[int]:
        figures: list[int] = self._figures[self._places[category]].tolist()
        return figures

    def __contains__(self, category: object) -> bool:
        return category in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def keys(self) -> KeysView[str]:
        """The categories, as a view that sets are cut with at their own speed."""
        return self._places.keys()
