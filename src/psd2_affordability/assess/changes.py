"""An income that stopped, and what took its place."""

from collections.abc import Collection

from psd2_affordability.assess.facts import PER_YEAR, Facts, Rhythm, Row

#: A next income that begins this many days before or after the last one takes its place.
_BEFORE_DAYS, _AFTER_DAYS = 20, 75
#: A change longer ago is the ordinary life by now.
_RECENT_DAYS = 183


def counted_on(facts: Facts) -> list[Rhythm]:
    """Return the monthly, four-weekly or weekly income that a household counts on."""
    return [
        rhythm
        for rhythm in facts.rhythms
        if rhythm.category in facts.kinds.relied_on
        and rhythm.incoming
        and len(rhythm.days) >= 3
        and PER_YEAR[rhythm.cadence] >= 12
    ]


def successor(facts: Facts, ended: Rhythm, categories: Collection[str]) -> tuple[str, Row] | None:
    """Return the category and first payment of the income that took another one's place."""
    last = ended.days[-1]
    found: list[tuple[Row, str]] = []
    for category in facts.spans.keys() & set(categories):
        first_of: dict[str, Row] = {}
        for row in facts.of(category):
            if row.cents > 0:
                first_of.setdefault(row.payee, row)
        found += [
            (row, category)
            for payee, row in first_of.items()
            if last - _BEFORE_DAYS <= row.day <= last + _AFTER_DAYS
            and (category, payee) != (ended.category, ended.payee)
        ]
    if not found:
        return None
    row, category = min(found)
    return category, row


def income_stopped_on(facts: Facts) -> int | None:
    """Return the day number of the last payment of the newest income that stopped in half a year.

    A new job, or another income of the same kind, is not a stop.
    """
    stopped = [
        rhythm.days[-1]
        for rhythm in counted_on(facts)
        if rhythm.status != "active"
        and facts.seen_to - rhythm.days[-1] <= _RECENT_DAYS
        and successor(facts, rhythm, {rhythm.category}) is None
    ]
    return max(stopped, default=None)
