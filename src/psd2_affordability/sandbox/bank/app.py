"""The sandbox bank, put together: its interface, its authorisation server and its pages."""

from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError

from psd2_affordability.sandbox.bank.accounts import accounts, card_accounts
from psd2_affordability.sandbox.bank.answering import error
from psd2_affordability.sandbox.bank.consents import consents
from psd2_affordability.sandbox.bank.faults import Faults
from psd2_affordability.sandbox.bank.habits import Habits
from psd2_affordability.sandbox.bank.login import app_pages, login_pages
from psd2_affordability.sandbox.bank.oauth import (
    AuthorisationServer,
    OAuthRefused,
    oauth_error,
    oauth_pages,
)
from psd2_affordability.sandbox.bank.state import Clock, Refused, SandboxBank
from psd2_affordability.sandbox.model import BankedPerson


def create_bank(
    people: Mapping[str, BankedPerson],
    clock: Clock,
    faults: Faults | None = None,
    *,
    page_size: int = 100,
    habits: Habits | None = None,
) -> FastAPI:
    """Make a sandbox bank.

    Args:
        people: its customers by key.
        clock: the time at the bank, with a time zone.
        faults: how it is to misbehave.
        page_size: transactions on one page.
        habits: its own ways, such as how a person approves; by redirect when not said.

    Returns:
        The bank as an ASGI application; its books are `app.state.bank`.
    """
    app = FastAPI(title="Sandbox Bank", openapi_url=None)
    app.state.bank = SandboxBank(people, clock, page_size)
    app.state.faults = faults or Faults()
    app.state.habits = habits or Habits()
    routers = [consents, accounts, card_accounts, login_pages]
    if app.state.habits.has_tokens:
        app.state.oauth = AuthorisationServer(app.state.habits, app.state.bank, clock)
        app.add_exception_handler(OAuthRefused, oauth_error)
        routers.append(oauth_pages)
    if app.state.habits.in_app:
        routers.append(app_pages)
    for router in routers:
        app.include_router(router)
    for kind in (Refused, RequestValidationError, 404, 405):
        app.add_exception_handler(kind, error)
    return app
