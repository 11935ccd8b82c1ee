"""How one figure is made: from which others, from which bookings, by which rule."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar

from psd2_affordability.assess.wording import Fact, filled
from psd2_affordability.core.answer import LegalAnswer, Step, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

_Known = TypeVar("_Known")

#: How the terms give the value:
#: `sum` adds them up; `sum_above_zero` does, and never goes below zero; `least` is the smallest of them;
#: `average` spreads their sum over months; `share` is the first as a part of the second;
#: `same` is another figure, and `minus` takes it off. Without terms: `bookings` is the sum of its bookings;
#: `series` is the usual one of a series of bookings; `law` is what an article gives; `told` is what somebody
#: stated; `foretold` comes from simulated futures; `judged` is worked out as its sentence says.
How = Literal[
    "sum",
    "sum_above_zero",
    "least",
    "average",
    "share",
    "same",
    "minus",
    "bookings",
    "series",
    "law",
    "told",
    "foretold",
    "judged",
]


#: What a question of law is about, in words, where its name is no word: English and Dutch.
_ABOUT = {
    "beslagvrije-voet": ("the protected income", "de beslagvrije voet"),
    "bank-seizure": ("what a seizure leaves on the account", "wat beslag op de rekening laat staan"),
    "bailiff-tariff": ("the tariff of the bailiff", "het tarief van de deurwaarder"),
    "leennorm": ("the lending norm", "de leennorm"),
}


@dataclass(frozen=True, slots=True)
class Made:
    """How a figure is made.

    Attributes:
        path: its name in the answer, `room.monthly.mid`; empty for a step in between.
        value: with the sign that it counts with; None for what the law says without an amount.
        how: how the terms give the value.
        says: what it is, in English and Dutch, with rule, article and bookings.
        terms: what it is made of.
        months: over how many months an average is spread; 0 when over days.
    """

    path: str
    value: Money | Decimal | None
    how: How
    says: Reason
    terms: tuple["Made", ...] = ()
    months: int = 0


def made(
    path: str,
    value: Money | Decimal | None,
    how: How,
    says: tuple[str, str],
    terms: Iterable[Made] = (),
    *,
    months: int = 0,
    transactions: Sequence[str] = (),
    **facts: Fact,
) -> Made:
    """Make an explanation, with its sentence in both languages."""
    english, dutch = says
    told = filled(f"made.{how}", english, dutch, facts, transactions=transactions)
    return Made(path, value, how, told, tuple(terms), months)


def amount_of(one: Made) -> Money:
    """Return the amount of a figure that is one."""
    if not isinstance(one.value, Money):
        raise TypeError(f"{one.path or one.says.says} is no amount")
    return one.value


def known(value: _Known | Unknown) -> _Known:
    """Return what is known: an unknown figure is not asked about here."""
    if isinstance(value, Unknown):
        raise TypeError(value.because)
    return value


def negative(one: Made) -> Made:
    """Count a figure as what is taken off."""
    return Made("", -amount_of(one), "minus", one.says, (one,))


def rest(
    value: Money, terms: Sequence[Made], says: tuple[str, str], transactions: Sequence[str]
) -> tuple[Made, ...]:
    """Return the terms with what they leave, if they leave anything."""
    left = value - Money.total(one.value for one in terms if isinstance(one.value, Money))
    if left == ZERO:
        return tuple(terms)
    return (*terms, made("", left, "judged", says, transactions=transactions))


def by_law(path: str, value: Money | Decimal, answer: LegalAnswer) -> Made:
    """Explain an amount by the steps of the law."""
    rule = answer.rules[0].id if answer.rules else ""
    named = answer.question.replace("-", " ")
    english, dutch = _ABOUT.get(answer.question, (named, named))
    says = Reason(
        "made.law",
        f"What the law gives: {english}.",
        f"Wat de wet geeft: {dutch}.",
        rule,
        answer.deciding_article,
    )
    return Made(path, value, "law", says, tuple(_step(step, rule) for step in answer.steps))


def _step(step: Step, rule: str) -> Made:
    return Made("", step.amount, "law", Reason("made.law", step.says, step.says_nl, rule, step.article))


#: A figure, and what tells how it is made from its path as a pattern matched it.
Value = Money | Decimal
Explain = Callable[[Value, re.Match[str]], Made]


def by_steps(path: str, answer: LegalAnswer) -> Iterator[tuple[str, Explain]]:
    """Yield how all figures below a path are explained that one legal answer gives."""

    def explain(value: Value, match: re.Match[str]) -> Made:
        return by_law(match[0], value, answer)

    yield rf"{path}\..+", explain
