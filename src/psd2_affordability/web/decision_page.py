"""The form with which a person decides on a credit check, and what was decided before."""

from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from psd2_affordability.service.decisions import LONGEST_NAME, LONGEST_REASON, Decision, decide
from psd2_affordability.web.page import forms, wired

routes = APIRouter(prefix="/cases/{subject}")


class Filled(BaseModel):
    """The form as it was filled in."""

    token: str = Field(max_length=300)
    outcome: str = Field(max_length=40)
    reason: str = Field(max_length=LONGEST_REASON)
    by: str = Field(max_length=LONGEST_NAME)
    purpose: str = Field(max_length=40)
    on: date
    answer: str = Field(pattern="^[0-9a-f]{64}$")
    debt: str = Field("", max_length=40)
    proposal: str = Field("", max_length=40)
    obligation: str = Field("", max_length=40)
    months: str = Field("", max_length=40)


@routes.post("/decisions")
def write(request: Request, subject: str, filled: Annotated[Filled, Form()]) -> Response:
    """Keep what a person decided on the answer that the page showed, and show that answer again."""
    forms(request).check(request, filled.token)
    decision = Decision(filled.outcome, filled.reason, filled.by)
    decide(wired(request), subject, filled.on, decision, purpose_code=filled.purpose, answer=filled.answer)
    view = urlencode(filled.model_dump(exclude={"token", "outcome", "reason", "by", "answer"}, mode="json"))
    return RedirectResponse(f"/cases/{quote(subject, safe='')}?{view}", 303)
