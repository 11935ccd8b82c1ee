"""Certificates on the command line."""

import json

import pytest
from typer.testing import CliRunner

from psd2_affordability.cli.certificates import app
from psd2_affordability.core.errors import CredentialsError, UsageError


def run(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("made")
    made = run("test", "--out", out)
    assert made.exit_code == 0
    assert "FOR TESTING ONLY" in made.stderr
    assert str(out / "qwac-key.pem") in made.stdout.splitlines()
    return out


def test_what_was_made_is_shown_by_use_owner_roles_and_end(folder):
    shown = run("show", folder / "qwac.pem", folder / "qsealc.pem", folder / "root.pem").stdout

    assert "PSDNL-DNB-T0000001" in shown
    assert "QSealC" in shown
    assert "PSP_AI" in shown
    assert "(365 days left)" in shown


def test_json_says_the_same(folder):
    [qwac, root] = json.loads(run("show", folder / "qwac.pem", folder / "root.pem", "--json").stdout)[
        "certificates"
    ]

    assert qwac["use"] == "QWAC"
    assert qwac["roles"] == ["PSP_AI"]
    assert qwac["authority"] == {"name": "De Nederlandsche Bank", "id": "NL-DNB"}
    assert qwac["days_left"] == 365
    assert (root["use"], root["authority"], root["organisation_id"]) == (None, None, None)


def test_a_set_is_never_made_over_another(folder):
    with pytest.raises(UsageError, match="there is a file already"):
        run("test", "--out", folder)


def test_a_key_shown_by_mistake_is_refused_and_not_printed(folder):
    with pytest.raises(CredentialsError, match="there is no certificate that can be read"):
        run("show", folder / "qwac-key.pem")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CredentialsError, match=r"absent\.pem: cannot be read"):
        run("show", tmp_path / "absent.pem")
