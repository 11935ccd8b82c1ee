"""Our requests to a bank with an interface of its own, and its sandbox's answers, keep to its description."""

from datetime import UTC, datetime, time

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError

from abn_bank_material import REGISTERED, open_abn_sandbox
from bank_material import CURRENT
from openapi_material import recorder
from psd2_affordability._data import data_files
from psd2_affordability.sandbox.bank import Fault, Kind
from psd2_affordability.sandbox.people import load_people
from shared_material import specs

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(specs() is None, reason="the official descriptions are not on this machine"),
]

HOST = "https://api.abnamro.com"
_NOT_DESCRIBED = ("/abn/as/", "/abn/authorise")


@pytest.fixture(scope="module")
def described():
    document = yaml.load((specs() / "abn-ais-2019.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    # The validator knows no flows of OAuth; what they bring is a bearer token.
    document["components"]["securitySchemes"]["PSD2_Oauth"] = {"type": "http", "scheme": "bearer"}
    return OpenAPI.from_dict(document)


@pytest.fixture
def exchanges():
    return []


def visiting(exchanges, *faults, **more):
    writes = recorder(exchanges, host_url=HOST, leave_out=_NOT_DESCRIBED)
    return open_abn_sandbox(*faults, recorder=writes, **more)


def validate(described, exchanges):
    assert exchanges
    for asked, answered in exchanges:
        asked.path = asked.path.removeprefix("/abn")
        described.validate_request(asked)
        described.validate_response(asked, answered)


def test_a_whole_journey_keeps_to_the_description(described, exchanges):
    with visiting(exchanges) as visit:
        completed = visit.consented()
        visit.clock.move(hours=3)
        visit.refresh()

    assert completed.fetched.complete
    validate(described, exchanges)
    assert {asked.path.rpartition("/")[2] for asked, _ in exchanges} == {
        "consentinfo",
        "balances",
        "transactions",
    }
    assert any("nextPageKey" in asked.parameters.query for asked, _ in exchanges)


def test_refusals_keep_to_the_description(described, exchanges):
    with visiting(exchanges, Fault(Kind.SERVER_ERROR, "balances", times=9)) as visit:
        visit.consented()
        visit.stored[-1] = visit.stored[-1].having(access_token="guessed", refresh_token="guessed")
        assert visit.refresh().problems

    validate(described, exchanges)
    assert {answered.status_code for _, answered in exchanges} == {200, 401, 500}


def test_the_statements_of_sandbox_people_keep_to_the_description_and_prove_their_balances(
    described, exchanges
):
    everyone = load_people(data_files("sandbox_fixtures"))
    people = {name: everyone[name] for name in ("greta", "lotte", "ravi")}  # three ways to print a payment
    with visiting(exchanges, people={name: one.banked for name, one in people.items()}) as visit:
        for name, person in people.items():
            visit.clock.now = datetime.combine(person.on, time(12), UTC)
            for account in person.banked.accounts:
                begun = visit.begin()
                fetched = visit.complete(begun, visit.come_back(begun, name, account.iban)).fetched
                booked = [entry for entry in account.entries if entry.status == "booked"]
                assert (fetched.complete, len(fetched.received.transactions)) == (True, len(booked))
                assert fetched.received.accounts[0].proven in {True, None}

    validate(described, exchanges)


def test_the_validator_would_notice_a_wrong_request_and_a_wrong_answer(described, exchanges):
    with visiting(exchanges) as visit:
        visit.consented()
    validate(described, exchanges)
    asked, answered = next(pair for pair in exchanges if pair[0].path.endswith("/transactions"))

    answered.data = answered.data.replace(b'"transactionId"', b'"transactionNumber"')
    with pytest.raises(OpenAPIError):
        described.validate_response(asked, answered)
    asked.parameters.query = type(asked.parameters.query)({"bookDateFrom": "yesterday"})
    with pytest.raises(OpenAPIError):
        described.validate_request(asked)


def test_a_key_of_the_portal_goes_along_with_every_call_for_data(exchanges):
    with visiting(exchanges) as visit:
        visit.consented()

    assert {asked.parameters.header["API-Key"] for asked, _ in exchanges} == {REGISTERED.api_key}
    assert all(CURRENT in asked.path or asked.path.endswith("/consentinfo") for asked, _ in exchanges)
