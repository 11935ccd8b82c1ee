"""What an assessment says. Frozen values; the service turns them into JSON, text and pages."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from psd2_affordability.core.answer import Interval, LegalAnswer, Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.core.receipt import Receipt

#: What can be asked for; data quality and the receipt always come along.
PARTS = ("income", "expenses", "room", "seizure", "credit_check", "signals")


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
    """

    account: str
    first_on: date
    last_on: date
    came_in: Money
    went_out: Money
    balance: Money | Unknown
    balance_on: date | None
    proven: bool | None


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
    accounts: tuple[AccountSeen, ...]
    missing_accounts: tuple[str, ...]
    cannot_know: tuple[Reason, ...]


StreamStatus = Literal["active", "late", "ended"]


@dataclass(frozen=True, slots=True)
class StreamSeen:
    """Money that comes or goes with a rhythm.

    Attributes:
        category: leaf code of the taxonomy.
        payee: who, as the knowledge or the bank names it; private persons are masked.
        cadence: weekly, four_weekly, monthly, two_monthly, quarterly, yearly or irregular.
        monthly: usual amount, spread to a month; costs are positive here.
        last: amount of the last one.
        first_on: first seen.
        last_on: last seen.
        next_on: expected next, None when ended or irregular.
        status: active, late or ended.
        transactions: keys of its rows.
    """

    category: str
    payee: str
    cadence: str
    monthly: Money
    last: Money
    first_on: date
    last_on: date
    next_on: date | None
    status: StreamStatus
    transactions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindAmount:
    """A usual month of one category."""

    category: str
    monthly: Money


@dataclass(frozen=True, slots=True)
class Income:
    """What comes in, net, in a lean, usual and good month.

    Attributes:
        monthly: the range, allowances included, or Unknown.
        for_protection: the part that counts for the protected income (NL: art. 475c), or Unknown.
        by_kind: usual month per category.
        streams: the sources with a rhythm.
        one_off: total of recognised one-offs (holiday pay, back payment, tax refund) in the last year.
        reasons: what was noticed.
    """

    monthly: Range | Unknown
    for_protection: Range | Unknown
    by_kind: tuple[KindAmount, ...]
    streams: tuple[StreamSeen, ...]
    one_off: Money
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Expenses:
    """What goes out in a usual month; costs are positive amounts.

    Attributes:
        fixed: fixed and reserve costs, yearly and quarterly ones spread, or Unknown.
        flexible: household spending, or Unknown.
        debts: payments on credit and to creditors and collectors.
        cash: cash withdrawn.
        gambling: stakes in games of chance; payouts are not taken off.
        unexplained: outgoing money without a category.
        can_wait: the part of all of these that is not needed to live and owed to nobody, or Unknown.
        by_kind: usual month per category.
        streams: costs with a rhythm.
        reasons: what was noticed.
    """

    fixed: Money | Unknown
    flexible: Range | Unknown
    debts: Money | Unknown
    cash: Money
    gambling: Money
    unexplained: Money
    can_wait: Money | Unknown
    by_kind: tuple[KindAmount, ...]
    streams: tuple[StreamSeen, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PlanOption:
    """One way to repay.

    Attributes:
        amount: each month.
        months: how many; None when the total debt is not known.
        first_on: first payment day.
        day_of_month: the day each month, on the right side of payday.
        chance_holds: share of past months that would have carried it, 0 to 1.
    """

    amount: Money
    months: int | None
    first_on: date
    day_of_month: int
    chance_holds: Decimal


Advice = Literal["plan", "no_room", "refer_to_debt_help", "ask_first"]


@dataclass(frozen=True, slots=True)
class Room:
    """What can be repaid each month above the legal floor.

    Attributes:
        monthly: low, usual and high room, never below zero, or Unknown.
        advice: plan, no_room, refer_to_debt_help or ask_first.
        floor: the protected income with its steps.
        options: up to three ways to repay.
        questions: what to ask to be surer, in English and Dutch.
        reasons: in order of weight.
    """

    monthly: Range | Unknown
    advice: Advice
    floor: LegalAnswer
    options: tuple[PlanOption, ...]
    questions: tuple[Reason, ...]
    reasons: tuple[Reason, ...]


Level = Literal["fine", "watch", "concern", "unknown"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing a credit checker looks at.

    Attributes:
        code: stable name, such as `income_stability`.
        level: fine, watch, concern or unknown.
        value: as a person reads it (an amount, a share, a count), or Unknown.
        says: what it means, in English and Dutch, with its transactions.
    """

    code: str
    level: Level
    value: str | Unknown
    says: Reason


@dataclass(frozen=True, slots=True)
class CreditCheck:
    """Advice for a human about a new obligation; never a refusal.

    Attributes:
        outcome: within_norms or refer_to_person.
        indicators: every indicator looked at.
        reasons: the ones that weighed, heaviest first.
    """

    outcome: Literal["within_norms", "refer_to_person"]
    indicators: tuple[Indicator, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ExpectedBalance:
    """The balance to expect: low, middle and high (10, 50 and 90 in a hundred days)."""

    p10: Money
    p50: Money
    p90: Money


SeizureVerdict = Literal["no_yield", "costs_exceed", "yields", "unknown"]
CheaperRoute = Literal["", "payment_plan", "wage_seizure", "wait", "write_off"]


@dataclass(frozen=True, slots=True)
class Seizure:
    """Whether seizing the bank account would yield more than it costs.

    Attributes:
        verdict: no_yield, costs_exceed, yields, or unknown.
        protected: what the seizure must leave, with its steps.
        expected_balance: the balance to expect over the coming weeks, or Unknown.
        expected_proceeds: balance above the protected amount, lowest and highest, or Unknown.
        costs: the tariff, with its steps.
        net: proceeds less costs at the middle balance, or Unknown.
        cheaper_route: payment_plan, wage_seizure, wait or write_off; empty when it yields.
        reasons: in order of weight.
    """

    verdict: SeizureVerdict
    protected: LegalAnswer
    expected_balance: ExpectedBalance | Unknown
    expected_proceeds: Interval | Unknown
    costs: LegalAnswer
    net: Interval | Unknown
    cheaper_route: CheaperRoute
    reasons: tuple[Reason, ...]


SignalLevel = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True)
class Signal:
    """A first sign of new debt.

    Attributes:
        code: missed_income, income_replaced, returned_debit, new_lender, new_bnpl, first_collector,
            first_bailiff, skipped_fixed_cost, gambling_burst.
        level: 1 watch, 2 talk, 3 act.
        first_on: the day it showed.
        why: the sentence with its evidence.
        transactions: keys of the rows that show it.
    """

    code: str
    level: SignalLevel
    first_on: date
    why: Reason
    transactions: tuple[str, ...]


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
