"""How a question of law is answered: the rules of the day, the steps, and a refusal as a value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal

from psd2_affordability.core.answer import Interval, LegalAnswer, Step, Unknown
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.core.money import Money
from psd2_affordability.rulebook.lookup import Rulebook, RulesOn


@dataclass(frozen=True, slots=True)
class Found:
    """What a question gives: the value, the steps that led to it, and what would narrow it."""

    value: Interval | Unknown
    steps: tuple[Step, ...] = ()
    ask: tuple[str, ...] = ()

    @classmethod
    def exactly(cls, amount: Money, steps: tuple[Step, ...], ask: tuple[str, ...] = ()) -> "Found":
        """Make an exact amount."""
        return cls(Interval.exactly(amount), steps, ask)


def answer(
    question: str,
    per: Literal["month", "quarter", "year", "once"],
    book: Rulebook,
    on: date,
    find: Callable[[RulesOn], Found],
) -> LegalAnswer:
    """Answer a question with the rules of a day; a day outside the rules gives Unknown with the fact."""
    rules = book.on(on)
    try:
        found = find(rules)
    except RuleNotInForce as refusal:
        found = Found(Unknown("rule.not_in_force", refusal.what))
    return LegalAnswer(question, on, found.value, per, found.steps, rules.used, found.ask)


@cache
def percent(share: Fraction) -> str:
    """Write a share as people read it.

    >>> percent(Fraction(1, 8)), percent(Fraction(3, 4)), percent(Fraction(1, 800))
    ('12.5%', '75%', '0.125%')
    """
    hundred = share * 100
    return f"{Decimal(hundred.numerator) / hundred.denominator:f}%"
