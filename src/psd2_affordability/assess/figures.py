"""One vectorised pass over the transactions of many subjects, from which each one's facts are cut.

Per row, per category and per rhythm everything here is array work; plain Python runs per subject.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, count, islice, pairwise

import numpy as np

from psd2_affordability.assess.book import Book
from psd2_affordability.assess.case import NO_CASE, Case
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.forecast.daily_moves import daily_moves
from psd2_affordability.assess.kinds import RETURNED, Kinds
from psd2_affordability.assess.month_sums import RECENT, STRETCH, ByCategory, MonthSums
from psd2_affordability.assess.portions import Streams, portions
from psd2_affordability.assess.rhythms import Rhythms
from psd2_affordability.assess.table import Table
from psd2_affordability.assess.windows import Windows
from psd2_affordability.categorise.engine import Understood
from psd2_affordability.ledger.arrays import Hashes, Ints

_NONE: frozenset[str] = frozenset()


def facts_of(
    understood: Understood, cases: Mapping[str, Case], kinds: Kinds, on: date, hashes: Hashes
) -> Iterator[Facts]:
    """Yield the facts of every subject, in the order of their names; `hashes` are those of the keys."""
    return chain.from_iterable(runs_of(understood, cases, kinds, on, hashes, 1))


def runs_of(
    understood: Understood, cases: Mapping[str, Case], kinds: Kinds, on: date, hashes: Hashes, together: int
) -> Iterator[list[Facts]]:
    """Yield the same by so many subjects at most, whose rhythms lie in the same arrays."""
    for portion in portions(understood, cases, hashes):
        facts = _Figures(Table(portion, cases, kinds, on), portion.streams).facts()
        while people := list(islice(facts, together)):
            yield people


class _Figures:
    """The figures of some subjects as arrays."""

    def __init__(self, table: Table, streams: Streams) -> None:
        self.table = table
        self.windows = Windows(table)
        self.rhythms = Rhythms(table, streams, np.array(self.windows.covered, np.int64))
        self.steady = self.rhythms.steady()
        self.sums = MonthSums(table, self.windows, self.steady)

    def facts(self) -> Iterator[Facts]:
        """Yield the facts of each subject."""
        table, windows, sums = self.table, self.windows, self.sums
        categories = [table.categories[code] for code in sums.category.tolist()]
        spans = list(zip(sums.starts.tolist(), (sums.starts + sums.sizes).tolist(), strict=True))
        told = (sums.all[:, RECENT], sums.loose[:, RECENT], sums.last_year)
        recent, recent_loose, last_year = (each.tolist() for each in told)
        bounds, rows = sums.bounds.tolist(), np.diff(table.bounds).tolist()
        book, daily, returns = self._book(), self._daily(), self._returns()
        series, guessed = list(pairwise(self.rhythms.bounds)), self.rhythms.guessed()
        for subject, rhythms in enumerate(self.rhythms.by_subject()):
            name, newest, oldest = table.subjects[subject], windows.newest[subject], windows.oldest[subject]
            months = slice(STRETCH, STRETCH + 1) if windows.stretch[subject] else slice(newest, oldest)
            its = slice(bounds[subject], bounds[subject + 1])
            kinds, case = categories[its], table.cases.get(name, NO_CASE)
            places = dict(zip(kinds, count()))
            yield Facts(
                subject=name,
                on=table.on,
                case=case,
                kinds=table.kinds,
                seen_to=windows.covered[subject],
                rows=rows[subject],
                given=table.given[subject],
                pending=table.pending[subject],
                other_currency=table.foreign[subject],
                first_day=windows.first[subject],
                last_day=windows.last[subject],
                slots=months.stop - months.start if kinds else 0,
                months=tuple(table.month_days[newest:oldest]),
                by_month=ByCategory(places, sums.all[its, months]),
                loose=ByCategory(places, sums.loose[its, months]),
                seen=windows.seen[subject],
                seen_sums=dict(zip(kinds, recent[its], strict=True)),
                seen_loose=dict(zip(kinds, recent_loose[its], strict=True)),
                last_year=dict(zip(kinds, last_year[its], strict=True)),
                moved=sums.moved[subject],
                unknown=sums.unknown[subject],
                spent=sums.spent[subject],
                rhythms=rhythms,
                guessed=guessed.get(subject, _NONE),
                series=self.rhythms.series,
                own_series=series[subject],
                spans=dict(zip(kinds, spans[its], strict=True)),
                book=book,
                returns=returns,
                accounts=tuple(table.accounts.get(subject, ())),
                unseen_accounts=self._unseen(subject, case),
                wage_notes=tuple(table.wage_notes.get(subject, ())),
                set_off=tuple(table.set_off.get(subject, ())),
                allowance_set_off=tuple(table.allowance_set_off.get(subject, ())),
                paid_ahead=tuple(table.paid_ahead.get(subject, ())),
                unlikely=tuple(table.unlikely.get(subject, ())),
                withheld=self._withheld(subject),
                balances=self._balances(subject),
                daily=daily[subject],
            )

    def _book(self) -> Book:
        table = self.table
        return Book(
            days=table.day,
            cents=table.amount,
            payee=table.payee,
            names=table.payees,
            txs=table.texts,
            gone=table.gone.tobytes(),
            steady=self.steady.tobytes(),
            texts=table.columns.texts("remittance"),
            places=table.kept,
        )

    def _daily(self) -> Ints:
        table = self.table
        counts, subjects = table.comes_again, len(table.subjects)
        return daily_moves(table.subject, table.day, table.amount, counts, table.today, subjects)

    def _returns(self) -> Mapping[str, str]:
        table = self.table
        back = np.flatnonzero(table.category == table.code.get(RETURNED, -1))
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
        balances, first = self.table.balances.get(subject, ()), self.windows.first[subject]
        return balances[: 1 if first is None else self.table.today - first + 1]
