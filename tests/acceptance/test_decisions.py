"""Deciding on a credit check over HTTP, in the pages and in the shell, as people do."""

import json
import os
import subprocess
import sys

import pytest
import requests
from lxml import html

from masking_material import life
from norm_material import FLAT_LEENNORM
from psd2_affordability.asgi import create_app
from psd2_affordability.sandbox.server import serve_in_thread
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.clock import FixedClock
from psd2_affordability.service.keep import keep_received
from psd2_affordability.service.settings import API_TOKEN, DATABASE, from_environment
from store_material import NOW

CASE = "case-1"
ON = NOW.date().isoformat()
TOKEN = "a-token-of-a-test"
SAID = {"on": ON, "outcome": "more_information", "reason": "Huurcontract ontbreekt", "by": "R. de Wit"}


@pytest.fixture
def database(tmp_path):
    return f"sqlite:///{tmp_path / 'a.db'}"


@pytest.fixture
def served(database):
    settings = from_environment({DATABASE: database, API_TOKEN: TOKEN})
    wired = product(settings=settings, clock=FixedClock(NOW))
    keep_received(wired, CASE, life(months=4), source="file")
    with serve_in_thread(create_app(wired)) as url:
        yield url
    wired.store.close()


def call(served: str, method: str, path: str, **more: object) -> requests.Response:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return requests.request(method, f"{served}/api/cases/{CASE}{path}", headers=headers, timeout=60, **more)


def decided(served: str, purpose: str = "credit_check") -> list[dict[str, str]]:
    return call(served, "GET", "/decisions", params={"purpose": purpose}).json()


def test_an_answer_about_an_obligation_is_decided_on_by_its_tag(served):
    view = {"purpose": "credit_check", "on": ON, "obligation": "75.00", "months": "24"}
    answer = call(served, "GET", "/assessment", params=view)
    tag = answer.headers["ETag"].strip('"')

    made = call(served, "POST", "/decisions", json={**SAID, "answer": tag})

    assert made.status_code == 201
    assert made.json()["advice"] == answer.json()["credit_check"]["outcome"]
    assert answer.json()["credit_check"]["depth"] == "thorough"
    assert [each["answer"] for each in decided(served)] == [tag]


@pytest.mark.parametrize(
    "wrong", [{"outcome": "refuse"}, {"reason": ""}, {"by": ""}, {"answer": "none"}, {"by": "  "}]
)
def test_what_no_person_can_decide_is_a_problem(served, wrong):
    answer = call(served, "POST", "/decisions", json={**SAID, **wrong})

    assert answer.status_code in {400, 422}
    assert answer.json()["code"].startswith("usage")
    assert decided(served) == []


def test_the_case_page_shows_what_was_decided_and_takes_a_decision(served):
    session = requests.Session()
    page = html.document_fromstring(
        session.get(f"{served}/cases/{CASE}?purpose=credit_check&on={ON}", timeout=60).content
    )
    [form] = [each for each in page.forms if str(each.get("action")).endswith("/decisions")]
    told = {"outcome": "decline", "reason": "Te weinig <b>ruimte</b>", "by": "R. de Wit"}

    after = session.post(f"{served}{form.get('action')}", data=dict(form.form_values()) | told, timeout=60)

    assert after.status_code == 200
    shown = html.document_fromstring(after.content)
    [row] = shown.cssselect("section[aria-labelledby=decisions] tbody tr")
    text = " ".join(row.text_content().split())
    assert "Decline" in text
    assert "Te weinig <b>ruimte</b>" in text


def test_the_case_page_asks_about_an_obligation_and_the_decision_is_on_that_answer(served):
    address = f"{served}/cases/{CASE}?purpose=credit_check&on={ON}&obligation=75,00&months=24"

    page = html.document_fromstring(requests.get(address, timeout=60).content)

    text = " ".join(page.cssselect("section[aria-labelledby=credit]")[0].text_content().split())
    assert "new obligation" in text
    [form] = [each for each in page.forms if str(each.get("action")).endswith("/decisions")]
    view = {"purpose": "credit_check", "on": ON, "obligation": "75.00", "months": "24"}
    asked = call(served, "GET", "/assessment", params=view)
    assert form.fields["answer"] == asked.headers["ETag"].strip('"')
    assert page.cssselect("#obligation")[0].get("value") == "75,00"


def test_after_a_decision_the_page_shows_the_answer_that_was_decided_on(served):
    session = requests.Session()
    address = f"{served}/cases/{CASE}?purpose=credit_check&on={ON}&obligation=75,00&months=24"
    page = html.document_fromstring(session.get(address, timeout=60).content)
    [form] = [each for each in page.forms if str(each.get("action")).endswith("/decisions")]
    told = {"outcome": "approve", "reason": "Loonstroken gezien", "by": "R. de Wit"}

    after = session.post(f"{served}{form.get('action')}", data=dict(form.form_values()) | told, timeout=60)

    shown = html.document_fromstring(after.content)
    assert shown.cssselect("#obligation")[0].get("value") == "75,00"
    assert shown.cssselect("#months")[0].get("value") == "24"


@pytest.mark.parametrize(
    "wrong", ["obligation=none", "obligation=75&months=many", "months=24", "obligation=0"]
)
def test_an_obligation_that_cannot_be_is_said_kindly(served, wrong):
    answer = requests.get(f"{served}/cases/{CASE}?purpose=credit_check&{wrong}", timeout=60)

    assert answer.status_code == 400
    assert "Traceback" not in answer.text


def test_a_page_for_another_purpose_shows_no_decisions(served):
    call(served, "POST", "/decisions", json=SAID)

    page = requests.get(f"{served}/cases/{CASE}?purpose=payment_plan&on={ON}", timeout=60).text

    assert "Huurcontract" not in page


def test_a_decision_is_made_in_the_shell(served, database):
    command = [sys.executable, "-m", "psd2_affordability", "decide", CASE, "--on", ON, "--json"]
    command += ["--outcome", "approve", "--reason", "Loonstroken gezien", "--by", "R. de Wit"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, DATABASE: database}
    )

    assert json.loads(done.stdout)["outcome"] == "approve"
    assert [each["reason"] for each in decided(served)] == ["Loonstroken gezien"]


def test_decisions_are_listed_for_a_purpose_that_shows_a_credit_check_alone(served):
    call(served, "POST", "/decisions", json=SAID)
    call(served, "POST", "/decisions", json={**SAID, "reason": "Hulp loopt", "purpose": "debt_help"})

    assert [each["reason"] for each in decided(served)] == ["Huurcontract ontbreekt"]
    assert [each["reason"] for each in decided(served, "debt_help")] == [
        "Hulp loopt",
        "Huurcontract ontbreekt",
    ]
    assert call(served, "GET", "/decisions").status_code == 422
    assert call(served, "GET", "/decisions", params={"purpose": "payment_plan"}).status_code == 404


def test_the_norm_comes_along_with_a_call_that_keeps_nothing(served):
    rows = [
        {"account": "NL76SNBX0123456789", "booked_on": f"2026-0{month}-24", "amount": "2100.00",
         "counterparty_name": "Werkgever BV", "remittance": "salaris"}
        for month in (1, 2, 3, 4, 5)
    ] + [
        {"account": "NL76SNBX0123456789", "booked_on": f"2026-0{month}-26", "amount": "-150.00",
         "counterparty_name": "Zilveren Kruis", "remittance": "premie"}
        for month in (1, 2, 3, 4, 5)
    ]  # fmt: skip
    body = {
        "on": ON,
        "transactions": rows,
        "household": {"type": "single", "housing": {"kind": "rent"}},
        "parts": ["credit_check"],
        "obligation": {"monthly": "90.00", "months": 24},
        "leennorm": FLAT_LEENNORM,
    }

    answer = requests.post(
        f"{served}/api/assess", headers={"Authorization": f"Bearer {TOKEN}"}, json=body, timeout=60
    )

    check = answer.json()["credit_check"]
    assert check["norm"]["value"] == {"low": "1060.00", "high": "1060.00"}  # 1,000 + 10% of 600
    [capacity] = [each["value"] for each in check["indicators"] if each["code"] == "lending_norm"]
    assert capacity == "1040.00"  # 2,100 less 1,060
