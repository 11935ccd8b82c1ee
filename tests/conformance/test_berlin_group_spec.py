"""Our requests and the sandbox bank's answers keep to the official description of the standard."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import ClassVar
from urllib.parse import parse_qsl

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

from bank_material import CURRENT, Fault, open_sandbox
from psd2_affordability._data import data_files
from psd2_affordability.connect.port import Access, Grant
from psd2_affordability.core.errors import BankError
from psd2_affordability.sandbox.bank import Kind
from psd2_affordability.sandbox.people import load_people
from shared_material import specs

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(specs() is None, reason="the official descriptions are not on this machine"),
]


@dataclass
class Asked:
    """A request as it was on the wire, in the form that the validator reads."""

    method: str
    path: str
    body: bytes | None
    content_type: str
    parameters: RequestParameters
    host_url: str = "https://api.testbank.com"


@dataclass
class Answered:
    """An answer as it was on the wire."""

    status_code: int
    headers: Headers
    data: bytes
    content_type: str


class Recorder:
    """Writes along what goes over the wire between us and the bank."""

    exchanges: ClassVar[list[tuple[Asked, Answered]]] = []

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self.app(scope, receive, send)
            return
        sent, got = [], []

        async def listen():
            message = await receive()
            got.append(message.get("body", b""))
            return message

        async def speak(message):
            sent.append(message)
            await send(message)

        await self.app(scope, listen, speak)
        self.exchanges.append((_asked(scope, b"".join(got)), _answered(sent)))


def _headers(pairs):
    return Headers([(name.decode(), value.decode()) for name, value in pairs])


def _asked(scope, body):
    headers = _headers(scope["headers"])
    query = ImmutableMultiDict(parse_qsl(scope["query_string"].decode()))
    return Asked(
        method=scope["method"].lower(),
        path=f"/psd2{scope['path']}",
        body=body or None,
        content_type=headers.get("Content-Type", ""),
        parameters=RequestParameters(query=query, header=headers),
    )


def _answered(sent):
    headers = _headers(sent[0]["headers"])
    data = b"".join(message.get("body", b"") for message in sent[1:])
    return Answered(sent[0]["status"], headers, data, headers.get("Content-Type", ""))


@pytest.fixture(scope="module")
def standard():
    text = (specs() / "berlin_1.3.11.yaml").read_text(encoding="utf-8")
    return OpenAPI.from_dict(yaml.load(text, Loader=yaml.CSafeLoader))


@pytest.fixture
def exchanges():
    Recorder.exchanges.clear()
    return Recorder.exchanges


def validate(standard, exchanges):
    for asked, answered in exchanges:
        standard.validate_request(asked)
        if answered.status_code != 204:
            standard.validate_response(asked, answered)


def test_a_whole_journey_keeps_to_the_standard(standard, exchanges):
    with open_sandbox(recorder=Recorder, page_size=150) as visit:
        completed = visit.consented()
        visit.refresh(completed)
        visit.port.consent_status(visit.access(completed))
        visit.port.delete_consent(visit.access(completed))

    validate(standard, exchanges)
    seen = {(asked.method, asked.path.count("/"), answered.status_code) for asked, answered in exchanges}
    assert {status for *_, status in seen} == {200, 201, 204}
    assert len([1 for asked, _ in exchanges if "pageIndex" in asked.parameters.query]) >= 2


def test_refusals_keep_to_the_standard_and_use_its_codes_for_account_information(standard, exchanges):
    text = (specs() / "psd2-api_1.3.6_20200327.yaml").read_text(encoding="utf-8")
    schemas = yaml.load(text, Loader=yaml.CSafeLoader)["components"]["schemas"]
    with open_sandbox(Fault(Kind.RATE_LIMITED, "balances", iban=CURRENT), recorder=Recorder) as visit:
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


def test_the_validator_would_notice_a_wrong_request_and_a_wrong_answer(standard, exchanges):
    with open_sandbox(recorder=Recorder) as visit:
        visit.consented()
    asked, answered = next(pair for pair in exchanges if pair[0].path.endswith("/transactions"))

    answered.data = answered.data.replace(b'"_links"', b'"links"')
    with pytest.raises(OpenAPIError):
        standard.validate_response(asked, answered)
    asked.parameters.query = ImmutableMultiDict({"dateFrom": "2026-01-01"})
    with pytest.raises(OpenAPIError):
        standard.validate_request(asked)


def test_the_statements_of_every_sandbox_person_keep_to_the_standard_and_prove_their_balances(
    standard, exchanges
):
    people = load_people(data_files("sandbox_fixtures"))
    with open_sandbox(recorder=Recorder, people={name: one.banked for name, one in people.items()}) as visit:
        for name, person in people.items():
            visit.clock.now = datetime.combine(person.on, time(12), UTC)
            begun = visit.begin()
            state = visit.approve(begun, name, tuple(account.iban for account in person.banked.accounts))
            fetched = visit.complete(begun, state).fetched
            entries = sum(len(account.entries) for account in person.banked.accounts)
            assert (fetched.complete, len(fetched.received.transactions)) == (True, entries)
            assert all(account.proven in {True, None} for account in fetched.received.accounts)

    validate(standard, exchanges)
