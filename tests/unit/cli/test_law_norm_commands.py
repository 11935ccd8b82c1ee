"""`law` with amounts that the user supplies, on the command line."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from psd2_affordability._data import data_folder
from psd2_affordability.cli import law
from psd2_affordability.core.errors import ParametersError

ON = ("--on", "2026-11-22")
WHO = ("--type", "single", "--net-income-month", "1800", "--taxable-income-year", "20000")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(law.app, arguments)


@pytest.fixture
def own_file(tmp_path: Path) -> str:
    template = (data_folder("rules") / "nl" / "norms" / "vtlb.template.toml").read_text(encoding="utf-8")
    text = template.replace("#: ", "").replace("adult = 0.00", "adult = 25.00")
    path = tmp_path / "my-vtlb.toml"
    path.write_text(re.sub(r"^until .*$", "until = 2026-12-31", text, flags=re.MULTILINE), encoding="utf-8")
    return str(path)


def test_the_vtlb_with_ones_own_file(own_file: str) -> None:
    result = run("vtlb", *WHO, "--working-adults", "1", "--parameters", own_file, *ON, "--json")

    assert json.loads(result.stdout)["amount"] == "1398.49"


def test_a_settlement_with_ones_own_file(own_file: str) -> None:
    arguments = ("--working-adults", "0", "--debt", "30000", "--correction", "travel=45.50")
    result = run("nvvk-plan", *WHO, *arguments, "--parameters", own_file, *ON)

    assert result.exit_code == 0
    assert "€381.01 per month" in result.stdout
    assert "they are problematic" in result.stdout


@pytest.mark.parametrize("question", ["vtlb", "nvvk-plan", "leennorm", "nibud-budget"])
def test_without_a_file_the_answer_is_what_to_supply(question: str) -> None:
    who = WHO[:2] if question == "nibud-budget" else WHO[:4]
    result = run(question, *who, *ON)

    assert result.exit_code == 1
    assert "--parameters" in result.stdout


def test_a_file_that_is_not_there_is_a_bad_input_file() -> None:
    raised = run("vtlb", *WHO, "--parameters", "nowhere.toml").exception

    assert isinstance(raised, ParametersError)
    assert raised.exit_status == 3
    assert "nowhere.toml" in str(raised)
