"""What was read, as JSON and as CSV: the ledger's columns, with amounts as euros in text."""

import csv
import io
from collections.abc import Iterable
from typing import Any

import pandas as pd

from psd2_affordability.connect.result import AccountRead, Received
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.schema import SETTLED

#: A spreadsheet takes a cell that begins with one of these for a formula, also when it is written wide.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def received_view(received: Received) -> dict[str, Any]:
    """Return the JSON shape of `read --json`."""
    return {
        "accounts": [_account(account) for account in received.accounts],
        "transactions": transaction_rows(received.transactions),
        "rejected": [{"where": each.where, "why": each.why} for each in received.rejected],
    }


def transaction_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one mapping for each row; a column of cents becomes one of money text, a day ISO text.

    Columns beyond those of the ledger go along as they are.
    """
    shown = {name.removesuffix("_ct"): _values(frame[name]) for name in frame.columns if name != SETTLED}
    return [dict(zip(shown, row, strict=True)) for row in zip(*shown.values(), strict=True)]


def transactions_csv(frame: pd.DataFrame) -> str:
    """Return the rows as CSV; a text that a spreadsheet would run as a formula is kept from it."""
    frame = frame.drop(columns=SETTLED, errors="ignore")
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(name.removesuffix("_ct") for name in frame.columns)
    columns = [
        [_guarded(text) for text in _values(frame[name])]
        if str(frame[name].dtype) == "str"
        else ["" if value is None else value for value in _values(frame[name])]
        for name in frame.columns
    ]
    writer.writerows(zip(*columns, strict=True))
    return written.getvalue()


def _guarded(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) else text


def _account(account: AccountRead) -> dict[str, Any]:
    return {
        "account": account.account,
        "iban": account.iban,
        "currency": account.currency,
        "balances": [
            {"type": each.type, "amount": str(each.amount), "on": each.on.isoformat() if each.on else None}
            for each in account.balances
        ],
        "opening": str(account.opening.amount) if account.opening else None,
        "closing": str(account.closing.amount) if account.closing else None,
        "proven": account.proven,
        "why_not": account.why_not,
    }


def _values(column: pd.Series) -> Iterable[Any]:
    if str(column.name).endswith("_ct"):
        return [None if pd.isna(cents) else str(Money(int(cents))) for cents in column.tolist()]
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return [None if pd.isna(day) else day.date().isoformat() for day in column]
    return column.tolist()
