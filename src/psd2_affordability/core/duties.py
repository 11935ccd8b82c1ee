"""Answers of law that are not an amount: duties held against facts, and terms with their last day."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from psd2_affordability.core.answer import RuleUse


@dataclass(frozen=True, slots=True)
class Check:
    """One duty held against the facts given.

    Attributes:
        code: stable, dotted, lower case.
        article: where the law says it.
        says: what the duty is, or how it is broken, in one plain sentence.
        holds: whether it is met; None when the facts or the law do not tell.
    """

    code: str
    article: str
    says: str
    holds: bool | None


@dataclass(frozen=True, slots=True)
class LegalChecks:
    """How the facts stand to a list of duties on a day.

    Attributes:
        question: stable name, such as `collection-contact`.
        on: the day asked.
        checks: each duty, in the order of the law; empty when the law is not known for the day.
        rules: the dated rules used.
        reason: why there is no answer, or empty.
    """

    question: str
    on: date
    checks: tuple[Check, ...]
    rules: tuple[RuleUse, ...] = ()
    reason: str = ""

    @property
    def status(self) -> Literal["ok", "finding", "unknown"]:
        """`finding` when a duty is broken, `unknown` when that cannot be told, else `ok`."""
        if any(check.holds is False for check in self.checks):
            return "finding"
        told = self.checks and all(check.holds for check in self.checks)
        return "ok" if told else "unknown"


@dataclass(frozen=True, slots=True)
class Term:
    """One term that the law sets.

    Attributes:
        code: stable, dotted, lower case; what comes before the point is its topic.
        article: where the law says it.
        says: what must happen within it, and from when it runs.
        count: how many.
        unit: of what: days, working days, weeks, months, years, times.
        last_on: its last day, when the day it starts from is given and it has one.
    """

    code: str
    article: str
    says: str
    count: int
    unit: str
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class LegalTerms:
    """The terms that the law sets on a day.

    Attributes:
        question: `terms`.
        on: the day asked.
        starts_on: the day that the terms are counted from, or None.
        terms: those whose rule is in force on the day.
        rules: the dated rules used.
        missing: for each term that is not known for the day, the fact.
    """

    question: str
    on: date
    starts_on: date | None
    terms: tuple[Term, ...]
    rules: tuple[RuleUse, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def status(self) -> Literal["ok", "unknown"]:
        """`unknown` when no term is known for the day."""
        return "ok" if self.terms else "unknown"
