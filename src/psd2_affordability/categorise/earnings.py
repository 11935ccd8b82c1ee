"""Money from a payee that sells to most and pays some: riders, drivers, hosts and shops with a terminal."""

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.pairing import possible_pairs
from psd2_affordability.categorise.tables import one_of
from psd2_affordability.categorise.taxonomy import REFUND, UNKNOWN
from psd2_affordability.ledger.columns import Columns

_Ints = npt.NDArray[np.intp]

_WITHIN_DAYS = 100
_SURE = 72
#: What the words say goes before what is missing.
_SAID = (Evidence.TEXT, Evidence.REFERENCE, Evidence.PURPOSE, Evidence.BANK_CODE)
#: Who pays no such sum back without a purchase: it may well be wages, which a rhythm then tells.
_SELLERS = ("shop", "trade", "transport", "subscription", "care", "school", "childcare", "employer")
_LARGE_CT = 400_00


def find_earnings(columns: Columns, decided: Decided, knowledge: Knowledge) -> None:
    """Take money for earned that no payment to the same payee explains: a refund is never more than was paid.

    Of a payee that pays nobody for work as a rule, a large sum without a purchase is left open.
    """
    tables, entry = knowledge.tables, decided.parties.entry
    number = tables.number
    unsaid = one_of(decided.category, [number[REFUND], number[UNKNOWN]])
    unsaid &= ~one_of(decided.evidence, _SAID) & decided.incoming & (entry >= 0)
    pays = tables.earned[entry] >= 0
    sellers = np.array([kind in _SELLERS for kind in tables.kinds])[decided.parties.kind]
    large = (decided.category == number[REFUND]) & sellers & (columns.amount >= _LARGE_CT)
    rows = _unexplained(columns, decided, np.flatnonzero(unsaid & (pays | large)))
    earned = rows[pays[rows]]
    decided.settle(earned, tables.earned[entry[earned]], Evidence.PAYEE_NAME, _SURE)
    decided.settle(rows[~pays[rows]], number[UNKNOWN], Evidence.NONE_PURPOSE_NOT_SHOWN, 0)


def _unexplained(columns: Columns, decided: Decided, rows: _Ints) -> _Ints:
    """Keep the rows that no payment of the last months is large enough for to have come back."""
    if not len(rows):
        return rows
    subject, subjects = columns.coded("subject")
    payer = decided.parties.entry.astype(np.int64) * len(subjects) + subject
    paid = np.flatnonzero(~decided.incoming & np.isin(payer, payer[rows]))
    fits = possible_pairs(paid, rows, [payer])
    age = columns.day[fits.credit] - columns.day[fits.debit]
    enough = -columns.amount[fits.debit] >= columns.amount[fits.credit]
    return rows[~np.isin(rows, fits.credit[enough & (age >= 0) & (age <= _WITHIN_DAYS)])]
