"""`law` about collecting, on the command line."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from psd2_affordability.cli import law
from psd2_affordability.core.errors import UnknownName, UsageError

ON = ("--on", "2026-11-22")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(law.app, arguments)


def shape(result: Result) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_several_claims_and_a_reminder_give_what_is_owed() -> None:
    claims = ("--claim", "1000", "--claim", "500")

    owed = shape(run("collection-costs", *claims, "--reminded-on", "2026-11-02", *ON, "--json"))
    not_yet = shape(run("collection-costs", *claims, "--reminded-on", "2026-11-20", *ON, "--json"))

    assert (owed["amount"], not_yet["amount"]) == ("225.00", "0.00")


def test_a_moment_at_night_is_a_finding_and_one_by_day_is_fine() -> None:
    night = run("collection-contact", "--at", "2026-11-23T21:30", "--json")
    day = run("collection-contact", "--at", "2026-11-23T10:00")

    assert (night.exit_code, shape(night)["status"]) == (1, "finding")
    assert day.exit_code == 0
    assert "every duty is met" in day.stdout


def test_a_claim_that_lacks_something_is_a_finding() -> None:
    result = run("collection-claim", "--given", "principal,total", "--given", "costs", *ON)

    assert result.exit_code == 1
    assert "must state: name of the debtor" in result.stdout


def test_terms_show_their_last_day() -> None:
    people = run("terms", "--start", "2026-11-02", "--topic", "seizure", *ON)
    programs = shape(run("terms", "--start", "2026-11-02", "--topic", "debt_help", *ON, "--json"))

    assert people.exit_code == 0
    assert "2026-11-10" in people.stdout
    assert [term["last_on"] for term in programs["terms"]][:2] == ["2026-11-30", "2026-11-05"]


def test_terms_of_long_ago_are_not_known() -> None:
    result = run("terms", "--on", "1990-01-01")

    assert result.exit_code == 1
    assert "first in force on" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("collection-contact", "--at", "late"), UsageError),
        (("collection-claim", "--given", "colour", *ON), UnknownName),
        (("terms", "--topic", "weather", *ON), UnknownName),
        (("collection-costs", "--claim", "100", "--reminded-on", "2-11-2026", *ON), UsageError),
    ],
)
def test_a_wrong_question_about_collecting_is_wrong_usage(
    arguments: tuple[str, ...], error: type[UsageError]
) -> None:
    raised = run(*arguments).exception

    assert isinstance(raised, error)
    assert raised.exit_status == 2
