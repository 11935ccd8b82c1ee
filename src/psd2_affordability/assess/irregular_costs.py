"""Costs without a rhythm: spread over the days that are seen, or the first bills of a contract."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from psd2_affordability.assess.facts import Facts, Rhythm, Row, share_out
from psd2_affordability.assess.kinds import MONTHLY_BILLS, PUBLIC_BILLS, YEARLY_BILLS

#: A contract that just began: its last bill is at most so old, and two bills lie about a month apart.
_RECENT_DAYS = 62
_A_MONTH_APART = range(25, 37)
#: Two bills of a contract differ by at most a twentieth.
_ALIKE = 20
#: More payments without a rhythm than this are a habit.
_MOST_BILLS = 8
#: A payee that was silent this long before its first bill is new.
_KNOWN_DAYS = 91


def without_rhythm(facts: Facts, categories: Iterable[str], running: Mapping[str, int]) -> dict[str, int]:
    """Return what a month of each category costs beside its rhythms, in cents.

    A bill that comes once a year and is seen once, in less than a year, is a year's. The first bills of
    a new contract count as one of each month: two alike about a month apart, or one of a kind of cost
    that every home pays monthly and that nobody else is paid for. A bill beside the instalments of the
    same payee, such as the yearly one for energy, is spread.
    """
    costs: dict[str, int] = {}
    for category in categories:
        over = category in PUBLIC_BILLS and category not in running
        total = -(facts.seen_sums if over else facts.seen_loose)[category]
        if total <= 0:
            costs[category] = 0
            continue
        its = [] if over else [one for one in facts.rhythms if one.category == category]
        monthly = 0
        still_paid = [one.payee for one in its if one.status != "ended"]
        for payee, rows in _few_bills(facts, category, its).items():
            if payee in still_paid:
                continue
            counted = _as_contract(facts, category, rows, paid_otherwise=category in running)
            if counted is not None:
                monthly += counted
                total += sum([row.cents for row in rows])
        costs[category] = facts.seen.a_month(total) + monthly
    return costs


def first_bills(facts: Facts, category: str) -> dict[str, int]:
    """Return what a month of each contract that has just begun costs, in cents by payee."""
    its = [one for one in facts.rhythms if one.category == category]
    begun = {
        payee: _just_begun(facts, category, rows, paid_otherwise=bool(its))
        for payee, rows in _few_bills(facts, category, its).items()
    }
    return {payee: bill for payee, bill in begun.items() if bill}


def _few_bills(facts: Facts, category: str, rhythms: Sequence[Rhythm]) -> dict[str, list[Row]]:
    """Rows without a rhythm by payee, where there are so few that they may be bills; a habit has many."""
    if category in facts.kinds.reserve and category not in YEARLY_BILLS:
        return {}
    start, end = facts.spans[category]
    start = bisect_left(facts.book.days, facts.seen.first, start, end)
    regular = sum([len(one.days) - bisect_left(one.days, facts.seen.first) for one in rhythms])
    if end - start - regular > _MOST_BILLS:
        return {}
    known = {tx for one in rhythms for tx in one.txs}
    since = facts.seen.first
    rows: dict[str, list[Row]] = {}
    for row in facts.of(category):
        if row.day >= since and row.tx not in known:
            rows.setdefault(row.payee, []).append(row)
    return rows


def _as_contract(facts: Facts, category: str, rows: Sequence[Row], *, paid_otherwise: bool) -> int | None:
    """What a month of a contract with these few bills costs, in cents; None when they are no contract."""
    if category in MONTHLY_BILLS and _over(facts, category, rows, paid_otherwise=paid_otherwise):
        return 0
    bill = _just_begun(facts, category, rows, paid_otherwise=paid_otherwise)
    if bill:
        return bill
    once_a_year = len(rows) == 1 and category in YEARLY_BILLS and facts.seen.months < 12
    return share_out(max(0, -rows[0].cents), 12) if once_a_year else None


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


def _over(facts: Facts, category: str, rows: Sequence[Row], *, paid_otherwise: bool) -> bool:
    """Whether these are the last bills of a contract that another took the place of."""
    last = rows[-1].day
    if facts.seen_to - last <= _RECENT_DAYS // 2:
        return False
    return paid_otherwise or any(row.day > last and row.payee != rows[-1].payee for row in facts.of(category))
