"""Money that came in and is not known to be income: a large amount once, and what comes all the time."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import STRETCH_DAYS, Facts
from psd2_affordability.assess.kinds import CASH_IN, OWN_BUSINESS, UNKNOWN_IN
from psd2_affordability.assess.reckoning import day_of, number_of
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.wording import counted, reason
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.dates import add_months, month_start
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

#: What comes more often is not once.
_AT_MOST = 2
_THREE_MONTHS_DAYS = 92
#: Money that may be income though no booking says so, and what it is called.
_MAYBE_INCOME = {
    CASH_IN: ("cash", "contant geld"),
    OWN_BUSINESS: ("money from an own business", "geld uit een eigen bedrijf"),
    UNKNOWN_IN: ("money without a known ground", "geld waarvan niet bekend is waarvoor"),
}
_FROM_PERSONS = ("money from private persons", "geld van andere mensen")
#: What is asked where money comes in, but none that is known to be income.
NOT_UNDERSTOOD = Unknown(
    "income.not_understood",
    "Money comes in, but it is not known whether it is income.",
    "What is the money that comes in, from whom, and does it come every month?",
)
_OTHER_CURRENCY = "income.other_currency"
#: Reasons that say so.
SAYS_NOT_UNDERSTOOD = frozenset({NOT_UNDERSTOOD.code, _OTHER_CURRENCY})


def large_once(facts: Facts) -> tuple[Row, ...]:
    """Return large amounts that came in once in the last year, without a known ground or from a person.

    They are asked about one by one: spread over months they would look like an income. For `Facts.once`.
    """
    found: list[Row] = []
    for category in (UNKNOWN_IN, *facts.kinds.private):
        if facts.last_year.get(category, 0) >= NORMS.large_once_ct:
            found += _large_in(facts, category)
    return tuple(sorted(found))


def not_again(facts: Facts) -> Iterator[Row]:
    """Yield the large amounts that came in once, and moves between own accounts of them."""
    large = facts.once(large_once)
    yield from large
    for category in facts.kinds.internal & facts.spans.keys() if large else ():
        for row in facts.of(category):
            if any(_put_by(row, one) for one in large):
                yield row


def _put_by(row: Row, came: Row) -> bool:
    """Whether own money moved that may be it: a savings account in the data shows the same move twice."""
    alike = NORMS.large_once_ct <= abs(row.cents) <= came.cents
    return alike and 0 <= row.day - came.day <= _THREE_MONTHS_DAYS


def nameless(facts: Facts) -> tuple[int, int]:
    """Return the cents that moved in a year without a category, and all that moved, what is large aside."""
    apart = sum([row.cents for row in facts.once(large_once) if row in facts.of(UNKNOWN_IN)])
    return facts.unknown - apart, facts.moved - apart


def in_months(facts: Facts, category: str) -> int:
    """Return the cents of a category in the months of the figures, less those of large amounts once."""
    cents = sum(facts.by_month.get(category, ()))
    large = facts.once(large_once)
    if cents <= 0 or not large:
        return cents
    if facts.months:
        first, after = number_of(facts.months[-1]), number_of(add_months(facts.months[0], 1))
    else:
        after = facts.seen_to + 1 if facts.last_day is None else facts.last_day + 1
        first = after - STRETCH_DAYS
    within = [row for row in large if first <= row.day < after]
    return cents - sum([row.cents for row in within if row in facts.of(category)])


def says_large(facts: Facts) -> Iterator[Reason]:
    """Ask about each large amount that came in once, by its day."""
    for row in facts.once(large_once):
        yield reason(
            "income.large_once",
            "{amount} came in once, on {day}; it is not counted as income. Ask what it is, and whether it is "
            "still there: the person may want to pay debts from it.",
            "Op {day} kwam er eenmalig {amount} binnen. Dit telt niet mee als inkomen. Vraag wat het is en "
            "of het er nog is. Misschien wil de persoon er schulden van betalen.",
            amount=Money(row.cents),
            day=day_of(row.day),
            transactions=[row.tx],
        )


def not_understood(facts: Facts) -> Iterator[Reason]:
    """Say what came in of late of which nothing says whether it is income."""
    large, since = facts.once(large_once), facts.seen_to - _THREE_MONTHS_DAYS
    came: list[Row] = []
    kinds: list[tuple[str, str]] = []
    for category in (*_MAYBE_INCOME, *facts.kinds.private):
        rows = facts.of(category) if category in facts.spans else ()
        late = [row for row in rows if row.cents > 0 and row.day > since and row not in large]
        if late:
            came += late
            kinds.append(_MAYBE_INCOME.get(category, _FROM_PERSONS))
    if came:
        yield reason(
            NOT_UNDERSTOOD.code,
            "In the last three months {amount} came in by {times}, and it is not known whether it is income: "
            "{kinds}. Ask what it is.",
            "In de laatste drie maanden kwam er {amount} binnen, in {times}. Het is niet bekend of dit "
            "inkomen is: {kinds}. Vraag wat het is.",
            amount=Money(sum([row.cents for row in came])),
            times=counted(len(came), ("1 payment", "1 betaling"), ("{count} payments", "{count} betalingen")),
            kinds=(
                ", ".join(dict.fromkeys(one for one, _ in kinds)),
                ", ".join(dict.fromkeys(one for _, one in kinds)),
            ),
            transactions=[row.tx for row in sorted(came)],
        )
    if facts.other_currency:
        yield reason(
            _OTHER_CURRENCY,
            "{times} in another currency could not be counted. Ask whether income is among them.",
            "Er zijn {times} in een andere munt. Die tellen niet mee. Vraag of daar inkomen bij is.",
            times=counted(
                facts.other_currency, ("1 payment", "1 betaling"), ("{count} payments", "{count} betalingen")
            ),
        )


def _large_in(facts: Facts, category: str) -> list[Row]:
    start, end = facts.spans[category]
    if facts.book.cents[start:end].max() < NORMS.large_once_ct:
        return []
    rows, since = facts.of(category), _a_year_back(facts.on)
    large = [row for row in rows if row.cents >= NORMS.large_once_ct and row.day >= since]
    if category == UNKNOWN_IN:
        payees = [row.payee for row in rows]
        large = [row for row in large if payees.count(row.payee) == 1]
    return large if len(large) <= _AT_MOST else []


@lru_cache(maxsize=64)
def _a_year_back(on: date) -> int:
    """Day number from which money counts in the last year: twelve whole months and the running one."""
    return number_of(add_months(month_start(on + timedelta(days=1)), -12))
