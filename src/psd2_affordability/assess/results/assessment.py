"""All answers for one person on one day."""

from dataclasses import dataclass
from datetime import date

from psd2_affordability.assess.results.allowances import Allowance
from psd2_affordability.assess.results.credit_check import CreditCheck
from psd2_affordability.assess.results.data_quality import DataQuality
from psd2_affordability.assess.results.flows import Expenses, Income
from psd2_affordability.assess.results.profile import Profile
from psd2_affordability.assess.results.room import Room
from psd2_affordability.assess.results.seizure import Seizure
from psd2_affordability.assess.results.signals import Signal
from psd2_affordability.core.receipt import Receipt

#: What can be asked for; data quality and the receipt always come along.
PARTS = ("income", "expenses", "room", "seizure", "credit_check", "signals", "allowances", "profile")


@dataclass(frozen=True, slots=True)
class Assessment:
    """All answers for one subject on one day; a part is None when it was not asked for."""

    subject: str
    on: date
    receipt: Receipt
    data_quality: DataQuality
    income: Income | None = None
    expenses: Expenses | None = None
    room: Room | None = None
    credit_check: CreditCheck | None = None
    seizure: Seizure | None = None
    signals: tuple[Signal, ...] | None = None
    allowances: tuple[Allowance, ...] | None = None
    profile: Profile | None = None
