"""Sentences for people: one English and one Dutch template, filled with the same facts."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from psd2_affordability.core.answer import Interval
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Evidence, Reason

#: What a sentence can be filled with; a pair is a word that differs: (English, Dutch).
Fact = Money | Interval | date | Decimal | int | str | tuple[str, str]

_told_by = Reason.told_by
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
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
    transactions: Evidence = (),
    **facts: Fact,
) -> Reason:
    """Fill both sentences and keep the evidence, or what finds it when somebody reads it.

    >>> reason("x", "You paid {sum} on {day}.", "U betaalde {sum} op {day}.",
    ...        sum=Money(1250), day=date(2026, 3, 1)).says_nl
    'U betaalde € 12,50 op 1 maart 2026.'
    """
    if not facts and not callable(transactions):
        return Reason(code, english, dutch, rule, article, tuple(transactions))
    return _told_by(in_both, code, rule, article, transactions, (english, dutch, facts))


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
    return reason(code, english, dutch, rule=rule, article=article, transactions=transactions, **facts)


def in_both(english: str, dutch: str, facts: Mapping[str, Fact]) -> tuple[str, str]:
    """Fill an English and a Dutch sentence with the same facts.

    >>> in_both("less {sum}", "min {sum}", {"sum": Money(1250)})
    ('less €12.50', 'min € 12,50')

    A name's own full stop ends the sentence too.

    >>> in_both("Paid to {who}. Ask.", "Betaald aan {who}. Vraag.", {"who": "Vink B.V."})
    ('Paid to Vink B.V. Ask.', 'Betaald aan Vink B.V. Vraag.')
    """
    if not facts:
        return english, dutch
    in_english: dict[str, str] = {}
    in_dutch: dict[str, str] = {}
    for name, fact in facts.items():
        in_english[name], in_dutch[name] = _spoken(fact)
    return _one_stop(english.format_map(in_english)), _one_stop(dutch.format_map(in_dutch))


def _one_stop(text: str) -> str:
    return _TWO_STOPS.sub(".", text) if ".." in text else text


@lru_cache(maxsize=1_024)
def counted(count: int, one: tuple[str, str], more: tuple[str, str]) -> tuple[str, str]:
    """Choose the words for one thing or for several, in English and in Dutch.

    >>> counted(1, ("one day", "één dag"), ("{count} days", "{count} dagen"))
    ('one day', 'één dag')
    >>> counted(2, ("one day", "één dag"), ("{count} days", "{count} dagen"))
    ('2 days', '2 dagen')
    """
    english, dutch = one if count == 1 else more
    return english.format(count=count), dutch.format(count=count)


def whole_months(count: int) -> tuple[str, str]:
    """Say how many whole months.

    >>> whole_months(1)
    ('1 whole month', '1 hele maand')
    """
    return counted(count, ("1 whole month", "1 hele maand"), ("{count} whole months", "{count} hele maanden"))


@lru_cache(maxsize=16_384)
def percent(share: Decimal) -> str:
    """Write a share as a person reads it.

    >>> percent(Decimal("0.347"))
    '35%'
    """
    return f"{(share * 100).quantize(Decimal(1))}%"


def _spoken(fact: Fact) -> tuple[str, str]:
    """Say a fact in English and in Dutch."""
    match fact:
        case Money():
            return _amount(fact.cents)
        case str():
            return fact, fact
        case Interval():
            return interval_spoken(fact)
        case tuple():
            return fact
        case Decimal():
            return (share := percent(fact)), share
        case date():
            return _day(fact)
    return (count := str(fact)), count


def interval_spoken(fact: Interval) -> tuple[str, str]:
    """Say an amount that lies between two, in English and in Dutch.

    >>> interval_spoken(Interval(Money(100), Money(250)))
    ('€1.00 to €2.50', '€ 1,00 tot € 2,50')
    """
    low, high = _amount(fact.low.cents), _amount(fact.high.cents)
    return low if fact.exact else (f"{low[0]} to {high[0]}", f"{low[1]} tot {high[1]}")


@lru_cache(maxsize=16_384)
def _amount(cents: int) -> tuple[str, str]:
    amount = Money(cents)
    return amount.spoken(), amount.spoken(language="nl")


@lru_cache(maxsize=4_096)
def _day(day: date) -> tuple[str, str]:
    english, dutch = _MONTHS[day.month - 1]
    return f"{day.day} {english} {day.year}", f"{day.day} {dutch} {day.year}"
