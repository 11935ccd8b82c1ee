"""The sandbox bank's interface: consents, accounts, balances and transactions."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, StrictBool, StrictInt

from psd2_affordability.core.dates import iso_day
from psd2_affordability.sandbox.bank import statements
from psd2_affordability.sandbox.bank.faults import Faults, spoiled
from psd2_affordability.sandbox.bank.login import login_page, login_pages
from psd2_affordability.sandbox.bank.state import Clock, Consent, Refused, SandboxBank
from psd2_affordability.sandbox.model import BankedPerson

_DEFAULT_DAYS = 90

PresentIp = Annotated[str, Header(alias="PSU-IP-Address")]
ConsentId = Annotated[str, Header(alias="Consent-ID")]


def create_bank(
    people: Mapping[str, BankedPerson], clock: Clock, faults: Faults | None = None, *, page_size: int = 100
) -> FastAPI:
    """Make a sandbox bank.

    Args:
        people: its customers by key.
        clock: the time at the bank, with a time zone.
        faults: how it is to misbehave.
        page_size: transactions on one page.

    Returns:
        The bank as an ASGI application; its books are `app.state.bank`.
    """
    app = FastAPI(title="Sandbox Bank", openapi_url=None)
    app.state.bank = SandboxBank(people, clock, page_size)
    app.state.faults = faults or Faults()
    app.include_router(_consents)
    app.include_router(_accounts)
    app.include_router(login_pages)
    for kind in (Refused, RequestValidationError, 404, 405):
        app.add_exception_handler(kind, _error)
    return app


def _request_id(request: Request) -> None:
    """Insist on a request id: a UUID, in every call."""
    try:
        UUID(request.headers.get("X-Request-ID", ""))
    except ValueError:
        raise Refused(400, "FORMAT_ERROR", "X-Request-ID is not a UUID") from None


_consents = APIRouter(prefix="/v1/consents", dependencies=[Depends(_request_id)])
_accounts = APIRouter(prefix="/v1/accounts", dependencies=[Depends(_request_id)])


class Access(BaseModel, extra="forbid"):
    """What is asked: here always the accounts that the person picks at the bank."""

    accounts: list[Any] = Field(default=[], max_length=0)
    balances: list[Any] = Field(default=[], max_length=0)
    transactions: list[Any] = Field(default=[], max_length=0)


class ConsentBody(BaseModel, extra="forbid"):
    """A request for consent."""

    access: Access
    recurringIndicator: StrictBool  # noqa: N815 # the standard's own name
    validUntil: date  # noqa: N815 # the standard's own name
    frequencyPerDay: Annotated[StrictInt, Field(ge=1)]  # noqa: N815 # the standard's own name
    combinedServiceIndicator: Literal[False]  # noqa: N815 # the standard's own name


@_consents.post("")
async def create_consent(
    request: Request,
    body: ConsentBody,
    _ip: PresentIp,
    redirect: Annotated[str, Header(alias="TPP-Redirect-URI")],
    nok: Annotated[str | None, Header(alias="TPP-Nok-Redirect-URI")] = None,
) -> Response:
    """Create a consent and say where the person approves it."""
    for uri in (redirect, nok or redirect):
        if urlsplit(uri).scheme not in {"http", "https"}:
            raise Refused(400, "FORMAT_ERROR", "the redirect URI is no web address")
    consent = _bank(request).create(
        body.validUntil, body.frequencyPerDay, redirect, nok or redirect, recurring=body.recurringIndicator
    )
    here = f"/v1/consents/{consent.id}"
    answer = {
        "consentStatus": consent.status,
        "consentId": consent.id,
        "_links": {
            "scaRedirect": {"href": login_page(request, consent)},
            "self": {"href": here},
            "status": {"href": f"{here}/status"},
        },
    }
    headers = {"Location": f"{str(request.base_url).rstrip('/')}{here}", "ASPSP-SCA-Approach": "REDIRECT"}
    return _reply(request, "consents", answer, status=201, headers=headers)


@_consents.get("/{consent_id}")
async def read_consent(request: Request, consent_id: str) -> Response:
    """Tell how a consent stands."""
    consent = _bank(request).consent(consent_id)
    chosen = [{"iban": account.iban} for account in consent.accounts.values()]
    answer = {
        "access": {"accounts": chosen, "balances": chosen, "transactions": chosen},
        "recurringIndicator": consent.recurring,
        "validUntil": consent.valid_until.isoformat(),
        "frequencyPerDay": consent.frequency_per_day,
        "lastActionDate": consent.last_action.isoformat(),
        "consentStatus": consent.status,
    }
    return _reply(request, "consent", answer)


@_consents.get("/{consent_id}/status")
async def consent_status(request: Request, consent_id: str) -> Response:
    """Tell only the status."""
    return _reply(request, "status", {"consentStatus": _bank(request).consent(consent_id).status})


@_consents.delete("/{consent_id}")
async def delete_consent(request: Request, consent_id: str) -> Response:
    """End a consent at the wish of the party that asked for it."""
    _bank(request).end(consent_id, "terminatedByTpp")
    return Response(status_code=204, headers=_echo(request))


@_accounts.get("")
async def list_accounts(request: Request, consent_id: ConsentId) -> Response:
    """List the accounts that the person chose."""
    consent = _asked(request, consent_id, "", "accounts")
    told = [statements.account_details(number, account) for number, account in consent.accounts.items()]
    return _reply(request, "accounts", {"accounts": told})


@_accounts.get("/{account_id}/balances")
async def read_balances(request: Request, account_id: str, consent_id: ConsentId) -> Response:
    """State the balances of one account."""
    consent = _asked(request, consent_id, account_id, "balances")
    account = _bank(request).account(consent, account_id)
    answer = {
        "account": {"iban": account.iban},
        "balances": statements.balances(account, _bank(request).today()),
    }
    return _reply(request, "balances", answer, iban=account.iban)


@_accounts.get("/{account_id}/transactions")
async def read_transactions(request: Request, account_id: str, consent_id: ConsentId) -> Response:
    """State the transactions of one account, a page at a time."""
    bank, asked = _bank(request), request.query_params
    page = _number(asked.get("pageIndex", "0"))
    consent = _asked(request, consent_id, account_id, "transactions", follows=page > 0)
    account = bank.account(consent, account_id)
    status = asked.get("bookingStatus", "")
    if status not in {"booked", "pending", "both"}:
        raise Refused(400, "FORMAT_ERROR", "bookingStatus is booked, pending or both")
    first, last = _period(request, consent)
    size = _number(asked.get("itemsPerPage", str(bank.page_size))) or 1
    rows = [] if status == "pending" else statements.booked_newest_first(account, first, last)
    report: dict[str, Any] = {"_links": {"account": {"href": f"/v1/accounts/{account_id}"}}}
    if status != "pending":
        report["booked"] = rows[page * size : (page + 1) * size]
    if status != "booked":
        report["pending"] = statements.pending_newest_first(account, first, last) if page == 0 else []
    if (page + 1) * size < len(rows):
        onward = dict(asked) | {"pageIndex": str(page + 1), "itemsPerPage": str(size)}
        report["_links"]["next"] = {"href": f"{request.url.path}?{urlencode(onward)}"}
    answer = {"account": {"iban": account.iban}, "transactions": report}
    return _reply(request, "transactions", answer, page=page, iban=account.iban)


def _bank(request: Request) -> SandboxBank:
    bank: SandboxBank = request.app.state.bank
    return bank


def _asked(
    request: Request, consent_id: str, account_id: str, endpoint: str, *, follows: bool = False
) -> Consent:
    """Check the consent, and count the call when the person is not there and it opens no further page."""
    bank = _bank(request)
    consent = bank.usable(consent_id)
    if "PSU-IP-Address" not in request.headers and not follows:
        bank.count(consent, account_id, endpoint)
    return consent


def _period(request: Request, consent: Consent) -> tuple[date, date]:
    bank, asked = _bank(request), request.query_params
    today, earliest = bank.today(), bank.earliest(consent)
    default = date.fromordinal(today.toordinal() - _DEFAULT_DAYS)
    try:
        first = iso_day(asked["dateFrom"]) if "dateFrom" in asked else default
        last = iso_day(asked["dateTo"]) if "dateTo" in asked else today
    except ValueError as error:
        raise Refused(400, "FORMAT_ERROR", str(error)) from None
    if first < earliest or first > today or last < first:
        raise Refused(400, "PERIOD_INVALID", "transactions of that period are not given")
    return first, min(last, today)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Refused(400, "FORMAT_ERROR", "pageIndex and itemsPerPage are whole numbers")
    return int(text)


def _echo(request: Request) -> dict[str, str]:
    """Return the request id that came in, if any."""
    return {"X-Request-ID": request.headers["X-Request-ID"]} if "X-Request-ID" in request.headers else {}


def _reply(
    request: Request,
    endpoint: str,
    body: dict[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    page: int = 0,
    iban: str = "",
) -> Response:
    """Answer, rightly unless a fault is due."""
    sent = _echo(request) | dict(headers or {})
    faults: Faults = request.app.state.faults
    fault = faults.take(endpoint, page, iban)
    if fault:
        return spoiled(fault, body, sent, again=f"{request.url.path}?{request.url.query}")
    return JSONResponse(body, status, sent)


async def _error(request: Request, error: Exception) -> Response:
    """Answer an error in the standard's words."""
    refused = _refusal(error)
    message = {"category": "ERROR", "code": refused.code, "text": refused.text}
    return JSONResponse({"tppMessages": [message]}, refused.status, _echo(request) | refused.headers)


def _refusal(error: Exception) -> Refused:
    if isinstance(error, Refused):
        return error
    if isinstance(error, RequestValidationError):
        places = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors()})
        return Refused(400, "FORMAT_ERROR", f"not as it should be: {', '.join(places)}")
    if getattr(error, "status_code", 404) == 405:
        return Refused(405, "SERVICE_INVALID", "this cannot be done here")
    return Refused(404, "RESOURCE_UNKNOWN", "there is nothing here")
