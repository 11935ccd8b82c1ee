"""Part of the wages of a month that came before payday: so much less comes on it."""

from collections.abc import Iterable, Iterator, Sequence

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.both_ways import both_ways
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import WAGE
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.rhythm import Rhythm
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason


def paid_ahead(facts: Facts, wage: Rhythm) -> Sequence[Row]:
    """Return the advances on the next payment of a wage; one that comes each month is a part of its own."""
    if not facts.paid_ahead or wage.category != WAGE or wage.status == "ended":
        return ()
    return _advances(facts, wage, wage.last_day + 1)


def lowered_by_advance(facts: Facts, wages: Iterable[Rhythm]) -> Iterator[Reason]:
    """Say of wages that fell with an advance before them that the next ones may be whole again."""
    for wage in wages:
        if wage.category == WAGE and wage.status == "active" and wage.cents[-1] < wage.cents[-2]:
            before, last = wage.days[-2:]
            for row in _advances(facts, wage, before + 1):
                if row.day <= last:
                    yield _lowered(row, wage.txs[-1])


def _lowered(early: Row, rest: str) -> Reason:
    return reason(
        "income.lowered_by_advance",
        "{amount} of the last wages from {payee} came ahead of payday, on {day}; the next ones may be higher "
        "again. Ask what a usual month brings.",
        "Op {day} kwam {amount} voorschot op het loon van {payee}. Daarna kwam er minder. Het volgende loon "
        "kan weer hoger zijn. Vraag wat het loon per maand is.",
        amount=Money(early.cents),
        payee=early.payee,
        day=day_of(early.day),
        transactions=[early.tx, rest],
    )


def _advances(facts: Facts, wage: Rhythm, since: int) -> list[Row]:
    regular = {tx for one in facts.once(both_ways).incoming if one.payee == wage.payee for tx in one.txs}
    return [
        row
        for category in sorted(facts.kinds.relied_on | facts.kinds.one_off)
        for row in facts.since(category, since)
        if row.tx in facts.paid_ahead and row.payee == wage.payee and row.tx not in regular
    ]


def left_of_it(payment: int, advances: Sequence[Row]) -> int:
    """Return what is still to come of a payment, in cents."""
    return max(0, payment - sum([row.cents for row in advances])) if advances else payment
