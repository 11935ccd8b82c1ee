"""What comes in from a bank or a statement file: accounts, ledger rows, and what was rejected."""

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from psd2_affordability.core.money import Money


@dataclass(frozen=True, slots=True)
class BalanceRead:
    """One balance as the source states it.

    Attributes:
        type: as the standard names it, such as `closingBooked`, `openingBooked`, `interimAvailable`.
        amount: signed, in the account's currency.
        on: the day it holds for; None when the source does not say.
    """

    type: str
    amount: Money
    on: date | None


@dataclass(frozen=True, slots=True)
class AccountRead:
    """One account as the source states it.

    Attributes:
        account: the key used in the ledger column `account`.
        iban: the IBAN, or empty.
        currency: ISO 4217.
        balances: every balance that was stated in the account's currency.
        opening: booked balance before the first row, when known.
        closing: booked balance after the last row, when known.
        proven: opening plus booked rows equals closing; None when not both are known.
        why_not: what does not add up, or why that cannot be known, in one sentence; empty when proven.
        resource_id: how the bank's interface names the account, or empty for a file.
    """

    account: str = field(repr=False)
    iban: str = field(repr=False)
    currency: str
    balances: tuple[BalanceRead, ...] = ()
    opening: BalanceRead | None = None
    closing: BalanceRead | None = None
    proven: bool | None = None
    why_not: str = ""
    resource_id: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row or part that could not be taken over; nothing is dropped silently.

    Attributes:
        where: the place in the source.
        why: in one sentence.
        lost: whether something may be missing by it; not so for what is there already or is no booking.
    """

    where: str
    why: str
    lost: bool = True


@dataclass(frozen=True, slots=True)
class Received:
    """Everything one read or fetch brought in.

    Attributes:
        accounts: in the order of the source.
        transactions: a ledger frame; `subject` is empty until somebody claims it.
        rejected: what could not be taken over, and why.
    """

    accounts: tuple[AccountRead, ...]
    transactions: pd.DataFrame = field(repr=False)
    rejected: tuple[Rejected, ...] = field(default=())
