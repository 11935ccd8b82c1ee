"""`explain` on statement files: the figures that there are, and how one is made."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from psd2_affordability.cli import main
from psd2_affordability.cli.app import app
from psd2_affordability.core.dates import add_months
from statement_material import mt940_statement

ON = date(2026, 6, 30)
HOUSEHOLD = """
type = "single"
[[person]]
taxable_income_year = 27000.00
[housing]
kind = "rent"
rent_month = 640.00
registered_address = true
"""


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    """The arguments for half a year of rent, groceries and wages."""
    rows = []
    for month in range(6):
        first = add_months(date(2026, 1, 1), month)
        rows += [
            (first, -64_000, "/NAME/Woonstichting De Kade/REMI/huur"),
            (first + timedelta(days=6), -21_250, "BEA Albert Heijn 1522"),
            (first + timedelta(days=23), 198_000, "/NAME/Metaalwerken Noord BV/REMI/salaris"),
        ]
    (tmp_path / "all.sta").write_bytes(mt940_statement(rows, 50_000, first=date(2026, 1, 1), last=ON))
    (tmp_path / "household.toml").write_text(HOUSEHOLD)
    return [
        "explain",
        str(tmp_path / "all.sta"),
        "--on",
        ON.isoformat(),
        "--household",
        str(tmp_path / "household.toml"),
    ]


def told(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_without_a_figure_all_are_listed(asked):
    lines = told(*asked).splitlines()

    assert "expenses.flexible.mid  212.50" in lines
    assert len(lines) > 80
    assert "expenses.fixed" in json.loads(told(*asked, "--json"))["figures"]


def test_a_sum_shows_its_parts_and_the_bookings_behind_them(asked):
    said = told(*asked, "--figure", "expenses.fixed")

    assert said.startswith("640.00  expenses.fixed: Fixed costs a month = the sum of\n")
    assert "640.00  expenses.streams[wonen.huur].monthly: The usual payment of Woonstichting De Kade" in said
    assert "6 bookings:" in said
    assert "2026-06-01       -640.00  wonen.huur  Woonstichting De Kade" in said


def test_a_figure_without_parts_or_bookings_says_nothing_of_a_sum(asked):
    assert told(*asked, "--figure", "expenses.debts") == (
        "0.00  expenses.debts: Payments on debts and loans a month\n"
    )


def test_an_amount_of_the_law_shows_its_article_and_rule_in_dutch(asked):
    said = told(*asked, "--figure", "seizure.protected.value.low", "--language", "nl")

    assert "het maximum voor dit huishouden (alleenstaande), voor een maand [art. 475a lid 5 Rv, nl." in said


def test_json_holds_the_terms_and_the_bookings(asked):
    found = json.loads(told(*asked, "--figure", "expenses.flexible.mid", "--json"))

    assert (found["path"], found["made"]["value"], found["made"]["how"]) == (
        "expenses.flexible.mid",
        "212.50",
        "sum",
    )
    assert [each["amount"] for each in found["bookings"]] == ["-212.50"] * 6


def test_a_figure_that_is_not_there_ends_with_status_2_and_names_the_nearest(asked, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["psd2-affordability", *asked, "--figure", "room.monthly.med"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 2
    assert "room.monthly.mid" in capsys.readouterr().err


def test_a_figure_that_is_like_no_other_says_how_to_list_all_in_a_line_that_can_be_read(
    asked, monkeypatch, capsys
):
    monkeypatch.setattr("sys.argv", ["psd2-affordability", *asked, "--figure", "qqqq"])

    with pytest.raises(SystemExit):
        main()

    told = capsys.readouterr().err
    assert "Ask without a figure to see all" in told
    assert len(told) < 160


def test_half_a_name_of_a_figure_finds_the_figures_that_have_it(asked, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["psd2-affordability", *asked, "--figure", "flexible"])

    with pytest.raises(SystemExit):
        main()

    assert "Did you mean expenses.flexible.low or expenses.flexible.mid" in capsys.readouterr().err
