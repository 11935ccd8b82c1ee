"""Runs the worked examples that stand in the rule files, and tells which files are due for review."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from psd2_affordability.core.answer import LegalAnswer, Unknown
from psd2_affordability.core.errors import AffordabilityError
from psd2_affordability.core.money import Money
from psd2_affordability.rulebook.lookup import Rulebook
from psd2_affordability.rulebook.model import Example, Instrument, Unit

Given = Mapping[str, str | bool | int | Decimal]
Ask = Callable[[str, date, Given], LegalAnswer]


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """How one worked example came out.

    Attributes:
        rule: id of the rule whose file holds it.
        says: the sentence it proves.
        on: its day.
        passed: whether everything came out as expected.
        expected: what should come out.
        got: what came out.
    """

    rule: str
    says: str
    on: date
    passed: bool
    expected: str
    got: str


def verify(book: Rulebook, ask: Ask) -> tuple[ExampleResult, ...]:
    """Run every example of every rule file.

    Args:
        book: the rules.
        ask: answers a question of law from its inputs; examples with a `question` go through it.
    """
    return tuple(
        run_example(book, instrument, example, ask)
        for instrument in book.instruments.values()
        for example in instrument.examples
    )


def run_example(book: Rulebook, instrument: Instrument, example: Example, ask: Ask) -> ExampleResult:
    """Run one example."""
    expected = {name: _plain(value) for name, value in example.expect.items()}
    try:
        got = _asked(example, ask) if example.question else _looked_up(book, instrument, example)
    except AffordabilityError as error:
        got = {"refused": str(error)}
    passed = expected.keys() == got.keys() and all(
        _same(name, expected[name], got[name]) for name in expected
    )
    return ExampleResult(instrument.id, example.says, example.on, passed, _shown(expected), _shown(got))


def stale(book: Rulebook, on: date) -> tuple[Instrument, ...]:
    """Return the rules whose review date has passed, the longest overdue first."""
    overdue = [instrument for instrument in book.instruments.values() if on > instrument.review_by]
    return tuple(sorted(overdue, key=lambda instrument: (instrument.review_by, instrument.id)))


def _asked(example: Example, ask: Ask) -> dict[str, str | Fraction]:
    value = ask(example.question, example.on, example.given).value
    if isinstance(value, Unknown):
        return {"refused": value.because}
    if value.exact:
        return {"amount": _plain(value.low)}
    return {"low": _plain(value.low), "high": _plain(value.high)}


def _looked_up(book: Rulebook, instrument: Instrument, example: Example) -> dict[str, str | Fraction]:
    rules = book.on(example.on)
    if "refused" in example.expect:
        book.at(instrument.id, example.on)
        return {}
    got: dict[str, str | Fraction] = {}
    for path in example.expect:
        name, _, key = path.partition(".")
        unit = instrument.quantities[name].unit
        if unit is Unit.EUR:
            got[path] = _plain(rules.money(instrument.id, name, key))
        elif unit is Unit.PERCENT:
            got[path] = _plain(rules.share(instrument.id, name, key) * 100)
        else:
            got[path] = _plain(rules.count(instrument.id, name, key))
    return got


def _plain(value: object) -> str | Fraction:
    if isinstance(value, Money):
        return value.exact
    return Fraction(value) if isinstance(value, (Decimal, int, Fraction)) else str(value)


def _same(name: str, expected: str | Fraction, got: str | Fraction) -> bool:
    return str(expected) in str(got) if name == "refused" else expected == got


def _shown(values: Mapping[str, str | Fraction]) -> str:
    return ", ".join(f"{name} = {_readable(value)}" for name, value in values.items()) or "no refusal"


def _readable(value: str | Fraction) -> str:
    return value if isinstance(value, str) else str(Decimal(value.numerator) / value.denominator)
