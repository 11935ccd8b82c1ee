"""Costs without a rhythm: spread over the days that are seen, or the first bills of a contract."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import Facts, share_out
from psd2_affordability.assess.kinds import BORROWED, LOANS, MONTHLY_BILLS, PUBLIC_BILLS, YEARLY_BILLS
from psd2_affordability.assess.thresholds import NORMS

#: A contract that just began: its last bill is at most so old, and two bills lie about a month apart.
_RECENT_DAYS = 62
_A_MONTH_APART = range(25, 37)
#: Two bills of a contract differ by at most a twentieth.
_ALIKE = 20
#: More payments without a rhythm than this are a habit.
_MOST_BILLS = 8
#: A payee that was silent this long before its first bill is new.
_KNOWN_DAYS = 91
#: What was lent comes at most so long before its first instalment, and is at least so many of them.
_LENT_DAYS, _FEWEST_INSTALMENTS = 100, 3


def without_rhythm(facts: Facts, categories: Iterable[str], running: Mapping[str, int]) -> dict[str, int]:
    """Return what a month of each category costs beside its rhythms, in cents.

    A bill that comes once a year and is seen once, in less than a year, is a year's. The first bills of
    a new contract count as one of each month: two alike about a month apart, or one of a kind of cost
    that every home pays monthly and that nobody else is paid for. So does the first instalment of a loan.
    A bill beside the instalments of the same payee, such as the yearly one for energy, is spread.
    """
    costs: dict[str, int] = {}
    for category in categories:
        over = category in PUBLIC_BILLS and category not in running
        total = -(facts.seen_sums if over else facts.seen_loose)[category]
        if total <= 0:
            costs[category] = 0
            continue
        monthly = 0
        bills = _few_bills(facts, category, every=over)
        still_paid = set() if over or not bills else _still_paid(facts, category)
        for payee, rows in bills.items():
            if payee in still_paid:
                continue
            counted = _as_contract(facts, category, rows, paid_otherwise=category in running)
            if counted is not None:
                monthly += counted
                total += sum([row.cents for row in rows])
        costs[category] = facts.seen.a_month(total) + monthly
    return costs


def _still_paid(facts: Facts, category: str) -> set[str]:
    """Who is paid at a rhythm that did not end."""
    return {one.payee for one in facts.rhythms if one.category == category and one.status != "ended"}


def first_bills(facts: Facts, category: str) -> dict[str, int]:
    """Return what a month of each contract that has just begun costs, in cents by payee."""
    regular = any(one.category == category for one in facts.rhythms)
    begun = {
        payee: _just_begun(facts, category, rows, paid_otherwise=regular)
        for payee, rows in _few_bills(facts, category).items()
    }
    return {payee: bill for payee, bill in begun.items() if bill}


def _few_bills(facts: Facts, category: str, *, every: bool = False) -> dict[str, list[Row]]:
    """Every row or those without a rhythm by payee, where so few may be bills; a habit has many."""
    if category in facts.kinds.reserve and category not in YEARLY_BILLS:
        return {}
    book, (start, end) = facts.book, facts.spans[category]
    start = bisect_left(book.days, facts.seen.first, start, end)
    steady = bytes(end - start) if every else book.steady[start:end]
    if steady.count(0) > _MOST_BILLS:
        return {}
    rows: dict[str, list[Row]] = {}
    for at, with_rhythm in enumerate(steady, start):
        if not with_rhythm and not book.gone[at]:
            (row,) = book.rows(at, at + 1)
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
    if category in LOANS:
        return -last.cents if _first_instalment(facts, category, last) else 0
    known = facts.first_day is not None and last.day - facts.first_day >= _KNOWN_DAYS
    return -last.cents if known and category in MONTHLY_BILLS and not paid_otherwise else 0


def _first_instalment(facts: Facts, category: str, paid: Row) -> bool:
    """Whether a payment to a lender begins a loan: the lender lent many times as much, or was never paid.

    What was paid to a lender before the data show a loan may pay off an old one at once; that is as a
    rule more of the income than any lender asks for a month.
    """
    lent = [
        row.cents
        for row in facts.of(BORROWED)
        if row.payee == paid.payee and 0 <= paid.day - row.day <= _LENT_DAYS
    ]
    if lent:
        return max(lent) >= -paid.cents * _FEWEST_INSTALMENTS
    if any(row.payee == paid.payee and row.day < paid.day for row in facts.of(category)):
        return False
    income = facts.kinds.income & facts.seen_sums.keys()
    usual = facts.seen.a_month(sum([facts.seen_sums[code] for code in income]))
    return -paid.cents <= usual * NORMS.credit_concern


def _over(facts: Facts, category: str, rows: Sequence[Row], *, paid_otherwise: bool) -> bool:
    """Whether these are the last bills of a contract that another took the place of."""
    last = rows[-1].day
    if facts.seen_to - last <= _RECENT_DAYS // 2:
        return False
    return paid_otherwise or any(row.day > last and row.payee != rows[-1].payee for row in facts.of(category))
