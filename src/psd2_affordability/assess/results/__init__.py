"""What an assessment says. Frozen values; the service turns them into JSON, text and pages."""

from psd2_affordability.assess.results.allowances import Allowance, AllowanceQuestion, AllowanceVerdict
from psd2_affordability.assess.results.assessment import PARTS, Assessment
from psd2_affordability.assess.results.counterfactuals import Turn, TurnTo
from psd2_affordability.assess.results.credit_check import CreditCheck, Indicator, Level
from psd2_affordability.assess.results.data_quality import AccountSeen, DataQuality
from psd2_affordability.assess.results.flows import (
    CreditorSeen,
    Expenses,
    Income,
    IncomeShock,
    KindAmount,
    MonthAhead,
    NotPaid,
    SetAside,
    StreamSeen,
    StreamStatus,
)
from psd2_affordability.assess.results.profile import Collectability, Profile, ProfileAction, Tone
from psd2_affordability.assess.results.room import Advice, PlanKind, PlanOption, Proposal, Room
from psd2_affordability.assess.results.seizure import (
    CheaperRoute,
    DayBalance,
    ExpectedBalance,
    Seizure,
    SeizureVerdict,
)
from psd2_affordability.assess.results.signals import Signal, SignalLevel

__all__ = [
    "PARTS",
    "AccountSeen",
    "Advice",
    "Allowance",
    "AllowanceQuestion",
    "AllowanceVerdict",
    "Assessment",
    "CheaperRoute",
    "Collectability",
    "CreditCheck",
    "CreditorSeen",
    "DataQuality",
    "DayBalance",
    "ExpectedBalance",
    "Expenses",
    "Income",
    "IncomeShock",
    "Indicator",
    "KindAmount",
    "Level",
    "MonthAhead",
    "NotPaid",
    "PlanKind",
    "PlanOption",
    "Profile",
    "ProfileAction",
    "Proposal",
    "Room",
    "Seizure",
    "SeizureVerdict",
    "SetAside",
    "Signal",
    "SignalLevel",
    "StreamSeen",
    "StreamStatus",
    "Tone",
    "Turn",
    "TurnTo",
]
