"""Accounts seen ahead: what is foreseen by day, and what else happened by day before."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, compress, pairwise
from typing import NamedTuple

import numpy as np

from psd2_affordability.assess.facts import Facts, number_of
from psd2_affordability.assess.forecast.daily_moves import HISTORY_DAYS
from psd2_affordability.assess.forecast.days import HORIZON, days_ahead, payment_days
from psd2_affordability.assess.forecast.levels import levels_of
from psd2_affordability.assess.income import just_begun
from psd2_affordability.assess.kinds import BORROWED, HOLIDAY_PAY, THIRTEENTH_MONTH
from psd2_affordability.ledger.arrays import Ints

_YEAR, _MONTHS_AHEAD = 365, 16
#: Days of history from which a single payment may be one that comes each year.
_NEARLY_A_YEAR = 330
#: What comes once a year to the day, and is seen only once in a year of history.
_YEARLY_INCOME = frozenset({HOLIDAY_PAY, THIRTEENTH_MONTH})
_YEARLY_COSTS = frozenset(
    {"wonen.gemeente", "wonen.waterschap", "verzekering.overig", "vervoer.wegenbelasting"}
)
_ONCE_A_YEAR = _YEARLY_INCOME | _YEARLY_COSTS


class Outlook(NamedTuple):
    """What the forecasts need of one person.

    Attributes:
        today: day number of the day asked.
        foreseen: cents on each coming day, tomorrow first.
        loose: cents on each past day that no rhythm foretold, the day asked last, and a nothing after it.
        first: place of the first known day in `loose`.
        end: place after the last known day.
        balance: cents on the account at the end of today, of a joint one the stated share; None when it is
            not known.
        others: cents on joint accounts that are somebody else's.
        floor: the balance, zero or below, down to which the person lives already.
        lowest: the lowest known balance, zero when that is above: an account without an overdraft goes no
            lower, as debits come back instead.
    """

    today: int
    foreseen: Ints
    loose: Ints
    first: int
    end: int
    balance: int | None
    others: int
    floor: int
    lowest: int


def outlooks_of(people: Sequence[Facts]) -> list[Outlook]:
    """Lay each one's rhythms that go on over the coming year, and take them out of the last one.

    A rhythm that goes on is foreseen at its level; how its payments differed from their level then
    stays in the rest, and so does all that has no rhythm. An income that is late or ended, and a cost
    that ended, leave both. Holiday pay is foreseen as long as who paid it still pays an income.
    """
    sheet = _Sheet(people)
    return [
        _outlook(facts, foreseen, loose)
        for facts, foreseen, loose in zip(people, sheet.foreseen(), sheet.loose(), strict=True)
    ]


def _outlook(facts: Facts, foreseen: Ints, loose: Ints) -> Outlook:
    today = number_of(facts.on)
    oldest = today - HISTORY_DAYS + 1
    known_from = oldest if facts.first_day is None else max(oldest, facts.first_day)
    others = _of_others(facts)
    return Outlook(
        today=today,
        foreseen=foreseen,
        loose=loose,
        first=known_from - oldest,
        end=min(today, facts.seen_to) - oldest + 1,
        balance=facts.balances[0] - others if facts.balances else None,
        others=others,
        floor=_lived_down_to(facts),
        lowest=min((0, *facts.balances)),
    )


class _Sheet:
    """What is laid on coming days of several people and taken from past ones, summed in one pass."""

    def __init__(self, people: Sequence[Facts]) -> None:
        self._people = people
        #: Of each series its person's place, the coming days, tomorrow being 0, and what each brings.
        self._whose: list[int] = []
        self._ahead: list[Ints] = []
        self._brings: list[int] = []
        #: Past day numbers and amounts by series, all of the first person first, and how many each one has.
        self._days: list[Sequence[int]] = []
        self._taken: list[Sequence[int]] = []
        self._counts: list[int] = []
        for at, facts in enumerate(people):
            before = len(self._days)
            self._lay(at, facts)
            self._counts.append(sum(map(len, self._days[before:])))

    def foreseen(self) -> Ints:
        """Sum what is expected by person and coming day."""
        sums = np.zeros((len(self._people), HORIZON), np.int64)
        if self._ahead:
            counts = list(map(len, self._ahead))
            first = np.repeat(np.array(self._whose) * HORIZON, counts)
            brought = np.repeat(np.array(self._brings, np.int64), counts)
            np.add.at(sums.reshape(-1), first + np.concatenate(self._ahead), brought)
        return sums

    def loose(self) -> Ints:
        """Return the past days of each person without what was taken, and a nothing after them."""
        width, count = HISTORY_DAYS + 1, sum(self._counts)
        rest = np.zeros((len(self._people), width), np.int64)
        for at, facts in enumerate(self._people):
            rest[at, :-1] = facts.daily
        oldest = [number_of(facts.on) - HISTORY_DAYS + 1 for facts in self._people]
        place = np.fromiter(chain.from_iterable(self._days), np.int64, count)
        taken = np.fromiter(chain.from_iterable(self._taken), np.int64, count)
        place -= np.repeat(np.array(oldest, np.int64), self._counts)
        known = place >= 0
        place += np.repeat(np.arange(len(self._people)) * width, self._counts)
        np.subtract.at(rest.reshape(-1), place[known], taken[known])
        return rest

    def _expect(self, at: int, days: Ints, cents: int) -> None:
        self._whose.append(at)
        self._ahead.append(days)
        self._brings.append(cents)

    def _take(self, days: Sequence[int], cents: Sequence[int]) -> None:
        self._days.append(days)
        self._taken.append(cents)

    def _lay(self, at: int, facts: Facts) -> None:
        """Lay out all of one person."""
        income, left_out = facts.kinds.income, facts.kinds.one_off | {BORROWED}
        today = number_of(facts.on)
        oldest = today - HISTORY_DAYS + 1
        going_on = []
        for one in facts.rhythms:
            # an income is counted on while it still comes, a cost until it has ended
            if one.status == "active" or (one.status == "late" and not one.incoming):
                going_on.append(one)
            elif one.category not in left_out:
                self._take(*_since(oldest, one.days, one.cents))
        payers = {one.payee for one in going_on if one.category in income}
        for one in going_on:
            comes_again = one.category not in left_out
            if not comes_again and not (one.category in _YEARLY_INCOME and one.payee in payers):
                continue
            days, cents = _since(oldest, one.days, one.cents)
            levels = levels_of(cents)
            self._expect(at, days_ahead(one, today), levels[-1])
            if comes_again:
                self._take(days, levels)
                if one.incoming and (missed := _missed(days, one.period)):
                    self._take(missed, [levels[-1]] * len(missed))
        self._expect_once_a_year(at, facts, payers)
        self._expect_what_began(at, facts)

    def _expect_once_a_year(self, at: int, facts: Facts, payers: set[str]) -> None:
        """Foresee what came once in the year, and by its kind comes again a year later."""
        today = number_of(facts.on)
        if facts.first_day is None or facts.first_day > today - _NEARLY_A_YEAR:
            return
        oldest = today - HISTORY_DAYS + 1
        with_rhythm = {(one.category, one.payee) for one in facts.rhythms if one.category in _ONCE_A_YEAR}
        for category in _ONCE_A_YEAR & facts.spans.keys():
            for day, cents, payee in _paid_once(facts, category, oldest):
                if (category, payee) in with_rhythm or (category in _YEARLY_INCOME and payee not in payers):
                    continue
                self._expect(at, np.array([max(day + _YEAR - today - 1, 0)]), cents)
                if category in _YEARLY_COSTS:
                    self._take([day], [cents])

    def _expect_what_began(self, at: int, facts: Facts) -> None:
        """Foresee an income that has just begun each month from now on, as the income counts it."""
        with_rhythm = {one.category for one in facts.rhythms}
        tomorrow = number_of(facts.on) + 1
        for category in facts.kinds.income:
            if category in with_rhythm or category not in facts.spans or not just_begun(facts, category):
                continue
            rows = [row for row in facts.of(category) if row.cents > 0]
            if not rows:
                continue
            ahead = np.array(payment_days(rows[-1].day, _MONTHS_AHEAD), np.int64) - tomorrow
            self._expect(at, ahead[(ahead >= 0) & (ahead < HORIZON)], rows[-1].cents)
            self._take([row.day for row in rows], [row.cents for row in rows])


def _since(
    oldest: int, days: tuple[int, ...], cents: tuple[int, ...]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the payments from a day on, and the last one in any case."""
    if days[0] >= oldest:
        return days, cents
    start = min(bisect_left(days, oldest), len(days) - 1)
    return days[start:], cents[start:]


def _paid_once(facts: Facts, category: str, oldest: int) -> Iterator[tuple[int, int, str]]:
    """Yield day, cents and payee of whom only one payment of a kind counts from a day on."""
    book, (start, end) = facts.book, facts.spans[category]
    start = bisect_left(book.days, oldest, start, end)
    counts = [gone == 0 for gone in book.gone[start:end]]
    payees = list(compress(book.payees(start, end), counts))
    for at, payee in zip(compress(range(start, end), counts), payees, strict=True):
        if payees.count(payee) == 1:
            yield int(book.days[at]), int(book.cents[at]), payee


def _missed(days: Sequence[int], period: int) -> list[int]:
    """Return the days on which an income should have come and did not."""
    if 2 * (days[-1] - days[0]) < (2 * len(days) - 1) * period:
        return []
    missed: list[int] = []
    for before, after in pairwise(days):
        beats = (2 * (after - before) + period) // (2 * period)
        missed += [before + (after - before) * beat // beats for beat in range(1, beats)]
    return missed


def _of_others(facts: Facts) -> int:
    """Return what is on joint accounts beside the stated share: their rows count for that share too."""
    if not facts.case.household.accounts:
        return 0
    shares = {one.iban: one.share for one in facts.case.household.accounts}
    return sum(
        known.amount.cents - known.amount.times(shares[known.account]).cents
        for known in facts.case.balances
        if known.amount is not None and known.account in shares
    )


def _lived_down_to(facts: Facts) -> int:
    """Return the lowest balance of the best of the last three months, and zero when that is above.

    Only who went below zero in each of them lives there.
    """
    lows = [min(month) for at in (0, 30, 60) if (month := facts.balances[at : at + 30])]
    return min(0, max(lows)) if lows else 0
