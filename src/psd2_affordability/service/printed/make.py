"""Makes a report from an answer: PDF, CSV or JSON, each with only what its use may see."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from psd2_affordability.core.errors import UsageError
from psd2_affordability.core.reasons import Reason
from psd2_affordability.service.assess_case import (
    NAMELESS,
    Answered,
    Question,
    assess_kept,
    assess_received,
)
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.printed.desk import Desk
from psd2_affordability.service.printed.figures import figures_of
from psd2_affordability.service.printed.reports import laid_out
from psd2_affordability.service.printed.seen import Seen, seen_by
from psd2_affordability.service.printed.speech import Speech
from psd2_affordability.service.printed.uses import Use
from psd2_affordability.service.receipts import receipt_number
from psd2_affordability.service.wire import to_wire

if TYPE_CHECKING:
    from psd2_affordability.service.wording import Language

Format = Literal["pdf", "csv", "json"]
FORMATS: tuple[Format, ...] = ("pdf", "csv", "json")
MEDIA_TYPES: Mapping[Format, str] = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a report is wanted.

    Attributes:
        use: for whom and what.
        format: pdf, csv or json.
        language: of the text in it.
        reference: what the receiver calls the case; printed at the top.
        rows: the transactions in place of the figures; CSV of the person's own version alone.
    """

    use: Use
    format: Format = "pdf"
    language: "Language" = "en"
    reference: str = ""
    rows: bool = False

    @property
    def file_name(self) -> str:
        """What the file is called; it tells no name."""
        return f"report-{self.use.code}{'-transactions' if self.rows else ''}.{self.format}"

    def __post_init__(self) -> None:
        if self.rows and not (self.use.rows and self.format == "csv"):
            raise UsageError(
                "the transactions are in the person's own version alone",
                do="Ask for --for person --format csv",
            )


def report_of_paths(product: Product, paths: Sequence[Path], question: Question, wanted: Wanted) -> bytes:
    """Make a report from statement files, without keeping anything.

    Raises:
        InputError: a file that cannot be read whole.
    """
    from psd2_affordability.service.reading import read_paths

    bounded = replace(question, parts=wanted.use.purpose.parts)
    return report_of(product, assess_received(product, NAMELESS, read_paths(paths), bounded), wanted)


def report_of_case(product: Product, subject: str, question: Question, wanted: Wanted) -> bytes:
    """Make a report from what is kept of a case, for the purpose of its use; the answer is kept too.

    Raises:
        UnknownName: no such case.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    return report_of(product, assess_kept(product, subject, wanted.use.purpose_code, question), wanted)


def report_of(product: Product, answered: Answered, wanted: Wanted) -> bytes:
    """Make a report from an answer; the same answer gives the same bytes."""
    leaves = product.knowledge.taxonomy
    seen = seen_by(wanted.use, answered, leaves)
    say = Speech(wanted.language, leaves)
    match wanted.format:
        case "csv":
            return _csv(seen, say, rows=wanted.rows)
        case "json":
            return _json(seen)
    from psd2_affordability.service.printed.typeset import to_pdf

    return to_pdf(laid_out(Desk(seen, say), reference=wanted.reference))


def _csv(seen: Seen, say: Speech, *, rows: bool) -> bytes:
    from psd2_affordability.service.printed.spreadsheet import figures_csv, rows_csv

    if not rows:
        return figures_csv(figures_of(seen))
    desk = Desk(seen, say)
    laid_out(desk)
    return rows_csv(seen.rows, desk.resting, say)


def _json(seen: Seen) -> bytes:
    found = seen.found
    said: dict[str, Any] = {
        "use": seen.use.code,
        "on": found.on,
        "receipt_number": receipt_number(found.receipt),
        "figures": figures_of(seen),
        "reasons": [
            {"part": part, **_reason(each)}
            for part, answer in (
                ("room", found.room),
                ("seizure", found.seizure),
                ("credit_check", found.credit_check),
                ("income", found.income),
                ("expenses", found.expenses),
            )
            if answer is not None
            for each in answer.reasons
        ],
        "questions": [_reason(each) for each in (found.room.questions if found.room is not None else ())],
        "cannot_know": [_reason(each) for each in found.data_quality.cannot_know],
        "receipt": found.receipt,
    }
    if seen.use.rows:
        said["transactions"] = seen.rows
    return (json.dumps(to_wire(said), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _reason(reason: Reason) -> dict[str, Any]:
    """Say a reason with how many transactions show it, not which."""
    return {
        "code": reason.code,
        "says": reason.says,
        "says_nl": reason.says_nl,
        "rule": reason.rule,
        "article": reason.article,
        "transactions": len(reason.transactions),
    }
