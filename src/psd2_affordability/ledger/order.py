"""Sorting rows so that the order they came in does not matter."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.ledger.arrays import Hashes, Ints, letter_bounds
from psd2_affordability.ledger.clean import texts_of

#: An odd number of 64 bits without a pattern.
_MIXER = np.uint64(0x9E3779B97F4A7C15)


def key_hashes(frame: pd.DataFrame) -> Hashes:
    """Return a hash of each row's key, the same on every machine: it decides between equal rows.

    It depends on the key alone, never on the other rows; keys of one length are hashed all at once.
    """
    keys = texts_of(frame["tx"])
    content = keys.buffers()[2]
    if not len(keys) or content is None:
        return np.zeros(len(keys), np.uint64)
    ends = letter_bounds(keys)
    letters, sizes = np.frombuffer(content, dtype=np.uint8), np.diff(ends)
    if (sizes == sizes[0]).all():
        return _hashed(letters[ends[0] : ends[-1]].reshape(len(keys), int(sizes[0])))
    hashes = np.empty(len(keys), np.uint64)
    for size in np.unique(sizes).tolist():
        rows = np.flatnonzero(sizes == size)
        hashes[rows] = _hashed(letters[ends[rows][:, np.newaxis] + np.arange(size)])
    return hashes


def _hashed(letters: npt.NDArray[np.uint8]) -> Hashes:
    """Hash keys of one length, eight letters at a time."""
    count, size = letters.shape
    words = np.zeros((count, -(-size // 8) * 8), np.uint8)
    words[:, :size] = letters
    mixed = np.zeros(count, np.uint64)
    for word in words.view("<u8").T:
        mixed = (mixed ^ word) * _MIXER
        mixed ^= mixed >> np.uint64(29)
    return mixed


def order_of(*keys: Ints, tie: Hashes) -> Ints:
    """Return the positions that sort by the keys, the first one first, and then by the hash.

    The keys, the upper bits of the hash and the position are packed in one number, and the numbers
    sorted by themselves, ten times as fast as several columns; should they not fit, the columns are
    sorted one by one.

    >>> order_of(np.array([2, 1, 1]), np.array([0, 5, 4]), tie=np.array([7, 8, 9], dtype=np.uint64)).tolist()
    [2, 1, 0]
    """
    if not len(tie):
        return np.empty(0, np.int64)
    place = len(tie).bit_length()
    least = [int(key.min()) for key in keys]
    widths = [(int(key.max()) - low).bit_length() for key, low in zip(keys, least, strict=True)]
    left = 63 - sum(widths) - place
    if left < 1:
        return np.lexsort((tie, *reversed(keys)))
    packed = (keys[0] - least[0]).view(np.uint64)
    for key, low, width in zip(keys[1:], least[1:], widths[1:], strict=True):
        packed <<= np.uint64(width)
        packed |= (key - low).view(np.uint64)
    packed <<= np.uint64(left)
    packed |= tie >> np.uint64(64 - left)
    packed <<= np.uint64(place)
    packed |= np.arange(len(tie), dtype=np.uint64)
    packed.sort()
    order = (packed & np.uint64((1 << place) - 1)).view(np.int64)
    packed >>= np.uint64(place)
    return _undecided(order, packed, tie)


def _undecided(order: Ints, packed: Hashes, tie: Hashes) -> Ints:
    """Sort the rows whose packed numbers are alike by their whole hashes."""
    alike = packed[1:] == packed[:-1]
    if alike.any():
        at = np.flatnonzero(np.append(alike, False) | np.append(False, alike))
        order[at] = order[at][np.lexsort((tie[order[at]], packed[at]))]
    return order


def by_day_and_key(subject: npt.NDArray[np.int32], day: Ints, keys: pa.Array) -> Ints | None:
    """Return the positions that sort rows by subject, day and key; None where they stand so already."""
    rises = pc.less(keys.slice(0, max(0, len(keys) - 1)), keys.slice(1)).to_numpy(zero_copy_only=False)
    for column in (day, subject):
        rises = (rises & (column[1:] == column[:-1])) | (column[1:] > column[:-1])
    if rises.all():
        return None
    table = pa.table({"subject": subject, "day": day, "key": keys})
    columns = [(name, "ascending") for name in table.column_names]
    order: Ints = pc.sort_indices(table, columns).to_numpy().view(np.int64)
    return order


def run_starts(*columns: npt.NDArray[np.integer]) -> Ints:
    """Return where each run of equal values starts; of several columns, of values that are equal in all.

    >>> run_starts(np.array([4, 4, 7, 4])).tolist()
    [0, 2, 3]
    >>> run_starts(np.array([4, 4, 7, 7]), np.array([1, 1, 1, 2])).tolist()
    [0, 2, 3]
    """
    changes = np.ones(len(columns[0]), np.bool_)
    first, *others = columns
    np.not_equal(first[1:], first[:-1], out=changes[1:])
    for values in others:
        changes[1:] |= values[1:] != values[:-1]
    return np.flatnonzero(changes)
