"""The own-interface sandbox bank's pages and endpoints."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from psd2_affordability.core.dates import add_months, iso_day
from psd2_affordability.sandbox.abn_bank import statements
from psd2_affordability.sandbox.abn_bank.tokens import Registration, Tokens
from psd2_affordability.sandbox.bank.faults import Fault, Faults, Kind, spoiled
from psd2_affordability.sandbox.bank.login import login_page, login_pages
from psd2_affordability.sandbox.bank.state import Clock, Consent, Refused, SandboxBank
from psd2_affordability.sandbox.model import BankedAccount, BankedPerson

_HISTORY_MONTHS = 18
_LAST = 50

_api = APIRouter()


def create_abn_bank(
    people: Mapping[str, BankedPerson],
    clock: Clock,
    faults: Faults | None = None,
    *,
    registration: Registration,
    page_size: int = 50,
) -> FastAPI:
    """Make a sandbox bank with an interface of its own.

    Args:
        people: its customers by key.
        clock: the time at the bank, with a time zone.
        faults: how it is to misbehave.
        registration: who may call it.
        page_size: entries on one page.

    Returns:
        The bank as an ASGI application; its books are `app.state.bank`.
    """
    app = FastAPI(title="Sandbox Bank (own interface)", openapi_url=None)
    app.state.bank = SandboxBank(people, clock, page_size, one_account=True)
    app.state.tokens = Tokens(app.state.bank, clock)
    app.state.faults = faults or Faults()
    app.state.registration = registration
    app.include_router(_api)
    app.include_router(login_pages)
    for kind in (Refused, 404, 405):
        app.add_exception_handler(kind, _error)
    return app


@_api.get("/as/authorization.oauth2")
async def ask(request: Request) -> Response:
    """Take a request for approval, and lead the person to the login page."""
    asked = dict(request.query_params)
    wanted = {"response_type": "code", "bank": "NLAA01", "flow": "code", "code_challenge_method": "S256"}
    known = asked.get("client_id") == request.app.state.registration.client_id
    whole = all(asked.get(name) for name in ("redirect_uri", "state", "scope", "code_challenge"))
    if not known or not whole or any(asked.get(name) != value for name, value in wanted.items()):
        raise Refused(400, "BAD_REQUEST", "the request is not in order")
    consent = _tokens(request).ask(asked["redirect_uri"], asked["state"], asked["code_challenge"])
    return RedirectResponse(login_page(request, consent), 303)


@_api.post("/as/token.oauth2")
async def token(request: Request) -> Response:
    """Issue tokens for a code or a refresh token."""
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    if form.get("client_id") != request.app.state.registration.client_id:
        return JSONResponse({"error": "invalid_client"}, 401)
    answer = _tokens(request).exchanged(form)
    if answer is None:
        return JSONResponse({"error": "invalid_grant"}, 400)
    return _reply(request, "token", answer)


@_api.get("/v1/consentinfo")
async def consent_info(request: Request) -> Response:
    """Tell what the token opens."""
    consent, until = _opened(request)
    answer = {
        "scopes": "psd2:account:transaction:read psd2:account:balance:read psd2:account:details:read",
        "iban": _only(consent).iban,
        "valid": str(int(until.timestamp())),
    }
    return _reply(request, "consent", answer)


@_api.get("/v1/accounts/{iban}/balances")
async def read_balance(request: Request, iban: str) -> Response:
    """State the booked balance of the account."""
    account = _asked(request, iban, "balances")
    answer = statements.booked_balance(account, _bank(request).today())
    return _reply(request, "balances", answer, iban=iban)


@_api.get("/v1/accounts/{iban}/transactions")
async def read_transactions(request: Request, iban: str) -> Response:
    """List entries of the account: from a day on a page at a time, or without one the last fifty."""
    key = request.query_params.get("nextPageKey", "")
    account = _asked(request, iban, "transactions", follows=bool(key))
    first, last = _period(request)
    rows = statements.booked_newest_first(account, first, last)
    if "bookDateFrom" not in request.query_params:
        return _reply(
            request, "transactions", {"accountNumber": iban, "transactions": rows[:_LAST]}, iban=iban
        )
    page, size = _page(key), _bank(request).page_size
    answer: dict[str, Any] = {"accountNumber": iban, "transactions": rows[page * size : (page + 1) * size]}
    if (page + 1) * size < len(rows):
        answer["nextPageKey"] = f"page-{page + 1}"
    return _reply(request, "transactions", answer, page=page, iban=iban)


def _bank(request: Request) -> SandboxBank:
    bank: SandboxBank = request.app.state.bank
    return bank


def _tokens(request: Request) -> Tokens:
    tokens: Tokens = request.app.state.tokens
    return tokens


def _opened(request: Request) -> tuple[Consent, Any]:
    """Check key and token, and return the consent behind it."""
    if request.headers.get("API-Key") != request.app.state.registration.api_key:
        raise Refused(401, "INVALID_API_KEY", "the key of the app is not valid")
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return _tokens(request).consent(token if scheme == "Bearer" else "")


def _only(consent: Consent) -> BankedAccount:
    """Return the account of a consent: here a person gives one at a time."""
    return next(iter(consent.accounts.values()))


def _asked(request: Request, iban: str, endpoint: str, *, follows: bool = False) -> BankedAccount:
    consent, _ = _opened(request)
    account = _only(consent)
    if account.iban != iban:
        raise Refused(404, "NOT_FOUND", "the account is not under this consent")
    if not follows and consent.approved_at is not None and _bank(request).earliest(consent) != date.min:
        _bank(request).count(consent, iban, endpoint)
    return account


def _period(request: Request) -> tuple[date, date]:
    asked, today = request.query_params, _bank(request).today()
    earliest = add_months(today, -_HISTORY_MONTHS)
    try:
        first = iso_day(asked.get("bookDateFrom", earliest.isoformat()))
        last = iso_day(asked.get("bookDateTo", today.isoformat()))
    except ValueError as error:
        raise Refused(400, "BAD_REQUEST", str(error)) from None
    if first < earliest:
        raise Refused(400, "BAD_REQUEST", "the history is eighteen months")
    return first, last


def _page(key: str) -> int:
    if not key:
        return 0
    name, _, number = key.partition("-")
    if name != "page" or not (number.isascii() and number.isdigit() and len(number) < 7):
        raise Refused(400, "BAD_REQUEST", "nextPageKey is not one of ours")
    return int(number)


def _reply(
    request: Request, endpoint: str, body: dict[str, Any], *, page: int = 0, iban: str = ""
) -> Response:
    """Answer, rightly unless a fault is due."""
    faults: Faults = request.app.state.faults
    fault = faults.take(endpoint, page, iban)
    return spoiled(fault, body, {}, again="", bend=_bent) if fault else JSONResponse(body)


def _bent(fault: Fault, body: dict[str, Any], _again: str) -> dict[str, Any]:
    """Return an answer of the right shape whose content misleads."""
    match fault.kind:
        case Kind.CIRCLE:
            return body | {"nextPageKey": "page-0"}
        case Kind.ENDLESS_PAGES:
            return body | {"nextPageKey": f"page-{fault.times}"}
        case Kind.EMPTY_PAGE:
            return body | {"transactions": []}
        case _:
            rows = body["transactions"]
            return body | {"transactions": [rows[0] | {"amount": "1E+2"}, *rows[1:]]}


async def _error(request: Request, error: Exception) -> Response:
    """Answer an error in this bank's words."""
    del request
    status = error.status if isinstance(error, Refused) else getattr(error, "status_code", 404)
    code = error.code if isinstance(error, Refused) else "NOT_FOUND"
    told = {
        "code": f"ERR_{status}0_001",
        "message": str(error),
        "reference": "https://sandbox.example/errors",
        "traceId": "00000000-0000-4000-8000-000000000000",
        "status": status,
        "category": code,
    }
    headers = error.headers if isinstance(error, Refused) else {}
    return JSONResponse({"errors": [told]}, status, headers)
