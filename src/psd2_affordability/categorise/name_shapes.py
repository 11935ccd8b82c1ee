"""Names that read alike: the same known words in the same places, whatever the others are."""

from collections.abc import Callable

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
_HEAD, _STARRED = "!_", "*_"


def shapes_of(
    names: pa.Array, tells: Callable[[str], bool], words_read: int, headless: str, starred: str
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the number of the shape of each name, and one name of each shape.

    Args:
        names: distinct names without nulls.
        tells: whether something looks for a word.
        words_read: how many words of a name count.
        headless: what begins a text that is no name.
        starred: pattern of a name that a payment service stands before.
    """
    ascii_only = pc.string_is_ascii(names).to_numpy(zero_copy_only=False)
    words = pc.ascii_split_whitespace(pc.ascii_trim_whitespace(_lowered(names)))
    words = pc.list_slice(words, 0, words_read)
    coded = words.values.dictionary_encode()
    like = pa.array([_like(word, tells) for word in coded.dictionary.to_pylist()], type=pa.large_string())
    replaced = pa.LargeListArray.from_arrays(words.offsets, like.take(coded.indices))
    shape = pc.binary_join(replaced, pa.scalar(" ", pa.large_string()))
    shape = _marked(shape, pc.equal(pc.utf8_slice_codeunits(names, 0, 1), headless), _HEAD)
    if pc.any(pc.match_substring(names, "*")).as_py():
        shape = _marked(shape, pc.match_substring_regex(names, starred), _STARRED)
    shape = pc.if_else(pa.array(ascii_only), shape, names)  # others are read one by one
    found = shape.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.intp)
    first = np.empty(int(found.max()) + 1, dtype=np.intp)
    first[found[::-1]] = np.arange(len(found))[::-1]
    return found, first


def _marked(shape: pa.Array, which: pa.Array, mark: str) -> pa.Array:
    """Put a mark before some shapes."""
    with_mark = pc.binary_join_element_wise(
        pa.scalar(mark, pa.large_string()), shape, pa.scalar(" ", pa.large_string())
    )
    return pc.if_else(which, with_mark, shape)


def _lowered(names: pa.Array) -> pa.Array:
    """Write plain text as it is compared, all of it at once; what is not plain comes out as nonsense."""
    _, bounds, content = names.buffers()
    lowered = _LOWER[np.frombuffer(content, dtype=np.uint8)] if content is not None else np.zeros(0, np.uint8)
    return pa.Array.from_buffers(
        pa.large_string(), len(names), [None, bounds, pa.py_buffer(lowered.tobytes())], offset=names.offset
    )


def _like(word: str, tells: Callable[[str], bool]) -> str:
    """Return a known word as it is, and for another what stands for all like it."""
    if len(word) < 2 or tells(word):
        return word
    if word.isalpha():
        return _SHORT if len(word) == 2 else _LONGER if len(word) == 3 else _LONG
    if word[:1].isdigit():
        return _NUMBER
    return word if any(tells(each) for each in in_letters(word)) else _MIXED
