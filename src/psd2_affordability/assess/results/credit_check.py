"""What a credit checker gets."""

from dataclasses import dataclass
from typing import Literal

from psd2_affordability.core.answer import Unknown
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
    """

    outcome: Literal["within_norms", "refer_to_person"]
    indicators: tuple[Indicator, ...]
    reasons: tuple[Reason, ...]
