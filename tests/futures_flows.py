"""Reasons why money moves in an invented life: contracts, pay, spending, and what comes by chance.

Nothing here is shared with the product: the calendar, the rhythms and the chances are its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Chance = np.random.Generator

#: Days on which the payment system is shut, besides weekends.
_SHUT = frozenset(
    date(year, month, day)
    for year, easter in {
        2024: [(3, 29), (4, 1)],
        2025: [(4, 18), (4, 21)],
        2026: [(4, 3), (4, 6)],
        2027: [(3, 26), (3, 29)],
    }.items()
    for month, day in [(1, 1), *easter, (5, 1), (12, 25), (12, 26)]
)


def in_month(months: int, of_month: int) -> date:
    """Return a day of a month counted from year 0; a day that the month lacks is its last one."""
    year, month = divmod(months, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=of_month - 1), after - timedelta(days=1))


def months_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def open_before(day: date) -> date:
    while day.weekday() > 4 or day in _SHUT:
        day -= timedelta(days=1)
    return day


def open_after(day: date) -> date:
    while day.weekday() > 4 or day in _SHUT:
        day += timedelta(days=1)
    return day


class Stretch:
    """The days from one to another, with how freely a person spends on each of them in one run."""

    def __init__(self, chance: Chance, spread: float, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.days = np.arange(start, end)
        self.month, self.of_month = calendar(start, end)
        bends = np.exp(chance.normal(0, spread, int(self.month.max()) + 1) - spread**2 / 2)
        self.mood = bends[self.month]

    def within(self, days: Ints, cents: Ints) -> tuple[Ints, Ints]:
        kept = (days >= self.start) & (days < self.end)
        return days[kept], cents[kept]


@cache
def calendar(start: int, end: int) -> tuple[Ints, Ints]:
    """Return of each day which month it is in, the first one being 0, and its day of the month."""
    days = [date.fromordinal(day) for day in range(start, end)]
    first = months_of(days[0])
    return np.array([months_of(day) - first for day in days]), np.array([day.day for day in days])


@dataclass(slots=True)
class Flow:
    """One reason why money moves.

    Attributes:
        face: how its rows look on a statement.
        moves: its days and cents in a stretch, drawn anew.
        bends: whether it can be spent less freely to leave a margin.
    """

    face: Callable[[Chance], dict[str, str]]
    moves: Callable[[Chance, Stretch], tuple[Ints, Ints]]
    bends: bool = False


@cache
def due_days(
    start: int, end: int, of_month: int, months: tuple[int, ...], early: bool, raised: int, since: int
) -> tuple[Ints, Ints]:
    """Return the days on which a contract asks a payment, and how often it was raised by then."""
    first, last = months_of(date.fromordinal(start)) - 1, months_of(date.fromordinal(end)) + 2
    due = [month for month in range(first, last) if month % 12 in months]
    moved = open_before if early else open_after
    days = [moved(in_month(month, of_month)).toordinal() for month in due]
    raises = [(month - raised) // 12 - (since - raised) // 12 if raised >= 0 else 0 for month in due]
    return np.array(days), np.array(raises)


def iban(name: str) -> str:
    number = f"{sum(ord(sign) * (at + 7) for at, sign in enumerate(name)) * 7919 % 10**10:010d}"
    digits = "".join(str(int(sign, 36)) for sign in f"BANK{number}NL00")
    return f"NL{98 - int(digits) % 97:02d}BANK{number}"


def _known(name: str, words: str, way: str) -> Callable[[Chance], dict[str, str]]:
    """Dress a row as a transfer, a direct debit or a card payment."""
    face = {"counterparty_name": name, "remittance": words}
    if way != "card":
        face["counterparty_iban"] = iban(name)
    if way == "debit":
        face |= {
            "creditor_id": f"NL{len(name):02d}ZZZ{abs(len(words)):08d}0000",
            "mandate_id": f"M{len(name)}",
        }
    codes = {
        "in": "PMNT-RCDT-ESCT",
        "debit": "PMNT-RDDT-ESDD",
        "out": "PMNT-ICDT-ESCT",
        "card": "PMNT-CCRD-POSD",
    }
    face["bank_code"] = codes[way]
    return lambda chance: face


def dated(
    name: str,
    words: str,
    cents: int,
    *,
    of_month: int = 1,
    months: tuple[int, ...] = tuple(range(12)),
    varies: float = 0.0,
    raised: int = -1,
    raise_of: float = 0.0,
    since: int = 0,
    by_hand: bool = False,
) -> Flow:
    """Pay on a day of certain months: incomes before a weekend, costs after it."""

    def moves(chance: Chance, stretch: Stretch) -> tuple[Ints, Ints]:
        days, raises = due_days(stretch.start, stretch.end, of_month, months, cents > 0, raised, since)
        if by_hand:
            days = days + chance.integers(-1, 3, len(days))
        sizes = cents * (1 + raise_of) ** raises * np.maximum(0.2, 1 + varies * chance.normal(size=len(days)))
        return stretch.within(days, np.rint(sizes).astype(np.int64))

    return Flow(_known(name, words, "in" if cents > 0 else "debit"), moves)


def every_so_many(
    name: str, words: str, cents: int, *, step: int, anchor: int, varies: float = 0.0, comes: float = 1.0
) -> Flow:
    """Pay every so many days, as it falls; perhaps not each time."""

    def moves(chance: Chance, stretch: Stretch) -> tuple[Ints, Ints]:
        start = stretch.start
        days = np.arange(start + (anchor - start) % step, stretch.end, step)
        days = days[chance.random(len(days)) < comes]
        sizes = cents * np.maximum(0.1, 1 + varies * chance.normal(size=len(days)))
        return days, np.rint(sizes).astype(np.int64)

    return Flow(_known(name, words, "in" if cents > 0 else "card"), moves)


def spending(
    names: tuple[str, ...],
    mean: int,
    *,
    by_weekday: tuple[float, ...],
    spread: float,
    payday: int,
    rush: float,
) -> Flow:
    """Spend by day: more on some weekdays, and more in the ten days after payday."""

    def moves(chance: Chance, stretch: Stretch) -> tuple[Ints, Ints]:
        days = stretch.days
        bent = np.where((stretch.of_month - payday) % 30 < 10, rush, 1 - (rush - 1) / 2) * stretch.mood
        sizes = mean * np.exp(chance.normal(0, spread, len(days)) - spread**2 / 2) * bent
        comes = chance.random(len(days)) < np.array(by_weekday)[(days - 1) % 7]
        return days[comes], -np.rint(sizes[comes]).astype(np.int64)

    faces = [_known(name, "", "card") for name in names]
    return Flow(lambda chance: faces[int(chance.integers(len(faces)))](chance), moves, bends=True)


def now_and_then(names: tuple[str, ...], mean: int, *, a_year: float, spread: float) -> Flow:
    """Pay something large by chance."""

    def moves(chance: Chance, stretch: Stretch) -> tuple[Ints, Ints]:
        days = stretch.days[chance.random(len(stretch.days)) < a_year / 365]
        sizes = mean * np.exp(chance.normal(0, spread, len(days)) - spread**2 / 2)
        return days, -np.rint(sizes).astype(np.int64)

    faces = [_known(name, "", "card") for name in names]
    return Flow(lambda chance: faces[int(chance.integers(len(faces)))](chance), moves)
