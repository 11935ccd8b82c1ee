"""Corrections over HTTP: for whom they are, what a caller is told, and what the description says of them."""

import pytest
import requests

from masking_material import life
from psd2_affordability.api.problems import MEDIA_TYPE
from psd2_affordability.asgi import create_app
from psd2_affordability.sandbox.server import serve_in_thread
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.clock import FixedClock
from psd2_affordability.service.keep import keep_received
from psd2_affordability.service.settings import API_TOKEN, DATABASE, from_environment
from psd2_affordability.store.store import Store
from store_material import NOW

CASE = "case-1"
TOKEN = "a-token-of-a-test"
HERE = f"/cases/{CASE}/corrections"
HELP = {"params": {"purpose": "debt_help"}}
SAID = {"category": "wonen.hypotheek", "reason": "gezien", "by": "worker"}


class Caller:
    """A program that knows the token."""

    def __init__(self, url: str, store: Store) -> None:
        self.url = url
        self.store = store

    def __call__(self, method: str, path: str, *, token: str = TOKEN, **more: object) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return requests.request(method, f"{self.url}/api{path}", headers=headers, timeout=60, **more)

    def refused(self, method: str, path: str, **more: object) -> tuple[int, str]:
        answer = self(method, path, **more)
        assert answer.headers["Content-Type"] == MEDIA_TYPE
        return answer.status_code, answer.json()["code"]


@pytest.fixture
def call(tmp_path):
    settings = from_environment({DATABASE: f"sqlite:///{tmp_path / 'a.db'}", API_TOKEN: TOKEN})
    wired = product(settings=settings, clock=FixedClock(NOW))
    keep_received(wired, CASE, life(months=4), source="file")
    with serve_in_thread(create_app(wired)) as url:
        yield Caller(url, wired.store)
    wired.store.close()


def rent(call: Caller) -> list[str]:
    """Return the keys of the rent, oldest first: the only stream of costs to a private landlord."""
    found = call("GET", f"/cases/{CASE}/assessment", **HELP).json()
    [keys] = [each["transactions"] for each in found["expenses"]["streams"] if each["monthly"] == "650.00"]
    return keys


def test_a_row_is_corrected_for_the_purpose_that_shows_it_and_the_answer_says_what_follows(call):
    tx = rent(call)[0]

    made = call("POST", HERE, **HELP, json={**SAID, "tx": tx, "rule": True})

    assert made.status_code == 201
    done = made.json()
    assert (done["id"], done["tx"], done["category"]) == ("c1", tx, "wonen.hypotheek")
    assert (done["proposal"]["id"], done["proposal"]["state"]) == ("r1", "proposed")


@pytest.mark.parametrize("purpose", ["monitoring", "payment_plan", "credit_check"])
def test_a_purpose_whose_answers_do_not_show_a_row_corrects_shows_and_undoes_nothing_of_it(call, purpose):
    tx, nothing = rent(call)[0], {"params": {"purpose": purpose}}

    assert call.refused("POST", HERE, json={**SAID, "tx": tx}, **nothing) == (404, "usage.unknown_name")
    call("POST", HERE, json={**SAID, "tx": tx, "rule": True}, **HELP)

    assert call("GET", HERE, **nothing).json() == {"corrections": [], "rules": []}
    assert call.refused("DELETE", f"{HERE}/c1", **nothing) == (404, "usage.unknown_name")
    assert call.refused("POST", f"{HERE}/r1/accept", json={}, **nothing) == (404, "usage.unknown_name")
    listed = call("GET", HERE, **HELP).json()
    assert [each["id"] for each in (*listed["corrections"], *listed["rules"])] == ["c1", "r1"]
    assert [each["state"] for each in listed["rules"]] == ["proposed"]


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("GET", HERE, {}),
        ("POST", HERE, {"json": {**SAID, "tx": "t0"}}),
        ("DELETE", f"{HERE}/c1", {}),
        ("POST", f"{HERE}/r1/accept", {"json": {}}),
    ],
)
def test_nothing_is_shown_or_changed_without_saying_what_for(call, method, path, more):
    call("POST", HERE, json={**SAID, "tx": rent(call)[0], "rule": True}, **HELP)

    assert call.refused(method, path, **more) == (422, "usage.request")
    assert call.refused(method, path, params={"purpose": ""}, **more) == (404, "usage.unknown_name")
    assert call.refused(method, path, params={"purpose": "curiosity"}, **more) == (404, "usage.unknown_name")
    assert [each["state"] for each in call("GET", HERE, **HELP).json()["rules"]] == ["proposed"]


def test_the_whole_picture_corrects_a_row_that_no_answer_points_at(call):
    answer = call("GET", f"/cases/{CASE}/assessment", **HELP).text
    rows = call.store.ledger.load(CASE, purpose="debt_help", at=NOW, banks=frozenset()).transactions
    unseen = [tx for tx in rows["tx"] if tx not in answer]

    made = call("POST", HERE, json={**SAID, "tx": unseen[0]}, **HELP)

    assert made.status_code == 201, made.text


def test_corrections_of_a_case_with_consents_are_for_what_the_person_consented_to(call):
    consent = call.store.consents.begin(CASE, "sandbox.berlin_group", "monitoring", "state", {}, at=NOW)
    call.store.consents.grant(consent, NOW.date(), {}, at=NOW)

    assert call.refused("GET", HERE, **HELP) == (403, "bank.consent_not_valid")
    assert call("GET", HERE, params={"purpose": "monitoring"}).status_code == 200


def test_a_correction_can_be_undone_for_the_purpose_it_was_made_for(call):
    call("POST", HERE, json={**SAID, "tx": rent(call)[0], "rule": True}, **HELP)
    accepted = call("POST", f"{HERE}/r1/accept", json={"since": "2026-01-01"}, **HELP).json()

    assert (accepted["id"], accepted["state"]) == ("r1", "accepted")
    assert call("DELETE", f"{HERE}/c1", **HELP).json() == {"undone": ["c1", "r1"]}


def test_what_the_interface_says_of_a_correction_holds_nothing_of_how_it_is_kept(call):
    call("POST", HERE, json={**SAID, "tx": rent(call)[0]}, **HELP)

    [listed] = call("GET", HERE, **HELP).json()["corrections"]

    said = {"id", "tx", "decided", "evidence", "category", "reason", "by", "made_at", "undone_at"}
    assert set(listed) == said


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"tx": "t0"}, (404, "usage.unknown_name")),
        ({"category": "wonen.kasteel"}, (404, "usage.unknown_name")),
        ({"category": "inkomen.loon"}, (400, "usage")),
        ({"by": "neighbour"}, (422, "usage.request")),
        ({"reason": ""}, (422, "usage.request")),
        ({"note": "x"}, (422, "usage.request")),
    ],
)
def test_what_cannot_be_corrected_is_refused_with_a_stable_code(call, more, refusal):
    body = {**SAID, "tx": rent(call)[0], **more}

    assert call.refused("POST", HERE, json=body, **HELP) == refusal


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", HERE), ("POST", HERE), ("DELETE", f"{HERE}/c1"), ("POST", f"{HERE}/r1/accept")],
)
def test_nobody_corrects_without_the_token(call, method, path):
    assert call.refused(method, path, token="another") == (401, "usage.not_allowed")


def test_the_description_tells_with_examples_how_a_row_is_corrected(call):
    document = call("GET", "/openapi.json").json()

    asked = document["components"]["schemas"]["CorrectionRequest"]["properties"]
    assert all(asked[name]["examples"] for name in ("tx", "category", "reason"))
    for path in (HERE, f"{HERE}/{{key}}", f"{HERE}/{{rule}}/accept"):
        for operation in document["paths"][path.replace(CASE, "{subject}")].values():
            needed = {each["name"] for each in operation["parameters"] if each["required"]}
            assert "purpose" in needed
