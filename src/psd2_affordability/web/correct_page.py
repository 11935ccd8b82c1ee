"""The pages that correct what a transaction was taken for, and that show and undo what was corrected."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from psd2_affordability.categorise.taxonomy import Leaf
from psd2_affordability.core.dates import iso_day
from psd2_affordability.core.errors import UsageError
from psd2_affordability.core.money import ZERO
from psd2_affordability.service.corrections import BY, LONGEST_REASON, Said, accept_rule, correct, undo
from psd2_affordability.service.shown_rows import shown_row, told_for
from psd2_affordability.service.wording import Language
from psd2_affordability.web.page import forms, language, page, wired

routes = APIRouter(prefix="/cases/{subject}")

#: In the order of a budget.
_GROUPS = ("inkomen", "vast", "reservering", "huishoudelijk", "schuld", "intern", "overig")


class View(BaseModel):
    """What the visitor is looking at: the answers for a purpose, and for a day; today when left out."""

    purpose: str = Field(max_length=40)
    on: str = Field("", max_length=10)

    @property
    def query(self) -> str:
        """The view as part of an address."""
        return urlencode({"purpose": self.purpose, "on": self.on})


class Filled(BaseModel):
    """The form that corrects a transaction, as it was filled in."""

    token: str = Field(max_length=300)
    category: str = Field(max_length=80)
    reason: str = Field(max_length=LONGEST_REASON)
    by: str = Field(max_length=20)
    rule: bool = False


Viewed = Annotated[View, Query()]
Token = Annotated[str, Form(max_length=300)]


@routes.get("/transactions/{tx}")
def ask(request: Request, subject: str, tx: str, view: Viewed) -> Response:
    """Show what a transaction was taken for and why, and ask what it is."""
    product = wired(request)
    row = shown_row(product, subject, tx, view.purpose, _day(view.on))
    groups = _groups(product.knowledge.taxonomy, language(request), outgoing=row.amount < ZERO)
    return page(
        request,
        "correct.html",
        subject=subject,
        query=view.query,
        row=row,
        groups=groups,
        by=BY,
        longest_reason=LONGEST_REASON,
    )


@routes.post("/transactions/{tx}")
def write(
    request: Request, subject: str, tx: str, view: Viewed, filled: Annotated[Filled, Form()]
) -> Response:
    """Keep what somebody says that a transaction is."""
    forms(request).check(request, filled.token)
    said = Said(filled.category, filled.reason, filled.by, filled.rule)
    done = correct(wired(request), subject, tx, said, purpose=view.purpose, on=_day(view.on))
    return _go(subject, f"corrections/{done.id}", view)


@routes.get("/corrections")
def show_all(request: Request, subject: str, view: Viewed) -> Response:
    """List what was corrected and the rules from it, as far as the purpose shows them."""
    told = told_for(wired(request), subject, view.purpose)
    return page(request, "corrections.html", subject=subject, query=view.query, told=told)


@routes.get("/corrections/{key}")
def show_one(request: Request, subject: str, key: str, view: Viewed) -> Response:
    """Show what a correction changed, and the rules that rest on it."""
    told = told_for(wired(request), subject, view.purpose)
    told.require(key)
    found = [(correction, row) for correction, row in told.corrections if correction.id == key]
    if not found:
        return _go(subject, "corrections", view)
    [(correction, row)] = found
    rules = [each for each in told.rules if key in each.kept.rests_on]
    return page(
        request,
        "corrected.html",
        subject=subject,
        query=view.query,
        correction=correction,
        row=row,
        rules=rules,
    )


@routes.post("/corrections/{key}/undo")
def take_back(request: Request, subject: str, key: str, view: Viewed, token: Token) -> Response:
    """Take back a correction with the rules from it, or decline or end a rule."""
    forms(request).check(request, token)
    undo(wired(request), subject, key, purpose=view.purpose)
    return _go(subject, "corrections", view)


@routes.post("/corrections/{key}/accept")
def accept(
    request: Request, subject: str, key: str, view: Viewed, token: Token, since: Token = ""
) -> Response:
    """Let a rule hold: from today on, or also for the earlier rows that were asked about."""
    forms(request).check(request, token)
    accept_rule(wired(request), subject, key, _day(since), purpose=view.purpose)
    return _go(subject, "corrections", view)


def _groups(
    leaves: Mapping[str, Leaf], spoken: Language, *, outgoing: bool
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the categories with their names, by group; money that went out is no income."""
    named = [
        (_GROUPS.index(leaf.group), leaf.nl if spoken == "nl" else leaf.en, leaf.code)
        for leaf in leaves.values()
        if not (outgoing and leaf.group == "inkomen")
    ]
    return [
        (_GROUPS[group], [(code, name) for _, name, code in members])
        for group, members in groupby(sorted(named), key=lambda each: each[0])
    ]


def _go(subject: str, where: str, view: View) -> Response:
    return RedirectResponse(f"/cases/{quote(subject, safe='')}/{where}?{view.query}", 303)


def _day(text: str) -> date | None:
    try:
        return iso_day(text) if text else None
    except ValueError as error:
        raise UsageError(str(error)) from None
