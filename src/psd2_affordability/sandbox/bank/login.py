"""The pages where a person logs in at the sandbox bank and approves or refuses a consent."""

from secrets import token_urlsafe
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from psd2_affordability.core.iban import masked
from psd2_affordability.sandbox.bank.state import Consent, SandboxBank

login_pages = APIRouter(prefix="/authorise")
app_pages = APIRouter(prefix="/app")
_templates = Environment(
    loader=PackageLoader("psd2_affordability.sandbox", "bank"), autoescape=True, undefined=StrictUndefined
)


def login_page(request: Request, consent: Consent) -> str:
    """Return the whole address where a person decides on a consent."""
    return f"{home_of(request)}/authorise/{consent.authorisation}"


def home_of(request: Request) -> str:
    """Return the whole address of the bank, also where it hangs under a path of a larger server."""
    return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"


@login_pages.get("/{authorisation}")
async def log_in(request: Request, authorisation: str) -> Response:
    """Show the customers to choose from."""
    bank: SandboxBank = request.app.state.bank
    consent = bank.waiting(authorisation)
    if consent is None:
        return _gone()
    return _page("login.html", here=_here(request, authorisation), people=bank.people.values())


@login_pages.post("/{authorisation}/accounts")
async def choose_accounts(request: Request, authorisation: str, person: Annotated[str, Form()]) -> Response:
    """Show the person's accounts, and what is asked for how long."""
    bank: SandboxBank = request.app.state.bank
    consent = bank.waiting(authorisation)
    customer = bank.people.get(person)
    if consent is None or customer is None:
        return _gone()
    return _page(
        "approve.html",
        here=_here(request, authorisation),
        person=customer,
        accounts=[(account.iban, account.name, masked(account.iban)) for account in customer.accounts],
        asking=urlsplit(consent.redirect_uri).hostname or "an app",
        valid_until=consent.valid_until,
        frequency=consent.frequency_per_day,
        one_account=bank.one_account,
    )


@login_pages.post("/{authorisation}/decision")
async def decide(
    request: Request,
    authorisation: str,
    person: Annotated[str, Form()],
    decision: Annotated[Literal["approve", "refuse"], Form()],
    account: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Take the person's decision and send them back to where they came from."""
    bank: SandboxBank = request.app.state.bank
    consent = bank.waiting(authorisation)
    customer = bank.people.get(person)
    if consent is None or customer is None:
        return _gone()
    if decision == "refuse" or not account:
        bank.end(consent.id, "rejected")
        return _back(consent.nok_redirect_uri)
    bank.approve(consent, customer, set(account))
    return _back(consent.redirect_uri)


@app_pages.get("")
async def requests_that_wait(request: Request) -> Response:
    """Show what waits for approval in the bank's own app."""
    bank: SandboxBank = request.app.state.bank
    waiting = [(login_page(request, each), each.valid_until) for each in bank.waiting_in_app()]
    return _page("waiting.html", waiting=waiting)


def _back(redirect_uri: str) -> Response:
    """Send the person back to where they came from; in the app, they are where they were."""
    return RedirectResponse(redirect_uri, 303) if redirect_uri else _page("done.html")


def _here(request: Request, authorisation: str) -> str:
    """Return the path of these pages, also where the bank hangs under a path of a larger server."""
    return f"{request.scope.get('root_path', '')}/authorise/{authorisation}"


def _gone() -> Response:
    return _page("gone.html", status=404)


def _page(template: str, status: int = 200, **values: Any) -> Response:
    nonce = token_urlsafe(16)
    content = _templates.get_template(template).render(nonce=nonce, **values)
    headers = {
        "Content-Security-Policy": f"default-src 'none'; style-src 'nonce-{nonce}'; frame-ancestors 'none'",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    return HTMLResponse(content, status, headers)
