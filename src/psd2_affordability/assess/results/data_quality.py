"""What the data show of a life, and what they cannot show."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """One account in the data.

    Attributes:
        account: the IBAN with its middle hidden.
        first_on: first booking day seen.
        last_on: last booking day seen.
        came_in: all that was booked in, in euros.
        went_out: all that was booked out, as a positive amount.
        balance: the newest known balance, or Unknown.
        balance_on: the day of that balance.
        proven: opening balance, entries and closing balance agree; None when not both are known.
        share: the stated part of a joint account that is counted, 0 to 1; the sums here are of the
            whole account. None when it counts in full.
    """

    account: str
    first_on: date
    last_on: date
    came_in: Money
    went_out: Money
    balance: Money | Unknown
    balance_on: date | None
    proven: bool | None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DataQuality:
    """How much of a life the data show, and what they cannot show.

    Attributes:
        first_on: first booking day, None without rows.
        last_on: last booking day.
        full_months: whole calendar months that the figures rest on, twelve at most.
        transactions: booked rows used.
        pending: rows left out because they are not booked yet.
        other_currency: rows left out because they are not in euros.
        days_stale: days between the last booking and the day asked.
        unknown_share: share of the money moved that has no category, 0 to 1.
        cash_share: share of the spending that is cash, 0 to 1.
        unseen_share: how much of the life seems to take place elsewhere, 0 to 1: the larger of the part
            of the money that leaves for own accounts that are not shared, and the part that is absent of
            three costs that nearly every household has (a home, groceries, health insurance).
        accounts: the accounts seen.
        missing_accounts: own accounts that money goes to or comes from but that are not shared (masked).
        cannot_know: what these data cannot tell, each with the question to ask.
    """

    first_on: date | None
    last_on: date | None
    full_months: int
    transactions: int
    pending: int
    other_currency: int
    days_stale: int | None
    unknown_share: Decimal
    cash_share: Decimal
    unseen_share: Decimal
    accounts: tuple[AccountSeen, ...]
    missing_accounts: tuple[str, ...]
    cannot_know: tuple[Reason, ...]
