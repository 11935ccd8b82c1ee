"""What one person's transactions say, as plain values that calculators read."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import compress
from operator import not_
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from psd2_affordability.assess.book import Book, Counted, Row
from psd2_affordability.assess.case import Case
from psd2_affordability.assess.kinds import Kinds
from psd2_affordability.assess.reckoning import day_of, number_of, share_out
from psd2_affordability.assess.rhythm import Rhythm, Series
from psd2_affordability.core.dates import add_months
from psd2_affordability.core.money import Money

Found = TypeVar("Found")

_YEAR = 365
#: The number of a day before any booking.
LONG_AGO = -1_000_000
#: Where the rows of a category without any stand.
_NO_ROWS = (0, 0)
_NOT_LOOKED_FOR: Any = object()
#: An account, or all of them, without bookings for two months may not be used or not be seen any more.
SILENT_DAYS = 62
#: Where there is no whole month, but four weeks, the last thirty days stand for one.
STRETCH_DAYS = 30
#: A first booking on the fourth day still means that the month is there.
_LATE_START = 3


def covered_to(last_day: int, case: Case, asked: int) -> int:
    """Return the day number up to which the data tell what happened, and what did not.

    A balance stated later than the last booking says that nothing came after it; a week without
    bookings is ordinary too. Nobody lives without bookings for longer than two months: a balance of
    after that tells that bookings are missing, and no more.
    """
    known = last_day
    for balance in case.balances:
        if balance.on is not None:
            stated = number_of(balance.on)
            if known < stated <= asked and stated - last_day <= SILENT_DAYS:
                known = stated
    return asked if asked - known <= 7 else known


@lru_cache(maxsize=16_384)
def _months_before(day: int, months: int) -> int:
    """Day number of so many months before a day; the data of many people end on the same days."""
    return number_of(add_months(day_of(day), -months))


@dataclass(frozen=True, slots=True)
class Seen:
    """Months counted back from the last day that the data tell of, so that the newest days count too.

    Attributes:
        first: day number of the first day.
        last: of the last day.
        months: how many; none when a month cannot be seen, then the days count.
    """

    first: int
    last: int
    months: int

    @classmethod
    def back_to(cls, first: int, last: int) -> "Seen":
        """The months between two days, a year at most."""
        months = min(12, (last - first + 1 + _LATE_START) * 12 // _YEAR)
        start = _months_before(last + 1, months)
        if start < first - _LATE_START:
            months -= 1
            start = _months_before(last + 1, months)
        return cls(start, last, months) if months > 0 else cls(first, last, 0)

    def since(self, day: int | None) -> "Seen":
        """The part from a day on."""
        return self if day is None else Seen.back_to(max(self.first, day), self.last)

    def a_month(self, cents: int) -> int:
        """Spread what these months brought over one; less than nothing is nothing."""
        if cents <= 0:
            return 0
        if self.months:
            return share_out(cents, self.months)
        return share_out(cents * _YEAR, 12 * max(1, self.last - self.first + 1))


class Unlikely(NamedTuple):
    """A payment of which the amount may be wrong, in cents without a sign, and what counts in its place."""

    day: int
    cents: int
    counted: int
    payee: str
    tx: str


class AccountFacts(NamedTuple):
    """One account in the data: its key, its first and last booking day, and what came in and went out."""

    account: str
    first_day: int
    last_day: int
    came_in_ct: int
    went_out_ct: int


@dataclass(slots=True, eq=False)
class Facts:
    """Everything the calculators need of one subject on one day; made by the thousand, and never changed.

    Attributes:
        subject: the case.
        on: the day asked.
        case: household, balances and debt.
        kinds: the taxonomy.
        seen_to: day number up to which a missing payment means something: stale data are no sign.
        rows: bookings used.
        given: all rows that were handed over, used or not.
        pending: rows left out because not booked.
        other_currency: rows left out because not in euros.
        first_day: first booking day number, None without rows.
        last_day: the last one.
        slots: how many months of figures there are: whole ones, or one stretch of 30 days.
        months: first day of each whole calendar month covered, newest first, twelve at most.
        by_month: net cents of each category in each of those months; one entry of 30 days when no
            whole month is covered but four weeks are.
        loose: the part of `by_month` that belongs to no rhythm.
        seen: the months counted back from the last day that the data tell of.
        seen_sums: net cents of each category over those.
        seen_loose: the part of them that belongs to no rhythm.
        last_year: net cents of each category in the last twelve months.
        moved: all euros in cents that came or went in a year, own transfers left out.
        unknown: the part of it without a category.
        spent: cents that went out, own transfers left out.
        rhythms: series of payments with a rhythm.
        guessed: names of the rhythms of which nothing else says what they are.
        series: the same as arrays, with those of other people.
        own_series: where the own ones begin in them, and where they end.
        spans: where each category's rows stand in the book.
        book: the rows of many subjects.
        returns: why each debit came back, by row key: a word of `categorise.returns.RETURN_KINDS`.
        accounts: the accounts seen.
        unseen_accounts: other own accounts that money goes to or comes from.
        wage_notes: rows of wages or benefits whose description speaks of a seizure.
        set_off: the same that say that part went to somebody else or was set off against a debt.
        allowance_set_off: the same of allowances and tax refunds.
        paid_ahead: rows of wages whose description says that they are an advance.
        unlikely: payments far larger than the others of their kind; a usual one counts in their place.
        withheld: net cents of each category over those months that are not counted, because the stated
            share of a joint account leaves them to somebody else.
        balances: total of the known balances at the end of each day, newest first, up to 91 days.
        daily: cents that moved the accounts on each day of the last year, the day asked last; one-offs,
            loans and what was undone are left out.
    """

    subject: str
    on: date
    case: Case
    kinds: Kinds
    seen_to: int
    rows: int
    given: int
    pending: int
    other_currency: int
    first_day: int | None
    last_day: int | None
    slots: int
    months: tuple[date, ...]
    by_month: Mapping[str, Sequence[int]]
    loose: Mapping[str, Sequence[int]]
    seen: Seen
    seen_sums: Mapping[str, int]
    seen_loose: Mapping[str, int]
    last_year: Mapping[str, int]
    moved: int
    unknown: int
    spent: int
    rhythms: tuple[Rhythm, ...]
    guessed: frozenset[str]
    series: Series
    own_series: tuple[int, int]
    spans: Mapping[str, tuple[int, int]]
    book: Book
    returns: Mapping[str, str]
    accounts: tuple[AccountFacts, ...]
    unseen_accounts: tuple[str, ...]
    wage_notes: tuple[str, ...]
    set_off: tuple[str, ...]
    allowance_set_off: tuple[str, ...]
    paid_ahead: tuple[str, ...]
    unlikely: tuple[Unlikely, ...]
    withheld: Mapping[str, int]
    balances: Sequence[int]
    daily: npt.NDArray[np.int64] = field(repr=False)
    _counting: dict[str, tuple[Row, ...]] = field(default_factory=dict, init=False, repr=False)
    _all: dict[str, tuple[Row, ...]] = field(default_factory=dict, init=False, repr=False)
    _once: dict[Callable[["Facts"], Any], Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, found_by: Callable[["Facts"], Found]) -> Found:
        """What a function finds in these facts; several answers ask for it and it is looked for once."""
        found: Found = self._once.get(found_by, _NOT_LOOKED_FOR)
        if found is _NOT_LOOKED_FOR:
            found = self._once[found_by] = found_by(self)
        return found

    def of(self, category: str) -> tuple[Row, ...]:
        """Rows of a category that count, oldest first; returned debits are left out."""
        rows = self._counting.get(category)
        if rows is None:
            rows = self.all_of(category)
            if rows:
                rows = self.book.kept(*self.spans[category], rows)
            self._counting[category] = rows
        return rows

    def since(self, category: str, day: int) -> tuple[Row, ...]:
        """Rows of a category that count from a day on, oldest first; the older ones are not made."""
        start, end = self.stretch(category, day)
        return self.book.kept(start, end, self.book.rows(start, end)) if start < end else ()

    def counted_since(self, category: str, day: int) -> list[Counted]:
        """What `since` returns, with day, cents and place alone."""
        return self.book.counted(*self.stretch(category, day))

    def loose_since(self, category: str, day: int) -> list[Row]:
        """Rows of a category that count and belong to no rhythm, from a day on, oldest first."""
        start, end = self.stretch(category, day)
        steady, gone = self.book.steady[start:end], self.book.gone[start:end]
        if 0 not in steady:
            return []
        marked = zip(self.book.rows(start, end), steady, gone, strict=True)
        return [row for row, with_rhythm, undone in marked if not (with_rhythm or undone)]

    def came_back(self, category: str, day: int) -> tuple[Row, ...]:
        """Rows of a category from a day on that do not count, oldest first: they were undone."""
        start, end = self.stretch(category, day)
        gone = self.book.gone[start:end]
        return tuple(compress(self.book.rows(start, end), gone)) if 1 in gone else ()

    def any_since(self, category: str, day: int) -> bool:
        """Whether a category has rows from a day on, returned or not."""
        start, end = self.stretch(category, day)
        return start < end

    def payees_since(self, category: str, day: int) -> set[str]:
        """Who is paid, or pays, in the rows of a category from a day on."""
        return set(self.book.payees(*self.stretch(category, day)))

    def stretch(self, category: str, day: int) -> tuple[int, int]:
        """Where the rows of a category from a day on stand in the book."""
        start, end = self.spans.get(category, _NO_ROWS)
        return bisect_left(self.book.days, day, start, end), end

    def described(self, category: str, day: int) -> list[tuple[Row, str]]:
        """Rows of a category that count from a day on, oldest first, each with its description."""
        start, end = self.stretch(category, day)
        each = zip(self.book.rows(start, end), self.book.said(start, end), strict=True)
        return list(compress(each, map(not_, self.book.gone[start:end])))

    def newest(self, category: str) -> int | None:
        """Day number of the newest row of a category that counts; None without one."""
        at = self.book.gone.rfind(0, *self.spans.get(category, _NO_ROWS))
        return None if at < 0 else int(self.book.days[at])

    def all_of(self, category: str) -> tuple[Row, ...]:
        """All rows of a category, returned or not, oldest first."""
        rows = self._all.get(category)
        if rows is None:
            span = self.spans.get(category)
            rows = self._all[category] = () if span is None else self.book.rows(*span)
        return rows

    def keys(self, category: str, *, since: int = LONG_AGO) -> tuple[str, ...]:
        """Keys of all rows of a category, returned or not, oldest first."""
        return tuple(self.book.txs.between(*self.stretch(category, since)))

    def total(self, category: str, since: int) -> int:
        """Net cents of the rows of a category that count, from a day on."""
        start, end = self.stretch(category, since)
        cents, gone = self.book.cents[start:end].tolist(), self.book.gone[start:end]
        return sum(compress(cents, map(not_, gone))) if 1 in gone else sum(cents)

    def usual(self, category: str) -> Money:
        """Average month of a category, as a positive amount."""
        sums = self.by_month.get(category, ())
        if not sums:
            return Money(0)
        return Money(share_out(abs(sum(sums)), len(sums)))
