"""Whether the rows of an account explain its balance: opening plus booked rows is closing."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from psd2_affordability.connect.port import AccountListed
from psd2_affordability.connect.result import AccountRead, BalanceRead
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.schema import BOOKED


def account_read(
    listed: AccountListed,
    balances: Sequence[BalanceRead],
    rows: pd.DataFrame,
    closing_types: Sequence[str],
    *,
    all_arrived: bool,
) -> AccountRead:
    """Describe one account with what its balances prove.

    Args:
        listed: the account as the bank lists it.
        balances: as the bank states them.
        rows: the account's ledger rows, in the bank's order.
        closing_types: types of balance that count booked entries alone, the best first.
        all_arrived: whether every page came; a part proves nothing.
    """
    booked = _oldest_first(rows[rows["status"] == BOOKED])
    opening = _opening(booked)
    closing = _closing(booked, balances, closing_types)
    proven, why_not = _verdict(booked, opening, closing) if all_arrived else (None, "not every page arrived")
    return AccountRead(
        account=listed.key,
        iban=listed.iban,
        currency=listed.currency,
        balances=tuple(balances),
        opening=opening,
        closing=closing,
        proven=proven,
        why_not=why_not,
        resource_id=listed.resource_id,
    )


def _oldest_first(booked: pd.DataFrame) -> pd.DataFrame:
    """Turn the rows round when the bank gives the newest first; within a day its own order counts."""
    if len(booked) < 2:
        return booked
    first, last = booked["booked_on"].iloc[0], booked["booked_on"].iloc[-1]
    newest_first = first > last or (first == last and not _chained(booked))
    return booked.iloc[::-1] if newest_first else booked


def _chained(booked: pd.DataFrame) -> bool:
    """Tell whether each balance is the one before it plus the amount."""
    after = booked["balance_after_ct"]
    return bool((after.shift(1) + booked["amount_ct"]).iloc[1:].eq(after.iloc[1:]).all())


def _opening(booked: pd.DataFrame) -> BalanceRead | None:
    if booked.empty or pd.isna(booked["balance_after_ct"].iloc[0]):
        return None
    before = int(booked["balance_after_ct"].iloc[0]) - int(booked["amount_ct"].iloc[0])
    return BalanceRead("openingBooked", Money(before), _day(booked, 0))


def _closing(
    booked: pd.DataFrame, balances: Sequence[BalanceRead], closing_types: Sequence[str]
) -> BalanceRead | None:
    """Return the bank's booked balance if it is as late as the last row, else that row's own."""
    last_on = None if booked.empty else _day(booked, -1)
    for wanted in closing_types:
        for balance in balances:
            late_enough = balance.on is None or last_on is None or balance.on >= last_on
            if balance.type == wanted and late_enough:
                return balance
    if booked.empty or pd.isna(booked["balance_after_ct"].iloc[-1]):
        return None
    return BalanceRead("closingBooked", Money(int(booked["balance_after_ct"].iloc[-1])), last_on)


def _verdict(
    booked: pd.DataFrame, opening: BalanceRead | None, closing: BalanceRead | None
) -> tuple[bool | None, str]:
    if opening is None or closing is None:
        return None, ""
    reached = opening.amount + Money(int(booked["amount_ct"].sum()))
    if reached == closing.amount:
        return True, ""
    return False, f"opening {opening.amount} plus the booked rows is {reached}, not {closing.amount}"


def _day(booked: pd.DataFrame, place: int) -> date:
    moment: pd.Timestamp = booked["booked_on"].iloc[place]
    return moment.date()
