"""`assess --purpose` prints what the receiver of that purpose may see; without it, everything."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from command_material import STATEMENT
from psd2_affordability.cli.app import app

SECRET = ("De Haven", "Gemeente Utrecht", "NL13TEST", "NL13", "1,728.39", "1728.39", "-620.10")


@pytest.fixture
def statement(tmp_path: Path) -> str:
    file = tmp_path / "september.sta"
    file.write_text(STATEMENT)
    return str(file)


def told(statement: str, *more: str) -> str:
    done = CliRunner().invoke(app, ["assess", statement, "--on", "2026-10-01", *more], env={"COLUMNS": "300"})
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("form", [(), ("--json",), ("--language", "nl")])
@pytest.mark.parametrize("purpose", ["payment_plan", "credit_check", "seizure_check"])
def test_a_receiver_reads_no_payee_no_account_and_no_balance(statement, purpose, form):
    said = told(statement, "--purpose", purpose, *form)

    assert not [each for each in SECRET if each in said]


def test_without_a_purpose_everything_is_shown(statement):
    found = json.loads(told(statement, "--json"))

    assert found["data_quality"]["accounts"][0]["balance"] == "1728.39"
    assert {"room", "seizure", "credit_check", "signals", "allowances"} <= set(found)


def test_a_purpose_has_its_own_parts_alone(statement):
    found = json.loads(told(statement, "--purpose", "seizure_check", "--json"))

    assert {"room", "seizure"} <= set(found)
    assert {"income", "expenses", "credit_check", "signals", "allowances", "profile"}.isdisjoint(found)


def test_a_purpose_that_there_is_not_names_the_nearest(statement, monkeypatch, capsys):
    from psd2_affordability.cli import main

    monkeypatch.setattr("sys.argv", ["psd2-affordability", "assess", statement, "--purpose", "payment_pan"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 2
    assert "payment_plan" in capsys.readouterr().err
