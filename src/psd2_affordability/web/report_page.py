"""Reports of a case to take along: PDF, CSV or JSON, for the purpose that the person consented to."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from psd2_affordability.core.errors import UnknownName
from psd2_affordability.service.assess_case import kept_household
from psd2_affordability.service.printed.make import FORMATS, MEDIA_TYPES, Format, Wanted, report_of_case
from psd2_affordability.service.printed.uses import USES, use_for
from psd2_affordability.web.fields import Filled, day_in
from psd2_affordability.web.page import language, wired

routes = APIRouter()


def offered(purpose: str) -> list[tuple[str, Format, str]]:
    """Return which files the page of a purpose offers: the use, the format, and whether as transactions.

    >>> offered("payment_plan")
    [('plan', 'pdf', ''), ('plan', 'csv', '')]
    """
    files: list[tuple[str, Format, str]] = []
    for use in USES.values():
        if use.purpose_code == purpose:
            files += [(use.code, "pdf", ""), (use.code, "csv", "")]
            files += [(use.code, "csv", "1")] if use.rows else []
    return files


class Asked(BaseModel):
    """Which report, and the question it answers, as in the address."""

    purpose: str
    use: str = ""
    on: str = ""
    debt: str = ""
    proposal: str = ""
    obligation: str = ""
    months: str = ""
    rows: str = ""


@routes.get("/cases/{subject}/report.{form}")
def take_report(request: Request, subject: str, form: str, asked: Annotated[Asked, Query()]) -> Response:
    """Give a report as a file; what it may show follows from the purpose."""
    product = wired(request)
    if form not in FORMATS:
        raise UnknownName.among("format of reports", form, list(FORMATS))
    wanted = Wanted(
        use_for(asked.purpose, asked.use), form, language(request), subject, rows=bool(asked.rows)
    )
    filled = Filled(asked.debt, asked.proposal, asked.obligation, asked.months)
    question = filled.question(day_in(asked.on, product.clock.today()), kept_household(product, subject))
    made = report_of_case(product, subject, question, wanted)
    headers = {"Content-Disposition": f'attachment; filename="{wanted.file_name}"'}
    return Response(made, media_type=MEDIA_TYPES[wanted.format], headers=headers)
