"""Where the other side's name is printed: in its own field, or in the description."""

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise.figures import first_letters, without_figures
from psd2_affordability.ledger.columns import Columns

#: Marks the start of a description that stands in for a name: known payees are looked for, nothing else.
HEADLESS = "\x00"
_HEAD_LENGTH = 48
_READ_AT_MOST = 300
_NAME_LENGTH = 70

#: How a card terminal's line starts, and the name after it.
_CARD_LINE = re.compile(
    r"(?:BEA|GEA),? +(?:NR:\S+ +[0-9./:]+ +|(?:Betaalpas|Apple Pay|Google Pay|Wearable|Creditcard) +)"
    r"([^,/\n]{2,40}?) *(?:/|\n|$)",
    re.ASCII,
)
#: How other banks write it: the shop and its town first, then the card or the word for a terminal.
_SHOP_FIRST = re.compile(r"([^\n]{2,60}?)[ \\\n]+(?:Pasvolgnr|BETAALAUTOMAAT|Betaalautomaat)\b")
#: How yet others write it: the shop, then a mark or the day, and only then the card.
_SHOP_THEN_TOWN = re.compile(r"([^>\n]{2,60}?) *>[^\n]*(?: KV[0-9]{1,4}\b|\bMCC:)", re.ASCII)
_SHOP_THEN_DAY = re.compile(
    r"([^\n]{2,60}?) +[0-9]{1,2}[-.][0-9]{1,2}[-.][0-9]{2,4} +[0-9]{1,2}[:.U][0-9]{2} +"
    r"[Pp]as(?:nr\.?|nummer|:)? *[0-9]",
    re.ASCII,
)
#: Labels before the name in a description, and what ends it.
_NAME_LABELS = (("/NAME/", "/"), ("Naam: ", "\n"))
_MAY_NAME = r"^(?:BEA|GEA)|/NAME/|Naam: |Pasvolgnr|(?i:betaalautomaat)|>.* KV[0-9]|MCC:|[0-9] [Pp]as"
_AFTER_NAME = " Omschrijving:"
_CARD_NUMBER = ",PAS"


def printed_names(columns: Columns) -> tuple[npt.NDArray[np.int32], pa.Array]:
    """Return a number for each row, and the distinct names that the numbers stand for."""
    names = columns.texts("counterparty_name")
    empty = columns.blank("counterparty_name")
    if empty.any():
        texts = columns.texts("remittance").take(pa.array(np.flatnonzero(empty)))
        # what follows a card's number differs on every line: without it, few lines are left to read
        start = pc.list_element(pc.split_pattern(texts, _CARD_NUMBER, max_splits=1), 0).dictionary_encode()
        names = pc.replace_with_mask(names, pa.array(empty), _told(start.dictionary).take(start.indices))
    coded = names.dictionary_encode()
    return coded.indices.to_numpy(zero_copy_only=False), coded.dictionary


def _told(texts: pa.Array) -> pa.Array:
    """Find the name in each description, for banks that leave the name's own field empty."""
    texts = first_letters(texts, _READ_AT_MOST)
    head = without_figures(first_letters(texts, _HEAD_LENGTH))
    told = pc.binary_join_element_wise(_large(HEADLESS), head, _large(""))
    named = pc.match_substring_regex(texts, _MAY_NAME)
    if named.true_count == 0:
        return told
    lines = zip(texts.filter(named).to_pylist(), told.filter(named).to_pylist(), strict=True)
    found = [_name_in(text, otherwise) for text, otherwise in lines]
    return pc.replace_with_mask(told, named, pa.array(found, type=told.type))


def _large(text: str) -> pa.Scalar:
    return pa.scalar(text, pa.large_string())


def _name_in(text: str, otherwise: str) -> str:
    if found := _CARD_LINE.match(text):
        return found[1]
    for shop_first in (_SHOP_FIRST, _SHOP_THEN_TOWN, _SHOP_THEN_DAY):
        if found := shop_first.match(text):
            return found[1].replace("\\", " ")
    for label, end in _NAME_LABELS:
        _, labelled, rest = text.partition(label)
        if labelled:
            return rest.partition(end)[0].partition(_AFTER_NAME)[0][:_NAME_LENGTH]
    return otherwise
