"""Gambling: payouts by whoever took the stakes."""

import numpy as np

from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.pairing import SharedNames, possible_pairs
from psd2_affordability.categorise.taxonomy import UNKNOWN
from psd2_affordability.ledger.columns import Columns

STAKE = "gokken.inzet"
PAYOUT = "gokken.uitbetaling"
_SURE = 85


def find_payouts(columns: Columns, decided: Decided, knowledge: Knowledge, shared: SharedNames) -> None:
    """Recognise unexplained money as a payout if all that went to the same party was staked."""
    number = knowledge.tables.number
    unexplained = columns.booked & decided.incoming & (decided.category == number[UNKNOWN])
    staked = ~decided.incoming & (decided.category == number[STAKE])
    if not (unexplained.any() and staked.any()):
        return
    who, _ = columns.coded("subject")
    gamblers = np.isin(who, who[staked])
    paid, won = possible_pairs(
        np.flatnonzero(gamblers & ~decided.incoming), np.flatnonzero(gamblers & unexplained), shared.names
    )
    won = np.setdiff1d(won[staked[paid]], won[~staked[paid]])
    decided.settle(won, number[PAYOUT], Evidence.PAIR, _SURE)
