"""`law` and `rules` on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from psd2_affordability.cli import law, rules
from psd2_affordability.core.errors import AffordabilityError, HouseholdError, RuleNotInForce, UsageError

ON = ("--on", "2026-07-01")


def run_law(*arguments: str) -> Result:
    return CliRunner().invoke(law.app, arguments)


def law_answer(*arguments: str) -> dict[str, Any]:
    result = run_law(*arguments, "--json")
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def run_rules(*arguments: str) -> Result:
    return CliRunner().invoke(rules.app, arguments)


@pytest.mark.parametrize(
    ("arguments", "amount"),
    [
        (("beslagvrije-voet", "--type", "single", "--taxable-income-year", "30000"), "1499.45"),
        (("beslagvrije-voet", "--type", "couple", "--taxable-income-year", "40000"), "2199.67"),
        (("beslagvrije-voet", "--type", "single", "--net-income-month", "1000"), "950.00"),
        (("beslagvrije-voet", "--no-registered-address"), "963.20"),
        (("bank-seizure", "--type", "couple_with_children"), "3179.68"),
        (("bank-seizure", "--type", "single", "--no-registered-address"), "1104.24"),
        (("bijstandsnorm", "--type", "single"), "1419.46"),
        (("bijstandsnorm", "--type", "couple", "--aow"), "2176.10"),
        (("bijstandsnorm", "--type", "single", "--sharers", "2"), "1013.90"),
        (("collection-costs", "--claim", "1234.50"), "185.18"),
        (("bailiff-tariff", "--act", "wage_seizure"), "184.91"),
    ],
)
def test_a_question_with_its_flags_gives_the_amount(arguments: tuple[str, ...], amount: str) -> None:
    assert law_answer(*arguments, *ON)["amount"] == amount


def test_the_answer_for_people_shows_amount_steps_and_rules() -> None:
    result = run_law("bank-seizure", "--type", "single", *ON)

    assert result.exit_code == 0
    assert "€2,208.48 per month" in result.stdout
    assert "475a lid 5 Rv" in result.stdout
    assert "nl.beslagvrije_voet_maxima, in force since 2026-07-01" in result.stdout


def test_an_interval_is_told_with_the_questions_that_narrow_it() -> None:
    result = run_law("beslagvrije-voet", "--type", "single", "--net-income-month", "2000", *ON)

    assert result.exit_code == 0
    assert "from €1,348.49 to €1,900.00 per month" in result.stdout
    assert "Ask: What is the taxable income" in result.stdout


def test_a_payslip_of_a_month_narrows_the_interval() -> None:
    payslip = ("--taxable-income-month", "2500", "--net-income-month", "2300")

    answer = law_answer("beslagvrije-voet", "--type", "single", *payslip, *ON)

    assert (answer["status"], answer["low"], answer["high"]) == ("interval", "1499.45", "2185.00")


def test_an_unknown_answer_exits_with_one_and_its_reason() -> None:
    people = run_law("bank-seizure", "--type", "single", "--on", "2020-12-31")
    programs = run_law("bank-seizure", "--type", "single", "--on", "2020-12-31", "--json")

    assert people.exit_code == programs.exit_code == 1
    assert "first in force on 2021-01-01" in people.stdout
    assert json.loads(programs.stdout)["status"] == "unknown"


def test_a_household_file_answers_what_flags_leave_open(tmp_path: Path) -> None:
    file = tmp_path / "gezin.toml"
    file.write_text('type = "single"\n[[person]]\nbirth_date = 1950-01-01\ntaxable_income_year = 30000\n')

    assert law_answer("beslagvrije-voet", "--household", str(file), *ON)["amount"] == "1499.45"
    assert law_answer("bijstandsnorm", "--household", str(file), *ON)["amount"] == "1587.34"


def test_a_household_file_may_have_a_payslip_in_place_of_a_year(tmp_path: Path) -> None:
    file = tmp_path / "gezin.toml"
    file.write_text('type = "single"\n[[person]]\ntaxable_income_month = 2500\n')

    answer = law_answer("beslagvrije-voet", "--household", str(file), "--net-income-month", "2300", *ON)

    assert (answer["low"], answer["high"]) == ("1499.45", "2185.00")


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (
            ("beslagvrije-voet", "--taxable-income-year", "30000", "--taxable-income-month", "2500", *ON),
            UsageError,
            "one of the two",
        ),
        (("beslagvrije-voet", "--taxable-income-month", "-1", *ON), UsageError, "negative"),
        (("bank-seizure", "--on", "1-7-2026"), UsageError, "2026-07-01"),
        (("collection-costs", "--claim", "a lot", *ON), UsageError, "--claim"),
        (("collection-costs", "--claim", "-5", *ON), UsageError, "negative"),
        (("bailiff-tariff", "--act", "bank_seisure", *ON), UsageError, "bank_seizure"),
        (("bank-seizure", "--household", "nergens.toml", *ON), HouseholdError, "nergens.toml"),
    ],
)
def test_a_wrong_question_is_refused_in_one_line(
    arguments: tuple[str, ...], error: type[AffordabilityError], words: str
) -> None:
    raised = run_law(*arguments).exception

    assert isinstance(raised, error)
    assert raised.exit_status == 2
    assert words in str(raised)
    assert "\n" not in str(raised)


def test_the_same_question_gives_the_same_bytes() -> None:
    once, again = (
        run_law("beslagvrije-voet", "--net-income-month", "2000", *ON, "--json").stdout for _ in "12"
    )

    assert once == again


def test_rules_are_listed_shown_and_verified() -> None:
    assert "nl.beslagvrije_voet_drempelinkomen" in run_rules("list").stdout
    assert "1419.46" in run_rules("show", "nl.bijstandsnorm", *ON, "--where", "type=single").stdout
    assert run_rules("verify").exit_code == 0


def test_every_rule_is_listed_as_a_table_for_a_document() -> None:
    table, gaps = run_rules("list", "--markdown").stdout.split("\n\n")

    assert "| `nl.btag` |" in table
    assert "- `nl.beslagvrije_voet`: The country factor" in gaps


def test_a_rule_is_shown_to_programs_with_its_source() -> None:
    shown = json.loads(run_rules("show", "nl.btag", *ON, "--where", "act=bank_seizure", "--json").stdout)

    assert shown["versions"][0]["values"][0]["value"] == "260.68"
    assert shown["versions"][0]["source"]["grade"] == "law"


def test_a_day_before_the_rule_is_refused() -> None:
    raised = run_rules("show", "nl.btag", "--on", "2020-01-01").exception

    assert isinstance(raised, RuleNotInForce)
    assert raised.exit_status == 1


def test_overdue_rules_are_a_finding() -> None:
    assert run_rules("stale", "--on", "2026-11-22").exit_code == 0
    overdue = run_rules("stale", "--on", "2027-01-01", "--json")

    assert overdue.exit_code == 1
    assert "nl.bijstandsnorm" in [row["id"] for row in json.loads(overdue.stdout)]
