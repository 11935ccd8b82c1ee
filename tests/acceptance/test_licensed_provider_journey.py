"""A provider whose interface stands in one file: two that differ in everything, and wrong files."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse

from bank_material import CALLBACK, IP, Clock
from budget_material import MemoryBudget
from psd2_affordability._data import data_files
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.journey import begin, complete, refresh
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.port import Access
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.core.errors import BankAnswerBroken, ConnectorFileError, ConsentNotValid, UsageError
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.server import serve_in_thread

CURRENT = "NL91ABNA0417164300"
OTHER = """
[urls]
base = "http://127.0.0.1:1"
token = "/login/token"
login = "/share?lang=nl"

[wire]
client_auth = "client_secret_post"

[paths]
accounts     = "/v2/files/{consent}/accounts"
balances     = "/v2/files/{consent}/accounts/{account}/position"
transactions = "/v2/files/{consent}/accounts/{account}/mutations"

[query]
access = "client_credentials"
begin = "page"
status = "not_asked"
end = "not_asked"
redirect_name = "return"
state_name = ""
until_name = ""
person_header = ""
since_name = "from"
key_name = ""
size_name = "size"

[answers]
came_back_with = "file"
accounts = "list"
account_id = "nr"
account_iban = "number.iban"
balances = "position"
balance_amount = "value"
transactions = "data.items"
row_status = ""

[paging]
next = "data.next"
page_size = 2

[rows]
sign = "indicator"
out_words = ["D"]

[fields]
booked_on = ["day"]
amount = ["sum.value"]
currency = ["sum.unit"]
direction = ["dc"]
counterparty_name = ["who"]
remittance = ["lines"]
"""


@dataclass
class Calls:
    """Which calls came in: method, path, query and headers."""

    seen: list[tuple[str, str, dict[str, str], dict[str, str]]] = field(default_factory=list)
    status: str = "ACTIVE"
    bodies: list[Any] = field(default_factory=list)
    spoiled: dict[str, Any] = field(default_factory=dict)

    def to(self, ending: str) -> list[dict[str, str]]:
        return [query for _, path, query, _ in self.seen if path.endswith(ending)]

    def headers(self, name: str) -> set[str | None]:
        return {headers.get(name) for _, path, _, headers in self.seen if path != "/login/token"}


_plain = APIRouter()
_other = APIRouter()


@_plain.post("/consents")
async def start(request: Request):
    request.app.state.calls.bodies.append(await request.json())
    return {"id": "c-1", "url": "https://share.provider.example/c-1"}


@_plain.get("/consents/c-1")
async def show(request: Request):
    return {"status": request.app.state.calls.status, "validUntil": "2026-09-01"}


@_plain.delete("/consents/c-1")
async def end(request: Request):
    request.app.state.calls.status = "REVOKED"
    return {}


@_plain.get("/accounts")
async def accounts():
    return {"accounts": [{"id": "7", "iban": CURRENT, "currency": "EUR"}]}


@_plain.get("/accounts/7/balances")
async def balances():
    return {"balances": [{"type": "BOOKED", "amount": "20.00", "currency": "EUR", "date": "2026-07-01"}]}


@_plain.get("/accounts/7/transactions")
async def transactions(request: Request, pageToken: str = ""):  # noqa: N803 -- the provider's own name
    if request.app.state.calls.spoiled:
        return request.app.state.calls.spoiled
    entry = {"bookingDate": "2026-06-30", "currency": "EUR", "counterpartyName": "Koffie", "status": "BOOKED"}
    if not pageToken:
        return {"transactions": [], "nextPageToken": "t2"}
    waiting = entry | {"amount": "-4.99", "status": "PENDING", "bookingDate": None}
    strange = entry | {"amount": "-1.00", "status": "SOMETHING"}
    return {"transactions": [entry | {"amount": "-2.80", "balanceAfter": "20.00"}, waiting, strange]}


@_other.post("/login/token")
async def token(request: Request):
    asked = dict(parse_qsl((await request.body()).decode()))
    right = asked == {"grant_type": "client_credentials", "client_id": "us", "client_secret": "s3cret"}
    if not right:
        return JSONResponse({"error": "invalid_client"}, 401)
    return {"access_token": "tok", "token_type": "Bearer", "expires_in": 600}


@_other.get("/v2/files/f-9/accounts")
async def other_accounts():
    return [{"nr": 7, "number": {"iban": CURRENT}}]


@_other.get("/v2/files/f-9/accounts/7/position")
async def other_balances():
    return {"position": [{"value": "20.00"}]}


@_other.get("/v2/files/f-9/accounts/7/mutations")
async def other_transactions(request: Request, page: int = 1):
    def entry(day: str, value: str, dc: str) -> dict[str, Any]:
        return {
            "day": day,
            "sum": {"value": value, "unit": "EUR"},
            "dc": dc,
            "who": "Iemand",
            "lines": ["a", "b"],
        }

    if page == 1:
        items = [entry("2026-06-30", "5.00", "D"), entry("2026-06-29", "25.00", "C")]
        return {"data": {"items": items, "next": f"{request.url.path}?page=2"}}
    return {"data": {"items": [entry("2026-06-28", "1.00", "D")]}}


@contextmanager
def provider(routes: APIRouter, more: str = "", credentials: Credentials | None = None):
    """Open a provider on a free port, and our way to it as its file says."""
    calls, clock, app = Calls(), Clock(), FastAPI(openapi_url=None)
    app.state.calls = calls
    app.include_router(routes)

    @app.middleware("http")
    async def write_along(request: Request, call_next):
        calls.seen.append(
            (request.method, request.url.path, dict(request.query_params), dict(request.headers))
        )
        return await call_next(request)

    files = data_files("connectors")
    path = "eu/licensed_provider.toml"
    written = load_banks(files | {path: files[path] + more.encode()}).bank("eu.licensed_provider")
    with serve_in_thread(app) as url:
        connections = Connections(
            written,
            clock=clock,
            base_url=url,
            credentials=credentials or Credentials(api_key="k-1"),
            sleep=lambda _: None,
        )
        try:
            yield open_bank(connections), clock, calls
        finally:
            connections.close()


def test_a_provider_that_begins_the_consent_and_pages_by_key_is_read_whole():
    with provider(_plain) as (port, clock, calls):
        begun = begin(port, redirect_uri=CALLBACK, psu_ip=IP, clock=clock)
        answer = {"state": begun.state}
        completed = complete(port, begun, answer=answer, psu_ip=IP, clock=clock)

    fetched = completed.fetched
    [account] = fetched.received.accounts
    rows = fetched.received.transactions.to_dict("records")
    assert begun.redirect_url == "https://share.provider.example/c-1"
    assert calls.bodies == [{"redirectUrl": CALLBACK, "state": begun.state, "validUntil": "2026-09-28"}]
    assert completed.consent.valid_until.isoformat() == "2026-09-01"
    assert [(row["status"], row["amount_ct"]) for row in rows] == [("booked", -280), ("pending", -499)]
    assert (account.account, account.closing.amount) == (CURRENT, Money(2_000))
    assert calls.to("/accounts") == [{"consentId": "c-1"}]
    assert calls.to("/transactions") == [
        {"dateFrom": "2025-01-01"},
        {"dateFrom": "2025-01-01", "pageToken": "t2"},
    ]
    assert calls.headers("authorization") == {"Bearer k-1"}


def test_an_entry_with_a_status_that_the_file_does_not_name_is_not_guessed():
    with provider(_plain) as (port, clock, _):
        begun = begin(port, redirect_uri=CALLBACK, psu_ip=IP, clock=clock)
        fetched = complete(port, begun, answer={"state": begun.state}, psu_ip=IP, clock=clock).fetched

    [rejected] = fetched.received.rejected
    assert (rejected.where, rejected.lost) == ("eu.licensed_provider transactions, page 2, entry 3", True)
    assert fetched.whole_since == {}


def test_the_persons_address_is_told_only_while_they_are_there():
    with provider(_plain) as (port, clock, calls):
        begun = begin(port, redirect_uri=CALLBACK, psu_ip=IP, clock=clock)
        completed = complete(port, begun, answer={"state": begun.state}, psu_ip=IP, clock=clock)
        before = len(calls.seen)
        refresh(port, completed.grant, clock=clock, budget=MemoryBudget())

    def told(seen):
        return {headers.get("psu-ip-address") for _, path, _, headers in seen if "accounts" in path}

    assert (told(calls.seen[:before]), told(calls.seen[before:])) == ({IP}, {None})


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("WAITING", "received"),
        ("ACTIVE", "valid"),
        ("REFUSED", "rejected"),
        ("EXPIRED", "expired"),
        ("REVOKED", "expired"),
        ("ODD", "ODD"),
    ],
)
def test_the_words_of_a_provider_are_said_in_the_words_of_every_consent(word, status):
    with provider(_plain) as (port, clock, calls):
        begun = begin(port, redirect_uri=CALLBACK, psu_ip=IP, clock=clock)
        calls.status = word

        assert port.consent_status(Access(begun.grant)) == status


def test_a_consent_is_ended_at_the_provider():
    with provider(_plain) as (port, clock, _):
        begun = begin(port, redirect_uri=CALLBACK, psu_ip=IP, clock=clock)
        port.delete_consent(Access(begun.grant))

        assert port.consent_status(Access(begun.grant)) == "expired"


def test_a_provider_that_differs_in_everything_is_described_in_its_file_alone():
    us = Credentials(client_id="us", client_secret="s3cret")
    with provider(_other, OTHER, us) as (port, clock, calls):
        begun = begin(port, redirect_uri=CALLBACK, psu_ip=IP, clock=clock)
        asked = parse_qs(urlsplit(begun.redirect_url).query)
        answer = {"state": begun.state, "file": "f-9"}
        completed = complete(port, begun, answer=answer, psu_ip=IP, clock=clock)
        port.delete_consent(Access(completed.grant))

    fetched = completed.fetched
    [account] = fetched.received.accounts
    rows = fetched.received.transactions.to_dict("records")
    assert asked == {"lang": ["nl"], "return": [f"{CALLBACK}&state={begun.state}"]}
    assert fetched.complete
    assert [row["amount_ct"] for row in rows] == [-500, 2_500, -100]
    assert rows[0]["remittance"] == "a b"
    assert (account.account, account.closing.type) == (CURRENT, "closingBooked")
    assert calls.to("/mutations") == [{"from": "2025-01-01", "size": "2"}, {"page": "2"}]
    assert calls.headers("authorization") == {"Bearer tok"}
    assert calls.headers("psu-ip-address") == {None}
    assert "DELETE" not in [method for method, *_ in calls.seen]


def test_a_person_who_comes_back_without_the_number_of_a_consent_gave_none():
    us = Credentials(client_id="us", client_secret="s3cret")
    with provider(_other, OTHER, us) as (port, clock, _):
        begun = begin(port, redirect_uri=CALLBACK, psu_ip=IP, clock=clock)

        assert port.consent_status(Access(begun.grant)) == "received"
        with pytest.raises(ConsentNotValid, match="did not approve"):
            complete(port, begun, answer={"state": begun.state}, psu_ip=IP, clock=clock)


def test_a_key_of_the_provider_goes_along_as_it_is():
    header = '\n[query]\naccess = "key"\naccess_header = "ApiKey"\n'
    with provider(_plain, header) as (port, clock, calls):
        begin(port, redirect_uri=CALLBACK, psu_ip=IP, clock=clock)

    assert calls.headers("apikey") == {"k-1"}
    assert calls.headers("authorization") == {None}


def test_a_page_without_the_list_that_the_file_names_is_an_error_and_not_an_empty_account():
    with provider(_plain) as (port, clock, calls):
        begun = begin(port, redirect_uri=CALLBACK, psu_ip=IP, clock=clock)
        calls.spoiled = {"items": []}
        fetched = complete(port, begun, answer={"state": begun.state}, psu_ip=IP, clock=clock).fetched

    [problem] = fetched.problems
    assert isinstance(problem, BankAnswerBroken)
    assert fetched.whole_since == {}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (
            '[query]\naccess = "magic"\n',
            r"'query.access' is none of 'key', 'bearer' and 'client_credentials'",
        ),
        ('[query]\nbegin = "magic"\n', r"'query.begin' is neither 'call' nor 'page'"),
    ],
)
def test_a_way_that_is_not_known_is_an_error_of_the_file(more, says):
    with (
        provider(_plain, f"\n{more}") as (port, clock, _),
        pytest.raises(ConnectorFileError, match=says),
    ):
        begin(port, redirect_uri=CALLBACK, psu_ip=IP, clock=clock)


def test_a_place_that_no_provider_has_is_refused_when_the_file_is_read():
    with (
        pytest.raises(ConnectorFileError, match=r"'answers.acounts' is not a known key"),
        provider(_plain, '\n[answers]\nacounts = "x"\n'),
    ):
        pass


def test_without_a_key_the_error_says_what_to_set():
    with (
        provider(_plain, credentials=Credentials(client_id="us")) as (port, clock, _),
        pytest.raises(UsageError, match=r"no api_key is set for eu\.licensed_provider"),
    ):
        begin(port, redirect_uri=CALLBACK, psu_ip=IP, clock=clock)
