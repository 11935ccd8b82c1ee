"""A new obligation that somebody asks about, and how deep a check of it may go."""

from dataclasses import dataclass
from typing import Literal

from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.money import Money

#: How much of a person's bookings a credit check looks at.
Depth = Literal["light", "usual", "thorough"]


@dataclass(frozen=True, slots=True)
class Obligation:
    """A new obligation.

    Attributes:
        monthly: what it asks a month.
        months: for how long; None when it has no end, or none was given.
    """

    monthly: Money
    months: int | None = None

    @property
    def total(self) -> Money | None:
        """All that it asks, when it has an end.

        >>> str(Obligation(Money(25_00), 24).total)
        '600.00'
        """
        return None if self.months is None else self.monthly * self.months


def depth_of(obligation: Obligation | None) -> Depth:
    """Return how deep a check may go: what is asked weighs against what is looked at.

    A small and short obligation is held against little, a large or long one against all. Without an
    obligation, or without its end, the check is the usual one, or thorough when a year of it is much.

    >>> depth_of(None), depth_of(Obligation(Money(40_00), 3)), depth_of(Obligation(Money(90_00), 24))
    ('usual', 'light', 'thorough')
    """
    if obligation is None:
        return "usual"
    months = obligation.months if obligation.months is not None else NORMS.thorough_months
    asked = (obligation.monthly * months).cents
    if obligation.months is not None and asked <= NORMS.light_total_ct and months <= NORMS.light_months:
        return "light"
    return "thorough" if asked > NORMS.thorough_total_ct or months > NORMS.thorough_months else "usual"
