"""What came in and went out in each whole month, for a chart."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from psd2_affordability.assess.kinds import RETURNED
from psd2_affordability.core.money import Money

if TYPE_CHECKING:
    import pandas as pd

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthFlow:
    """Money in and out in one calendar month, as positive amounts; own money that moves is left out."""

    year: int
    month: int
    came_in: Money
    went_out: Money


def months_of(frame: "pd.DataFrame", on: date) -> tuple[MonthFlow, ...]:
    """Return the whole months of one subject's understood rows, oldest first, twelve at most.

    Own transfers do not count, nor does a direct debit that came back: it moved nothing.
    """
    import pandas as pd

    booked = frame[(frame["status"] == "booked") & (frame["currency"] == "EUR")]
    if booked.empty:
        return ()
    month = booked["booked_on"].dt.year * 12 + booked["booked_on"].dt.month - 1
    ahead = on + timedelta(days=1)
    last = ahead.year * 12 + ahead.month - 2
    earliest = booked["booked_on"].min()
    begun_late = earliest.day > 3
    first = max(last - _MONTHS + 1, int(month.min()) + begun_late)
    came_back = booked["category"] == RETURNED
    undone = booked["pair"].isin(set(booked.loc[came_back, "pair"]) - {""})
    counts = ~(came_back | undone | (booked["category"].str.startswith("intern.")))
    amount = booked["amount_ct"].where(counts, 0)
    sums = pd.DataFrame({"in": amount.clip(lower=0), "out": -amount.clip(upper=0)}).groupby(month).sum()
    return tuple(
        MonthFlow(
            year=number // 12,
            month=number % 12 + 1,
            came_in=Money(int(sums["in"].get(number, 0))),
            went_out=Money(int(sums["out"].get(number, 0))),
        )
        for number in range(first, last + 1)
    )
