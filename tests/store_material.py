"""Invented bank data that store, interface and page tests share."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd

from psd2_affordability.connect.result import AccountRead, BalanceRead, Received
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import frame_of

NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
KEY = bytes(range(32))
ACCOUNT = "NL76SNBX0123456789"


def entry(day: date, cents: int, text: str = "boodschappen", **more: object) -> dict[str, object]:
    """One ledger row of the shared account."""
    stamp = pd.Timestamp(day)
    return {
        "account": ACCOUNT,
        "status": "booked",
        "booked_on": stamp,
        "value_on": stamp,
        "amount_ct": cents,
        "currency": "EUR",
        "counterparty_name": "Buurtwinkel",
        "counterparty_iban": "",
        "remittance": text,
        **more,
    }


def received(rows: list[dict[str, object]], *, opening: int | None = None) -> Received:
    """What a bank would give for these rows, with balances that add up when an opening is given."""
    frame = with_keys(frame_of(rows))
    booked = frame[frame["status"] == "booked"]
    days = [stamp.date() for stamp in booked["booked_on"]]
    closing = None
    start = None
    if opening is not None and days:
        start = BalanceRead("openingBooked", Money(opening), min(days))
        closing = BalanceRead("closingBooked", Money(opening + int(booked["amount_ct"].sum())), max(days))
    account = AccountRead(
        ACCOUNT,
        ACCOUNT,
        "EUR",
        balances=(closing,) if closing else (),
        opening=start,
        closing=closing,
    )
    return Received((account,), frame)


def month(first: date = date(2026, 5, 1), days: int = 20) -> list[dict[str, object]]:
    """Some days of life, with two equal coffees on each third day."""
    rows = []
    for number in range(days):
        day = first + timedelta(days=number)
        rows.append(entry(day, -1000 - number, f"kassa {number}"))
        if number % 3 == 0:
            rows += [entry(day, -325, "koffie")] * 2
    return rows
