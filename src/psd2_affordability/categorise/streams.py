"""Streams: rows of one subject that come back in a rhythm, such as wages, rent or a subscription."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from psd2_affordability.categorise.cadence import (
    IRREGULAR,
    Groups,
    find_cadence,
    groups_of,
    nearly_equal,
)
from psd2_affordability.categorise.codes import Channel
from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.entries import PROCESSOR
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.handovers import join_handovers
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import Holder
from psd2_affordability.categorise.tables import one_of
from psd2_affordability.categorise.taxonomy import UNKNOWN
from psd2_affordability.ledger.columns import Columns

#: Buying habits are no streams: of these groups only near-constant amounts are.
_HABITS = ["huishoudelijk", "overig", "intern"]
_HABIT_LEAVES = ["huishouden.kleding", "huishouden.vakantie", "wonen.inrichting"]
#: Income that nobody promised: work as it comes, and gifts.
_EARNED_AS_IT_COMES = ["inkomen.zzp", "inkomen.platform", "inkomen.particulier"]
#: Widest distance between a usual low and high amount of a habit, in tenths of the median.
_TENTHS_OF_HABIT = 2
_FEWEST_IRREGULAR = 3

_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Found:
    """Streams and the rows in them.

    Attributes:
        rows: positions in the frame, sorted by group and day.
        groups: the runs of rows that are one stream.
        cadence: number of each stream's cadence.
        by_amount: whether each stream is one because its amounts are equal too.
    """

    rows: _Ints
    groups: Groups
    cadence: npt.NDArray[np.int8]
    by_amount: npt.NDArray[np.bool_]

    def without(self, left_out: npt.NDArray[np.bool_]) -> "Found":
        """Return the streams without some of their rows, given by position in `rows`."""
        if not left_out.any():
            return self
        size = self.groups.size - np.add.reduceat(left_out.astype(np.int64), self.groups.start)
        return replace(self, rows=self.rows[~left_out], groups=Groups(np.cumsum(size) - size, size))

    def among(self, count: int) -> npt.NDArray[np.bool_]:
        """Mark, of so many rows, those that are in a stream."""
        inside = np.zeros(count, dtype=np.bool_)
        inside[self.rows] = True
        return inside


def find_streams(columns: Columns, decided: Decided, knowledge: Knowledge) -> Found:
    """Find streams: by who is paid for what, then by equal amounts, then income of any rhythm."""
    candidate = columns.booked & (columns.amount != 0)
    candidate &= (decided.channel != Channel.ATM) & (decided.channel != Channel.RETURN)
    candidate &= ~one_of(decided.evidence, [Evidence.NONE_NO_DETAILS, Evidence.NONE_AMBIGUOUS])
    # a habit paid by card is never owed, and most rows are just that
    habits = _habits(knowledge)
    candidate &= (decided.channel != Channel.CARD) | ~habits[decided.category]
    purpose, named = _purposes(columns, decided, knowledge), _parties(columns, decided, knowledge)
    book = _Book(columns, decided, knowledge)
    rows = np.flatnonzero(candidate)
    key = book.joined(rows, _both(purpose, named), _both(purpose, _holders(columns, decided, knowledge)))
    by_payee = book.regular(rows, key)
    candidate[by_payee.rows] = False
    rows = np.flatnonzero(candidate)
    alike = _both(key, np.abs(book.amount))
    alike = book.joined(_repeated(rows, alike), alike, key)
    by_amount = book.regular(rows, alike)
    by_amount.by_amount[:] = True
    candidate[by_amount.rows] = False
    return _together([by_payee, by_amount, book.irregular_income(np.flatnonzero(candidate), key)])


def _habits(knowledge: Knowledge) -> npt.NDArray[np.bool_]:
    """Tell of each category whether it is a habit by its group."""
    in_group = knowledge.tables.in_group
    habits: npt.NDArray[np.bool_] = np.logical_or.reduce([in_group[group] for group in _HABITS])
    return habits


def _purposes(columns: Columns, decided: Decided, knowledge: Knowledge) -> _Ints:
    """Number what is paid: subject, direction and category."""
    who, _ = columns.coded("subject")
    side: _Ints = who.astype(np.int64) * 2 + decided.incoming
    return side * len(knowledge.tables.codes) + decided.category


def _parties(columns: Columns, decided: Decided, knowledge: Knowledge) -> _Ints:
    """Number who is paid: mandate, else known payee, else account of a person, else name."""
    parties, tables = decided.parties, knowledge.tables
    mandate, mandates = columns.coded("mandate_id")
    iban, ibans = columns.coded("counterparty_iban")
    has_mandate = ~columns.blank("mandate_id")
    by_account = (parties.kind == Holder.PERSON) & ~columns.blank("counterparty_iban")
    is_payee = (parties.entry >= 0) & tables.is_payee[parties.entry]
    offset = np.cumsum([0, len(mandates), len(knowledge.entries), len(ibans)])
    party: _Ints = np.where(
        has_mandate,
        mandate,
        np.where(
            is_payee,
            offset[1] + parties.entry,
            np.where(by_account, offset[2] + iban, offset[3] + parties.name),
        ),
    ).astype(np.int64)
    return party


def _holders(columns: Columns, decided: Decided, knowledge: Knowledge) -> _Ints:
    """Number who stays the same under another name or mandate: creditor or account, -1 for none.

    A payment processor collects for many, so its account says nothing.
    """
    parties, tables = decided.parties, knowledge.tables
    creditor, creditors = columns.coded("creditor_id")
    iban, _ = columns.coded("counterparty_iban")
    holder = np.where(columns.blank("counterparty_iban"), -1, iban.astype(np.int64) + len(creditors))
    holder = np.where(columns.blank("creditor_id"), holder, creditor)
    holder[np.array([kind == PROCESSOR for kind in tables.kinds])[parties.kind]] = -1
    return holder


def _repeated(rows: _Ints, key: _Ints) -> _Ints:
    """Return the rows whose key another row has too."""
    code, keys = pd.factorize(key[rows])
    return rows[np.bincount(code, minlength=len(keys))[code] > 1]


def _both(key: _Ints, other: _Ints) -> _Ints:
    """Number the pairs of two keys; negative where the second is."""
    wide = int(other.max(initial=0)) + 1
    first, _ = pd.factorize(key)
    return np.where(other < 0, -1, first.astype(np.int64) * wide + other)


class _Book:
    """The columns that finding streams looks at."""

    def __init__(self, columns: Columns, decided: Decided, knowledge: Knowledge) -> None:
        self.day: _Ints = columns.day
        self.amount: _Ints = columns.amount
        self._decided = decided
        number, self._habit = knowledge.tables.number, _habits(knowledge)
        self._habit[[number[code] for code in _HABIT_LEAVES]] = True
        self._income, self._private = knowledge.tables.in_group["inkomen"], knowledge.tables.private
        self._promised = self._income.copy()
        self._promised[[number[code] for code in _EARNED_AS_IT_COMES]] = False
        self._promised[number[UNKNOWN]] = True
        self._known = (decided.parties.entry >= 0) | (decided.channel == Channel.DIRECT_DEBIT)

    def joined(self, rows: _Ints, piece: _Ints, whole: _Ints) -> _Ints:
        """Join pieces of a series that goes on under another name or amount."""
        return join_handovers(self.day, self.amount, rows, piece, whole)

    def regular(self, rows: _Ints, key: _Ints) -> Found:
        """Return the groups that keep a rhythm."""
        rows, groups = self._sorted(rows, key[rows])
        if not len(rows):
            return _chosen(rows, groups, np.array([], dtype=np.int8), np.array([], dtype=np.bool_))
        first = rows[groups.start]
        owed = self._owed(first)
        cadence = find_cadence(self.day[rows], groups, self._known[first], owed)
        keeps = (cadence != IRREGULAR) & (owed | nearly_equal(self.amount[rows], groups, _TENTHS_OF_HABIT))
        return _chosen(rows, groups, cadence, keeps)

    def irregular_income(self, rows: _Ints, key: _Ints) -> Found:
        """Return income that comes back without a rhythm, such as turnover."""
        codes = self._decided.category[rows]
        income = self._income[codes] & ~self._private[codes]
        rows, groups = self._sorted(rows[income], key[rows[income]])
        cadence = np.full(len(groups.size), IRREGULAR, dtype=np.int8)
        return _chosen(rows, groups, cadence, groups.size >= _FEWEST_IRREGULAR)

    def _sorted(self, rows: _Ints, key: _Ints) -> tuple[_Ints, Groups]:
        order = np.lexsort((self.amount[rows], self.day[rows], key))
        groups = groups_of(key[order])
        wide = np.repeat(groups.size >= 2, groups.size)
        rows, kept = rows[order][wide], groups.size[groups.size >= 2]
        return rows, Groups(np.cumsum(kept) - kept, kept)

    def _owed(self, first: _Ints) -> npt.NDArray[np.bool_]:
        """Tell streams from habits and luck, which come back too but are not owed."""
        category, channel = self._decided.category[first], self._decided.channel[first]
        owed: npt.NDArray[np.bool_] = one_of(channel, [Channel.DIRECT_DEBIT, Channel.STANDING_ORDER])
        outgoing = ~self._decided.incoming[first]
        owed |= outgoing & ~self._habit[category]
        owed |= ~outgoing & self._promised[category]
        return owed


def _chosen(
    rows: _Ints, groups: Groups, cadence: npt.NDArray[np.int8], keeps: npt.NDArray[np.bool_]
) -> Found:
    size = groups.size[keeps]
    return Found(
        rows[np.repeat(keeps, groups.size)],
        Groups(np.cumsum(size) - size, size),
        cadence[keeps],
        np.zeros(len(size), dtype=np.bool_),
    )


def _together(parts: Sequence[Found]) -> Found:
    """Put streams that were found in different ways into one list."""
    size = np.concatenate([part.groups.size for part in parts])
    return Found(
        np.concatenate([part.rows for part in parts]),
        Groups(np.cumsum(size) - size, size),
        np.concatenate([part.cadence for part in parts]),
        np.concatenate([part.by_amount for part in parts]),
    )
