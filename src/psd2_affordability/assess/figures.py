"""One vectorised pass over the transactions of all subjects, from which each one's facts are cut.

Per row everything here is array work; plain Python runs per subject, per category and per rhythm.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.daily import DAYS
from psd2_affordability.assess.facts import (
    Book,
    Facts,
    Seen,
    covered_to,
)
from psd2_affordability.assess.forecast.daily_moves import daily_moves
from psd2_affordability.assess.kinds import (
    RETURNED,
    UNKNOWN,
    UNKNOWN_IN,
    Kinds,
)
from psd2_affordability.assess.table import Flags, Ints, Table
from psd2_affordability.categorise.engine import Understood
from psd2_affordability.ledger.order import Hashes

#: Twelve whole months, the running month before them, a stretch of 30 days, and months back from the end.
_RUNNING, _STRETCH, _SEEN, _COLUMNS = 12, 13, 14, 15
#: A first booking on the third still means that the month is there; so does a last one on the 26th.
_LATE_START, _EARLY_END = 2, 4
_CHUNK = 2_000


def facts_of(
    understood: Understood, cases: Mapping[str, Case], kinds: Kinds, on: date, hashes: Hashes
) -> Iterator[Facts]:
    """Yield the facts of every subject, in the order of their names; `hashes` are those of the keys."""
    table = Table(understood, cases, kinds, on, hashes)
    for start in range(0, len(table.subjects), _CHUNK):
        yield from _Chunk(table, start, min(start + _CHUNK, len(table.subjects))).facts()


class _Chunk:
    """A run of subjects whose month table fits in the cache."""

    def __init__(self, table: Table, first: int, last: int) -> None:
        self.table, self.first, self.last = table, first, last
        self.rows = slice(int(table.bounds[first]), int(table.bounds[last]))
        self.windows = self._windows()
        self._sum_months()
        rows = self.rows
        self.book = Book(
            days=table.day[rows].tolist(),
            cents=table.amount[rows].tolist(),
            payees=table.payees[table.payee[rows]].tolist(),
            txs=table.tx[rows].tolist(),
            gone=table.gone[rows].tolist(),
        )
        self.daily = daily_moves(
            table.subject[rows] - first,
            table.day[rows],
            table.amount[rows],
            table.comes_again[rows],
            table.today,
            last - first,
        )

    def _windows(self) -> list["_Window"]:
        """Find the window of each subject; one without rows has none."""
        table = self.table
        bounds = table.bounds[self.first : self.last + 1]
        filled = np.flatnonzero(np.diff(bounds))
        nothing = Seen.back_to(table.today, table.today)
        windows = [_Window(None, None, table.today, 0, 0, nothing, stretch=False)] * (self.last - self.first)
        if len(filled):
            days, starts = table.day[self.rows], bounds[filled] - bounds[0]
            earliest = np.minimum.reduceat(days, starts).tolist()
            latest = np.maximum.reduceat(days, starts).tolist()
            for at, first, last in zip(filled.tolist(), earliest, latest, strict=True):
                windows[at] = self._window(table.subjects[self.first + at], first, last)
        return windows

    def _window(self, subject: str, first: int, last: int) -> "_Window":
        table = self.table
        covered = covered_to(last, table.cases.get(subject, _NO_CASE), table.today)
        newest, oldest = 0, 0
        for at, (start, end) in enumerate(table.months):
            if end > covered + _EARLY_END:
                newest = oldest = at + 1
            elif start >= first - _LATE_START:
                oldest = at + 1
            else:
                break
        stretch = newest == oldest and last - first >= 27
        seen = Seen.back_to(first, covered)
        return _Window(first, last, covered, newest, oldest, seen, stretch=stretch)

    def _sum_months(self) -> None:
        """Net cents by subject, category and month; the same without the rows of rhythms."""
        table, rows = self.table, self.rows
        width = len(table.categories)
        subject = table.subject[rows] - self.first
        cell = (subject * width + table.category[rows]) * _COLUMNS
        month = table.day[rows].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        ahead = table.on + timedelta(days=1)
        back = (ahead.year - 1970) * 12 + ahead.month - 2 - month
        column = np.where(back < 0, _RUNNING, back)
        counts = (back < 12) & ~table.gone[rows]
        amount = table.amount[rows]
        shape = (self.last - self.first, width, _COLUMNS)
        sums, loose = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        free = counts & ~table.steady[rows]
        np.add.at(sums.reshape(-1), cell[counts] + column[counts], amount[counts])
        np.add.at(loose.reshape(-1), cell[free] + column[free], amount[free])
        since = np.array([window.seen.first for window in self.windows], np.int64)[subject]
        lately = (table.day[rows] >= since) & ~table.gone[rows]
        np.add.at(sums.reshape(-1), cell[lately] + _SEEN, amount[lately])
        lately &= ~table.steady[rows]
        np.add.at(loose.reshape(-1), cell[lately] + _SEEN, amount[lately])
        for at, window in enumerate(self.windows):
            if window.stretch and window.last is not None:
                self._sum_stretch(at, window.last, sums, loose)
        self.sums, self.loose = sums, loose
        outside = counts & ~table.internal[rows]
        self.moved = _by(subject, np.abs(amount), outside, len(self.windows))
        self.spent = _by(subject, -amount, outside & (amount < 0), len(self.windows))
        nameless = np.isin(table.category[rows], [table.code.get(UNKNOWN, -1), table.code[UNKNOWN_IN]])
        self.unknown = _by(subject, np.abs(amount), outside & nameless, len(self.windows))
        starts = np.searchsorted(
            table.subject[rows] * width + table.category[rows],
            np.arange(self.first * width, self.last * width + 1),
        )
        self.starts = starts[:-1].reshape(-1, width)
        self.sizes = np.diff(starts).reshape(-1, width)

    def _sum_stretch(self, at: int, last: int, sums: Ints, loose: Ints) -> None:
        table, subject = self.table, self.first + at
        rows = slice(int(table.bounds[subject]), int(table.bounds[subject + 1]))
        recent = (table.day[rows] > last - 30) & ~table.gone[rows]
        category, amount, steady = table.category[rows], table.amount[rows], table.steady[rows]
        np.add.at(sums[at, :, _STRETCH], category[recent], amount[recent])
        np.add.at(loose[at, :, _STRETCH], category[recent & ~steady], amount[recent & ~steady])

    def facts(self) -> Iterator[Facts]:
        table = self.table
        kinds = self._return_kinds()
        filled = np.nonzero(self.sizes)
        categories = [table.categories[code] for code in filled[1].tolist()]
        starts, sizes = self.starts[filled], self.sizes[filled]
        stretches = list(zip(starts.tolist(), (starts + sizes).tolist(), strict=True))
        all_sums, all_loose = self.sums[filled], self.loose[filled]
        bounds = np.searchsorted(filled[0], np.arange(len(self.windows) + 1)).tolist()
        for at, window in enumerate(self.windows):
            subject, name = self.first + at, table.subjects[self.first + at]
            months = slice(_STRETCH, _STRETCH + 1) if window.stretch else slice(window.newest, window.oldest)
            here = slice(bounds[at], bounds[at + 1])
            codes, sums, loose = categories[here], all_sums[here].tolist(), all_loose[here].tolist()
            accounts = tuple(sorted(table.accounts.get(subject, ()), key=lambda one: one.account))
            shared = {one.account for one in accounts}
            shared |= {one.account for one in table.cases.get(name, _NO_CASE).balances}
            yield Facts(
                subject=name,
                on=table.on,
                case=table.cases.get(name, _NO_CASE),
                kinds=table.kinds,
                seen_to=window.covered,
                rows=int(table.bounds[subject + 1] - table.bounds[subject]),
                given=table.given[subject],
                pending=table.pending[subject],
                other_currency=table.foreign[subject],
                first_day=window.first,
                last_day=window.last,
                months=tuple(table.month_days[window.newest : window.oldest]),
                by_month={code: cents[months] for code, cents in zip(codes, sums, strict=True)},
                loose={code: cents[months] for code, cents in zip(codes, loose, strict=True)},
                seen=window.seen,
                seen_sums={code: cents[_SEEN] for code, cents in zip(codes, sums, strict=True)},
                seen_loose={code: cents[_SEEN] for code, cents in zip(codes, loose, strict=True)},
                last_year={code: sum(cents[: _RUNNING + 1]) for code, cents in zip(codes, sums, strict=True)},
                moved=self.moved[at],
                unknown=self.unknown[at],
                spent=self.spent[at],
                rhythms=table.rhythms_of(name, window.covered),
                spans=dict(zip(codes, stretches[here], strict=True)),
                book=self.book,
                returns=kinds,
                accounts=accounts,
                unseen_accounts=tuple(sorted(table.unseen.get(subject, set()) - shared)),
                wage_notes=tuple(table.wage_notes.get(subject, ())),
                withheld=self._withheld(at),
                balances=table.balances.get(name, ())[: _history(window, table.today)],
                daily=self.daily[at],
            )

    def _withheld(self, at: int) -> Mapping[str, int]:
        """Net cents by category, over the window, that a stated share of a joint account leaves out."""
        table, subject, window = self.table, self.first + at, self.windows[at]
        amount = table.withheld.get(subject)
        if amount is None or window.last is None:
            return {}
        rows = slice(int(table.bounds[subject]), int(table.bounds[subject + 1]))
        first, last = window.days(table.months)
        seen = ~table.gone[rows] & (table.day[rows] >= first) & (table.day[rows] <= last) & (amount != 0)
        sums = np.zeros(len(table.categories), np.int64)
        np.add.at(sums, table.category[rows][seen], amount[seen])
        return {table.categories[code]: int(sums[code]) for code in np.flatnonzero(sums).tolist()}

    def _return_kinds(self) -> Mapping[str, str]:
        table, rows = self.table, self.rows
        code = table.code.get(RETURNED, -1)
        back = np.flatnonzero(table.category[rows] == code) + (rows.start or 0)
        given = table.columns.taken("return_kind", table.kept[back])
        return dict(zip(table.tx[back].tolist(), given, strict=True))


@dataclass(frozen=True, slots=True)
class _Window:
    """First and last day of the data, how far they reach, the whole months, and those back from the end."""

    first: int | None
    last: int | None
    covered: int
    newest: int
    oldest: int
    seen: Seen
    stretch: bool

    def days(self, months: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """First and last day number of what the figures rest on."""
        if self.stretch and self.last is not None:
            return self.last - 29, self.last
        if self.newest == self.oldest:
            return 0, -1
        return months[self.oldest - 1][0], months[self.newest][1]


def _history(window: _Window, today: int) -> int:
    """How many days of balances can be told back: to the first booking."""
    return 1 if window.first is None else min(DAYS, today - window.first + 1)


def _by(subject: Ints, amount: Ints, wanted: Flags, count: int) -> list[int]:
    total = np.zeros(count, np.int64)
    np.add.at(total, subject[wanted], amount[wanted])
    return total.tolist()


_NO_CASE = Case()
