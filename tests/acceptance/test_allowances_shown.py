"""Allowances where people read them: in the terminal, over HTTP and on the page of a case."""

import json

import pytest
from rich.console import Console

from psd2_affordability._data import data_files
from psd2_affordability.assess.case import Case
from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.run import assess
from psd2_affordability.categorise.engine import understand
from psd2_affordability.cli.report import Report
from psd2_affordability.sandbox.ledger_view import ledger_of
from psd2_affordability.sandbox.people import load_people
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.purposes import PURPOSES
from psd2_affordability.service.wire import to_json
from running_product import running
from visitor_material import Visitor, check_structure, words

PEOPLE = load_people(data_files("sandbox_fixtures"))


def answer_for(name: str) -> Assessment:
    wired, person = product(), PEOPLE[name]
    lived = ledger_of([person]).assign(subject=name)
    understood = understand(lived, wired.knowledge, {})
    case = Case(household=person.household)
    return assess(understood, {name: case}, wired.law, wired.knowledge, person.on, ("allowances",))[name]


@pytest.fixture(scope="module")
def tess() -> Assessment:
    return answer_for("tess")


def printed(assessment: Assessment, language: str) -> str:
    console = Console(width=400, no_color=True)
    with console.capture() as captured:
        console.print(Report(assessment, {}, language).render())
    return captured.get()


def test_the_terminal_shows_the_amounts_the_questions_and_where_to_apply(tess: Assessment) -> None:
    shown = printed(tess, "nl")

    assert "Toeslagen per maand" in shown
    assert "waarschijnlijk niet aangevraagd" in shown
    assert "€ 387,00" in shown
    assert "€ 129,00 per maand hangt ervan af" in shown
    assert "https://www.toeslagen.nl" in shown
    assert "svb.nl" not in shown


def test_on_the_wire_amounts_are_text_and_what_is_not_known_says_why(tess: Assessment) -> None:
    told = json.loads(to_json(tess))["allowances"]
    childcare = json.loads(to_json(answer_for("jelle")))["allowances"]

    first = told[0]
    assert first["code"] == "huurtoeslag"
    assert first["entitled"] == {"low": "387.00", "high": "387.00"}
    assert first["received"] == "0.00"
    assert first["gap"] == {"low": "387.00", "high": "387.00"}
    assert first["clawback_risk"] == {"low": "0.00", "high": "0.00"}
    assert first["questions"][0]["settles"] == "387.00"
    assert first["questions"][0]["says"]["says_nl"]
    [unknown] = [each for each in childcare if each["code"] == "kinderopvangtoeslag"]
    assert unknown["entitled"]["unknown"]["ask"]


def test_the_page_of_a_case_shows_them_to_the_counsellor_alone(tmp_path) -> None:
    with running(tmp_path) as served:
        visitor = Visitor(served)
        page = visitor.case("whole", "debt_help")
        headings = [words(each) for each in page.cssselect("h3")]
        assert "Allowances a month" in headings
        section = page.cssselect("section[aria-labelledby='allowances']")[0]
        assert {each.get("href") for each in section.cssselect("a[href^='https']")} <= {
            "https://www.toeslagen.nl",
            "https://www.svb.nl",
        }
        assert "zorgtoeslag" in words(section).lower()
        check_structure(page)
        other = visitor.case("plan", "payment_plan")
        assert "Allowances a month" not in [words(each) for each in other.cssselect("h3")]


def test_only_help_with_debts_shows_allowances() -> None:
    assert [code for code, purpose in PURPOSES.items() if "allowances" in purpose.parts] == ["debt_help"]
