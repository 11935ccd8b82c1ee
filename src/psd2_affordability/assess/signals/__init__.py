"""First signs of new debt: one module per detector, one flat list.

A sign is dated and carries its transactions. Data that stop are no sign and no comfort either: how
old they are is told in the data quality, and nothing is judged past their last day.
"""

from collections.abc import Callable, Iterable

from psd2_affordability.assess.results import Signal
from psd2_affordability.assess.signals import (
    collectors,
    fixed_costs,
    gambling,
    missed_income,
    new_credit,
    replaced_income,
    returned_debits,
)
from psd2_affordability.assess.signals.context import Context

#: Every detector; each looks at the same context and yields what it finds.
DETECTORS: tuple[Callable[[Context], Iterable[Signal]], ...] = (
    missed_income.evaluate,
    replaced_income.evaluate,
    returned_debits.evaluate,
    new_credit.evaluate,
    collectors.evaluate,
    fixed_costs.evaluate,
    gambling.evaluate,
)


def signals_of(context: Context) -> tuple[Signal, ...]:
    """Run every detector; the gravest sign comes first, then the newest."""
    found = [signal for detector in DETECTORS for signal in detector(context)]
    found.sort(key=lambda one: (-one.level, -one.first_on.toordinal(), one.code, one.transactions))
    return tuple(found)
