"""The bookings of many subjects in one place; one becomes a row only when it is shown or looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress
from operator import not_
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from psd2_affordability.ledger.arrays import Ints
from psd2_affordability.ledger.columns import Texts


class Row(NamedTuple):
    """One booking as evidence."""

    day: int
    cents: int
    payee: str
    tx: str


class Counted(NamedTuple):
    """One booking as far as sums need it, and its place in the book."""

    day: int
    cents: int
    place: int


#: What `_make` does, without a call of Python for each of the many rows.
_as_row, _as_counted = partial(tuple.__new__, Row), partial(tuple.__new__, Counted)


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of many subjects, by subject, category and day; they become `Row`s only when asked.

    Attributes:
        days: day numbers.
        cents: signed amounts.
        payee: for each row, which of the names is its payee's.
        names: payees, as the knowledge or the bank names them.
        txs: keys.
        gone: returned debits and what they undid, a byte for each row: 1 where it is gone.
        steady: what belongs to a rhythm, the same way.
        texts: descriptions, in the order in which the rows were handed over.
        places: for each row, where its description stands there.
    """

    days: Ints
    cents: Ints
    payee: npt.NDArray[np.int32]
    names: Sequence[str]
    txs: Texts
    gone: bytes
    steady: bytes
    texts: pa.Array
    places: Ints

    def rows(self, start: int, end: int) -> tuple[Row, ...]:
        """Return a stretch of rows."""
        days, cents = self.days[start:end].tolist(), self.cents[start:end].tolist()
        columns = zip(days, cents, self.payees(start, end), self.txs.between(start, end), strict=True)
        return tuple(map(_as_row, columns))

    def counted(self, start: int, end: int) -> list[Counted]:
        """Return those of a stretch of rows that are not gone, without names and keys."""
        days, cents = self.days[start:end].tolist(), self.cents[start:end].tolist()
        rows = zip(days, cents, range(start, end), strict=True)
        gone = self.gone[start:end]
        return list(map(_as_counted, compress(rows, map(not_, gone)) if 1 in gone else rows))

    def payees(self, start: int, end: int) -> list[str]:
        """Return the payees of a stretch of rows."""
        return [self.names[code] for code in self.payee[start:end].tolist()]

    def said(self, start: int, end: int) -> list[str]:
        """Return the descriptions of a stretch of rows; few are ever looked at."""
        return [self.texts[at].as_py() for at in self.places[start:end].tolist()]

    def kept(self, start: int, end: int, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Return those rows of the stretch that are not gone."""
        gone = self.gone[start:end]
        return tuple(compress(rows, map(not_, gone))) if 1 in gone else rows
