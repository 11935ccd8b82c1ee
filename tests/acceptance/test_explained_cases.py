"""Where a figure comes from, and whether it comes out again: over HTTP and on the person's page."""

from collections.abc import Iterator

import jsonschema
import pytest
import requests
from lxml import html
from typer.testing import CliRunner

from bank_material import TODAY
from norm_material import LEENNORM, VTLB
from psd2_affordability.cli.app import app
from psd2_affordability.service.settings import DATABASE
from running_product import Running, running
from visitor_material import Visitor, check_structure, words

RECEIVING = ("payment_plan", "credit_check", "seizure_check")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("explained")) as everything:
        yield everything


@pytest.fixture(scope="module")
def page(served: Running) -> html.HtmlElement:
    visitor = Visitor(served)
    visitor.case("jan")
    return visitor.open("/cases/jan?purpose=debt_help")


@pytest.fixture(scope="module")
def planned(served: Running) -> str:
    for purpose in RECEIVING:
        Visitor(served).case("planned", purpose)
    return "planned"


def ask(served: Running, path: str, **query: str) -> requests.Response:
    return requests.get(f"{served.url}/api/cases/{path}", params=query, timeout=60)


def described(served: Running, name: str) -> dict:
    document = requests.get(f"{served.url}/api/openapi.json", timeout=60).json()
    return {"$ref": f"#/components/schemas/{name}", "components": document["components"]}


def test_the_figures_of_a_case_are_listed_by_their_paths(served, page):
    figures = ask(served, "jan/figures", purpose="debt_help").json()["figures"]

    assert figures["income.monthly.mid"]
    assert len(figures) > 80


def test_a_figure_says_what_it_is_made_of_down_to_its_bookings(served, page):
    answer = ask(served, "jan/figures/income.monthly.mid", purpose="debt_help")
    found = answer.json()

    jsonschema.validate(found, described(served, "Explained"))
    assert (found["path"], found["made"]["how"]) == ("income.monthly.mid", "sum")
    assert {"tx", "on", "payee", "category", "amount"} == set(found["bookings"][0])


def test_a_figure_of_a_list_is_found_by_its_name_in_an_address(served, page):
    figures = ask(served, "jan/figures", purpose="debt_help").json()["figures"]
    path = next(each for each in figures if each.startswith("income.streams["))

    assert ask(served, f"jan/figures/{path}", purpose="debt_help").json()["path"] == path


def test_a_figure_that_is_not_there_names_the_nearest(served, page):
    answer = ask(served, "jan/figures/room.monthly.med", purpose="debt_help")

    assert (answer.status_code, answer.json()["code"]) == (404, "usage.unknown_name")
    assert "room.monthly.mid" in answer.json()["detail"]


@pytest.mark.parametrize("purpose", RECEIVING)
@pytest.mark.parametrize("path", ["figures", "figures/room.monthly.mid"])
def test_a_receiver_is_not_told_what_figures_are_made_of(served, planned, purpose, path):
    answer = ask(served, f"{planned}/{path}", purpose=purpose)

    assert (answer.status_code, answer.json()["code"]) == (403, "bank.consent_not_valid")


def test_the_counsellor_asks_a_past_answer_again(served, page):
    name = ask(served, "jan/assessment", purpose="debt_help", proposal="45.00").headers["ETag"].strip('"')

    found = ask(served, "jan/reproduction", purpose="debt_help", receipt=name[:16]).json()

    jsonschema.validate(found, described(served, "Reproduced"))
    assert found["identical"] is True
    assert found["receipt"] == name


@pytest.mark.parametrize("purpose", RECEIVING)
def test_a_receiver_learns_that_it_comes_out_the_same_for_their_own_answers_alone(served, planned, purpose):
    own = ask(served, f"{planned}/assessment", purpose=purpose).headers["ETag"].strip('"')
    other = next(each for each in RECEIVING if each != purpose)

    found = ask(served, f"{planned}/reproduction", purpose=purpose, receipt=own).json()
    refused = ask(served, f"{planned}/reproduction", purpose=other, receipt=own)

    assert found["identical"] is True
    assert (found["then"], found["now"]) == ([], [])
    assert refused.status_code == 404


def test_nothing_is_asked_again_for_a_purpose_that_nobody_consented_to(served, page):
    answer = ask(served, "jan/reproduction", purpose="payment_plan")

    assert (answer.status_code, answer.json()["code"]) == (403, "bank.consent_not_valid")


def test_the_persons_page_opens_a_number_to_its_bookings_articles_and_rules(page):
    check_structure(page)
    [section] = page.cssselect("section[aria-labelledby='explained']")
    said = words(section)

    assert "Where do these numbers come from?" in said
    assert "Room for a plan in a usual month." in said
    assert "the sum of" in said
    assert "Rv" in said
    assert any(each.text_content().startswith("nl.") for each in section.cssselect("code"))
    assert len(section.cssselect("details details details")) > 3
    assert section.cssselect("table.rows tbody tr")
    assert max(len(each.cssselect("tbody tr")) for each in section.cssselect("table.rows")) <= 12


def test_the_numbers_are_explained_in_dutch_on_a_dutch_page(served, page):
    dutch = Visitor(served, "nl").open("/cases/jan?purpose=debt_help")
    [section] = dutch.cssselect("section[aria-labelledby='explained']")

    assert "Waar komen deze bedragen vandaan?" in words(section)
    assert "de som van" in words(section)
    for english in ("Room for a plan", "Fixed costs a month", "What the law gives", "the sum of", "seizure"):
        assert english not in words(section)


@pytest.mark.parametrize("purpose", RECEIVING)
def test_the_page_of_a_receiver_explains_no_bookings(served, planned, purpose):
    found = Visitor(served).open(f"/cases/{planned}?purpose={purpose}")

    assert not found.cssselect("section[aria-labelledby='explained']")


def test_what_a_request_asks_beside_the_day_comes_out_again_to_the_byte(served, page, monkeypatch):
    asked = {"purpose": "debt_help", "on": TODAY.isoformat(), "total_debt": "900.00", "proposal": "35.00"}
    asked |= {"obligation": "60.00", "months": "12", "title_served": "true", "protection_used": "100.00"}
    asked |= {"leennorm": LEENNORM, "vtlb": VTLB.replace("2026-06-30", "2026-12-31")}
    answer = ask(served, "jan/assessment", **asked)
    name = answer.headers["ETag"].strip('"')
    report = ask(served, "jan/report", **asked, format="json").json()
    assert answer.json()["room"]["plan_floor"]["question"] == "vtlb"
    monkeypatch.setenv(DATABASE, served.product.settings.database)

    for receipt in (name[:20], report["receipt_number"]):
        told = CliRunner().invoke(app, ["reproduce", "jan", receipt])
        assert told.exit_code == 0, told.output
        assert f"answer {name[:16]}" in told.output
        assert "identical, byte for byte" in told.output
