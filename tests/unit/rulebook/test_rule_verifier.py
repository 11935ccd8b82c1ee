"""The examples in a rule file are its own tests; a wrong one is seen."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.rulebook.load import load_rulebook
from psd2_affordability.rulebook.verify import ExampleResult, verify
from rule_material import HEAD

FILE = (
    HEAD
    + """review_by = 2026-12-31

[quantity.norm]
unit = "EUR"
per  = "month"
says = "The norm."

[[version]]
in_force = 2026-01-01
status   = "enacted"
source   = { article = "1", grade = "law", read_in = "the text", retrieved = 2026-11-22 }
[version.value]
norm = 12.50

[[example]]
says   = "an example"
"""
)


def ask(question: str, on: date, given: Mapping[str, object]) -> LegalAnswer:
    """A law in which everything costs what is claimed, and nothing costs nothing."""
    claim = Money.euros(Decimal(str(given.get("claim", 0))))
    value = Interval(claim, claim + Money(100)) if question == "loose" else Interval.exactly(claim)
    unknown = Unknown("claim.none", "there is no claim")
    return LegalAnswer(question, on, value if claim else unknown, "once")


def run(example: str) -> ExampleResult:
    (result,) = verify(load_rulebook({"nl/law/proef.toml": (FILE + example).encode()}), ask)
    return result


@pytest.mark.parametrize(
    "example",
    [
        "on = 2026-05-01\nexpect = { norm = 12.5 }",
        'on = 2025-12-31\nexpect = { refused = "first in force on 2026-01-01" }',
        'on = 2026-05-01\nquestion = "exact"\ngiven = { claim = 7 }\nexpect = { amount = 7.00 }',
        'on = 2026-05-01\nquestion = "loose"\ngiven = { claim = 7 }\nexpect = { low = 7, high = 8 }',
        'on = 2026-05-01\nquestion = "exact"\nexpect = { refused = "no claim" }',
    ],
)
def test_an_example_that_holds_passes(example: str) -> None:
    assert run(example).passed


@pytest.mark.parametrize(
    ("example", "got"),
    [
        ("on = 2026-05-01\nexpect = { norm = 12.51 }", "norm = 12.5"),
        ("on = 2025-12-31\nexpect = { norm = 12.5 }", "refused = nothing is known for 2025-12-31"),
        ('on = 2026-05-01\nexpect = { refused = "first" }', "no refusal"),
        ('on = 2026-05-01\nquestion = "loose"\ngiven = { claim = 7 }\nexpect = { amount = 7 }', "high = 8"),
        ('on = 2026-05-01\nquestion = "exact"\nexpect = { amount = 0 }', "refused = there is no claim"),
    ],
)
def test_an_example_that_does_not_hold_fails_and_shows_what_came_out(example: str, got: str) -> None:
    result = run(example)

    assert not result.passed
    assert got in result.got
