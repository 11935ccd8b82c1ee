"""Savings of one's own at another bank: a private account that money goes to and comes back from."""

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.tables import PARTICULIER, one_of
from psd2_affordability.ledger.columns import Columns

SAVINGS = "intern.sparen"
_SURE = 75


def find_own_savings(columns: Columns, decided: Decided, knowledge: Knowledge) -> None:
    """Take a private account for own savings if money goes both ways and some payment says saving.

    One of the two is not enough: parents save for a child, and friends pay each other back.
    """
    number = knowledge.tables.number
    private = one_of(decided.category, [number[code] for code in PARTICULIER.values()])
    rows = np.flatnonzero(private & ~columns.blank("counterparty_iban"))
    if not len(rows):
        return
    account = _accounts(columns, rows)
    both_ways = np.zeros(account.max() + 1, dtype=np.int8)
    for bit, incoming in ((1, False), (2, True)):
        both_ways[account[decided.incoming[rows] == incoming]] |= bit
    candidates = both_ways[account] == 3
    rows, account = rows[candidates], account[candidates]
    saving = np.isin(account, account[_says_saving(decided, knowledge, rows)])
    decided.settle(rows[saving], number[SAVINGS], Evidence.TEXT, _SURE)


def _accounts(columns: Columns, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Number the accounts at the other side, apart for every subject."""
    subject, _ = columns.coded("subject")
    iban, ibans = columns.coded("counterparty_iban")
    both = subject[rows].astype(np.int64) * len(ibans) + iban[rows]
    account: npt.NDArray[np.intp] = np.unique(both, return_inverse=True)[1]
    return account


def _says_saving(decided: Decided, knowledge: Knowledge, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Tell of each row whether its description says saving."""
    about = {at for at, rule in enumerate(knowledge.texts.rules) if rule.category == SAVINGS}
    said = decided.sayings.of(rows, decided.incoming)
    says: npt.NDArray[np.bool_] = np.array([bool(about & each) for each in decided.sayings.rules])[said]
    return says
