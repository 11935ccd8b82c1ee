"""The sandbox bank's interface for consents."""

from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field, StrictBool, StrictInt

from psd2_affordability.sandbox.bank.answering import bank_of, echo, habits_of, reply, request_id
from psd2_affordability.sandbox.bank.login import home_of, login_page
from psd2_affordability.sandbox.bank.oauth import METADATA, AuthorisationServer, issuer_of
from psd2_affordability.sandbox.bank.state import Consent, Refused

consents = APIRouter(prefix="/v1/consents", dependencies=[Depends(request_id)])

PresentIp = Annotated[str, Header(alias="PSU-IP-Address")]


class ChosenAtBank(BaseModel, extra="forbid"):
    """What is asked: the accounts that the person picks at the bank."""

    accounts: list[Any] = Field(default=[], max_length=0)
    balances: list[Any] = Field(default=[], max_length=0)
    transactions: list[Any] = Field(default=[], max_length=0)


class Everything(BaseModel, extra="forbid"):
    """What is asked: whatever the person has, and agrees to give."""

    allPsd2: Literal["allAccounts"]  # noqa: N815 # the standard's own name


class ConsentBody(BaseModel, extra="forbid"):
    """A request for consent."""

    access: ChosenAtBank | Everything
    recurringIndicator: StrictBool  # noqa: N815 # the standard's own name
    validUntil: date  # noqa: N815 # the standard's own name
    frequencyPerDay: Annotated[StrictInt, Field(ge=1)]  # noqa: N815 # the standard's own name
    combinedServiceIndicator: Literal[False]  # noqa: N815 # the standard's own name


@consents.post("")
async def create_consent(
    request: Request,
    body: ConsentBody,
    _ip: PresentIp,
    redirect: Annotated[str, Header(alias="TPP-Redirect-URI")] = "",
    nok: Annotated[str, Header(alias="TPP-Nok-Redirect-URI")] = "",
) -> Response:
    """Create a consent and say where the person approves it."""
    habits = habits_of(request)
    for uri in (redirect, nok or redirect):
        if not (habits.in_app and not uri) and urlsplit(uri).scheme not in {"http", "https"}:
            raise Refused(400, "FORMAT_ERROR", "the redirect URI is no web address")
    back = ("", "") if habits.in_app else (redirect, nok or redirect)
    consent = bank_of(request).create(
        body.validUntil, body.frequencyPerDay, *back, recurring=body.recurringIndicator
    )
    if habits.approach == "oauth_first":
        _server(request).adopt(request.headers.get("Authorization", ""), consent.id)
    here = f"/v1/consents/{consent.id}"
    links = _way_on(request, consent) | {"self": here, "status": f"{here}/status"}
    answer = {
        "consentStatus": consent.status,
        "consentId": consent.id,
        "_links": links if habits.plain_links else {name: {"href": link} for name, link in links.items()},
    }
    headers = {
        "Location": f"{home_of(request)}{here}",
        "ASPSP-SCA-Approach": "DECOUPLED" if habits.in_app else "REDIRECT",
    }
    return reply(request, "consents", answer, status=201, headers=headers)


@consents.get("/{consent_id}")
async def read_consent(request: Request, consent_id: str) -> Response:
    """Tell how a consent stands."""
    consent = _known(request, consent_id)
    chosen = [{"iban": account.iban} for account in consent.accounts.values() if account.kind != "CARD"]
    answer = {
        "access": {"accounts": chosen, "balances": chosen, "transactions": chosen},
        "recurringIndicator": consent.recurring,
        "validUntil": consent.valid_until.isoformat(),
        "frequencyPerDay": consent.frequency_per_day,
        "lastActionDate": consent.last_action.isoformat(),
        "consentStatus": consent.status,
    }
    return reply(request, "consent", answer)


@consents.get("/{consent_id}/status")
async def consent_status(request: Request, consent_id: str) -> Response:
    """Tell only the status."""
    return reply(request, "status", {"consentStatus": _known(request, consent_id).status})


@consents.delete("/{consent_id}")
async def delete_consent(request: Request, consent_id: str) -> Response:
    """End a consent at the wish of the party that asked for it."""
    _known(request, consent_id)
    bank_of(request).end(consent_id, "terminatedByTpp")
    return Response(status_code=204, headers=echo(request))


def _way_on(request: Request, consent: Consent) -> dict[str, str]:
    """Return the link by which the person approves; none when the bank asks them in its app."""
    match habits_of(request).approach:
        case "redirect":
            return {"scaRedirect": login_page(request, consent)}
        case "oauth":
            return {"scaOAuth": f"{issuer_of(request)}{METADATA}"}
        case "oauth_first" | "decoupled":
            return {}


def _known(request: Request, consent_id: str) -> Consent:
    """Return a consent; where a login stands before it, to that login alone."""
    if habits_of(request).approach == "oauth_first":
        _server(request).check(request.headers.get("Authorization", ""), consent_id)
    return bank_of(request).consent(consent_id)


def _server(request: Request) -> AuthorisationServer:
    server: AuthorisationServer = request.app.state.oauth
    return server
