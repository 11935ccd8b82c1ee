"""What a credit checker gets."""

from dataclasses import dataclass
from typing import Literal

from psd2_affordability.assess.obligation import Depth, Obligation
from psd2_affordability.assess.results.counterfactuals import Turn
from psd2_affordability.core.answer import LegalAnswer, Range, Unknown
from psd2_affordability.core.reasons import Reason

Level = Literal["fine", "watch", "concern", "unknown"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing a credit checker looks at.

    Attributes:
        code: stable name, such as `income_stability`.
        level: fine, watch, concern or unknown.
        value: as a person reads it (an amount, a share, a count), or Unknown.
        says: what it means, in English and Dutch, with its transactions.
    """

    code: str
    level: Level
    value: str | Unknown
    says: Reason


@dataclass(frozen=True, slots=True)
class CreditCheck:
    """Advice for a human about a new obligation; never a refusal.

    Attributes:
        outcome: within_norms or refer_to_person.
        indicators: every indicator looked at.
        reasons: the ones that weighed, heaviest first.
        says: the outcome in one plain sentence.
        depth: how much was looked at: light, usual or thorough, by the size of the obligation.
        left_out: indicators that a check of this depth does not look at.
        law: under which law it was made, as far as that is known for the day.
        obligation: the new obligation, when one was asked about.
        room_after: what is left above the legal floor with the obligation in it, below zero when it does
            not fit; None when no obligation was asked about.
        norm: what of the income credit may not touch, by the user's amounts; None when none were given.
        turns: what each indicator that stands in the way must reach; those that turn it alone say so.
    """

    outcome: Literal["within_norms", "refer_to_person"]
    indicators: tuple[Indicator, ...]
    reasons: tuple[Reason, ...]
    says: Reason
    depth: Depth
    left_out: tuple[str, ...]
    law: tuple[Reason, ...]
    obligation: Obligation | None = None
    room_after: Range | Unknown | None = None
    norm: LegalAnswer | None = None
    turns: tuple[Turn, ...] = ()

    def take_turns(self, turns: tuple[Turn, ...]) -> None:
        """Take what would turn it, which is found from the check itself; for who makes this."""
        object.__setattr__(self, "turns", turns)
