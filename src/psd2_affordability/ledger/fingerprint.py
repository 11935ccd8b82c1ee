"""One number for a subject's transactions: a receipt says with it which data it saw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.ledger.arrays import NONE, Ints, days_of, letter_bounds, some_of
from psd2_affordability.ledger.columns import Columns
from psd2_affordability.ledger.order import by_day_and_key
from psd2_affordability.ledger.schema import COLUMNS, SETTLED, TEXT

#: Texts that nearly every row has for itself.
_OWN_TEXTS = ("tx", "remittance")
#: A bank may number the same entry anew at every call: its number says nothing about the entry.
_NOT_SAID = ("subject", "entry_reference")
#: Texts that come back in many rows, together.
_SHARED_TEXTS = tuple(
    name for name, kind in COLUMNS.items() if kind == TEXT and name not in (*_NOT_SAID, *_OWN_TEXTS)
)
_NOTHING = pa.scalar("", pa.large_string())
#: The kinds that numbers are written in: nearly all days, sizes and combinations fit in two bytes, and nearly
#: all amounts in four.
_SHORT, _LONG, _WHOLE = "<i2", "<i4", "<i8"
#: Numbers of combinations stay below this, so that they fit in 64 bits.
_MOST = 2**62
#: So many subjects at once, so that no array over all rows is needed.
_CHUNK = 128


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What names the transactions of one subject.

    Attributes:
        sha256: for the receipt.
        key: what `sha256` is the hash of; only who has the transactions can tell it.
    """

    sha256: str
    key: bytes = field(repr=False)


def fingerprints(frame: pd.DataFrame, columns: Columns | None = None) -> dict[str, Fingerprint]:
    """Return the fingerprint of each subject's rows, for receipts over many subjects at once.

    It covers every column but the bank's own number of an entry, and what was settled of masked rows: a
    key says what its row says only when we made the key ourselves. The order of the rows as given does
    not matter: they are taken by day and key, as they come from the store. Texts that come back together (an
    account, a payee, its mandate) are hashed once for each subject, and the rows by their numbers.

    Args:
        frame: any number of subjects; every row has its key.
        columns: the columns of the frame, when they are at hand.
    """
    rows = _Rows(frame, Columns(frame) if columns is None else columns)
    code, names = rows.columns.coded("subject")
    order = by_day_and_key(code, rows.columns.day, rows.columns.texts("tx"))
    bounds = np.searchsorted(code if order is None else code[order], np.arange(len(names) + 1))
    found: dict[str, Fingerprint] = {}
    for start in range(0, len(names), _CHUNK):
        here = bounds[start : start + _CHUNK + 1]
        its = slice(int(here[0]), int(here[-1]))
        chunk = rows.hashed(its if order is None else order[its], here - here[0])
        found.update(zip(names[start : start + _CHUNK], chunk, strict=True))
    return found


#: What is hashed of each subject.
_Pieces = Iterator[memoryview]
#: Rows side by side, or anywhere in the frame.
_Places = slice | Ints
#: Numbers, where each subject's begin and end in them, and the kind that nearly all of them fit in.
_Numbers = tuple[Ints, Ints, str]


class _Rows:
    """The columns that count."""

    def __init__(self, frame: pd.DataFrame, columns: Columns) -> None:
        self.columns = columns
        balance = frame["balance_after_ct"].to_numpy(dtype="int64", na_value=NONE)
        self.days, self.cents = (
            (columns.day, days_of(frame["value_on"].to_numpy())),
            (columns.amount, balance),
        )
        self.own = [columns.texts(name) for name in (*_OWN_TEXTS, *({SETTLED} & set(frame.columns)))]
        self.shared = [columns.texts(name) for name in _SHARED_TEXTS]

    def hashed(self, order: _Places, rows: Ints) -> Iterator[Fingerprint]:
        """Yield the fingerprints of subjects, whose rows are given in order with where each one's begin."""
        number, chosen, bounds = self._sharing(order, rows)
        own = [some_of(texts, order) for texts in self.own]
        shared = [texts.take(pa.array(chosen)) for texts in self.shared]
        sizes = np.stack([_sizes(texts) for texts in shared], axis=1).reshape(-1)
        numbers: list[_Numbers] = [(sizes, bounds * len(shared), _SHORT), (number, rows, _SHORT)]
        numbers += [(days[order], rows, _SHORT) for days in self.days]
        numbers += [(cents[order], rows, _LONG) for cents in self.cents]
        numbers += [(_sizes(texts), rows, _SHORT) for texts in own]
        joined = pc.binary_join_element_wise(*shared, _NOTHING)
        letters = [_letters(joined, bounds), *(_letters(texts, rows) for texts in own)]
        for pieces in zip(*_in_few_bytes(numbers, rows, bounds), *letters, strict=True):
            digest = sha256()
            for piece in pieces:
                digest.update(piece)
            key = digest.digest()
            yield Fingerprint(sha256(key).hexdigest(), key)

    def _sharing(self, order: _Places, rows: Ints) -> tuple[Ints, Ints, Ints]:
        """Number the shared texts of each subject as its rows have them first.

        Return the number of each row, the rows of the frame that have one first, and where those of each
        subject begin.
        """
        number, kinds = pd.factorize(self._kinds(order, rows))
        first = np.empty(len(kinds), np.int64)
        first[number[::-1]] = np.arange(len(number) - 1, -1, -1)
        bounds = np.searchsorted(first, rows)
        number -= np.repeat(bounds[:-1], np.diff(rows))
        return number, first + order.start if isinstance(order, slice) else order[first], bounds

    def _kinds(self, order: _Places, rows: Ints) -> Ints:
        """Return one number for a row's subject and all of its shared texts."""
        width = len(rows) - 1
        kind = np.repeat(np.arange(width), np.diff(rows))
        for name in _SHARED_TEXTS:
            code, texts = self.columns.coded(name)
            if len(texts) == 1:
                continue
            if width * len(texts) > _MOST:
                kind, seen = pd.factorize(kind)
                width = len(seen)
            kind *= len(texts)
            kind += code[order]
            width *= len(texts)
        return kind


def _in_few_bytes(columns: Sequence[_Numbers], rows: Ints, kinds: Ints) -> Iterator[_Pieces]:
    """Yield how many rows and combinations each subject has and which columns are wide, then its columns.

    The highest bit of those that are wide tells how many columns there are, so that no other rows can give
    the same bytes.
    Numbers are written in the kind of their column; where one of a subject's own does not fit, all of that
    subject's are in eight bytes.
    """
    wide, written = np.full(len(rows) - 1, 1 << len(columns)), list[_Pieces]()
    for at, (numbers, bounds, kind) in enumerate(columns):
        few, limits = numbers.astype(kind), np.iinfo(kind)
        pieces: _Pieces = _cut(few.data, bounds)
        if len(numbers) and not limits.min <= numbers.min() <= numbers.max() <= limits.max:
            unlike = np.concatenate([[0], np.cumsum(few != numbers)])[bounds]
            too_wide = np.diff(unlike) > 0
            wide += too_wide << at
            whole = _cut(numbers.astype(_WHOLE).data, bounds)
            pieces = (
                eight if lost else own for lost, own, eight in zip(too_wide, pieces, whole, strict=True)
            )
        written.append(pieces)
    begins = np.stack([np.diff(rows), np.diff(kinds), wide], axis=1).astype(_WHOLE)
    yield _cut(begins.reshape(-1).data, np.arange(0, 3 * len(rows), 3))
    yield from written


def _cut(content: memoryview, bounds: Ints) -> _Pieces:
    """Give the part of each subject."""
    places = bounds.tolist()
    return map(content.__getitem__, map(slice, places, places[1:]))


def _letters(texts: pa.Array, bounds: Ints) -> _Pieces:
    """Give the letters of each subject's texts, one after another."""
    content = texts.buffers()[2]
    return _cut(memoryview(b"" if content is None else content), letter_bounds(texts)[bounds])


def _sizes(texts: pa.Array) -> Ints:
    """Lengths in bytes."""
    return np.diff(letter_bounds(texts))
