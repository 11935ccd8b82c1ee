"""The sandbox bank's interface for accounts and card accounts, their balances and transactions."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import Response

from psd2_affordability.core.dates import iso_day
from psd2_affordability.sandbox.bank import cards, statements
from psd2_affordability.sandbox.bank.answering import bank_of, consent_asked, habits_of, reply, request_id
from psd2_affordability.sandbox.bank.state import Consent, Refused
from psd2_affordability.sandbox.model import BankedAccount

accounts = APIRouter(prefix="/v1/accounts", dependencies=[Depends(request_id)])
card_accounts = APIRouter(prefix="/v1/card-accounts", dependencies=[Depends(request_id)])

ConsentId = Annotated[str, Header(alias="Consent-ID")]

_DEFAULT_DAYS = 90


@accounts.get("")
async def list_accounts(request: Request, consent_id: ConsentId) -> Response:
    """List the accounts that the person chose, with their balances if asked."""
    consent = consent_asked(request, consent_id, "", "accounts")
    today = bank_of(request).today()
    with_balances = request.query_params.get("withBalance") == "true"
    told = [
        statements.account_details(number, account)
        | ({"balances": statements.balances(account, today)} if with_balances else {})
        for number, account in consent.accounts.items()
        if not cards.is_card(account)
    ]
    return reply(request, "accounts", {"accounts": told})


@accounts.get("/{account_id}/balances")
async def read_balances(request: Request, account_id: str, consent_id: ConsentId) -> Response:
    """State the balances of one account."""
    account = _account(request, account_id, consent_asked(request, consent_id, account_id, "balances"))
    answer = {
        "account": {"iban": account.iban},
        "balances": statements.balances(account, bank_of(request).today()),
    }
    return reply(request, "balances", answer, iban=account.iban)


@accounts.get("/{account_id}/transactions")
async def read_transactions(request: Request, account_id: str, consent_id: ConsentId) -> Response:
    """State the transactions of one account, a page at a time."""
    page = _page(request)
    consent = consent_asked(request, consent_id, account_id, "transactions", follows=page > 0)
    account = _account(request, account_id, consent)
    first, last = _period(request, consent)
    report = _report(
        request,
        f"/v1/accounts/{account_id}",
        lambda: statements.booked_newest_first(account, first, last),
        lambda: statements.pending_newest_first(account, first, last),
    )
    answer = {"account": {"iban": account.iban}, "transactions": report}
    return reply(request, "transactions", answer, page=page, iban=account.iban)


@card_accounts.get("")
async def list_card_accounts(request: Request, consent_id: ConsentId) -> Response:
    """List the card accounts that the person chose."""
    consent = consent_asked(request, consent_id, "", "card_accounts")
    positive = habits_of(request).debits_positive
    told = [
        cards.details(number, account, debits_positive=positive)
        for number, account in consent.accounts.items()
        if cards.is_card(account)
    ]
    return reply(request, "card_accounts", {"cardAccounts": told})


@card_accounts.get("/{account_id}/balances")
async def read_card_balances(request: Request, account_id: str, consent_id: ConsentId) -> Response:
    """State the balances of one card account."""
    consent = consent_asked(request, consent_id, account_id, "card_balances")
    positive = habits_of(request).debits_positive
    account = cards.as_written(_account(request, account_id, consent, card=True), debits_positive=positive)
    answer = {
        "cardAccount": {"maskedPan": account.iban},
        "debitAccounting": positive,
        "balances": statements.balances(account, bank_of(request).today()),
    }
    return reply(request, "card_balances", answer, iban=account.iban)


@card_accounts.get("/{account_id}/transactions")
async def read_card_transactions(request: Request, account_id: str, consent_id: ConsentId) -> Response:
    """State the transactions of one card account, a page at a time."""
    page = _page(request)
    consent = consent_asked(request, consent_id, account_id, "card_transactions", follows=page > 0)
    positive = habits_of(request).debits_positive
    account = cards.as_written(_account(request, account_id, consent, card=True), debits_positive=positive)
    first, last = _period(request, consent)
    report = _report(
        request,
        f"/v1/card-accounts/{account_id}",
        lambda: cards.entries(account, "booked", first, last),
        lambda: cards.entries(account, "pending", first, last),
    )
    report["_links"]["cardAccount"] = report["_links"].pop("account")
    answer = {"cardAccount": {"maskedPan": account.iban}, "cardTransactions": report}
    return reply(request, "card_transactions", answer, page=page, iban=account.iban)


def _account(request: Request, account_id: str, consent: Consent, *, card: bool = False) -> BankedAccount:
    account = bank_of(request).account(consent, account_id)
    if cards.is_card(account) != card:
        raise Refused(404, "RESOURCE_UNKNOWN", "the account is of another kind")
    return account


def _report(
    request: Request,
    here: str,
    booked: Callable[[], Sequence[dict[str, Any]]],
    pending: Callable[[], Sequence[dict[str, Any]]],
) -> dict[str, Any]:
    """Write one page of booked entries, with the pending ones on the first."""
    asked, habits = request.query_params, habits_of(request)
    status, page = asked.get("bookingStatus", ""), _page(request)
    if status not in {"booked", "pending", "both"}:
        raise Refused(400, "FORMAT_ERROR", "bookingStatus is booked, pending or both")
    if habits.booked_only and status != "booked":
        raise Refused(400, "PARAMETER_NOT_SUPPORTED", "bookingStatus can only be booked")
    as_told = statements.without_signs if habits.unsigned else list
    size = _number(asked.get("itemsPerPage", str(bank_of(request).page_size))) or 1
    rows = [] if status == "pending" else as_told(booked())
    links = {"account": here}
    report: dict[str, Any] = {}
    if status != "pending":
        report["booked"] = rows[page * size : (page + 1) * size]
    if status != "booked":
        report["pending"] = as_told(pending()) if page == 0 else []
    if (page + 1) * size < len(rows):
        onward = urlencode(dict(asked) | {"pageIndex": str(page + 1), "itemsPerPage": str(size)})
        path = f"{here.removeprefix('/v1')}/transactions" if habits.short_links else request.url.path
        links["next"] = f"{path}?{onward}"
    report["_links"] = links if habits.plain_links else {name: {"href": link} for name, link in links.items()}
    return report


def _page(request: Request) -> int:
    return _number(request.query_params.get("pageIndex", "0"))


def _period(request: Request, consent: Consent) -> tuple[date, date]:
    bank, asked = bank_of(request), request.query_params
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
