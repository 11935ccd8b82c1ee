"""One number for a subject's transactions: a receipt says with it which data it saw."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from psd2_affordability.ledger.order import Hashes, key_hashes, order_of, whole
from psd2_affordability.ledger.schema import COLUMNS, SETTLED, TEXT

#: A bank may number the same entry anew at every call: its number says nothing about the entry.
_NOT_SAID = ("subject", "entry_reference")
_TEXTS = tuple(name for name, kind in COLUMNS.items() if kind == TEXT and name not in _NOT_SAID)
_NUMBERS = tuple(name for name, kind in COLUMNS.items() if kind != TEXT)


def fingerprints(frame: pd.DataFrame, hashes: Hashes | None = None) -> dict[str, str]:
    """Return the SHA-256 of each subject's rows, for receipts over many subjects at once.

    It covers every column but the bank's own number of an entry, and what was settled of masked rows: a
    key says what its row says only when we made the key ourselves. The order of the rows as given does
    not matter: they stand in the order of a hash of their keys.

    Args:
        frame: any number of subjects; every row has its key.
        hashes: what `key_hashes` gives for it, when it is at hand.
    """
    subject, names = pd.factorize(frame["subject"])
    order = order_of(subject, tie=key_hashes(frame) if hashes is None else hashes)
    rows = np.searchsorted(subject[order], np.arange(len(names) + 1))
    cuts: list[_Cut] = [(_whole_numbers(frame[name])[order].data, rows.tolist()) for name in _NUMBERS]
    for name in (*_TEXTS, *({SETTLED} & set(frame.columns))):
        cuts += _sizes_and_letters(frame[name], order, rows)
    found: dict[str, str] = {}
    for at, name in enumerate(names):
        digest = sha256()
        for content, places in cuts:
            digest.update(content[places[at] : places[at + 1]])
        found[name] = digest.hexdigest()
    return found


#: Bytes or numbers, and where each subject's begin and end in them.
_Cut = tuple[memoryview, Sequence[int]]


def _sizes_and_letters(
    values: pd.Series, order: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]
) -> tuple[_Cut, _Cut]:
    """Lengths in bytes, and the bytes of all texts one after another."""
    _, bounds, content = whole(values).take(pa.array(order)).buffers()
    offsets = np.frombuffer(bounds, dtype="<i8", count=len(values) + 1)
    sizes = np.diff(offsets).astype("<i4")
    return (
        (sizes.data, rows.tolist()),
        (memoryview(b"" if content is None else content), offsets[rows].tolist()),
    )


def _whole_numbers(values: pd.Series) -> npt.NDArray[np.int64]:
    """Whole numbers; a missing one is the lowest that there is, as pandas has it for days."""
    if values.dtype == "Int64":
        return values.to_numpy(dtype="int64", na_value=np.iinfo(np.int64).min)
    return values.to_numpy().astype("<i8")
