"""Income that a rhythm proves: it makes claims in texts believed, and regular money recognised."""

import numpy as np

from psd2_affordability.categorise.cadence import middle_of
from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.rhythms import CADENCES
from psd2_affordability.categorise.streams import Found
from psd2_affordability.categorise.tables import one_of
from psd2_affordability.categorise.taxonomy import REFUND, UNKNOWN
from psd2_affordability.ledger.columns import Columns

_PROVING = [CADENCES.index(cadence) for cadence in ("weekly", "four_weekly", "monthly")]
_PROVEN = 95
_DOUBT = 25
#: What a rhythm may still explain: nothing known, or a refund that the payee alone makes one.
_WEAK = (Evidence.NONE, Evidence.NONE_UNKNOWN_PAYEE, Evidence.NONE_PURPOSE_NOT_SHOWN)


def confirm_income(columns: Columns, decided: Decided, found: Found, knowledge: Knowledge) -> None:
    """Raise or lower the confidence of claims, and recognise regular income without a claim."""
    rows = found.rows[one_of(found.cadence, _PROVING)[found.groups.of_row]]
    claimed = rows[decided.wants_cadence[rows]]
    decided.sure[claimed] = _PROVEN
    decided.wants_cadence[claimed] = False
    _recognise(columns, decided, found, knowledge)
    unproven = decided.wants_cadence
    decided.sure[unproven] -= _DOUBT


def _recognise(columns: Columns, decided: Decided, found: Found, knowledge: Knowledge) -> None:
    """Say of regular incoming money without explanation what its rhythm makes of it."""
    tables = knowledge.tables
    first = found.rows[found.groups.start]
    unknown = (decided.category[first] == tables.number[UNKNOWN]) & decided.incoming[first]
    unknown &= one_of(decided.evidence[first], _WEAK)
    refunded = (decided.category[first] == tables.number[REFUND]) & decided.incoming[first]
    unknown |= refunded & (decided.evidence[first] == Evidence.PAYEE_NAME)
    if not unknown.any():
        return
    usual = middle_of(columns.amount[found.rows], found.groups)
    for stream in np.flatnonzero(unknown).tolist():
        kind = tables.kinds[decided.parties.kind[first[stream]]]
        cadence = found.cadence[stream]
        for rule in knowledge.rhythms:
            if cadence >= len(CADENCES) or CADENCES[cadence] not in rule.cadences:
                continue
            if kind in rule.kinds and usual[stream] >= rule.at_least_ct:
                start = found.groups.start[stream]
                rows = found.rows[start : start + found.groups.size[stream]]
                decided.settle(rows, tables.number[rule.category], Evidence.RECURRENCE, rule.sure)
                break
