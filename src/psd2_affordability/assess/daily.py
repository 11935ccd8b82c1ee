"""Balances at the end of each day, reckoned back from the newest known balance."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.held import Held
from psd2_affordability.assess.reckoning import number_of
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.ledger.columns import Columns

#: Thirteen weeks: enough for every weekly, four-weekly and monthly rhythm to show its ups and downs.
DAYS = 91
_NEVER = -1_000_000


def daily_balances(
    held: Held,
    columns: Columns,
    booked: npt.NDArray[np.bool_],
    subjects: Sequence[str],
    cases: Mapping[str, Case],
    today: int,
) -> Mapping[int, list[int]]:
    """Return, for each subject with a known balance, the total in cents at the end of each day, newest first.

    Accounts without a known balance, or with one that is too old to go on, are left out of the total.
    """
    known = {
        (at, balance.account): (balance.amount.cents, on)
        for at, name in enumerate(subjects)
        if name in cases
        for balance in cases[name].balances
        if balance.amount is not None and balance.on is not None and balance.currency == "EUR"
        if today - (on := number_of(balance.on)) <= NORMS.too_stale_days
    }
    if not known:
        return {}
    start = np.zeros(len(subjects), np.int64)
    for (at, _), (cents, _) in known.items():
        start[at] += cents

    told = [known.get(pair) for pair in held.pairs]
    stated = held.of_rows(np.array([_NEVER if one is None else one[1] for one in told], np.int64))
    since = min(today - DAYS, *(on for _, on in known.values()))
    lately = np.flatnonzero(booked & (stated != _NEVER) & (columns.day > since))
    day, stated = columns.day[lately], stated[lately]
    amount, subject = columns.amount[lately], held.subject[lately]
    past = day <= today
    after, before = (day > stated) & past, (day <= stated) & ~past
    np.add.at(start, subject[after], amount[after])
    np.subtract.at(start, subject[before], amount[before])

    back = today - day
    recent = past & (back < DAYS - 1)
    moves = np.zeros((len(subjects), DAYS), np.int64)
    np.add.at(moves.reshape(-1), subject[recent] * DAYS + back[recent] + 1, amount[recent])
    totals = start[:, None] - np.cumsum(moves, axis=1)
    those = sorted({at for at, _ in known})
    return dict(zip(those, totals[those].tolist(), strict=True))
