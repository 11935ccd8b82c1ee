"""Income that has begun, or begun anew after a time without it: it has no rhythm yet, but is real."""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.changes import SPELL_ENDS_DAYS, comes_instead, counted_on
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import CHILD_BENEFIT, IN_SPELLS, TURNOVER, WAGE
from psd2_affordability.assess.rhythm import PER_YEAR, Rhythm
from psd2_affordability.assess.thresholds import NORMS

#: Money that began to come this short ago is counted by its payments and not by months.
_JUST_BEGUN_DAYS = 62
#: After the first wage elsewhere an employer pays what is left, and a benefit comes a month late.
_SETTLED_DAYS = 31
_WEEK = 7


class Begun(NamedTuple):
    """An income that has begun.

    Attributes:
        rows: its payments, oldest first.
        again: whether the same payee paid it in an earlier spell.
        just: whether it began so short ago that its payments count, and not its months.
        beside: an income that is still expected, in the place of which this one may have come.
    """

    rows: tuple[Row, ...]
    again: bool
    just: bool
    beside: Rhythm | None

    @property
    def is_weekly(self) -> bool:
        """Whether three payments or more come a week apart."""
        gaps = [after.day - before.day for before, after in pairwise(self.rows)]
        return len(gaps) >= 2 and all(abs(gap - _WEEK) <= 1 for gap in gaps)


def begun_anew(facts: Facts) -> Mapping[str, Begun]:
    """Find by category what has begun and has no rhythm yet: the newest run of its payments.

    Nothing of the kind came for three months before it, or it came in the place of an income that stopped.
    One payment tells enough of who never paid before, and in the place of another income; a wage or
    benefit that comes again needs two.
    """
    found: dict[str, Begun] = {}
    if facts.first_day is None:
        return found
    book, since = facts.book, facts.seen_to - _JUST_BEGUN_DAYS
    for category in facts.kinds.income & facts.spans.keys():
        newest = book.steady.rfind(0, *facts.spans[category])
        if newest >= 0 and book.days[newest] >= since and category not in TURNOVER:
            one = _begun(facts, category, facts.first_day)
            if one is not None:
                found[category] = one
    return found


def cadence_of(category: str, begun: Begun) -> str:
    """Return for how long a payment of what has begun is taken to be: child benefit is for a quarter."""
    if category == CHILD_BENEFIT:
        return "quarterly"
    return "weekly" if begun.is_weekly else "monthly"


def taken_over(facts: Facts, category: str) -> bool:
    """Whether a wage or benefit without a rhythm stopped, and another one has come since."""
    if category not in IN_SPELLS:
        return False
    newest = facts.of(category)[-1].day
    anew = facts.once(begun_anew)
    return any(one.rows[0].day > newest for kind, one in anew.items() if kind in IN_SPELLS) or any(
        one.first_day > newest and one.status == "active" and one.category in IN_SPELLS
        for one in facts.rhythms
    )


def _begun(facts: Facts, category: str, first_day: int) -> Begun | None:
    loose = _without_rhythm(facts, category)
    if not loose or facts.seen_to - loose[-1].day > _JUST_BEGUN_DAYS:
        return None
    start = len(loose) - 1
    while start and loose[start].day - loose[start - 1].day <= SPELL_ENDS_DAYS:
        start -= 1
    rows, first = tuple(loose[start:]), loose[start].day
    earlier = [row for row in facts.of(category) if row.day < first and row.cents > 0]
    again = any(row.payee == rows[0].payee for row in earlier)
    if not any(comes_instead(one, category, rows[0]) for one in facts.once(counted_on)):
        silent_since = loose[start - 1].day if start else first_day
        if first - silent_since < NORMS.fresh_history_days or first - first_day < NORMS.fresh_history_days:
            return None
        if earlier and not (category in IN_SPELLS and (len(rows) > 1 or not again)):
            return None
    just = facts.seen_to - first <= _JUST_BEGUN_DAYS
    return Begun(rows, again, just, _still_expected(facts, category, rows[0]))


def _without_rhythm(facts: Facts, category: str) -> list[Row]:
    """Payments without a rhythm, but for the extra ones of a payee whose rhythm goes on or just ended."""
    start, end = facts.spans[category]
    book = facts.book
    marks = zip(facts.all_of(category), book.steady[start:end], book.gone[start:end], strict=True)
    rows = [row for row, steady, gone in marks if not steady and not gone and row.cents > 0]
    paid_to = {one.payee: one.last_day for one in facts.rhythms if one.category == category and one.incoming}
    return [
        row
        for row in rows
        if row.payee not in paid_to or row.day - paid_to[row.payee] >= NORMS.fresh_history_days
    ]


def _still_expected(facts: Facts, category: str, first: Row) -> Rhythm | None:
    """Return the largest other wage or benefit still expected, which has not come beside this one yet."""
    if category not in IN_SPELLS:
        return None
    since = first.day + (_SETTLED_DAYS if category == WAGE else 0)
    others = [
        one
        for one in facts.rhythms
        if one.status == "active"
        and one.category in IN_SPELLS
        and PER_YEAR[one.cadence] >= 12
        and (one.category, one.payee) != (category, first.payee)
        and one.last_day < since
    ]
    return max(others, key=lambda one: one.usual, default=None)
