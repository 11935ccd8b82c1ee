"""How a question of law is answered: the rules of the day, the steps, and a refusal as a value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from typing import Literal

from psd2_affordability.assess.wording import Fact, in_both
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


def step(article: str, english: str, dutch: str, amount: Money | None = None, **facts: Fact) -> Step:
    """Make one step of an answer: what the article says, in English and Dutch, filled with the same facts.

    >>> step("1 Wxx", "less {share} of {sum}", "min {share} van {sum}", sum=Money(100),
    ...      share=percent(Fraction(1, 8))).says_nl
    'min 12,5% van € 1,00'
    """
    if not facts:
        return Step(article, english, amount, dutch)
    return Step.told_by(partial(in_both, english, dutch, facts), article, amount)


@cache
def percent(share: Fraction) -> tuple[str, str]:
    """Write a share as people read it, in English and in Dutch.

    >>> percent(Fraction(1, 8)), percent(Fraction(3, 4))[0], percent(Fraction(1, 800))[0]
    (('12.5%', '12,5%'), '75%', '0.125%')
    """
    hundred = share * 100
    english = f"{Decimal(hundred.numerator) / hundred.denominator:f}%"
    return english, english.replace(".", ",")


def between(bounds: Interval) -> Fact:
    """Say an amount, or its bounds as people read them, in English and in Dutch."""
    low, high = bounds.low, bounds.high
    if bounds.exact:
        return high
    return (
        f"{low.spoken()} to {high.spoken()}",
        f"{low.spoken(language='nl')} tot {high.spoken(language='nl')}",
    )
