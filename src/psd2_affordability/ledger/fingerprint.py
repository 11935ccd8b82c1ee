"""One number for a subject's transactions: a receipt says with it which data it saw."""

from hashlib import sha256

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from psd2_affordability.ledger.order import Hashes, key_hashes, order_of, whole

_TEXTS = (
    "tx",
    "status",
    "creditor_id",
    "mandate_id",
    "bank_code",
    "purpose_code",
    "return_reason",
)
_NUMBERS = ("booked_on", "value_on", "amount_ct", "balance_after_ct")


def fingerprints(frame: pd.DataFrame, hashes: Hashes | None = None) -> dict[str, str]:
    """Return the SHA-256 of each subject's rows, for receipts over many subjects at once.

    It covers the key of each row, which says the account, the amount, the day, the counterparty and
    the description, and every column that the key does not say. The order of the rows as given does
    not matter: they stand in the order of a hash of their keys.

    Args:
        frame: any number of subjects; every row has its key.
        hashes: what `key_hashes` gives for it, when it is at hand.
    """
    subject, names = pd.factorize(frame["subject"])
    order = order_of(subject, tie=key_hashes(frame) if hashes is None else hashes)
    rows = np.searchsorted(subject[order], np.arange(len(names) + 1))
    numbers = np.column_stack([_whole_numbers(frame[name])[order] for name in _NUMBERS])
    texts = [_ordered(frame[name], order) for name in _TEXTS]
    sizes = np.column_stack([np.diff(bounds) for bounds, _ in texts]).astype("<i4")
    contents = [(content, bounds[rows].tolist()) for bounds, content in texts]
    found: dict[str, str] = {}
    for at, name in enumerate(names):
        first, end = int(rows[at]), int(rows[at + 1])
        digest = sha256(numbers[first:end].data)
        digest.update(sizes[first:end].data)
        for content, places in contents:
            digest.update(content[places[at] : places[at + 1]])
        found[name] = digest.hexdigest()
    return found


def _ordered(values: pd.Series, order: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], memoryview]:
    """Where each text begins and ends, and the bytes of all texts one after another."""
    _, bounds, content = whole(values).take(pa.array(order)).buffers()
    offsets = np.frombuffer(bounds, dtype="<i8", count=len(values) + 1)
    return offsets, memoryview(b"" if content is None else content)


def _whole_numbers(values: pd.Series) -> npt.NDArray[np.int64]:
    """Whole numbers; a missing one is the lowest that there is, as pandas has it for days."""
    if values.dtype == "Int64":
        return values.to_numpy(dtype="int64", na_value=np.iinfo(np.int64).min)
    return values.to_numpy().astype("<i8")
