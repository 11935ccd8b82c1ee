"""Decisions of people on a credit check, over HTTP: written down with who and why, and listed."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from psd2_affordability.api.models import Obligation, Strict
from psd2_affordability.api.routes import ShownFor, Wired
from psd2_affordability.core.money import Money
from psd2_affordability.service.decisions import LONGEST_NAME, LONGEST_REASON, Decision, decide, decisions_of
from psd2_affordability.service.supplied import obligation_of
from psd2_affordability.store.decisions import Decided

decisions = APIRouter(prefix="/cases/{subject}/decisions", tags=["decisions"])

Outcome = Literal["approve", "decline", "more_information"]


class DecisionMade(Strict):
    """What a person decides on a credit check. The product decides nothing itself."""

    on: date = Field(description="the day that the answer is for", examples=["2026-06-01"])
    outcome: Outcome
    reason: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_REASON)] = Field(
        examples=["The payslips of three months were seen"]
    )
    by: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)] = Field(
        description="the person who decides", examples=["R. de Wit"]
    )
    purpose: Annotated[str, StringConstraints(max_length=40)] = "credit_check"
    answer: Annotated[str, StringConstraints(pattern="^([0-9a-f]{64})?$")] = Field(
        "", description="hash of the answer that was looked at: its ETag; the newest of the day when left out"
    )
    obligation: Obligation | None = None


class DecisionShown(BaseModel):
    """One decision of a person, with the answer that they saw and what it advised."""

    id: str = Field(examples=["d1"])
    on: date
    purpose: str
    answer: str = Field(description="hash of the kept answer")
    outcome: Outcome
    reason: str
    by: str
    advice: Literal["within_norms", "refer_to_person"]
    made_at: datetime


@decisions.get("")
def list_decisions(wired: Wired, subject: str, purpose: ShownFor) -> list[DecisionShown]:
    """List what people decided in a case, newest first."""
    return [_shown(each) for each in decisions_of(wired, subject, purpose)]


@decisions.post("", status_code=201)
def make_decision(wired: Wired, subject: str, body: DecisionMade) -> DecisionShown:
    """Keep what a person decided, beside the answer that they saw."""
    asked = body.obligation
    obligation = obligation_of(Money.euros(asked.monthly), asked.months) if asked else None
    decision = Decision(body.outcome, body.reason, body.by)
    done = decide(
        wired,
        subject,
        body.on,
        decision,
        purpose_code=body.purpose,
        obligation=obligation,
        answer=body.answer,
    )
    return _shown(done)


def _shown(decided: Decided) -> DecisionShown:
    return DecisionShown.model_validate(asdict(decided))
