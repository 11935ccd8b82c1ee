"""Our requests and the sandbox bank's answers keep to the official description of the standard."""

import json
from datetime import UTC, datetime, time

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import ImmutableMultiDict

from bank_material import CURRENT, Fault, open_sandbox
from berlin_group_material import CARD_PAN, card_holder, open_berlin
from openapi_material import recorder
from psd2_affordability._data import data_files
from psd2_affordability.connect.port import Access, Grant
from psd2_affordability.core.errors import BankError
from psd2_affordability.sandbox.bank import Habits, Kind
from psd2_affordability.sandbox.people import load_people
from shared_material import specs

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(specs() is None, reason="the official descriptions are not on this machine"),
]


#: What is no part of the standard: the authorisation server and the pages for people.
_NOT_DESCRIBED = ("/authorise", "/app", "/oauth", "/.well-known")


@pytest.fixture(scope="module")
def standard():
    text = (specs() / "berlin_1.3.11.yaml").read_text(encoding="utf-8")
    return OpenAPI.from_dict(yaml.load(text, Loader=yaml.CSafeLoader))


@pytest.fixture
def exchanges():
    return []


@pytest.fixture
def writes(exchanges):
    return recorder(exchanges, host_url="https://api.testbank.com", prefix="/psd2", leave_out=_NOT_DESCRIBED)


def validate(standard, exchanges):
    for asked, answered in exchanges:
        standard.validate_request(asked)
        if answered.status_code != 204:
            standard.validate_response(asked, answered)


def test_a_whole_journey_keeps_to_the_standard(standard, exchanges, writes):
    with open_sandbox(recorder=writes, page_size=150) as visit:
        completed = visit.consented()
        visit.refresh(completed)
        visit.port.consent_status(visit.access(completed))
        visit.port.delete_consent(visit.access(completed))

    validate(standard, exchanges)
    seen = {(asked.method, asked.path.count("/"), answered.status_code) for asked, answered in exchanges}
    assert {status for *_, status in seen} == {200, 201, 204}
    assert len([1 for asked, _ in exchanges if "pageIndex" in asked.parameters.query]) >= 2


def test_refusals_keep_to_the_standard_and_use_its_codes_for_account_information(standard, exchanges, writes):
    text = (specs() / "psd2-api_1.3.6_20200327.yaml").read_text(encoding="utf-8")
    schemas = yaml.load(text, Loader=yaml.CSafeLoader)["components"]["schemas"]
    with open_sandbox(Fault(Kind.RATE_LIMITED, "balances", iban=CURRENT), recorder=writes) as visit:
        completed = visit.consented()
        for _ in range(5):
            visit.budget = type(visit.budget)()
            visit.refresh(completed)
        with pytest.raises(BankError):
            visit.port.read_consent(Access(Grant("unknown")))
        visit.clock.move(days=200)
        visit.refresh(completed)

    validate(standard, exchanges)
    refusals = {
        (answered.status_code, json.loads(answered.data)["tppMessages"][0]["code"])
        for _, answered in exchanges
        if answered.status_code >= 400
    }
    assert {status for status, _ in refusals} == {401, 403, 429}
    for status, code in refusals:
        assert code in schemas[f"MessageCode{status}_AIS"]["enum"]


def test_the_validator_would_notice_a_wrong_request_and_a_wrong_answer(standard, exchanges, writes):
    with open_sandbox(recorder=writes) as visit:
        visit.consented()
    asked, answered = next(pair for pair in exchanges if pair[0].path.endswith("/transactions"))

    answered.data = answered.data.replace(b'"_links"', b'"links"')
    with pytest.raises(OpenAPIError):
        standard.validate_response(asked, answered)
    asked.parameters.query = ImmutableMultiDict({"dateFrom": "2026-01-01"})
    with pytest.raises(OpenAPIError):
        standard.validate_request(asked)


def test_the_statements_of_every_sandbox_person_keep_to_the_standard_and_prove_their_balances(
    standard, exchanges, writes
):
    people = load_people(data_files("sandbox_fixtures"))
    with open_sandbox(recorder=writes, people={name: one.banked for name, one in people.items()}) as visit:
        for name, person in people.items():
            visit.clock.now = datetime.combine(person.on, time(12), UTC)
            begun = visit.begin()
            state = visit.approve(begun, name, tuple(account.iban for account in person.banked.accounts))
            fetched = visit.complete(begun, state).fetched
            entries = sum(len(account.entries) for account in person.banked.accounts)
            assert (fetched.complete, len(fetched.received.transactions)) == (True, entries)
            assert all(account.proven in {True, None} for account in fetched.received.accounts)

    validate(standard, exchanges)


@pytest.mark.parametrize("approach", ["oauth", "oauth_first", "decoupled"])
def test_a_journey_by_every_other_approach_keeps_to_the_standard_too(standard, exchanges, writes, approach):
    with open_berlin(
        Habits(approach), recorder=writes, sleep=lambda journey, _: journey.approve_in_app()
    ) as journey:
        begun = journey.begin()
        answer = {"state": begun.state} if approach == "decoupled" else journey.approve(begun)
        done = journey.complete(begun, answer)
        journey.port.delete_consent(Access(done.grant))

    validate(standard, exchanges)
    assert done.fetched.complete
    assert {answered.status_code for _, answered in exchanges} == {200, 201, 204}
    said = next(answered for asked, answered in exchanges if asked.method == "post").headers
    assert said["ASPSP-SCA-Approach"] == ("REDIRECT" if approach == "oauth" else "DECOUPLED")


@pytest.mark.parametrize("debits_positive", [False, True])
def test_card_accounts_keep_to_the_standard(standard, exchanges, writes, debits_positive):
    with open_berlin(
        Habits(debits_positive=debits_positive),
        recorder=writes,
        more='[query]\ncard_accounts = "listed"\nwith_balance = "accounts"\n',
        people={"jan": card_holder()},
        page_size=2,
    ) as journey:
        done = journey.consented(ibans=(CARD_PAN,))

    validate(standard, exchanges)
    assert len(done.fetched.received.transactions) == 3
    paths = {asked.path.rpartition("/")[2] for asked, _ in exchanges if "card-accounts" in asked.path}
    assert paths == {"card-accounts", "balances", "transactions"}
