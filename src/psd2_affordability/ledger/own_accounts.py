"""Money that moves between a person's own accounts, paired only where no other pairing is possible."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from psd2_affordability.ledger.clean import encoded
from psd2_affordability.ledger.schema import BOOKED

_DAYS_APART = 3

ALONE = "alone"  # a transfer with an own account whose other half is not in the frame
PAIRED = "paired"
AMBIGUOUS = "ambiguous"  # more than one row could be the other half: left unpaired


@dataclass(frozen=True, slots=True)
class OwnTransfers:
    """What is known of each row, in row order.

    Attributes:
        own: the other side is one of the subject's own accounts.
        state: `alone`, `paired`, `ambiguous`, or empty for a row that is no candidate.
        partner: position of the other half; -1 without one.
    """

    own: npt.NDArray[np.bool_]
    state: npt.NDArray[np.str_]
    partner: npt.NDArray[np.int64]


def find_own_transfers(frame: pd.DataFrame, own_ibans: Mapping[str, Collection[str]]) -> OwnTransfers:
    """Find transfers between own accounts of each subject: equal, opposite, at most three days apart.

    A row is a candidate when its other side is an own account, or when the bank tells
    nothing of the other side. Two rows are one transfer only if each is the other's
    sole possibility.
    """
    own = _names_own_account(frame, own_ibans)
    nameless = (frame["counterparty_iban"] == "") & (frame["counterparty_name"] == "")
    nameless &= (frame["creditor_id"] == "") & (frame["status"] == BOOKED)
    state = np.full(len(frame), "", dtype="<U9")
    state[own] = ALONE
    partner = np.full(len(frame), -1, dtype=np.int64)
    left, right = _possible(frame, np.flatnonzero(own | nameless.to_numpy()))
    if len(left):
        uses = np.bincount(np.concatenate([left, right]), minlength=len(frame))
        sole = (uses[left] == 1) & (uses[right] == 1)
        state[left[~sole]] = state[right[~sole]] = AMBIGUOUS
        left, right = left[sole], right[sole]
        state[left] = state[right] = PAIRED
        partner[left], partner[right] = right, left
    return OwnTransfers(own | (partner >= 0), state, partner)


def _names_own_account(
    frame: pd.DataFrame, own_ibans: Mapping[str, Collection[str]]
) -> npt.NDArray[np.bool_]:
    """Tell for each row whether its other side is an own account of the same subject."""
    who, subjects = encoded(frame["subject"])
    here, accounts = encoded(frame["account"])
    other, ibans = encoded(frame["counterparty_iban"])
    number = {iban: code for code, iban in enumerate(ibans) if iban}
    in_frame = np.array([number.get(account, -1) for account in accounts], dtype=np.int64)
    owned = who * np.int64(len(ibans)) + in_frame[here]
    known = [owned[in_frame[here] >= 0]]
    for code, subject in enumerate(subjects):
        told = [number[iban] for iban in own_ibans.get(subject, ()) if iban in number]
        if told:
            known.append(code * np.int64(len(ibans)) + np.array(told, dtype=np.int64))
    pairs = np.unique(np.concatenate(known))
    seen: npt.NDArray[np.bool_] = np.isin(who * np.int64(len(ibans)) + other, pairs)
    itself = (frame["counterparty_iban"] == frame["account"]).to_numpy()
    return seen & ~itself


def _possible(
    frame: pd.DataFrame, rows: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return every pair of rows (debit, credit) that could be two halves of one transfer."""
    amounts = frame["amount_ct"].to_numpy()[rows]
    rows, amounts = rows[amounts != 0], amounts[amounts != 0]
    if len(rows) < 2:
        return rows[:0], rows[:0]
    who, _ = encoded(frame["subject"].iloc[rows])
    halves = pd.DataFrame(
        {
            "at": rows,
            "who": who,
            "size": np.abs(amounts),
            "credit": amounts > 0,
            "currency": frame["currency"].to_numpy()[rows],
            "account": frame["account"].to_numpy()[rows],
            "other": frame["counterparty_iban"].to_numpy()[rows],
            "day": frame["booked_on"].to_numpy()[rows],
        }
    )
    key = ["who", "size", "currency"]
    debits, credits_ = halves[~halves["credit"]], halves[halves["credit"]]
    both = debits.merge(credits_, on=key, suffixes=("_out", "_in"))
    fits = (both["day_in"] - both["day_out"]).abs() <= pd.Timedelta(days=_DAYS_APART)
    fits &= both["account_out"] != both["account_in"]
    fits &= (both["other_out"] == both["account_in"]) | (both["other_out"] == "")
    fits &= (both["other_in"] == both["account_out"]) | (both["other_in"] == "")
    found = both[fits]
    left, right = found["at_out"].to_numpy(), found["at_in"].to_numpy()
    return left, right
