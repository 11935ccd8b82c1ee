"""The knowledge as arrays, so that whole columns are decided at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.entries import Entry
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.names import Holder
from psd2_affordability.categorise.taxonomy import Leaf
from psd2_affordability.categorise.texts import TextRule, TextRules, hint_of

PARTICULIER = {False: "huishouden.particulier", True: "inkomen.particulier"}
#: Kinds that are not an organisation: nobody is named, the name is unclear, or it is a person's.
HOLDER_KINDS = tuple(holder.name.lower() for holder in Holder)
_SHOP = "shop"


class RuleTable(NamedTuple):
    """The text rules by number.

    Attributes:
        category: number of the category of each.
        evidence: number of the evidence that it is.
        sure: its confidence in percent.
        wants_cadence: only a regular rhythm makes its claim fully believed.
    """

    category: npt.NDArray[np.int16]
    evidence: npt.NDArray[np.int8]
    sure: npt.NDArray[np.int8]
    wants_cadence: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tables:
    """Entries and leaves by number.

    Attributes:
        codes: category codes; the position is the number used in arrays.
        number: category code to its number.
        groups: group of each category.
        in_group: which categories are in each group.
        family: number of the first part of each category's code.
        private: which categories are money of private persons.
        refined: numbers of the categories that some text rule makes more precise.
        broader: number of the category that each was taken out of, or else its own.
        shown: what is shown instead of a payee, for each category; empty for most.
        kinds: kinds of party; first those that only a name tells.
        outgoing: number of the category of a payment to each entry.
        incoming: number of the category of money from each entry.
        earned: number of the category of money from each entry that no payment explains; -1 for none.
        kind: number of the kind of each entry.
        sure: confidence of each entry when found by name.
        names: name of each entry, empty for a trade.
        is_payee: the entry is one payee, no trade and no processor of others' payments.
        is_processor: the entry passes on payments for others.
        payee_hint: a pattern without which a description names no payee; empty when none can be named.
        read_text: for each kind (row) and direction (0 out, 1 in): some text rule would believe it.
        read_at_counter: the same where a card was used: all that a terminal prints are a shop's own words.
        rules: the text rules.
    """

    codes: tuple[str, ...]
    number: Mapping[str, int]
    groups: tuple[str, ...]
    in_group: Mapping[str, npt.NDArray[np.bool_]]
    family: npt.NDArray[np.int64]
    private: npt.NDArray[np.bool_]
    refined: tuple[int, ...]
    broader: npt.NDArray[np.int16]
    shown: tuple[str, ...]
    kinds: tuple[str, ...]
    outgoing: npt.NDArray[np.int16]
    incoming: npt.NDArray[np.int16]
    earned: npt.NDArray[np.int16]
    kind: npt.NDArray[np.int16]
    sure: npt.NDArray[np.int8]
    names: tuple[str, ...]
    is_payee: npt.NDArray[np.bool_]
    is_processor: npt.NDArray[np.bool_]
    payee_hint: str
    read_text: npt.NDArray[np.bool_]
    read_at_counter: npt.NDArray[np.bool_]
    rules: RuleTable


def make_tables(taxonomy: Mapping[str, Leaf], entries: Sequence[Entry], texts: TextRules) -> Tables:
    """Number the categories and kinds, and lay the entries out in arrays."""
    codes = tuple(taxonomy)
    number = {code: position for position, code in enumerate(codes)}
    kinds = (*HOLDER_KINDS, *sorted({entry.kind for entry in entries} - set(HOLDER_KINDS)))
    kind_number = {kind: position for position, kind in enumerate(kinds)}
    groups = tuple(leaf.group for leaf in taxonomy.values())
    read_text = np.array([[texts.believes(kind, incoming=side) for side in (False, True)] for kind in kinds])
    families = sorted({_family(code) for code in codes})
    return Tables(
        codes=codes,
        number=number,
        groups=groups,
        in_group={each: np.array([group == each for group in groups]) for each in set(groups)},
        family=np.array([families.index(_family(code)) for code in codes], dtype=np.int64),
        private=np.array([leaf.private for leaf in taxonomy.values()]),
        refined=tuple(number[code] for code in texts.refined),
        broader=np.array([number[leaf.part_of or leaf.code] for leaf in taxonomy.values()], dtype=np.int16),
        shown=tuple(leaf.shown for leaf in taxonomy.values()),
        kinds=kinds,
        outgoing=np.array([number[entry.outgoing] for entry in entries], dtype=np.int16),
        incoming=np.array([number[entry.incoming] for entry in entries], dtype=np.int16),
        earned=np.array([number.get(entry.earned, -1) for entry in entries], dtype=np.int16),
        kind=np.array([kind_number[entry.kind] for entry in entries], dtype=np.int16),
        sure=np.array([entry.sure for entry in entries], dtype=np.int8),
        names=tuple(entry.name for entry in entries),
        is_payee=np.array([bool(entry.name) and not entry.processor for entry in entries]),
        is_processor=np.array([entry.processor for entry in entries]),
        payee_hint=hint_of(form for entry in entries for form in entry.texts),
        read_text=read_text,
        read_at_counter=read_text & np.array([[kind != _SHOP] for kind in kinds]),
        rules=_rule_table(texts.rules, number),
    )


def _family(code: str) -> str:
    return code.partition(".")[0]


def _rule_table(rules: Sequence[TextRule], number: Mapping[str, int]) -> RuleTable:
    evidence = [Evidence.REFERENCE if rule.reference else Evidence.TEXT for rule in rules]
    return RuleTable(
        np.array([number[rule.category] for rule in rules], dtype=np.int16),
        np.array(evidence, dtype=np.int8),
        np.array([rule.sure for rule in rules], dtype=np.int8),
        np.array([rule.proof == "cadence" for rule in rules], dtype=np.bool_),
    )


def one_of(numbers: npt.NDArray[np.integer], wanted: Collection[int]) -> npt.NDArray[np.bool_]:
    """Tell of each number of a table's row, or -1 for none, whether it is one of the wanted."""
    known = np.zeros(max(int(numbers.max(initial=0)), *wanted) + 2, dtype=np.bool_)
    known[list(wanted)] = True
    found: npt.NDArray[np.bool_] = known[numbers]
    return found
