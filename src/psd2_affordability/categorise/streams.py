"""Streams: rows of one subject that come back in a rhythm, such as wages, rent or a subscription."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from psd2_affordability.categorise.cadence import (
    IRREGULAR,
    Groups,
    find_cadence,
    groups_of,
    middle_of,
    quantile_of,
)
from psd2_affordability.categorise.codes import Channel
from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import Holder
from psd2_affordability.ledger.columns import Columns

#: Buying habits are no streams: of these groups only near-constant amounts are.
_HABITS = ["huishoudelijk", "overig", "intern"]
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
        by_amount: the rows are one stream because their amounts are equal too.
    """

    rows: _Ints
    groups: Groups
    cadence: npt.NDArray[np.int8]
    by_amount: bool = False


_NOTHING = Found(np.array([], dtype=np.int64), Groups.none(), np.array([], dtype=np.int8))


def find_streams(columns: Columns, decided: Decided, knowledge: Knowledge) -> list[Found]:
    """Find streams: by who is paid for what, then by equal amounts, then income of any rhythm."""
    candidate = columns.booked & (columns.amount != 0)
    candidate &= (decided.channel != Channel.ATM) & (decided.channel != Channel.RETURN)
    candidate &= decided.evidence != Evidence.NONE_NO_DETAILS
    # a habit paid by card is never owed, and most rows are just that
    habits = np.isin(np.array(knowledge.tables.groups), _HABITS)
    candidate &= (decided.channel != Channel.CARD) | ~habits[decided.category]
    key = _keys(columns, decided, knowledge)
    book = _Book(columns, decided, knowledge)
    by_payee = book.regular(np.flatnonzero(candidate), key)
    candidate[by_payee.rows] = False
    by_amount = replace(book.regular(np.flatnonzero(candidate), _both(key, book.amount)), by_amount=True)
    candidate[by_amount.rows] = False
    found = (by_payee, by_amount, book.irregular_income(np.flatnonzero(candidate), key))
    return [streams for streams in found if len(streams.rows)]


def _keys(columns: Columns, decided: Decided, knowledge: Knowledge) -> _Ints:
    """Number who is paid for what: subject, direction, category, and mandate, payee, account or name."""
    parties, tables = decided.parties, knowledge.tables
    who, _ = columns.coded("subject")
    mandate, mandates = columns.coded("mandate_id")
    iban, ibans = columns.coded("counterparty_iban")
    has_mandate = ~columns.blank("mandate_id")
    by_account = (parties.kind == Holder.PERSON) & ~columns.blank("counterparty_iban")
    is_payee = (parties.entry >= 0) & tables.is_payee[parties.entry]
    offset = np.cumsum([0, len(mandates), len(knowledge.entries), len(ibans)])
    party = np.where(
        has_mandate,
        mandate,
        np.where(
            is_payee,
            offset[1] + parties.entry,
            np.where(by_account, offset[2] + iban, offset[3] + parties.name),
        ),
    ).astype(np.int64)
    parties_most = int(offset[3]) + len(parties.shown)
    purpose = (who.astype(np.int64) * 2 + decided.incoming) * len(tables.codes) + decided.category
    return purpose * parties_most + party


def _both(key: _Ints, other: _Ints) -> _Ints:
    """Number the pairs of two keys."""
    first, _ = pd.factorize(key)
    second, values = pd.factorize(other)
    return first.astype(np.int64) * max(len(values), 1) + second


class _Book:
    """The columns that finding streams looks at."""

    def __init__(self, columns: Columns, decided: Decided, knowledge: Knowledge) -> None:
        self.day: _Ints = columns.day
        self.amount: _Ints = columns.amount
        self._decided = decided
        self._codes = knowledge.tables.codes
        self._groups = np.array(knowledge.tables.groups)
        self._private = np.array([leaf.private for leaf in knowledge.taxonomy.values()])
        self._known = (decided.parties.entry >= 0) | (decided.channel == Channel.DIRECT_DEBIT)

    def regular(self, rows: _Ints, key: _Ints) -> Found:
        """Return the groups that keep a rhythm."""
        rows, groups = self._sorted(rows, key[rows])
        if not len(rows):
            return _NOTHING
        cadence = find_cadence(self.day[rows], groups, self._known[rows[groups.start]])
        keeps = (cadence != IRREGULAR) & self._no_habit(rows, groups)
        return _chosen(rows, groups, cadence, keeps)

    def irregular_income(self, rows: _Ints, key: _Ints) -> Found:
        """Return income that comes back without a rhythm, such as turnover."""
        codes = self._decided.category[rows]
        income = (self._groups[codes] == "inkomen") & ~self._private[codes]
        rows, groups = self._sorted(rows[income], key[rows[income]])
        if not len(rows):
            return _NOTHING
        cadence = np.full(len(groups.size), IRREGULAR, dtype=np.int8)
        return _chosen(rows, groups, cadence, groups.size >= _FEWEST_IRREGULAR)

    def _sorted(self, rows: _Ints, key: _Ints) -> tuple[_Ints, Groups]:
        order = np.lexsort((self.amount[rows], self.day[rows], key))
        groups = groups_of(key[order])
        wide = np.repeat(groups.size >= 2, groups.size)
        rows, kept = rows[order][wide], groups.size[groups.size >= 2]
        return rows, Groups(np.cumsum(kept) - kept, kept)

    def _no_habit(self, rows: _Ints, groups: Groups) -> npt.NDArray[np.bool_]:
        """Tell streams from buying habits, which come back too but are not owed."""
        first = rows[groups.start]
        category, channel = self._decided.category[first], self._decided.channel[first]
        owed: npt.NDArray[np.bool_] = np.isin(channel, [Channel.DIRECT_DEBIT, Channel.STANDING_ORDER])
        owed |= self._decided.incoming[first] & ~self._private[category]
        owed |= ~np.isin(self._groups[category], _HABITS)
        size = np.abs(self.amount[rows])
        spread = quantile_of(size, groups, 9, 10) - quantile_of(size, groups, 1, 10)
        constant = spread * 10 <= middle_of(size, groups) * _TENTHS_OF_HABIT
        owed |= constant & (groups.size >= _FEWEST_IRREGULAR)
        return owed


def _chosen(
    rows: _Ints, groups: Groups, cadence: npt.NDArray[np.int8], keeps: npt.NDArray[np.bool_]
) -> Found:
    size = groups.size[keeps]
    return Found(rows[np.repeat(keeps, groups.size)], Groups(np.cumsum(size) - size, size), cadence[keeps])
