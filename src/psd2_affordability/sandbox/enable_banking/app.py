"""The sandbox aggregator's interface: banks, authorisations, sessions and the data of accounts."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import AwareDatetime, BaseModel, Field

from psd2_affordability.core.dates import iso_day
from psd2_affordability.sandbox.bank.faults import Fault, Faults, Kind, spoiled
from psd2_affordability.sandbox.bank.login import login_page, login_pages
from psd2_affordability.sandbox.bank.state import Clock, Consent, Refused, with_query
from psd2_affordability.sandbox.enable_banking import statements
from psd2_affordability.sandbox.enable_banking.application import Application, check_token
from psd2_affordability.sandbox.enable_banking.quirks import Quirks
from psd2_affordability.sandbox.enable_banking.sessions import Session, Sessions
from psd2_affordability.sandbox.model import BankedPerson

_PSU = "psu-"


def create_enable_banking(
    people: Mapping[str, BankedPerson],
    clock: Clock,
    faults: Faults | None = None,
    *,
    application: Application,
    page_size: int = 100,
    quirks: Quirks | None = None,
    psu_headers: Sequence[str] = ("Psu-Ip-Address",),
) -> FastAPI:
    """Make a sandbox aggregator.

    Args:
        people: customers of its one bank by key.
        clock: the time there, with a time zone.
        faults: how it is to misbehave.
        application: who may call it.
        page_size: transactions on one page.
        quirks: habits of the bank behind it.
        psu_headers: what that bank wants to know of a person who is present.

    Returns:
        The aggregator as an ASGI application; its books are `app.state.bank`.
    """
    app = FastAPI(title="Sandbox Aggregator", openapi_url=None)
    app.state.bank = Sessions(people, clock, page_size)
    app.state.faults = faults or Faults()
    app.state.application = application
    app.state.quirks = quirks or Quirks()
    app.state.psu_headers = tuple(psu_headers)
    app.include_router(_api)
    app.include_router(login_pages)
    for kind in (Refused, RequestValidationError, 404, 405):
        app.add_exception_handler(kind, _error)
    return app


def _signed(request: Request) -> None:
    """Insist on a token of the application in every call."""
    state = request.app.state
    check_token(request.headers.get("Authorization", ""), state.application, state.bank.now)


_api = APIRouter(dependencies=[Depends(_signed)])


class Aspsp(BaseModel):
    """A bank, as it is chosen."""

    name: str
    country: str


class Access(BaseModel):
    """What is asked, and until when."""

    balances: bool = True
    transactions: bool = True
    valid_until: AwareDatetime


class AuthBody(BaseModel):
    """A request for authorisation."""

    access: Access
    aspsp: Aspsp
    state: str
    redirect_url: Annotated[str, Field(pattern=r"^https?://")]
    psu_type: Literal["personal", "business"] = "personal"


class SessionBody(BaseModel):
    """The code that the person came back with."""

    code: str


@_api.get("/aspsps")
async def list_aspsps(request: Request, country: str = "") -> Response:
    """List the banks behind the aggregator: one."""
    bank = statements.BANK | {
        "logo": "https://sandbox.example/logo/",
        "psu_types": ["personal"],
        "auth_methods": [{"psu_type": "personal", "approach": "REDIRECT", "hidden_method": False}],
        "maximum_consent_validity": int(_bank(request).longest.total_seconds()),
        "beta": False,
        "required_psu_headers": list(request.app.state.psu_headers),
    }
    return _reply(request, "aspsps", {"aspsps": [bank] if country in ("", bank["country"]) else []})


@_api.post("/auth")
async def start(request: Request, body: AuthBody) -> Response:
    """Prepare a session and say where the person approves it."""
    if body.aspsp.model_dump() != statements.BANK:
        raise Refused(422, "WRONG_ASPSP_PROVIDED", "Wrong ASPSP name provided")
    bank = _bank(request)
    session = bank.start(
        body.access.valid_until,
        approved=lambda code: with_query(body.redirect_url, state=body.state, code=code),
        refused=with_query(body.redirect_url, state=body.state, error="access_denied"),
    )
    answer = {
        "url": login_page(request, session.consent),
        "authorization_id": session.consent.id,
        "psu_id_hash": session.psu_id_hash,
    }
    return _reply(request, "consents", answer)


@_api.post("/sessions")
async def open_session(request: Request, body: SessionBody) -> Response:
    """Open the session that a code is for."""
    session = _bank(request).open(body.code)
    answer = {
        "session_id": session.id,
        "accounts": [
            statements.account_resource(uid, account, session.holder)
            for uid, account in session.consent.accounts.items()
        ],
        "aspsp": statements.BANK,
        "psu_type": "personal",
        "access": _access(session),
    }
    return _reply(request, "consent", answer)


@_api.get("/sessions/{session_id}")
async def read_session(request: Request, session_id: str) -> Response:
    """Tell how a session stands."""
    session = _bank(request).session(session_id)
    told = [
        {
            "uid": uid,
            "identification_hash": statements.identification_hash(account),
            "identification_hashes": [statements.identification_hash(account)],
        }
        for uid, account in session.consent.accounts.items()
    ]
    answer = {
        "status": session.status,
        "accounts": list(session.consent.accounts),
        "accounts_data": told,
        "aspsp": statements.BANK,
        "psu_type": "personal",
        "psu_id_hash": session.psu_id_hash,
        "access": _access(session),
        "created": session.created.isoformat(),
        "authorized": session.created.isoformat(),
    }
    return _reply(request, "status", answer)


@_api.delete("/sessions/{session_id}")
async def close_session(request: Request, session_id: str) -> Response:
    """Close a session, and the consent under it."""
    session = _bank(request).session(session_id)
    _bank(request).end(session.consent.id, "terminatedByTpp")
    return JSONResponse({"message": "OK"})


@_api.get("/accounts/{uid}/balances")
async def read_balances(request: Request, uid: str) -> Response:
    """State the balances of one account."""
    session = _asked(request, uid, "balances")
    account = session.consent.accounts[uid]
    told = statements.balances(account, _bank(request).today())
    return _reply(request, "balances", {"balances": told}, iban=account.iban)


@_api.get("/accounts/{uid}/transactions")
async def read_transactions(request: Request, uid: str) -> Response:
    """State the transactions of one account, a page at a time."""
    bank, asked = _bank(request), dict(request.query_params)
    page = bank.page(asked.pop("continuation_key", ""), uid, asked)
    session = _asked(request, uid, "transactions", follows=page is not None)
    account = session.consent.accounts[uid]
    first, last = _period(request, session.consent)
    rows = statements.transactions(
        account,
        first,
        last,
        status=asked.get("transaction_status", ""),
        holder=session.holder,
        quirks=request.app.state.quirks,
    )
    number = page or 0
    start_at, end_at = number * bank.page_size, (number + 1) * bank.page_size
    answer: dict[str, Any] = {"transactions": rows[start_at:end_at]}
    if end_at < len(rows):
        answer["continuation_key"] = bank.key(number + 1, uid, asked)
    return _reply(request, "transactions", answer, page=number, iban=account.iban)


def _bank(request: Request) -> Sessions:
    bank: Sessions = request.app.state.bank
    return bank


def _access(session: Session) -> dict[str, Any]:
    return {"balances": True, "transactions": True, "valid_until": session.valid_until.isoformat()}


def _asked(request: Request, uid: str, endpoint: str, *, follows: bool = False) -> Session:
    """Check the session, and count the call when the person is not there and it opens no further page."""
    session = _bank(request).of_account(uid)
    given = {name for name in request.headers if name.startswith(_PSU)}
    wanted = {name.lower() for name in request.app.state.psu_headers}
    if given and not wanted <= given:
        raise Refused(422, "PSU_HEADER_NOT_PROVIDED", "Required PSU header is not provided")
    if not given and not follows:
        _bank(request).count(session.consent, uid, endpoint)
    return session


def _period(request: Request, consent: Consent) -> tuple[date, date]:
    bank, asked = _bank(request), request.query_params
    today, earliest = bank.today(), bank.earliest(consent)
    try:
        first = iso_day(asked.get("date_from", (today - timedelta(days=90)).isoformat()))
        last = iso_day(asked.get("date_to", today.isoformat()))
    except ValueError as error:
        raise Refused(422, "WRONG_REQUEST_PARAMETERS", str(error)) from None
    if first > today:
        raise Refused(422, "DATE_FROM_IN_FUTURE", "date_from can not be in the future")
    if asked.get("strategy", "default") == "longest":
        return max(first, earliest), today
    if first < earliest or last < first:
        raise Refused(422, "WRONG_TRANSACTIONS_PERIOD", "Wrong transactions period requested")
    return first, min(last, today)


def _reply(
    request: Request, endpoint: str, body: dict[str, Any], *, page: int = 0, iban: str = ""
) -> Response:
    """Answer, rightly unless a fault is due."""
    faults: Faults = request.app.state.faults
    fault = faults.take(endpoint, page, iban)
    if fault:
        return spoiled(fault, body, {}, again="", bend=_bent)
    return JSONResponse(body)


def _bent(fault: Fault, body: dict[str, Any], _again: str) -> dict[str, Any]:
    """Return an answer of the right shape whose content misleads."""
    rows = body["transactions"]
    match fault.kind:
        case Kind.CIRCLE:
            return body | {"continuation_key": "string"}
        case Kind.ENDLESS_PAGES:
            return body | {"continuation_key": f"string {fault.times}"}
        case Kind.EMPTY_PAGE:
            return body | {"transactions": []}
        case _:
            bad = rows[0] | {"transaction_amount": {"currency": "EUR", "amount": "1E+2"}}
            return body | {"transactions": [bad, *rows[1:]]}


_CODES = {
    "ACCESS_EXCEEDED": (429, "ASPSP_RATE_LIMIT_EXCEEDED"),
    "INTERNAL_SERVER_ERROR": (500, "ASPSP_ERROR"),
    "CONSENT_EXPIRED": (401, "EXPIRED_SESSION"),
    "CONSENT_UNKNOWN": (404, "SESSION_DOES_NOT_EXIST"),
}


async def _error(request: Request, error: Exception) -> Response:
    """Answer an error in the aggregator's words."""
    del request
    refused = _refusal(error)
    status, code = _CODES.get(refused.code, (refused.status, refused.code))
    told = {"message": refused.text, "code": status, "error": code, "detail": None}
    return JSONResponse(told, status, refused.headers)


def _refusal(error: Exception) -> Refused:
    if isinstance(error, Refused):
        return error
    if isinstance(error, RequestValidationError):
        places = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors()})
        return Refused(422, "WRONG_REQUEST_PARAMETERS", f"Wrong request parameters: {', '.join(places)}")
    return Refused(getattr(error, "status_code", 404), "WRONG_REQUEST_PARAMETERS", "there is nothing here")
