"""What comes in and goes out in a month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from psd2_affordability.core.answer import Interval, Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.core.when_read import LaidOutWhenRead

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
class MonthAhead:
    """What is expected to come in in one of the next months.

    Attributes:
        month: its first day.
        low: in a lean case.
        mid: as things go now.
        high: in a good case.
        extra: the part of `mid` that not every month brings: a second four-weekly payment, holiday
            pay, a thirteenth month.
    """

    month: date
    low: Money
    mid: Money
    high: Money
    extra: Money


@dataclass(frozen=True, slots=True)
class IncomeShock:
    """A fall of the income that lasts until now.

    Attributes:
        since: first day of the first month with less.
        before: a usual month before it.
        now: a usual month since.
        fell_by: the part of it that is gone, 0 to 1.
        transactions: the last payments of before and those since.
    """

    since: date
    before: Money
    now: Money
    fell_by: Decimal
    transactions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """What of a turnover is tax, and so was never income.

    Attributes:
        monthly: VAT and income tax a month, already taken off the income, or Unknown.
        unpaid: VAT of the quarters that have passed or run and are not paid yet: money on the account
            that is not the person's, or Unknown.
    """

    monthly: Money | Unknown
    unpaid: Money | Unknown


@dataclass(frozen=True, slots=True)
class Income(LaidOutWhenRead):
    """What comes in, net, in a lean, usual and good month.

    Attributes:
        monthly: the range, allowances included, or Unknown.
        for_protection: the part that counts for the protected income (NL: art. 475c), or Unknown.
        by_kind: usual month per category.
        streams: the sources with a rhythm.
        one_off: total of recognised one-offs (holiday pay, back payment, tax refund) in the last year.
        reasons: what was noticed.
        forecast: the next three calendar months; empty when the income is not known.
        shock: the income fell by much and has not come back; None when it did not.
        set_aside: tax in a turnover; None without turnover.
        living_money: what an administrator or budget manager pays out a month, which is not income;
            None when nobody does.
        unsplit: a usual month with joint accounts counted whole; None when no share of one is stated.
    """

    monthly: Range | Unknown
    for_protection: Range | Unknown
    by_kind: tuple[KindAmount, ...]
    streams: tuple[StreamSeen, ...]
    one_off: Money
    reasons: tuple[Reason, ...]
    forecast: tuple[MonthAhead, ...] = ()
    shock: IncomeShock | None = None
    set_aside: SetAside | None = None
    living_money: Money | None = None
    unsplit: Money | None = None


@dataclass(frozen=True, slots=True)
class CreditorSeen:
    """A party that is paid for a debt or a loan.

    Attributes:
        category: leaf code of the taxonomy.
        payee: who, as the knowledge or the bank names it; private persons are masked.
        monthly: the instalment, spread to a month, also while it is owed and not paid; nothing when it ended.
        last: amount of the last payment.
        last_on: its day.
        status: active, late (also what stopped and may still be owed) or ended; without a rhythm, active for
            half a year after a payment.
        transactions: keys of the payments of the last year.
    """

    category: str
    payee: str
    monthly: Money
    last: Money
    last_on: date
    status: StreamStatus
    transactions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotPaid:
    """Payments of a cost that is owed which were not seen: never a claim, they may have been paid otherwise.

    Attributes:
        category: leaf code of the taxonomy.
        payee: who is paid as a rule, as the knowledge or the bank names it; private persons are masked.
        payments: how many are missing.
        amount: what they add up to, lowest and highest, less what was paid beside them; from nothing on for
            a loan or an arrangement that may have been paid off.
        since: when the first of them was due.
        stopped: whether nothing was paid since; else it is paid again.
        transactions: keys of the payments around them, and of what was paid beside them.
    """

    category: str
    payee: str
    payments: int
    amount: Interval
    since: date
    stopped: bool
    transactions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expenses(LaidOutWhenRead):
    """What goes out in a usual month; costs are positive amounts.

    Attributes:
        fixed: fixed and reserve costs, yearly and quarterly ones spread, or Unknown.
        reserve: the part of `fixed` that is not due every month and must be put by, or Unknown.
        flexible: household spending, or Unknown.
        debts: payments on credit and to creditors and collectors.
        cash: cash withdrawn.
        gambling: stakes in games of chance; payouts are not taken off.
        unexplained: outgoing money without a category.
        can_wait: the part of all of these that is not needed to live and owed to nobody, or Unknown.
        essential: the rest of them, debts and stakes left out, or Unknown.
        by_kind: usual month per category.
        streams: costs with a rhythm.
        creditors: who is paid for a debt or a loan, the largest instalment first.
        reasons: what was noticed.
        unsplit: a usual month of all costs with joint accounts counted whole; None when no share of one
            is stated.
        not_paid: what was not seen being paid of costs that are owed, the largest first; a month counts
            nothing of it.
    """

    fixed: Money | Unknown
    reserve: Money | Unknown
    flexible: Range | Unknown
    debts: Money | Unknown
    cash: Money
    gambling: Money
    unexplained: Money
    can_wait: Money | Unknown
    essential: Money | Unknown
    by_kind: tuple[KindAmount, ...]
    streams: tuple[StreamSeen, ...]
    creditors: tuple[CreditorSeen, ...]
    reasons: tuple[Reason, ...]
    unsplit: Money | None = None
    not_paid: tuple[NotPaid, ...] = ()
