"""The transactions of all subjects that count, sorted and numbered: array work over every row."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.daily import daily_balances
from psd2_affordability.assess.facts import (
    LAST_PAYMENTS,
    PER_YEAR,
    AccountFacts,
    Rhythm,
    day_of,
    number_of,
    usual_month,
)
from psd2_affordability.assess.forecast.daily_moves import unforeseen
from psd2_affordability.assess.kinds import (
    OWN_ACCOUNT,
    OWN_PAYEES,
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
from psd2_affordability.ledger.columns import Columns
from psd2_affordability.ledger.order import Hashes, order_of

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

#: Key, category, payee, cadence, period, first and last place in the sorted rows, day expected next.
_Stream = tuple[Any, ...]
_STREAM_NAMES = ("stream", "category", "payee", "cadence")
#: A purchase is sent back within so many days.
_REFUND_DAYS = 100
#: A seizure of wages shows on each payment: what spoke of one before the last two may have been lifted.
_SEIZED_DAYS = 62


def part_of(amount: Ints, share: Fraction) -> Ints:
    """Return a share of each amount, half a cent away from zero.

    >>> part_of(np.array([1001, -1001, 7]), Fraction(1, 2)).tolist()
    [501, -501, 4]
    """
    whole = 2 * np.abs(amount) * share.numerator + share.denominator
    parts: Ints = np.sign(amount) * (whole // (2 * share.denominator))
    return parts


def _net_of_refunds(columns: Columns, subject: Ints, category: Ints, refund: int) -> None:
    """Put a refund that is not the whole of a purchase into the category of one, which then costs less.

    That is the purchase it is paired with, or else the last one of the same payee in the hundred days
    before that is at least as large; each is used once.
    """
    rows = np.flatnonzero(category == refund)
    if not len(rows):
        return
    code, payees = columns.coded("payee")
    who, amount, day = subject * len(payees) + code, columns.amount, columns.day
    wanted = np.flatnonzero((amount < 0) & columns.booked & np.isin(who, who[rows]))
    wanted = wanted[np.lexsort((category[wanted], amount[wanted], day[wanted]))]
    rows = rows[np.lexsort((amount[rows], day[rows]))]
    paired = dict(zip(columns.taken("pair", wanted), wanted.tolist(), strict=True))
    bought: dict[int, list[int]] = {}
    for row in wanted.tolist():
        bought.setdefault(int(who[row]), []).append(row)
    for row, key in zip(rows.tolist(), columns.taken("tx", rows), strict=True):
        open_ones = bought.get(int(who[row]), [])
        own = paired.get(key, -1)
        before = [
            at for at in open_ones if 0 <= day[row] - day[at] <= _REFUND_DAYS and -amount[at] >= amount[row]
        ]
        purchase = own if own in open_ones else before[-1] if before else -1
        if purchase >= 0:
            open_ones.remove(purchase)
            if purchase != own or amount[own] != -amount[row]:
                category[row] = category[purchase]


class Table:
    """The rows that count, sorted by subject, category and day, as arrays."""

    def __init__(
        self, understood: Understood, cases: Mapping[str, Case], kinds: Kinds, on: date, hashes: Hashes
    ) -> None:
        columns = Columns(understood.frame)
        self.on, self.cases, self.kinds, self.today = on, cases, kinds, number_of(on)
        ahead = month_start(on + timedelta(days=1))
        starts = [number_of(add_months(ahead, -back)) for back in range(13)]
        self.months = [(start, after - 1) for after, start in pairwise(starts)]
        self.month_days = [day_of(start) for start, _ in self.months]
        seen, names = columns.coded("subject")
        self.subjects = sorted(set(names) | set(cases))
        self.place = {name: at for at, name in enumerate(self.subjects)}
        subject = np.array([self.place[name] for name in names], dtype=np.int64)[seen]

        booked, day, amount = columns.booked, columns.day, columns.amount
        euros = columns.equal("currency", "EUR")
        count = len(self.subjects)
        self.given = np.bincount(subject, minlength=count).tolist()
        self.pending = np.bincount(subject[~booked], minlength=count).tolist()
        self.foreign = np.bincount(subject[booked & ~euros & (day <= self.today)], minlength=count).tolist()
        self.balances = daily_balances(columns, subject, booked & euros, self.subjects, cases, self.today)

        kept = np.flatnonzero(booked & euros & (day <= self.today))
        coded, found = columns.coded("category")
        self.categories = [*sorted(found), UNKNOWN_IN]
        self.code = {name: at for at, name in enumerate(self.categories)}
        category = np.array([self.code[name] for name in found], dtype=np.int64)[coded]
        unknown_in = (category == self.code.get(UNKNOWN, -1)) & (amount > 0)
        category[unknown_in] = self.code[UNKNOWN_IN]
        _net_of_refunds(columns, subject, category, self.code.get(REFUND, -1))

        tx = understood.frame["tx"].to_numpy(dtype=object)
        kept = kept[order_of(subject[kept], category[kept], day[kept], tie=hashes[kept])]
        self.columns, self.kept, self.hashes = columns, kept, hashes[kept]
        self.subject, self.day, self.category = subject[kept], day[kept], category[kept]
        self.amount, self.tx = amount[kept], tx[kept]
        self.bounds = np.searchsorted(self.subject, np.arange(count + 1))
        payee, payees = columns.coded("payee")
        self.payee, self.payees = payee[kept], np.array(payees, dtype=object)
        self.internal = self._flags(lambda name: name in kinds.internal)
        self.gone = self._reversed()
        self.comes_again = ~self.gone & ~self._flags(lambda name: unforeseen(name, kinds))
        self._see_accounts()
        self.withheld = self._split_joint()
        self._follow_streams(understood.streams)
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
        pairs = self.columns.taken("pair", self.kept[returned])
        undone = {
            (self.subject[at], pair): self.amount[at]
            for at, pair in zip(returned, pairs, strict=True)
            if pair
        }
        paired = ~self.columns.blank("pair")[self.kept]
        gone = back.copy()
        for at in np.flatnonzero(paired & ~back):
            gone[at] = undone.get((self.subject[at], self.tx[at])) == -self.amount[at]
        return gone

    def _follow_streams(self, streams: pd.DataFrame) -> None:
        """Sort the rows of streams, and mark those that belong to a rhythm."""
        named, keys = self.columns.coded("stream")
        width = len(keys) + 1
        empty = keys.index("") if "" in keys else -1
        stream_code = named[self.kept].astype(np.int64)
        rows = np.flatnonzero((stream_code != empty) & ~self.gone)
        group = self.subject[rows] * width + stream_code[rows]
        order = rows[order_of(group, self.day[rows], tie=self.hashes[rows])]
        group = self.subject[order] * width + stream_code[order]
        groups, starts, sizes = np.unique(group, return_index=True, return_counts=True)
        self.rhythm_days, self.rhythm_cents = self.day[order].tolist(), self.amount[order].tolist()
        self.rhythm_txs = tuple(self.tx[order].tolist())
        steady = np.zeros(len(groups), dtype=np.bool_)

        described = Columns(streams)
        names = {name: described.texts(name).to_pylist() for name in ("subject", *_STREAM_NAMES)}
        number, place = {key: at for at, key in enumerate(keys)}, self.place
        of_stream = [
            place[subject] * width + number[stream] if subject in place and stream in number else -1
            for subject, stream in zip(names["subject"], names["stream"], strict=True)
        ]
        at = np.searchsorted(groups, of_stream)
        at[at == len(groups)] = 0
        regular = np.array([cadence in PER_YEAR for cadence in names["cadence"]], dtype=np.bool_)
        known = regular & (groups[at] == of_stream) & (sizes[at] >= 2) if len(groups) else regular & False
        chosen = np.flatnonzero(known)
        at = at[chosen]
        steady[at] = True
        self.steady = np.zeros(len(self.kept), dtype=np.bool_)
        self.steady[order] = np.repeat(steady, sizes)

        period = np.maximum(streams["period_days"].to_numpy()[chosen], 1)
        newest = self.day[order[starts[at] + sizes[at] - 1]]
        next_on, last_on = streams["next_on"].to_numpy()[chosen], streams["last_on"].to_numpy()[chosen]
        foreseen = ~np.isnat(next_on) & (last_on.astype("datetime64[D]").astype(np.int64) == newest)
        expected = np.where(foreseen, next_on.astype("datetime64[D]").astype(np.int64), newest + period)
        figures = (period, starts[at], starts[at] + sizes[at], expected)
        said = [[column[one] for one in chosen.tolist()] for column in names.values()]
        self.rhythms: dict[str, list[_Stream]] = {}
        for subject, *stream in zip(*said, *(each.tolist() for each in figures), strict=True):
            self.rhythms.setdefault(subject, []).append(tuple(stream))

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
                usual_month(self.rhythm_cents[max(start, end - LAST_PAYMENTS) : end], cadence),
            )
            for key, category, payee, cadence, period, start, end, expected in sorted(
                self.rhythms.get(subject, ())
            )
        )

    def _see_accounts(self) -> None:
        """First and last day and sums of each account, and the own accounts that are not in the data."""
        accounts, names = self.columns.coded("account")
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
        named = ~np.isin(self.payees, list(OWN_PAYEES))[self.payee]
        managed = self._flags(lambda name: name == OWN_ACCOUNT) & named
        own = np.flatnonzero(self._flags(lambda name: name.startswith("intern.")) & ~managed)
        ibans = self.columns.taken("counterparty_iban", self.kept[own])
        self.unseen: dict[int, set[str]] = {}
        for subject, iban in zip(self.subject[own].tolist(), ibans, strict=True):
            if iban:
                self.unseen.setdefault(subject, set()).add(iban)

    def _split_joint(self) -> Mapping[int, Ints]:
        """Count the stated share of each joint account; return what is left out of the subject's rows."""
        stated = {
            self.place[name]: case.household.accounts
            for name, case in self.cases.items()
            if case.household.accounts
        }
        withheld: dict[int, Ints] = {}
        for subject, shares in stated.items():
            rows = slice(int(self.bounds[subject]), int(self.bounds[subject + 1]))
            here, names = self.columns.coded("account")
            amount, account = self.amount[rows], here[self.kept[rows]]
            parts = amount.copy()
            for one in shares:
                its = account == (names.index(one.iban) if one.iban in names else -1)
                parts[its] = part_of(amount[its], one.share)
            withheld[subject] = amount - parts
            self.amount[rows] = parts
        return withheld

    def _wage_notes(self) -> Mapping[int, list[str]]:
        """Wages and benefits of late whose description says that part of them was seized."""
        earned = self._flags(lambda name: name == WAGE or name in REPLACING)
        paid = np.flatnonzero(earned & (self.day >= self.today - _SEIZED_DAYS))
        texts = self.columns.texts("remittance").take(pa.array(self.kept[paid]))
        notes = pc.match_substring(texts, "beslag", ignore_case=True)
        found: dict[int, list[str]] = {}
        for row in paid[notes.to_numpy(zero_copy_only=False)].tolist():
            found.setdefault(int(self.subject[row]), []).append(self.tx[row])
        return found
