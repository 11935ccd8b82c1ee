"""Invented people whose past and futures come from one process that is known, because it was written first.

Nothing here is shared with the product: the calendar, the rhythms and the chances are its own. A
person is a list of flows; the past is one run of them, and every future is another one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from futures_flows import (
    Chance,
    Flow,
    Ints,
    Stretch,
    dated,
    every_so_many,
    iban,
    months_of,
    now_and_then,
    spending,
)

#: Days that are written ahead: a plan of a year, first paid within two months.
AHEAD = 440

_SUPERMARKETS = ("Albert Heijn 1482", "Jumbo Zwolle", "Lidl 283", "Aldi 112")
_CAFES = ("Thuisbezorgd.nl", "McDonald's Zwolle", "Eetcafe De Linde", "Starbucks")
_SHOPS = ("HEMA EV042", "Action 1182", "Kruidvat 7213", "bol.com")
_LARGE = ("Coolblue B.V.", "Kwik-Fit Zwolle", "IKEA Amersfoort", "MediaMarkt Zwolle")
_EVEN = (0.30, 0.30, 0.30, 0.35, 0.40, 0.50, 0.25)


@dataclass(slots=True)
class Person:
    """One invented person.

    Attributes:
        name: the subject.
        kind: what kind of life it is.
        on: the day asked.
        days: days of history.
        flows: why money moves.
        mood: how much the spending differs from month to month.
        balance: cents on the account at the end of the day asked.
    """

    name: str
    kind: str
    on: date
    days: int
    flows: list[Flow]
    mood: float
    balance: int = 0
    scale: float = 1.0

    @property
    def account(self) -> str:
        return iban(f"rekening van {self.name}")

    def rows(self, chance: Chance) -> Iterator[dict[str, Any]]:
        """Write the history as ledger rows."""
        end = self.on.toordinal() + 1
        stretch = Stretch(chance, self.mood, end - self.days, end)
        count = 0
        for flow in self.flows:
            for day, cents in zip(
                *(column.tolist() for column in self._moves(flow, chance, stretch)), strict=True
            ):
                count += 1
                yield flow.face(chance) | {
                    "subject": self.name,
                    "account": self.account,
                    "tx": f"{self.name}-{count:05}",
                    "status": "booked",
                    "booked_on": pd.Timestamp(date.fromordinal(day)),
                    "amount_ct": cents,
                    "currency": "EUR",
                }

    def futures(self, chance: Chance, count: int) -> Ints:
        """Return the balance at the end of each day after the day asked, in so many futures."""
        start = self.on.toordinal() + 1
        moved = np.zeros((count, AHEAD), np.int64)
        for future in moved:
            stretch = Stretch(chance, self.mood, start, start + AHEAD)
            for flow in self.flows:
                days, cents = self._moves(flow, chance, stretch)
                np.add.at(future, days - start, cents)
        return self.balance + moved.cumsum(axis=1)

    def _moves(self, flow: Flow, chance: Chance, stretch: Stretch) -> tuple[Ints, Ints]:
        days, cents = flow.moves(chance, stretch)
        return days, np.rint(cents * self.scale).astype(np.int64) if flow.bends else cents


KINDS = ("salaried", "four_weekly", "benefit", "temp", "student", "family")
#: Per kind: least and most that is left in a month on average, in euros.
_LEFT = {"salaried": (80, 450), "four_weekly": (80, 400), "benefit": (40, 150), "temp": (120, 450)}
_LEFT |= {"student": (40, 200), "family": (100, 500)}


def make_people(count: int, seed: int) -> Iterator[tuple[Person, Chance]]:
    """Make people of all kinds in turn, each with the source of its chances."""
    for number in range(count):
        chance = np.random.default_rng([seed, number])
        yield make_person(f"p{number:04}", KINDS[number % len(KINDS)], chance), chance


def make_person(name: str, kind: str, chance: Chance) -> Person:
    """Make one person: incomes, contracts, ways of spending, a margin and a buffer."""
    on = date(2026, 1, 15) + timedelta(days=11 * int(chance.integers(0, 14)))
    payday = int(chance.integers(20, 28))
    person = Person(name, kind, on, int(chance.choice([365, 380, 420, 540, 270])), [], 0.0)
    person.mood = float(chance.choice([0.05, 0.12, 0.2]))
    person.flows = [*_incomes(kind, chance, payday, on), *_contracts(kind, chance, on)]
    person.flows += _ways_of_spending(chance, payday)
    _settle(person, chance)
    return person


def _incomes(kind: str, chance: Chance, payday: int, on: date) -> Iterator[Flow]:
    this_month = months_of(on)
    raises: dict[str, Any] = {
        "raised": 0,
        "raise_of": float(chance.choice([0.0, 0.0, 0.02])),
        "since": this_month,
    }
    wage = int(chance.integers(180_000, 290_000))
    if kind in {"salaried", "family"}:
        varies = float(chance.choice([0.0, 0.02, 0.06]))
        yield dated("Veldman Techniek B.V.", "Salaris", wage, of_month=payday, varies=varies, **raises)
        yield dated("Veldman Techniek B.V.", "Vakantiegeld", wage * 9 // 10, of_month=payday + 1, months=(4,))
    if kind == "family":
        part = int(chance.integers(70_000, 130_000))
        yield dated("Zorggroep De Linde", "Salaris", part, of_month=24, varies=0.08)
        yield dated("SVB", "Kinderbijslag kwartaal", 57_000, of_month=1, months=(0, 3, 6, 9))
    if kind == "four_weekly":
        anchor = on.toordinal() - int(chance.integers(1, 28))
        anchor -= max(0, date.fromordinal(anchor).weekday() - 4)
        varies = float(chance.choice([0.0, 0.05]))
        yield every_so_many(
            "Randstad Groep", "Loon periode", wage * 12 // 13, step=28, anchor=anchor, varies=varies
        )
    if kind == "benefit":
        yield dated(
            "Gemeente Zwolle", "Bijstandsuitkering", int(chance.integers(128_000, 140_000)), of_month=payday
        )
    if kind == "temp":
        anchor = on.toordinal() - on.weekday() - 4
        week = int(chance.integers(42_000, 60_000))
        yield every_so_many(
            "Tempo-Team Uitzenden", "Loon week", week, step=7, anchor=anchor, varies=0.25, comes=0.9
        )
    if kind == "student":
        yield dated(
            "DUO Hoofdrekening", "Studiefinanciering", int(chance.integers(60_000, 95_000)), of_month=24
        )
        yield dated(
            "Bakkerij Kroonenberg", "Salaris", int(chance.integers(40_000, 80_000)), of_month=28, varies=0.2
        )
    if kind in {"benefit", "temp", "student"}:
        yield dated(
            "Belastingdienst", "Voorschot zorgtoeslag", int(chance.integers(9_000, 13_000)), of_month=20
        )
    if kind == "benefit":
        yield dated(
            "Belastingdienst", "Voorschot huurtoeslag", int(chance.integers(20_000, 40_000)), of_month=20
        )


def _contracts(kind: str, chance: Chance, on: date) -> Iterator[Flow]:
    this_month = months_of(on)
    rent = {"student": 45_000, "benefit": 62_000, "temp": 65_000, "family": 98_000}.get(kind, 75_000)
    rent = round(rent * chance.uniform(0.9, 1.15))
    raise_of = float(chance.choice([0.0, 0.025]))
    yield dated(
        "Ymere",
        "Huur",
        -rent,
        of_month=int(chance.choice([1, 27, 28])),
        raised=6,
        raise_of=raise_of,
        since=this_month,
    )
    yield dated("Zilveren Kruis", "Premie", -int(chance.integers(14_500, 17_000)), of_month=3)
    if kind != "student":
        yield dated(
            "Essent",
            "Termijnbedrag",
            -int(chance.integers(9_000, 19_000)),
            of_month=int(chance.integers(2, 27)),
        )
        yield dated(
            "Vitens", "Waternota", -int(chance.integers(3_000, 6_000)), of_month=14, months=(1, 4, 7, 10)
        )
        yield dated(
            "GBLT", "Aanslag waterschap", -int(chance.integers(15_000, 38_000)), of_month=28, months=(2,)
        )
    yield dated("KPN Mobile", "Factuur", -int(chance.integers(1_500, 4_500)), of_month=18, varies=0.1)
    if chance.random() < 0.4:
        yield dated("Univé", "Premie jaar", -int(chance.integers(15_000, 45_000)), of_month=5, months=(9,))
    if chance.random() < 0.3:
        yield dated("Netflix", "Abonnement", -1_399, of_month=11)


def _ways_of_spending(chance: Chance, payday: int) -> Iterator[Flow]:
    rush = float(chance.choice([1.0, 1.25]))
    saturday = date(2026, 1, 3).toordinal()
    yield every_so_many(
        "Jumbo Zwolle", "", -int(chance.integers(4_000, 9_000)), step=7, anchor=saturday, varies=0.3
    )
    yield spending(_SUPERMARKETS, 1_900, by_weekday=_EVEN, spread=0.6, payday=payday, rush=rush)
    late = (0.03, 0.03, 0.05, 0.10, 0.25, 0.25, 0.10)
    yield spending(_CAFES, 2_600, by_weekday=late, spread=0.5, payday=payday, rush=rush)
    yield spending(_SHOPS, 2_800, by_weekday=(0.08,) * 7, spread=0.8, payday=payday, rush=rush)
    large = float(chance.choice([0.0, 2.0, 4.0]))
    if large:
        yield now_and_then(_LARGE, 22_000, a_year=large, spread=0.5)


def _settle(person: Person, chance: Chance) -> None:
    """Bend the spending until about the wanted margin is left, and put a buffer on the account."""
    low, high = _LEFT[person.kind]
    wanted = chance.uniform(low, high) * 100 * 12
    trial = np.random.default_rng(int(chance.integers(2**32)))
    held = person.flows
    person.flows = [flow for flow in held if not flow.bends]
    fixed = person.futures(trial, 4)[:, 364].mean()
    person.flows = [flow for flow in held if flow.bends]
    bent = -person.futures(trial, 4)[:, 364].mean()
    person.flows = held
    person.scale = float(np.clip((fixed - wanted) / bent, 0.25, 3.0))
    course = person.futures(trial, 2)[:, :40].mean(axis=0)
    buffer = int(chance.choice([0, 15_000, 60_000, 200_000, 500_000]))
    person.balance = round(max(0.0, -float(course.min()))) + buffer + int(chance.integers(0, 20_000))
