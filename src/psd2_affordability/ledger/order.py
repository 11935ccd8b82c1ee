"""Sorting rows so that the order they came in does not matter."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

#: Fewer bits of the hash than this would tie too often to be worth packing.
_LEAST_BITS = 12
#: An odd number of 64 bits without a pattern.
_MIXER = np.uint64(0x9E3779B97F4A7C15)


def key_hashes(frame: pd.DataFrame) -> Hashes:
    """Return a hash of each row's key, the same on every machine: it decides between equal rows.

    Keys of one length are hashed eight bytes at a time, all rows at once.
    """
    keys = whole(frame["tx"])
    if not len(keys):
        return np.empty(0, np.uint64)
    _, bounds, content = keys.buffers()
    ends = np.frombuffer(bounds, dtype="<i8", count=keys.offset + len(keys) + 1)[keys.offset :]
    length = int(ends[1] - ends[0])
    if content is None or (np.diff(ends) != length).any():
        hashes: Hashes = pd.util.hash_array(frame["tx"].to_numpy(dtype=object), categorize=False)
        return hashes
    letters = np.frombuffer(content, dtype=np.uint8)[ends[0] : ends[-1]].reshape(len(keys), length)
    words = np.zeros((len(keys), -(-length // 8) * 8), np.uint8)
    words[:, :length] = letters
    mixed = np.zeros(len(keys), np.uint64)
    for word in words.view("<u8").T:
        mixed = (mixed ^ word) * _MIXER
        mixed ^= mixed >> np.uint64(29)
    return mixed


def whole(values: pd.Series) -> pa.Array:
    """Return a column of text in one piece; joined frames hold it in several."""
    column = pa.array(values, type=pa.large_string())
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def order_of(*keys: Ints, tie: Hashes) -> Ints:
    """Return the positions that sort by the keys, the first one first, and then by the hash.

    The keys and the upper bits of the hash are packed in one number, which sorts ten times as fast
    as several columns; should they not fit, or not decide, the columns are sorted one by one.

    >>> order_of(np.array([2, 1, 1]), np.array([0, 5, 4]), tie=np.array([7, 8, 9], dtype=np.uint64)).tolist()
    [2, 1, 0]
    """
    if not len(tie):
        return np.empty(0, np.int64)
    packed, used = np.zeros(len(tie), np.uint64), 0
    for key in keys:
        width = int(key.max() - key.min()).bit_length()
        used += width
        packed = (packed << np.uint64(width)) | (key - key.min()).astype(np.uint64)
    left = 63 - used
    if left >= _LEAST_BITS:
        packed = (packed << np.uint64(left)) | (tie >> np.uint64(64 - left))
        order = np.argsort(packed.astype(np.int64))
        if np.diff(packed[order]).all():
            return order
    return np.lexsort((tie, *reversed(keys)))
