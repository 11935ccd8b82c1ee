"""A series of payments with a rhythm: of one person as a value, of many as arrays."""

from collections.abc import Mapping
from typing import NamedTuple

from psd2_affordability.assess.reckoning import share_out
from psd2_affordability.assess.results import StreamStatus
from psd2_affordability.ledger.arrays import Flags, Ints
from psd2_affordability.ledger.columns import Coded, Texts

#: How often each cadence comes in a year; irregular money has no rhythm.
PER_YEAR: Mapping[str, int] = {
    "weekly": 52,
    "four_weekly": 13,
    "monthly": 12,
    "two_monthly": 6,
    "quarterly": 4,
    "yearly": 1,
}


def a_month(cents: int, cadence: str) -> int:
    """Spread one payment over the months of a year: four-weekly money comes 13 times.

    >>> a_month(120_000, "four_weekly"), a_month(24_000, "yearly")
    (130000, 2000)
    """
    return share_out(cents * PER_YEAR[cadence], 12)


class Payments(NamedTuple):
    """The payments of many series, side by side, each series oldest first.

    Attributes:
        days: day numbers.
        cents: signed amounts.
        keys: of the rows.
    """

    days: Ints
    cents: Ints
    keys: Texts


class Rhythm(NamedTuple):
    """A series of payments with a rhythm, up to the day asked; returned debits are left out.

    Attributes:
        key: name of the stream.
        category: leaf code.
        payee: who, as the knowledge or the bank names it.
        cadence: one of `PER_YEAR`.
        period: usual number of days between two payments.
        payments: those of many series.
        start: where those of this one begin in them.
        end: where they end.
        first_day: day number of the first payment.
        last_day: of the last one.
        longest_gap: the most days between two payments.
        next_day: day number expected next.
        usual: usual amount in cents, spread to a month, without its sign.
        incoming: whether this is money coming in.
        grace: days after the expected day before a payment counts as late: five, or one and a half its
            spread.
        status: whether it is active, late, or ended: then a second payment is missing too.
        range_payment: a lean, usual and good payment of the last half year.
    """

    key: str
    category: str
    payee: str
    cadence: str
    period: int
    payments: Payments
    start: int
    end: int
    first_day: int
    last_day: int
    longest_gap: int
    next_day: int
    usual: int
    incoming: bool
    grace: int
    status: StreamStatus
    range_payment: tuple[int, int, int]

    @property
    def times(self) -> int:
        """How many payments there are."""
        return self.end - self.start

    @property
    def days(self) -> list[int]:
        """The day numbers of the payments, oldest first."""
        days: list[int] = self.payments.days[self.start : self.end].tolist()
        return days

    @property
    def cents(self) -> list[int]:
        """The signed amounts, oldest first."""
        cents: list[int] = self.payments.cents[self.start : self.end].tolist()
        return cents

    @property
    def txs(self) -> tuple[str, ...]:
        """The keys of the rows, oldest first."""
        return tuple(self.payments.keys.between(self.start, self.end))

    @property
    def overdue_on(self) -> int:
        """The day number on which the next payment becomes late."""
        return self.next_day + self.grace + 1

    def range_month(self) -> tuple[int, int, int]:
        """A lean, usual and good payment of the last half year, spread to a month."""
        low, _, high = self.range_payment
        if self.cadence == "monthly":
            return low, self.usual, high
        return a_month(low, self.cadence), self.usual, a_month(high, self.cadence)


class Series(NamedTuple):
    """The rhythms of many people as arrays, side by side; what is not said here is as in `Rhythm`.

    Attributes:
        days: day numbers of all payments.
        cents: signed amounts of them.
        start: where the payments of each rhythm begin.
        end: where they end.
        period: of each rhythm, as are all that follow.
        next_day: day number expected next.
        incoming: whether this is money coming in.
        missing: how many payments are missing: none of an active one, two of one that has ended.
        key: name of the stream.
        category: leaf code.
        payee: who.
        cadence: one of `PER_YEAR`.
    """

    days: Ints
    cents: Ints
    start: Ints
    end: Ints
    period: Ints
    next_day: Ints
    incoming: Flags
    missing: Ints
    key: Coded
    category: Coded
    payee: Coded
    cadence: Coded
