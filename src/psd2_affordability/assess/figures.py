"""One vectorised pass over the transactions of all subjects, from which each one's facts are cut.

Per row, per category and per rhythm everything here is array work; plain Python runs per subject.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from psd2_affordability.assess.book import Book
from psd2_affordability.assess.case import Case
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.forecast.daily_moves import daily_moves
from psd2_affordability.assess.kinds import RETURNED, Kinds
from psd2_affordability.assess.month_sums import RECENT, STRETCH, ByCategory, MonthSums
from psd2_affordability.assess.rhythms import Rhythms
from psd2_affordability.assess.table import Table
from psd2_affordability.assess.windows import Windows
from psd2_affordability.categorise.engine import Understood
from psd2_affordability.ledger.arrays import Hashes, Ints

#: So many subjects are made into plain values at once: they stay in the cache, and are few to hold.
_AT_ONCE = 250
_NO_CASE = Case()


def facts_of(
    understood: Understood, cases: Mapping[str, Case], kinds: Kinds, on: date, hashes: Hashes
) -> Iterator[Facts]:
    """Yield the facts of every subject, in the order of their names; `hashes` are those of the keys."""
    figures = _Figures(Table(understood, cases, kinds, on, hashes), understood)
    count = len(figures.table.subjects)
    for first in range(0, count, _AT_ONCE):
        yield from figures.facts(first, min(first + _AT_ONCE, count))


class _Figures:
    """The figures of all subjects as arrays."""

    def __init__(self, table: Table, understood: Understood) -> None:
        self.table = table
        self.windows = Windows(table)
        self.rhythms = Rhythms(table, understood.streams, np.array(self.windows.covered, np.int64))
        self.steady = self.rhythms.steady()
        self.sums = MonthSums(table, self.windows, self.steady)

    def facts(self, first: int, last: int) -> Iterator[Facts]:
        """Yield the facts of a run of subjects."""
        table, windows, sums = self.table, self.windows, self.sums
        rows = slice(int(table.bounds[first]), int(table.bounds[last]))
        bounds = sums.bounds[first : last + 1].tolist()
        groups = slice(bounds[0], bounds[-1])
        categories = [table.categories[code] for code in sums.category[groups].tolist()]
        starts = sums.starts[groups] - rows.start
        spans = list(zip(starts.tolist(), (starts + sums.sizes[groups]).tolist(), strict=True))
        told = (sums.all[groups, RECENT], sums.loose[groups, RECENT], sums.last_year[groups])
        recent, recent_loose, last_year = (each.tolist() for each in told)
        size = np.diff(table.bounds[first : last + 1]).tolist()
        book, daily, returns = self._book(rows), self._daily(rows, first, last), self._returns(rows)
        rhythms = self.rhythms.among(first, last)
        series = list(pairwise(self.rhythms.bounds[first : last + 1].tolist()))
        for at, subject in enumerate(range(first, last)):
            name, newest, oldest = table.subjects[subject], windows.newest[subject], windows.oldest[subject]
            months = slice(STRETCH, STRETCH + 1) if windows.stretch[subject] else slice(newest, oldest)
            its = slice(bounds[at], bounds[at + 1])
            here = slice(its.start - groups.start, its.stop - groups.start)
            kinds, case = categories[here], table.cases.get(name, _NO_CASE)
            yield Facts(
                subject=name,
                on=table.on,
                case=case,
                kinds=table.kinds,
                seen_to=windows.covered[subject],
                rows=size[at],
                given=table.given[subject],
                pending=table.pending[subject],
                other_currency=table.foreign[subject],
                first_day=windows.first[subject],
                last_day=windows.last[subject],
                months=tuple(table.month_days[newest:oldest]),
                by_month=dict(zip(kinds, sums.all[its, months].tolist(), strict=True)),
                loose=ByCategory(kinds, sums.loose[its, months]),
                seen=windows.seen[subject],
                seen_sums=dict(zip(kinds, recent[here], strict=True)),
                seen_loose=dict(zip(kinds, recent_loose[here], strict=True)),
                last_year=dict(zip(kinds, last_year[here], strict=True)),
                moved=sums.moved[subject],
                unknown=sums.unknown[subject],
                spent=sums.spent[subject],
                rhythms=next(rhythms),
                series=self.rhythms.series,
                own_series=series[at],
                spans=dict(zip(kinds, spans[here], strict=True)),
                book=book,
                returns=returns,
                accounts=tuple(table.accounts.get(subject, ())),
                unseen_accounts=self._unseen(subject, case),
                wage_notes=tuple(table.wage_notes.get(subject, ())),
                unlikely=tuple(table.unlikely.get(subject, ())),
                withheld=self._withheld(subject),
                balances=self._balances(subject),
                daily=daily[at],
            )

    def _book(self, rows: slice) -> Book:
        table = self.table
        return Book(
            days=table.day[rows],
            cents=table.amount[rows],
            payee=table.payee[rows],
            names=table.payees,
            txs=table.texts(rows),
            gone=table.gone[rows].tobytes(),
            steady=self.steady[rows].tobytes(),
        )

    def _daily(self, rows: slice, first: int, last: int) -> Ints:
        table = self.table
        subject = table.subject[rows] - first
        counts = table.comes_again[rows]
        return daily_moves(subject, table.day[rows], table.amount[rows], counts, table.today, last - first)

    def _returns(self, rows: slice) -> Mapping[str, str]:
        table = self.table
        back = np.flatnonzero(table.category[rows] == table.code.get(RETURNED, -1)) + rows.start
        given = table.columns.taken("return_kind", table.kept[back])
        return dict(zip(table.keys(back), given, strict=True))

    def _unseen(self, subject: int, case: Case) -> tuple[str, ...]:
        """The own accounts of which there are neither rows nor a balance."""
        table = self.table
        if subject not in table.unseen:
            return ()
        seen = {one.account for one in (*table.accounts.get(subject, ()), *case.balances)}
        return tuple(sorted(table.unseen[subject] - seen))

    def _withheld(self, subject: int) -> Mapping[str, int]:
        """Net cents by category, over the window, that a stated share of a joint account leaves out."""
        table = self.table
        amount = table.withheld.get(subject)
        if amount is None:
            return {}
        rows = slice(int(table.bounds[subject]), int(table.bounds[subject + 1]))
        first, last = self.windows.days(subject)
        seen = ~table.gone[rows] & (table.day[rows] >= first) & (table.day[rows] <= last) & (amount != 0)
        sums = np.zeros(len(table.categories), np.int64)
        np.add.at(sums, table.category[rows][seen], amount[seen])
        return {table.categories[code]: int(sums[code]) for code in np.flatnonzero(sums).tolist()}

    def _balances(self, subject: int) -> Sequence[int]:
        """The balances of the days that can be told back: to the first booking."""
        balances, first = self.table.balances.get(subject), self.windows.first[subject]
        if balances is None:
            return ()
        told: list[int] = balances[: 1 if first is None else self.table.today - first + 1].tolist()
        return told
