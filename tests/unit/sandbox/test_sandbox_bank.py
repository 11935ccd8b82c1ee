"""The sandbox bank behaves as a bank does, also towards a party that asks wrongly."""

from uuid import uuid4

import pytest
import requests

from bank_material import CURRENT, IP, SAVINGS, open_sandbox
from psd2_affordability.core.errors import UsageError
from psd2_affordability.sandbox.server import serve_in_thread

BODY = {
    "access": {"accounts": [], "balances": [], "transactions": []},
    "recurringIndicator": True,
    "validUntil": "2026-12-01",
    "frequencyPerDay": 4,
    "combinedServiceIndicator": False,
}
HEADERS = {"PSU-IP-Address": IP, "TPP-Redirect-URI": "https://tpp.example/cb"}


@pytest.fixture(scope="module")
def visit():
    with open_sandbox() as opened:
        yield opened


@pytest.fixture(scope="module")
def consent(visit):
    return visit.consented().grant.consent_id


def ask(visit, path, method="GET", **more):
    headers = {"X-Request-ID": str(uuid4())} | more.pop("headers", {})
    return requests.request(method, f"{visit.url}{path}", headers=headers, timeout=5, **more)


def code(answer):
    return answer.status_code, answer.json()["tppMessages"][0]["code"]


def test_the_request_id_comes_back_also_on_errors(visit):
    for path in ("/v1/accounts", "/v1/consents/none", "/v1/nothing"):
        answer = ask(visit, path, headers={"X-Request-ID": "0b6ab1c8-0a61-4b72-bd48-d1d9bc4ab0ba"})
        assert answer.headers["X-Request-ID"] == "0b6ab1c8-0a61-4b72-bd48-d1d9bc4ab0ba"


def test_a_call_without_a_request_id_is_refused(visit):
    answer = requests.get(f"{visit.url}/v1/consents/x", timeout=5)

    assert code(answer) == (400, "FORMAT_ERROR")


@pytest.mark.parametrize(
    ("change", "headers", "expected"),
    [
        ({"validUntil": "2026-06-30"}, {}, (400, "PERIOD_INVALID")),
        ({"validUntil": "soon"}, {}, (400, "FORMAT_ERROR")),
        ({"frequencyPerDay": 0}, {}, (400, "FORMAT_ERROR")),
        ({"recurringIndicator": "yes"}, {}, (400, "FORMAT_ERROR")),
        ({"access": {"accounts": [{"iban": CURRENT}]}}, {}, (400, "FORMAT_ERROR")),
        ({"extra": 1}, {}, (400, "FORMAT_ERROR")),
        ({}, {"PSU-IP-Address": None}, (400, "FORMAT_ERROR")),
        ({}, {"TPP-Redirect-URI": "javascript:alert(1)"}, (400, "FORMAT_ERROR")),
    ],
)
def test_a_wrong_request_for_consent_is_refused(visit, change, headers, expected):
    sent = {key: value for key, value in (HEADERS | headers).items() if value}

    assert code(ask(visit, "/v1/consents", "POST", json=BODY | change, headers=sent)) == expected


def test_the_bank_shortens_a_consent_to_what_it_allows(visit):
    wanted = BODY | {"validUntil": "9999-12-31", "frequencyPerDay": 99}
    created = ask(visit, "/v1/consents", "POST", json=wanted, headers=HEADERS).json()

    told = ask(visit, f"/v1/consents/{created['consentId']}").json()

    assert (told["validUntil"], told["frequencyPerDay"]) == ("2026-12-28", 4)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", (400, "FORMAT_ERROR")),
        ("?bookingStatus=none", (400, "FORMAT_ERROR")),
        ("?bookingStatus=both&dateFrom=yesterday", (400, "FORMAT_ERROR")),
        ("?bookingStatus=both&dateFrom=2027-01-01", (400, "PERIOD_INVALID")),
        ("?bookingStatus=both&dateFrom=2026-06-01&dateTo=2026-05-01", (400, "PERIOD_INVALID")),
        ("?bookingStatus=both&pageIndex=-1", (400, "FORMAT_ERROR")),
    ],
)
def test_a_wrong_question_for_transactions_is_refused(visit, consent, query, expected):
    headers = {"Consent-ID": consent, "PSU-IP-Address": IP}
    accounts = ask(visit, "/v1/accounts", headers=headers).json()["accounts"]

    answer = ask(visit, f"/v1/accounts/{accounts[0]['resourceId']}/transactions{query}", headers=headers)

    assert code(answer) == expected


def test_accounts_of_another_consent_cannot_be_read(visit, consent):
    other = visit.consented(ibans=(SAVINGS,)).fetched.received.accounts[0].resource_id

    answer = ask(
        visit, f"/v1/accounts/{other}/balances", headers={"Consent-ID": consent, "PSU-IP-Address": IP}
    )

    assert code(answer) == (404, "RESOURCE_UNKNOWN")


def test_a_consent_that_nobody_approved_gives_no_accounts(visit):
    waiting = visit.begin().grant.consent_id

    assert code(ask(visit, "/v1/accounts", headers={"Consent-ID": waiting})) == (401, "CONSENT_INVALID")


def test_a_path_or_method_that_does_not_exist_is_said_in_the_standards_words(visit):
    assert code(ask(visit, "/v1/payments")) == (404, "RESOURCE_UNKNOWN")
    assert code(ask(visit, "/v1/accounts", "DELETE")) == (405, "SERVICE_INVALID")


def test_a_login_page_that_does_not_exist_says_where_to_go(visit):
    answer = requests.get(f"{visit.url}/authorise/none", timeout=5)

    assert answer.status_code == 404
    assert "Go back to the party that sent you here" in answer.text


def test_entries_of_later_days_do_not_exist_yet():
    with open_sandbox() as visit:
        visit.clock.move(days=-100)
        received = visit.consented().fetched.received

    assert received.transactions["booked_on"].max().date() == visit.clock().date()
    assert received.accounts[0].proven


def test_a_consent_for_one_time_ends_after_its_first_minutes():
    with open_sandbox() as visit:
        once = BODY | {"recurringIndicator": False, "frequencyPerDay": 1}
        created = ask(visit, "/v1/consents", "POST", json=once, headers=HEADERS).json()
        page = created["_links"]["scaRedirect"]["href"]
        form = {"person": "jan", "account": [CURRENT], "decision": "approve"}
        requests.post(f"{page}/decision", data=form, timeout=5, allow_redirects=False)
        headers = {"Consent-ID": created["consentId"], "PSU-IP-Address": IP}
        at_once = ask(visit, "/v1/accounts", headers=headers)
        visit.clock.move(minutes=16)

        assert at_once.status_code == 200
        assert code(ask(visit, "/v1/accounts", headers=headers)) == (401, "CONSENT_EXPIRED")


def test_a_port_that_is_taken_is_said_so(visit):
    port = int(visit.url.rsplit(":", 1)[1])

    with pytest.raises(UsageError, match=f"port {port} cannot be used"), serve_in_thread(None, port):
        pass
