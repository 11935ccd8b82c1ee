"""How often what the forecasts call sure comes true, counted over invented people and their futures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import numpy as np

from futures_flows import Ints, in_month, months_of
from futures_truth import AHEAD, Person, make_people
from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.assess.expenses import expenses_of
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.figures import facts_of
from psd2_affordability.assess.forecast.ahead import ahead_of
from psd2_affordability.assess.income import income_of
from psd2_affordability.assess.kinds import Kinds
from psd2_affordability.assess.plans import SURE, option, payments_of
from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.order import key_hashes
from psd2_affordability.ledger.schema import frame_of
from psd2_affordability.service.bootstrap import product

#: A plan is called nine in ten sure when its chance lies between these.
CALLED = (0.88, 0.92)
_STEP = 5_00


@dataclass(slots=True)
class Score:
    """Counts.

    Attributes:
        plans: how many plans were called so sure.
        futures: in how many futures they were tried.
        held: in how many of these they held.
        days: how many days of balances were foretold, over all futures.
        within: on how many of these the balance lay in the band of eight in ten.
    """

    plans: int = 0
    futures: int = 0
    held: int = 0
    days: int = 0
    within: int = 0
    kinds: set[str] = field(default_factory=set)

    @property
    def share_held(self) -> float:
        return self.held / self.futures

    @property
    def share_within(self) -> float:
        return self.within / self.days


def score(people: int, futures: int, seed: int) -> Score:
    """Make people, let the product read their past, and hold what it says against their futures."""
    made = {person.name: (person, chance) for person, chance in make_people(people, seed)}
    lives = {name: list(person.rows(chance)) for name, (person, chance) in made.items()}
    rows = [row for life in lives.values() for row in life]
    understood = understand(frame_of(rows), product().knowledge, {})
    found = Score()
    for facts in _facts(understood, [person for person, _ in made.values()]):
        person, chance = made[facts.subject]
        _count(found, person, facts, person.futures(chance, futures))
    return found


def _facts(understood: Understood, people: list[Person]) -> Iterator[Facts]:
    """Read the facts of everybody, each on the day asked of that person."""
    kinds = Kinds.of(product().knowledge.taxonomy)
    for on in sorted({person.on for person in people}):
        asked = [person for person in people if person.on == on]
        names = [person.name for person in asked]
        frame = understood.frame[understood.frame["subject"].isin(names)].reset_index(drop=True)
        streams = understood.streams[understood.streams["subject"].isin(names)].reset_index(drop=True)
        cases = {
            person.name: Case(
                balances=(KnownBalance(person.account, Money(person.balance), on, proven=True),)
            )
            for person in asked
        }
        yield from facts_of(Understood(frame, streams), cases, kinds, on, key_hashes(frame))


def _count(found: Score, person: Person, facts: Facts, futures: Ints) -> None:
    (ahead,) = ahead_of([facts])
    foretold = ahead.balance_days
    if foretold is not None:
        low, _, high = np.array(foretold.by_day)
        seen = futures[:, : len(low)]
        found.days += seen.size
        found.within += int(((seen >= low) & (seen <= high)).sum())
    if isinstance(income_of(facts).monthly, Unknown):
        return
    (payments,) = payments_of([(facts, expenses_of(facts), ahead.outlook)])
    if payments is None:
        return
    cents = payments.paths.borne_by(SURE, 12) // _STEP * _STEP
    if cents < _STEP:
        return
    plan = option(payments, cents, None, "proposed")
    if CALLED[0] <= float(plan.chance_holds) <= CALLED[1]:
        held = _holds(person.on, plan.first_on, cents, payments.paths.floor, futures)
        found.plans += 1
        found.kinds.add(person.kind)
        found.futures += len(held)
        found.held += int(held.sum())


def _holds(on: date, first_on: date, cents: int, floor: int, futures: Ints) -> np.ndarray:
    """Tell in which futures the balance stays at the floor or above, from each payment to the next."""
    ends = [
        in_month(months_of(first_on) + at, first_on.day).toordinal() - on.toordinal() - 1 for at in range(13)
    ]
    assert ends[-1] <= AHEAD
    held = np.ones(len(futures), dtype=bool)
    for paid, (start, end) in enumerate(pairwise(ends), start=1):
        held &= futures[:, start:end].min(axis=1) - paid * cents >= floor
    return held
