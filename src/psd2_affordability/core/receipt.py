"""The receipt of an answer: what it was computed with, so that it can be computed again."""

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256
from types import NoneType
from typing import Any

from psd2_affordability.core.answer import RuleUse
from psd2_affordability.core.money import Money
from psd2_affordability.core.paths import figures

#: What a question is made of in the end; everything else holds these.
_PLAIN = (Money, Fraction, date, str, bool, int, NoneType)


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
    """Engine, day, rules, data, question and consent behind an answer; the same receipt gives the same bytes.

    Attributes:
        engine: version of the engine.
        on: the day it is for.
        rules: the rules used.
        data: the transactions.
        knowledge_sha256: over what is known of payees.
        consent: reference of the consent.
        corrections: what people corrected.
        question_sha256: over all that was asked and told beside the transactions: household, debt,
            proposal, obligation, balances, and which answers.
    """

    engine: str
    on: date
    rules: tuple[RuleUse, ...]
    data: DataUse | None = None
    knowledge_sha256: str = ""
    consent: str = ""
    corrections: CorrectionsUse | None = None
    question_sha256: str = ""


def question_sha256(question: Any) -> str:
    """Return the SHA-256 of a question, the same for the same question whatever it is kept in.

    Args:
        question: dataclasses and tuples of plain values.

    >>> from psd2_affordability.core.answer import Interval
    >>> question_sha256(Interval(Money(1), Money(2))) == question_sha256(Interval(Money(1), Money(3)))
    False
    """
    told = [[path, None if value is None else str(value)] for path, value in figures(question, _PLAIN)]
    return sha256(json.dumps(told).encode()).hexdigest()
