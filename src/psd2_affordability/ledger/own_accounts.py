"""Money that moves between a person's own accounts, paired only where no other pairing is possible."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from psd2_affordability.ledger.columns import Columns

_DAYS_APART = 3

#: No candidate; a transfer with an own account whose other half is not in the frame; a pair;
#: a row that has more than one possible other half, and so is left unpaired.
OWN_STATES = ("", "alone", "paired", "ambiguous")
NO_CANDIDATE, ALONE, PAIRED, AMBIGUOUS = range(len(OWN_STATES))


@dataclass(frozen=True, slots=True)
class OwnTransfers:
    """What is known of each row, in row order.

    Attributes:
        own: the other side is one of the subject's own accounts.
        state: number of the state in `OWN_STATES`.
        partner: position of the other half; -1 without one.
    """

    own: npt.NDArray[np.bool_]
    state: npt.NDArray[np.int8]
    partner: npt.NDArray[np.int64]


def find_own_transfers(columns: Columns, own_ibans: Mapping[str, Collection[str]]) -> OwnTransfers:
    """Find transfers between own accounts of each subject: equal, opposite, at most three days apart.

    A row is a candidate when its other side is an own account, or when the bank tells
    nothing of the other side. Two rows are one transfer only if each is the other's
    sole possibility.
    """
    own = _names_own_account(columns, own_ibans)
    nameless = columns.blank("counterparty_iban") & columns.blank("counterparty_name")
    nameless &= columns.blank("creditor_id") & columns.booked
    state = np.full(len(columns), NO_CANDIDATE, dtype=np.int8)
    state[own] = ALONE
    partner = np.full(len(columns), -1, dtype=np.int64)
    left, right = _possible(columns, np.flatnonzero(own | nameless))
    if len(left):
        uses = np.bincount(np.concatenate([left, right]), minlength=len(columns))
        sole = (uses[left] == 1) & (uses[right] == 1)
        state[left[~sole]] = state[right[~sole]] = AMBIGUOUS
        left, right = left[sole], right[sole]
        state[left] = state[right] = PAIRED
        partner[left], partner[right] = right, left
    return OwnTransfers(own | (partner >= 0), state, partner)


def name_own_accounts(columns: Columns, own_ibans: Mapping[str, Collection[str]]) -> OwnTransfers:
    """Find only the rows that name an own account themselves, whatever other rows there are."""
    own = _names_own_account(columns, own_ibans)
    state = np.where(own, ALONE, NO_CANDIDATE).astype(np.int8)
    return OwnTransfers(own, state, np.full(len(columns), -1, dtype=np.int64))


def _names_own_account(columns: Columns, own_ibans: Mapping[str, Collection[str]]) -> npt.NDArray[np.bool_]:
    """Tell for each row whether its other side is an own account of the same subject."""
    who, subjects = columns.coded("subject")
    other, ibans = columns.coded("counterparty_iban")
    number = {iban: code for code, iban in enumerate(ibans) if iban}
    here = _account_as_other_side(columns)
    many = np.int64(len(ibans))
    known = [np.unique((who * many + here)[here >= 0])]
    for code, subject in enumerate(subjects):
        told = [number[iban] for iban in own_ibans.get(subject, ()) if iban in number]
        known.append(code * many + np.array(told, dtype=np.int64))
    seen: npt.NDArray[np.bool_] = np.isin(who * many + other, np.unique(np.concatenate(known)))
    seen &= other != here
    return seen


def _account_as_other_side(columns: Columns) -> npt.NDArray[np.int64]:
    """Return the row's own account in the numbers of the other sides' accounts; -1 when none names it."""
    here, accounts = columns.coded("account")
    _, ibans = columns.coded("counterparty_iban")
    number = {iban: code for code, iban in enumerate(ibans) if iban}
    return np.array([number.get(account, -1) for account in accounts], dtype=np.int64)[here]


def _possible(
    columns: Columns, rows: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return every pair of rows (debit, credit) that could be two halves of one transfer."""
    amount = columns.amount
    who, _ = columns.coded("subject")
    currency, currencies = columns.coded("currency")
    sizes, size = np.unique(np.abs(amount[rows]), return_inverse=True)
    key = (who[rows].astype(np.int64) * len(currencies) + currency[rows]) * len(sizes) + size
    debit, credit = amount[rows] < 0, amount[rows] > 0
    order = np.argsort(key[credit], kind="stable")
    credits_, credit_keys = rows[credit][order], key[credit][order]
    start = np.searchsorted(credit_keys, key[debit], side="left")
    count = np.searchsorted(credit_keys, key[debit], side="right") - start
    left = np.repeat(rows[debit], count)
    within = np.arange(len(left)) - np.repeat(np.cumsum(count) - count, count)
    right = credits_[np.repeat(start, count) + within]
    here, _ = columns.coded("account")
    as_other = _account_as_other_side(columns)
    other, _ = columns.coded("counterparty_iban")
    unnamed = columns.blank("counterparty_iban")
    fits = np.abs(columns.day[right] - columns.day[left]) <= _DAYS_APART
    fits &= here[left] != here[right]
    fits &= unnamed[left] | (other[left] == as_other[right])
    fits &= unnamed[right] | (other[right] == as_other[left])
    return left[fits], right[fits]
