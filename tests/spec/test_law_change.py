"""A half-year of new figures is one version and one example in one file: no code, no other file."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from law_material import book, exact
from psd2_affordability._data import data_files
from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.rulebook.load import load_rulebook
from psd2_affordability.rulebook.lookup import Rulebook
from psd2_affordability.rulebook.verify import stale
from psd2_affordability.service.law import LawInputs, answer_law, inputs_from
from psd2_affordability.service.rules_view import verify_rules

FILE = "nl/law/beslagvrije_voet_maxima.toml"
RULE = "nl.beslagvrije_voet_maxima"
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "law-change.md"
(JANUARY,) = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
JULY = JANUARY.replace("2027-01-01", "2027-07-01").replace("1 January", "1 July").replace("50.10", "61.15")
TABLES = re.findall(r"^\| (`.*?) \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)


def changed(*appended: str, review_by: str = "2026-12-31") -> Rulebook:
    """The shipped rules, with text appended to a copy of one file."""
    files = dict(data_files("rules"))
    text = files[FILE].decode().replace("review_by = 2026-12-31", f"review_by = {review_by}")
    return load_rulebook({**files, FILE: "\n".join([text, *appended]).encode()})


def protected(rules: Rulebook, on: date, kind: str = "single") -> str:
    inputs = LawInputs(household=Household(type=HouseholdType(kind)))
    return str(exact(answer_law(rules, "bank-seizure", on, inputs)))


def test_the_guides_own_version_loads_and_every_example_still_holds() -> None:
    results = verify_rules(changed(JANUARY))

    assert len(results) == len(verify_rules(book())) + 1
    assert all(result.passed for result in results)


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2026, 12, 31), "2208.48"),
        (date(2027, 1, 1), "2250.10"),
        (date(2027, 6, 30), "2250.10"),
        (date(2027, 7, 1), "2261.15"),
    ],
)
def test_each_day_answers_with_the_version_of_that_day(on: date, amount: str) -> None:
    assert protected(changed(JANUARY, JULY), on) == amount


def test_the_maxima_differ_the_day_before_for_every_household() -> None:
    rules, first = changed(JANUARY), date(2027, 1, 1)

    for kind in HouseholdType:
        assert protected(rules, first, kind) != protected(rules, first - timedelta(days=1), kind)


def test_the_formula_takes_the_new_maximum_too() -> None:
    lower = changed(JANUARY.replace("2250.10", "2150.10"))
    rich = inputs_from({"type": "single", "taxable_income_year": 500_000})

    before, after = (
        str(exact(answer_law(lower, "beslagvrije-voet", on, rich)))
        for on in (date(2026, 12, 31), date(2027, 1, 1))
    )

    assert (before, after) == ("2208.48", "2150.10")


def test_the_receipt_names_the_new_version_and_the_new_file() -> None:
    inputs = LawInputs(household=Household(type=HouseholdType.SINGLE))

    (rule,) = [
        use
        for use in answer_law(changed(JANUARY), "bank-seizure", date(2027, 1, 1), inputs).rules
        if use.id == RULE
    ]

    assert (rule.in_force, rule.review_passed) == (date(2027, 1, 1), True)
    assert rule.sha256 != book().instrument(RULE).sha256


def test_an_old_case_is_answered_as_before() -> None:
    for year in range(2021, 2027):
        for on in (date(year, 1, 1), date(year, 7, 1)):
            assert protected(changed(JANUARY, JULY), on) == protected(book(), on)


def test_an_example_with_another_figure_than_its_version_is_found() -> None:
    wrong = JANUARY.replace('"maximum.single" = 2250.10', '"maximum.single" = 2250.01')

    (failed,) = [result for result in verify_rules(changed(wrong)) if not result.passed]

    assert (failed.rule, failed.on) == (RULE, date(2027, 1, 1))
    assert "2250.1" in failed.got


def test_moving_the_review_date_ends_the_reminder() -> None:
    new_year = date(2027, 1, 1)

    assert RULE in [rule.id for rule in stale(changed(JANUARY), new_year)]
    assert RULE not in [rule.id for rule in stale(changed(JANUARY, review_by="2027-06-30"), new_year)]


def test_the_guide_names_every_file_that_is_due_in_the_new_year_and_only_files_that_are_there() -> None:
    named = {f"nl.{name}" for cell in TABLES for name in re.findall(r"`(\w+)`", cell)}

    due = {rule.id for rule in stale(book(), date(2027, 1, 1)) if rule.id.startswith("nl.")}
    assert due <= named
    assert named <= set(book().instruments)
