"""Our requests and the sandbox aggregator's answers keep to Enable Banking's own description."""

import json

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError

from bank_material import CURRENT
from enable_banking_material import open_aggregator
from openapi_material import recorder
from psd2_affordability.connect.port import Access, Grant
from psd2_affordability.core.errors import BankError
from psd2_affordability.sandbox.bank import Fault, Kind
from psd2_affordability.sandbox.enable_banking import Quirks
from shared_material import specs

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(specs() is None, reason="the official descriptions are not on this machine"),
]


@pytest.fixture(scope="module")
def standard():
    text = (specs() / "enablebanking-openapi.yml").read_text(encoding="utf-8")
    return OpenAPI.from_dict(yaml.load(text, Loader=yaml.CSafeLoader))


@pytest.fixture
def exchanges():
    return []


def visiting(exchanges, *faults, **more):
    writes = recorder(exchanges, host_url="https://api.enablebanking.com", leave_out="/authorise")
    return open_aggregator(*faults, recorder=writes, **more)


def validate(standard, exchanges):
    assert exchanges
    for asked, answered in exchanges:
        standard.validate_request(asked)
        standard.validate_response(asked, answered)


def test_every_request_and_answer_of_the_whole_journey_keeps_to_the_description(standard, exchanges):
    with visiting(exchanges, page_size=50) as visit:
        completed = visit.consented()
        visit.refresh(completed)
        visit.refresh(completed, psu_ip="192.0.2.7")
        visit.port.delete_consent(Access(completed.grant))

    validate(standard, exchanges)
    assert {(asked.method, asked.path.split("/")[-1]) for asked, _ in exchanges} >= {
        ("get", "aspsps"),
        ("post", "auth"),
        ("post", "sessions"),
        ("get", "transactions"),
        ("get", "balances"),
    }
    assert any("continuation_key" in asked.parameters.query for asked, _ in exchanges)
    assert any("Psu-Ip-Address" in asked.parameters.header for asked, _ in exchanges)


@pytest.mark.parametrize(
    "quirks",
    [
        Quirks("missing", "with_minus", "in_address"),
        Quirks("positional", own_name_on_cards=True),
        Quirks("shared", undated_pending=True),
        Quirks("changing", "with_minus", own_name_on_cards=True),
        Quirks("placeholder", names="in_address", undated_pending=True),
    ],
)
def test_the_habits_of_the_banks_behind_it_keep_to_the_description_too(standard, exchanges, quirks):
    with visiting(exchanges, quirks=quirks, page_size=400) as visit:
        assert visit.consented(ibans=(CURRENT,)).fetched.complete

    validate(standard, exchanges)


def test_refusals_of_the_aggregator_are_codes_of_the_description(standard, exchanges):
    known = yaml.load((specs() / "enablebanking-openapi.yml").read_bytes(), Loader=yaml.CSafeLoader)
    codes = known["components"]["schemas"]["ErrorCode"]["enum"]
    with visiting(exchanges, Fault(Kind.RATE_LIMITED, "balances", iban=CURRENT)) as visit:
        completed = visit.consented()
        for _ in range(5):
            visit.budget = type(visit.budget)()
            visit.refresh(completed)
        lost = completed.grant.having(session="0b5c4b1e-0d0c-4b7e-9f5d-1a2b3c4d5e6f")
        with pytest.raises(BankError):
            visit.port.read_consent(Access(lost))
        with pytest.raises(BankError):
            visit.port.authorise(Access(Grant()), {"code": "made-up"})
        visit.clock.move(days=200)
        visit.refresh(completed)

    validate(standard, exchanges)
    refused = [json.loads(answered.data) for _, answered in exchanges if answered.status_code >= 400]
    assert {each["error"] for each in refused} == {
        "ASPSP_RATE_LIMIT_EXCEEDED",
        "SESSION_DOES_NOT_EXIST",
        "WRONG_AUTHORIZATION_CODE",
        "EXPIRED_SESSION",
    }
    assert {each["error"] for each in refused} <= set(codes)


def test_every_code_of_the_description_that_concerns_accounts_has_a_meaning_here():
    from psd2_affordability.connect.refusal_codes import MEANINGS

    known = yaml.load((specs() / "enablebanking-openapi.yml").read_bytes(), Loader=yaml.CSafeLoader)
    codes = known["components"]["schemas"]["ErrorCode"]["enum"]

    assert [code for code in codes if code not in MEANINGS and "PAYMENT" not in code] == []


def test_the_validator_would_notice_a_wrong_request_and_a_wrong_answer(standard, exchanges):
    with visiting(exchanges) as visit:
        visit.consented()
    asked, answered = next(pair for pair in exchanges if pair[0].path == "/auth")

    answered.data = answered.data.replace(b'"url"', b'"link"')
    with pytest.raises(OpenAPIError):
        standard.validate_response(asked, answered)
    asked.body = asked.body.replace(b'"redirect_url"', b'"redirect"')
    with pytest.raises(OpenAPIError):
        standard.validate_request(asked)
