"""The receipt of an answer: what it was computed with, so that it can be computed again."""

import hmac
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from operator import attrgetter
from typing import Any

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
    """Engine, day, rules, data, question and consent behind an answer; the same receipt gives the same bytes.

    Attributes:
        engine: version of the engine.
        on: the day it is for.
        rules: the rules used.
        data: the transactions.
        knowledge_sha256: over what is known of payees.
        consent: reference of the consent.
        corrections: what people corrected.
        question_sha256: over all that was asked and told beside the transactions (household, debt,
            proposal, obligation, balances, and which answers), keyed with the transactions: who holds
            the receipt alone cannot find the question by trying.
    """

    engine: str
    on: date
    rules: tuple[RuleUse, ...]
    data: DataUse | None = None
    knowledge_sha256: str = ""
    consent: str = ""
    corrections: CorrectionsUse | None = None
    question_sha256: str = ""


def question_sha256(question: Any, *, in_any_order: Iterable[Any] = (), key: bytes = b"") -> str:
    """Return the HMAC-SHA-256 of a question, the same for the same question and key, in any process.

    What a question says of a person (household, debt) can be guessed, so a bare hash of it would give it
    away to whoever tries them all. The key comes from the transactions and is not in the receipt: only
    who has them too can check a guess, and two people who ask the same have different hashes. Without
    transactions there is no key, and nothing of a bank to hide behind.

    Args:
        question: dataclasses and tuples of plain values.
        in_any_order: parts of the question whose order says nothing.
        key: from `ledger.fingerprint`.

    >>> question_sha256(RuleUse("a", date(2026, 1, 1), "enacted", ""), key=b"one life") == question_sha256(
    ...     RuleUse("a", date(2026, 1, 1), "enacted", ""), key=b"another life")
    False
    """
    told = "\n".join((_in_json(question), *sorted(map(_in_json, in_any_order))))
    return hmac.digest(key, told.encode(), "sha256").hex()


def _parts(value: Any) -> tuple[str, Any]:
    """Give what JSON does not know by its kind and what it holds."""
    kind: Any = type(value)
    if kind not in _READ_BY:
        _READ_BY[kind] = attrgetter(*(field.name for field in fields(kind)))
    return kind.__name__, _READ_BY[kind](value)


#: What reads all that something holds at once: the fields of a dataclass, once one of its kind was met.
_READ_BY: dict[type, Callable[[Any], Any]] = {date: date.isoformat, Fraction: Fraction.as_integer_ratio}


#: Kinds, lists and quoted texts, so that no two questions are written alike; a question has no loops.
_in_json = json.JSONEncoder(default=_parts, check_circular=False, separators=(",", ":")).encode
