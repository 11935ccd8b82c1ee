"""Reads a labelled file: the ledger's columns in CSV, amounts in euros, and a label on each row."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from io import StringIO
from typing import Any

import pandas as pd

from psd2_affordability.categorise.evaluation.labels import LabelSet
from psd2_affordability.core.errors import LabelsError, LedgerError
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.clean import cleaned
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import BOOKED, COLUMNS, DAY, PENDING, TEXT, frame_of

LABEL = "label"
_NEEDED = ("amount", LABEL)
#: As the ledger's columns are called in files: an amount of cents is one of euros there.
_NAMES = {name.removesuffix("_ct"): name for name in COLUMNS}
_LIKELY_MEANT = 0.8
_DEFAULTS = {"currency": "EUR"}


def parse_labelled(content: bytes, where: str) -> tuple[pd.DataFrame, list[str], tuple[str, ...]]:
    """Read the rows and their labels.

    Missing columns are empty; rows without a booking day count as pending. A column that we do not
    know is left alone, unless its name is nearly one of ours.

    Returns:
        The ledger frame with keys, the label of each row, and the columns that were left alone.

    Raises:
        LabelsError: names the file, the line and what is wrong there.
    """
    lines = _lines(content, where)
    heading = _heading(lines, where)
    rows, labels = [], []
    for number, cells in lines[1:]:
        at = f"{where}, line {number}"
        if len(cells) != len(heading):
            raise LabelsError(f"the row has {len(cells)} cells, the heading {len(heading)}", where=at)
        told = dict(zip(heading, cells, strict=True))
        labels.append(told[LABEL].strip())
        rows.append(_row(told, at))
    if not rows:
        raise LabelsError("the file has no rows", where=where)
    try:
        frame = with_keys(cleaned(frame_of(rows)))
    except LedgerError as error:
        raise LabelsError(error.what, where=where) from error
    return frame, labels, tuple(name for name in heading if name not in _NAMES and name != LABEL)


def check_labels(content: bytes, labels: Sequence[str], label_set: LabelSet, where: str) -> None:
    """Refuse a label that means nothing; an empty one leaves its row out.

    Raises:
        LabelsError: names the line and the nearest labels.
    """
    numbers = [number for number, _ in _lines(content, where)[1:]]
    for number, label in zip(numbers, labels, strict=True):
        if label and (hint := label_set.why_not(label)):
            raise LabelsError(f"no label is called '{label}'", where=f"{where}, line {number}", do=hint)


def _lines(content: bytes, where: str) -> list[tuple[int, list[str]]]:
    """Every row with the number of the line on which it begins; empty lines are none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LabelsError("the file is not in UTF-8", where=where) from error
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    found, begins = [], 1
    try:
        for cells in reader:
            if cells:
                found.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise LabelsError(f"this is not CSV: {error}", where=f"{where}, line {begins}") from error
    if not found:
        raise LabelsError("the file is empty", where=where)
    return found


def _heading(lines: Sequence[tuple[int, list[str]]], where: str) -> list[str]:
    heading = [name.strip() for name in lines[0][1]]
    for name in heading:
        if heading.count(name) > 1:
            raise LabelsError(f"the column '{name}' stands there twice", where=where)
        if name not in _NAMES and name != LABEL:
            near = get_close_matches(name, [*_NAMES, LABEL], n=1, cutoff=_LIKELY_MEANT)
            if near:
                raise LabelsError(f"no column is called '{name}'", where=where, do=f"Did you mean {near[0]}?")
    for name in _NEEDED:
        if name not in heading:
            raise LabelsError(f"the column '{name}' is missing", where=where)
    return heading


def _row(told: Mapping[str, str], at: str) -> dict[str, Any]:
    row: dict[str, Any] = dict(_DEFAULTS)
    for name, column in _NAMES.items():
        text = told.get(name, "").strip()
        if text:
            row[column] = _value(name, text, COLUMNS[column], at)
    if "amount_ct" not in row:
        raise LabelsError("the row has no amount", where=at)
    row.setdefault("status", BOOKED if "booked_on" in row else PENDING)
    if row["status"] not in (BOOKED, PENDING):
        raise LabelsError(f"the status is neither {BOOKED} nor {PENDING}", where=at)
    if row["status"] == BOOKED and "booked_on" not in row:
        raise LabelsError("a booked row needs a day under 'booked_on'", where=at)
    return row


def _value(name: str, text: str, kind: str, at: str) -> Any:
    try:
        if kind == TEXT:
            return text
        if kind == DAY:
            return pd.Timestamp(date.fromisoformat(text))
        return Money.euros(text.removeprefix("+")).cents
    except ValueError as error:
        wanted = "a day such as 2026-11-22" if kind == DAY else "an amount in euros such as -1234.50"
        raise LabelsError(f"'{name}' is not {wanted}", where=at) from error
