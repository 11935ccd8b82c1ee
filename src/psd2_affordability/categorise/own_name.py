"""Accounts in the holder's own name, told by whom the wages and benefits are for."""

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise.decide import OWN, Decided
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import Holder
from psd2_affordability.categorise.tables import PARTICULIER
from psd2_affordability.ledger.clean import words_of
from psd2_affordability.ledger.columns import Columns

_SURE = 85
_SAVINGS = "intern.sparen"
#: Words before a name that are no part of it.
_TITLES = frozenset({"dhr", "hr", "de heer", "mevr", "mw", "mej", "drs", "ir", "ing", "eo", "cj"})
_DIGITS = re.compile("[0-9]+")

_Ints = npt.NDArray[np.intp]


def find_own_name(columns: Columns, decided: Decided, knowledge: Knowledge) -> None:
    """Take a transfer to or from somebody with the holder's own name for own money.

    The holder is who wages, benefits and allowances are for, and who the own accounts are named after.
    The initials must be there too: a family has one name.
    """
    number = knowledge.tables.number
    private = np.isin(decided.category, [number[code] for code in PARTICULIER.values()])
    private &= (decided.parties.kind == Holder.PERSON) & ~columns.blank("counterparty_name")
    rows = np.flatnonzero(private)
    if not len(rows):
        return
    subject, _ = columns.coded("subject")
    people, names = subject[rows].tolist(), columns.taken("counterparty_name", rows)
    told = _told_of_holder(columns, decided, knowledge, set(people))
    own = [_is_named(name, told.get(who, ())) for who, name in zip(people, names, strict=True)]
    rows = rows[np.array(own, dtype=np.bool_)]
    decided.settle(rows, number[OWN], Evidence.PAYEE_NAME, _SURE)
    _refine_savings(columns, decided, knowledge, rows)


def _told_of_holder(
    columns: Columns, decided: Decided, knowledge: Knowledge, subjects: set[int]
) -> dict[int, set[str]]:
    """Return the words of each subject's income from organisations, and the names on its own accounts."""
    leaves = tuple(knowledge.taxonomy.values())
    relied_on = np.array([leaf.group == "inkomen" and not leaf.private for leaf in leaves])
    paid = decided.incoming & relied_on[decided.category] & (decided.parties.kind != Holder.PERSON)
    subject, _ = columns.coded("subject")
    told: dict[int, set[str]] = {}
    wanted = np.isin(subject, list(subjects))
    for rows, column in (
        (np.flatnonzero(paid & wanted), "remittance"),
        (np.flatnonzero(decided.own.own & wanted & ~columns.blank("counterparty_name")), "counterparty_name"),
    ):
        texts = columns.texts(column).take(pa.array(rows))
        alike = pc.replace_substring_regex(texts, _DIGITS.pattern, "").dictionary_encode()
        words = [f" {' '.join(words_of(text))} " for text in alike.dictionary.to_pylist()]
        for who, at in zip(subject[rows].tolist(), alike.indices.to_pylist(), strict=True):
            told.setdefault(who, set()).add(words[at])
    return told


def _is_named(name: str, told: set[str] | tuple[str, ...]) -> bool:
    """Tell whether a whole name, its initials or first name included, stands in one of the texts."""
    words = [word for word in words_of(name) if word not in _TITLES]
    if len(words) < 2 or max(map(len, words)) < 3:
        return False
    whole = f" {' '.join(words)} "
    return any(whole in text for text in told)


def _refine_savings(columns: Columns, decided: Decided, knowledge: Knowledge, rows: _Ints) -> None:
    """Tell savings from other own accounts by the words."""
    codes, rules = knowledge.tables.codes, knowledge.texts
    for incoming in (False, True):
        at = rows[decided.incoming[rows] == incoming]
        if not len(at):
            continue
        said, sayings = rules.sayings(columns.texts("remittance").take(pa.array(at)), incoming=incoming)
        finer = [rules.refine(each, OWN, incoming=incoming) for each in sayings]
        saved = np.array(
            [one >= 0 and rules.rules[one].category == _SAVINGS for one in finer], dtype=np.bool_
        )[said]
        decided.category[at[saved]] = codes.index(_SAVINGS)
