"""What a use of a report shows beside the answer: months, days and rows, as far as its purpose allows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from psd2_affordability.assess.results import Assessment
from psd2_affordability.categorise.taxonomy import Leaf
from psd2_affordability.core.money import Money
from psd2_affordability.service.printed.flows import MonthFlow, months_of
from psd2_affordability.service.printed.uses import Use
from psd2_affordability.service.receivers.rounded import in_tens
from psd2_affordability.service.receivers.seen import seen_for

if TYPE_CHECKING:
    import pandas as pd

    from psd2_affordability.service.assess_case import Answered


@dataclass(frozen=True, slots=True)
class RowSeen:
    """One transaction as the person may see it; `tx` is its key."""

    tx: str
    on: date
    who: str = field(repr=False)
    category: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Seen:
    """What a use may see.

    Attributes:
        use: which.
        found: the answer, with only what the use may see; kinds are broad ones for a receiver.
        months: what came in and went out, month by month; empty where the purpose has no income and costs.
        days: booking day of each transaction, to draw payments with; empty for a receiver.
        rows: the transactions, oldest first; the person's own version alone has them.
    """

    use: Use
    found: Assessment
    months: tuple[MonthFlow, ...]
    days: Mapping[str, date] = field(default_factory=dict, repr=False)
    rows: tuple[RowSeen, ...] = field(default=(), repr=False)


def seen_by(use: Use, answered: "Answered", leaves: Mapping[str, Leaf]) -> Seen:
    """Return what a use may see of an answer."""
    whole = answered.assessment
    found = seen_for(use.purpose, whole, leaves)
    frame = answered.understood.frame
    frame = frame[(frame["subject"] == whole.subject) & (frame["booked_on"] <= str(whole.on))]
    months = months_of(frame, found.on) if found.income is not None or found.expenses is not None else ()
    if not use.named:
        return Seen(use, found, tuple(map(_in_tens, months)))
    days = {tx: on.date() for tx, on in zip(frame["tx"], frame["booked_on"], strict=True)}
    return Seen(use, found, months, days, _rows(frame) if use.rows else ())


def _in_tens(month: MonthFlow) -> MonthFlow:
    return replace(month, came_in=in_tens(month.came_in), went_out=in_tens(month.went_out))


def _rows(frame: "pd.DataFrame") -> tuple[RowSeen, ...]:
    used = (frame["status"] == "booked") & (frame["currency"] == "EUR")
    shown = frame[used].sort_values(["booked_on", "tx"])
    fields = (shown[name] for name in ("tx", "booked_on", "payee", "category", "amount_ct"))
    return tuple(
        RowSeen(tx, on.date(), who, category, Money(int(cents)))
        for tx, on, who, category, cents in zip(*fields, strict=True)
    )
