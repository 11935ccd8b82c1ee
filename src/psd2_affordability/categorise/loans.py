"""Loans by an unknown lender: a sum that comes in, and goes back in instalments. It is never income."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.cadence import IRREGULAR, Groups, middle_of, quantile_of
from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import Holder
from psd2_affordability.categorise.pairing import possible_pairs, shared_names
from psd2_affordability.categorise.streams import Found
from psd2_affordability.categorise.tables import PARTICULIER
from psd2_affordability.categorise.taxonomy import UNKNOWN
from psd2_affordability.ledger.columns import Columns

_Ints = npt.NDArray[np.int64]

LENT = "krediet.opgenomen"
REPAID = "schuld.lening"
_SURE_OF_LENT = 70
_SURE_OF_REPAID = 60
#: The first instalment follows within so many days, and the sum is at least so many instalments.
_FIRST_WITHIN_DAYS = 100
_FEWEST_INSTALMENTS = 3
_TENTHS_OF_SPREAD = 1


def find_loans(
    columns: Columns,
    decided: Decided,
    knowledge: Knowledge,
    streams: Sequence[Found],
    streamed: npt.NDArray[np.bool_],
) -> None:
    """Recognise what was lent by the instalments that go back to the same party.

    The sum is money that nothing else explains. From a company, equal instalments without another
    explanation are then repayments; a private person is a lender only where the repayments say so.
    """
    number = knowledge.tables.number
    sums = columns.booked & decided.incoming & ~streamed
    unexplained = decided.category == number[UNKNOWN]
    private = decided.category == number[PARTICULIER[True]]
    sums &= unexplained | private
    rows = np.flatnonzero(sums)
    if not len(rows):
        return
    names = shared_names(columns, decided.parties, knowledge)
    for found in streams:
        first, repaid, told = _repayments(columns, decided, knowledge, found)
        stream_of = np.full(len(columns), -1, dtype=np.int64)
        stream_of[first] = np.arange(len(first))
        instalments, lent = possible_pairs(first[repaid], rows, names)
        at = stream_of[instalments]
        since = columns.day[instalments] - columns.day[lent]
        usual = np.abs(middle_of(columns.amount[found.rows], found.groups))
        fits = (since >= 0) & (since <= _FIRST_WITHIN_DAYS)
        fits &= columns.amount[lent] >= usual[at] * _FEWEST_INSTALMENTS
        fits &= told[at] | unexplained[lent]
        decided.settle(lent[fits], number[LENT], Evidence.RECURRENCE, _SURE_OF_LENT)
        silent = np.unique(at[fits & ~told[at]])
        back = found.rows[np.isin(found.groups.of_row, silent)]
        decided.settle(back, number[REPAID], Evidence.RECURRENCE, _SURE_OF_REPAID)


def _repayments(
    columns: Columns, decided: Decided, knowledge: Knowledge, found: Found
) -> tuple[_Ints, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return the first row of each stream, whether it could be instalments, and whether it says so."""
    number = knowledge.tables.number
    first = found.rows[found.groups.start]
    told = decided.category[first] == number[REPAID]
    silent = (decided.category[first] == number[UNKNOWN]) & (decided.parties.kind[first] != Holder.PERSON)
    silent &= _equal_amounts(columns.amount[found.rows], found.groups)
    regular = (found.cadence != IRREGULAR) & ~decided.incoming[first]
    return first, regular & (told | silent), told


def _equal_amounts(amount: _Ints, groups: Groups) -> npt.NDArray[np.bool_]:
    size = np.abs(amount)
    spread = quantile_of(size, groups, 9, 10) - quantile_of(size, groups, 1, 10)
    equal: npt.NDArray[np.bool_] = spread * 10 <= middle_of(size, groups) * _TENTHS_OF_SPREAD
    return equal
