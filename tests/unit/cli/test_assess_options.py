"""What `assess` says of its formats, and of an amount that is written in another way."""

import pytest
from typer.testing import CliRunner

from psd2_affordability.cli.app import app
from psd2_affordability.cli.options import money_of
from psd2_affordability.core.errors import UsageError


def test_an_amount_with_a_comma_is_asked_for_with_a_point():
    with pytest.raises(UsageError, match="write a point"):
        money_of("1250,00", "--debt")


def test_the_help_of_assess_names_every_format_it_reads():
    said = CliRunner().invoke(app, ["assess", "--help"], env={"COLUMNS": "300"}).output

    for name in ("camt.052", "camt.053", "camt.054", "MT940", "MT942", "CSV"):
        assert name in said
