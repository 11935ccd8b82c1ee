"""A linear model on words and letters, so that learning from the labels has its place in the table.

Ridge regression on hashed counts, one output per label. No row of a subject helps to answer that
subject: each is answered by a model of the others. With many subjects whole subjects go together.
"""

from collections.abc import Iterator
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from psd2_affordability.categorise.evaluation.judged import Codes, Truth
from psd2_affordability.ledger.clean import words_of

_WIDTH = 1024
_FOLDS = 20
_LETTERS = 3
_RIDGE = 1.0
#: Scores that differ less than this are equal, so that the answer does not hang on the machine.
_DIGITS = 8
_COLUMNS = ("counterparty_name", "remittance", "bank_code", "purpose_code", "creditor_id")

_Matrix = npt.NDArray[np.float64]


def learnt_from_others(frame: pd.DataFrame, truth: Truth) -> Codes:
    """Answer each subject's rows by a model of other subjects' rows.

    Returns:
        Number of a label for each row.
    """
    features = [sorted(_features(row)) for row in _told(frame)]
    present, target = np.unique(truth.label, return_inverse=True)
    fold = _folds(frame["subject"])
    inner = np.zeros((_WIDTH, _WIDTH))
    outer = np.zeros((_WIDTH, len(present)))
    parts = [np.flatnonzero(fold == one) for one in np.unique(fold)]
    for rows in parts:
        matrix = _matrix(features, rows)
        inner += matrix.T @ matrix
        outer += matrix.T @ np.eye(len(present))[target[rows]]
    inner[np.diag_indices(_WIDTH)] += _RIDGE
    answer = np.zeros(len(frame), dtype=np.int64)
    for rows in parts:
        matrix = _matrix(features, rows)
        others = outer - matrix.T @ np.eye(len(present))[target[rows]]
        weights = np.linalg.solve(inner - matrix.T @ matrix, others)
        answer[rows] = present[np.round(matrix @ weights, _DIGITS).argmax(axis=1)]
    return answer


def _told(frame: pd.DataFrame) -> Iterator[tuple[bool, tuple[str, ...]]]:
    incoming = (frame["amount_ct"].to_numpy() > 0).tolist()
    yield from zip(incoming, zip(*(frame[name].tolist() for name in _COLUMNS), strict=True), strict=True)


def _features(row: tuple[bool, tuple[str, ...]]) -> set[int]:
    """Return the places of what a row says: direction, codes, words, and letters in threes; no digits."""
    incoming, (name, text, *codes) = row
    words = [word for word in words_of(f"{name} {text}") if not any(map(str.isdigit, word))]
    said = {f"direction {incoming}", *(f"code {at} {code}" for at, code in enumerate(codes) if code)}
    said |= {f"word {word}" for word in words}
    for word in words:
        framed = f" {word} "
        said |= {framed[at : at + _LETTERS] for at in range(len(framed) - _LETTERS + 1)}
    return {crc32(each.encode("utf-8", "surrogatepass")) % _WIDTH for each in said}


def _matrix(features: list[list[int]], rows: npt.NDArray[np.intp]) -> _Matrix:
    """Lay the features of some rows out, each row of length one."""
    matrix = np.zeros((len(rows), _WIDTH))
    for at, row in enumerate(rows.tolist()):
        matrix[at, features[row]] = 1 / np.sqrt(len(features[row]))
    return matrix


def _folds(subject: "pd.Series[str]") -> Codes:
    """Number the subjects; more than can each be left out alone go together by a hash of their names."""
    code, names = pd.factorize(subject, sort=True)
    if len(names) <= _FOLDS:
        return code.astype(np.int64)
    fold = np.array([crc32(name.encode("utf-8", "surrogatepass")) % _FOLDS for name in names], dtype=np.int64)
    return fold[code]
