"""A small server that answers as GoCardless Bank Account Data does, with accounts of our own making."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse

from bank_material import CALLBACK, IP, Clock
from psd2_affordability._data import data_files
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.journey import Begun, Completed, begin, complete
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.port import BankPort
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.sandbox.server import serve_in_thread

CURRENT = "NL91ABNA0417164300"
BANK = "VOORBEELDBANK_VBBKNL2A"


def euros(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


COFFEE = {
    "internalTransactionId": "3f2d8c1b9a7e4f60",
    "bookingDate": "2026-06-30",
    "valueDate": "2026-06-30",
    "transactionAmount": euros("-2.80"),
    "creditorName": "Koffie",
    "remittanceInformationUnstructuredArray": ["BEA", "Koffie 18:02"],
}
SALARY = {
    "transactionId": "2026062500001",
    "internalTransactionId": "9b1c2d3e4f5a6b7c",
    "bookingDate": "2026-06-25",
    "transactionAmount": euros("2100.00"),
    "debtorName": "Werkgever BV",
    "debtorAccount": {"iban": "NL47TRIO0212345675"},
    "remittanceInformationUnstructured": "salaris juni",
    "bankTransactionCode": "PMNT-RCDT-SALA",
}
WAITING = {"valueDate": "2026-07-01", "transactionAmount": euros("-4.99"), "creditorName": "Streamdienst"}


@dataclass
class Books:
    """What the server knows, and which calls came in."""

    status: str = "LN"
    tokens: int = 0
    calls: list[tuple[str, str, Any]] = field(default_factory=list)
    accounts: dict[str, dict[str, str]] = field(
        default_factory=lambda: {"a-1": {"iban": CURRENT, "currency": "EUR"}}
    )
    refusals: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)

    def asked(self, path: str) -> list[Any]:
        return [told for _, called, told in self.calls if called == path]


def create_server(books: Books) -> FastAPI:
    """Make the server; `/api/v2` in front of every path."""
    app = FastAPI(openapi_url=None)
    app.state.books = books
    app.include_router(_api)

    @app.middleware("http")
    async def write_along(request: Request, call_next):
        path = request.url.path.removeprefix("/api/v2")
        told = await request.json() if await request.body() else dict(request.query_params)
        books.calls.append((request.method, path, told))
        if path in books.refusals:
            status, body = books.refusals[path]
            return JSONResponse(body, status)
        known = request.headers.get("Authorization") == f"Bearer access-{books.tokens}"
        if not known and not path.startswith("/token/"):
            return JSONResponse({"summary": "Invalid token", "detail": "Token is invalid"}, 401)
        return await call_next(request)

    return app


_api = APIRouter(prefix="/api/v2")


def _books(request: Request) -> Books:
    return request.app.state.books


def _tokens(request: Request, **more: Any) -> dict[str, Any]:
    _books(request).tokens += 1
    return {"access": f"access-{_books(request).tokens}", "access_expires": 86_400} | more


@_api.post("/token/new/")
async def new_token(request: Request):
    return _tokens(request, refresh="refresh-1", refresh_expires=2_592_000)


@_api.post("/token/refresh/")
async def renew_token(request: Request):
    return _tokens(request)


@_api.get("/institutions/")
async def institutions():
    other = {"id": "ANDERE_ANDRNL2A", "name": "Andere Bank", "transaction_total_days": "90"}
    ours = {"id": BANK, "name": "Voorbeeldbank", "transaction_total_days": "540"}
    return [other, ours | {"max_access_valid_for_days": "90"}]


@_api.post("/agreements/enduser/")
async def agree():
    return {"id": "e-1", "accepted": None}


@_api.get("/agreements/enduser/e-1/")
async def agreement(request: Request):
    accepted = "2026-07-01T12:00:00Z" if _books(request).status == "LN" else None
    return {"id": "e-1", "accepted": accepted, "access_valid_for_days": 90}


@_api.post("/requisitions/")
async def require(request: Request):
    link = f"{request.url.scheme}://{request.url.netloc}/psd2/start/r-1"
    return {"id": "r-1", "status": "CR", "link": link, "accounts": []}


@_api.get("/requisitions/r-1/")
async def requisition(request: Request):
    return {"id": "r-1", "status": _books(request).status, "accounts": list(_books(request).accounts)}


@_api.delete("/requisitions/r-1/")
async def end(request: Request):
    _books(request).status = "EX"
    return {"summary": "Requisition deleted"}


@_api.get("/accounts/{number}/")
async def account(request: Request, number: str):
    return {"id": number, "iban": _books(request).accounts[number]["iban"], "status": "READY"}


@_api.get("/accounts/{number}/details/")
async def details(request: Request, number: str):
    return {"account": _books(request).accounts[number]}


@_api.get("/accounts/{number}/balances/")
async def balances(number: str):
    booked = {"balanceType": "closingBooked", "balanceAmount": euros("2450.10")}
    credit = {"balanceType": "interimAvailable", "balanceAmount": euros("3450.10")}
    return {"balances": [booked, credit | {"creditLimitIncluded": True}]}


@_api.get("/accounts/{number}/transactions/")
async def transactions(number: str):
    return {"transactions": {"booked": [COFFEE, COFFEE, SALARY], "pending": [WAITING]}}


@dataclass
class Visit:
    """The server, open, and our way to it."""

    books: Books
    port: BankPort
    clock: Clock

    def begin(self, **options: str) -> Begun:
        chosen = options or {"aspsp": "Voorbeeldbank"}
        return begin(self.port, redirect_uri=CALLBACK, psu_ip=IP, clock=self.clock, options=chosen)

    def complete(self, begun: Begun, **answer: str) -> Completed:
        answer = answer or {"state": begun.state, "ref": begun.state}
        return complete(self.port, begun, answer=answer, psu_ip=IP, clock=self.clock)


@contextmanager
def open_server() -> Iterator[Visit]:
    """Open the server on a free port."""
    books, clock = Books(), Clock()
    bank = load_banks(data_files("connectors")).bank("eu.gocardless")
    with serve_in_thread(create_server(books)) as url:
        connections = Connections(
            bank,
            clock=clock,
            base_url=f"{url}/api/v2",
            credentials=Credentials(client_id="secret-id", client_secret="secret-key"),
            sleep=lambda _: None,
        )
        try:
            yield Visit(books, open_bank(connections), clock)
        finally:
            connections.close()
