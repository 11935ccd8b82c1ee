"""Reports taken from the pages and over HTTP: what the purpose allows, as files."""

import csv
from io import StringIO
from urllib.parse import urlsplit

import pytest
import requests

from printed_material import pages, reader, text
from running_product import HOSTILE_NAME, running
from visitor_material import Visitor, words


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with running(tmp_path_factory.mktemp("reports")) as everything:
        yield everything


@pytest.fixture(scope="module")
def helped(served):
    Visitor(served).case("helped")
    return "helped"


def take(served, path: str, **query: str) -> requests.Response:
    return requests.get(f"{served.url}{path}", params=query, timeout=60)


def test_the_page_of_a_case_links_to_the_reports_of_its_purpose(served):
    visitor = Visitor(served)
    page = visitor.case("links", purpose="payment_plan")

    links = [link for link in page.cssselect("nav a") if "/report." in link.get("href")]
    assert [words(link) for link in links] == [
        "Report on a payment plan (PDF)",
        "Report on a payment plan (CSV)",
    ]
    answer = visitor.session.get(f"{served.url}{links[0].get('href')}", timeout=60)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="report-plan.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Room for a payment plan" in pages(answer.content)[0]
    assert urlsplit(answer.url).path == "/cases/links/report.pdf"


def test_a_report_speaks_the_language_of_the_page(served, helped):
    answer = take(served, f"/cases/{helped}/report.pdf", purpose="debt_help", lang="nl")

    assert reader(answer.content).trailer["/Root"]["/Lang"] == "nl"


def test_the_persons_own_report_holds_payees_and_the_counsellors_no_list_of_transactions(served, helped):
    own = text(take(served, f"/cases/{helped}/report.pdf", purpose="debt_help", use="person").content)
    other = text(take(served, f"/cases/{helped}/report.pdf", purpose="debt_help").content)

    assert "Your transactions" in own
    assert "Werkgever" in own
    assert "Your transactions" not in other


def test_the_persons_transactions_come_as_rows(served, helped):
    answer = take(served, f"/cases/{helped}/report.csv", purpose="debt_help", use="person", rows="1")

    assert answer.headers["Content-Type"].startswith("text/csv")
    found = list(csv.DictReader(StringIO(answer.content.decode(), newline="")))
    assert len(found) > 100
    assert {"date", "payee", "kind", "amount"} <= set(found[0])


def test_a_purpose_that_was_not_consented_to_gives_no_report(served, helped):
    for path in (f"/cases/{helped}/report.pdf", f"/api/cases/{helped}/report"):
        assert take(served, path, purpose="seizure_check").status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        {"purpose": "payment_plan", "use": "person"},
        {"purpose": "monitoring"},
        {"purpose": "debt_help", "use": "all"},
    ],
)
def test_a_use_outside_the_purpose_is_refused(served, helped, query):
    assert take(served, f"/cases/{helped}/report.pdf", **query).status_code in (403, 404, 422)


def test_an_unknown_form_of_report_is_refused(served, helped):
    assert take(served, f"/cases/{helped}/report.docx", purpose="debt_help").status_code in (404, 422)


def test_the_interface_gives_the_same_bytes_as_the_page(served, helped):
    page = take(served, f"/cases/{helped}/report.pdf", purpose="debt_help", lang="en")
    api = take(served, f"/api/cases/{helped}/report", purpose="debt_help", format="pdf")

    assert api.headers["Content-Type"] == "application/pdf"
    assert api.content == page.content
    told = take(served, f"/api/cases/{helped}/report", purpose="debt_help", format="json").json()
    assert told["use"] == "debt_help"
    assert "transactions" not in told


def test_what_a_hostile_payee_wrote_is_printed_as_text(served):
    Visitor(served).case("printed-mal", person="mal")

    answer = take(served, "/cases/printed-mal/report.pdf", purpose="debt_help", use="person")
    said = text(answer.content)
    assert answer.status_code == 200
    assert HOSTILE_NAME not in said or "<" in HOSTILE_NAME
    assert "\x1b" not in said


def test_a_purpose_that_is_none_names_those_there_are(served, helped):
    answer = take(served, f"/api/cases/{helped}/report", purpose="bogus")

    assert answer.status_code in (404, 422)
    assert "payment_plan" in answer.json()["detail"]


def test_an_amount_that_is_none_shows_one_that_is(served, helped):
    answer = take(served, f"/api/cases/{helped}/report", purpose="debt_help", total_debt="a lot")

    assert (answer.status_code, answer.json()["code"]) == (400, "usage")
    assert "total_debt: this is not an amount in euros. Write it as 1250.50" in answer.json()["detail"]
