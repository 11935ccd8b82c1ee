"""Where a figure of a case comes from, and a past answer asked again: each as far as the purpose shows it."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from psd2_affordability.api.questions import CaseAsked
from psd2_affordability.api.routes import Wired
from psd2_affordability.service.explaining import explain_case
from psd2_affordability.service.reproduce import earlier_answers, reproduce_for
from psd2_affordability.service.wire import to_json

explaining = APIRouter(prefix="/cases/{subject}", tags=["explaining"])


def _gives(name: str, says: str) -> dict[int | str, dict[str, Any]]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {200: {"description": says, "content": {"application/json": {"schema": schema}}}}


_LISTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Every amount and share of the answer, by its path",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {"figures": {"type": "object", "additionalProperties": {"type": "string"}}},
                    "required": ["figures"],
                }
            }
        },
    }
}


@explaining.get("/figures", responses=_LISTS)
def list_figures(wired: Wired, subject: str, asked: Annotated[CaseAsked, Query()]) -> Response:
    """List every figure of an answer by its path; for a purpose that shows bookings."""
    figures, _ = explain_case(wired, subject, asked.purpose, asked.question(wired, subject), "")
    return _json({"figures": figures})


@explaining.get("/figures/{figure:path}", responses=_gives("Explained", "How the figure is made"))
def explain_figure(wired: Wired, subject: str, figure: str, asked: Annotated[CaseAsked, Query()]) -> Response:
    """Say how a figure is made, down to bookings, rules and articles; for a purpose that shows bookings."""
    _, found = explain_case(wired, subject, asked.purpose, asked.question(wired, subject), figure)
    return _json(found)


class Receipt(BaseModel):
    """A past answer of a case, by its names."""

    receipt: str = Field(description="number of the receipt, as it is printed", examples=["c3ee-45e2-2912"])
    answer: str = Field(description="hash of the answer: its ETag")
    on: date = Field(description="the day the answer is for")
    purpose: str
    made_at: datetime


@explaining.get("/receipts")
def list_receipts(
    wired: Wired,
    subject: str,
    purpose: Annotated[
        str, Query(description="what for; `debt_help` has every answer of the case, another purpose its own")
    ],
) -> list[Receipt]:
    """List the answers that were given for a case, newest first; `/reproduction` asks one of them again."""
    return [
        Receipt(
            receipt=each.receipt,
            answer=each.answer,
            on=each.on,
            purpose=each.purpose,
            made_at=each.made_at,
        )
        for each in earlier_answers(wired, subject, purpose)
    ]


@explaining.get("/reproduction", responses=_gives("Reproduced", "The answer of then beside that of now"))
def reproduce_answer(
    wired: Wired,
    subject: str,
    purpose: Annotated[str, Query(description="what for; a receiver is told no figures of then and now")],
    receipt: Annotated[
        str,
        Query(
            description="number of the receipt, or first letters of an answer's ETag; left out, the newest"
        ),
    ] = "",
) -> Response:
    """Ask a past answer again: whether it comes out the same to the byte, and what changed since."""
    return _json(reproduce_for(wired, subject, purpose, receipt))


def _json(value: object) -> Response:
    return Response(to_json(value), media_type="application/json")
