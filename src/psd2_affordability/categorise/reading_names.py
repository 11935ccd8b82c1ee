"""What a printed name says: a known payee, a private person, a company, or an imitation."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise.imitations import imitates, mixes_alphabets
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.name_shapes import shapes_of
from psd2_affordability.categorise.names import Holder, Match, best
from psd2_affordability.categorise.printed_names import HEADLESS
from psd2_affordability.ledger.clean import clean_text, words_of

_WORDS_READ = 16
_SHOWN = 70
#: Up to so many names, reading each costs less than finding out which are alike.
_FEW = 4_000
_UNCLEAN = r"[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]|\s\s|^\s|\s$|\pZ\pZ"


@dataclass(frozen=True, slots=True)
class NamesRead:
    """What each of many printed names says.

    Attributes:
        entry: position in the knowledge's entries; -1 when not known.
        counter: the same for a name that a card terminal prints.
        holder: number of the kind of holder.
        odd: the name mixes alphabets or imitates a known one.
        lookalike: it imitates a known one.
        shown: as shown to people.
    """

    entry: npt.NDArray[np.int32]
    counter: npt.NDArray[np.int32]
    holder: npt.NDArray[np.int16]
    odd: npt.NDArray[np.bool_]
    lookalike: npt.NDArray[np.bool_]
    shown: list[str]


def read_names(names: pa.Array, knowledge: Knowledge) -> NamesRead:
    """Read many distinct names; those that differ only in words that nothing knows are read once."""
    if len(names) <= _FEW:
        read = [read_name(text, knowledge) for text in names.to_pylist()]
        return _as_arrays(read, np.arange(len(read)), [each.shown for each in read])
    shape, first = shapes_of(names, _known_words(knowledge), _WORDS_READ, HEADLESS)
    read = [read_name(text, knowledge) for text in names.take(pa.array(first)).to_pylist()]
    return _as_arrays(read, shape, _all_shown(names, read, shape, knowledge))


def _known_words(knowledge: Knowledge) -> frozenset[str]:
    """Return every word that reading a name looks for."""
    told = knowledge.name_words
    listed = {word for entry in knowledge.entries for form in entry.forms for word in form.split()}
    return frozenset(
        listed.union(told.company, told.trade, told.title, told.first, told.particle, knowledge.connecting)
    )


def _as_arrays(reads: list["Read"], shape: npt.NDArray[np.intp], shown: list[str]) -> NamesRead:
    return NamesRead(
        entry=np.array([each.entry for each in reads], dtype=np.int32)[shape],
        counter=np.array([each.counter for each in reads], dtype=np.int32)[shape],
        holder=np.array([each.holder for each in reads], dtype=np.int16)[shape],
        odd=np.array([each.odd for each in reads], dtype=np.bool_)[shape],
        lookalike=np.array([each.lookalike for each in reads], dtype=np.bool_)[shape],
        shown=shown,
    )


def _all_shown(
    names: pa.Array, reads: list["Read"], shape: npt.NDArray[np.intp], knowledge: Knowledge
) -> list[str]:
    """Return what is shown of each name: the payee that it is, or else the name itself."""
    entries = knowledge.entries
    fixed = np.array(
        [(each.counter >= 0 and bool(entries[each.counter].name)) or not each.shown for each in reads],
        dtype=np.bool_,
    )[shape]
    processor = np.array(
        [each.counter >= 0 and entries[each.counter].processor for each in reads], dtype=np.bool_
    )[shape]
    own = pc.if_else(pa.array(fixed), "", names)  # texts that stand in for a name are never shown
    own = pc.utf8_slice_codeunits(_cleaned(own), 0, _SHOWN)
    told = pa.array([each.shown for each in reads], type=pa.large_string()).take(pa.array(shape))
    shown: list[str] = pc.if_else(pa.array(fixed), told, own).to_pylist()
    for at in np.flatnonzero(processor).tolist():
        shown[at] = read_name(names[at].as_py(), knowledge).shown
    return shown


def _cleaned(names: pa.Array) -> pa.Array:
    unclean = pc.match_substring_regex(names, _UNCLEAN)
    if not pc.any(unclean).as_py():
        return names
    clean = [clean_text(text) for text in names.filter(unclean).to_pylist()]
    return pc.replace_with_mask(names, unclean, pa.array(clean, type=names.type))


class Read(NamedTuple):
    """What one printed name says; `counter` is the entry when it is printed by a card terminal."""

    entry: int
    counter: int
    holder: Holder
    shown: str
    odd: bool = False
    lookalike: bool = False


def read_name(text: str, knowledge: Knowledge) -> Read:
    """Read one printed name."""
    headless = text.startswith(HEADLESS)
    words = words_of(text)[:_WORDS_READ]
    if not words:
        return Read(-1, -1, Holder.NOBODY, "")
    holder = Holder.NOBODY if headless else knowledge.name_words.holder(words)
    shown = "" if headless else clean_text(text)[:70]
    if not text.isascii() and mixes_alphabets(words):
        return Read(-1, -1, holder, shown, odd=True, lookalike=imitates(words, knowledge.names))
    matches = knowledge.names.find(words)
    if not matches and imitates(words, knowledge.names):
        return Read(-1, -1, holder, shown, odd=True, lookalike=True)
    counter = _payee_among(matches, knowledge)
    if (
        counter < 0
        and not headless
        and holder is not Holder.PERSON
        and (trade := best(knowledge.trades.find(words)))
    ):
        counter = trade.value
    found = counter
    if holder is Holder.PERSON and counter >= 0 and knowledge.entries[counter].name:
        found = _payee_among(
            [match for match in matches if _not_a_surname(match, words, knowledge)], knowledge
        )
    if counter < 0:
        return Read(-1, -1, holder, shown)
    entry = knowledge.entries[counter]
    if entry.processor:
        rest = _without_processor(text, words, knowledge)
        private = knowledge.name_words.holder(words_of(rest)) is Holder.PERSON
        shown = entry.name if private or not rest else rest
    return Read(found, counter, holder, shown if entry.processor else entry.name or shown)


def _payee_among(matches: list[Match], knowledge: Knowledge) -> int:
    """Return the entry that is named; a payment processor only when no other payee is named."""
    if len(matches) < 2:
        return matches[0].value if matches else -1
    payees = [match for match in matches if not knowledge.entries[match.value].processor]
    chosen = best(payees or matches)
    return -1 if chosen is None else chosen.value


def _not_a_surname(match: Match, words: list[str], knowledge: Knowledge) -> bool:
    """Tell whether a known name inside a person's name is more than that person's surname or initials."""
    if knowledge.entries[match.value].processor:
        return True
    return match.at == 0 and (match.words > 1 or match.words == len(words))


def _without_processor(text: str, words: list[str], knowledge: Knowledge) -> str:
    """Return what is left of a name without the payment processor and the words that join them."""
    taken = set()
    for match in knowledge.names.find(words):
        taken |= set(words[match.at : match.at + match.words])
    rest = [
        part
        for part in clean_text(text).replace("*", " ").split()
        if not set(words_of(part)) <= taken | knowledge.connecting
    ]
    return " ".join(rest)[:70]
