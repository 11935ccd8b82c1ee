"""Reports over HTTP: PDF, CSV or JSON, each with only what its receiver may see."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from psd2_affordability.api.questions import CaseAsked
from psd2_affordability.api.routes import Wired
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


class ReportAsked(CaseAsked):
    """Which report of a case, and the question it answers."""

    use: str = Field("", description="which report of the purpose, such as person; its first when left out")
    format: Format = "pdf"
    language: Language = "en"
    rows: bool = Field(False, description="the transactions as CSV; the person's own version alone")


@reports.get("/cases/{subject}/report", responses=_GIVES_REPORT, response_class=Response)
def give_report(wired: Wired, subject: str, asked: Annotated[ReportAsked, Query()]) -> Response:
    """Make a report from what is kept of a case, for a purpose that the person consented to."""
    use = use_for(purpose(asked.purpose).code, asked.use)
    wanted = Wanted(use, asked.format, asked.language, subject, rows=asked.rows)
    made = report_of_case(wired, subject, asked.question(wired, subject), wanted)
    headers = {"Content-Disposition": f'attachment; filename="{wanted.file_name}"'}
    return Response(made, media_type=MEDIA_TYPES[asked.format], headers=headers)
