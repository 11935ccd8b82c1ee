"""Money that comes twice a month, such as on the 1st and the 15th: no month counts on three payments."""

from itertools import pairwise

from psd2_affordability.assess.facts import Facts

#: What comes on two days of the month lies so many days apart, as paydays move from shut days.
_APART = range(11, 21)
#: Half a year tells, and so many payments in it; one that is so late has stopped, or come otherwise.
_HALF_A_YEAR, _FEWEST, _LATE_DAYS = 183, 6, 25


def twice_a_month(facts: Facts, category: str) -> list[int] | None:
    """Return what two payments after each other brought, in cents, the newest first; None when it is not so.

    A payday that moves to the open day before falls thrice in one calendar month and once in another. What
    comes each fortnight counts as two payments a month as well, which is the careful number.
    """
    start, end = facts.spans[category]
    steady = facts.book.steady[start:end]
    since = facts.seen_to - _HALF_A_YEAR
    marked = zip(facts.all_of(category), steady, facts.book.gone[start:end], strict=True)
    rows = [row for row, regular, gone in marked if row.day > since and not regular and not gone]
    if (
        len(rows) < _FEWEST
        or facts.seen_to - rows[-1].day > _LATE_DAYS
        or len({row.payee for row in rows}) > 1
    ):
        return None
    if any(after.day - before.day not in _APART for before, after in pairwise(rows)):
        return None
    newest = [row.cents for row in reversed(rows)]
    return [one + other for one, other in zip(newest[::2], newest[1::2], strict=False)]
