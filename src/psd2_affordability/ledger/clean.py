"""Text as a bank sends it, made safe to show and ready to compare; once per distinct text."""

import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_FREE_TEXT = ("counterparty_name", "remittance")
_COMPACT = ("counterparty_iban", "creditor_id")

#: Control and format characters (bidi marks, zero width, soft hyphen), and runs of white space.
_UNCLEAN = r"[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]|\s\s|^\s|\s$|\pZ\pZ"
_UNCOMPACT = r"[^0-9A-Z]"

_TEXT = pd.StringDtype(na_value=np.nan)  # what `str` names
_COLUMN: Callable[..., pd.api.extensions.ExtensionArray] = pd.arrays.ArrowStringArray

#: Everything that is not a letter or digit parts two words when names are compared.
_ASCII_WORDS = str.maketrans(
    {chr(code): chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
)


def cleaned(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with safe text: no control or direction marks, single spaces, compact numbers."""
    changed = {name: _mapped(frame[name], _UNCLEAN, clean_text) for name in _FREE_TEXT}
    changed |= {name: _mapped(frame[name], _UNCOMPACT, compact_number) for name in _COMPACT}
    changed = {name: column for name, column in changed.items() if column is not None}
    return frame.assign(**changed) if changed else frame


def clean_text(text: str) -> str:
    r"""Drop control and direction characters and fold white space to single spaces.

    >>> clean_text("Jan\u202e sen\x00 \t BV")
    'Jan sen BV'
    """
    if not text.isprintable():
        text = "".join(map(_visible, text))
    return " ".join(text.split())


def compact_number(text: str) -> str:
    """Write an IBAN or creditor identifier without spaces and marks, in capitals.

    >>> compact_number("nl91 abna 0417 1643 00")
    'NL91ABNA0417164300'
    """
    return "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())


def fold(text: str) -> str:
    """Reduce text to lower-case words for comparing; never for showing.

    >>> fold("Café 'De  Bröek' B.V.")
    'cafe de broek b v'
    """
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    """Return the words that text is compared by: NFKC, lower case, no accents, marks or invisible letters."""
    if text.isascii():
        return text.translate(_ASCII_WORDS).split()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", "".join(map(_visible, text))))
    kept = (letter for letter in plain.casefold() if not unicodedata.combining(letter))
    return "".join(letter if letter.isalnum() else " " for letter in kept).split()


def texts_of(column: "pd.Series[str]") -> pa.Array:
    """Return a column of text as one Arrow array, without copying the text where that can be."""
    array = pa.array(column.array, type=pa.large_string())
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def text_column(texts: pa.Array | Sequence[str]) -> pd.api.extensions.ExtensionArray:
    """Return texts in the form that a ledger column keeps."""
    array = texts if isinstance(texts, pa.Array) else pa.array(texts, type=pa.large_string())
    return _COLUMN(array, dtype=_TEXT)


def encoded(texts: pa.Array) -> tuple[npt.NDArray[np.int32], list[str]]:
    """Return a code for each row and the distinct texts that the codes stand for."""
    coded = texts.dictionary_encode()
    return coded.indices.to_numpy(zero_copy_only=False), coded.dictionary.to_pylist()


def decoded(coded: tuple[npt.NDArray[np.integer], Sequence[str]]) -> pa.Array:
    """Return the text of each row, of codes and the texts that they stand for."""
    code, texts = coded
    return pa.array(texts, type=pa.large_string()).take(pa.array(code))


def _visible(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in {"Cf", "Co", "Cs"}:
        return ""
    if kind == "Cc":
        return " " if letter.isspace() else ""
    return letter


def _mapped(column: "pd.Series[str]", suspect: str, repair: Callable[[str], str]) -> "pd.Series[str] | None":
    """Repair the texts that a pattern finds, each distinct one once; None when it finds none."""
    texts = texts_of(column)
    found = pc.match_substring_regex(texts, suspect)
    if not pc.any(found).as_py():
        return None
    code, distinct = encoded(texts.filter(found))
    repaired = pa.array([repair(text) for text in distinct], type=pa.large_string()).take(pa.array(code))
    return pd.Series(text_column(pc.replace_with_mask(texts, found, repaired)), index=column.index)
