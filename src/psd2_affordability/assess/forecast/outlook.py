"""Accounts seen ahead: what is foreseen by day, and what else happened by day before."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.forecast.daily_moves import HISTORY_DAYS
from psd2_affordability.assess.forecast.days import HORIZON, Payday, Recent, days_ahead, days_from, paydays
from psd2_affordability.assess.forecast.levels import levels_of
from psd2_affordability.assess.forecast.once import (
    YEARLY_COSTS,
    YEARLY_INCOME,
    less_expected,
    not_expected,
    once_a_year,
    what_began,
)
from psd2_affordability.assess.guessed import not_sure
from psd2_affordability.assess.kinds import BORROWED
from psd2_affordability.assess.reckoning import number_of
from psd2_affordability.assess.rhythm import Series
from psd2_affordability.ledger.arrays import Flags, Ints, stretches

_YEAR, _MONTH = 365, 30
#: Where the days of the last three months begin, counted back.
_MONTHS_BACK = (0, _MONTH, 2 * _MONTH)


class Outlook(NamedTuple):
    """What the forecasts need of one person.

    Attributes:
        today: day number of the day asked.
        foreseen: cents on each coming day, tomorrow first.
        not_sure: what of that is income that only its regularity explains, and on which no plan leans; None
            without it.
        paydays: of each income with a rhythm that still comes, by the name of its stream.
        loose: cents on each past day that no rhythm foretold, the day asked last, and a nothing after it.
        first: place of the first known day in `loose`.
        end: place after the last known day.
        balance: cents on the account at the end of today, of a joint one the stated share; None when it is
            not known.
        others: cents on joint accounts that are somebody else's.
        floor: the balance, zero or below, down to which the person lives already: the lowest one of the
            best of the last three months, or of as many as are known.
        lowest: the lowest known balance, zero when that is above: an account without an overdraft goes no
            lower, as debits come back instead.
    """

    today: int
    foreseen: Ints
    not_sure: Ints | None
    paydays: Mapping[str, Payday]
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

    Args:
        people: facts that were found together, on one day.
    """
    if not people:
        return []
    sheet = _Sheet(people)
    sheet.lay_rhythms()
    sheet.lay_single_payments()
    guesses = map(sheet.not_sure.get, range(len(people)))
    return list(map(_outlook, people, sheet.foreseen, guesses, sheet.paydays, sheet.loose))


def _outlook(
    facts: Facts, foreseen: Ints, guess: Ints | None, paydays: Mapping[str, Payday], loose: Ints
) -> Outlook:
    today, balances = number_of(facts.on), facts.balances
    oldest = today - HISTORY_DAYS + 1
    others = _of_others(facts)
    lows = [min(month) for at in _MONTHS_BACK if (month := balances[at : at + _MONTH])]
    return Outlook(
        today,
        foreseen,
        guess,
        paydays,
        loose,
        first=0 if facts.first_day is None else max(0, facts.first_day - oldest),
        end=min(today, facts.seen_to) - oldest + 1,
        balance=balances[0] - others if balances else None,
        others=others,
        # only who went below zero in each of the last three months, or of the fewer known, lives there
        floor=min(0, max(lows)) if lows else 0,
        lowest=min((0, *lows, *balances[_MONTH * len(_MONTHS_BACK) :])),
    )


class _Laid(NamedTuple):
    """Rhythms to lay out.

    Attributes:
        series: all rhythms.
        which: their places in them.
        whose: the place of each one's person.
        comes_again: whether its kind is taken out of the past.
        counts: whether it is counted on; of other incomes only the paydays are told.
    """

    series: Series
    which: Ints
    whose: Ints
    comes_again: Flags
    counts: Flags


class _Sheet:
    """What is laid on coming days of several people and taken from past ones.

    Attributes:
        foreseen: cents by person and coming day.
        not_sure: by person, as in `Outlook`.
        paydays: by person, as in `Outlook`.
        loose: cents by person and past day, and a nothing after them.
    """

    def __init__(self, people: Sequence[Facts]) -> None:
        self._people, self._today = people, number_of(people[0].on)
        self._oldest = self._today - HISTORY_DAYS + 1
        self.foreseen = np.zeros((len(people), HORIZON), np.int64)
        self.not_sure: dict[int, Ints] = {}
        self.paydays: list[dict[str, Payday]] = [{} for _ in people]
        self.loose = np.zeros((len(people), HISTORY_DAYS + 1), np.int64)
        np.stack([facts.daily for facts in people], out=self.loose[:, :-1])

    def lay_rhythms(self) -> None:
        """Lay out those that go on, and take out those that are over."""
        people, series, kinds = self._people, self._people[0].series, self._people[0].kinds
        start, end = (np.array(ends) for ends in zip(*(facts.own_series for facts in people), strict=True))
        which, whose = stretches(start, end), np.repeat(np.arange(len(people)), end - start)
        missing, incoming = series.missing[which], series.incoming[which]
        # an income is counted on while it still comes, a cost until it has ended
        goes_on = (missing == 0) | ((missing == 1) & ~incoming)
        comes_again = ~_of_kinds(series, which, kinds.one_off | {BORROWED})
        over = np.flatnonzero(~goes_on & comes_again)
        rows, size = _payments(series.start[which[over]], series.end[which[over]])
        self._take(np.repeat(whose[over], size), series.days[rows], series.cents[rows])
        counts = goes_on & (comes_again | _of_kinds(series, which, YEARLY_INCOME))
        for at in np.flatnonzero(counts & ~comes_again).tolist():
            code, payees = series.payee
            counts[at] = _still_pays(payees[code[which[at]]], people[whose[at]])
        laid = np.flatnonzero(counts | (goes_on & incoming))
        if len(laid):
            self._lay(_Laid(series, which[laid], whose[laid], comes_again[laid], counts[laid]))

    def _lay(self, laid: "_Laid") -> None:
        """Foresee rhythms at the levels that they keep; of those that come again, take these out of the past.

        Levels are those of the payments since the oldest day, or else of the last one.
        """
        series, which, whose, comes_again, counts = laid
        start, end = series.start[which], series.end[which]
        rows, size = _payments(start, end)
        long_ago = np.add.reduceat(series.days[rows] < self._oldest, np.cumsum(size) - size)
        start = np.minimum(start + long_ago, end - 1)
        rows, size = _payments(start, end)
        after = np.cumsum(size)
        days, levels = series.days[rows], levels_of(series.cents[rows], after - size)
        kept = levels[after - 1]
        self._foresee(laid, kept * counts)
        taken = np.flatnonzero(np.repeat(comes_again, size))
        self._take(np.repeat(whose, size)[taken], days[taken], levels[taken])
        lasted, period = days[after - 1] - days[after - size], series.period[which]
        gaps = series.incoming[which] & comes_again & (2 * lasted >= (2 * size - 1) * period)
        for one in np.flatnonzero(gaps).tolist():
            missed = _missed(days[after[one] - size[one] : after[one]].tolist(), int(period[one]))
            self._take(whose[one], np.array(missed, np.int64), kept[one])

    def _foresee(self, laid: "_Laid", brings: Ints) -> None:
        """Lay out what each payment brings on the days on which it is expected, and tell the paydays."""
        series, which, whose, _, _ = laid
        recent, (code, keys) = Recent.of(series, which), series.key
        its, ahead = days_ahead(recent, self._today)
        np.add.at(self.foreseen.reshape(-1), whose[its] * HORIZON + ahead, brings[its])
        incomes = paydays(recent, its, ahead, self._today)
        own = np.fromiter(incomes, np.int64, len(incomes))
        named = zip(whose[own].tolist(), code[which[own]].tolist(), incomes.values(), strict=True)
        for at, stream, payday in named:
            self.paydays[at][keys[stream]] = payday
        for at, facts in enumerate(self._people):
            names = facts.guessed and not_sure(facts)
            if names:
                guess = [one for one in np.flatnonzero(whose == at) if keys[code[which[one]]] in names]
                taken = np.isin(its, guess)
                self.not_sure[at] = np.zeros(HORIZON, np.int64)
                np.add.at(self.not_sure[at], ahead[taken], brings[its[taken]])

    def _take(self, whose: Ints | np.int64, days: Ints, cents: Ints | np.int64) -> None:
        """Take amounts out of past days; of those before the oldest one nothing is known."""
        place = days - self._oldest
        known = place >= 0
        taken = np.where(known, cents, 0)
        np.subtract.at(self.loose.reshape(-1), np.where(known, whose * (HISTORY_DAYS + 1) + place, 0), taken)

    def lay_single_payments(self) -> None:
        """Foresee what comes once a year, and an income that began; forget large payments that came once."""
        today, oldest = self._today, self._oldest
        for once in once_a_year(self._people, today, oldest):
            if once.category in YEARLY_INCOME and not _still_pays(once.payee, self._people[once.at]):
                continue
            self.foreseen[once.at, max(once.day + _YEAR - today - 1, 0)] += once.cents
            if once.category in YEARLY_COSTS:
                self.loose[once.at, once.day - oldest] -= once.cents
        for at, facts in enumerate(self._people):
            self._forget(at, not_expected(facts))
            for day, cents in less_expected(facts) if facts.paid_ahead else ():
                self.foreseen[at, max(day - today - 1, 0)] -= cents
            for rows, cadence in what_began(facts):
                newest = rows[-1]
                for day in days_from(newest.day, cadence, today + HORIZON):
                    if today < day <= today + HORIZON:
                        self.foreseen[at, day - today - 1] += newest.cents
                self._forget(at, rows)

    def _forget(self, at: int, rows: Iterable[Row]) -> None:
        """Take payments out of the past of a person."""
        for row in rows:
            if row.day >= self._oldest:
                self.loose[at, row.day - self._oldest] -= row.cents


def _of_kinds(series: Series, which: Ints, kinds: frozenset[str]) -> Flags:
    """Mark the rhythms of some kinds."""
    code, names = series.category
    marked: Flags = np.array([name in kinds for name in names], np.bool_)[code[which]]
    return marked


def _payments(start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return where the payments of rhythms stand, and how many each one has."""
    return stretches(start, end), end - start


def _still_pays(payee: str, facts: Facts) -> bool:
    """Whether somebody pays an income that goes on."""
    return any(
        one.payee == payee
        and one.category in facts.kinds.income
        and (one.status == "active" or (one.status == "late" and not one.incoming))
        for one in facts.rhythms
    )


def _missed(days: Sequence[int], period: int) -> list[int]:
    """Return the days on which an income should have come and did not."""
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
