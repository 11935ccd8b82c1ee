"""Costs without a rhythm: spread over the days that are seen, or the first bills of a contract."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.bought_once import bought_once
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import (
    BORROWED,
    INSURANCE,
    LOANS,
    MONTHLY_BILLS,
    PUBLIC_BILLS,
    YEARLY_BILLS,
)
from psd2_affordability.assess.reckoning import day_of, share_out
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unpaid import paid_instead
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

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


class _Bill(NamedTuple):
    """One payment without a rhythm: its day and its cents, signed."""

    day: int
    cents: int


def without_rhythm(facts: Facts, categories: Iterable[str], running: Mapping[str, int]) -> dict[str, int]:
    """Return what a month of each category costs beside its rhythms, in cents.

    A bill that comes once a year and is seen once, in less than a year, is a year's. The first bills of
    a new contract count as one of each month: two alike about a month apart, or one of a kind of cost
    that every home pays monthly and that nobody else is paid for. So does the first instalment of a loan.
    A bill beside the instalments of the same payee, such as the yearly one for energy, is spread. What was
    paid in the place of a cost that stopped, and counts on, is that cost. What was bought once stands apart.
    """
    costs: dict[str, int] = {}
    once = facts.once(bought_once)
    for category in categories:
        over = category in PUBLIC_BILLS and category not in running
        total = -(facts.seen_sums if over else facts.seen_loose)[category]
        instead = paid_instead(facts, category) if total > 0 and category in running else ()
        total += sum([row.cents for row in instead])
        apart = once.rows.get(category, ())
        if apart:
            total -= once.cents(category, facts.seen.first)
        if total <= 0:
            costs[category] = 0
            continue
        monthly = 0
        bills = _few_bills(facts, category, every=over)
        still_paid = set() if over or not bills else _still_paid(facts, category)
        still_paid.update([row.payee for row in (*instead, *apart)])
        for payee, its in bills.items():
            if payee in still_paid:
                continue
            counted = _as_contract(facts, category, payee, its, paid_otherwise=category in running)
            if counted is not None:
                monthly += counted
                total += sum([bill.cents for bill in its])
        costs[category] = facts.seen.a_month(total) + monthly
    return costs


def no_premiums(facts: Facts) -> tuple[Row, ...]:
    """Return what was paid to an insurer once and is far above a premium, as for a funeral; for `Facts.once`.

    It is not spread over the months, and is asked about.
    """
    if facts.last_year.get(INSURANCE, 0) > -NORMS.yearly_premium_ct:
        return ()
    found = [
        payee
        for payee, bills in _few_bills(facts, INSURANCE).items()
        if len(bills) == 1 and -bills[0].cents >= NORMS.yearly_premium_ct
    ]
    since = facts.seen.first
    return tuple(row for row in facts.of(INSURANCE) if row.payee in found and row.day >= since)


def say_no_premiums(facts: Facts) -> Iterator[Reason]:
    """Ask about each of them by its day."""
    for row in facts.once(no_premiums):
        yield reason(
            "expenses.no_premium",
            "{amount} was paid to {payee} on {day}: too much for a premium, so it is not counted in a usual "
            "month. Ask what it was, and whether it comes again.",
            "Op {day} is {amount} betaald aan {payee}. Dat is te veel voor een premie. Daarom telt het niet "
            "mee in een gewone maand. Vraag wat het was en of het vaker komt.",
            amount=Money(-row.cents),
            payee=row.payee,
            day=day_of(row.day),
            transactions=[row.tx],
        )


def _still_paid(facts: Facts, category: str) -> set[str]:
    """Who is paid at a rhythm that did not end."""
    return {one.payee for one in facts.rhythms if one.category == category and one.status != "ended"}


def first_bills(facts: Facts, category: str) -> dict[str, int]:
    """Return what a month of each contract that has just begun costs, in cents by payee."""
    few = _few_bills(facts, category)
    regular = bool(few) and any(one.category == category for one in facts.rhythms)
    begun = {
        payee: _just_begun(facts, category, payee, its, paid_otherwise=regular) for payee, its in few.items()
    }
    return {payee: bill for payee, bill in begun.items() if bill}


def _few_bills(facts: Facts, category: str, *, every: bool = False) -> dict[str, list[_Bill]]:
    """Every payment or those without a rhythm by payee, where so few may be bills; a habit has many."""
    if category in facts.kinds.reserve and category not in YEARLY_BILLS:
        return {}
    book, (start, end) = facts.book, facts.spans[category]
    if book.days[start] < facts.seen.first:
        start = bisect_left(book.days, facts.seen.first, start, end)
    steady = bytes(end - start) if every else book.steady[start:end]
    if steady.count(0) > _MOST_BILLS:
        return {}
    bills: dict[str, list[_Bill]] = {}
    for at, with_rhythm in enumerate(steady, start):
        if not with_rhythm and not book.gone[at]:
            bill = _Bill(book.days[at].item(), book.cents[at].item())
            bills.setdefault(book.names[book.payee[at]], []).append(bill)
    return bills


def _as_contract(
    facts: Facts, category: str, payee: str, bills: Sequence[_Bill], *, paid_otherwise: bool
) -> int | None:
    """What a month of a contract with these few bills costs, in cents; None when they are no contract."""
    last = bills[-1]
    if category in MONTHLY_BILLS and _over(facts, category, payee, last.day, paid_otherwise=paid_otherwise):
        return 0
    begun = _just_begun(facts, category, payee, bills, paid_otherwise=paid_otherwise)
    if begun:
        return begun
    if category == INSURANCE and len(bills) == 1 and -last.cents >= NORMS.yearly_premium_ct:
        return 0
    once_a_year = len(bills) == 1 and category in YEARLY_BILLS and facts.seen.months < 12
    return share_out(max(0, -last.cents), 12) if once_a_year else None


def _just_begun(
    facts: Facts, category: str, payee: str, bills: Sequence[_Bill], *, paid_otherwise: bool
) -> int:
    """The bill of a contract that began a short while ago, in cents; nothing when it is no such contract."""
    last = bills[-1]
    if len(bills) > 2 or last.cents >= 0 or facts.seen_to - last.day > _RECENT_DAYS:
        return 0
    if len(bills) == 2:
        apart, differ = last.day - bills[0].day, abs(last.cents - bills[0].cents)
        return -last.cents if apart in _A_MONTH_APART and differ * _ALIKE <= -last.cents else 0
    if category in LOANS:
        return -last.cents if _first_instalment(facts, category, payee, last) else 0
    known = facts.first_day is not None and last.day - facts.first_day >= _KNOWN_DAYS
    return -last.cents if known and category in MONTHLY_BILLS and not paid_otherwise else 0


def _first_instalment(facts: Facts, category: str, lender: str, paid: _Bill) -> bool:
    """Whether a payment to a lender begins a loan: the lender lent many times as much, or was never paid.

    What was paid to a lender before the data show a loan may pay off an old one at once; that is as a
    rule more of the income than any lender asks for a month.
    """
    lent = [
        row.cents
        for row in facts.of(BORROWED)
        if row.payee == lender and 0 <= paid.day - row.day <= _LENT_DAYS
    ]
    if lent:
        return max(lent) >= -paid.cents * _FEWEST_INSTALMENTS
    if any(row.payee == lender and row.day < paid.day for row in facts.of(category)):
        return False
    income = facts.kinds.income & facts.seen_sums.keys()
    usual = facts.seen.a_month(sum([facts.seen_sums[code] for code in income]))
    return -paid.cents <= usual * NORMS.credit_concern


def _over(facts: Facts, category: str, payee: str, last: int, *, paid_otherwise: bool) -> bool:
    """Whether a contract was paid for the last time on that day, and another took its place."""
    if facts.seen_to - last <= _RECENT_DAYS // 2:
        return False
    return paid_otherwise or any(row.day > last and row.payee != payee for row in facts.of(category))
