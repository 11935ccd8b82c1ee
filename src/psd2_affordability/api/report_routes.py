"""Reports over HTTP: PDF, CSV or JSON, each with only what its receiver may see."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from psd2_affordability.api.routes import EUROS, Wired
from psd2_affordability.core.money import Money
from psd2_affordability.service import assess_case
from psd2_affordability.service.assess_case import Question
from psd2_affordability.service.printed.make import MEDIA_TYPES, Format, Wanted, report_of_case
from psd2_affordability.service.printed.uses import use_for
from psd2_affordability.service.purposes import purpose
from psd2_affordability.service.wording import Language

reports = APIRouter(tags=["reports"])

_GIVES_REPORT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The report",
        "content": {
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            "text/csv": {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "object"}},
        },
    }
}


class Asked(BaseModel):
    """Which report of a case, and the question it answers."""

    model_config = ConfigDict(extra="forbid")

    purpose: str = Field(description="what for; bounds what the report shows")
    use: str = Field("", description="which report of the purpose, such as person; its first when left out")
    format: Format = "pdf"
    language: Language = "en"
    on: date | None = Field(None, description="the day the answer is for; today when left out")
    total_debt: str = Field("", pattern=EUROS)
    proposal: str = Field("", pattern=EUROS, description="a monthly payment to test")
    rows: bool = Field(False, description="the transactions as CSV; the person's own version alone")


@reports.get("/cases/{subject}/report", responses=_GIVES_REPORT, response_class=Response)
def give_report(wired: Wired, subject: str, asked: Annotated[Asked, Query()]) -> Response:
    """Make a report from what is kept of a case, for a purpose that the person consented to."""
    use = use_for(purpose(asked.purpose).code, asked.use)
    wanted = Wanted(use, asked.format, asked.language, subject, rows=asked.rows)
    question = Question(
        on=asked.on or wired.clock.today(),
        household=assess_case.kept_household(wired, subject),
        total_debt=_money(asked.total_debt),
        proposal=_money(asked.proposal),
    )
    made = report_of_case(wired, subject, question, wanted)
    headers = {"Content-Disposition": f'attachment; filename="{wanted.file_name}"'}
    return Response(made, media_type=MEDIA_TYPES[asked.format], headers=headers)


def _money(text: str) -> Money | None:
    return Money.euros(text) if text else None
