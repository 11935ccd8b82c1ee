"""Rows for a spreadsheet: CSV (RFC 4180) in UTF-8, in which no text is taken for a formula."""

import csv
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from io import StringIO
from typing import Any

from psd2_affordability.service.printed.figures import Figure
from psd2_affordability.service.printed.seen import RowSeen
from psd2_affordability.service.printed.speech import Speech

#: What a spreadsheet begins a formula with; the mark itself, so that it can be taken off again.
_BEGINS_FORMULA = frozenset("=+-@\t\r'")
_MARK = "'"
_FIGURE = tuple(each.name for each in fields(Figure))
_NUMBERS = frozenset({"low", "mid", "high", "transactions"})
_ROW = ("date", "payee", "kind", "category", "amount", "reasons")


def figures_csv(figures: Iterable[Figure]) -> bytes:
    """Write one row for each figure."""
    rows = ({name: getattr(figure, name) for name in _FIGURE} for figure in figures)
    return _written(_FIGURE, rows, numbers=_NUMBERS)


def rows_csv(rows: Iterable[RowSeen], resting: Mapping[str, Sequence[int]], say: Speech) -> bytes:
    """Write one row for each transaction, with the numbers of the reasons that rest on it."""
    shown = (
        {
            "date": row.on.isoformat(),
            "payee": row.who,
            "kind": say.category(row.category),
            "category": row.category,
            "amount": str(row.amount),
            "reasons": " ".join(map(str, resting.get(row.tx, ()))),
        }
        for row in rows
    )
    return _written(_ROW, shown, numbers=frozenset({"amount"}))


def safe(text: str) -> str:
    """Mark text that a spreadsheet would run as a formula; without the mark it is as it was.

    >>> safe("=1+1"), safe(" @SUM(A1)"), safe("Jumbo"), safe("'t Hoekje")
    ("'=1+1", "' @SUM(A1)", 'Jumbo', "''t Hoekje")
    """
    first = unicodedata.normalize("NFKC", text.lstrip(" \n\v\f\N{NO-BREAK SPACE}")[:1])[:1]
    return _MARK + text if first in _BEGINS_FORMULA and first else text


def _written(head: Sequence[str], rows: Iterable[Mapping[str, Any]], *, numbers: frozenset[str]) -> bytes:
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(_cell(row[name], number=name in numbers) for name in head)
    return written.getvalue().encode("utf-8", "replace")


def _cell(value: object, *, number: bool) -> str:
    if value is None:
        return ""
    return str(value) if number else safe(str(value))
