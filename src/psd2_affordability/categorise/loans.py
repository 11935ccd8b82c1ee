"""Loans by an unknown lender: a sum that comes in, and goes back in instalments. It is never income."""

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.cadence import IRREGULAR, middle_of, nearly_equal
from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import Holder
from psd2_affordability.categorise.pairing import SharedNames, possible_pairs
from psd2_affordability.categorise.streams import Found
from psd2_affordability.categorise.tables import PARTICULIER
from psd2_affordability.categorise.taxonomy import UNKNOWN
from psd2_affordability.ledger.columns import Columns

LENT = "krediet.opgenomen"
REPAID = "schuld.lening"
_SURE_OF_LENT = 70
_SURE_OF_REPAID = 60
#: The first instalment follows within so many days, and the sum is at least so many instalments.
_FIRST_WITHIN_DAYS = 100
_FEWEST_INSTALMENTS = 3
_TENTHS_OF_SPREAD = 1


def find_loans(
    columns: Columns, decided: Decided, knowledge: Knowledge, found: Found, shared: SharedNames
) -> None:
    """Recognise what was lent by the instalments that go back to the same party.

    The sum is money that nothing else explains. From a company, equal instalments without another
    explanation are then repayments; a private person is a lender only where the repayments say so.
    """
    number = knowledge.tables.number
    first = found.rows[found.groups.start]
    told = decided.category[first] == number[REPAID]
    repaid = np.flatnonzero(_instalments(columns, decided, knowledge, found) | told)
    unexplained = decided.category == number[UNKNOWN]
    sums = decided.incoming & columns.booked & (unexplained | (decided.category == number[PARTICULIER[True]]))
    sums[found.rows] = False
    if not (len(repaid) and sums.any()):
        return
    instalment, lent = possible_pairs(first[repaid], np.flatnonzero(sums), shared.names)
    order = np.argsort(first[repaid])
    at = repaid[order[np.searchsorted(first[repaid], instalment, sorter=order)]]
    since = columns.day[instalment] - columns.day[lent]
    usual = np.abs(middle_of(columns.amount[found.rows], found.groups))
    fits = (since >= 0) & (since <= _FIRST_WITHIN_DAYS)
    fits &= columns.amount[lent] >= usual[at] * _FEWEST_INSTALMENTS
    fits &= told[at] | unexplained[lent]
    decided.settle(lent[fits], number[LENT], Evidence.RECURRENCE, _SURE_OF_LENT)
    back = found.rows[np.isin(found.groups.of_row, at[fits & ~told[at]])]
    decided.settle(back, number[REPAID], Evidence.RECURRENCE, _SURE_OF_REPAID)


def _instalments(
    columns: Columns, decided: Decided, knowledge: Knowledge, found: Found
) -> npt.NDArray[np.bool_]:
    """Tell which streams could be instalments without saying so: equal amounts that nothing explains."""
    first = found.rows[found.groups.start]
    silent: npt.NDArray[np.bool_] = (found.cadence != IRREGULAR) & ~decided.incoming[first]
    silent &= decided.category[first] == knowledge.tables.number[UNKNOWN]
    silent &= decided.parties.kind[first] != Holder.PERSON
    if silent.any():
        silent &= nearly_equal(columns.amount[found.rows], found.groups, _TENTHS_OF_SPREAD)
    return silent
