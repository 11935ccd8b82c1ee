"""The command line as a stranger meets it: real processes, real files, right and wrong input."""

import json
from pathlib import Path

import jsonschema
import pytest

from command_material import STATEMENT, in_a_home
from shared_material import samples

CHECKOUT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((CHECKOUT / "docs" / "schemas" / "assessment.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def run(tmp_path):
    return in_a_home(tmp_path)


@pytest.fixture
def statement(tmp_path):
    path = tmp_path / "september.sta"
    path.write_text(STATEMENT, encoding="utf-8")
    return path


@pytest.fixture
def single(tmp_path):
    path = tmp_path / "household.toml"
    path.write_text('type = "single"\n', encoding="utf-8")
    return path


def test_the_demo_gives_all_four_answers_with_reasons_and_a_receipt(run):
    told = json.loads(run("demo", "--json").stdout)

    jsonschema.validate(told, SCHEMA)
    assert told["room"]["reasons"]
    assert told["seizure"]["reasons"]
    assert told["credit_check"]["indicators"]
    assert "signals" in told
    assert {rule["id"] for rule in told["receipt"]["rules"]} >= {"nl.beslagvrije_voet_maxima", "nl.btag"}
    assert told["receipt"]["consent"]


def test_the_demo_leaves_nothing_behind(run, tmp_path):
    run("demo", "--person", "lotte")

    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file()]


def test_an_answer_in_dutch_is_in_dutch(run):
    told = run("demo", "--person", "amina", "--language", "nl").stdout

    assert "1. toestemming bij sandbox.berlin_group voor 'debt_help', geldig tot 20" in told
    assert "transacties opgehaald over HTTP" in told
    assert "3. begrepen en beantwoord, met als peildatum 20" in told
    assert "amina: Amina woont alleen in Utrecht en heeft bijstand" in told
    assert not any(word in told for word in ("consent at", "fetched", "as of", "lives alone"))
    assert "Ruimte voor een betalingsregeling" in told
    assert "Geen beslag leggen" in told
    assert "nog niet geboekt, niet meegeteld  2" in told


def test_the_same_question_gives_the_same_bytes(run, statement, single):
    question = ("assess", statement, "--on", "2026-10-01", "--household", single)

    assert run(*question).stdout == run(*question).stdout
    assert run(*question, "--json").stdout == run(*question, "--json").stdout


def test_an_answer_keeps_the_published_schema_and_says_what_it_cannot_know(run, statement, single):
    told = json.loads(run("assess", statement, "--on", "2026-10-01", "--household", single, "--json").stdout)

    jsonschema.validate(told, SCHEMA)
    assert told["data_quality"]["cannot_know"]
    assert told["data_quality"]["accounts"][0]["came_in"] == "1348.49"
    assert told["data_quality"]["accounts"][0]["went_out"] == "620.10"
    assert told["data_quality"]["accounts"][0]["balance"] == "1728.39"
    assert told["data_quality"]["accounts"][0]["proven"] is True
    assert (
        "low" not in told["room"]["monthly"]
        or told["room"]["monthly"]["low"] <= told["room"]["monthly"]["high"]
    )


def test_only_what_was_asked_for_is_answered(run, statement):
    told = json.loads(run("assess", statement, "--on", "2026-10-01", "--only", "seizure", "--json").stdout)

    assert "seizure" in told
    assert not {"room", "credit_check", "signals", "income", "expenses"} & set(told)


def test_what_an_earlier_seizure_left_lowers_what_is_still_protected(run, statement, single):
    asked = ("assess", statement, "--on", "2026-10-01", "--household", single, "--only", "seizure", "--json")
    told = json.loads(run(*asked, "--protection-used", "500.00").stdout)

    assert "seizure.protection_used" in {one["code"] for one in told["seizure"]["reasons"]}


def test_importing_the_same_file_twice_changes_nothing(run, statement):
    first = json.loads(run("import", statement, "--case", "case-1", "--json").stdout)
    again = json.loads(run("import", statement, "--case", "case-1", "--json").stdout)

    assert (first["kept"]["new"], first["kept"]["same"]) == (2, 0)
    assert (again["kept"]["new"], again["kept"]["same"]) == (0, 2)


def test_every_transaction_is_categorised_on_stated_evidence(run, statement):
    rows = json.loads(run("categorise", statement, "--json").stdout)["transactions"]

    assert [row["category"] for row in rows] == ["wonen.huur", "inkomen.uitkering_bijstand"]
    assert all(row["evidence"] and row["tx"] for row in rows)


WRONG_FILES = {
    "a photo": (b"\x89PNG\r\n\x1a\n0000", "read"),
    "a PDF": (b"%PDF-1.7\n1 0 obj", "PDF"),
    "an empty file": (b"", "empty"),
    "XML that stops halfway": (
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>',
        "XML",
    ),
    "plain words": (b"Dear sir, I have paid.", "statement"),
}


@pytest.mark.parametrize("what", WRONG_FILES)
@pytest.mark.parametrize("command", ["read", "import", "assess", "categorise"])
def test_a_wrong_file_gets_one_clear_line_and_nothing_is_written(run, tmp_path, what, command):
    content, word = WRONG_FILES[what]
    path = tmp_path / "wrong.bin"
    path.write_bytes(content)

    line = run(command, path, expect=3).stderr

    assert line.count("\n") == 1
    assert word in line
    assert "wrong.bin" in line
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file()]


WRONG_QUESTIONS = [
    (("assess", "{empty}"), 3, "no statement files"),
    (("assess", "{statement}", "--on", "yesterday"), 2, "2026-07-01"),
    (("assess", "{statement}", "--on", "9999-12-31"), 2, "1970-01-01 to 2199-12-31"),
    (("assess", "{statement}", "--on", "0001-01-01"), 2, "1970-01-01 to 2199-12-31"),
    (
        ("assess", "{statement}", "--debt", "1.250"),
        2,
        "--debt: '1.250' can be read in two ways. Write 1250 or 1.25",
    ),
    (("assess", "{statement}", "--debt", "a lot"), 2, "--debt: this is not an amount in euros"),
    (("assess", "{statement}", "--debt", "-5"), 2, "negative"),
    (("assess", "{statement}", "--household", "{household}"), 2, "colour"),
    (("assess", "{statement}", "--only", "roon"), 2, "Did you mean room?"),
    (("assess", "{statement}", "--language", "fr"), 2, "language"),
    (("demo", "--person", "nobody"), 2, "amina"),
    (("banks", "show", "nl.nobank"), 2, "nl.rabobank"),
    (("rules", "show", "nl.nothing"), 2, "nl."),
    (("connect", "sandbox.berlin_group", "--purpose", "gossip"), 2, "payment_plan"),
    (
        ("connect", "sandbox.berlin_group", "--purpose", "debt_help", "--url", "http://127.0.0.1:9"),
        4,
        "reached",
    ),
    (("consents", "show", "nothing"), 2, "consent"),
    (("frobnicate",), 2, "frobnicate"),
]


@pytest.mark.parametrize(("arguments", "status", "says"), WRONG_QUESTIONS, ids=lambda value: str(value)[:60])
def test_a_wrong_question_gets_one_clear_line_and_its_exit_status(
    run, tmp_path, statement, arguments, status, says
):
    places = {"{empty}": tmp_path / "empty", "{statement}": statement, "{household}": tmp_path / "wrong.toml"}
    places["{empty}"].mkdir()
    places["{household}"].write_text('type = "single"\ncolour = "red"\n', encoding="utf-8")

    line = run(*(places.get(argument, argument) for argument in arguments), expect=status).stderr

    assert line.count("\n") == 1
    assert says in line


def test_what_is_not_known_has_no_amount_a_month_and_no_english_in_a_dutch_report(run, statement):
    asked = ("assess", statement, "--on", "2026-09-10", "--only", "income,room")
    english, dutch = (
        " ".join(run(*asked, "--language", language).stdout.replace("│", " ").split())
        for language in ("en", "nl")
    )

    assert "Not known: " in english
    assert "? a month" not in english
    assert "Niet bekend" in dutch
    assert "Vraag: What" not in dutch
    assert "whole month" not in dutch


def test_a_day_before_any_rule_is_refused_with_the_fact(run):
    told = run("law", "bank-seizure", "--type", "single", "--on", "1999-01-01", expect=1)

    assert "first in force on 2021-01-01" in told.stdout + told.stderr


def test_every_command_says_what_it_does(run):
    for command in (
        "",
        "demo",
        "sandbox",
        "serve",
        "connect",
        "read",
        "import",
        "categorise",
        "assess",
        "evaluate",
    ):
        assert "Usage: " in run(*command.split(), "--help").stdout
    assert run("--version").stdout.startswith("psd2-affordability ")


def _sample_files():
    found = samples()
    if found is None:
        return []
    wrong_on_purpose = {"camt053.v2.wrong.xml"}
    return [
        path
        for kind in ("camt", "mt940")
        for path in sorted((found / kind).rglob("*.[xs][mt][la]"))
        if path.name not in wrong_on_purpose
    ]


@pytest.mark.samples
@pytest.mark.parametrize("path", _sample_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_recorded_statement_is_assessed_and_no_row_gets_lost(path, single):
    from datetime import date

    from psd2_affordability.service.assess_case import Question, assess_received
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.categorising import summed
    from psd2_affordability.service.reading import read_paths
    from psd2_affordability.service.wire import to_wire

    received = read_paths([path])
    answered = assess_received(product(), "case", received, Question(on=date(2026, 11, 22)))
    rows = answered.understood.frame

    jsonschema.validate(to_wire(answered.assessment), SCHEMA)
    assert (rows["category"] != "").all()
    assert sum(found.total.cents for found in summed(rows)) == received.transactions["amount_ct"].sum()
    assert sum(found.rows for found in summed(rows)) == len(received.transactions)
    assert answered.assessment.data_quality.cannot_know


def test_who_has_no_right_to_an_allowance_is_not_told_that_its_amount_is_not_known(run):
    told = run("demo", "--person", "lotte").stdout

    lines = [line for line in told.splitlines() if "no right to it" in line]
    assert any("kinderopvangtoeslag" in line for line in lines)
    assert not any("Not known" in line for line in lines)
