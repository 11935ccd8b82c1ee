"""Typesets a report: tagged PDF that a screen reader can read, the same bytes for the same report."""

import json
from datetime import UTC, datetime
from pathlib import Path

from psd2_affordability.service.printed.blocks import Report, plain

_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


def to_pdf(report: Report) -> bytes:
    """Return a report as PDF/UA-1: tagged, titled, with words for every drawing (ISO 14289-1)."""
    import typst

    made: bytes = typst.compile(
        _TEMPLATE,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime(*report.made_for, tzinfo=UTC),
        sys_inputs=_said(report),
        ignore_system_fonts=True,
    )
    return made


def _said(report: Report) -> dict[str, str]:
    """Return what a report says as data for the template: never part of the template itself."""
    return {"report": json.dumps(plain(report), ensure_ascii=False)}
