"""Returned direct debits, each beside the debit that it takes back."""

from collections import defaultdict

import numpy as np
import numpy.typing as npt
import pandas as pd

from psd2_affordability.categorise.parties import Parties
from psd2_affordability.ledger.clean import encoded

_DAYS_BACK = 56


def pair_returns(
    frame: pd.DataFrame, parties: Parties, returned: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int64]:
    """Return for each row the position of its partner, or -1.

    A return takes back the latest earlier debit of the same subject and account, of the same
    amount, at most 56 days before, that shares its mandate, creditor, account or name.
    Returns are few, so each is looked up by itself.
    """
    partner = np.full(len(frame), -1, dtype=np.int64)
    rows = np.flatnonzero(returned)
    if not len(rows):
        return partner
    amount = frame["amount_ct"].to_numpy()
    sought = np.flatnonzero(np.isin(amount, -amount[rows]) & (amount < 0))
    day = frame["booked_on"].to_numpy().astype("datetime64[D]").astype(np.int64)
    who, _ = encoded(frame["subject"])
    account, _ = encoded(frame["account"])
    named = np.array([bool(name) for name in parties.shown])[parties.name]
    same = [_codes(frame[name]) for name in ("mandate_id", "creditor_id", "counterparty_iban")]
    same.append(np.where(named, parties.name, -1))
    debits: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row in sought.tolist():
        debits[int(who[row]), int(account[row]), int(amount[row])].append(row)
    tx = frame["tx"].to_numpy()
    for row in sorted(rows.tolist(), key=lambda row: (day[row], tx[row])):
        fits = [
            debit
            for debit in debits[int(who[row]), int(account[row]), -int(amount[row])]
            if partner[debit] < 0
            and 0 <= day[row] - day[debit] <= _DAYS_BACK
            and any(code[row] == code[debit] >= 0 for code in same)
        ]
        if fits:
            debit = max(fits, key=lambda debit: (day[debit], tx[debit]))
            partner[row], partner[debit] = debit, row
    return partner


def _codes(column: "pd.Series[str]") -> npt.NDArray[np.int32]:
    """Encode a column; the empty text is -1."""
    code, values = encoded(column)
    return np.where(code == values.index(""), -1, code) if "" in values else code
