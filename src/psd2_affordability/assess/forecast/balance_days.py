"""The balance to expect at the end of each of the next forty-two days."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from psd2_affordability.assess.forecast.draws import drawn, widened
from psd2_affordability.assess.forecast.outlook import Outlook

Ints = npt.NDArray[np.int64]

#: Six weeks ahead, made of two stretches of three past weeks: spending goes in spells longer than a week.
DAYS = 42
_WEEK, _WEEKS = 7, 3
_STRETCH = _WEEK * _WEEKS
_PATHS = 250
_PARTS = (10, 50, 90)
_PLACES = [_PATHS * part // 100 for part in _PARTS]
_MOST_WEEKS = 52
#: Of each day's futures this many stand for all when the days are put together.
_STANDING = 50


@dataclass(frozen=True, slots=True)
class BalanceDays:
    """Balances in cents.

    Attributes:
        by_day: a low, a middle and a high balance (10, 50 and 90 in a hundred futures), each for every
            coming day.
        over_all: the same over all days together.
    """

    by_day: list[list[int]]
    over_all: list[int]


def balance_days(outlook: Outlook) -> BalanceDays | None:
    """Run the next six weeks many times: what is foreseen, with weeks of the past year for the rest.

    Past weeks keep their weekdays, so that Saturday's groceries stay on a Saturday. None when no
    balance is known, or less than three weeks are.
    """
    end = len(outlook.loose) - 1
    weeks = min(_MOST_WEEKS, (end - outlook.first) // _WEEK)
    if outlook.balance is None or weeks < _WEEKS:
        return None
    known = outlook.loose[end - weeks * _WEEK : end]
    past = sliding_window_view(known, _STRETCH)[::_WEEK].cumsum(axis=1)
    chosen = drawn(len(past), DAYS // _STRETCH, _PATHS)
    days = widened(past, weeks // _WEEKS).T.take(chosen, axis=1)
    days[:, 1:] += days[-1, :-1].cumsum(axis=0)
    days = days.transpose(1, 0, 2).reshape(DAYS, _PATHS)
    days.sort(axis=1)
    days += (outlook.balance + outlook.others + outlook.foreseen[:DAYS].cumsum())[:, None]
    low = _PATHS // _STANDING // 2
    together = np.sort(days[:, low :: _PATHS // _STANDING], axis=None)
    return BalanceDays(
        days.T[_PLACES].tolist(),
        [int(together[len(together) * part // 100]) for part in _PARTS],
    )
