"""Who stands at the other side of each row: found once for every distinct creditor, account and name."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import Holder, Match, best
from psd2_affordability.ledger.clean import clean_text, encoded, fold, texts_of

_SURE_OF_CREDITOR = 98
_SURE_OF_IBAN = 97
_WORDS_READ = 16

#: Where a description holds the name, for banks that leave the name's own field empty.
_NAME_IN_TEXT = (
    r"^(?:BEA|GEA),? +(?:NR:\S+ +[0-9./:]+ +|(?:Betaalpas|Apple Pay|Google Pay|Wearable|Creditcard) +)"
    r"(?P<card>[^,/\n]{2,40}?) *(?:,PAS|/|\n|$)"
    r"|/NAME/(?P<tag>[^/\n]{1,70})"
    r"|(?:^|\s)Naam: (?P<label>.{1,70}?)(?: Omschrijving:|\n|$)"
)
#: Marks the start of a description that stands in for a name: known payees are looked for, nothing else.
_HEADLESS = "\x00"
_HEAD_LENGTH = 48
_EMPTY = pa.scalar("", pa.large_string())


@dataclass(frozen=True, slots=True)
class Parties:
    """The other side of each row, in row order.

    Attributes:
        entry: position in the knowledge's entries; -1 when not known.
        how: number of the evidence that found the entry.
        sure: confidence of that, in percent.
        kind: number of the kind of party.
        name: number of the printed name.
        shown: payee as shown for each printed name.
        odd: the printed name mixes alphabets, as an imitation does.
    """

    entry: npt.NDArray[np.int32]
    how: npt.NDArray[np.int8]
    sure: npt.NDArray[np.int8]
    kind: npt.NDArray[np.int16]
    name: npt.NDArray[np.int32]
    shown: list[str]
    odd: npt.NDArray[np.bool_]


def find_parties(frame: pd.DataFrame, knowledge: Knowledge) -> Parties:
    """Find the other side: by creditor identifier, then account number, then name."""
    name, names = _printed_names(frame)
    read = [_read_name(text, knowledge) for text in names]
    entry_of = np.array([each.entry for each in read], dtype=np.int32)
    holder_of = np.array([each.holder for each in read], dtype=np.int16)
    odd_of = np.array([each.odd for each in read], dtype=np.bool_)
    entry = entry_of[name]
    tables = knowledge.tables
    how = np.where(entry >= 0, Evidence.PAYEE_NAME, Evidence.NONE).astype(np.int8)
    sure = np.where(entry >= 0, tables.sure[entry], 0).astype(np.int8)
    for column, known, evidence, certainty in (
        ("counterparty_iban", knowledge.ibans, Evidence.IBAN, _SURE_OF_IBAN),
        ("creditor_id", knowledge.creditors, Evidence.CREDITOR_ID, _SURE_OF_CREDITOR),
    ):
        if known:
            code, values = encoded(frame[column])
            found = np.array([known.get(value, -1) for value in values], dtype=np.int32)[code]
            entry, how = np.where(found >= 0, found, entry), np.where(found >= 0, evidence, how)
            sure = np.where(found >= 0, certainty, sure)
    kind = np.where(entry >= 0, tables.kind[entry], holder_of[name])
    return Parties(
        entry=entry.astype(np.int32),
        how=how.astype(np.int8),
        sure=sure.astype(np.int8),
        kind=kind.astype(np.int16),
        name=name,
        shown=[each.shown for each in read],
        odd=odd_of[name],
    )


def _printed_names(frame: pd.DataFrame) -> tuple[npt.NDArray[np.int32], list[str]]:
    """Return the name of each row: as its field gives it, or as the description does."""
    names = texts_of(frame["counterparty_name"])
    empty = pc.equal(names, "")
    if pc.any(empty).as_py():
        at = np.flatnonzero(empty.to_numpy(zero_copy_only=False))
        texts = texts_of(frame["remittance"]).take(pa.array(at))
        parts = pc.extract_regex(texts, _NAME_IN_TEXT)
        told = pc.coalesce(pc.binary_join_element_wise(*parts.flatten(), _EMPTY), _EMPTY)
        start = pc.replace_substring_regex(pc.utf8_slice_codeunits(texts, 0, _HEAD_LENGTH), r"[0-9]+", "")
        head = pc.binary_join_element_wise(pa.scalar(_HEADLESS, pa.large_string()), start, _EMPTY)
        found = pc.if_else(pc.not_equal(told, ""), told, pc.if_else(pc.equal(texts, ""), texts, head))
        names = pc.replace_with_mask(names, empty, found)
    coded = names.dictionary_encode()
    return coded.indices.to_numpy(zero_copy_only=False), coded.dictionary.to_pylist()


@dataclass(frozen=True, slots=True)
class _Read:
    entry: int
    holder: Holder
    shown: str
    odd: bool = False


def _read_name(text: str, knowledge: Knowledge) -> _Read:
    """Read one printed name."""
    headless = text.startswith(_HEADLESS)
    words = fold(text).split()[:_WORDS_READ]
    if not words:
        return _Read(-1, Holder.NOBODY, "")
    odd = not text.isascii() and _mixes_alphabets(words)
    holder = Holder.NOBODY if headless else knowledge.name_words.holder(words)
    shown = "" if headless else clean_text(text)[:70]
    if odd:
        return _Read(-1, holder, shown, odd=True)
    found = _known_payee(words, holder, knowledge)
    if found < 0 and not headless and (trade := best(knowledge.trades.find(words))):
        found = trade.value
    if found < 0:
        return _Read(-1, holder, shown)
    entry = knowledge.entries[found]
    if entry.processor:
        rest = _without_processor(text, words, knowledge)
        private = knowledge.name_words.holder(fold(rest).split()) is Holder.PERSON
        return _Read(found, holder, entry.name if private or not rest else rest)
    return _Read(found, holder, entry.name or shown)


def _known_payee(words: list[str], holder: Holder, knowledge: Knowledge) -> int:
    """Return the entry that a name names; a payment processor only when no other payee is named."""
    matches = knowledge.names.find(words)
    if holder is Holder.PERSON:
        matches = [match for match in matches if _not_a_surname(match, words, knowledge)]
    if not matches:
        return -1
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
        if not set(fold(part).split()) <= taken | knowledge.connecting
    ]
    return " ".join(rest)[:70]


def _mixes_alphabets(words: list[str]) -> bool:
    """Tell whether Latin letters stand beside Greek or Cyrillic ones."""
    letters = {letter for word in words for letter in word}
    return any("a" <= letter <= "z" for letter in letters) and any(
        "\u0370" <= letter <= "\u052f" for letter in letters
    )
