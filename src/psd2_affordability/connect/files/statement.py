"""What every format is read into: statements with entries, before they become a ledger frame."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from psd2_affordability.connect.result import BalanceRead, Rejected
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.schema import BOOKED

_EPOCH = date(1970, 1, 1).toordinal()

#: The day number of an absent day: numpy reads it as "not a time".
NO_DAY = int(np.iinfo(np.int64).min)

#: Makes a named tuple of all its fields in half the time that its constructor takes: there is one to a row.
made = tuple.__new__

#: Stands for a balance that the source does not state.
NO_BALANCE = int(np.iinfo(np.int64).min)


def day_number(day: date) -> int:
    """Count the days since 1970, the form in which a column of days is built fast.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return day.toordinal() - _EPOCH


def to_date(number: int) -> date:
    """Turn a day number back into a day.

    >>> to_date(1)
    datetime.date(1970, 1, 2)
    """
    return date.fromordinal(number + _EPOCH)


def hundredths(whole: str, part: str) -> int:
    """Turn the two sides of a decimal mark into whole cents.

    Raises:
        ValueError: not ASCII digits, too large, or finer than a cent.

    >>> hundredths("12", "5"), hundredths("8", "85000"), hundredths("203", "")
    (1250, 885, 20300)
    """
    digits = whole + part
    if not (whole and digits.isascii() and digits.isdigit()):
        raise ValueError("the amount is not a plain decimal number")
    if len(whole) > 15:
        raise ValueError("the amount is too large to be one")
    if len(part) == 2:
        return int(digits)
    if part[2:].strip("0"):
        raise ValueError(f"the amount {whole}.{part} is finer than a cent")
    return int(whole + f"{part:0<2}"[:2])


class Entry(NamedTuple):
    """One line of a statement; days are day numbers, `cents` is signed, absent text is empty.

    The balance after it and the bank's own number of it are evidence: two files may say the
    same entry with and without them.
    """

    status: str
    booked: int
    valued: int
    cents: int
    currency: str
    name: str
    iban: str
    creditor_id: str
    mandate_id: str
    remittance: str
    bank_code: str
    purpose_code: str
    return_reason: str
    balance_after: int = NO_BALANCE
    entry_reference: str = ""

    def without_evidence(self) -> "Entry":
        """The entry without what a file may or may not add to it."""
        return self._replace(balance_after=NO_BALANCE, entry_reference="")


def booked_cents(entries: Sequence[Entry], currency: str) -> int:
    """Sum the booked entries in one currency."""
    return sum([entry.cents for entry in entries if entry.status == BOOKED and entry.currency == currency])


@dataclass(slots=True)
class Statement:
    """One statement as a file has it.

    Attributes:
        file: the file it stands in.
        number: how the bank numbers it.
        account: IBAN, or the bank's own number.
        currency: of the account.
        opening: booked balance before its first entry, if stated.
        closing: booked balance after its last entry, if stated.
        balances: every balance stated in the account's currency.
        entries: in the order of the file.
        unread: how many entries were rejected.
        fault: why it cannot be right whatever its balances say; empty when nothing is wrong.
        page_of: the answer that the file is one page of; empty when it stands by itself.
    """

    file: str
    number: str = ""
    account: str = ""
    currency: str = ""
    opening: BalanceRead | None = None
    closing: BalanceRead | None = None
    balances: list[BalanceRead] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    unread: int = 0
    fault: str = ""
    page_of: str = ""

    @property
    def source(self) -> str:
        """What says every entry once: the file, or the answer that was saved as several."""
        return self.page_of or self.file

    @property
    def moved(self) -> Money:
        """Sum of the booked entries in the account's own currency."""
        return Money(booked_cents(self.entries, self.currency))


@dataclass(slots=True)
class Parsed:
    """What one file holds."""

    statements: list[Statement] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
