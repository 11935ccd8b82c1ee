"""Where booked rows do not explain the balances: between which days, and how much is missing.

A balance less all that was booked up to its day is the same number for every balance of an
account; where it changes, rows are missing, doubled or wrong.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import itemgetter

import pandas as pd

from psd2_affordability.core.money import Money

_DAY = timedelta(days=1)
#: Cents at the end of a day.
_Point = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Unreconciled:
    """Days whose booked rows do not explain the balances around them.

    Attributes:
        after: the balance at the end of this day is known.
        until: and so is the one at the end of this day.
        difference: what the balances changed more than the booked rows say.
    """

    after: date
    until: date
    difference: Money


def unreconciled(booked: pd.DataFrame, stated: Iterable[_Point]) -> tuple[Unreconciled, ...] | None:
    """Check the rows of one account and currency between every two balances that are known.

    Args:
        booked: booked rows of the ledger.
        stated: days, and cents at the end of each, as sources state them.

    Returns:
        What does not add up, oldest first; None when fewer than two balances are known.
    """
    moved: dict[date, int] = defaultdict(int)
    chains: dict[date, list[tuple[int, int]] | None] = {}
    days = [stamp.date() for stamp in booked["booked_on"]]
    balances = booked["balance_after_ct"].tolist()
    for day, cents, balance in zip(days, booked["amount_ct"].tolist(), balances, strict=True):
        moved[day] += cents
        chain = chains.setdefault(day, [])
        if balance is pd.NA:
            chains[day] = None
        elif chain is not None:
            chain.append((balance, cents))
    firm = {point for day, chain in chains.items() for point in _points(day, chain or ())}
    points = firm | set(stated)
    return tuple(_steps(points, firm, moved)) if len(points) > 1 else None


def _points(day: date, chain: Sequence[tuple[int, int]]) -> Iterator[_Point]:
    """Where a day's rows start and end, each row's balance being the start of the next; in any order.

    A bank that gives every row the balance at the end of its day tells only that; from rows that
    make no one chain nothing is told, and what is missing shows between the days around them.
    """
    if len(chain) > 1 and len({balance for balance, _ in chain}) == 1:
        yield day, chain[0][0]
        return
    after = Counter(balance for balance, _ in chain)
    before = Counter(balance - cents for balance, cents in chain)
    starts, ends = list((before - after).elements()), list((after - before).elements())
    if len(ends) == 1:
        yield day - _DAY, starts[0]
        yield day, ends[0]


def _steps(points: set[_Point], firm: set[_Point], moved: Mapping[date, int]) -> Iterator[Unreconciled]:
    """Find where balance less bookings changes."""
    rests: list[tuple[date, int, bool]] = []
    total, bookings = 0, deque(sorted(moved.items()))
    for day, same_day in groupby(sorted(points), key=itemgetter(0)):
        while bookings and bookings[0][0] <= day:
            total += bookings.popleft()[1]
        before = rests[-1][1] if rests else None
        told = [(day, cents - total, (day, cents) in firm) for _, cents in same_day]
        rests += sorted(told, key=lambda rest: (rest[1] != before, rest[2]))
    kept = [rest for at, rest in enumerate(rests) if not _midst(rests, at, moved)]
    for (day, rest, _), (later, later_rest, _) in pairwise(kept):
        if rest != later_rest:
            yield Unreconciled(day, later, Money(later_rest - rest))


def _midst(rests: Sequence[tuple[date, int, bool]], at: int, moved: Mapping[date, int]) -> bool:
    """Whether a source stated this balance in the midst of a day: those before and after agree without it."""
    day, rest, firm = rests[at]
    if firm or not 0 < at < len(rests) - 1:
        return False
    return rests[at - 1][1] == rests[at + 1][1] != rest and (day in moved or day + _DAY in moved)
