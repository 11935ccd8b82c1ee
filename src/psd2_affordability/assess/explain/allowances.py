"""How the figures of allowances are made: what the law gives, what arrives, and what is missing."""

import re
from collections.abc import Iterator, Sequence

from psd2_affordability.assess.explain.made import Explain, Made, Value, by_law, by_steps, made, negative
from psd2_affordability.assess.results import Allowance
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.paths import named
from psd2_affordability.core.reasons import Reason


def of_allowances(allowances: Sequence[Allowance]) -> Iterator[tuple[str, Explain]]:
    """Yield how the figures of each allowance are explained, by a pattern of their paths."""
    for name, one in named(allowances).items():
        at = rf"allowances\[{re.escape(name)}\]"
        yield from by_steps(rf"{at}\.law", one.law)
        yield rf"{at}\.entitled\.(low|high)", _entitled(one)
        yield rf"{at}\.received", _received(one)
        yield rf"{at}\.gap\.(low|high)", _gap(name, one)
        yield rf"{at}\.(clawback_risk|questions).+", _of_allowance(one)


def _entitled(one: Allowance) -> Explain:
    def explain(value: Value, match: re.Match[str]) -> Made:
        return by_law(match[0], value, one.law)

    return explain


def _received(one: Allowance) -> Explain:
    return lambda value, match: _arrives(match[0], value, one)


def _arrives(path: str, value: Value, one: Allowance) -> Made:
    says = ("What arrives of {name} a month.", "Wat er per maand binnenkomt van {name}.")
    keys = tuple(dict.fromkeys(key for reason in one.reasons for key in reason.transactions))
    return made(path, value, "judged", says, transactions=keys, name=one.code.replace("_", " "))


def _gap(name: str, one: Allowance) -> Explain:
    def explain(value: Value, match: re.Match[str]) -> Made:
        says = ("What is missing a month.", "Wat er per maand ontbreekt.")
        entitled, received = one.entitled, one.received
        if isinstance(entitled, Unknown) or isinstance(received, Unknown):
            return made(match[0], value, "judged", says)
        due: Money = getattr(entitled, match[1])
        if max(ZERO, due - received) != value:
            return _of_allowance(one)(value, match)
        terms = (
            by_law(f"allowances[{name}].entitled.{match[1]}", due, one.law),
            negative(_arrives(f"allowances[{name}].received", received, one)),
        )
        return made(match[0], value, "sum_above_zero", says, terms)

    return explain


def _of_allowance(one: Allowance) -> Explain:
    told = one.reasons[0] if one.reasons else None
    says = ("By the law and what arrives.", "Volgens de wet en wat er binnenkomt.")
    words = says if told is None else (told.says, told.says_nl)
    keys = () if told is None else told.transactions

    def explain(value: Value, match: re.Match[str]) -> Made:
        article = by_law("", value, one.law).says if isinstance(value, Money) else None
        return Made(
            match[0],
            value,
            "judged",
            Reason(
                "made.judged",
                *words,
                article.rule if article else "",
                article.article if article else "",
                tuple(keys),
            ),
        )

    return explain
