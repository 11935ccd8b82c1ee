"""Where booked rows do not explain the balances: between which days, and how much is missing.

A balance less all that was booked up to its day is the same number for every balance of an
account; where it changes, rows are missing, doubled or wrong.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from psd2_affordability.core.money import Money

_DAY = timedelta(days=1)


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


def unreconciled(booked: pd.DataFrame, stated: Iterable[tuple[date, int]]) -> tuple[Unreconciled, ...] | None:
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
    points = set(stated)
    for day, chain in chains.items():
        points |= set(_points(day, chain or ()))
    return tuple(_steps(sorted(points), moved)) if len(points) > 1 else None


def _points(day: date, chain: Sequence[tuple[int, int]]) -> Iterator[tuple[date, int]]:
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


def _steps(points: Sequence[tuple[date, int]], moved: Mapping[date, int]) -> Iterator[Unreconciled]:
    """Find where balance less bookings changes; a balance from the midst of a day is passed over."""
    left: list[tuple[date, int]] = []
    total, bookings = 0, iter(sorted(moved.items()))
    ahead = next(bookings, None)
    for day, cents in points:
        while ahead is not None and ahead[0] <= day:
            total += ahead[1]
            ahead = next(bookings, None)
        left.append((day, cents - total))
    firm = [point for at, point in enumerate(left) if not _midst(left, at, moved)]
    for (day, rest), (later, later_rest) in pairwise(firm):
        if rest != later_rest:
            yield Unreconciled(day, later, Money(later_rest - rest))


def _midst(left: Sequence[tuple[date, int]], at: int, moved: Mapping[date, int]) -> bool:
    """Whether both neighbours agree and this one does not, on a day when something was booked."""
    if not 0 < at < len(left) - 1:
        return False
    day, rest = left[at]
    return left[at - 1][1] == left[at + 1][1] != rest and (day in moved or day + _DAY in moved)
