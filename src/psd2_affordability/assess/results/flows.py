"""What comes in and goes out in a month."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

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
