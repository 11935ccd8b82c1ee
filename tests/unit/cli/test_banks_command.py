"""The banks on the command line."""

import json

import pytest
from typer.testing import CliRunner

from psd2_affordability.cli.banks import app
from psd2_affordability.core.errors import UnknownName


def run(*arguments):
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_the_list_names_every_bank_with_its_standard_and_maturity():
    shown = run("list")

    assert shown.exit_code == 0
    assert "sandbox.berlin_group" in shown.output
    assert "Berlin Group NextGenPSD2 XS2A 1.3" in shown.output


def test_one_bank_is_shown_with_its_limits():
    assert "24 months" in run("show", "sandbox.berlin_group").output


def test_json_says_the_same():
    listed = {bank["id"]: bank for bank in json.loads(run("list", "--json").output)["banks"]}
    sandbox = listed["sandbox.berlin_group"]

    assert sandbox == json.loads(run("show", "sandbox.berlin_group", "--json").output)
    assert sandbox["history"] == {"first_months": 24, "refresh_days": 89, "overlap_days": 14}


def test_a_bank_that_does_not_exist_is_an_error_that_names_the_nearest():
    with pytest.raises(UnknownName, match=r"Did you mean sandbox\.berlin_group"):
        run("show", "sandbox.berlin")
