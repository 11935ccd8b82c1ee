"""Purchases that were refunded, each beside its refund: money back is never income."""

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.codes import Channel
from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import Holder
from psd2_affordability.categorise.pairing import SharedNames, possible_pairs, sole_pairs
from psd2_affordability.categorise.taxonomy import REFUND, UNKNOWN
from psd2_affordability.ledger.columns import Columns

_Ints = npt.NDArray[np.int64]

_WITHIN_DAYS = 100
_SURE_OF_WHOLE = 85
_SURE_OF_PART = 70
#: Turnover that a word like `factuur` claims gives way to a purchase of just that amount.
_CLAIM = "inkomen.zzp"


def pair_refunds(
    columns: Columns,
    decided: Decided,
    knowledge: Knowledge,
    shared: SharedNames,
    partner: _Ints,
    streamed: npt.NDArray[np.bool_],
) -> None:
    """Pair refunds with their purchases, and recognise unexplained money as a refund by its purchase.

    The purchase is of the same payee, at least as large, and at most 100 days older; one of the very
    amount goes before larger ones. Where more than one can be meant, none is paired, and money that
    nothing else explains stays unknown.

    Args:
        columns: the ledger.
        decided: settled for what is recognised.
        knowledge: what is known beforehand.
        shared: what tells that two rows have the same other side.
        partner: position of each row's other half, filled in where one is found.
        streamed: rows of a stream: such money is no refund.
    """
    number = knowledge.tables.number
    free = columns.booked & (partner < 0) & ~decided.own.own & (columns.amount != 0)
    known = decided.incoming & (decided.category == number[REFUND])
    organisation = decided.parties.kind != Holder.PERSON
    unexplained = decided.incoming & (decided.category == number[UNKNOWN]) & organisation & ~streamed
    claimed = decided.incoming & (decided.category == number[_CLAIM]) & ~streamed
    credits_ = np.flatnonzero(free & (known | unexplained | claimed))
    if not len(credits_):
        return
    inside = knowledge.tables.in_group["intern"]
    bought = free & ~decided.incoming & ~inside[decided.category] & (decided.channel != Channel.ATM)
    names = shared.names
    possible = possible_pairs(np.flatnonzero(bought), credits_, names)
    age = columns.day[possible.credit] - columns.day[possible.debit]
    over = -columns.amount[possible.debit] - columns.amount[possible.credit]
    possible = possible.only((age >= 0) & (age <= _WITHIN_DAYS) & (over >= 0))
    whole = columns.amount[possible.debit] == -columns.amount[possible.credit]
    part = ~np.isin(possible.credit, possible.credit[whole]) & ~claimed[possible.credit]
    for fits, sure in ((whole, _SURE_OF_WHOLE), (part, _SURE_OF_PART)):
        still_open = partner[possible.debit] < 0
        debits, back = sole_pairs(columns, possible.only(fits & still_open), names)
        partner[debits], partner[back] = back, debits
        found = back[~known[back]]
        decided.settle(found, number[REFUND], Evidence.PAIR, sure)
    unclear = np.unique(possible.credit[partner[possible.credit] < 0])
    decided.evidence[unclear[unexplained[unclear]]] = Evidence.NONE_AMBIGUOUS
