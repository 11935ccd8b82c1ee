"""A kept case over HTTP: what is known of its household, and the answers that were given."""

from datetime import date

import pytest
import requests

from masking_material import life
from psd2_affordability.asgi import create_app
from psd2_affordability.assess.household import HouseholdType, Person
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.server import serve_in_thread
from psd2_affordability.service.assess_case import keep_household, kept_household
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.clock import FixedClock
from psd2_affordability.service.keep import keep_received
from psd2_affordability.service.settings import API_TOKEN, DATABASE, from_environment
from store_material import NOW

CASE = "case-1"
ON = NOW.date().isoformat()
TOKEN = "a-token-of-a-test"
WHOLE = {"purpose": "debt_help"}
PARENT = {
    "type": "single_parent",
    "person": [{"birth_date": "1990-05-02", "taxable_income_year": "24000.00"}],
    "child": [{"birth_date": "2019-02-11"}],
    "housing": {"kind": "rent", "rent_month": "640.00"},
}


@pytest.fixture
def wired(tmp_path):
    settings = from_environment({DATABASE: f"sqlite:///{tmp_path / 'a.db'}", API_TOKEN: TOKEN})
    made = product(settings=settings, clock=FixedClock(NOW))
    keep_received(made, CASE, life(months=4), source="file")
    yield made
    made.store.close()


@pytest.fixture
def served(wired):
    with serve_in_thread(create_app(wired)) as url:
        yield url


def call(served: str, method: str, path: str, case: str = CASE, **more: object) -> requests.Response:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return requests.request(method, f"{served}/api/cases/{case}{path}", headers=headers, timeout=60, **more)


def answer(served: str, purpose: str = "debt_help") -> requests.Response:
    return call(served, "GET", "/assessment", params={"purpose": purpose, "on": ON})


def test_a_household_that_is_told_narrows_the_next_answer(served, wired):
    before = answer(served).json()["room"]["floor"]["value"]

    told = call(served, "PUT", "/household", params=WHOLE, json=PARENT)

    after = answer(served).json()["room"]["floor"]["value"]
    assert told.status_code == 204
    assert before["low"] != before["high"]
    assert after["low"] == after["high"]
    assert kept_household(wired, CASE).children == (date(2019, 2, 11),)


def test_a_household_takes_the_place_of_what_was_kept(served, wired):
    call(served, "PUT", "/household", params=WHOLE, json=PARENT)

    call(served, "PUT", "/household", params=WHOLE, json={"type": "couple"})

    known = kept_household(wired, CASE)
    assert (known.type, known.persons, known.children) == (HouseholdType.COUPLE, (), ())


def test_a_receiver_tells_what_it_is_shown_and_the_rest_stays(served, wired):
    keep_household(
        wired,
        CASE,
        'type = "single"\nfree_of = ["schuld.cjib"]\n[[person]]\nbirth_date = 1990-05-02\n',
    )
    receiver = {"purpose": "payment_plan"}

    call(
        served,
        "PUT",
        "/household",
        params=receiver,
        json={"type": "single_parent", "person": [{"taxable_income_year": "24000.00"}]},
    )
    refused = call(served, "PUT", "/household", params=receiver, json=PARENT)

    known = kept_household(wired, CASE)
    assert (known.type, known.free_of) == (HouseholdType.SINGLE_PARENT, ("schuld.cjib",))
    assert known.persons == (Person(date(1990, 5, 2), Money(24000_00)),)
    assert (refused.status_code, refused.json()["code"]) == (400, "usage")
    assert "children cannot be told" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("case", "params", "body", "status"),
    [
        ("case-2", WHOLE, PARENT, 404),
        (CASE, {"purpose": "curiosity"}, PARENT, 404),
        (CASE, WHOLE, {**PARENT, "type": "couple"}, 422),
        (CASE, WHOLE, {"castle": True}, 422),
        (CASE, {}, PARENT, 422),
    ],
)
def test_a_household_that_cannot_be_is_refused_and_opens_no_case(served, wired, case, params, body, status):
    refused = call(served, "PUT", "/household", case, params=params, json=body)

    assert refused.status_code == status, refused.text
    assert [each.subject for each in wired.store.cases.list()] == [CASE]
    assert kept_household(wired, CASE).type is None


def test_each_change_of_the_household_is_in_the_audit_log(served, wired):
    call(served, "PUT", "/household", params=WHOLE, json=PARENT)

    assert [each.action for each in wired.store.audit.entries() if each.action == "household"] == [
        "household"
    ]


def test_the_receipts_of_a_case_are_listed_newest_first_and_each_can_be_asked_again(served):
    tags = [answer(served, each).headers["ETag"].strip('"') for each in ("debt_help", "payment_plan")]

    listed = call(served, "GET", "/receipts", params=WHOLE).json()

    assert [each["purpose"] for each in listed] == ["payment_plan", "debt_help"]
    assert [each["answer"] for each in listed] == tags[::-1]
    again = call(served, "GET", "/reproduction", params={**WHOLE, "receipt": listed[1]["receipt"]}).json()
    assert (again["receipt"], again["identical"]) == (tags[0], True)


def test_a_purpose_lists_its_own_receipts_alone(served):
    answer(served)
    answer(served, "payment_plan")

    listed = call(served, "GET", "/receipts", params={"purpose": "payment_plan"}).json()

    assert [(each["purpose"], each["on"]) for each in listed] == [("payment_plan", ON)]
    assert call(served, "GET", "/receipts", "case-2", params=WHOLE).status_code == 404
