"""Who stands at the other side of each row: found once for every distinct creditor, account and name."""

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.imitations import imitates, mixes_alphabets
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import FormIndex, Holder, Match, best
from psd2_affordability.ledger.clean import clean_text, words_of
from psd2_affordability.ledger.columns import Columns

_SURE_OF_CREDITOR = 98
_SURE_OF_IBAN = 97
_WORDS_READ = 16

#: How a card terminal's line starts, and the name after it.
_CARD_LINE = re.compile(
    r"(?:BEA|GEA),? +(?:NR:\S+ +[0-9./:]+ +|(?:Betaalpas|Apple Pay|Google Pay|Wearable|Creditcard) +)"
    r"([^,/\n]{2,40}?) *(?:/|\n|$)",
    re.ASCII,
)
#: Labels before the name in a description, and what ends it.
_NAME_LABELS = (("/NAME/", "/"), ("Naam: ", "\n"))
_AFTER_NAME = " Omschrijving:"
_CARD_NUMBER = ",PAS"
_DIGITS = str.maketrans("", "", "0123456789")
_READ_AT_MOST = 300
#: Marks the start of a description that stands in for a name: known payees are looked for, nothing else.
_HEADLESS = "\x00"
_HEAD_LENGTH = 48


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
        odd: the printed name mixes alphabets, or only looks like a known one, as an imitation does.
        lookalike: it only looks like a known one.
        registered: the entry was found by creditor identifier or account.
        disputed: so found, while the name beside it is that of another known payee.
    """

    entry: npt.NDArray[np.int32]
    how: npt.NDArray[np.int8]
    sure: npt.NDArray[np.int8]
    kind: npt.NDArray[np.int16]
    name: npt.NDArray[np.int32]
    shown: list[str]
    odd: npt.NDArray[np.bool_]
    lookalike: npt.NDArray[np.bool_]
    registered: npt.NDArray[np.bool_]
    disputed: npt.NDArray[np.bool_]


def find_parties(columns: Columns, knowledge: Knowledge, at_counter: npt.NDArray[np.bool_]) -> Parties:
    """Find the other side: by creditor identifier, then account number, then name.

    A payment processor collects in its own name for many: the payee named beside it counts.
    A card pays no private person: at a counter, a name that looks like one's is a shop's.
    """
    name, names = _printed_names(columns)
    read = [_read_name(text, knowledge) for text in names]
    entry_of = np.array([each.entry for each in read], dtype=np.int32)
    holder_of = np.array([each.holder for each in read], dtype=np.int16)
    odd_of = np.array([each.odd for each in read], dtype=np.bool_)
    counter_of = np.array([each.counter for each in read], dtype=np.int32)
    entry = np.where(at_counter, counter_of[name], entry_of[name])
    tables = knowledge.tables
    by_name = entry
    how = np.where(entry >= 0, Evidence.PAYEE_NAME, Evidence.NONE).astype(np.int8)
    sure = np.where(entry >= 0, tables.sure[entry], 0).astype(np.int8)
    for column, known, evidence, certainty in (
        ("counterparty_iban", knowledge.ibans, Evidence.IBAN, _SURE_OF_IBAN),
        ("creditor_id", knowledge.creditors, Evidence.CREDITOR_ID, _SURE_OF_CREDITOR),
    ):
        if known:
            code, values = columns.coded(column)
            found = np.array([known.get(value, -1) for value in values], dtype=np.int32)[code]
            found[(by_name >= 0) & (found >= 0) & tables.is_processor[found]] = -1
            entry, how = np.where(found >= 0, found, entry), np.where(found >= 0, evidence, how)
            sure = np.where(found >= 0, certainty, sure)
    holder = holder_of[name]
    holder[at_counter & (holder == Holder.PERSON)] = Holder.UNCLEAR
    kind = np.where(entry >= 0, tables.kind[entry], holder)
    registered = (how == Evidence.CREDITOR_ID) | (how == Evidence.IBAN)
    return Parties(
        entry=entry.astype(np.int32),
        how=how.astype(np.int8),
        sure=sure.astype(np.int8),
        kind=kind.astype(np.int16),
        name=name,
        shown=[each.shown for each in read],
        odd=odd_of[name],
        lookalike=np.array([each.lookalike for each in read], dtype=np.bool_)[name],
        registered=registered,
        disputed=registered & (by_name >= 0) & tables.is_payee[by_name] & (by_name != entry),
    )


def _printed_names(columns: Columns) -> tuple[npt.NDArray[np.int32], list[str]]:
    """Return the name of each row: as its field gives it, or as the description does."""
    empty = columns.blank("counterparty_name")
    if not empty.any():
        return columns.coded("counterparty_name")
    at = np.flatnonzero(empty)
    texts = columns.texts("remittance").take(pa.array(at))
    # what follows a card's number differs on every line: without it, few lines are left to read
    start = pc.list_element(pc.split_pattern(texts, _CARD_NUMBER, max_splits=1), 0).dictionary_encode()
    told = pa.array([_name_in(text) for text in start.dictionary.to_pylist()], type=pa.large_string())
    found = told.take(start.indices)
    names = pc.replace_with_mask(columns.texts("counterparty_name"), pa.array(empty), found)
    coded = names.dictionary_encode()
    return coded.indices.to_numpy(zero_copy_only=False), coded.dictionary.to_pylist()


def _name_in(text: str) -> str:
    """Find the name in a description, for banks that leave the name's own field empty."""
    text = text[:_READ_AT_MOST]
    if found := _CARD_LINE.match(text):
        return found[1]
    for label, end in _NAME_LABELS:
        _, labelled, rest = text.partition(label)
        if labelled:
            return rest.partition(end)[0].partition(_AFTER_NAME)[0][:70]
    return _HEADLESS + text[:_HEAD_LENGTH].translate(_DIGITS) if text else ""


class _Read(NamedTuple):
    """What one printed name says; `counter` is the entry when it is printed by a card terminal."""

    entry: int
    counter: int
    holder: Holder
    shown: str
    odd: bool = False
    lookalike: bool = False


def _read_name(text: str, knowledge: Knowledge) -> _Read:
    """Read one printed name."""
    headless = text.startswith(_HEADLESS)
    words = words_of(text)[:_WORDS_READ]
    if not words:
        return _Read(-1, -1, Holder.NOBODY, "")
    holder = Holder.NOBODY if headless else knowledge.name_words.holder(words)
    shown = "" if headless else clean_text(text)[:70]
    if not text.isascii() and mixes_alphabets(words):
        return _Read(-1, -1, holder, shown, odd=True, lookalike=imitates(words, knowledge.names))
    matches = knowledge.names.find(words)
    if not matches and imitates(words, knowledge.names):
        return _Read(-1, -1, holder, shown, odd=True, lookalike=True)
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
        return _Read(-1, -1, holder, shown)
    entry = knowledge.entries[counter]
    if entry.processor:
        rest = _without_processor(text, words, knowledge)
        private = knowledge.name_words.holder(words_of(rest)) is Holder.PERSON
        shown = entry.name if private or not rest else rest
    return _Read(found, counter, holder, shown if entry.processor else entry.name or shown)


def payee_in(text: str, index: FormIndex, knowledge: Knowledge) -> int:
    """Return the entry of the payee that a description names, no processor; -1 for none."""
    matches = [match for match in index.find(words_of(text)) if knowledge.tables.is_payee[match.value]]
    chosen = best(matches)
    return -1 if chosen is None else chosen.value


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
