"""What somebody gets wrong first on the command line: a day, a use, a case; and which cases there are."""

import json

import pytest

from command_material import STATEMENT, in_a_home


@pytest.fixture
def run(tmp_path):
    (tmp_path / "september.sta").write_text(STATEMENT, encoding="utf-8")
    return in_a_home(tmp_path)


@pytest.mark.parametrize(
    ("command", "option"), [(["assess", "x"], "--on"), (["lending-evidence", "x"], "--granted-on")]
)
def test_a_day_that_does_not_exist_is_said_with_its_own_option(run, command, option):
    said = run(*command, option, "2026-11-31", expect=2).stderr

    assert f"{option}: '2026-11-31' is not in the calendar" in said


def test_a_use_that_is_not_known_is_said_before_a_file_is_asked_for(run):
    said = run("report", "x", "--for", "boss", expect=2).stderr

    assert "There are: credit_check, debt_help, person, plan, seizure" in said


def test_the_cases_that_are_kept_are_listed_and_a_case_that_is_not_is_refused_before_anything_is_asked(run):
    assert "No cases yet" in run("cases").stdout
    run("import", "september.sta", "--case", "2026-117")

    [case] = json.loads(run("cases", "--json").stdout)["cases"]
    assert (case["subject"], case["transactions"]) == ("2026-117", 2)
    assert "2026-117" in run("cases").stdout
    said = run("consents", "erase", "2026-118", expect=2)
    assert "Erase everything" not in said.stdout
    assert "no case is called '2026-118'" in said.stderr


def test_what_cannot_be_told_of_the_costs_is_explained_once(run):
    said = " ".join(
        run("assess", "september.sta", "--on", "2026-09-05", "--only", "expenses")
        .stdout.replace("│", "")
        .split()
    )

    assert said.count("less than one whole month of data, so a month's costs cannot be told") == 1
