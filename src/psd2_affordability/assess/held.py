"""Which account of which subject each row belongs to, and what is known of each."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from psd2_affordability.assess.facts import AccountFacts
from psd2_affordability.ledger.arrays import Ints
from psd2_affordability.ledger.columns import Columns
from psd2_affordability.ledger.order import run_starts


class Held:
    """The accounts of all subjects, in no order.

    Attributes:
        subject: for each row of the frame the number of its subject.
        account: for each row of the frame the number of its account.
        pairs: subject and name of each account.
    """

    def __init__(self, columns: Columns, subject: Ints) -> None:
        self.subject = subject
        code, names = columns.coded("account")
        pair = subject * len(names) + code
        starts = run_starts(pair)
        number, pairs = pd.factorize(pair[starts])
        self.account: Ints = np.repeat(number, np.diff(starts, append=len(pair)))
        self.pairs = [(key // len(names), names[key % len(names)]) for key in pairs.tolist()]

    def accounts(self, rows: Ints, day: Ints, amount: Ints) -> Mapping[int, list[AccountFacts]]:
        """First and last day and sums of each account that has rows, by subject and then by name."""
        at, count = self.account[rows], len(self.pairs)
        first, last = np.full(count, np.iinfo(np.int64).max), np.full(count, np.iinfo(np.int64).min)
        np.minimum.at(first, at, day)
        np.maximum.at(last, at, day)
        came_in, net = np.zeros(count, np.int64), np.zeros(count, np.int64)
        incoming = np.flatnonzero(amount > 0)
        np.add.at(came_in, at[incoming], amount[incoming])
        np.add.at(net, at, amount)
        figures = (first.tolist(), last.tolist(), came_in.tolist(), (came_in - net).tolist())
        found: dict[int, list[AccountFacts]] = {}
        for (subject, name), *told in sorted(zip(self.pairs, *figures, strict=True)):
            if told[0] <= told[1]:
                found.setdefault(subject, []).append(AccountFacts(name, *told))
        return found
