"""How the sandbox bank answers: in the standard's words, rightly unless a fault is due."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response

from psd2_affordability.sandbox.bank.faults import Faults, spoiled
from psd2_affordability.sandbox.bank.habits import Habits
from psd2_affordability.sandbox.bank.oauth import AuthorisationServer
from psd2_affordability.sandbox.bank.state import Consent, Refused, SandboxBank


def request_id(request: Request) -> None:
    """Insist on a request id: a UUID, in every call."""
    try:
        UUID(request.headers.get("X-Request-ID", ""))
    except ValueError:
        raise Refused(400, "FORMAT_ERROR", "X-Request-ID is not a UUID") from None


def bank_of(request: Request) -> SandboxBank:
    """Return the books of the bank that is asked."""
    bank: SandboxBank = request.app.state.bank
    return bank


def habits_of(request: Request) -> Habits:
    """Return the ways of the bank that is asked."""
    habits: Habits = request.app.state.habits
    return habits


def consent_asked(
    request: Request, consent_id: str, account_id: str, endpoint: str, *, follows: bool = False
) -> Consent:
    """Check token and consent, and count the call unless the person is there or it opens a further page."""
    bank = bank_of(request)
    if habits_of(request).has_tokens:
        server: AuthorisationServer = request.app.state.oauth
        server.check(request.headers.get("Authorization", ""), consent_id)
    consent = bank.usable(consent_id)
    if "PSU-IP-Address" not in request.headers and not follows:
        bank.count(consent, account_id, endpoint)
    return consent


def reply(
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
    sent = echo(request) | dict(headers or {})
    faults: Faults = request.app.state.faults
    fault = faults.take(endpoint, page, iban)
    if fault:
        return spoiled(fault, body, sent, again=f"{request.url.path}?{request.url.query}")
    return JSONResponse(body, status, sent)


def echo(request: Request) -> dict[str, str]:
    """Return the request id that came in, if any."""
    return {"X-Request-ID": request.headers["X-Request-ID"]} if "X-Request-ID" in request.headers else {}


async def error(request: Request, raised: Exception) -> Response:
    """Answer an error in the standard's words."""
    refused = _refusal(raised)
    message = {"category": "ERROR", "code": refused.code, "text": refused.text}
    return JSONResponse({"tppMessages": [message]}, refused.status, echo(request) | refused.headers)


def _refusal(raised: Exception) -> Refused:
    if isinstance(raised, Refused):
        return raised
    if isinstance(raised, RequestValidationError):
        places = sorted({".".join(str(part) for part in one["loc"]) for one in raised.errors()})
        return Refused(400, "FORMAT_ERROR", f"not as it should be: {', '.join(places)}")
    if getattr(raised, "status_code", 404) == 405:
        return Refused(405, "SERVICE_INVALID", "this cannot be done here")
    return Refused(404, "RESOURCE_UNKNOWN", "there is nothing here")
