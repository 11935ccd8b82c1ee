"""The evidence of lending and the measurement over groups, as commands of the shell."""

import json
from pathlib import Path

import jsonschema
import pytest

from command_material import in_a_home

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"
STATEMENT = """:20:STATEMENT
:25:NL13TEST0123456789EUR
:28C:1
:60F:C260901EUR1000,00
:61:2609020902D620,10NDDTNONREF
:86:/BENM//NAME/Woonstichting De Haven/REMI/Huur september
:61:2609100910D45,00NTRFNONREF
:86:/BENM//NAME/Intrum Nederland BV/REMI/dossier 5520331
:61:2609240924C1348,49NTRFNONREF
:86:/ORDP//NAME/Gemeente Utrecht/REMI/Uitkering Participatiewet september
:61:2609280928D80,00NTRFNONREF
:86:/BENM//NAME/Flanderijn Gerechtsdeurwaarders/REMI/dossier 7712
:62F:C260930EUR1603,39
-
"""


@pytest.fixture
def run(tmp_path):
    command = in_a_home(tmp_path)

    def printed(*arguments, expect=0):
        done = command(*arguments, expect=expect)
        return done.stdout + done.stderr

    return printed


@pytest.fixture
def statement(tmp_path):
    path = tmp_path / "september.sta"
    path.write_text(STATEMENT, encoding="utf-8")
    return path


def test_what_was_booked_before_the_granting_is_there_and_nothing_later(run, statement):
    printed = run("lending-evidence", statement, "--granted-on", "2026-09-20", "--payment", "95", "--json")

    found = json.loads(printed)
    jsonschema.validate(found, json.loads((SCHEMAS / "lending-evidence.schema.json").read_text()))
    assert [(each["on"], each["kind"], each["amount"]) for each in found["events"]] == [
        ("2026-09-10", "collector", "-45.00")
    ]
    assert found["receipt"]["data"]["rows"] == 2
    [account] = found["data_quality"]["accounts"]
    assert account["balance"] == "334.90"  # 1,000 less 620.10 and 45


def test_the_report_names_the_creditor_the_facts_and_their_keys(run, statement):
    printed = run(
        "lending-evidence",
        statement,
        "--granted-on",
        "2026-09-29",
        "--creditor",
        "Snelgeld",
        "--language",
        "nl",
    )

    assert "verleend op 2026-09-29, Snelgeld" in printed
    assert "Gerechtsdeurwaarder" in printed
    assert "schuld." not in printed
    assert "1 betaling aan een deurwaarder" in printed
    assert "2026-09-28" in printed


@pytest.mark.parametrize(
    "wrong", [[], ["--granted-on", "gisteren"], ["--granted-on", "2026-09-20", "--payment", "0"]]
)
def test_a_question_that_cannot_be_is_refused_with_what_to_do(run, statement, wrong):
    run("lending-evidence", statement, *wrong, expect=2)


def test_an_obligation_is_asked_about_in_the_shell(run, statement):
    printed = run(
        "assess",
        statement,
        "--on",
        "2026-09-30",
        "--only",
        "credit_check",
        "--obligation",
        "40",
        "--months",
        "3",
        "--json",
    )

    check = json.loads(printed)["credit_check"]
    assert (check["depth"], check["obligation"]) == ("light", {"monthly": "40.00", "months": 3})
    assert "gambling" in check["left_out"]


def test_months_without_an_amount_are_refused(run, statement):
    run("assess", statement, "--on", "2026-09-30", "--months", "3", expect=2)


def test_groups_are_measured_and_the_same_seed_gives_the_same_figures(run):
    first, again = (run("fairness", "--people", "24", "--seed", "3", "--json") for _ in range(2))

    assert first == again
    found = json.loads(first)
    assert found["people"] == 24
    assert found["twins"]["count"] == 0
    assert {each["kind"] for each in found["groups"]} == {"work", "age", "household", "names"}
