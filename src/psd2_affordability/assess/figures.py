"""One vectorised pass over the transactions of all subjects, from which each one's facts are cut.

Per row everything here is array work; plain Python runs per subject, per category and per rhythm.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.daily import DAYS, daily_balances
from psd2_affordability.assess.facts import (
    PER_YEAR,
    AccountFacts,
    Book,
    Facts,
    Rhythm,
    covered_to,
    day_of,
    number_of,
    usual_month,
)
from psd2_affordability.assess.kinds import (
    REFUND,
    REPLACING,
    RETURNED,
    UNKNOWN,
    UNKNOWN_IN,
    WAGE,
    Kinds,
)
from psd2_affordability.categorise.engine import Understood
from psd2_affordability.core.dates import add_months, month_start
from psd2_affordability.ledger.order import Hashes, order_of
from psd2_affordability.ledger.schema import BOOKED

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

#: Twelve whole months, the running month before them, and a stretch of 30 days.
_RUNNING, _STRETCH, _COLUMNS = 12, 13, 14
#: Key, category, payee, cadence, period, first and last place in the sorted rows, day expected next.
_Stream = tuple[str, str, str, str, int, int, int, int]
#: A first booking on the third still means that the month is there; so does a last one on the 26th.
_LATE_START, _EARLY_END = 2, 4
#: A seizure of wages shows on each payment: what spoke of one before the last two may have been lifted.
_SEIZED_DAYS = 62
_CHUNK = 2_000


def facts_of(
    understood: Understood, cases: Mapping[str, Case], kinds: Kinds, on: date, hashes: Hashes
) -> Iterator[Facts]:
    """Yield the facts of every subject, in the order of their names; `hashes` are those of the keys."""
    table = _Table(understood, cases, kinds, on, hashes)
    for start in range(0, len(table.subjects), _CHUNK):
        yield from _Chunk(table, start, min(start + _CHUNK, len(table.subjects))).facts()


class _Table:
    """The rows that count, sorted by subject, category and day, as arrays."""

    def __init__(
        self, understood: Understood, cases: Mapping[str, Case], kinds: Kinds, on: date, hashes: Hashes
    ) -> None:
        frame = understood.frame
        self.on, self.cases, self.kinds, self.today = on, cases, kinds, number_of(on)
        ahead = month_start(on + timedelta(days=1))
        starts = [number_of(add_months(ahead, -back)) for back in range(13)]
        self.months = [(start, after - 1) for after, start in pairwise(starts)]
        self.month_days = [day_of(start) for start, _ in self.months]
        seen, names = pd.factorize(frame["subject"], sort=True)
        self.subjects = sorted(set(names) | set(cases))
        place = {name: at for at, name in enumerate(self.subjects)}
        subject = np.array([place[name] for name in names], dtype=np.int64)[seen]

        booked = (frame["status"] == BOOKED).to_numpy()
        euros = (frame["currency"] == "EUR").to_numpy()
        day = frame["booked_on"].to_numpy().astype("datetime64[D]").astype(np.int64)
        count = len(self.subjects)
        self.given = np.bincount(subject, minlength=count).tolist()
        self.pending = np.bincount(subject[~booked], minlength=count).tolist()
        self.foreign = np.bincount(subject[booked & ~euros & (day <= self.today)], minlength=count).tolist()
        self.balances = daily_balances(frame, subject, day, booked & euros, self.subjects, cases, self.today)

        kept = np.flatnonzero(booked & euros & (day <= self.today))
        amount = frame["amount_ct"].to_numpy()
        category, found = pd.factorize(frame["category"], sort=True)
        self.categories = [*found, UNKNOWN_IN]
        self.code = {name: at for at, name in enumerate(self.categories)}
        unknown_in = (category == self.code.get(UNKNOWN, -1)) & (amount > 0)
        category = np.where(unknown_in, self.code[UNKNOWN_IN], category).astype(np.int64)

        tx = frame["tx"].to_numpy(dtype=object)
        kept = kept[order_of(subject[kept], category[kept], day[kept], tie=hashes[kept])]
        self.frame, self.kept, self.hashes = frame, kept, hashes[kept]
        self.subject, self.day, self.category = subject[kept], day[kept], category[kept]
        self.amount, self.tx = amount[kept], tx[kept]
        self.bounds = np.searchsorted(self.subject, np.arange(count + 1))
        payee, payees = pd.factorize(frame["payee"])
        self.payee, self.payees = payee[kept], payees.to_numpy(dtype=object)
        self.internal = self._flags(lambda name: name in kinds.internal)
        self.gone = self._reversed()
        self._follow_streams(understood.streams)
        self._see_accounts()
        self.wage_notes = self._wage_notes()

    def _flags(self, wanted: Callable[[str], bool]) -> Flags:
        """Mark the rows whose category is wanted."""
        marked: Flags = np.array([wanted(name) for name in self.categories], dtype=np.bool_)
        rows: Flags = marked[self.category]
        return rows

    def _reversed(self) -> Flags:
        """Mark returned debits and refunds with the payment that each undoes: neither cost nor income.

        A purchase of which only a part came back stays a cost.
        """
        back = self._flags(lambda name: name in {RETURNED, REFUND})
        returned = np.flatnonzero(back)
        if not len(returned):
            return back
        pairs = self.frame["pair"].iloc[self.kept[returned]].tolist()
        undone = {
            (self.subject[at], pair): self.amount[at]
            for at, pair in zip(returned, pairs, strict=True)
            if pair
        }
        paired = (self.frame["pair"] != "").to_numpy()[self.kept]
        gone = back.copy()
        for at in np.flatnonzero(paired & ~back):
            gone[at] = undone.get((self.subject[at], self.tx[at])) == -self.amount[at]
        return gone

    def _follow_streams(self, streams: pd.DataFrame) -> None:
        """Sort the rows of streams, and mark those that belong to a rhythm."""
        named, keys = pd.factorize(self.frame["stream"])
        stream_code = named[self.kept].astype(np.int64)
        empty = int(np.flatnonzero(keys == "")[0]) if (keys == "").any() else -1
        rows = np.flatnonzero((stream_code != empty) & ~self.gone)
        width = len(keys) + 1
        group = self.subject[rows] * width + stream_code[rows]
        order = rows[order_of(group, self.day[rows], tie=self.hashes[rows])]
        group = self.subject[order] * width + stream_code[order]
        groups, starts, sizes = np.unique(group, return_index=True, return_counts=True)
        self.rhythm_days, self.rhythm_cents = self.day[order].tolist(), self.amount[order].tolist()
        self.rhythm_txs = tuple(self.tx[order].tolist())
        self.rhythms: dict[str, list[_Stream]] = {}
        steady = np.zeros(len(groups), dtype=np.bool_)
        of_stream = pd.Index(self.subjects).get_indexer(pd.Index(streams["subject"])) * width
        of_stream += pd.Index(keys).get_indexer(pd.Index(streams["stream"]))
        known = np.isin(of_stream, groups) & streams["cadence"].isin(PER_YEAR.keys()).to_numpy()
        at = np.searchsorted(groups, of_stream[known])
        long_enough = sizes[at] >= 2
        at, chosen = at[long_enough], np.flatnonzero(known)[long_enough]
        steady[at] = True
        self.steady = np.zeros(len(self.kept), dtype=np.bool_)
        self.steady[order] = np.repeat(steady, sizes)

        streams = streams.iloc[chosen]
        period = np.maximum(streams["period_days"].to_numpy(), 1)
        newest = self.day[order[starts[at] + sizes[at] - 1]]
        next_on, last_on = streams["next_on"].to_numpy(), streams["last_on"].to_numpy()
        foreseen = ~np.isnat(next_on) & (last_on.astype("datetime64[D]").astype(np.int64) == newest)
        expected = np.where(foreseen, next_on.astype("datetime64[D]").astype(np.int64), newest + period)
        described = zip(
            streams["stream"].tolist(),
            streams["category"].tolist(),
            streams["payee"].tolist(),
            streams["cadence"].tolist(),
            period.tolist(),
            starts[at].tolist(),
            (starts[at] + sizes[at]).tolist(),
            expected.tolist(),
            strict=True,
        )
        for subject, stream in zip(streams["subject"].tolist(), described, strict=True):
            self.rhythms.setdefault(subject, []).append(stream)

    def rhythms_of(self, subject: str, seen_to: int) -> tuple[Rhythm, ...]:
        """Return the rhythms of a subject, by their keys."""
        return tuple(
            Rhythm(
                key,
                category,
                payee,
                cadence,
                period,
                self.rhythm_days[start:end],
                self.rhythm_cents[start:end],
                self.rhythm_txs[start:end],
                expected,
                seen_to,
                usual_month(self.rhythm_cents[max(start, end - 3) : end], cadence),
            )
            for key, category, payee, cadence, period, start, end, expected in sorted(
                self.rhythms.get(subject, ())
            )
        )

    def _see_accounts(self) -> None:
        """First and last day and sums of each account, and the own accounts that are not in the data."""
        accounts, found = pd.factorize(self.frame["account"])
        names = found.tolist()
        pair = self.subject * (len(names) + 1) + accounts[self.kept]
        at, pairs = pd.factorize(pair)
        first = np.full(len(pairs), np.iinfo(np.int64).max)
        last = np.full(len(pairs), np.iinfo(np.int64).min)
        np.minimum.at(first, at, self.day)
        np.maximum.at(last, at, self.day)
        came_in, went_out = np.zeros(len(pairs), dtype=np.int64), np.zeros(len(pairs), dtype=np.int64)
        np.add.at(came_in, at, np.maximum(self.amount, 0))
        np.add.at(went_out, at, np.maximum(-self.amount, 0))
        self.accounts: dict[int, list[AccountFacts]] = {}
        seen = (pairs.tolist(), first.tolist(), last.tolist(), came_in.tolist(), went_out.tolist())
        for key, *told in zip(*seen, strict=True):
            subject, account = divmod(key, len(names) + 1)
            self.accounts.setdefault(subject, []).append(AccountFacts(names[account], *told))
        own = np.flatnonzero(self._flags(lambda name: name.startswith("intern.")))
        ibans = self.frame["counterparty_iban"].iloc[self.kept[own]].tolist()
        self.unseen: dict[int, set[str]] = {}
        for subject, iban in zip(self.subject[own].tolist(), ibans, strict=True):
            if iban:
                self.unseen.setdefault(subject, set()).add(iban)

    def _wage_notes(self) -> Mapping[int, list[str]]:
        """Wages and benefits of late whose description says that part of them was seized."""
        earned = self._flags(lambda name: name == WAGE or name in REPLACING)
        paid = np.flatnonzero(earned & (self.day >= self.today - _SEIZED_DAYS))
        notes = self.frame["remittance"].iloc[self.kept[paid]].str.contains("beslag", case=False, regex=False)
        found: dict[int, list[str]] = {}
        for row in paid[notes.to_numpy(dtype=np.bool_)].tolist():
            found.setdefault(int(self.subject[row]), []).append(self.tx[row])
        return found


class _Chunk:
    """A run of subjects whose month table fits in the cache."""

    def __init__(self, table: _Table, first: int, last: int) -> None:
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

    def _windows(self) -> list["_Window"]:
        """Find the window of each subject; one without rows has none."""
        table = self.table
        bounds = table.bounds[self.first : self.last + 1]
        filled = np.flatnonzero(np.diff(bounds))
        windows = [_Window(None, None, table.today, 0, 0, stretch=False)] * (self.last - self.first)
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
        return _Window(first, last, covered, newest, oldest, stretch=stretch)

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
        reasons = self._return_reasons()
        filled = np.nonzero(self.sizes)
        categories = [table.categories[code] for code in filled[1].tolist()]
        starts, sizes = self.starts[filled], self.sizes[filled]
        stretches = list(zip(starts.tolist(), (starts + sizes).tolist(), strict=True))
        sums, loose = self.sums[filled].tolist(), self.loose[filled].tolist()
        bounds = np.searchsorted(filled[0], np.arange(len(self.windows) + 1)).tolist()
        for at, window in enumerate(self.windows):
            subject, name = self.first + at, table.subjects[self.first + at]
            months = slice(_STRETCH, _STRETCH + 1) if window.stretch else slice(window.newest, window.oldest)
            here = slice(bounds[at], bounds[at + 1])
            codes = categories[here]
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
                by_month={code: cents[months] for code, cents in zip(codes, sums[here], strict=True)},
                loose={code: cents[months] for code, cents in zip(codes, loose[here], strict=True)},
                last_year={
                    code: sum(cents[: _RUNNING + 1]) for code, cents in zip(codes, sums[here], strict=True)
                },
                moved=self.moved[at],
                unknown=self.unknown[at],
                spent=self.spent[at],
                rhythms=table.rhythms_of(name, window.covered),
                spans=dict(zip(codes, stretches[here], strict=True)),
                book=self.book,
                returns=reasons,
                accounts=accounts,
                unseen_accounts=tuple(sorted(table.unseen.get(subject, set()) - shared)),
                wage_notes=tuple(table.wage_notes.get(subject, ())),
                balances=table.balances.get(name, ())[: _history(window, table.today)],
            )

    def _return_reasons(self) -> Mapping[str, str]:
        table, rows = self.table, self.rows
        code = table.code.get(RETURNED, -1)
        back = np.flatnonzero(table.category[rows] == code) + (rows.start or 0)
        given = table.frame["return_reason"].to_numpy(dtype=object)[table.kept[back]]
        return dict(zip(table.tx[back].tolist(), given.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class _Window:
    """First and last day of the data, how far they reach, and the whole months counted back from the day."""

    first: int | None
    last: int | None
    covered: int
    newest: int
    oldest: int
    stretch: bool


def _history(window: _Window, today: int) -> int:
    """How many days of balances can be told back: to the first booking."""
    return 1 if window.first is None else min(DAYS, today - window.first + 1)


def _by(subject: Ints, amount: Ints, wanted: Flags, count: int) -> list[int]:
    total = np.zeros(count, np.int64)
    np.add.at(total, subject[wanted], amount[wanted])
    return total.tolist()


_NO_CASE = Case()
