"""The knowledge as arrays, so that whole columns are decided at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.entries import Entry
from psd2_affordability.categorise.names import Holder
from psd2_affordability.categorise.taxonomy import UNKNOWN, Leaf
from psd2_affordability.categorise.texts import TextRules, hint_of

PARTICULIER = {False: "huishouden.particulier", True: "inkomen.particulier"}
#: Kinds that are not an organisation: nobody is named, the name is unclear, or it is a person's.
HOLDER_KINDS = tuple(holder.name.lower() for holder in Holder)


@dataclass(frozen=True, slots=True)
class Tables:
    """Entries and leaves by number.

    Attributes:
        codes: category codes; the position is the number used in arrays.
        number: category code to its number.
        groups: group of each category.
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
    """

    codes: tuple[str, ...]
    number: Mapping[str, int]
    groups: tuple[str, ...]
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


def make_tables(taxonomy: Mapping[str, Leaf], entries: Sequence[Entry], texts: TextRules) -> Tables:
    """Number the categories and kinds, and lay the entries out in arrays."""
    codes = tuple(taxonomy)
    number = {code: position for position, code in enumerate(codes)}
    kinds = (*HOLDER_KINDS, *sorted({entry.kind for entry in entries} - set(HOLDER_KINDS)))
    kind_number = {kind: position for position, kind in enumerate(kinds)}
    return Tables(
        codes=codes,
        number=number,
        groups=tuple(leaf.group for leaf in taxonomy.values()),
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
        read_text=np.array(
            [[texts.believes(kind, incoming=side) for side in (False, True)] for kind in kinds]
        ),
    )


def unknown_number(tables: Tables) -> int:
    """Return the number of the category `onbekend`."""
    return tables.number[UNKNOWN]
