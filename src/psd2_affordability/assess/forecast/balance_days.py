"""The balance to expect at the end of each of the next forty-two days."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from psd2_affordability.assess.forecast.draws import drawn, widened
from psd2_affordability.assess.forecast.narrow import Whole, most_in, width_for
from psd2_affordability.assess.forecast.outlook import Outlook

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
#: Of each day's futures in order: those that are told, and those that stand for all.
_TOLD = np.array([_PATHS * part // 100 for part in _PARTS])
_OVER_ALL = [DAYS * _STANDING * part // 100 for part in _PARTS]


@dataclass(frozen=True, slots=True)
class BalanceDays:
    """Balances in cents.

    Attributes:
        by_day: a low, a middle and a high balance (10, 50 and 90 in a hundred futures), each for every
            coming day.
        over_all: the same over all days together.
        middle: the middle one of these also where it lies below the lowest balance that is told; a change
            of the balance counts from it.
    """

    by_day: list[list[int]]
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
    """Tell the balances of people of whom so many weeks are known; axes: person, day, stretch, future."""
    foreseen = np.array([one.foreseen[:DAYS] for one in outlooks]).cumsum(axis=1)
    foreseen += np.array([[(one.balance or 0) + one.others] for one in outlooks])
    past = _past(outlooks, weeks)
    width = width_for(_STRETCHES * most_in(past) + most_in(foreseen))
    past, foreseen = past.astype(width), foreseen.astype(width)
    futures = past.take(drawn(past.shape[2], _STRETCHES, _PATHS), axis=2)
    for stretch in range(1, _STRETCHES):
        futures[:, :, stretch] += futures[:, -1:, stretch - 1]
    futures.sort(axis=3)
    start = foreseen.reshape(-1, _STRETCHES, _STRETCH).transpose(0, 2, 1)[..., None]
    told = (futures[..., _TOLD] + start).transpose(0, 3, 2, 1).reshape(len(outlooks), len(_PARTS), DAYS)
    standing = (futures[..., _APART // 2 :: _APART] + start).reshape(len(outlooks), -1)
    standing.sort(axis=1)
    lowest = np.array([one.lowest for one in outlooks])
    told = np.maximum(told, lowest[:, None, None])
    over_all = standing[:, _OVER_ALL]
    middle = over_all[:, 1].tolist()
    return list(map(BalanceDays, told.tolist(), np.maximum(over_all, lowest[:, None]).tolist(), middle))


def _past(outlooks: Sequence[Outlook], weeks: int) -> Whole:
    """Return the running sums of the loose rest by person, day of a stretch, and past stretch, widened."""
    known = np.zeros((len(outlooks), weeks * _WEEK + 1), np.int64)
    np.cumsum([one.loose[-1 - weeks * _WEEK : -1] for one in outlooks], axis=1, out=known[:, 1:])
    stretches = sliding_window_view(known, _STRETCH + 1, axis=1)[:, ::_WEEK]
    return widened(stretches[..., 1:] - stretches[..., :1], weeks // _WEEKS).transpose(0, 2, 1)
