"""The page for jurists says what the rules say: tables, questions and first days."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from law_material import book
from psd2_affordability.service.law import QUESTIONS, answer_law, inputs_from
from psd2_affordability.service.law_duties import DUTY_QUESTIONS
from psd2_affordability.service.rules_table import gaps_list, rules_table

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "law.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \| .* \| ([^|]+) \|$", PAGE, re.MULTILINE)
FIRST_DAYS = [
    (names.strip("`"), date.fromisoformat(day))
    for names, day in ROWS
    if re.fullmatch(r"\d{4}-\d\d-\d\d", day) and names.strip("`") in QUESTIONS
]


def status(question: str, on: date) -> str:
    """How a question is answered for a family of which everything is known."""
    inputs = inputs_from(
        {
            "type": "single_parent",
            "taxable_income_year": 30000,
            "net_income_month": 2000,
            "rent_month": 600,
            "child": f"{on.year - 8}-03-01",
            "assets": 0,
            "claim": "500",
            "act": "bank_seizure",
        }
    )
    return answer_law(book(), question, on, inputs).status


def test_the_page_holds_the_tables_that_the_rule_files_give() -> None:
    again = "write them again with: psd2-affordability rules list --markdown"

    assert rules_table(book()) in PAGE, again
    assert PAGE.endswith(gaps_list(book())), again


def test_the_page_names_every_question_once() -> None:
    named = [name for names, _ in ROWS for name in re.findall(r"`([a-z-]+)`", names)]

    assert sorted(named) == sorted([*QUESTIONS, *DUTY_QUESTIONS])


@pytest.mark.parametrize(("question", "first"), FIRST_DAYS)
def test_the_first_day_is_answered_and_the_day_before_is_not(question: str, first: date) -> None:
    assert status(question, first) in {"ok", "interval"}
    assert status(question, first - timedelta(days=1)) == "unknown"


def test_a_question_that_is_never_answered_has_no_amount_today() -> None:
    never = [names.strip("`") for names, day in ROWS if day == "never"]

    assert never
    assert {status(question, date(2026, 11, 22)) for question in never} == {"unknown"}


def test_twelve_questions_have_a_first_day() -> None:
    assert len(FIRST_DAYS) == 12
