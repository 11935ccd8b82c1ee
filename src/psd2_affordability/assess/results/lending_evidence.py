"""What bank data showed on the day before a credit was granted."""

from dataclasses import dataclass
from datetime import date

from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.assess.results.credit_check import Indicator
from psd2_affordability.assess.results.data_quality import DataQuality
from psd2_affordability.assess.results.flows import CreditorSeen
from psd2_affordability.assess.results.signals import Signal
from psd2_affordability.core.answer import LegalAnswer, Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.core.receipt import Receipt


@dataclass(frozen=True, slots=True)
class EventSeen:
    """One booking that shows credit, a debt, a return or a stake.

    Attributes:
        on: booking day.
        kind: returned, collector, bailiff, seizure, arrears, fine, tax_debt, lender, bnpl, overdraft or
            gambling.
        category: leaf code of the taxonomy.
        payee: who, as the knowledge or the bank names it; private persons are masked.
        amount: signed.
        tx: key of the row.
    """

    on: date
    kind: str
    category: str
    payee: str
    amount: Money
    tx: str


@dataclass(frozen=True, slots=True)
class LendingEvidence:
    """What could be seen before a credit was granted: facts with their bookings, and no judgement of them.

    Attributes:
        granted_on: the day of granting.
        seen_until: the last day looked at: the one before.
        creditor: who granted it, as the user names them; empty when not named.
        credit: what it asks a month, when the user gives it.
        facts: what was visible, in sentences.
        indicators: what a credit check would have looked at that day, each with its bookings.
        room: what was left above the legal floor in a lean, usual and good month, or Unknown.
        room_after: the same with the credit in it; None when its payment is not given.
        floor: the legal floor on that day, with its steps.
        other_credit: who was paid for a debt or a loan then.
        signals: signs of new debt that showed by then.
        events: every booking of a year that shows credit, debts, returns or stakes, oldest first.
        not_visible: what these data could not show.
        data_quality: what was visible that day.
        receipt: what this was computed with.
    """

    granted_on: date
    seen_until: date
    creditor: str
    credit: Obligation | None
    facts: tuple[Reason, ...]
    indicators: tuple[Indicator, ...]
    room: Range | Unknown
    room_after: Range | Unknown | None
    floor: LegalAnswer
    other_credit: tuple[CreditorSeen, ...]
    signals: tuple[Signal, ...]
    events: tuple[EventSeen, ...]
    not_visible: tuple[Reason, ...]
    data_quality: DataQuality
    receipt: Receipt
