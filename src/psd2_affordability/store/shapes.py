"""What the store takes in and gives back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pandas as pd

from psd2_affordability.categorise.privacy import Mark
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.balance_proof import Unreconciled


class BalanceLike(Protocol):
    """One balance as a source states it."""

    @property
    def type(self) -> str:
        """Name of the kind of balance in the standard."""

    @property
    def amount(self) -> Money:
        """Signed amount."""

    @property
    def on(self) -> date | None:
        """Day it holds for."""


class AccountLike(Protocol):
    """One account as a source states it."""

    @property
    def account(self) -> str:
        """Key in the ledger."""

    @property
    def iban(self) -> str:
        """IBAN, or empty."""

    @property
    def currency(self) -> str:
        """ISO 4217."""

    @property
    def resource_id(self) -> str:
        """Name at the bank's interface, or empty."""

    @property
    def balances(self) -> Sequence[BalanceLike]:
        """Balances in euros."""

    @property
    def opening(self) -> BalanceLike | None:
        """Booked balance before the first row."""

    @property
    def closing(self) -> BalanceLike | None:
        """Booked balance after the last row."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping did.

    Attributes:
        accounts: how many accounts came in.
        new: booked rows that were not there before.
        same: booked rows that were.
        pending: rows in the pending layer now, for these accounts.
        changed: of the same rows, those that say something else now, came back or got another source.
        gone: booked rows that their source does not give any more.
        persons: rows whose other side was replaced by a pseudonym now; those that were kept word for word
            are not counted again.
        special: rows whose payee was replaced by a neutral name now.
        texts: rows whose description was dropped now.
    """

    accounts: int
    new: int
    same: int
    pending: int
    changed: int = 0
    gone: int = 0
    persons: int = 0
    special: int = 0
    texts: int = 0


@dataclass(frozen=True, slots=True)
class BalanceKept:
    """One balance and the day it holds for."""

    type: str
    amount: Money
    on: date


@dataclass(frozen=True, slots=True)
class AccountKept:
    """One account of a case.

    Attributes:
        account: key in the ledger.
        iban: IBAN, or empty.
        currency: ISO 4217.
        resource_id: name at the bank's interface, or empty.
        balances: newest first.
        opening: earliest known booked balance before rows; `on` is the first day of those rows.
        closing: latest known booked balance after rows; `on` is the last day of those rows.
        proven: all known balances and every kept row between agree; None when there are fewer than two.
        unreconciled: where they do not agree, and by how much.
    """

    account: str = field(repr=False)
    iban: str = field(repr=False)
    currency: str
    resource_id: str = field(repr=False)
    balances: tuple[BalanceKept, ...]
    opening: BalanceKept | None
    closing: BalanceKept | None
    proven: bool | None
    unreconciled: tuple[Unreconciled, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseData:
    """Everything the bank data of one case hold.

    Attributes:
        transactions: a ledger frame, with the column `settled` where rows were masked.
        accounts: the accounts.
        mark: makes the pseudonyms of the case.
    """

    transactions: pd.DataFrame
    accounts: tuple[AccountKept, ...]
    mark: Mark = field(repr=False)
