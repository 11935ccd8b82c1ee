"""The balance to expect at the end of each of the next forty-two days."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from psd2_affordability.assess.forecast.draws import drawn, widened
from psd2_affordability.assess.forecast.narrow import Whole, most_in, width_for
from psd2_affordability.assess.forecast.outlook import Outlook
from psd2_affordability.ledger.arrays import Ints

#: Six weeks ahead, made of two stretches of three past weeks: spending goes in spells longer than a week.
DAYS = 42
_WEEK, _WEEKS = 7, 3
_STRETCH = _WEEK * _WEEKS
_STRETCHES = DAYS // _STRETCH
_PATHS = 250
_PARTS = (10, 50, 90)
_MOST_WEEKS = 52
#: Of each day's futures this many stand for all when the days are put together.
_STANDING = 50
_APART = _PATHS // _STANDING
_DAYS_OF_STRETCHES = [slice(first, first + _STRETCH) for first in range(0, DAYS, _STRETCH)]
#: Of each day's futures in order: those that are told, and those that stand for all.
_TOLD = np.array([_PATHS * part // 100 for part in _PARTS])
_OVER_ALL = [DAYS * _STANDING * part // 100 for part in _PARTS]


class BalanceDays(NamedTuple):
    """Balances in cents.

    Attributes:
        by_day: a low, a middle and a high balance (10, 50 and 90 in a hundred futures), each for every
            coming day.
        over_all: the same over all days together.
        middle: the middle one of these also where it lies below the lowest balance that is told; a change
            of the balance counts from it.
    """

    by_day: Whole
    over_all: list[int]
    middle: int


def balance_days(outlooks: Sequence[Outlook]) -> list[BalanceDays | None]:
    """Run the next six weeks of each many times: what is foreseen, with weeks of the past year for the rest.

    Past weeks keep their weekdays, so that Saturday's groceries stay on a Saturday. None where no
    balance is known, or less than three weeks are. No balance is told below the lowest one known, zero
    when that is above: there debits come back.
    """
    found: list[BalanceDays | None] = [None] * len(outlooks)
    with_weeks: dict[int, list[int]] = {}
    for at, outlook in enumerate(outlooks):
        weeks = min(_MOST_WEEKS, (len(outlook.loose) - 1 - outlook.first) // _WEEK)
        if outlook.balance is not None and weeks >= _WEEKS:
            with_weeks.setdefault(weeks, []).append(at)
    for weeks, places in with_weeks.items():
        for at, days in zip(places, _told([outlooks[at] for at in places], weeks), strict=True):
            found[at] = days
    return found


def _told(outlooks: Sequence[Outlook], weeks: int) -> list[BalanceDays]:
    """Tell the balances of people of whom so many weeks are known; axes: person, day, future."""
    people = len(outlooks)
    foreseen = np.concatenate([one.foreseen[:DAYS] for one in outlooks]).reshape(people, DAYS).cumsum(axis=1)
    foreseen += np.array([[(one.balance or 0) + one.others] for one in outlooks])
    past = _past(outlooks, weeks)
    width = width_for(_STRETCHES * most_in(past) + most_in(foreseen))
    past, start = past.astype(width), foreseen.astype(width)[..., None]
    told = np.empty((people, DAYS, len(_PARTS)), width)
    standing = np.empty((people, DAYS, _STANDING), width)
    before: Whole | None = None
    for chosen, days in zip(drawn(past.shape[2], _STRETCHES, _PATHS), _DAYS_OF_STRETCHES, strict=True):
        futures = past.take(chosen, axis=2)
        if before is not None:
            futures += before
        before = futures[:, -1:].copy()
        futures.sort(axis=2)
        told[:, days] = futures[..., _TOLD]
        standing[:, days] = futures[..., _APART // 2 :: _APART]
    told += start
    standing += start
    in_order = standing.reshape(people, -1)
    in_order.sort(axis=1)
    lowest = np.array([one.lowest for one in outlooks])
    by_day = np.maximum(told.transpose(0, 2, 1), lowest[:, None, None])
    over_all = in_order[:, _OVER_ALL]
    middle = over_all[:, 1].tolist()
    return list(map(BalanceDays, by_day, np.maximum(over_all, lowest[:, None]).tolist(), middle))


def _past(outlooks: Sequence[Outlook], weeks: int) -> Ints:
    """Return the running sums of the loose rest by person, day of a stretch, and past stretch, widened."""
    days = np.concatenate([one.loose[-1 - weeks * _WEEK : -1] for one in outlooks])
    known = np.zeros((len(outlooks), weeks * _WEEK + 1), np.int64)
    np.cumsum(days.reshape(len(outlooks), -1), axis=1, out=known[:, 1:])
    starts = np.arange(0, (weeks - _WEEKS) * _WEEK + 1, _WEEK)
    moved = known.take(starts + np.arange(1, _STRETCH + 1)[:, None], axis=1)
    moved -= known.take(starts, axis=1)[:, None]
    return widened(moved, weeks // _WEEKS, axis=2)
