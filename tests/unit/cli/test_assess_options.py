"""What `assess` says of its formats, and of an amount that is written in another way."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from norm_material import LEENNORM, VTLB
from psd2_affordability._data import data_folder
from psd2_affordability.cli.app import app
from psd2_affordability.core.errors import ParametersError
from psd2_affordability.core.money import Money
from psd2_affordability.service.supplied import read_norms
from statement_material import mt940_statement


def test_the_help_of_assess_names_every_format_it_reads():
    said = CliRunner().invoke(app, ["assess", "--help"], env={"COLUMNS": "300"}).output

    for name in ("camt.052", "camt.053", "camt.054", "MT940", "MT942", "CSV"):
        assert name in said


def files(folder, *norms: str) -> list[str]:
    paths = [folder / f"{number}.toml" for number in range(len(norms))]
    for path, norm in zip(paths, norms, strict=True):
        path.write_text(norm)
    return [str(path) for path in paths]


@pytest.fixture
def statements(tmp_path: Path) -> str:
    entries = [
        (date(2026, month, day), cents, f"/BENM//NAME/{name}/REMI/{name}")
        for month in range(1, 7)
        for day, cents, name in ((2, -600_00, "Woonstad"), (24, 2100_00, "Bakker BV salaris"))
    ]
    path = tmp_path / "statement.sta"
    path.write_bytes(mt940_statement(entries, last=date(2026, 6, 30)))
    return str(path)


def test_an_amount_may_be_typed_as_in_dutch_or_in_english(statements):
    def answer(debt: str) -> str:
        typed = ["assess", statements, "--on", "2026-06-30", "--debt", debt, "--json"]
        return CliRunner().invoke(app, typed).output

    assert answer("1250.00") == answer("1250,00") == answer("€ 1.250,00")
    assert json.loads(answer("1250.00"))["room"]


def test_the_amounts_of_both_norms_come_along_in_two_files(statements, tmp_path):
    household = tmp_path / "household.toml"
    household.write_text('type = "single"\nworking_adults = 1\n[housing]\nregistered_address = true\n')
    given = files(tmp_path, VTLB, LEENNORM)
    options = ["--on", "2026-06-30", "--household", str(household)]
    options += ["--parameters", given[0], "--parameters", given[1]]

    told = json.loads(CliRunner().invoke(app, ["assess", statements, *options, "--json"]).output)
    shown = CliRunner().invoke(
        app, ["assess", statements, *options, "--language", "nl"], env={"COLUMNS": "200"}
    )

    low, high = (told["room"]["plan_floor"]["value"][side] for side in ("low", "high"))
    floor = told["room"]["floor"]["value"]
    assert (Money.euros(low), Money.euros(high)) == (
        Money.euros(floor["low"]) + Money.euros(140),
        Money.euros(floor["high"]) + Money.euros(140),
    )
    assert told["credit_check"]["norm"]["question"] == "leennorm"
    assert "vtlb, de ondergrens van een regeling" in shown.output
    assert "wettelijk minimum" in shown.output


@pytest.mark.parametrize(
    ("norms", "says"),
    [
        ((VTLB, VTLB), "holds 'vtlb' once more"),
        ((VTLB.replace("vtlb", "nibud"),), "0.toml"),
    ],
)
def test_files_of_amounts_that_no_answer_can_use_are_refused(norms, says, tmp_path):
    with pytest.raises(ParametersError, match=says):
        read_norms([Path(each) for each in files(tmp_path, *norms)])


def test_amounts_of_a_minimum_budget_bound_no_plan_and_no_credit(tmp_path):
    template = (data_folder("rules") / "nl" / "norms" / "nibud.template.toml").read_text(encoding="utf-8")
    [path] = files(tmp_path, template.replace("#: ", ""))

    with pytest.raises(ParametersError, match="holds 'nibud', which no answer about a person uses"):
        read_norms([Path(path)])


def options_of(command: str) -> set[str]:
    """Return the names of the options in the help of a command."""
    said = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "300"}).output
    return {word for word in said.split() if word.startswith("--")}


@pytest.mark.parametrize("command", ["assess", "explain", "report"])
def test_every_command_that_answers_from_files_asks_the_same_question(command):
    asked = {"--on", "--household", "--debt", "--proposal", "--title-served", "--protection-used"}
    asked |= {"--obligation", "--months", "--parameters"}

    assert asked <= options_of(command)
    assert "--asked" not in options_of(command)
