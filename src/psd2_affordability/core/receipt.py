"""The receipt of an answer: what it was computed with, so that it can be computed again."""

from dataclasses import dataclass
from datetime import date

from psd2_affordability.core.answer import RuleUse


@dataclass(frozen=True, slots=True)
class DataUse:
    """Which transactions an answer was computed from.

    Attributes:
        first_on: first booking day, or None without rows.
        last_on: last booking day.
        rows: how many transactions.
        sha256: over the rows in a fixed order, so the order they came in does not matter.
    """

    first_on: date | None
    last_on: date | None
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CorrectionsUse:
    """What people corrected before an answer was computed.

    Attributes:
        rows: how many rows somebody corrected by hand.
        rules: how many rules that somebody accepted were in force.
        sha256: over all of them.
    """

    rows: int
    rules: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Engine, day, rules, data and consent behind an answer; the same receipt gives the same bytes."""

    engine: str
    on: date
    rules: tuple[RuleUse, ...]
    data: DataUse | None = None
    knowledge_sha256: str = ""
    consent: str = ""
    corrections: CorrectionsUse | None = None
