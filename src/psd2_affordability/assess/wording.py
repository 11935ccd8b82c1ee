"""Sentences for people: one English and one Dutch template, filled with the same facts."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

#: What a sentence can be filled with; a pair is a word that differs: (English, Dutch).
Fact = Money | date | Decimal | int | str | tuple[str, str]

_MONTHS = (
    ("January", "januari"),
    ("February", "februari"),
    ("March", "maart"),
    ("April", "april"),
    ("May", "mei"),
    ("June", "juni"),
    ("July", "juli"),
    ("August", "augustus"),
    ("September", "september"),
    ("October", "oktober"),
    ("November", "november"),
    ("December", "december"),
)


def reason(
    code: str,
    english: str,
    dutch: str,
    *,
    rule: str = "",
    article: str = "",
    transactions: Sequence[str] = (),
    **facts: Fact,
) -> Reason:
    """Fill both sentences and keep the evidence.

    >>> reason("x", "You paid {sum} on {day}.", "U betaalde {sum} op {day}.",
    ...        sum=Money(1250), day=date(2026, 3, 1)).says_nl
    'U betaalde € 12,50 op 1 maart 2026.'
    """
    return filled(code, english, dutch, facts, rule=rule, article=article, transactions=transactions)


def filled(
    code: str,
    english: str,
    dutch: str,
    facts: Mapping[str, Fact],
    *,
    rule: str = "",
    article: str = "",
    transactions: Sequence[str] = (),
) -> Reason:
    """Do the same as `reason`, with the facts as a mapping."""
    return Reason(
        code=code,
        says=english.format_map({name: _english(fact) for name, fact in facts.items()}),
        says_nl=dutch.format_map({name: _dutch(fact) for name, fact in facts.items()}),
        rule=rule,
        article=article,
        transactions=tuple(transactions),
    )


def percent(share: Decimal) -> str:
    """Write a share as a person reads it.

    >>> percent(Decimal("0.347"))
    '35%'
    """
    return f"{(share * 100).quantize(Decimal(1))}%"


def _english(fact: Fact) -> str:
    match fact:
        case Money():
            return fact.spoken()
        case date():
            return f"{fact.day} {_MONTHS[fact.month - 1][0]} {fact.year}"
        case tuple():
            return fact[0]
        case Decimal():
            return percent(fact)
    return str(fact)


def _dutch(fact: Fact) -> str:
    match fact:
        case Money():
            return fact.spoken(language="nl")
        case date():
            return f"{fact.day} {_MONTHS[fact.month - 1][1]} {fact.year}"
        case tuple():
            return fact[1]
        case Decimal():
            return percent(fact)
    return str(fact)
