"""The page that lists the calls of the JSON interface."""

import pytest
import requests

from running_product import running
from visitor_material import Visitor, check_structure, words


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with running(tmp_path_factory.mktemp("interface"), token="open-sesame") as everything:
        yield everything


def document_of(served) -> dict:
    allowed = {"Authorization": "Bearer open-sesame"}
    return requests.get(f"{served.url}/api/openapi.json", headers=allowed, timeout=60).json()


def test_a_developer_finds_every_call_of_the_interface_on_one_page(served):
    page = Visitor(served).open("/api/docs")

    listed = [words(each) for each in page.cssselect("h3")]
    paths = document_of(served)["paths"]
    assert listed
    assert sorted(listed) == sorted(
        f"{how.upper()} /api{path}" for path, hows in paths.items() for how in hows
    )
    check_structure(page)


def test_a_call_says_what_it_needs_and_what_it_answers(served):
    page = Visitor(served).open("/api/docs")
    [asked] = page.xpath("//h3[.='POST /api/consents']")
    table, answers = asked.xpath("following::table[1]")[0], asked.xpath("following::p[@class='quiet'][1]")[0]

    told = {words(row[0]): (words(row[1]), words(row[2])) for row in table.cssselect("tbody tr")}
    assert told["bank"][0] == "string"
    assert told["bank"][1] == "Required."
    assert told["aspsp"][1] == "name of the person's own bank, where bank is an aggregator"
    assert words(answers) == "Answers: 201 ConsentStarted; default application/problem+json"


def test_the_list_of_calls_needs_no_script_and_nothing_from_another_host(served):
    visitor = Visitor(served)
    page = visitor.open("/api/docs")

    assert "default-src 'none'" in visitor.answer.headers["Content-Security-Policy"]
    assert not page.cssselect("script, iframe, style")
    assert all(at.startswith(("/", "#", served.url)) for at in page.xpath("//@href | //@src"))


def test_the_list_of_calls_is_introduced_in_dutch_too(served):
    page = Visitor(served).open("/api/docs?lang=nl")

    assert words(page.cssselect("h1")[0]) == "De JSON-koppeling"
    assert "Verplicht." in words(page)


def test_the_list_of_calls_stands_open_and_the_calls_themselves_do_not(served):
    assert requests.get(f"{served.url}/api/docs", timeout=30).status_code == 200
    for path in ("/api/cases", "/api/openapi.json", "/api/docs/more"):
        assert requests.get(f"{served.url}{path}", timeout=30).status_code == 401
