"""Evidence that contradicts the one that decided: it stays decided, with less confidence."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.codes import Channel, CodeMeaning
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.tables import one_of
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
    by_party = one_of(decided.evidence, _BY_PARTY)
    doubt = decided.parties.disputed & by_party
    doubt |= _other_purpose(columns, knowledge, category, incoming) & (category >= 0)
    written = by_party & ~one_of(decided.channel, _UNWRITTEN) & ~columns.wordless & ~decided.silent
    at = np.flatnonzero(written)
    doubt[at] |= _claimed_otherwise(decided, knowledge, at)
    return doubt


def _other_purpose(
    columns: Columns, knowledge: Knowledge, category: npt.NDArray[np.int16], incoming: _Mask
) -> _Mask:
    """Tell of each row whether its purpose speaks of another family of categories."""
    code, purposes = columns.coded("purpose_code")
    meanings = [knowledge.purposes.get(text.lower(), CodeMeaning()) for text in purposes]
    if not any(meaning.outgoing or meaning.incoming for meaning in meanings):
        return np.zeros(len(columns), dtype=np.bool_)
    number, family = {**knowledge.tables.number, "": -1}, knowledge.tables.family
    out = np.array([number[meaning.outgoing] for meaning in meanings])[code]
    into = np.array([number[meaning.incoming] for meaning in meanings])[code]
    said = np.where(incoming, into, out)
    return np.asarray((said >= 0) & (family[said] != family[category]), dtype=np.bool_)


def _claimed_otherwise(decided: "Decided", knowledge: Knowledge, at: npt.NDArray[np.intp]) -> _Mask:
    """Tell of some rows whether their words claim another category."""
    said, incoming = decided.sayings.of(at, decided.incoming, claims=True), decided.incoming[at]
    tables = knowledge.tables
    claimed = np.array(
        [
            [knowledge.texts.claimed(each, incoming=side) for side in (False, True)]
            for each in decided.sayings.rules
        ]
    )
    rule = claimed[said, incoming.astype(np.int8)]
    has = np.flatnonzero(rule >= 0)
    doubt = np.zeros(len(at), dtype=np.bool_)
    doubt[has] = tables.broader[tables.rules.category[rule[has]]] != tables.broader[decided.category[at[has]]]
    return doubt
