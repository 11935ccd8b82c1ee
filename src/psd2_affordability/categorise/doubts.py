"""Evidence that contradicts the one that decided: it stays decided, with less confidence."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from psd2_affordability.categorise.codes import Channel, CodeMeaning
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.ledger.columns import Columns

#: What each contradicted row loses, once; and below what it is not lowered.
LOST = 20
FLOOR = 30

if TYPE_CHECKING:
    from psd2_affordability.categorise.decide import Decided

_BY_PARTY = (Evidence.CREDITOR_ID, Evidence.IBAN, Evidence.PAYEE_NAME)
#: Of these the description is a machine's: of a terminal, the bank, or a shop's checkout.
_UNWRITTEN = (Channel.CARD, Channel.IDEAL, Channel.ATM, Channel.FEE, Channel.INTEREST)

_Mask = npt.NDArray[np.bool_]


def doubtful(columns: Columns, knowledge: Knowledge, decided: "Decided") -> _Mask:
    """Tell which decided rows another piece of evidence contradicts.

    A name beside a registered account or creditor of somebody else; a purpose of another family; or
    words that claim another category of a payee that was decided by who it is.
    """
    category, incoming = decided.category, decided.incoming
    by_party = np.isin(decided.evidence, _BY_PARTY)
    doubt = decided.parties.disputed & by_party
    doubt |= _other_purpose(columns, knowledge, category, incoming) & (category >= 0)
    written = by_party & ~np.isin(decided.channel, _UNWRITTEN) & ~columns.wordless & ~decided.silent
    for direction in (False, True):
        at = np.flatnonzero(written & (incoming == direction))
        doubt[at] |= _claimed_otherwise(columns, knowledge, at, category[at], incoming=direction)
    return doubt


def _other_purpose(
    columns: Columns, knowledge: Knowledge, category: npt.NDArray[np.int16], incoming: _Mask
) -> _Mask:
    """Tell of each row whether its purpose speaks of another family of categories."""
    code, purposes = columns.coded("purpose_code")
    meanings = [knowledge.purposes.get(text.lower(), CodeMeaning()) for text in purposes]
    if not any(meaning.outgoing or meaning.incoming for meaning in meanings):
        return np.zeros(len(columns), dtype=np.bool_)
    families: dict[str, int] = {"": -1}
    of_leaf = np.array([_family(leaf, families) for leaf in knowledge.tables.codes])
    out, into = (
        np.array([_family(getattr(meaning, side), families) for meaning in meanings])[code]
        for side in ("outgoing", "incoming")
    )
    said = np.where(incoming, into, out)
    return np.asarray((said >= 0) & (said != of_leaf[category]), dtype=np.bool_)


def _family(category: str, families: dict[str, int]) -> int:
    return families.setdefault(category.partition(".")[0], len(families))


def _claimed_otherwise(
    columns: Columns,
    knowledge: Knowledge,
    at: npt.NDArray[np.intp],
    category: npt.NDArray[np.int16],
    *,
    incoming: bool,
) -> _Mask:
    """Tell of some rows whether their words claim another category."""
    rules, tables = knowledge.texts, knowledge.tables
    hint = rules.claim_hints[incoming]
    doubt = np.zeros(len(at), dtype=np.bool_)
    if not hint or not len(at):
        return doubt
    texts = columns.texts("remittance").take(pa.array(at))
    said, sayings = rules.sayings(texts, incoming=incoming, hint=hint)
    claimed = np.array([rules.claimed(each, incoming=incoming) for each in sayings])
    number = np.array([*(tables.number[rule.category] for rule in rules.rules), -1])
    broader = np.array(
        [tables.number[leaf.part_of or leaf.code] for leaf in knowledge.taxonomy.values()], dtype=np.int64
    )
    rule = claimed[said]
    has = np.flatnonzero(rule >= 0)
    doubt[has] = broader[number[rule[has]]] != broader[category[has]]
    return doubt
