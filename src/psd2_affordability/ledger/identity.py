"""Our own key of a transaction: what the row says, hashed; a bank's id is evidence, never identity."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import pandas as pd

#: Columns that order rows which say the same, so that their keys do not depend on row order.
_TIEBREAK = [
    "value_on",
    "balance_after_ct",
    "mandate_id",
    "creditor_id",
    "bank_code",
    "purpose_code",
    "status",
]


def with_keys(frame: pd.DataFrame) -> pd.DataFrame:
    """Give every row without a key one that depends on what it says, not on where it stands.

    Two rows that say the same (the same coffee, twice on one day) are told apart by an
    ordinal, per subject; a row that has a key keeps it.
    """
    open_rows = np.flatnonzero((frame["tx"] == "").to_numpy())
    if not len(open_rows):
        return frame
    rows = frame.iloc[open_rows]
    says = _sayings(rows)
    twins = _ordinals(rows, says)
    keys = [
        "t" + sha256(f"{twin}\x1f{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        for twin, text in zip(twins, says, strict=True)
    ]
    tx = frame["tx"].to_numpy(dtype=object, copy=True)
    tx[open_rows] = keys
    return frame.assign(tx=pd.Series(tx, index=frame.index, dtype="str"))


def _sayings(rows: pd.DataFrame) -> list[str]:
    """Join what identifies a row; lengths stand before free text, so no text can imitate two fields."""
    days = rows["booked_on"].to_numpy().astype("datetime64[D]").astype("int64").tolist()
    return [
        f"{account}\x1f{day}\x1f{cents}\x1f{currency}\x1f{len(name)}\x1f{name}\x1f{len(iban)}\x1f{iban}\x1f{text}"
        for account, day, cents, currency, name, iban, text in zip(
            rows["account"].tolist(),
            days,
            rows["amount_ct"].tolist(),
            rows["currency"].tolist(),
            rows["counterparty_name"].tolist(),
            rows["counterparty_iban"].tolist(),
            rows["remittance"].tolist(),
            strict=True,
        )
    ]


def _ordinals(rows: pd.DataFrame, says: Sequence[str]) -> list[int]:
    """Count, among rows of one subject that say the same, which one this is."""
    ordinals = np.zeros(len(rows), dtype=np.int64)
    times = Counter(says)
    if len(times) == len(says):
        return ordinals.tolist()
    alike = np.array([at for at, text in enumerate(says) if times[text] > 1])
    codes, _ = pd.factorize(np.array([says[at] for at in alike], dtype=object))
    group = rows.iloc[alike].assign(_says=codes, _at=alike).sort_values(["subject", "_says", *_TIEBREAK])
    ordinals[group["_at"].to_numpy()] = group.groupby(["subject", "_says"]).cumcount().to_numpy()
    return ordinals.tolist()
