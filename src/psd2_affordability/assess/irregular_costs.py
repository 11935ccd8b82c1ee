"""Costs without a rhythm: spread over the days that are seen, or the first bills of a contract."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from psd2_affordability.assess.facts import Facts, Rhythm, Row, day_of, number_of, share_out
from psd2_affordability.assess.kinds import MONTHLY_BILLS, PUBLIC_BILLS, YEARLY_BILLS
from psd2_affordability.core.dates import add_months

_YEAR = 365
#: A first booking on the fourth day still means that the month is there.
_LATE_START = 3
#: A contract that just began: its last bill is at most so old, and two bills lie about a month apart.
_RECENT_DAYS = 62
_A_MONTH_APART = range(25, 37)
#: Two bills of a contract differ by at most a twentieth.
_ALIKE = 20
#: A payee that was silent this long before its first bill is new.
_KNOWN_DAYS = 91


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
    def of(cls, facts: Facts) -> "Seen":
        """The last year, or as far back as the data go."""
        return cls.back_to(facts.seen_to if facts.first_day is None else facts.first_day, facts.seen_to)

    @classmethod
    def back_to(cls, first: int, last: int) -> "Seen":
        """The months between two days, a year at most."""
        months = min(12, (last - first + 1 + _LATE_START) * 12 // _YEAR)
        start = number_of(add_months(day_of(last + 1), -months))
        if start < first - _LATE_START:
            months -= 1
            start = number_of(add_months(day_of(last + 1), -months))
        return cls(start, last, months) if months > 0 else cls(first, last, 0)

    def since(self, day: int | None) -> "Seen":
        """The part from a day on."""
        return self if day is None else Seen.back_to(max(self.first, day), self.last)

    def a_month(self, cents: int) -> int:
        """Spread what these months brought over one; less than nothing is nothing."""
        if self.months:
            return share_out(max(0, cents), self.months)
        return share_out(max(0, cents) * _YEAR, 12 * max(1, self.last - self.first + 1))


def without_rhythm(
    facts: Facts, categories: Iterable[str], seen: Seen, running: Mapping[str, int]
) -> dict[str, int]:
    """Return what a month of each category costs beside its rhythms, in cents.

    A bill that comes once a year and is seen once, in less than a year, is a year's. The first bills of
    a new contract count as one of each month: two alike about a month apart, or one of a kind of cost
    that every home pays monthly and that nobody else is paid for.
    """
    steady: dict[str, list[Rhythm]] = {}
    for one in facts.rhythms:
        steady.setdefault(one.category, []).append(one)
    costs: dict[str, int] = {}
    for category in categories:
        its = [] if category in PUBLIC_BILLS and category not in running else steady.get(category, [])
        total = -facts.total(category, seen.first)
        total += sum(
            cents for one in its for day, cents in zip(one.days, one.cents, strict=True) if day >= seen.first
        )
        if total <= 0:
            costs[category] = 0
            continue
        rows = _loose_rows(facts, category, its, seen)
        monthly = spread = 0
        for payee_rows in rows.values():
            if _over(facts, category, payee_rows, rows, paid_otherwise=category in running):
                total += sum(row.cents for row in payee_rows)
                continue
            bill = _just_begun(facts, category, payee_rows, paid_otherwise=category in running)
            monthly += bill
            if bill:
                total += sum(row.cents for row in payee_rows)
            elif _once_a_year(category, payee_rows, seen):
                spread += -payee_rows[0].cents
                total += payee_rows[0].cents
        costs[category] = seen.a_month(total) + share_out(spread, 12) + monthly
    return costs


def _loose_rows(facts: Facts, category: str, rhythms: Sequence[Rhythm], seen: Seen) -> dict[str, list[Row]]:
    regular = {tx for one in rhythms for tx in one.txs}
    rows: dict[str, list[Row]] = {}
    for row in facts.of(category):
        if row.day >= seen.first and row.tx not in regular:
            rows.setdefault(row.payee, []).append(row)
    return rows


def _just_begun(facts: Facts, category: str, rows: Sequence[Row], *, paid_otherwise: bool) -> int:
    """The bill of a contract that began a short while ago, in cents; nothing when it is no such contract."""
    last = rows[-1]
    if len(rows) > 2 or last.cents >= 0 or facts.seen_to - last.day > _RECENT_DAYS:
        return 0
    if len(rows) == 2:
        apart, differ = last.day - rows[0].day, abs(last.cents - rows[0].cents)
        return -last.cents if apart in _A_MONTH_APART and differ * _ALIKE <= -last.cents else 0
    known = facts.first_day is not None and last.day - facts.first_day >= _KNOWN_DAYS
    return -last.cents if known and category in MONTHLY_BILLS and not paid_otherwise else 0


def _over(
    facts: Facts,
    category: str,
    rows: Sequence[Row],
    others: Mapping[str, Sequence[Row]],
    *,
    paid_otherwise: bool,
) -> bool:
    """Whether these are the last bills of a contract that another took the place of."""
    last = rows[-1].day
    if category not in MONTHLY_BILLS or facts.seen_to - last <= _RECENT_DAYS // 2:
        return False
    return paid_otherwise or any(other[0].day > last for other in others.values())


def _once_a_year(category: str, rows: Sequence[Row], seen: Seen) -> bool:
    return len(rows) == 1 and rows[0].cents < 0 and category in YEARLY_BILLS and seen.months < 12
