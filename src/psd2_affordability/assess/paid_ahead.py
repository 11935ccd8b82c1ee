"""Part of the wages of a month that came before payday: so much less comes on it."""

from collections.abc import Sequence

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.both_ways import both_ways
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import WAGE
from psd2_affordability.assess.rhythm import Rhythm


def paid_ahead(facts: Facts, wage: Rhythm) -> Sequence[Row]:
    """Return the advances on the next payment of a wage; one that comes each month is a part of its own."""
    if not facts.paid_ahead or wage.category != WAGE or wage.status == "ended":
        return ()
    regular = {tx for one in facts.once(both_ways).incoming if one.payee == wage.payee for tx in one.txs}
    return [
        row
        for category in sorted(facts.kinds.relied_on | facts.kinds.one_off)
        for row in facts.since(category, wage.last_day + 1)
        if row.tx in facts.paid_ahead and row.payee == wage.payee and row.tx not in regular
    ]


def left_of_it(payment: int, advances: Sequence[Row]) -> int:
    """Return what is still to come of a payment, in cents."""
    return max(0, payment - sum([row.cents for row in advances])) if advances else payment
