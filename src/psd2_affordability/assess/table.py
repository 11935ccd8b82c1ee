"""The transactions of many subjects that count, sorted and numbered: array work over every row."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.daily import daily_balances
from psd2_affordability.assess.facts import Unlikely
from psd2_affordability.assess.forecast.daily_moves import unforeseen
from psd2_affordability.assess.held import Held
from psd2_affordability.assess.kinds import (
    OWN_ACCOUNT,
    OWN_PAYEES,
    REFUND,
    REFUNDS,
    RETURNED,
    TURNOVER,
    UNKNOWN,
    UNKNOWN_IN,
    Kinds,
)
from psd2_affordability.assess.portions import Portion
from psd2_affordability.assess.reckoning import day_of, number_of
from psd2_affordability.assess.unlikely import directions, far_larger
from psd2_affordability.categorise import withheld
from psd2_affordability.core.dates import add_months, month_start
from psd2_affordability.ledger.arrays import Flags, Ints, stretches
from psd2_affordability.ledger.columns import Columns
from psd2_affordability.ledger.order import order_of, run_starts

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
    sends_back = np.zeros(len(payees), np.bool_)
    sends_back[code[rows]] = True
    wanted = np.flatnonzero((amount < 0) & columns.booked & sends_back[code])
    wanted = wanted[np.isin(who[wanted], who[rows])]
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
    """The rows that count, sorted by subject, category and day, as arrays.

    Attributes:
        on: the day asked; `today` is its number.
        cases: what is told of each subject.
        kinds: the taxonomy.
        months: first and last day number of the last twelve whole months, the newest first.
        month_days: the first day of each.
        subjects: their names in order; a subject's number is its place here.
        given, pending, foreign: by subject, all rows, those not booked, and those not in euros.
        balances: by subject, the known balances told back day by day.
        categories: their codes in order; `code` gives the number of each.
        columns: of the rows as they came.
        kept: where among those each row of the table stands; `hashes` are of the keys as they came.
        texts: the keys, of which few are going to be looked at.
        subject, category, payee: of each row the number; `payees` are the names of the last.
        day, amount: of each row; `amount` holds what counts, in cents.
        starts: where the rows of each pair of a subject and a category start.
        bounds: where the rows of each subject start, and where the last one's end.
        internal: of each category, whether it is own money that moves.
        gone: returned debits and refunds, with what they undid.
        comes_again: rows that may come again, as one-offs and loans do not.
        accounts, unseen: by subject, the accounts in the data and the own ones beside them.
        unlikely: by subject, the payments in whose place the usual one counts.
        withheld: by subject, what a stated share of a joint account leaves out of each row.
        wage_notes, set_off, allowance_set_off, paid_ahead: by subject, as in `Facts`.
    """

    def __init__(self, portion: Portion, cases: Mapping[str, Case], kinds: Kinds, on: date) -> None:
        self.subjects, subject, columns, hashes, _ = portion
        self.on, self.cases, self.kinds, self.today = on, cases, kinds, number_of(on)
        ahead = month_start(on + timedelta(days=1))
        starts = [number_of(add_months(ahead, -back)) for back in range(13)]
        self.months = [(start, after - 1) for after, start in pairwise(starts)]
        self.month_days = [day_of(start) for start, _ in self.months]

        booked, day, amount = columns.booked, columns.day, columns.amount
        euros, past = columns.equal("currency", "EUR"), day <= self.today
        self.given = np.diff(self._bounds(subject)).tolist()
        self.pending = self._count(subject[~booked])
        self.foreign = self._count(subject[booked & ~euros & past])
        counted = booked & euros
        held = Held(columns, subject)
        self.balances = daily_balances(held, columns, counted, self.subjects, cases, self.today)

        coded, found = columns.coded("category")
        self.categories = [*sorted(found), UNKNOWN_IN]
        self.code = {name: at for at, name in enumerate(self.categories)}
        category = np.array([self.code[name] for name in found], dtype=np.int64)[coded]
        unknown_in = (category == self.code.get(UNKNOWN, -1)) & (amount > 0)
        category[unknown_in] = self.code[UNKNOWN_IN]
        _net_of_refunds(columns, subject, category, self.code.get(REFUND, -1))

        counts = counted & past
        self.accounts = held.accounts(counts, day, amount)
        rows = np.flatnonzero(counts)
        group = (subject * len(self.categories) + category)[rows]
        order = order_of(group, day[rows], tie=hashes[rows])
        self.columns, self.hashes, self.kept = columns, hashes, (kept := rows[order])
        self.subject, self.day, self.category = subject[rows], day[kept], category[kept]
        self.amount = amount[kept]
        self.starts = run_starts(group[order])
        self.bounds = self._bounds(self.subject)
        self.internal = np.array([name in kinds.internal for name in self.categories], np.bool_)
        self.texts = columns.side_by_side("tx").placed(kept)
        self.gone = self._reversed()
        self.comes_again = ~self.gone
        self.comes_again[self.rows_of(lambda name: unforeseen(name, kinds))] = False
        payee, self.payees = columns.coded("payee")
        self.payee = payee[kept]
        self.unseen = self._unseen()
        self.unlikely = self._count_usual_ones()
        self.withheld = self._split_joint()
        self.wage_notes, self.set_off, self.allowance_set_off, self.paid_ahead = self._notes()

    def _bounds(self, subject: Ints) -> Ints:
        """Where the rows of each subject start, and where the last one's end."""
        return np.searchsorted(subject, np.arange(len(self.subjects) + 1))

    def _count(self, subject: Ints) -> list[int]:
        counts: list[int] = np.bincount(subject, minlength=len(self.subjects)).tolist()
        return counts

    def keys(self, rows: Ints | slice) -> list[str]:
        """Return the keys of some of the rows."""
        return self.columns.taken("tx", self.kept[rows])

    def rows_of(self, wanted: Callable[[str], bool]) -> Ints:
        """Return the rows whose category is wanted: stretches, as the rows are sorted by it."""
        marked = np.array([wanted(name) for name in self.categories], dtype=np.bool_)
        its = marked[self.category[self.starts]]
        return stretches(self.starts[its], np.append(self.starts[1:], len(self.category))[its])

    def _reversed(self) -> Flags:
        """Mark returned debits and refunds with the payment that each undoes: neither cost nor income.

        A purchase of which only a part came back stays a cost.
        """
        gone, returned = np.zeros(len(self.kept), np.bool_), self.rows_of({RETURNED, REFUND}.__contains__)
        gone[returned] = True
        if not len(returned):
            return gone
        pairs = self.columns.taken("pair", self.kept[returned])
        subjects, amounts = self.subject[returned].tolist(), self.amount[returned].tolist()
        undone = {
            (subject, pair): -amount
            for subject, pair, amount in zip(subjects, pairs, amounts, strict=True)
            if pair
        }
        theirs = np.zeros(len(self.subjects), np.bool_)
        theirs[subjects] = True
        paired = np.flatnonzero(theirs[self.subject])
        paired = paired[~self.columns.blank("pair")[self.kept[paired]] & ~gone[paired]]
        rows = (self.subject[paired].tolist(), self.keys(paired), self.amount[paired].tolist())
        gone[paired] = [
            undone.get((subject, key)) == amount for subject, key, amount in zip(*rows, strict=True)
        ]
        return gone

    def _count_usual_ones(self) -> Mapping[int, list[Unlikely]]:
        """Count the usual payment in the place of one that is unlikely; return those by subject."""
        direction = directions(self.categories, self.kinds)[self.category[self.starts]]
        unlikely: dict[int, list[Unlikely]] = {}
        counts = self.amount * ~self.gone
        for row, size, usual in far_larger(self.starts, self.payee, counts, direction):
            payee, (key,) = self.payees[self.payee[row]], self.keys(slice(row, row + 1))
            one = Unlikely(int(self.day[row]), size, usual, payee, key)
            unlikely.setdefault(int(self.subject[row]), []).append(one)
            self.amount[row] = usual if counts[row] > 0 else -usual
        return unlikely

    def _unseen(self) -> Mapping[int, set[str]]:
        """Own accounts that money goes to or comes from, in the data or not."""
        own = self.rows_of(lambda name: name.startswith("intern."))
        named = np.array([payee not in OWN_PAYEES for payee in self.payees], np.bool_)[self.payee[own]]
        own = own[~named | (self.category[own] != self.code.get(OWN_ACCOUNT, -1))]
        code, ibans = self.columns.coded("counterparty_iban")
        unseen: dict[int, set[str]] = {}
        for one in np.unique(self.subject[own] * len(ibans) + code[self.kept[own]]).tolist():
            subject, iban = divmod(one, len(ibans))
            if ibans[iban]:
                unseen.setdefault(subject, set()).add(ibans[iban])
        return unseen

    def _split_joint(self) -> Mapping[int, Ints]:
        """Count the stated share of each joint account; return what is left out of the subject's rows."""
        stated = {
            subject: self.cases[name].household.accounts
            for subject, name in enumerate(self.subjects)
            if name in self.cases and self.cases[name].household.accounts
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

    def _notes(self) -> tuple[Mapping[int, list[str]], ...]:
        """Find income of late whose description says that it was seized, was set off, or is an advance."""
        earned = self.kinds.protected - TURNOVER - REFUNDS
        by_the_state = self.kinds.allowances | REFUNDS
        paid = self.rows_of(lambda name: name in earned or name in by_the_state)
        paid = paid[(self.day[paid] >= self.today - _SEIZED_DAYS) & (self.amount[paid] > 0)]
        texts = self.columns.texts("remittance").take(pa.array(self.kept[paid]))
        hinted = pc.match_substring_regex(texts, withheld.STEMS, ignore_case=True)
        at = np.flatnonzero(hinted.to_numpy(zero_copy_only=False))
        seized: dict[int, list[str]] = {}
        set_off: dict[int, list[str]] = {}
        allowances: dict[int, list[str]] = {}
        ahead: dict[int, list[str]] = {}
        rows = paid[at]
        told = zip(rows.tolist(), texts.take(pa.array(at)).to_pylist(), self.keys(rows), strict=True)
        for row, text, key in told:
            subject = int(self.subject[row])
            if self.categories[self.category[row]] in by_the_state:
                if withheld.is_set_off(text, by_the_state=True):
                    allowances.setdefault(subject, []).append(key)
            elif withheld.is_seized(text):
                seized.setdefault(subject, []).append(key)
            elif withheld.is_set_off(text):
                set_off.setdefault(subject, []).append(key)
            elif withheld.is_paid_ahead(text):
                ahead.setdefault(subject, []).append(key)
        return seized, set_off, allowances, ahead
