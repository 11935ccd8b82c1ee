"""Returned direct debits, each beside the debit that it takes back, with the reason."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.open_days import open_days_between
from psd2_affordability.categorise.pairing import SharedNames, possible_pairs, sole_pairs
from psd2_affordability.ledger.columns import Columns

_Ints = npt.NDArray[np.int64]

#: Why a debit came back; `not_told` when the bank gives no reason.
RETURN_KINDS = ("", "lack_of_funds", "refused", "blocked", "account_closed", "deceased", "other", "not_told")
_KIND_OF = {
    "AM04": "lack_of_funds",
    "MD06": "refused",
    "MD01": "refused",
    "MS02": "refused",
    "SL01": "refused",
    "AC06": "blocked",
    "AC04": "account_closed",
    "MD07": "deceased",
}
#: A bank sends a debit back within five open days. The payer may ask it back for eight weeks,
#: and one that was never allowed for thirteen months.
_OPEN_DAYS = 5
_ASKED_BACK_DAYS = {"MD06": 56, "MD01": 397, "": 56}
_CODE_IN_TEXT = re.compile(r"\b(?:AC0[46]|AM04|MD0[167]|MS0[23]|SL01)\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class Returns:
    """What is known of returned debits, in row order.

    Attributes:
        partner: position of the other half; -1 without one.
        kind: number in `RETURN_KINDS`, of the return and of the debit it takes back.
    """

    partner: _Ints
    kind: npt.NDArray[np.int8]


def pair_returns(columns: Columns, shared: SharedNames, returned: npt.NDArray[np.bool_]) -> Returns:
    """Pair each return with the debit that it takes back, where only one can be meant.

    That is a debit of the same subject and account, of the same amount, that shares its mandate,
    creditor, account or name: within five open days, or else as long as the payer may ask it back.
    """
    count = len(columns)
    returns = Returns(np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.int8))
    rows = np.flatnonzero(returned)
    if not len(rows):
        return returns
    reasons = _reasons(columns, rows)
    returns.kind[rows] = [RETURN_KINDS.index(_kind(reason)) for reason in reasons]
    amount, day = columns.amount, columns.day
    account, _ = columns.coded("account")
    names = shared.names
    sought = np.flatnonzero(columns.booked & np.isin(amount, -amount[rows]) & (amount < 0))
    possible = possible_pairs(sought, rows, names)
    debit, credit = possible
    possible = possible.only(
        (amount[debit] == -amount[credit]) & (account[debit] == account[credit]) & (day[debit] <= day[credit])
    )
    longest = np.zeros(count, dtype=np.int64)
    longest[rows] = [_ASKED_BACK_DAYS.get(reason, 0) for reason in reasons]
    soon = open_days_between(day[possible.debit], day[possible.credit]) <= _OPEN_DAYS
    asked = day[possible.credit] - day[possible.debit] <= longest[possible.credit]
    asked &= ~np.isin(possible.credit, possible.credit[soon])
    for fits in (soon, asked):
        still_open = returns.partner[possible.debit] < 0
        debits, credits_ = sole_pairs(columns, possible.only(fits & still_open), names)
        returns.partner[debits], returns.partner[credits_] = credits_, debits
        returns.kind[debits] = returns.kind[credits_]
    return returns


def _reasons(columns: Columns, rows: _Ints) -> list[str]:
    """Return the reason of each return: as its field gives it, or as the description does."""
    given = columns.taken("return_reason", rows)
    texts = columns.taken("remittance", rows)
    return [code or _code_in(text) for code, text in zip(given, texts, strict=True)]


def _code_in(text: str) -> str:
    found = _CODE_IN_TEXT.search(text)
    return found[0] if found else ""


def _kind(reason: str) -> str:
    return _KIND_OF.get(reason, "other") if reason else "not_told"
