"""The columns of the ledger frame and the check that a frame has them.

One row per transaction; a frame holds any number of subjects. Text that is absent is the
empty string, so that no column of text has two kinds of nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from psd2_affordability.core.errors import LedgerError
from psd2_affordability.ledger.masking_references import without_numbers

BOOKED = "booked"
PENDING = "pending"

TEXT = "str"
DAY = "datetime64[s]"

#: name -> pandas dtype. Amounts are signed whole cents, credit positive. Days have no time.
COLUMNS: Mapping[str, str] = {
    "subject": TEXT,  # whose life this is: a case, never a name
    "account": TEXT,  # IBAN of the account, or the bank's number where there is none
    "tx": TEXT,  # our own key of the row (ledger.identity)
    "status": TEXT,  # booked | pending
    "booked_on": DAY,
    "value_on": DAY,  # may be NaT
    "amount_ct": "int64",
    "currency": TEXT,  # ISO 4217
    "counterparty_name": TEXT,
    "counterparty_iban": TEXT,
    "creditor_id": TEXT,  # SEPA creditor identifier: present means direct debit
    "mandate_id": TEXT,
    "remittance": TEXT,
    "bank_code": TEXT,  # ISO 20022 code as DOMN/FMLY/SUBF, or the bank's own
    "purpose_code": TEXT,  # ISO 20022 external purpose, such as SALA
    "return_reason": TEXT,  # ISO 20022 reason of a returned debit, such as AM04
    "balance_after_ct": "Int64",  # may be missing
    "entry_reference": TEXT,  # the bank's own number of the entry: evidence for a merge, never identity
}

#: What rows that were masked when they were kept carry besides; absent where nothing was masked.
SETTLED = "settled"  # what was decided of the row while its words were there (categorise.settled)
TEXT_MARK = "text_mark"  # keyed hash of its description: finds the row again, and tells nothing


def frame_of(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Build a ledger frame from row mappings; absent text becomes the empty string.

    References that hold a citizen's number are masked here, before anything keeps or hashes a row.

    >>> list(frame_of([]).columns) == list(COLUMNS)
    True
    """
    table = list(rows)
    defaults: dict[str, Any] = {TEXT: "", DAY: None, "int64": 0, "Int64": None}
    columns = {
        name: pd.Series([row.get(name, defaults[dtype]) for row in table], dtype=dtype)
        for name, dtype in COLUMNS.items()
    }
    return validated(without_numbers(pd.DataFrame(columns)))


def validated(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame if it keeps the schema.

    Raises:
        LedgerError: a column is missing or has another type, a booked row has no booking
            day, a status is unknown, or two rows share a key.
    """
    for name, dtype in COLUMNS.items():
        if name not in frame.columns:
            raise LedgerError(f"the ledger lacks the column '{name}'")
        if str(frame[name].dtype) != dtype:
            raise LedgerError(f"the ledger column '{name}' is {frame[name].dtype}, not {dtype}")
    if not frame["status"].isin([BOOKED, PENDING]).all():
        raise LedgerError("a transaction is neither booked nor pending")
    if frame.loc[frame["status"] == BOOKED, "booked_on"].isna().any():
        raise LedgerError("a booked transaction has no booking day")
    keyed = frame.loc[frame["tx"] != "", ["subject", "tx"]]
    if keyed.duplicated().any():
        raise LedgerError("two transactions of one subject share a key")
    return frame
