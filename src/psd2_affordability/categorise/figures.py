"""Figures in many texts at once: they differ on every line, so texts are told apart without them."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.ledger.arrays import letter_bounds

#: So many texts at a time, so that what is held beside them stays small.
_AT_A_TIME = 65_536


def with_noughts(texts: pa.Array) -> pa.Array:
    """Return texts, large strings without nulls, with one nought for each run of figures.

    >>> with_noughts(pa.array(["NL91 x2026", ""], type=pa.large_string())).to_pylist()
    ['NL0 x0', '']
    """
    return _without(texts, runs_stay=True)


def without_figures(texts: pa.Array) -> pa.Array:
    """Return texts, large strings without nulls, with all figures left out.

    >>> without_figures(pa.array(["NL91 x2026", ""], type=pa.large_string())).to_pylist()
    ['NL x', '']
    """
    return _without(texts, runs_stay=False)


def first_letters(texts: pa.Array, most: int) -> pa.Array:
    """Return so many letters of each text; the texts themselves where none is longer."""
    longest = int(np.diff(letter_bounds(texts)).max(initial=0))  # in bytes, no letter has fewer
    return texts if longest <= most else pc.utf8_slice_codeunits(texts, 0, most)


def _without(texts: pa.Array, *, runs_stay: bool) -> pa.Array:
    parts = [_part(texts[at : at + _AT_A_TIME], runs_stay) for at in range(0, len(texts), _AT_A_TIME)]
    return parts[0] if len(parts) == 1 else pa.concat_arrays(parts) if parts else texts


def _part(texts: pa.Array, runs_stay: bool) -> pa.Array:
    """Leave figures out of the bytes of texts: each is one byte, and no byte of another letter is one."""
    content, ends = texts.buffers()[2], letter_bounds(texts)
    letters = np.frombuffer(content or b"", dtype=np.uint8)[ends[0] : ends[-1]]
    ends = ends - ends[0]
    figure = (letters - np.uint8(ord("0"))) < 10  # whole numbers of a byte: what comes before them is large
    dropped = figure
    if runs_stay:
        letters = letters & ~(figure * np.uint8(0x0F))  # the nought has none of the last four bits
        dropped = figure.copy()
        dropped[1:] &= figure[:-1]
        dropped[ends[:-1][ends[:-1] < len(letters)]] = False
    return _cut(letters[~dropped], ends - np.searchsorted(np.flatnonzero(dropped), ends))


def _cut(letters: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64]) -> pa.Array:
    """Cut bytes into texts."""
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(letters)]
    return pa.Array.from_buffers(pa.large_string(), len(ends) - 1, buffers)
