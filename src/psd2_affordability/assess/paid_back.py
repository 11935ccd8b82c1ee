"""Money that returns at a rhythm for a cost: part of a premium, a correction of an instalment."""

from collections.abc import Iterator, Mapping

from psd2_affordability.assess.both_ways import both_ways
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import REFUND
from psd2_affordability.assess.rhythm import PER_YEAR, Rhythm
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

#: Fewer payments may be chance, and what returns less often cannot be counted on.
_FEWEST, _TIMES_A_YEAR = 3, 4


def paid_back(facts: Facts) -> Mapping[str, list[Rhythm]]:
    """Find what still returns each month or quarter, by the category of the cost that it is for.

    That is the category of the payment, to the same payee and at least as large, before it.
    """
    found: dict[str, list[Rhythm]] = {}
    for one in facts.once(both_ways).incoming:
        if one.category == REFUND and one.status == "active" and _counts(one):
            for category in facts.spans:
                if any(row.tx == one.txs[-1] for row in facts.of(category)):
                    found.setdefault(category, []).append(one)
    return found


def _counts(one: Rhythm) -> bool:
    return one.times >= _FEWEST and PER_YEAR[one.cadence] >= _TIMES_A_YEAR


def say_paid_back(facts: Facts) -> Iterator[Reason]:
    """Say what returns, and that the costs are lower by it."""
    for rhythms in facts.once(paid_back).values():
        for one in rhythms:
            yield reason(
                "expenses.paid_back",
                "{amount} a month comes back from {payee}; the costs are counted less by it.",
                "Er komt {amount} per maand terug van {payee}. Dat gaat van de kosten af.",
                amount=Money(one.usual),
                payee=one.payee,
                transactions=one.txs[-12:],
            )
