"""The UK sandbox bank's interface: consents, accounts, balances and transactions."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Body, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import AwareDatetime, BaseModel, Field

from psd2_affordability.sandbox.bank.faults import Fault, Faults, Kind, spoiled
from psd2_affordability.sandbox.bank.login import login_pages
from psd2_affordability.sandbox.bank.state import MOST_PER_DAY, Clock, Consent, Refused, SandboxBank
from psd2_affordability.sandbox.model import BankedPerson
from psd2_affordability.sandbox.uk_bank.authorisation import approvals, oauth_refused
from psd2_affordability.sandbox.uk_bank.client import SandboxClient
from psd2_affordability.sandbox.uk_bank.statements import Statements, booked_at, end_of, moment
from psd2_affordability.sandbox.uk_bank.tokens import AuthorisationServer, OAuthRefused
from psd2_affordability.sandbox.uk_bank.wording import WORDINGS, Version, Wording

_NEEDED = frozenset({"ReadAccountsDetail", "ReadBalances", "ReadTransactionsDetail"})
_NARROWING = frozenset({"ReadTransactionsCredits", "ReadTransactionsDebits"})
_STATUSES = {"CONSENT_UNKNOWN": 400, "RESOURCE_UNKNOWN": 400, "CONSENT_EXPIRED": 403, "CONSENT_INVALID": 403}
_LONG_AGO = date(1970, 1, 1)
_INTERACTION = "x-fapi-interaction-id"


def create_uk_bank(
    people: Mapping[str, BankedPerson],
    clock: Clock,
    client: SandboxClient,
    faults: Faults | None = None,
    *,
    page_size: int = 100,
    version: Version = "4.0",
) -> FastAPI:
    """Make a sandbox bank that speaks UK Open Banking; it may hang under a path of a larger server.

    Args:
        people: its customers by key.
        clock: the time at the bank, with a time zone.
        client: the only one it knows.
        faults: how it is to misbehave.
        page_size: transactions on one page.
        version: of the standard, in whose words it answers.

    Returns:
        The bank as an ASGI application; its books are `app.state.bank`.
    """
    app = FastAPI(title="Sandbox Bank (UK Open Banking)", openapi_url=None)
    app.state.bank = SandboxBank(people, clock, page_size)
    app.state.faults = faults or Faults()
    app.state.clock = clock
    app.state.authorisation = AuthorisationServer(client, app.state.bank, clock)
    app.state.statements = Statements(version)
    app.state.wording = WORDINGS[version]
    for part in (approvals, login_pages, _consents, _accounts):
        app.include_router(part)
    app.add_exception_handler(OAuthRefused, oauth_refused)
    for kind in (Refused, RequestValidationError, 404, 405):
        app.add_exception_handler(kind, _error)
    return app


_consents = APIRouter(prefix="/account-access-consents")
_accounts = APIRouter(prefix="/accounts")


class Wanted(BaseModel, extra="forbid"):
    """What a consent is asked for."""

    Permissions: Annotated[list[str], Field(min_length=1)]
    ExpirationDateTime: AwareDatetime
    TransactionFromDateTime: AwareDatetime | None = None
    TransactionToDateTime: AwareDatetime | None = None


@_consents.post("")
async def create_consent(
    request: Request,
    wanted: Annotated[Wanted, Body(alias="Data")],
    risk: Annotated[dict[str, Any], Body(alias="Risk")],
) -> Response:
    """Create a consent that waits for a signed request and a person's approval."""
    _require_own_token(request)
    asked = set(wanted.Permissions)
    if risk or not asked >= _NEEDED or not asked & _NARROWING:
        raise Refused(400, "FORMAT_ERROR", "the permissions are no combination that this bank gives")
    consent = _bank(request).create(
        (wanted.ExpirationDateTime - timedelta(seconds=1)).date(), MOST_PER_DAY, "", "", recurring=True
    )
    told = _consent_told(request, consent) | {"Permissions": wanted.Permissions}
    if wanted.TransactionFromDateTime:
        told["TransactionFromDateTime"] = moment(wanted.TransactionFromDateTime)
    return _reply(request, "consents", told, status=201, risk=True)


@_consents.get("/{consent_id}")
async def read_consent(request: Request, consent_id: str) -> Response:
    """Tell how a consent stands."""
    _require_own_token(request)
    consent = _bank(request).consent(consent_id)
    return _reply(request, "consent", _consent_told(request, consent), risk=True)


@_consents.delete("/{consent_id}")
async def delete_consent(request: Request, consent_id: str) -> Response:
    """End a consent at the wish of the party that asked for it."""
    _require_own_token(request)
    _bank(request).end(consent_id, "terminatedByTpp")
    return Response(status_code=204, headers=_echo(request))


@_accounts.get("")
async def list_accounts(request: Request) -> Response:
    """List the accounts that the person chose."""
    consent = _asked(request, "", "accounts")
    statements: Statements = request.app.state.statements
    holders = {
        account.iban: person.display_name
        for person in _bank(request).people.values()
        for account in person.accounts
    }
    told = [
        statements.account(number, account, holders[account.iban])
        for number, account in consent.accounts.items()
    ]
    return _reply(request, "accounts", {"Account": told})


@_accounts.get("/{account_id}/balances")
async def read_balances(request: Request, account_id: str) -> Response:
    """State the balances of one account."""
    consent = _asked(request, account_id, "balances")
    account = _bank(request).account(consent, account_id)
    told = request.app.state.statements.balances(account_id, account, request.app.state.clock())
    return _reply(request, "balances", {"Balance": told}, iban=account.iban)


@_accounts.get("/{account_id}/transactions")
async def read_transactions(request: Request, account_id: str) -> Response:
    """State the transactions of one account, a page at a time; older ones than it gives are left out."""
    bank, asked = _bank(request), request.query_params
    page = int(asked["page"]) if re.fullmatch("[0-9]{1,6}", asked.get("page", "")) else 0
    consent = _asked(request, account_id, "transactions", follows=page > 0)
    account = bank.account(consent, account_id)
    since, given_from = _since(request, consent)
    until = _moment(request, "toBookingDateTime") or request.app.state.clock()
    rows = request.app.state.statements.newest_first(account_id, account, since, until)
    size = bank.page_size
    meta: dict[str, Any] = {"TotalPages": max(1, -(-len(rows) // size))}
    if given_from:
        meta["FirstAvailableDateTime"] = moment(given_from)
    links = {}
    if (page + 1) * size < len(rows):
        links["Next"] = str(request.url.include_query_params(page=page + 1))
    told = {"Transaction": rows[page * size : (page + 1) * size]}
    return _reply(request, "transactions", told, page=page, iban=account.iban, links=links, meta=meta)


def _bank(request: Request) -> SandboxBank:
    bank: SandboxBank = request.app.state.bank
    return bank


def _consent_behind(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    server: AuthorisationServer = request.app.state.authorisation
    return server.consent_behind(token if scheme == "Bearer" else "")


def _require_own_token(request: Request) -> None:
    if _consent_behind(request):
        raise Refused(403, "TOKEN_INVALID", "consents are opened by the client's own token")


def _asked(request: Request, account_id: str, endpoint: str, *, follows: bool = False) -> Consent:
    """Check the consent, and count the call when the person is not there and it opens no further page."""
    bank, consent_id = _bank(request), _consent_behind(request)
    if not consent_id:
        raise Refused(403, "TOKEN_INVALID", "data are opened by a token that a person approved")
    consent = bank.usable(consent_id)
    if "x-fapi-customer-ip-address" not in request.headers and not follows:
        bank.count(consent, account_id, endpoint)
    return consent


def _consent_told(request: Request, consent: Consent) -> dict[str, Any]:
    wording: Wording = request.app.state.wording
    return {
        "ConsentId": consent.id,
        "CreationDateTime": moment(consent.created_at),
        "Status": wording.consents[consent.status],
        "StatusUpdateDateTime": moment(consent.approved_at or consent.created_at),
        "Permissions": sorted(_NEEDED | _NARROWING),
        "ExpirationDateTime": moment(end_of(consent.valid_until)),
    }


def _since(request: Request, consent: Consent) -> tuple[datetime, datetime | None]:
    """Return from when the entries are told, and from when they are given at all where that is limited."""
    asked = _moment(request, "fromBookingDateTime") or booked_at(_LONG_AGO)
    earliest = _bank(request).earliest(consent)
    if earliest <= _LONG_AGO:
        return asked, None
    return max(asked, booked_at(earliest)), booked_at(earliest)


def _moment(request: Request, name: str) -> datetime | None:
    said = request.query_params.get(name)
    if said is None:
        return None
    try:
        found = datetime.fromisoformat(said)
        return found if found.tzinfo else found.astimezone()
    except ValueError:
        raise Refused(400, "FORMAT_ERROR", f"{name} is no moment") from None


def _echo(request: Request) -> dict[str, str]:
    """Return the number of the interaction that came in, if any."""
    return {_INTERACTION: request.headers[_INTERACTION]} if _INTERACTION in request.headers else {}


def _reply(  # noqa: PLR0913 -- all but the first three are named
    request: Request,
    endpoint: str,
    data: dict[str, Any],
    *,
    status: int = 200,
    page: int = 0,
    iban: str = "",
    risk: bool = False,
    links: Mapping[str, str] | None = None,
    meta: Mapping[str, Any] | None = None,
) -> Response:
    """Answer, rightly unless a fault is due."""
    body = {
        "Data": data,
        **({"Risk": {}} if risk else {}),
        "Links": {"Self": str(request.url), **(links or {})},
        "Meta": dict(meta or {"TotalPages": 1}),
    }
    fault = request.app.state.faults.take(endpoint, page, iban)
    if fault:
        again = str(request.url.include_query_params(again=1))
        return spoiled(fault, body, _echo(request), again, _bent)
    return JSONResponse(body, status, _echo(request))


def _bent(fault: Fault, body: dict[str, Any], again: str) -> dict[str, Any]:
    """Return an answer of the right shape whose content misleads."""
    links, rows = dict(body["Links"]), list(body["Data"]["Transaction"])
    match fault.kind:
        case Kind.NEXT_ELSEWHERE:
            links["Next"] = f"{fault.elsewhere}/accounts"
        case Kind.CIRCLE:
            links["Next"] = again
        case Kind.ENDLESS_PAGES:
            links["Next"] = f"{again}&step={fault.times}"
        case Kind.EMPTY_PAGE:
            rows = []
        case _:
            rows[0] = rows[0] | {"Amount": {"Currency": "EUR", "Amount": "1E+2"}}
    return body | {"Data": {"Transaction": rows}, "Links": links}


async def _error(request: Request, error: Exception) -> Response:
    """Answer an error in the standard's words."""
    wording: Wording = request.app.state.wording
    refused = _refusal(error)
    status = _STATUSES.get(refused.code, refused.status)
    told = {"ErrorCode": wording.errors.get(refused.code, wording.other_error), "Message": refused.text}
    body = {"Code": str(status), "Message": "Refused", "Errors": [told]}
    return JSONResponse(body, status, _echo(request) | refused.headers)


def _refusal(error: Exception) -> Refused:
    if isinstance(error, Refused):
        return error
    if isinstance(error, RequestValidationError):
        places = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors()})
        return Refused(400, "FORMAT_ERROR", f"not as it should be: {', '.join(places)}"[:500])
    return Refused(getattr(error, "status_code", 404), "UNKNOWN", "there is nothing of that kind here")
