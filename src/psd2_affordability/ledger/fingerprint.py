"""One number for a subject's transactions: a receipt says with it which data it saw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.ledger.arrays import Ints, letter_bounds, some_of
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
_NUMBERS = tuple(name for name, kind in COLUMNS.items() if kind != TEXT)
_NOTHING = pa.scalar("", pa.large_string())
#: Numbers of combinations stay below this, so that they fit in 64 bits.
_MOST = 2**62
#: So many subjects at once, so that no array over all rows is needed.
_CHUNK = 256


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


#: Bytes or numbers, and where each subject's begin and end in them.
_Cut = tuple[memoryview, Sequence[int]]
#: Rows side by side, or anywhere in the frame.
_Places = slice | Ints


class _Rows:
    """The columns that count."""

    def __init__(self, frame: pd.DataFrame, columns: Columns) -> None:
        self.columns = columns
        self.numbers = [_whole_numbers(frame[name]) for name in _NUMBERS]
        self.own = [columns.texts(name) for name in (*_OWN_TEXTS, *({SETTLED} & set(frame.columns)))]
        self.shared = [columns.texts(name) for name in _SHARED_TEXTS]

    def hashed(self, order: _Places, rows: Ints) -> Iterator[Fingerprint]:
        """Yield the fingerprints of subjects, whose rows are given in order with where each one's begin."""
        cuts: list[_Cut] = [(np.diff(rows).astype("<i8").data, range(len(rows)))]
        cuts += [(numbers[order].data, rows.tolist()) for numbers in self.numbers]
        for texts in self.own:
            cuts += _sizes_and_letters([some_of(texts, order)], rows)
        cuts += self._sharing(order, rows)
        for pieces in zip(*(_pieces(*cut) for cut in cuts), strict=True):
            digest = sha256()
            for piece in pieces:
                digest.update(piece)
            key = digest.digest()
            yield Fingerprint(sha256(key).hexdigest(), key)

    def _sharing(self, order: _Places, rows: Ints) -> Iterator[_Cut]:
        """Number the shared texts of each subject as its rows have them first; give numbers and texts."""
        number, kinds = pd.factorize(self._kinds(order, rows))
        first = np.empty(len(kinds), np.int64)
        first[number[::-1]] = np.arange(len(number) - 1, -1, -1)
        bounds = np.searchsorted(first, rows)
        number -= np.repeat(bounds[:-1], np.diff(rows))
        yield number.astype("<i4").data, rows.tolist()
        chosen = pa.array(first + order.start if isinstance(order, slice) else order[first])
        yield from _sizes_and_letters([texts.take(chosen) for texts in self.shared], bounds)

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


def _pieces(content: memoryview, bounds: Sequence[int]) -> Iterator[memoryview]:
    """Give the part of each subject."""
    return map(content.__getitem__, map(slice, bounds, bounds[1:]))


def _sizes_and_letters(texts: Sequence[pa.Array], rows: Ints) -> Iterator[_Cut]:
    """Lengths in bytes, row by row, and the letters of all texts one after another."""
    sizes = np.empty((len(texts[0]), len(texts)), "<i4")
    for at, column in enumerate(texts):
        sizes[:, at] = np.diff(letter_bounds(column))
    yield sizes.data, rows.tolist()
    [letters] = texts if len(texts) == 1 else [pc.binary_join_element_wise(*texts, _NOTHING)]
    content = letters.buffers()[2]
    yield memoryview(b"" if content is None else content), letter_bounds(letters)[rows].tolist()


def _whole_numbers(values: pd.Series) -> Ints:
    """Whole numbers; a missing one is the lowest that there is, as pandas has it for days."""
    if values.dtype == "Int64":
        return values.to_numpy(dtype="<i8", na_value=np.iinfo(np.int64).min)
    return np.ascontiguousarray(values.to_numpy()).view(np.int64).astype("<i8", copy=False)
