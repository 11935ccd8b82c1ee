"""One number for a whole set of transactions: a receipt says with it which data it saw."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.ledger.order import Hashes, key_hashes, order_of, whole
from psd2_affordability.ledger.schema import COLUMNS, DAY, TEXT


def fingerprint(frame: pd.DataFrame) -> str:
    """Return the SHA-256 over the ledger columns of all rows, in the order of their keys.

    The order of the rows as given does not matter; every change of a value does.
    """
    text = {name: whole(frame[name]) for name, dtype in COLUMNS.items() if dtype == TEXT}
    order = pc.sort_indices(
        pa.table(text), sort_keys=[(name, "ascending") for name in ("subject", "tx", *text)]
    )
    at = order.to_numpy()
    digest = sha256(f"{len(frame)} rows".encode())
    for name, dtype in COLUMNS.items():
        digest.update(name.encode())
        if dtype == TEXT:
            for buffer in text[name].take(order).buffers()[1:]:
                digest.update(buffer or b"")
            continue
        values = frame[name]
        if dtype == DAY:
            numbers = values.to_numpy().astype("int64")
        elif dtype == "Int64":
            digest.update(values.isna().to_numpy()[at].tobytes())
            numbers = values.to_numpy(dtype="int64", na_value=0)
        else:
            numbers = values.to_numpy(dtype="int64")
        digest.update(numbers[at].astype("<i8").tobytes())
    return digest.hexdigest()


def fingerprints(frame: pd.DataFrame, hashes: Hashes | None = None) -> dict[str, str]:
    """Return the SHA-256 of each subject's rows, for receipts over many subjects at once.

    As in `fingerprint`, the order of the rows as given does not matter and every change of a value
    does; rows stand in the order of a hash of their keys, which is quicker to sort by.

    Args:
        frame: any number of subjects.
        hashes: what `key_hashes` gives for it, when it is at hand.
    """
    subject, names = pd.factorize(frame["subject"])
    order = order_of(subject, tie=key_hashes(frame) if hashes is None else hashes)
    rows = np.searchsorted(subject[order], np.arange(len(names) + 1)).tolist()
    columns = [
        _text(frame[name], order, rows) if dtype == TEXT else _numbers(frame[name], dtype, order, rows)
        for name, dtype in COLUMNS.items()
    ]
    found: dict[str, str] = {}
    for at, name in enumerate(names):
        digest = sha256(f"{rows[at + 1] - rows[at]} rows".encode())
        for cuts in columns:
            for content, places in cuts:
                digest.update(content[places[at] : places[at + 1]])
        found[name] = digest.hexdigest()
    return found


#: Bytes, and where each subject's begin and end in them.
_Cut = tuple[memoryview, Sequence[int]]


def _text(values: pd.Series, order: npt.NDArray[np.int64], rows: Sequence[int]) -> tuple[_Cut, _Cut]:
    """Lengths in bytes, and the bytes one after another."""
    _, bounds, content = whole(values).take(pa.array(order)).buffers()
    offsets = np.frombuffer(bounds, dtype="<i8", count=len(values) + 1)
    sizes = np.diff(offsets).astype("<i4")
    return (
        (sizes.data, rows),
        (memoryview(b"" if content is None else content), offsets[list(rows)].tolist()),
    )


def _numbers(values: pd.Series, dtype: str, order: npt.NDArray[np.int64], rows: Sequence[int]) -> tuple[_Cut]:
    """Whole numbers; a missing one is the lowest that there is, as pandas has it for days."""
    numbers = (
        values.to_numpy(dtype="int64", na_value=np.iinfo(np.int64).min)
        if dtype == "Int64"
        else values.to_numpy().astype("int64")
    )
    return ((numbers[order].astype("<i8").data, rows),)
