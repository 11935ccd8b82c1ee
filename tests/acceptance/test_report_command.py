"""`report` on the command line, as a stranger runs it."""

import csv
import json
import os
import subprocess
import sys
from io import StringIO

import pytest

from printed_material import pages

STATEMENT = """:20:STATEMENT
:25:NL13TEST0123456789EUR
:28C:1
:60F:C260901EUR1000,00
:61:2609020902D620,10NDDTNONREF
:86:/BENM//NAME/Woonstichting De Haven/REMI/Huur september
:61:2609240924C1348,49NTRFNONREF
:86:/ORDP//NAME/Gemeente Utrecht/REMI/Uitkering Participatiewet september
:62F:C260930EUR1728,39
-
"""


@pytest.fixture
def report(tmp_path):
    (tmp_path / "september.sta").write_text(STATEMENT, encoding="utf-8")
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}

    def command(*arguments, expect=0):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "psd2_affordability",
                "report",
                "september.sta",
                "--on",
                "2026-10-01",
                *arguments,
            ],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == expect, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    return command


def test_a_pdf_is_written_to_the_file_and_keeps_nothing_else(report, tmp_path):
    report("--for", "plan", "--out", "plan.pdf", "--reference", "2026/117", "--language", "nl")

    [page, *_] = pages((tmp_path / "plan.pdf").read_bytes())
    assert "Ruimte voor een betalingsregeling" in page
    assert "2026/117" in page
    assert "De Haven" not in page
    assert not (tmp_path / "data").exists()


def test_figures_go_to_the_terminal_as_rows_or_json(report):
    rows = list(csv.DictReader(StringIO(report("--for", "seizure", "--format", "csv").stdout)))
    told = json.loads(report("--for", "seizure", "--format", "json").stdout)

    assert {"part": "seizure", "code": "verdict"}.items() <= rows[
        [row["part"] for row in rows].index("seizure")
    ].items()
    assert told["use"] == "seizure"
    assert "Haven" not in json.dumps(told)


def test_the_persons_transactions_are_given_to_the_person_alone(report):
    mine = report("--for", "person", "--format", "csv", "--transactions").stdout

    assert "Woonstichting De Haven" in mine
    assert "-620.10" in mine
    assert (
        "own version alone" in report("--for", "plan", "--format", "csv", "--transactions", expect=2).stderr
    )


def test_a_wrong_question_is_refused_in_one_line_that_says_what_to_do(report):
    assert "Did you mean plan" in report("--for", "plans", "--format", "json", expect=2).stderr
    assert "Give one with --out" in report("--for", "plan", expect=2).stderr
    assert "There are" in report("--for", "plan", "--format", "docx", expect=2).stderr
    assert "cannot write" in report("--for", "plan", "--out", "nowhere/plan.pdf", expect=2).stderr
