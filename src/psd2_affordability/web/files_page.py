"""The page that says what was read from statement files that a visitor brings, and what was kept of it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from psd2_affordability.connect.files.read import read_files
from psd2_affordability.connect.result import AccountRead, Received
from psd2_affordability.core.errors import UsageError
from psd2_affordability.ledger.schema import BOOKED
from psd2_affordability.service.assess_case import kept_household
from psd2_affordability.service.keep import keep_files
from psd2_affordability.service.reading import names_of
from psd2_affordability.web.page import forms, page, wired

routes = APIRouter()

Field = Annotated[str, Form(min_length=1, max_length=300)]
Files = Annotated[list[UploadFile] | None, File()]
#: More is left to `read --json` on the command line.
_MOST_REJECTED = 200


@dataclass(frozen=True, slots=True)
class _Account:
    """One account as it was read, with its days and rows."""

    read: AccountRead
    rows: int
    first_on: date | None
    last_on: date | None


@routes.post("/files")
def bring(request: Request, token: Field, subject: Field, purpose: Field, files: Files = None) -> Response:
    """Keep statement files under a case, which is opened if it is new."""
    forms(request).check(request, token)
    return _bring(request, subject.strip(), purpose, files)


@routes.post("/cases/{subject}/files")
def bring_more(request: Request, subject: str, token: Field, purpose: Field, files: Files = None) -> Response:
    """Keep statement files under a case that is there."""
    forms(request).check(request, token)
    kept_household(wired(request), subject)
    return _bring(request, subject, purpose, files)


def _bring(request: Request, subject: str, purpose: str, files: list[UploadFile] | None) -> Response:
    chosen = [file for file in files or () if file.filename or file.size]
    if not chosen:
        raise UsageError("no file was chosen", do="Choose one or more statement files")
    names = names_of([file.filename or "" for file in chosen])
    received = read_files((name, file.file.read()) for name, file in zip(names, chosen, strict=True))
    kept = keep_files(wired(request), subject, received, purpose)
    return page(
        request,
        "files.html",
        subject=subject,
        purpose=purpose,
        kept=kept,
        accounts=[_account(received, each) for each in received.accounts],
        rejected=received.rejected[:_MOST_REJECTED],
        more=max(len(received.rejected) - _MOST_REJECTED, 0),
    )


def _account(received: Received, account: AccountRead) -> _Account:
    frame = received.transactions
    own = frame[
        (frame["account"] == account.account)
        & (frame["currency"] == account.currency)
        & (frame["status"] == BOOKED)
    ]
    days = own["booked_on"].dropna().dt.date
    return _Account(account, len(own), days.min() if len(days) else None, days.max() if len(days) else None)
