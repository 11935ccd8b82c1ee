"""Every operation that we call is described, and nothing that we send to it is unknown there.

A validator lets through what a description does not forbid: a member, a question or a header with a
name of our own making. Here each of them has to stand in the official description.
"""

import json
import re
from pathlib import Path

import pytest
import yaml

from abn_bank_material import open_abn_sandbox
from bank_material import IP, open_sandbox
from berlin_group_material import CARD_PAN, card_holder, open_berlin
from enable_banking_material import open_aggregator
from openapi_material import recorder
from psd2_affordability.connect.port import Access
from psd2_affordability.sandbox.bank import Habits
from recorded_banks import open_recorded
from shared_material import specs
from swagger_material import as_openapi
from uk_bank_material import banks, open_uk_sandbox

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(specs() is None, reason="the official descriptions are not on this machine"),
]

#: Of HTTP itself, and how we prove who we are: described under security, or not at all.
COMMON = {"host", "user-agent", "accept", "accept-encoding", "connection", "content-length", "content-type"}
COMMON |= {"authorization", "api-key"}
#: Goes along with every call of ours, so that a bank can find it in its log.
COMMON |= {"x-request-id"}
#: Stand in the links that a bank gives, and are its own affair.
OF_LINKS = {"page", "pageIndex", "pageDirection"}
#: Calls of a present person carried it when N26 was recorded, though its description leaves it out.
LEFT_OUT = {"n26-xs2a.yml": {"header psu-ip-address"}}
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"


def berlin_group(writes):
    with open_sandbox(recorder=writes, page_size=150) as visit:
        completed = visit.consented()
        visit.refresh(completed)
        visit.port.consent_status(visit.access(completed))
        visit.port.delete_consent(visit.access(completed))
    cards = '[query]\ncard_accounts = "listed"\nwith_balance = "accounts"\n'
    with open_berlin(Habits(), recorder=writes, more=cards, people={"jan": card_holder()}) as journey:
        journey.consented(ibans=(CARD_PAN,))


def enable_banking(writes):
    with open_aggregator(recorder=writes, page_size=150) as visit:
        completed = visit.consented()
        visit.refresh(completed, psu_ip=IP)
        visit.port.delete_consent(Access(completed.grant, psu_ip=IP))


def uk_open_banking(writes, **version):
    with open_uk_sandbox(recorder=writes, page_size=150, **version) as visit:
        completed = visit.consented()
        visit.refresh(psu_ip=IP)
        visit.port.delete_consent(visit.access(completed))


def revolut(writes):
    uk_open_banking(writes, version="3.1", like=banks().bank("nl.revolut"))


def abn_amro(writes):
    with open_abn_sandbox(recorder=writes) as visit:
        visit.consented()
        visit.refresh()


def volksbank(writes):
    with open_recorded("volksbank", recorder=writes) as bank:
        bank.complete(bank.begin())


def n26(writes):
    with open_recorded("n26", recorder=writes) as bank:
        bank.complete(bank.begin())
        bank.port.delete_consent(bank.access())


#: Of every description: the journey, our path on the server, and the operations that it takes.
JOURNEYS = {
    "berlin_1.3.11.yaml": (
        berlin_group,
        "",
        {
            "POST /v1/consents",
            "GET /v1/consents/{consentId}",
            "GET /v1/consents/{consentId}/status",
            "DELETE /v1/consents/{consentId}",
            "GET /v1/accounts",
            "GET /v1/accounts/{account-id}/balances",
            "GET /v1/accounts/{account-id}/transactions",
            "GET /v1/card-accounts",
            "GET /v1/card-accounts/{account-id}/balances",
            "GET /v1/card-accounts/{account-id}/transactions",
        },
    ),
    "enablebanking-openapi.yml": (
        enable_banking,
        "",
        {
            "GET /aspsps",
            "POST /auth",
            "POST /sessions",
            "GET /sessions/{session_id}",
            "DELETE /sessions/{session_id}",
            "GET /accounts/{account_id}/balances",
            "GET /accounts/{account_id}/transactions",
        },
    ),
    "obie.yaml": (
        uk_open_banking,
        "/uk",
        UK := {
            "POST /account-access-consents",
            "GET /account-access-consents/{ConsentId}",
            "DELETE /account-access-consents/{ConsentId}",
            "GET /accounts",
            "GET /accounts/{AccountId}/balances",
            "GET /accounts/{AccountId}/transactions",
        },
    ),
    "revolut-open-banking.yaml": (revolut, "/uk", UK),
    "abn-ais-2019.yaml": (
        abn_amro,
        "/abn/v1",
        {
            "GET /consentinfo",
            "GET /accounts/{accountNumber}/balances",
            "GET /accounts/{accountNumber}/transactions",
        },
    ),
    "volksbank-consent-v1.json": (volksbank, "/psd2/snsbank", {"POST /v1/consents"}),
    "volksbank-ais-v1.1.json": (
        volksbank,
        "/psd2/snsbank",
        {
            "GET /v1.1/accounts",
            "GET /v1.1/accounts/{account-id}/balances",
            "GET /v1.1/accounts/{account-id}/transactions",
        },
    ),
    "n26-xs2a.yml": (
        n26,
        "/v1/berlin-group/v1",
        {
            "POST /consents",
            "GET /consents/{consent_id}/status",
            "GET /consents/{consent_id}",
            "DELETE /consents/{consent_id}",
            "GET /accounts",
            "GET /accounts/{bg_account_id}/balances",
            "GET /accounts/{bg_account_id}/transactions",
        },
    ),
}
#: Our own pages and those for people, and de Volksbank's other description.
NOT_HERE = re.compile(r".*/(authorise|app|oauth2?|as|token|jwks|\.well-known)(/.*)?")


class Description:
    """An official description, as far as names go."""

    def __init__(self, name):
        text = (specs() / name).read_text(encoding="utf-8")
        swagger = name.startswith("volksbank")
        self.whole = as_openapi(text, "") if swagger else yaml.load(text, Loader=yaml.CSafeLoader)

    def resolved(self, part):
        while isinstance(part, dict) and "$ref" in part:
            found = self.whole
            for step in part["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            part = found
        return part

    def operation(self, method, path):
        """Return name and description of the operation behind an address; None when there is none."""
        for template, operations in sorted(self.whole["paths"].items(), key=lambda each: each[0].count("{")):
            if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path) and method in operations:
                shared = operations.get("parameters", [])
                return f"{method.upper()} {template}", operations[method], shared
        return None

    def unknown(self, asked, operation, shared):
        """Yield every question, header and member of the body that the description does not name."""
        given = [self.resolved(each) for each in [*operation.get("parameters", []), *shared]]
        questions = {each["name"] for each in given if each["in"] == "query"}
        headers = {each["name"].lower() for each in given if each["in"] == "header"}
        asked_for = set(asked.parameters.query) - OF_LINKS
        yield from (f"query {name}" for name in asked_for - questions)
        sent = {name.lower() for name, _ in asked.parameters.header}
        yield from (f"header {name}" for name in sent - headers - COMMON)
        if asked.body:
            content = self.resolved(operation["requestBody"])["content"]
            schema = next(
                kind["schema"] for name, kind in content.items() if name.startswith("application/json")
            )
            yield from (f"member {name}" for name in self._members(json.loads(asked.body), schema, ""))

    def _members(self, told, schema, at):
        if isinstance(told, list):
            item = next((part["items"] for part in self._parts(schema) if "items" in part), {})
            for each in told:
                yield from self._members(each, item, at)
        elif isinstance(told, dict):
            known = {}
            for part in self._parts(schema):
                known |= part.get("properties", {})
            if not known:  # any object: N26 describes a consent by an example alone
                return
            for name, value in told.items():
                if name in known:
                    yield from self._members(value, known[name], f"{at}.{name}")
                else:
                    yield f"{at}.{name}"

    def _parts(self, schema):
        schema = self.resolved(schema)
        yield schema
        for way in ("allOf", "oneOf", "anyOf"):
            for each in schema.get(way, []):
                yield from self._parts(each)


@pytest.mark.parametrize("name", JOURNEYS)
def test_every_operation_that_we_call_is_described_and_nothing_else_is_sent(name):
    journey, prefix, operations = JOURNEYS[name]
    description, exchanges, called, unknown = Description(name), [], set(), set()
    journey(recorder(exchanges, host_url="", leave_out="/nothing"))

    for asked, _ in exchanges:
        path = asked.path.removeprefix(prefix)
        found = description.operation(asked.method, path)
        if found is None:
            assert NOT_HERE.fullmatch(asked.path) or name.startswith("volksbank"), asked.path
            continue
        operation, told, shared = found
        called.add(operation)
        odd = set(description.unknown(asked, told, shared)) - LEFT_OUT.get(name, set())
        unknown |= {f"{operation}: {each}" for each in odd}

    assert called == operations
    assert unknown == set()


def test_a_name_of_our_own_making_would_be_noticed():
    exchanges = []
    berlin_group(recorder(exchanges, host_url="", leave_out="/nothing"))
    description = Description("berlin_1.3.11.yaml")
    asked = next(asked for asked, _ in exchanges if asked.method == "post" and asked.path == "/v1/consents")
    body = json.loads(asked.body)
    body["access"]["everything"] = True
    asked.body = json.dumps(body).encode()
    asked.parameters.query = {"fast": "yes"}
    asked.parameters.header["TPP-Mood"] = "good"

    _, told, shared = description.operation("post", "/v1/consents")
    assert set(description.unknown(asked, told, shared)) == {
        "member .access.everything",
        "query fast",
        "header tpp-mood",
    }


@pytest.mark.parametrize("name", JOURNEYS)
def test_the_guide_names_every_operation_that_we_call(name):
    guide = GUIDE.read_text(encoding="utf-8")

    assert f"`{name}`" in guide
    assert [each for each in JOURNEYS[name][2] if f"`{each}`" not in guide] == []
