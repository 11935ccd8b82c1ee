"""The whole journey through Prism, a validator of API descriptions that nobody here wrote, and at its mock.

As a proxy it holds every request of ours and every answer of the sandbox banks against the official
description. As a mock of Enable Banking it answers whatever the description allows.
"""

import json
import subprocess
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date

import pytest
import requests
import yaml
from pandas.testing import assert_frame_equal

from abn_bank_material import REGISTERED, open_abn_sandbox
from bank_material import CALLBACK, CURRENT, Clock, open_sandbox
from budget_material import MemoryBudget
from enable_banking_material import open_aggregator, our_credentials
from node_material import node_modules
from psd2_affordability._data import data_files
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.journey import refresh
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.port import Access, AccountListed, ConsentRequest, Grant
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.core.errors import BankError
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.bank import Fault, Kind
from shared_material import specs
from uk_bank_material import credentials as uk_credentials
from uk_bank_material import open_uk_sandbox

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(specs() is None, reason="the official descriptions are not on this machine"),
]

PACKAGE = "@stoplight/prism-cli@5.14.2"  # the last that runs on Node 20
#: Its notion of an address leaves out this machine's own, where the sandbox bank is.
LOOPBACK = 'response.header.location Response header parameter location must match format "url"'


@dataclass
class Prism:
    """Prism, running, with as many servers as are asked for."""

    process: subprocess.Popen

    def proxy(self, description, upstream):
        """Put it in front of a bank, and return its address."""
        return self._ask(document=str(specs() / description), upstream=upstream)

    def mock(self, document, **how):
        """Let it play a bank, with the examples of the description or made-up answers; return its address."""
        return self._ask(document=str(document), mock=how)

    def violations(self, address):
        """Return what was against the description so far, each once."""
        told = {each.removeprefix("Violation: ") for each in self._ask(violations=address)}
        return told - {LOOPBACK}

    def _ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@pytest.fixture(scope="module")
def prism(request):
    modules = node_modules(PACKAGE, seconds=120)
    with subprocess.Popen(
        ["node", "--no-warnings", str(request.path.with_name("prism.mjs")), str(modules)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield Prism(process)
        process.stdin.close()
        process.wait(10)


class BehindProxy:
    """Lets a bank think that it is at the proxy's address, so that its links lead there."""

    address = ""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if self.address and scope["type"] == "http" and "/account" in scope["path"]:
            named = (b"host", self.address.removeprefix("http://").encode())
            scope["headers"] = [named, *(pair for pair in scope["headers"] if pair[0] != b"host")]
            scope["path"] = scope["path"].removeprefix(scope["root_path"])
            scope["root_path"] = ""
        await self.app(scope, receive, send)


def berlin_group(prism=None):
    """Open the bank of the standard, with our way to it, through the proxy when there is one."""
    return _seen(prism, "berlin_1.3.11.yaml", open_sandbox(page_size=150))


def enable_banking(prism=None):
    return _seen(prism, "enablebanking-openapi.yml", open_aggregator(page_size=150), our_credentials())


def uk_open_banking(prism=None):
    opened = open_uk_sandbox(page_size=150, recorder=BehindProxy)
    return _seen(prism, "obie.yaml", opened, uk_credentials())


def abn_amro(prism=None):
    """Open the bank whose description begins below the version in its paths."""

    def below_version(bank):
        paths = {name: path.removeprefix("/v1") for name, path in bank.profile.paths.items()}
        return replace(bank, profile=replace(bank.profile, paths=paths))

    ours = Credentials(client_id=REGISTERED.client_id, api_key=REGISTERED.api_key)
    pages = {"authorise": "as/authorization.oauth2", "token": "as/token.oauth2"}
    return _seen(
        prism, "abn-ais-2019.yaml", open_abn_sandbox(), ours, pages, version="/v1", bank=below_version
    )


PAGES = {"authorise": "authorise", "token": "token", "jwks": "jwks", "issuer": ""}


@contextmanager
def _seen(prism, description, opened, ours=None, pages=PAGES, *, version="", bank=lambda known: known):
    """Open a bank; with the proxy before its data, while its pages for people stay where they are."""
    with opened as visit:
        if prism is None:
            yield visit
            return
        address = prism.proxy(description, visit.url + version)
        direct = {name: f"{visit.url}/{page}" for name, page in pages.items()}
        ours = replace(ours or Credentials(), urls=direct)
        lines = Connections(bank(visit.port.bank), clock=visit.clock, base_url=address, credentials=ours)
        BehindProxy.address = address
        with closing(lines):
            yield replace(visit, port=open_bank(lines))
        BehindProxy.address = ""
        assert prism.violations(address) == set()


def walk(visit):
    """Consent, fetch, fetch again and end it where that can be done; what came in at each fetch."""
    completed = visit.consented()
    again = refresh(visit.port, completed.grant, clock=visit.clock, budget=MemoryBudget())
    assert visit.port.consent_status(Access(completed.grant)) == "valid"
    if visit.port.bank.profile.dialect != "abn_amro":
        visit.port.delete_consent(Access(completed.grant))
    return completed.fetched, again


@pytest.mark.parametrize("opened", [berlin_group, enable_banking, uk_open_banking, abn_amro])
def test_a_whole_journey_passes_a_validator_of_others_and_brings_the_same_rows(prism, opened):
    with opened() as visit:
        direct = walk(visit)
    with opened(prism) as visit:
        validated = walk(visit)

    assert [len(fetched.received.transactions) > 80 for fetched in direct] == [True, True]
    for ours, theirs in zip(direct, validated, strict=True):
        assert theirs.complete
        assert _lasting(theirs) == _lasting(ours)
        assert_frame_equal(theirs.received.transactions, ours.received.transactions)


def _lasting(fetched):
    """Return the accounts without the number that each consent gives them anew."""
    return [replace(account, resource_id="") for account in fetched.received.accounts]


def test_that_validator_would_notice_a_wrong_request_and_a_wrong_answer(prism):
    with open_aggregator(Fault(Kind.BAD_ROW, "transactions", iban=CURRENT)) as visit:
        address = prism.proxy("enablebanking-openapi.yml", visit.url)
        lines = Connections(
            visit.port.bank, clock=visit.clock, base_url=address, credentials=our_credentials()
        )
        with closing(lines):
            replace(visit, port=open_bank(lines)).consented()
        [wrong_answer] = prism.violations(address)
        requests.get(f"{address}/aspsps", params={"country": "Nederland"}, timeout=10)

    assert wrong_answer.startswith("response.body.transactions.0.transaction_amount.amount")
    wrong = prism.violations(address)
    assert {each.split()[0] for each in wrong} >= {"request.query.country", "request"}


@contextmanager
def at_mock(address, **limits):
    """Our way to a mock of Enable Banking."""
    bank = load_banks(data_files("connectors")).bank("eu.enable_banking")
    bank = replace(bank, profile=replace(bank.profile, **limits))
    lines = Connections(
        bank, clock=Clock(), base_url=address, credentials=our_credentials(), sleep=lambda _: None
    )
    with closing(lines):
        yield open_bank(lines)


def request_for(bank):
    day = Clock().now.date()
    options = {"aspsp": bank.name, "country": "FI"}
    return ConsentRequest(CALLBACK, "a-state", "192.0.2.7", day, day, 4, options=options)


#: The examples call a session "string", which the description itself does not take for one.
SESSION = "4604aab6-8bcb-4b34-9b8b-8f3fc7cbcd0d"
ACCOUNT = AccountListed("07cc67f4-45d6-494b-adac-09b5cbc7e2b5", "", "EUR")


def opened_session(port):
    """Choose a bank, come back from it and open a session."""
    bank = port.aspsps("FI")[0]
    access = Access(port.create_consent(request_for(bank)).grant, psu_ip="192.0.2.7")
    port.authorise(access, {"code": "a-code", "state": "a-state"})
    return access


def test_the_examples_of_a_description_are_understood_and_their_endless_pages_stopped(prism):
    address = prism.mock(specs() / "enablebanking-openapi.yml")
    with at_mock(address) as port:
        access = opened_session(port)
        access.renew(lambda grant: grant.having(session=SESSION))
        state = port.read_consent(access)
        [account] = port.accounts(access)
        statement = port.transactions(access, account, date(2020, 1, 1))
        [balance] = port.balances(access, account)

    assert (state.status, state.valid_until) == ("valid", date(2020, 12, 1))
    assert account.lasting_id.endswith("Lqc= string")  # the currency of that example
    assert [(row["amount_ct"], row["booked_on"]) for row in statement.rows] == 2 * [(123, date(2020, 1, 3))]
    assert "go round in a circle" in str(statement.problem)
    assert (balance.amount, balance.on) == (Money(123), date(2019, 8, 24))
    assert [each for each in prism.violations(address) if each.startswith("request")] == []


@pytest.fixture(scope="module")
def in_euros(tmp_path_factory):
    """The same description, narrowed to whole cents of euros, a Finnish bank and keys that differ."""
    described = yaml.load((specs() / "enablebanking-openapi.yml").read_bytes(), Loader=yaml.CSafeLoader)
    schemas = described["components"]["schemas"]
    schemas["ASPSPData"]["properties"]["country"]["enum"] = ["FI"]
    schemas["AuthorizeSessionResponse"]["properties"]["session_id"]["format"] = "uuid"
    schemas["HalTransactions"]["properties"]["continuation_key"]["format"] = "uuid"
    told = schemas["AmountType"]["properties"]
    told["currency"]["enum"] = ["EUR"]
    told["amount"]["pattern"] = r"^-?\d{1,9}\.\d{2}$"
    path = tmp_path_factory.mktemp("described") / "in_euros.json"
    path.write_text(json.dumps(described), encoding="utf-8")
    return path


def test_pages_with_an_ever_new_key_are_stopped_and_those_that_came_are_kept(prism, in_euros):
    address = prism.mock(in_euros, dynamic=True)
    access = Access(Grant("a", {"session": SESSION}))
    with at_mock(address, max_pages=20) as port:
        statement = port.transactions(access, ACCOUNT, date(2020, 1, 1))

    assert "do not end after 20" in str(statement.problem)
    assert len(statement.rows) + len(statement.rejected) >= 20


def fetched_from_made_up_answers(address, seed):
    """Do every step that can be done, and return the rows and the errors."""
    rows, problems = [], []

    def tried(step):
        try:
            return step()
        except BankError as problem:
            problems.append(problem)
            return None

    with at_mock(address, max_pages=3) as port:
        if tried(lambda: port.aspsps("FI")):
            tried(lambda: opened_session(port))
        access = Access(Grant(f"seed-{seed}", {"session": SESSION}))
        tried(lambda: port.authorise(access, {"code": "a-code"}))
        tried(lambda: port.read_consent(access))
        for account in port.accounts(access) or [ACCOUNT]:
            statement = port.transactions(access, account, date(2020, 1, 1))
            rows.extend(statement.rows)
            problems.extend(filter(None, [statement.problem]))
            tried(lambda account=account: port.balances(access, account))
        tried(lambda: port.delete_consent(access))
    return rows, problems


@pytest.mark.parametrize("as_described", [True, False])
def test_whatever_a_description_allows_becomes_rows_or_a_typed_error(prism, in_euros, as_described):
    document = specs() / "enablebanking-openapi.yml" if as_described else in_euros
    rows, problems = [], []
    for seed in range(1, 21):
        address = prism.mock(document, dynamic=True, seed=str(seed))
        some, wrong = fetched_from_made_up_answers(address, seed)
        rows += some
        problems += wrong
        wrongly_asked = [each for each in prism.violations(address) if each.startswith("request")]
        assert as_described or wrongly_asked == []

    assert all(isinstance(each, BankError) for each in problems)
    assert all(
        type(row["amount_ct"]) is int and row["booked_on"] for row in rows if row["status"] == "booked"
    )
    assert as_described or len(rows) >= 40
