"""The allowances, the details of a seizure and the tax collector on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from psd2_affordability.cli import law
from psd2_affordability.core.errors import AffordabilityError, HouseholdError, UsageError

ON = ("--on", "2026-11-22")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(law.app, arguments)


def answer(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, *ON, "--json")
    assert result.exit_code == 0, result.output
    parsed: dict[str, Any] = json.loads(result.stdout)
    return parsed


@pytest.mark.parametrize(
    ("arguments", "amount", "per"),
    [
        (("zorgtoeslag", "--type", "single", "--assessment-income-year", "20000"), "129.00", "month"),
        (("zorgtoeslag", "--type", "couple", "--assessment-income-year", "20000"), "246.00", "month"),
        (
            ("zorgtoeslag", "--type", "couple", "--assessment-income-year", "20000", "--partner-uninsured"),
            "123.00",
            "month",
        ),
        (
            ("huurtoeslag", "--type", "single", "--assessment-income-year", "30000", "--rent-month", "700"),
            "278.00",
            "month",
        ),
        (
            (
                *("kindgebonden-budget", "--type", "single_parent", "--assessment-income-year", "25000"),
                *("--child", "2018-03-01", "--child", "2013-03-01"),
            ),
            "9300.00",
            "year",
        ),
        (("kinderbijslag", "--child", "2023-05-14"), "298.40", "quarter"),
        (
            ("kinderbijslag", "--child", "2023-05-14", "--assessment-income-year", "90000"),
            "298.40",
            "quarter",
        ),
        (("bank-seizure", "--type", "single", "--used-this-month", "208.48"), "2000.00", "month"),
        (("bank-seizure", "--legal-person"), "0.00", "month"),
        (("seizure-costs", "--title-served"), "350.79", "once"),
        (("kwijtscheldingsnorm", "--type", "single"), "1278.00", "month"),
        (("overheidsvordering", "--claim", "900"), "500.00", "once"),
    ],
)
def test_a_question_with_its_flags_gives_the_amount(
    arguments: tuple[str, ...], amount: str, per: str
) -> None:
    shown = answer(*arguments)

    assert (shown["status"], shown["amount"], shown["per"]) == ("ok", amount, per)
    assert all(step["article"] for step in shown["steps"])
    assert shown["receipt"]["rules"]


def test_an_unknown_income_is_an_interval_with_the_question() -> None:
    shown = answer("zorgtoeslag", "--type", "single")

    assert (shown["status"], shown["low"], shown["high"]) == ("interval", "0.00", "129.00")
    assert "toetsingsinkomen" in shown["questions"][0]


def test_assets_are_asked_for_until_they_are_given() -> None:
    income = ("zorgtoeslag", "--type", "single", "--assessment-income-year", "20000")

    assert "assets" in answer(*income)["questions"][0]
    assert answer(*income, "--assets", "1000")["questions"] == []


def test_a_household_file_carries_rent_children_and_income(tmp_path: Path) -> None:
    file = tmp_path / "gezin.toml"
    file.write_text(
        'type = "single_parent"\n[[person]]\ntaxable_income_year = 31500\n'
        "[[child]]\nbirth_date = 2020-01-01\n"
        '[housing]\nkind = "rent"\nrent_month = 700\n'
    )

    assert answer("huurtoeslag", "--household", str(file))["amount"] == "428.00"
    assert answer("kindgebonden-budget", "--household", str(file))["amount"] == "5862.00"
    assert answer("kinderbijslag", "--household", str(file))["amount"] == "362.35"


def test_childcare_exits_with_one_and_says_what_is_missing() -> None:
    result = run("kinderopvangtoeslag", "--child", "2024-03-01", *ON)

    assert result.exit_code == 1
    assert "the table of shares" in result.stdout.lower()


@pytest.mark.parametrize(
    "arguments",
    [
        ("zorgtoeslag", "--type", "single", "--assessment-income-year", "1000"),
        ("huurtoeslag", "--type", "single", "--assessment-income-year", "1000", "--rent-month", "500"),
        ("kindgebonden-budget", "--type", "single_parent", "--child", "1995-01-01"),
        ("kinderbijslag", "--child", "1995-01-01"),
        ("bank-seizure", "--type", "single"),
        ("kwijtscheldingsnorm", "--type", "single"),
        ("overheidsvordering", "--claim", "100"),
    ],
)
def test_1999_lies_before_every_rule(arguments: tuple[str, ...]) -> None:
    result = run(*arguments, "--on", "1999-06-01", "--json")

    assert result.exit_code == 1
    assert "first in force on 20" in json.loads(result.stdout)["reason"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("huurtoeslag", "--rent-month", "-1"), "negative"),
        (("kinderbijslag", "--child", "2026-11-23"), "is after 2026-11-22"),
        (("kindgebonden-budget", "--child", "yesterday"), "2026-07-01"),
        (("zorgtoeslag", "--assessment-income-year", "much"), "--assessment-income-year"),
        (("bank-seizure", "--used-this-month", "-5"), "negative"),
    ],
)
def test_a_wrong_input_is_refused_in_one_line(arguments: tuple[str, ...], words: str) -> None:
    raised = run(*arguments, *ON).exception

    assert isinstance(raised, UsageError)
    assert words in str(raised)
    assert "\n" not in str(raised)


def test_an_unknown_type_is_refused_with_the_types_there_are() -> None:
    result = run("zorgtoeslag", "--type", "commune", *ON)

    assert result.exit_code == 2
    assert "single_parent" in result.output


def test_a_couple_without_partner_data_is_an_interval_and_not_a_guess(tmp_path: Path) -> None:
    file = tmp_path / "paar.toml"
    file.write_text('type = "couple"\n[[person]]\ntaxable_income_year = 20000\n')

    shown = answer("zorgtoeslag", "--household", str(file))

    assert (shown["status"], shown["high"]) == ("interval", "246.00")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('type = "commune"', "type"),
        ('type = "single"\n[housing]\nrent_month = -1', "below zero"),
        ('type = "single_parent"\n[[child]]\nbirth_date = 2026-11-23', "after 2026-11-22"),
    ],
)
def test_a_wrong_household_file_is_refused_before_anything_is_computed(
    tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "gezin.toml"
    file.write_text(text)

    raised = run("huurtoeslag", "--household", str(file), *ON).exception

    assert isinstance(raised, HouseholdError)
    assert isinstance(raised, AffordabilityError)
    assert words in str(raised)
