"""The first page: the cases, and the way of a consent to the bank and back."""

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from psd2_affordability.connect.registry import Bank
from psd2_affordability.core.errors import ConsentNotValid, NotApprovedYet, UnknownName, UsageError
from psd2_affordability.service.connect_bank import answer_of, begin_consent, complete_consent
from psd2_affordability.service.purposes import PURPOSES
from psd2_affordability.store.consents import VALID, Consent
from psd2_affordability.web.page import forms, page, wired

routes = APIRouter()
_JOURNEY = "journey"
_JOURNEY_SECONDS = 3600

#: Short text of a form; the token, a code, or a case name.
Field = Annotated[str, Form(max_length=300)]


@routes.get("/")
def home(request: Request) -> Response:
    """List the cases, and offer to connect a bank."""
    product = wired(request)
    banks = [bank for bank in product.banks if product.is_set_up(bank.id)]
    banks.sort(key=lambda bank: bank.consent.approach != "redirect")  # the plainest way comes first
    return page(
        request,
        "home.html",
        cases=product.store.cases.list(),
        purposes=PURPOSES.values(),
        banks=banks,
        aggregators=any(_has_many_behind_it(bank) for bank in banks),
    )


@routes.post("/connect")
def connect(
    request: Request, token: Field, subject: Field, purpose: Field, bank: Field, aspsp: Field = ""
) -> Response:
    """Begin a consent and show where it leads."""
    forms(request).check(request, token)
    started = begin_consent(
        wired(request),
        subject.strip(),
        bank,
        purpose,
        redirect_uri=str(request.url_for("come_back")),
        psu_ip=_address(request),
        options={"aspsp": aspsp.strip()} if aspsp.strip() else {},
    )
    response = RedirectResponse(f"/consents/{started.consent}/bank", 303)
    response.set_cookie(
        _JOURNEY, started.consent, max_age=_JOURNEY_SECONDS, httponly=True, samesite="lax", path="/consents"
    )
    return response


@routes.get("/consents/{consent}/bank")
def leave(request: Request, consent: str) -> Response:
    """Say what the person will be asked, and link to the bank."""
    waiting = wired(request).store.consents.show(consent)
    if waiting.status != "pending":
        raise ConsentNotValid("this consent does not wait for the bank any more", do="Start again")
    return _leave(request, waiting, waiting.journey["redirect_url"])


def _leave(request: Request, waiting: Consent, bank_page: str, come_back: str = "") -> Response:
    """Show where the person decides: at the bank's page or in its app.

    Args:
        request: of the visitor.
        waiting: the consent.
        bank_page: where the person decides; empty when that is in the bank's app.
        come_back: where they came back to before they had decided; empty at first.
    """
    product = wired(request)
    return page(
        request,
        "leave.html",
        status=409 if come_back else 200,
        consent=waiting,
        bank=product.banks.bank(waiting.bank),
        purpose=PURPOSES[waiting.purpose],
        bank_page=bank_page,
        come_back=come_back or waiting.journey.get("come_back", ""),
        app=product.bank_app(waiting.bank),
        too_early=bool(come_back),
        valid_until=date.fromisoformat(waiting.journey["valid_until"]),
    )


@routes.get("/consents/callback")
def come_back(request: Request, state: str) -> Response:
    """Take the person back from the bank, fetch everything, and show the case."""
    product = wired(request)
    answer = answer_of(request.query_params.multi_items())
    try:
        waiting = _own_journey(request, state)
        brought = complete_consent(product, answer, psu_ip=_address(request))
    except NotApprovedYet:
        return _leave(request, waiting, "", come_back=str(request.url))
    except ConsentNotValid:
        if (known := _came_before(request)) is not None:
            return known
        raise
    return _to_the_case(brought.consent, partial=bool(brought.problems))


def _own_journey(request: Request, state: str) -> Consent:
    """Return the consent that the bank answers to, if this visitor began it."""
    waiting = wired(request).store.consents.waiting(state)
    if request.cookies.get(_JOURNEY) != waiting.id:
        raise ConsentNotValid(
            "this answer of the bank belongs to another visitor",
            do="Go back to the browser where the consent was started, or start again",
        )
    return waiting


def _came_before(request: Request) -> Response | None:
    """Answer a visitor who took the bank's answer there with an earlier request, such as before a reload."""
    consents = wired(request).store.consents
    try:
        mine = consents.show(request.cookies.get(_JOURNEY, ""))
    except UnknownName:
        return None
    if consents.is_claimed(mine.id):
        return page(request, "arriving.html", status=202, again=str(request.url))
    return _to_the_case(mine) if mine.status == VALID else None


def _to_the_case(consent: Consent, *, partial: bool = False) -> Response:
    """Show the case of a consent that was given; the journey is over."""
    more = "&partial=1" if partial else ""
    address = f"/cases/{quote(consent.subject, safe='')}?purpose={consent.purpose}{more}"
    response = RedirectResponse(address, 303)
    response.delete_cookie(_JOURNEY, path="/consents")
    return response


def _has_many_behind_it(bank: Bank) -> bool:
    """Tell whether the person's own bank has to be named."""
    return bank.consent.approach == "aggregator" and not bank.is_sandbox


def _address(request: Request) -> str:
    if request.client is None:
        raise UsageError("the visitor has no network address", do="Serve the pages over TCP")
    return request.client.host
