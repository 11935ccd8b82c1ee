"""Every step of every legal answer is said in English and in Dutch."""

import ast
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from psd2_affordability import jurisdictions
from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.assess.ports import SeenMeans
from psd2_affordability.core.answer import Interval, LegalAnswer
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.found import percent, step
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.law_view import law_json

ON = date(2026, 7, 1)
NET = Interval.exactly(Money.euros(1850))
_PLACES = re.compile(r"\{(\w+)\}")
_FOLDER = Path(jurisdictions.__file__).parent


def answers(kind: HouseholdType | None) -> list[LegalAnswer]:
    children = (date(2014, 3, 2),) if kind is not None and kind.has_children else ()
    household = Household(
        type=kind,
        persons=(Person(date(1990, 5, 4), Money.euros(24_000)), Person(date(1991, 1, 9), Money.euros(9_000))),
        children=children,
        housing=Housing("rent", Money.euros(655), registered_address=True),
    )
    law = product().law
    return [
        law.protected_income(household, NET, ON),
        law.protected_balance(household, ON),
        law.social_minimum(household, ON),
        law.seizure_costs(ON, title_served=False),
        law.collection_costs(Money.euros(1_250), ON),
        law.spared_recovery(ON),
        law.family_allowance(household, ON),
        *law.allowances(household, SeenMeans(NET), ON),
    ]


@pytest.mark.parametrize("kind", [*HouseholdType, None])
def test_every_step_has_a_dutch_sentence_of_its_own(kind: HouseholdType | None):
    for answer in answers(kind):
        for one in answer.steps:
            assert one.says_nl, (answer.question, one)
            assert one.says_nl != one.says, (answer.question, one)
            assert "{" not in one.says + one.says_nl


def test_the_published_json_has_both_languages():
    [first, *_] = law_json(answers(HouseholdType.SINGLE)[0])["steps"]
    assert first["says"].startswith("95% of the norm of €")
    assert first["says_nl"].startswith("95% van de norm van € ")


def test_shares_and_amounts_are_written_as_dutch_readers_write_them():
    made = step(
        "1", "{share} of {sum}", "{share} van {sum}", share=percent(Fraction(1, 8)), sum=Money(123456)
    )
    assert (made.says, made.says_nl) == ("12.5% of €1,234.56", "12,5% van € 1.234,56")


def _templates() -> list[tuple[str, int, str, str]]:
    """Each pair of sentences that a step is made from, with where it stands."""
    found = []
    for path in sorted(_FOLDER.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name | ast.Attribute):
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
            first = {"step": 1, "nothing": 1, "then": 3, "in_both": 0}.get(name)
            pair = call.args[first : first + 2] if first is not None else []
            texts = [
                one.value for one in pair if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            if len(texts) == 2:
                found.append((path.name, call.lineno, *texts))
    return found


def test_both_sentences_of_a_step_have_the_same_facts():
    templates = _templates()
    assert len(templates) > 60
    for name, line, english, dutch in templates:
        assert set(_PLACES.findall(english)) == set(_PLACES.findall(dutch)), (name, line)
