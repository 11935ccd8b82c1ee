"""Returned direct debits, each beside the debit that it takes back."""

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.parties import Parties
from psd2_affordability.ledger.columns import Columns

_DAYS_BACK = 56


def pair_returns(
    columns: Columns, parties: Parties, returned: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int64]:
    """Return for each row the position of its partner, or -1.

    A return takes back the latest earlier debit of the same subject and account, of the same
    amount, at most 56 days before, that shares its mandate, creditor, account or name.
    Returns are few, so each is looked up by itself.
    """
    partner = np.full(len(columns), -1, dtype=np.int64)
    rows = np.flatnonzero(returned)
    if not len(rows):
        return partner
    amount, day = columns.amount, columns.day
    sought = np.flatnonzero(np.isin(amount, -amount[rows]) & (amount < 0))
    who, _ = columns.coded("subject")
    account, _ = columns.coded("account")
    named = np.array([bool(name) for name in parties.shown])[parties.name]
    same = [_codes(columns, name) for name in ("mandate_id", "creditor_id", "counterparty_iban")]
    same.append(np.where(named, parties.name, -1))
    debits: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row in sought.tolist():
        debits[int(who[row]), int(account[row]), int(amount[row])].append(row)
    tx = dict(zip([*rows.tolist(), *sought.tolist()], columns.taken("tx", np.r_[rows, sought]), strict=True))
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


def _codes(columns: Columns, name: str) -> npt.NDArray[np.int32]:
    """Return the codes of a column; an absent text is -1."""
    return np.where(columns.blank(name), -1, columns.coded(name)[0])
