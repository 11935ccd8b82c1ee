"""The law over real HTTP: the same answers as on the command line, and problems for wrong questions."""

import json

import pytest
import requests
from openapi_spec_validator import validate
from typer.testing import CliRunner

from psd2_affordability.cli import law as law_command
from psd2_affordability.cli import rules as rules_command
from psd2_affordability.service.law import QUESTIONS
from psd2_affordability.service.law_duties import DUTY_QUESTIONS
from running_product import running

ON = "2026-07-01"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with running(tmp_path_factory.mktemp("law")) as everything:
        yield everything


def get(served, path: str, query=()) -> requests.Response:
    return requests.get(f"{served.url}/api{path}", params=query, timeout=30)


def printed(app, *arguments: str) -> str:
    return CliRunner().invoke(app, [*arguments, "--json"]).stdout


def is_problem(answer: requests.Response, status: int, code: str) -> bool:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    return answer.headers["Content-Type"] == "application/problem+json"


def test_the_questions_are_listed_with_their_inputs(served):
    listed = get(served, "/law").json()

    assert {each["question"] for each in listed} == {*QUESTIONS, *DUTY_QUESTIONS}
    assert all(each["inputs"] and each["gives"] in {"amount", "duties"} for each in listed)


@pytest.mark.parametrize(
    "question",
    [
        (
            "beslagvrije-voet",
            ("type", "single"),
            ("taxable-income-year", "30000"),
            ("net-income-month", "2200"),
        ),
        ("beslagvrije-voet", ("type", "couple"), ("net-income-month", "2200.50")),
        ("beslagvrije-voet", ("type", "single"), ("taxable-income-month", "2500")),
        ("bank-seizure", ("type", "single_parent")),
        ("collection-costs", ("claim", "1000"), ("claim", "250.50"), ("reminded-on", "2026-06-01")),
        ("collection-costs", ("claim", "1.000,00"), ("claim", "250,50")),
        ("vtlb", ("type", "single"), ("net-income-month", "1.800,00"), ("correction", "travel=45,50")),
        ("bailiff-tariff", ("act", "bank_seizure")),
        ("zorgtoeslag", ("type", "single"), ("assessment-income-year", "20000")),
        (
            "kindgebonden-budget",
            ("type", "couple"),
            ("assessment-income-year", "30000"),
            ("child", "2015-05-05"),
        ),
        ("vtlb", ("type", "single"), ("net-income-month", "1800")),
        ("terms", ("start", "2026-06-01"), ("topic", "seizure")),
        ("collection-claim", ("given", "principal"), ("given", "total")),
    ],
)
def test_the_answer_is_that_of_the_command_line(served, question):
    name, *inputs = question
    flags = [word for key, value in inputs for word in (f"--{key}", value)]

    answer = get(served, f"/law/{name}", [("on", ON), *inputs])

    assert answer.status_code == 200, answer.text
    assert answer.text + "\n" == printed(law_command.app, name, *flags, "--on", ON)
    assert answer.json()["question"] == name


def test_contact_at_a_moment(served):
    night = get(served, "/law/collection-contact", {"at": "2026-11-23T21:30"}).json()

    assert (night["status"], night["on"]) == ("finding", "2026-11-23")
    assert json.loads(printed(law_command.app, "collection-contact", "--at", "2026-11-23T21:30")) == night


def test_a_flag_is_true_or_false_and_words_may_be_joined_either_way(served):
    query = {"on": ON, "type": "single", "no_registered_address": "true"}

    assert get(served, "/law/bank-seizure", query).json()["amount"] == "1104.24"
    assert (
        get(served, "/law/bank-seizure", query | {"no_registered_address": "false"}).json()["amount"]
        == "2208.48"
    )


def test_what_is_not_known_is_an_answer_and_no_problem(served):
    answer = get(served, "/law/bank-seizure", {"on": "1999-01-01", "type": "single"})

    assert (answer.status_code, answer.json()["status"]) == (200, "unknown")
    assert "first in force on 2021-01-01" in answer.json()["reason"]


def test_without_a_day_the_answer_is_for_today(served):
    answer = get(served, "/law/bijstandsnorm", {"type": "single"}).json()

    assert answer["on"] == served.product.clock.today().isoformat()


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("/law/bank-seizures", {}, 404, "usage.unknown_name"),
        ("/law/bailiff-tariff", {"act": "bank_seisure"}, 404, "usage.unknown_name"),
        ("/law/bank-seizure", {"on": "1-7-2026"}, 422, "usage.request"),
        ("/law/bank-seizure", {"colour": "red"}, 400, "usage"),
        ("/law/bank-seizure", {"type": "triple"}, 400, "usage"),
        ("/law/huurtoeslag", {"type": "single", "rent_month": "-500"}, 400, "usage"),
        ("/law/beslagvrije-voet", {"net_income_month": "a lot"}, 400, "usage"),
        ("/law/beslagvrije-voet", {"net_income_month": ["1", "2"]}, 400, "usage"),
        ("/law/beslagvrije-voet", {"net_income_month": "2.200"}, 400, "usage"),
        ("/law/beslagvrije-voet", {"net_income_month": ""}, 400, "usage"),
        ("/law/collection-costs", {"claim": "1000,500"}, 400, "usage"),
        ("/law/vtlb", {"type": "single", "correction": "travel"}, 400, "usage"),
        ("/law/kinderbijslag", {"on": ON, "child": "2026-07-02"}, 400, "usage"),
        ("/law/bijstandsnorm", {"sharers": "two"}, 400, "usage"),
        ("/law/bijstandsnorm", {"aow": "maybe"}, 400, "usage"),
        ("/law/collection-costs", {}, 400, "usage"),
        ("/law/collection-contact", {}, 400, "usage"),
        ("/law/bijstandsnorm", {"sharers": "0"}, 400, "usage"),
        ("/law/bijstandsnorm", {"sharers": "9" * 5000}, 400, "usage"),
        ("/law/terms", {"start": "9999-12-31"}, 400, "usage"),
        ("/law/collection-contact", {"at": "9999-12-31T23:00"}, 400, "usage"),
        ("/law/terms", {"topic": "weather"}, 404, "usage.unknown_name"),
        ("/rules/nl.nothing", {}, 404, "usage.unknown_name"),
        ("/rules/nl.btag", {"on": "1999-01-01"}, 409, "rule.not_in_force"),
        ("/rules/nl.btag", {"where": "act"}, 400, "usage"),
    ],
)
def test_a_wrong_question_is_a_problem(served, path, query, status, code):
    assert is_problem(get(served, path, query), status, code)


def test_the_rules_are_listed_and_shown_as_on_the_command_line(served):
    assert get(served, "/rules").text + "\n" == printed(rules_command.app, "list")
    assert get(served, "/rules", {"on": "2012-08-01"}).text + "\n" == printed(
        rules_command.app, "list", "--on", "2012-08-01"
    )
    shown = get(served, "/rules/nl.bijstandsnorm", {"on": ON, "where": "type=single"})
    arguments = ("show", "nl.bijstandsnorm", "--on", ON, "--where", "type=single")
    assert shown.text + "\n" == printed(rules_command.app, *arguments)


def test_the_law_is_part_of_the_description_of_the_interface(served):
    document = get(served, "/openapi.json").json()

    validate(document)
    assert {"/law", "/law/{question}", "/rules", "/rules/{rule}"} <= set(document["paths"])
    inputs = {each["name"] for each in document["paths"]["/law/{question}"]["get"]["parameters"]}
    assert {"question", "on", "type", "net_income_month", "at"} <= inputs
