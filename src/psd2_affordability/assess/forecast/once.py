"""Single payments that come again by their kind: once a year, or in the rhythm of what began."""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

import numpy as np

from psd2_affordability.assess.begun import begun_anew, cadence_of
from psd2_affordability.assess.book import Book, Row
from psd2_affordability.assess.both_ways import both_ways
from psd2_affordability.assess.bought_once import not_coming_again
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.irregular_costs import no_premiums
from psd2_affordability.assess.kinds import HOLIDAY_PAY, INSURANCE, THIRTEENTH_MONTH
from psd2_affordability.assess.paid_ahead import left_of_it, paid_ahead
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unexplained import not_again
from psd2_affordability.ledger.arrays import stretches

#: Days of history from which a single payment may be one that comes each year.
_NEARLY_A_YEAR = 330
#: What comes once a year to the day, and is seen only once in a year of history.
YEARLY_INCOME = frozenset({HOLIDAY_PAY, THIRTEENTH_MONTH})
YEARLY_COSTS = frozenset(
    {"wonen.gemeente", "wonen.waterschap", "verzekering.overig", "vervoer.wegenbelasting"}
)
_ONCE_A_YEAR = YEARLY_INCOME | YEARLY_COSTS


class Once(NamedTuple):
    """A payment without a rhythm.

    Attributes:
        at: place of the person.
        day: its day number.
        cents: signed amount.
        category: leaf code.
        payee: who.
    """

    at: int
    day: int
    cents: int
    category: str
    payee: str


class _Span(NamedTuple):
    """The rows of one person in one category that comes once a year."""

    at: int
    category: str
    start: int
    end: int


def once_a_year(people: Sequence[Facts], today: int, oldest: int) -> Iterator[Once]:
    """Yield what came once since the oldest day, and by its kind comes again a year later."""
    for _, together in groupby(enumerate(people), lambda one: id(one[1].book)):
        its_people = list(together)
        book = its_people[0][1].book
        spans = [
            _Span(at, category, *facts.spans[category])
            for at, facts in its_people
            if facts.first_day is not None and facts.first_day <= today - _NEARLY_A_YEAR
            for category in _ONCE_A_YEAR
            if category in facts.spans
        ]
        for span, row in _single(book, spans, oldest) if spans else ():
            category, facts = span.category, people[span.at]
            payee = book.names[book.payee[row]]
            if category == INSURANCE and -int(book.cents[row]) >= NORMS.yearly_premium_ct:
                continue
            if not any(one.payee == payee and one.category == category for one in facts.rhythms):
                yield Once(span.at, int(book.days[row]), int(book.cents[row]), category, payee)


def _single(book: Book, spans: Sequence[_Span], oldest: int) -> Iterator[tuple[_Span, int]]:
    """Yield the rows that are the only one of their payee in a span to count since the oldest day."""
    start = np.array([one.start for one in spans], np.int64)
    end = np.array([one.end for one in spans], np.int64)
    rows = stretches(start, end)
    its_span = np.repeat(np.arange(len(spans)), end - start)
    counts = (np.frombuffer(book.gone, np.uint8)[rows] == 0) & (book.days[rows] >= oldest)
    rows, its_span = rows[counts], its_span[counts]
    _, first, times = np.unique(
        its_span * len(book.names) + book.payee[rows], return_index=True, return_counts=True
    )
    alone = first[times == 1]
    for at, row in zip(its_span[alone].tolist(), rows[alone].tolist(), strict=True):
        yield spans[at], row


def not_expected(facts: Facts) -> Iterator[Row]:
    """Yield large payments that came once and tell nothing of what comes."""
    bought = not_coming_again(facts)
    yield from bought
    for row in chain(not_again(facts), facts.once(no_premiums)):
        if row not in bought:
            yield row


def less_expected(facts: Facts) -> Iterator[tuple[int, int]]:
    """Yield the day number of each payday of which a part came before it, and that part in cents."""
    for one in facts.once(both_ways).incoming:
        early = paid_ahead(facts, one) if one.status == "active" else ()
        if early:
            payment = one.range_payment[1]
            yield one.next_day, payment - left_of_it(payment, early)


def what_began(facts: Facts) -> Iterator[tuple[Sequence[Row], str]]:
    """Yield each income that has just begun and has no rhythm yet, when it surely counts.

    Its payments are told, and at which cadence more are taken to come: as the income counts them.
    """
    for category, one in facts.once(begun_anew).items():
        if one.just and one.beside is None:
            yield one.rows, cadence_of(category, one)
