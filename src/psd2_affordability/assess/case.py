"""What the user knows about a case beside the transactions."""

from dataclasses import dataclass, field
from datetime import date

from psd2_affordability.assess.household import Household
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.receipt import CorrectionsUse
from psd2_affordability.ledger.balance_proof import Unreconciled


@dataclass(frozen=True, slots=True)
class KnownBalance:
    """The newest booked balance of one account.

    Attributes:
        account: the key used in the ledger column `account`.
        amount: signed; None when the source states none.
        on: the day it holds for, after that day's bookings.
        proven: opening balance, entries and closing balance agree; None when not both are known.
        currency: ISO 4217.
        unreconciled: days whose bookings do not explain the balances around them, when it is known which.
    """

    account: str
    amount: Money | None = None
    on: date | None = None
    proven: bool | None = None
    currency: str = "EUR"
    unreconciled: tuple[Unreconciled, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One subject's household, balances and debt.

    Attributes:
        household: what is known of the people.
        balances: one for each account whose balance the source states.
        total_debt: what the asking creditor wants back; None when not given.
        title_served: the bailiff has already served the title on the debtor.
        consent: reference of the consent, for the receipt.
        corrections: what people corrected, for the receipt; None when nothing.
        obligation: a new obligation that is asked about; None when none is.
        proposal: a monthly payment that somebody proposes; None when nobody does.
        protection_used: what an earlier seizure in the same calendar month has left already.
    """

    household: Household = field(default_factory=Household)
    balances: tuple[KnownBalance, ...] = ()
    total_debt: Money | None = None
    title_served: bool = False
    consent: str = ""
    corrections: CorrectionsUse | None = None
    obligation: Obligation | None = None
    proposal: Money | None = None
    protection_used: Money = ZERO


#: Of whom nothing is known beside the transactions.
NO_CASE = Case()
