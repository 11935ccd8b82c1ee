"""The sandbox people as ledger rows without a bank between: for tests, benches and scoring."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import COLUMNS, frame_of
from psd2_affordability.sandbox.model import BankedAccount, BankedPerson
from psd2_affordability.sandbox.people import SandboxPerson


def ledger_of(people: Iterable[SandboxPerson]) -> pd.DataFrame:
    """Return the accounts that people share as one ledger frame, as the bank would report them.

    The subject is the person's name. Keys are the ones that the same rows get when they are
    fetched over HTTP.
    """
    return banked_ledger(person.banked for person in people)


def banked_ledger(people: Iterable[BankedPerson]) -> pd.DataFrame:
    """Return what a bank knows of several people as one ledger frame; the subject is the bank's key."""
    return with_keys(frame_of(row for person in people for row in _rows(person)))


def own_ibans(people: Iterable[SandboxPerson]) -> dict[str, tuple[str, ...]]:
    """Return the accounts that each person shares."""
    return {person.name: tuple(account.iban for account in person.banked.accounts) for person in people}


def closing_ct(account: BankedAccount) -> int:
    """Return the booked balance after the last entry."""
    return account.opening_ct + sum(entry.amount_ct for entry in account.entries if entry.status == "booked")


def _rows(person: BankedPerson) -> Iterator[dict[str, Any]]:
    for account in person.accounts:
        balance = account.opening_ct
        for entry in account.entries:
            booked = entry.status == "booked"
            balance += entry.amount_ct if booked else 0
            row: dict[str, Any] = {name: getattr(entry, name) for name in COLUMNS if hasattr(entry, name)}
            yield row | {
                "subject": person.name,
                "account": account.iban,
                "currency": account.currency,
                "bank_code": entry.bank_code.replace("-", "/"),
                "balance_after_ct": balance if booked else None,
            }
