"""One person's account seen ahead: what is foreseen by day, and what else happened by day before."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from psd2_affordability.assess.facts import Facts, Rhythm, number_of
from psd2_affordability.assess.forecast.daily_moves import HISTORY_DAYS, unforeseen
from psd2_affordability.assess.forecast.days import HORIZON, days_ahead, payment_days
from psd2_affordability.assess.forecast.levels import levels_of
from psd2_affordability.assess.income import just_begun
from psd2_affordability.assess.kinds import HOLIDAY_PAY

Ints = npt.NDArray[np.int64]

_YEAR, _MONTHS_AHEAD = 365, 16
#: Days of history from which a single payment may be one that comes each year.
_NEARLY_A_YEAR = 330
#: What comes once a year to the day, and is seen only once in a year of history.
_YEARLY_INCOME = frozenset({HOLIDAY_PAY, "inkomen.eindejaarsuitkering"})
_YEARLY_COSTS = frozenset(
    {"wonen.gemeente", "wonen.waterschap", "verzekering.overig", "vervoer.wegenbelasting"}
)


@dataclass(frozen=True)
class Outlook:
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
    """

    today: int
    foreseen: Ints
    loose: Ints
    first: int
    end: int
    balance: int | None
    others: int
    floor: int

    @cached_property
    def usual_course(self) -> Ints:
        """The balance at the end of each coming day when the loose rest is spread evenly."""
        days = max(1, self.end - self.first)
        spread = int(self.loose.sum()) * np.arange(1, HORIZON + 1) // days
        course: Ints = (self.balance or 0) + self.foreseen.cumsum() + spread
        return course


class Ahead:
    """One person's outlook, made when the first calculator asks for it."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    @cached_property
    def outlook(self) -> Outlook:
        """The outlook from the day asked."""
        return outlook_of(self._facts, number_of(self._facts.on))


def outlook_of(facts: Facts, today: int) -> Outlook:
    """Lay the rhythms that go on over the coming year, and take them out of the last one.

    A rhythm that goes on is foreseen at its level; how its payments differed from their level then
    stays in the rest, and so does all that has no rhythm. An income that is late or ended, and a cost
    that ended, leave both. Holiday pay is foreseen as long as who paid it still pays an income.
    """
    expected: list[Ints] = []
    levels: list[int] = []
    payers = {one.payee for one in facts.rhythms if _goes_on(one) and one.category in facts.kinds.income}
    oldest = today - HISTORY_DAYS + 1
    places: list[int] = []
    taken: list[int] = []
    for one in facts.rhythms:
        start = min(bisect_left(one.days, oldest), len(one.days) - 1)
        cents = levels_of(tuple(one.cents[start:]))
        left_out = unforeseen(one.category, facts.kinds)
        goes_on = _goes_on(one)
        if goes_on and (not left_out or (one.category in _YEARLY_INCOME and one.payee in payers)):
            expected.append(days_ahead(one, today))
            levels.append(cents[-1])
        if not left_out:
            places += [day - oldest for day in one.days[start:]]
            taken += cents if goes_on else one.cents[start:]
            if goes_on and one.incoming:
                missed = _missed(one, start)
                places += [day - oldest for day in missed]
                taken += [cents[-1]] * len(missed)
    foreseen = _laid_out(expected, levels)
    _expect_once_a_year(facts, payers, foreseen, places, taken, oldest)
    _expect_what_began(facts, foreseen, places, taken, oldest)
    loose = np.append(facts.daily, 0)
    if places:
        at = np.array(places)
        kept = at >= 0
        np.subtract.at(loose, at[kept], np.array(taken, np.int64)[kept])
    others = _of_others(facts)
    known_from = oldest if facts.first_day is None else max(oldest, facts.first_day)
    return Outlook(
        today=today,
        foreseen=foreseen,
        loose=loose,
        first=known_from - oldest,
        end=min(today, facts.seen_to) - oldest + 1,
        balance=facts.balances[0] - others if facts.balances else None,
        others=others,
        floor=_lived_down_to(facts),
    )


def _laid_out(expected: Sequence[Ints], levels: Sequence[int]) -> Ints:
    """Sum what each rhythm brings on each coming day."""
    foreseen = np.zeros(HORIZON, np.int64)
    if expected:
        brought = np.repeat(np.array(levels, np.int64), [len(days) for days in expected])
        np.add.at(foreseen, np.concatenate(expected), brought)
    return foreseen


def _goes_on(rhythm: Rhythm) -> bool:
    """Whether a rhythm is counted on: an income while it still comes, a cost until it has ended."""
    return rhythm.status == "active" if rhythm.incoming else rhythm.status != "ended"


def _missed(rhythm: Rhythm, start: int) -> list[int]:
    """Return the days on which an income should have come and did not."""
    days = rhythm.days[start:]
    if 2 * (days[-1] - days[0]) < (2 * len(days) - 1) * rhythm.period:
        return []
    missed: list[int] = []
    for before, after in pairwise(days):
        beats = (2 * (after - before) + rhythm.period) // (2 * rhythm.period)
        missed += [before + (after - before) * beat // beats for beat in range(1, beats)]
    return missed


def _expect_once_a_year(
    facts: Facts,
    payers: Collection[str],
    foreseen: Ints,
    places: list[int],
    taken: list[int],
    oldest: int,
) -> None:
    """Foresee what came once in the year, and by its kind comes again a year later."""
    today = oldest + HISTORY_DAYS - 1
    if facts.first_day is None or facts.first_day > today - _NEARLY_A_YEAR:
        return
    for category in (_YEARLY_INCOME | _YEARLY_COSTS) & facts.spans.keys():
        with_rhythm = {one.payee for one in facts.rhythms if one.category == category}
        rows = [row for row in facts.of(category) if row.day >= oldest and row.payee not in with_rhythm]
        times = Counter(row.payee for row in rows)
        for row in rows:
            if times[row.payee] > 1 or (category in _YEARLY_INCOME and row.payee not in payers):
                continue
            foreseen[max(row.day + _YEAR - today - 1, 0)] += row.cents
            if category in _YEARLY_COSTS:
                places.append(row.day - oldest)
                taken.append(row.cents)


def _expect_what_began(
    facts: Facts, foreseen: Ints, places: list[int], taken: list[int], oldest: int
) -> None:
    """Foresee an income that has just begun each month from now on, as the income counts it."""
    tomorrow = oldest + HISTORY_DAYS
    with_rhythm = {one.category for one in facts.rhythms}
    for category in (facts.kinds.income & facts.spans.keys()) - with_rhythm:
        rows = [row for row in facts.of(category) if row.cents > 0] if just_begun(facts, category) else []
        if not rows:
            continue
        expected = [day - tomorrow for day in payment_days(rows[-1].day, _MONTHS_AHEAD)]
        foreseen[[day for day in expected if 0 <= day < HORIZON]] += rows[-1].cents
        places += [row.day - oldest for row in rows]
        taken += [row.cents for row in rows]


def _of_others(facts: Facts) -> int:
    """Return what is on joint accounts beside the stated share: their rows count for that share too."""
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
    lows = [min(facts.balances[at : at + 30]) for at in (0, 30, 60) if facts.balances[at : at + 30]]
    return min(0, max(lows)) if lows else 0
