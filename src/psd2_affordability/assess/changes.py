"""An income that stopped, what took its place, and a fall of the income that lasts."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.both_ways import both_ways
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import IN_SPELLS, REPLACING
from psd2_affordability.assess.reckoning import at_share, number_of
from psd2_affordability.assess.results import IncomeShock
from psd2_affordability.assess.rhythm import PER_YEAR, Rhythm
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.money import Money

#: A next income that begins this many days before or after the last one takes its place.
_BEFORE_DAYS, _AFTER_DAYS = 20, 75
#: A benefit that stays away longer than a month, and some days, has stopped; what comes later is a new spell.
SPELL_ENDS_DAYS = 45
#: A change longer ago is the ordinary life by now.
_RECENT_DAYS = 183
_RECENT_MONTHS = 6
#: Fewer months tell no usual month; so many low ones in a row are no chance of an uneven income.
_FEWEST_BEFORE, _SURELY_LOW = 3, 3
_SHOWN = 12
#: The part that is left when the income has fallen, as a ratio of whole numbers.
_KEPT, _OF_WHOLE = (1 - NORMS.income_shock).as_integer_ratio()
_MIDDLE, _LEAN = Fraction(1, 2), Fraction(1, 4)


def counted_on(facts: Facts) -> list[Rhythm]:
    """Return the monthly, four-weekly or weekly income that a household counts on."""
    relied_on = facts.kinds.relied_on
    return [
        rhythm
        for rhythm in facts.once(both_ways).incoming
        if rhythm.category in relied_on and rhythm.times >= 3 and PER_YEAR[rhythm.cadence] >= 12
    ]


def successor(facts: Facts, ended: Rhythm, categories: Collection[str]) -> tuple[str, Row] | None:
    """Return the category and first payment of the income that took another one's place."""
    found = [
        (row, category)
        for category in facts.spans.keys() & set(categories)
        for row in _first_of_spells(facts, category)
        if _comes_after(ended, category, row)
    ]
    if not found:
        return None
    row, category = min(found)
    return category, row


def comes_instead(stopped: Rhythm, category: str, first: Row) -> bool:
    """Whether a wage or benefit that begins with this payment comes in the place of one that stopped."""
    return (
        stopped.status != "active"
        and category in IN_SPELLS
        and stopped.category in IN_SPELLS
        and _comes_after(stopped, category, first)
    )


def _comes_after(ended: Rhythm, category: str, first: Row) -> bool:
    last = ended.last_day
    return last - _BEFORE_DAYS <= first.day <= last + _AFTER_DAYS and (category, first.payee) != (
        ended.category,
        ended.payee,
    )


def _first_of_spells(facts: Facts, category: str) -> Iterator[Row]:
    """Yield the first payment of each payee, and the first one after a time without any."""
    silent = SPELL_ENDS_DAYS if category in REPLACING else NORMS.fresh_history_days
    newest: dict[str, int] = {}
    for row in facts.of(category):
        if row.cents > 0:
            before = newest.get(row.payee)
            if before is None or row.day - before > silent:
                yield row
            newest[row.payee] = row.day


def cost_runs(facts: Facts, one: Rhythm) -> bool:
    """Whether a cost or an instalment with a rhythm is still paid: a late one, unless it is over."""
    if one.status != "late":
        return one.status == "active"
    return one.category not in facts.case.household.free_of and not replaced(facts, one)


def replaced(facts: Facts, late: Rhythm) -> bool:
    """Whether another payee of the same kind of cost took the place of one that is late: a moved house."""
    last = late.last_day
    first_of: dict[str, int] = {}
    for row in facts.of(late.category):
        first_of.setdefault(row.payee, row.day)
    return any(
        last - _BEFORE_DAYS <= first <= last + _AFTER_DAYS
        for payee, first in first_of.items()
        if payee != late.payee
    )


def income_stopped_on(facts: Facts) -> int | None:
    """Return the day number of the last payment of the newest income that stopped in half a year.

    A new job, or another income of the same kind, ends the stop, however late it came.
    """
    stopped = [
        rhythm.last_day
        for rhythm in facts.once(counted_on)
        if rhythm.status != "active"
        and facts.seen_to - rhythm.last_day <= _RECENT_DAYS
        and not _goes_on_elsewhere(facts, rhythm)
    ]
    return max(stopped, default=None)


def _goes_on_elsewhere(facts: Facts, stopped: Rhythm) -> bool:
    since = stopped.last_day - _BEFORE_DAYS
    return any(
        row.day >= since and row.payee != stopped.payee for row in _first_of_spells(facts, stopped.category)
    )


def income_shock(facts: Facts, codes: Sequence[str], usual_now: int) -> IncomeShock | None:
    """Find since when the income of whole months lies much below that of the half year before.

    Every month since must be low, and the income as it comes now (in cents) too. An uneven income
    has fallen after three months in a row below its own lean month.

    Args:
        facts: of the subject.
        codes: categories of income that are among the months.
        usual_now: the income of a month as it comes now.
    """
    if len(facts.months) <= _FEWEST_BEFORE or not codes:
        return None
    each = [facts.by_month[code] for code in codes]
    months = each[0] if len(each) == 1 else list(map(sum, zip(*each, strict=True)))
    if months[0] * _OF_WHOLE > max(months) * _KEPT:
        return None
    for count in range(min(_RECENT_MONTHS, len(months) - _FEWEST_BEFORE), 0, -1):
        since, before = months[:count], sorted(months[count : count + _RECENT_MONTHS])
        usual = at_share(before, _MIDDLE)
        most = max(since)
        if usual <= 0 or most * _OF_WHOLE > usual * _KEPT:
            continue
        fell = usual_now * _OF_WHOLE <= usual * _KEPT
        if fell or (count >= _SURELY_LOW and most < at_share(before, _LEAN)):
            now = at_share(sorted(since), _MIDDLE)
            return _fall(facts, codes, count, usual, max(now, usual_now) if fell else now)
    return None


def _fall(facts: Facts, codes: Collection[str], count: int, before: int, now: int) -> IncomeShock:
    since = facts.months[count - 1]
    first = number_of(facts.months[count])
    rows = sorted(row for code in codes for row in facts.of(code) if row.day >= first and row.cents > 0)
    fell_by = Decimal(before - now) / Decimal(before)
    return IncomeShock(
        since=since,
        before=Money(before),
        now=Money(now),
        fell_by=fell_by.quantize(Decimal("0.0001")),
        transactions=tuple(row.tx for row in rows[-_SHOWN:]),
    )
