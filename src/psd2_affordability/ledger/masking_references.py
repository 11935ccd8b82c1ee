"""Masks the references of public bodies in a frame of rows, before anything keeps or hashes them."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.ledger.clean import text_column, texts_of
from psd2_affordability.ledger.payment_reference import masked

_TAX = r"(?i)belastingdienst|dienst\s*toeslagen|\btoeslagen\b|rijksbelastingen"
_TAX_ACCOUNTS = pa.array(["NL86INGB0002445588"], type=pa.large_string())
_PUBLIC = (
    r"(?i)belasting|toeslagen|\bcjib\b|justitieel|\bgemeente\b|\bgem\b|\bduo\b|uitvoering\s*onderwijs|\buwv\b"
    r"|\bsvb\b|sociale\s*verzekeringsbank|waterschap|hoogheemraadschap|\bcak\b|administratie\s*kantoor"
    r"|\blbio\b|\brijks|\bministerie\b|\bprovincie\b"
)
_SAID = r"(?i)belastingdienst|betalingsk|aanslagn|beschikkingsn|\bbsn\b"
_NUMBERED = r"\p{Nd}(?:[ .-]?\p{Nd}){15}|\p{Nd}(?:[ .]?\p{Nd}){7,8}[ .]?[A-Z][ .]?\p{Nd}|(?i:\bbsn\b)|\p{Cf}"


def without_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the references of public bodies masked, wherever they stand in a row.

    A row counts when the other side is a public body, when its words say that it holds such a number,
    or when it names nobody; amounts, accounts and mandates stay.
    """
    name, text, number = (
        texts_of(frame[place]) for place in ("counterparty_name", "remittance", "entry_reference")
    )
    at = np.flatnonzero(_has(text, _NUMBERED) | _has(number, _NUMBERED) | _has(name, _NUMBERED))
    if not len(at):
        return frame
    name, text, number = (texts.take(pa.array(at)) for texts in (name, text, number))
    iban = texts_of(frame["counterparty_iban"]).take(pa.array(at))
    named = ~_has(name, r"^\s*$")
    tax = _has(name, _TAX) | pc.is_in(iban, _TAX_ACCOUNTS).to_numpy(zero_copy_only=False)
    tax |= ~named & _has(text, _TAX)
    concerned = tax | ~named | _has(name, _PUBLIC) | _has(text, _SAID)
    years = _years(frame, at)
    changed = {}
    for place, texts in (("counterparty_name", name), ("remittance", text), ("entry_reference", number)):
        before = texts.to_pylist()
        after = [
            masked(one, year, tax=of_tax) if counts else one
            for one, year, of_tax, counts in zip(before, years, tax.tolist(), concerned.tolist(), strict=True)
        ]
        if after != before:
            column = frame[place].to_numpy(dtype=object, copy=True)
            column[at] = [
                "" if place == "entry_reference" and new != old else new
                for new, old in zip(after, before, strict=True)
            ]
            changed[place] = pd.Series(text_column(column.tolist()), index=frame.index)
    return frame.assign(**changed) if changed else frame


def _years(frame: pd.DataFrame, at: npt.NDArray[np.intp]) -> list[int | None]:
    """Return the year of booking of some rows, or of the value where they are not booked yet."""
    rows = frame.iloc[at]
    day = rows["booked_on"].fillna(rows["value_on"])
    return [None if pd.isna(one) else one.year for one in day]


def _has(texts: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
    return found
