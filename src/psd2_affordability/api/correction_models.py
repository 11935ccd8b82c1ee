"""What the interface takes and gives of corrections, and of the rules that come of them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from psd2_affordability.api.models import Strict, Text


class CorrectionRequest(Strict):
    """What a person or a case worker says that a transaction is."""

    tx: Text = Field(description="key of the transaction, as answers name it", examples=["t1ebfd554afae8c16"])
    category: Text = Field(examples=["wonen.huur"])
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)] = Field(
        examples=["The contract of the room was seen"]
    )
    by: Literal["person", "worker"]
    rule: bool = Field(False, description="propose a rule for payments like this one")


class RuleAccepted(Strict):
    """From when an accepted rule holds."""

    since: date | None = Field(
        None, description="first booking day it is about; today when left out", examples=["2026-01-01"]
    )


class RuleShown(BaseModel):
    """A rule in words, and whether it holds."""

    id: str = Field(examples=["r1"])
    says: str = Field(examples=["money to Woonstede, 560.00 to 840.00 euros at a time, is Rent (wonen.huur)"])
    state: Literal["proposed", "accepted", "ended"]


class Corrected(BaseModel):
    """What a correction led to."""

    id: str = Field(description="key of the correction", examples=["c1"])
    tx: str = Field(examples=["t1ebfd554afae8c16"])
    decided: str = Field(description="what it was taken for", examples=["huishouden.particulier"])
    category: str = Field(description="what it is now", examples=["wonen.huur"])
    proposal: RuleShown | None = Field(description="a rule that does nothing until it is accepted")


class KeptCorrection(BaseModel):
    """One correction with what was decided before it."""

    id: str = Field(examples=["c1"])
    tx: str = Field(examples=["t1ebfd554afae8c16"])
    decided: str = Field(description="what it was taken for", examples=["huishouden.particulier"])
    evidence: str = Field(description="what that rested on", examples=["payee_name"])
    category: str = Field(examples=["wonen.huur"])
    reason: str
    by: Literal["person", "worker"]
    made_at: str = Field(examples=["2026-07-01T12:00:00+00:00"])
    undone_at: str | None = Field(description="when it was undone or replaced; null while it stands")


class History(BaseModel):
    """Everything that people corrected in a case."""

    corrections: list[KeptCorrection]
    rules: list[RuleShown]


class Undone(BaseModel):
    """Keys of what ended."""

    undone: list[str] = Field(examples=[["c1", "r1"]])
