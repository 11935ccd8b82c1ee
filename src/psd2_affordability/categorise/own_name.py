"""Accounts in the holder's own name, told by whom the wages and benefits are for."""

from itertools import dropwhile, takewhile

import numpy as np
import pyarrow as pa

from psd2_affordability.categorise.decide import OWN, Decided, refine
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.figures import without_figures
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import Holder
from psd2_affordability.categorise.tables import PARTICULIER, one_of
from psd2_affordability.ledger.clean import encoded, words_of
from psd2_affordability.ledger.columns import Columns

_SURE = 85
#: Words before or behind a name that are no part of it: forms of address, and `and/or`, `and partner`.
_TITLES = frozenset(
    [
        *(
            "dhr",
            "hr",
            "heer",
            "mevr",
            "mevrouw",
            "mw",
            "mej",
            "mr",
            "mrs",
            "ms",
            "drs",
            "dr",
            "ir",
            "ing",
            "bc",
        ),
        *("eo", "cj", "eg", "ev", "ea"),
    ]
)
#: A surname has so many letters.
_SHORTEST = 3
_GLUED_MOST = 4
_VOWELS = frozenset("aeiouy")


def find_own_name(columns: Columns, decided: Decided, knowledge: Knowledge) -> None:
    """Take a transfer to or from somebody with the holder's own name for own money.

    The holder is who wages, benefits and allowances are for, and who the own accounts are named after.
    The initials must be there too: a family has one name.
    """
    number = knowledge.tables.number
    private = one_of(decided.category, [number[code] for code in PARTICULIER.values()])
    private &= (decided.parties.kind == Holder.PERSON) & ~columns.blank("counterparty_name")
    rows = np.flatnonzero(private)
    if not len(rows):
        return
    subject, _ = columns.coded("subject")
    people, names = subject[rows].tolist(), columns.taken("counterparty_name", rows)
    told = _told_of_holder(columns, decided, knowledge, set(people))
    pairs = list(zip(people, names, strict=True))
    own = {(who, name): _is_named(name, told.get(who, ())) for who, name in set(pairs)}
    named = np.zeros(len(columns), dtype=np.bool_)
    named[rows] = [own[pair] for pair in pairs]
    decided.settle(named, number[OWN], Evidence.PAYEE_NAME, _SURE)
    refine(decided, knowledge, named)


def _told_of_holder(
    columns: Columns, decided: Decided, knowledge: Knowledge, subjects: set[int]
) -> dict[int, set[str]]:
    """Return the words of each subject's income from organisations, and the names on its own accounts."""
    relied_on = knowledge.tables.in_group["inkomen"] & ~knowledge.tables.private
    paid = decided.incoming & relied_on[decided.category] & (decided.parties.kind != Holder.PERSON)
    subject, _ = columns.coded("subject")
    told: dict[int, set[str]] = {}
    wanted = one_of(subject, subjects)
    for rows, column in (
        (np.flatnonzero(paid & wanted), "remittance"),
        (np.flatnonzero(decided.own.own & wanted & ~columns.blank("counterparty_name")), "counterparty_name"),
    ):
        texts = columns.texts(column).take(pa.array(rows))
        code, alike = encoded(without_figures(texts))
        words = [f" {' '.join(words_of(text))} " for text in alike]
        for who, at in zip(subject[rows].tolist(), code.tolist(), strict=True):
            told.setdefault(who, set()).add(words[at])
    return told


def _is_named(name: str, told: set[str] | tuple[str, ...]) -> bool:
    """Tell whether a whole name, its initials or first name included, stands in one of the texts."""
    if not told:
        return False
    words = [word for word in words_of(name) if word not in _TITLES]
    if len(words) < 2 or max(map(len, words)) < _SHORTEST:
        return False
    everything = "\n".join(told)
    ways = [way for way in _ways(words) if f" {way} " in everything]
    return any(_stands_in(text, way) for way in ways for text in told)


def _stands_in(text: str, name: str) -> bool:
    """Tell whether a name stands in a text, with no initial beside it that would make it somebody else's."""
    before, found, behind = text.partition(f" {name} ")
    beside = before.split()[-1:] + behind.split()[:1]
    return bool(found) and not any(map(_is_initial, beside))


def _ways(words: list[str]) -> set[str]:
    """Return the ways to write a name: initials apart or together, in front of the surname or behind it."""
    words = [letter for word in words for letter in (word if _is_glued(word) else [word])]
    initials = list(takewhile(_is_initial, words))
    surname = words[len(initials) :]
    if not initials:
        surname = list(dropwhile(_is_initial, reversed(words)))[::-1]
        initials = words[len(surname) :]
    family = " ".join(surname)
    if not initials or max(map(len, surname), default=0) < _SHORTEST:
        return {" ".join(words)}
    written = (" ".join(initials), "".join(initials))
    return {f"{letters} {family}" for letters in written} | {f"{family} {letters}" for letters in written}


def _is_initial(word: str) -> bool:
    return len(word) == 1


def _is_glued(word: str) -> bool:
    """Tell whether a word is initials without points: `jm`, and no word with a sound in it."""
    return len(word) <= _GLUED_MOST and _VOWELS.isdisjoint(word)
