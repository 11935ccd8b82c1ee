"""Names that read alike: the same known words in the same places, whatever the others are."""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise.imitations import in_letters

#: Letters and figures in lower case as they are, everything else a space; for plain ASCII text.
_LOWER = np.array(
    [ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else 32 for code in range(256)],
    dtype=np.uint8,
)
#: What unknown words are told apart by: length where it is short, letters only or not, a figure in front.
_SHORT, _LONGER, _LONG, _NUMBER, _MIXED = "q_", "q__", "q___", "0_", "q0_"
_HEAD = "!_"


def shapes_of(
    names: pa.Array, known: Collection[str], words_read: int, headless: str
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the number of the shape of each name, and one name of each shape.

    Args:
        names: distinct names without nulls.
        known: every word that something looks for.
        words_read: how many words of a name count.
        headless: what begins a text that is no name.
    """
    ascii_only = pc.string_is_ascii(names).to_numpy(zero_copy_only=False)
    words = pc.ascii_split_whitespace(pc.ascii_trim_whitespace(_lowered(names)))
    words = pc.list_slice(words, 0, words_read)
    coded = words.values.dictionary_encode()
    like = pa.array([_like(word, known) for word in coded.dictionary.to_pylist()], type=pa.large_string())
    replaced = pa.LargeListArray.from_arrays(words.offsets, like.take(coded.indices))
    shape = pc.binary_join(replaced, pa.scalar(" ", pa.large_string()))
    shape = pc.if_else(
        pc.equal(pc.utf8_slice_codeunits(names, 0, 1), headless),
        pc.binary_join_element_wise(
            pa.scalar(_HEAD, pa.large_string()), shape, pa.scalar(" ", pa.large_string())
        ),
        shape,
    )
    shape = pc.if_else(pa.array(ascii_only), shape, names)  # others are read one by one
    found = shape.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.intp)
    first = np.empty(int(found.max()) + 1, dtype=np.intp)
    first[found[::-1]] = np.arange(len(found))[::-1]
    return found, first


def _lowered(names: pa.Array) -> pa.Array:
    """Write plain text as it is compared, all of it at once; what is not plain comes out as nonsense."""
    _, bounds, content = names.buffers()
    lowered = _LOWER[np.frombuffer(content, dtype=np.uint8)] if content is not None else np.zeros(0, np.uint8)
    return pa.Array.from_buffers(
        pa.large_string(), len(names), [None, bounds, pa.py_buffer(lowered.tobytes())], offset=names.offset
    )


def _like(word: str, known: Collection[str]) -> str:
    """Return a known word as it is, and for another what stands for all like it."""
    if word in known or len(word) < 2:
        return word
    if word.isalpha():
        return _SHORT if len(word) == 2 else _LONGER if len(word) == 3 else _LONG
    if word[:1].isdigit():
        return _NUMBER
    return word if any(each in known for each in in_letters(word)) else _MIXED
