"""Pairs of a debit and the credit that undoes it: only where each is the other's sole possibility."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.parties import Parties
from psd2_affordability.ledger.columns import Columns

_Ints = npt.NDArray[np.int64]


class Possible(NamedTuple):
    """Pairs that could be, as positions in the frame.

    Attributes:
        debit: money that went out.
        credit: money that came in.
    """

    debit: _Ints
    credit: _Ints

    def only(self, fits: npt.NDArray[np.bool_]) -> "Possible":
        """Keep the pairs that fit."""
        return Possible(self.debit[fits], self.credit[fits])

    def without(self, rows: _Ints) -> "Possible":
        """Leave out pairs with any of these rows."""
        return self.only(~np.isin(self.debit, rows) & ~np.isin(self.credit, rows))


class SharedNames:
    """What tells that two rows have the same other side."""

    def __init__(self, columns: Columns, parties: Parties, knowledge: Knowledge) -> None:
        self._columns, self._parties, self._knowledge = columns, parties, knowledge

    @cached_property
    def names(self) -> list[_Ints]:
        """Numbers of mandate, creditor, account, known payee and printed name, told apart by subject.

        -1 where a row does not say.
        """
        columns, parties = self._columns, self._parties
        who, _ = columns.coded("subject")
        named = np.array([bool(name) for name in parties.shown])[parties.name]
        payee = (parties.entry >= 0) & self._knowledge.tables.is_payee[parties.entry]
        told = [
            np.where(columns.blank(name), -1, columns.coded(name)[0])
            for name in ("mandate_id", "creditor_id", "counterparty_iban")
        ]
        told += [np.where(payee, parties.entry, -1), np.where(named, parties.name, -1)]
        return [_within(who.astype(np.int64), code.astype(np.int64)) for code in told]


def _within(who: _Ints, code: _Ints) -> _Ints:
    """Tell codes of different subjects apart."""
    return np.where(code < 0, -1, who * (int(code.max(initial=0)) + 1) + code)


def possible_pairs(debits: _Ints, credits_: _Ints, names: Sequence[_Ints]) -> Possible:
    """Return every debit and credit that share a name."""
    many = int(credits_.max(initial=0)) + 1
    found = [_joined(debits, credits_, name) for name in names]
    pairs = np.unique(np.concatenate([debit * many + credit for debit, credit in found]))
    return Possible(pairs // many, pairs % many)


def _joined(debits: _Ints, credits_: _Ints, name: _Ints) -> Possible:
    debits, credits_ = debits[name[debits] >= 0], credits_[name[credits_] >= 0]
    debits = debits[np.isin(name[debits], name[credits_])]
    debits = debits[np.argsort(name[debits], kind="stable")]
    start = np.searchsorted(name[debits], name[credits_], side="left")
    count = np.searchsorted(name[debits], name[credits_], side="right") - start
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return Possible(debits[np.repeat(start, count) + within], np.repeat(credits_, count))


def sole_pairs(columns: Columns, possible: Possible, names: Sequence[_Ints]) -> Possible:
    """Choose the pairs of which each half has no other possibility, again until there are no more.

    Rows that differ in nothing that is looked at, such as the same coffee twice on one day, are one
    possibility: which of them is meant makes no difference.
    """
    chosen: list[Possible] = []
    while len(possible.debit):
        debit, credit = _alike(columns, possible.debit, names), _alike(columns, possible.credit, names)
        many = int(credit.max()) + 1
        pairs = np.unique(debit * many + credit)
        sole = (np.bincount(pairs // many)[debit] == 1) & (np.bincount(pairs % many)[credit] == 1)
        if not sole.any():
            break
        step = _in_order(columns, possible.only(sole), debit[sole])
        chosen.append(step)
        possible = possible.without(np.concatenate([step.debit, step.credit]))
    none = np.array([], dtype=np.int64)
    halves = zip(*chosen, strict=True) if chosen else ((none,), (none,))
    return Possible(*(np.concatenate(half) for half in halves))


def _alike(columns: Columns, rows: _Ints, names: Sequence[_Ints]) -> _Ints:
    """Number the rows; those that differ in nothing have one number."""
    account, _ = columns.coded("account")
    told = [column[rows] for column in (columns.amount, columns.day, account.astype(np.int64), *names)]
    numbers: dict[tuple[int, ...], int] = {}
    alike = zip(*(column.tolist() for column in told), strict=True)
    return np.array([numbers.setdefault(each, len(numbers)) for each in alike], dtype=np.int64)


def _in_order(columns: Columns, pairs: Possible, number: _Ints) -> Possible:
    """Pair the rows of each possibility one to one, in the order of their keys."""
    key: dict[int, str] = {}
    for rows in pairs:
        key.update(zip(rows.tolist(), columns.taken("tx", rows), strict=True))
    debits: dict[int, set[int]] = {}
    credits_: dict[int, set[int]] = {}
    for at, debit, credit in zip(number.tolist(), pairs.debit.tolist(), pairs.credit.tolist(), strict=True):
        debits.setdefault(at, set()).add(debit)
        credits_.setdefault(at, set()).add(credit)
    paired = [
        pair
        for at in debits
        for pair in zip(
            sorted(debits[at], key=key.__getitem__), sorted(credits_[at], key=key.__getitem__), strict=False
        )
    ]
    told = np.array(paired, dtype=np.int64).reshape(-1, 2)
    return Possible(told[:, 0], told[:, 1])
