"""Every worked example in every shipped rule file holds."""

from datetime import date

import pytest

from law_material import book
from psd2_affordability.core.answer import LegalAnswer
from psd2_affordability.rulebook.model import Example, Instrument
from psd2_affordability.rulebook.verify import Given, run_example
from psd2_affordability.service.law import answer_law, inputs_from

CASES = [(rule, example) for rule in book().instruments.values() for example in rule.examples]


def ask(question: str, on: date, given: Given) -> LegalAnswer:
    return answer_law(book(), question, on, inputs_from(given))


@pytest.mark.parametrize(
    ("rule", "example"), CASES, ids=[f"{rule.id}: {example.says} ({example.on})" for rule, example in CASES]
)
def test_the_worked_example_holds(rule: Instrument, example: Example) -> None:
    result = run_example(book(), rule, example, ask)

    assert result.passed, f"expected {result.expected}, got {result.got}"
