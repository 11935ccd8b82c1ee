"""Our requests and the UK sandbox bank's answers keep to the official descriptions of the standard."""

import json
from datetime import UTC, datetime, time

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import ImmutableMultiDict

from bank_material import CURRENT, IP
from openapi_material import recorder
from psd2_affordability._data import data_files
from psd2_affordability.connect.port import Access, Grant
from psd2_affordability.core.errors import BankError
from psd2_affordability.sandbox.bank import Fault, Kind
from psd2_affordability.sandbox.people import load_people
from shared_material import specs
from uk_bank_material import banks, open_uk_sandbox

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(specs() is None, reason="the official descriptions are not on this machine"),
]

#: What is no part of the description: the authorisation server and the pages for people.
_NOT_DESCRIBED = ("/uk/authorise", "/uk/token", "/uk/jwks")


def described(name):
    text = (specs() / name).read_text(encoding="utf-8")
    document = yaml.load(text, Loader=yaml.CSafeLoader)
    for scheme in document["components"]["securitySchemes"].values():
        if scheme["type"] == "oauth2":  # the validator knows no flows; what they bring is a bearer token
            scheme.clear()
            scheme.update({"type": "http", "scheme": "bearer"})
    return OpenAPI.from_dict(document)


@pytest.fixture(scope="module")
def standard():
    return described("obie.yaml")


@pytest.fixture(scope="module")
def revolut():
    return described("revolut-open-banking.yaml")


@pytest.fixture
def exchanges():
    return []


def visiting(exchanges, *faults, **more):
    host = "https://oba-auth.revolut.com" if more.get("version") == "3.1" else "https://bank.example"
    writes = recorder(exchanges, host_url=host, leave_out=_NOT_DESCRIBED)
    return open_uk_sandbox(*faults, recorder=writes, **more)


def validate(standard, exchanges, server="/open-banking/v4.0/aisp"):
    assert exchanges
    for asked, answered in exchanges:
        asked.path = asked.path.replace("/uk", server, 1)
        standard.validate_request(asked)
        if answered.status_code != 204:
            standard.validate_response(asked, answered)


def walk(visit):
    completed = visit.consented()
    visit.refresh()
    visit.refresh(psu_ip=IP)
    visit.port.consent_status(visit.access(completed))
    visit.port.delete_consent(visit.access(completed))
    return completed


def test_a_whole_journey_keeps_to_version_4_0(standard, exchanges):
    with visiting(exchanges, page_size=150) as visit:
        completed = walk(visit)

    assert completed.fetched.complete
    validate(standard, exchanges)
    assert {answered.status_code for _, answered in exchanges} == {200, 201, 204}
    assert sum("page" in asked.parameters.query for asked, _ in exchanges) >= 2


def test_what_we_ask_revolut_keeps_to_its_own_description_and_so_do_answers_of_version_3_1(
    revolut, exchanges
):
    theirs = banks().bank("nl.revolut")
    with visiting(exchanges, page_size=150, version="3.1", like=theirs) as visit:
        completed = walk(visit)

    assert completed.fetched.complete
    validate(revolut, exchanges, server="")
    assert {asked.parameters.header["x-fapi-financial-id"] for asked, _ in exchanges} == {
        "001580000103UAvAAM"
    }


def test_refusals_keep_to_version_4_0(standard, exchanges):
    faults = (Fault(Kind.RATE_LIMITED, "balances", iban=CURRENT), Fault(Kind.SERVER_ERROR, "accounts"))
    with visiting(exchanges, *faults) as visit:
        visit.consented()
        with pytest.raises(BankError):
            visit.port.read_consent(Access(Grant("unknown")))
        with pytest.raises(BankError):
            visit.port.accounts(Access(Grant("c-1", {"access_token": "guessed"})))
        visit.clock.move(days=200)
        with pytest.raises(BankError):
            visit.port.delete_consent(Access(Grant("unknown")))
        visit.refresh()

    validate(standard, exchanges)
    refused = {answered.status_code for _, answered in exchanges if answered.status_code >= 400}
    assert refused == {400, 401, 429, 500}
    for _, answered in exchanges:
        if answered.status_code >= 400:
            assert json.loads(answered.data)["Errors"]


def test_a_consent_that_has_expired_is_refused_in_the_words_of_version_4_0(standard, exchanges):
    with visiting(exchanges, Fault(Kind.CONSENT_EXPIRED, "accounts")) as visit:
        fetched = visit.consented().fetched

    validate(standard, exchanges)
    assert len(fetched.problems) == 1
    assert 403 in {answered.status_code for _, answered in exchanges}


def test_the_validator_would_notice_a_wrong_request_and_a_wrong_answer(standard, exchanges):
    with visiting(exchanges) as visit:
        visit.consented()
    validate(standard, exchanges)
    asked, answered = next(pair for pair in exchanges if pair[0].path.endswith("/transactions"))
    created, _ = next(pair for pair in exchanges if pair[0].method == "post")

    answered.data = answered.data.replace(b'"CreditDebitIndicator":"Debit"', b'"CreditDebitIndicator":"Out"')
    with pytest.raises(OpenAPIError):
        standard.validate_response(asked, answered)
    asked.parameters.query = ImmutableMultiDict({"fromBookingDateTime": "yesterday"})
    with pytest.raises(OpenAPIError):
        standard.validate_request(asked)
    created.body = created.body.replace(b"ReadBalances", b"ReadEverything")
    with pytest.raises(OpenAPIError):
        standard.validate_request(created)


def test_the_statements_of_every_sandbox_person_keep_to_the_standard_and_prove_their_balances(
    standard, exchanges
):
    people = load_people(data_files("sandbox_fixtures"))
    banked = {name: one.banked for name, one in people.items()}
    with visiting(exchanges, people=banked, page_size=1000) as visit:
        for name, person in people.items():
            visit.clock.now = datetime.combine(person.on, time(12), UTC)
            begun = visit.begin()
            answer = visit.come_back(begun, name, tuple(account.iban for account in person.banked.accounts))
            fetched = visit.complete(begun, answer).fetched
            entries = sum(len(account.entries) for account in person.banked.accounts)
            assert (fetched.complete, len(fetched.received.transactions)) == (True, entries)
            assert all(account.proven in {True, None} for account in fetched.received.accounts)

    for _, answered in exchanges:  # the validator is slow: every twentieth entry stands for its like
        body = json.loads(answered.data)
        if "Transaction" in body["Data"]:
            body["Data"]["Transaction"] = body["Data"]["Transaction"][::20]
            answered.data = json.dumps(body).encode()
    validate(standard, exchanges)
