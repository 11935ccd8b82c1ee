"""The JSON interface over real HTTP, with the sandbox bank behind it."""

import json
from datetime import timedelta

import jsonschema
import pytest
import requests
from openapi_spec_validator import validate

from bank_material import CURRENT, SAVINGS, TODAY
from psd2_affordability.sandbox.approve import approve, approve_in_app
from psd2_affordability.sandbox.bank import Fault, Faults, Kind
from psd2_affordability.service.schema import published_schemas
from running_product import BANK, running
from sandbox_banks_material import IN_APP

SCHEMA = json.loads(published_schemas()["assessment.schema.json"])


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with running(tmp_path_factory.mktemp("api")) as everything:
        yield everything


def begin(served, subject: str, purpose: str = "debt_help") -> dict:
    body = {"subject": subject, "bank": BANK, "purpose": purpose}
    answer = requests.post(f"{served.url}/api/consents", json=body, timeout=30)
    assert answer.status_code == 201, answer.text
    return answer.json()


def consented(served, subject: str, purpose: str = "debt_help") -> dict:
    started = begin(served, subject, purpose)
    back = approve(started["redirect_url"], "jan", [CURRENT, SAVINGS])
    answer = requests.get(back, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()


def get(served, path: str, **query: str) -> requests.Response:
    return requests.get(f"{served.url}/api{path}", params=query, timeout=30)


def is_problem(answer: requests.Response, status: int, code: str) -> bool:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    document = answer.json()
    return document["status"] == status and document["type"].endswith(code) and bool(document["title"])


def rows(days: int = 120) -> list[dict]:
    start = TODAY - timedelta(days=days)
    made = []
    for number in range(days + 1):
        day = (start + timedelta(days=number)).isoformat()
        row = {"account": CURRENT, "booked_on": day, "amount": "-14.50"}
        made.append(row | {"counterparty_name": "Buurtwinkel"})
        if day.endswith("-25"):
            made.append(
                {**row, "amount": "1985.00", "counterparty_name": "Werkgever", "purpose_code": "SALA"}
            )
    return made


def test_the_health_check_says_that_it_runs(served):
    answer = get(served, "/health")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_interface_describes_itself_as_valid_openapi(served):
    document = get(served, "/openapi.json").json()

    validate(document)
    assert {"/health", "/consents", "/consents/callback", "/assess", "/cases"} <= set(document["paths"])
    assert "monthly" in document["components"]["schemas"]["Room"]["properties"]


def test_a_consent_goes_from_journey_to_answer(served):
    brought = consented(served, "whole-way")

    assert brought["consent"]["status"] == "valid"
    assert (brought["new"], brought["problems"]) == (416, [])
    [case] = [each for each in get(served, "/cases").json() if each["subject"] == "whole-way"]
    assert (case["accounts"], case["transactions"], case["last_on"]) == (2, 416, TODAY.isoformat())
    answer = get(served, "/cases/whole-way/assessment", purpose="debt_help", on=TODAY.isoformat())
    assert answer.status_code == 200, answer.text
    jsonschema.validate(answer.json(), SCHEMA)
    assert answer.json()["receipt"]["consent"] == brought["consent"]["id"]
    assert {"room", "seizure", "credit_check", "signals"} <= set(answer.json())


def test_the_same_question_gets_the_same_bytes(served):
    consented(served, "twice")

    first, second = (get(served, "/cases/twice/assessment", purpose="debt_help").content for _ in range(2))

    assert first == second


def test_a_purpose_shows_its_own_parts_and_no_others(served):
    consented(served, "walled", "seizure_check")

    answer = get(served, "/cases/walled/assessment", purpose="seizure_check").json()

    assert {"room", "seizure"} <= set(answer)
    assert {"income", "expenses", "credit_check", "signals"}.isdisjoint(answer)


def test_a_consent_that_is_approved_in_the_banks_app_may_be_asked_for_until_the_person_decided(served):
    body = {"subject": "app-1", "bank": IN_APP, "purpose": "debt_help"}
    started = requests.post(f"{served.url}/api/consents", json=body, timeout=30).json()
    assert started["in_app"]

    early = requests.get(started["redirect_url"], timeout=30)
    assert is_problem(early, 409, "bank.consent_not_valid.waits")
    approve_in_app(served.product.bank_urls[IN_APP], "jan", [CURRENT])

    assert requests.get(started["redirect_url"], timeout=30).json()["consent"]["status"] == "valid"


def test_the_bank_behind_an_aggregator_is_named_when_a_consent_begins(served):
    body = {"subject": "behind", "bank": "sandbox.enable_banking", "purpose": "debt_help"}

    known, unknown = (
        requests.post(f"{served.url}/api/consents", json=body | {"aspsp": name}, timeout=30)
        for name in ("Sandbox Bank", "Elsewhere Bank")
    )

    assert (known.status_code, known.json()["in_app"]) == (201, False)
    assert is_problem(unknown, 404, "usage.unknown_name")


def test_a_purpose_that_nobody_consented_to_is_refused(served):
    consented(served, "one-purpose", "payment_plan")

    answer = get(served, "/cases/one-purpose/assessment", purpose="credit_check")

    assert is_problem(answer, 403, "bank.consent_not_valid")


def test_a_withdrawn_consent_ends_at_the_bank_and_closes_the_case(served):
    brought = consented(served, "withdrawn")
    consent = brought["consent"]["id"]

    answer = requests.delete(f"{served.url}/api/consents/{consent}", timeout=30).json()

    assert (answer["consent"]["status"], answer["bank_problem"]) == ("revoked", None)
    assert get(served, f"/consents/{consent}").json()["withdrawn_via"] == "operator"
    refused = get(served, "/cases/withdrawn/assessment", purpose="debt_help")
    assert is_problem(refused, 403, "bank.consent_not_valid")
    refresh = requests.post(f"{served.url}/api/consents/{consent}/refresh", timeout=30)
    assert is_problem(refresh, 403, "bank.consent_not_valid")


def test_a_refresh_brings_nothing_twice(served):
    consent = consented(served, "refreshed")["consent"]["id"]

    answer = requests.post(f"{served.url}/api/consents/{consent}/refresh", timeout=30).json()

    assert (answer["new"], answer["problems"]) == (0, [])
    assert answer["same"] > 0


def test_the_fifth_unattended_refresh_of_a_day_is_left_out(served):
    consent = consented(served, "eager")["consent"]["id"]
    url = f"{served.url}/api/consents/{consent}/refresh"

    answers = [requests.post(url, timeout=30).json() for _ in range(5)]

    assert [bool(answer["problems"]) for answer in answers] == [False] * 4 + [True]
    assert {problem["code"] for problem in answers[4]["problems"]} == {"bank.rate_limited"}


def test_a_refused_consent_is_said_and_kept_as_refused(served):
    started = begin(served, "refused")
    back = approve(started["redirect_url"], "jan", [], refuse=True)

    assert is_problem(requests.get(back, timeout=30), 403, "bank.consent_not_valid")
    assert get(served, f"/consents/{started['consent']}").json()["status"] == "rejected"


def test_a_callback_counts_once(served):
    started = begin(served, "once")
    back = approve(started["redirect_url"], "jan", [CURRENT])

    assert requests.get(back, timeout=30).status_code == 200
    assert is_problem(requests.get(back, timeout=30), 403, "bank.consent_not_valid")


def test_erasing_a_case_leaves_nothing_to_ask(served):
    consent = consented(served, "forget-me")["consent"]["id"]

    assert requests.delete(f"{served.url}/api/cases/forget-me", timeout=30).status_code == 204
    assert is_problem(get(served, f"/consents/{consent}"), 404, "usage.unknown_name")
    gone = get(served, "/cases/forget-me/assessment", purpose="debt_help")
    assert is_problem(gone, 404, "usage.unknown_name")


def test_rows_in_a_call_are_answered_and_not_kept(served):
    before = get(served, "/cases").json()
    body = {
        "on": TODAY.isoformat(),
        "transactions": rows(),
        "accounts": [
            {"account": CURRENT, "iban": CURRENT, "closing": {"amount": "812.40", "on": TODAY.isoformat()}}
        ],
        "household": {"type": "single", "housing": {"kind": "rent", "rent_month": "612.00"}},
        "parts": ["income", "seizure"],
    }

    answer = requests.post(f"{served.url}/api/assess", json=body, timeout=30)

    assert answer.status_code == 200, answer.text
    jsonschema.validate(answer.json(), SCHEMA)
    assert answer.json()["data_quality"]["accounts"][0]["balance"] == "812.40"
    assert {"income", "seizure"} <= set(answer.json())
    assert "signals" not in answer.json()
    assert before == get(served, "/cases").json()


STATEMENT = """:20:INVENTED
:25:NL91ABNA0417164300
:28C:1/1
:60F:C260601EUR1000,00
:61:2606020602D12,50NTRFNONREF
:86:/TRTP/SEPA OVERBOEKING/NAME/Buurtwinkel/REMI/boodschappen
:62F:C260602EUR987,50
"""


def test_an_uploaded_statement_is_answered(served):
    answer = requests.post(
        f"{served.url}/api/assess/files",
        files=[("files", ("june.sta", STATEMENT.encode(), "text/plain"))],
        data={"on": "2026-06-30", "household": 'type = "single"', "parts": "income"},
        timeout=30,
    )

    assert answer.status_code == 200, answer.text
    [account] = answer.json()["data_quality"]["accounts"]
    assert (account["balance"], account["proven"]) == ("987.50", True)


def test_a_proposal_and_what_a_seizure_left_can_be_asked_about_with_uploaded_statements(served):
    asked = {"on": "2026-06-30", "household": 'type = "single"', "title_served": "true"}

    def seizure(**more):
        answer = requests.post(
            f"{served.url}/api/assess/files",
            files=[("files", ("june.sta", STATEMENT.encode(), "text/plain"))],
            data=asked | more,
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["seizure"]

    assert seizure()["costs"]["value"]["low"] == "350.79"
    assert "seizure.protection_used" in {one["code"] for one in seizure(protection_used="500.00")["reasons"]}


@pytest.mark.parametrize(
    ("content", "code"), [(b"%PDF-1.7 no statement", "input.unknown_format"), (b"<Document>", "input")]
)
def test_an_upload_that_is_no_statement_is_a_problem(served, content, code):
    answer = requests.post(
        f"{served.url}/api/assess/files",
        files=[("files", ("x", content, "application/octet-stream"))],
        data={"on": "2026-06-30"},
        timeout=30,
    )

    assert answer.status_code == 422
    assert answer.json()["code"].startswith(code)


def test_a_wrong_request_is_named_without_repeating_what_it_said(served):
    row = {"account": CURRENT, "booked_on": "2026-06-01", "amount": "12,50 geheim"}

    answer = requests.post(
        f"{served.url}/api/assess", json={"on": "2026-06-30", "transactions": [row], "x": 1}, timeout=30
    )

    assert is_problem(answer, 422, "usage.request")
    wrong = {error["where"]: error["what"] for error in answer.json()["errors"]}
    assert set(wrong) == {"body.transactions.0.amount", "body.x"}
    assert wrong["body.transactions.0.amount"] == "This should be an amount such as 75.00"
    assert "geheim" not in answer.text


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"subject": "x", "bank": "sandbox.berlin", "purpose": "debt_help"}, 404, "usage.unknown_name"),
        ({"subject": "x", "bank": BANK, "purpose": "curiosity"}, 404, "usage.unknown_name"),
        ({"subject": "a/b", "bank": BANK, "purpose": "debt_help"}, 400, "usage"),
        ({"subject": "x"}, 422, "usage.request"),
    ],
)
def test_a_consent_for_something_unknown_is_a_problem(served, body, status, code):
    assert is_problem(requests.post(f"{served.url}/api/consents", json=body, timeout=30), status, code)


def test_an_unknown_path_and_method_are_problems_too(served):
    assert is_problem(get(served, "/nowhere"), 404, "usage.not_found")
    assert is_problem(requests.put(f"{served.url}/api/cases", timeout=30), 405, "usage.method")


def test_a_foreign_host_name_gets_nothing(served):
    answer = requests.get(f"{served.url}/api/cases", headers={"Host": "evil.example"}, timeout=30)

    assert answer.status_code == 400


def test_a_bank_that_is_down_is_a_503_and_nothing_is_lost(tmp_path):
    with running(tmp_path, faults=Faults(Fault(Kind.SERVER_ERROR, "consents", times=9))) as served:
        body = {"subject": "c", "bank": BANK, "purpose": "debt_help"}

        answer = requests.post(f"{served.url}/api/consents", json=body, timeout=60)

        assert answer.status_code in {502, 503}
        assert answer.json()["code"].startswith("bank.")
        assert get(served, "/consents").json() == []


def test_a_token_is_demanded_everywhere_but_at_the_health_check(tmp_path):
    with running(tmp_path, token="open-sesame") as served:
        allowed = {"Authorization": "Bearer open-sesame"}

        assert get(served, "/health").status_code == 200
        for path in ("/cases", "/consents", "/openapi.json", "/nowhere"):
            assert is_problem(get(served, path), 401, "usage.not_allowed")
            wrong = {"Authorization": "Bearer open-sesamE"}
            assert requests.get(f"{served.url}/api{path}", headers=wrong, timeout=30).status_code == 401
        assert requests.get(f"{served.url}/api/cases", headers=allowed, timeout=30).status_code == 200


def test_a_fault_of_ours_in_the_interface_is_one_fault_and_not_a_second_one_of_the_pages(tmp_path, caplog):
    """The pages stand around the interface; a fault passes them after it was answered."""
    with running(tmp_path) as served:
        vars(served.product)["law"] = None
        body = {"on": "2026-06-01", "transactions": rows(40)}
        answer = requests.post(f"{served.url}/api/assess", json=body, timeout=30)

    assert is_problem(answer, 500, "error")
    assert "NoneType" not in answer.text
    faults = [str(record.exc_info[1]) for record in caplog.records if record.exc_info]
    assert faults
    assert all("NoneType" in fault for fault in faults)
