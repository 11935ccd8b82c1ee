"""`report` on the command line, as a stranger runs it."""

import csv
import json
from functools import partial
from io import StringIO

import pytest

from command_material import STATEMENT, in_a_home
from printed_material import pages


@pytest.fixture
def report(tmp_path):
    (tmp_path / "september.sta").write_text(STATEMENT, encoding="utf-8")
    return partial(in_a_home(tmp_path), "report", "september.sta", "--on", "2026-10-01")


def test_a_pdf_is_written_to_the_file_and_keeps_nothing_else(report, tmp_path):
    made = report("--for", "plan", "--out", "plan.pdf", "--reference", "2026/117", "--language", "nl")

    assert made.stdout.startswith("wrote plan.pdf: plan, pdf, ")
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
