"""What stretch of time each subject's data tell of: whole months, months back from the end, or 30 days."""

import numpy as np

from psd2_affordability.assess.case import NO_CASE
from psd2_affordability.assess.facts import STRETCH_DAYS, Seen, covered_to
from psd2_affordability.assess.table import Table
from psd2_affordability.ledger.arrays import Ints

#: A first booking on the third still means that the month is there; so does a last one on the 26th.
_LATE_START, _EARLY_END = 2, 4
#: Without a whole month, four weeks of data are read as the last thirty days.
_FOUR_WEEKS = 28


class Windows:
    """The windows of all subjects.

    Attributes:
        first: day number of each subject's first booking, None without any.
        last: of the last one.
        covered: up to which day the data tell what happened.
        newest: the newest of the whole months covered, counted back from the day asked.
        oldest: the one after the oldest of them.
        seen: the months back from the last day covered.
        stretch: whether there is no whole month, but four weeks.
    """

    def __init__(self, table: Table) -> None:
        self._months = table.months
        count, today = len(table.subjects), table.today
        filled = np.flatnonzero(np.diff(table.bounds))
        first, last = np.full(count, today), np.full(count, today)
        if len(filled):
            first[filled] = np.minimum.reduceat(table.day, table.bounds[filled])
            last[filled] = np.maximum.reduceat(table.day, table.bounds[filled])
        self.first: list[int | None] = first.tolist()
        self.last: list[int | None] = last.tolist()
        cases = (table.cases.get(name, NO_CASE) for name in table.subjects)
        self.covered = [covered_to(day, case, today) for day, case in zip(last.tolist(), cases, strict=True)]
        self.seen = list(map(Seen.back_to, first.tolist(), self.covered))
        for subject in np.flatnonzero(np.diff(table.bounds) == 0).tolist():
            self._leave_empty(subject, today)
        self._find_months(first, last)

    def _leave_empty(self, subject: int, today: int) -> None:
        self.first[subject] = self.last[subject] = None
        self.covered[subject], self.seen[subject] = today, Seen.back_to(today, today)

    def _find_months(self, first: Ints, last: Ints) -> None:
        starts, ends = np.array(self._months).T[:, ::-1]
        newest = len(ends) - np.searchsorted(ends, np.array(self.covered) + _EARLY_END, side="right")
        oldest = np.maximum(newest, len(starts) - np.searchsorted(starts, first - _LATE_START))
        self.newest, self.oldest = newest.tolist(), oldest.tolist()
        self.stretch = ((newest == oldest) & (last - first + 1 >= _FOUR_WEEKS)).tolist()

    def days(self, subject: int) -> tuple[int, int]:
        """First and last day number of what the figures rest on."""
        last, newest, oldest = self.last[subject], self.newest[subject], self.oldest[subject]
        if self.stretch[subject] and last is not None:
            return last - STRETCH_DAYS + 1, last
        return (0, -1) if newest == oldest else (self._months[oldest - 1][0], self._months[newest][1])
