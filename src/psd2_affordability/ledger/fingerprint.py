"""One number for a whole set of transactions: a receipt says with it which data it saw."""

from hashlib import sha256

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
