"""One number for a whole set of transactions: a receipt says with it which data it saw."""

from hashlib import sha256
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.ledger.schema import COLUMNS, DAY, TEXT


def fingerprint(frame: pd.DataFrame) -> str:
    """Return the SHA-256 over the ledger columns of all rows, in the order of their keys.

    The order of the rows as given does not matter; every change of a value does.
    """
    text = {
        name: pa.array(frame[name], type=pa.large_string())
        for name, dtype in COLUMNS.items()
        if dtype == TEXT
    }
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


def fingerprints(frame: pd.DataFrame) -> dict[str, str]:
    """Return the SHA-256 of each subject's rows, for receipts over many subjects at once.

    As in `fingerprint`, the order of the rows as given does not matter and every change of a value
    does; rows stand in the order of a hash of their keys, which is quicker to sort by.
    """
    subject, names = pd.factorize(frame["subject"])
    keys = pd.util.hash_array(frame["tx"].to_numpy(dtype=object), categorize=False)
    order = np.lexsort((keys, subject))
    bounds = np.searchsorted(subject[order], np.arange(len(names) + 1)).tolist()
    digests = [sha256(f"{end - start} rows".encode()) for start, end in pairwise(bounds)]
    for name, dtype in COLUMNS.items():
        sizes, content = _text(frame[name], order) if dtype == TEXT else _numbers(frame[name], order, dtype)
        places = np.concatenate(([0], np.cumsum(sizes)))[bounds].tolist()
        lengths = memoryview(sizes.astype("<i4").tobytes())
        for at, digest in enumerate(digests):
            digest.update(name.encode())
            digest.update(lengths[4 * bounds[at] : 4 * bounds[at + 1]])
            digest.update(content[places[at] : places[at + 1]])
    return {name: digest.hexdigest() for name, digest in zip(names, digests, strict=True)}


def _text(values: pd.Series, order: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], memoryview]:
    """Lengths in bytes, and the bytes one after another."""
    taken = pa.array(values, type=pa.large_binary()).take(pa.array(order))
    sizes = pc.binary_length(taken).to_numpy(zero_copy_only=False)
    content = taken.buffers()[2]
    return sizes, memoryview(b"" if content is None else content)


def _numbers(
    values: pd.Series, order: npt.NDArray[np.int64], dtype: str
) -> tuple[npt.NDArray[np.int64], memoryview]:
    """Nine bytes each: whether there is one, and which."""
    table = np.zeros(len(values), dtype=[("known", "u1"), ("number", "<i8")])
    table["known"] = values.notna().to_numpy()
    table["number"] = (
        values.to_numpy(dtype="int64", na_value=0) if dtype == "Int64" else values.to_numpy().astype("int64")
    )
    return np.full(len(values), 9, np.int64), memoryview(table[order].tobytes())
