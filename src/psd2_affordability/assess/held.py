"""Which account of which subject each row belongs to, and what is known of each."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from psd2_affordability.assess.facts import AccountFacts
from psd2_affordability.ledger.arrays import Flags, Ints
from psd2_affordability.ledger.columns import Columns
from psd2_affordability.ledger.order import run_starts


class Held:
    """The accounts of all subjects, in no order.

    Attributes:
        subject: for each row the number of its subject.
        pairs: subject and name of each account.
    """

    def __init__(self, columns: Columns, subject: Ints) -> None:
        self.subject = subject
        code, names = columns.coded("account")
        self._starts = run_starts(code, subject)
        self._sizes = np.diff(self._starts, append=len(subject))
        pair = subject[self._starts] * len(names) + code[self._starts]
        self._account, pairs = pd.factorize(pair)
        self.pairs = [(key // len(names), names[key % len(names)]) for key in pairs.tolist()]

    def of_rows(self, figures: Ints) -> Ints:
        """Give each row the figure of its account."""
        return np.repeat(figures[self._account], self._sizes)

    def accounts(self, counts: Flags, day: Ints, amount: Ints) -> Mapping[int, list[AccountFacts]]:
        """First and last day and sums of each account that has rows that count, by subject and name."""
        if not len(counts):
            return {}
        never, count = np.iinfo(np.int64), len(self.pairs)
        first, last = np.full(count, never.max), np.full(count, never.min)
        came_in, net = np.zeros(count, np.int64), np.zeros(count, np.int64)
        counted = amount * counts
        at, starts = self._account, self._starts
        np.minimum.at(first, at, np.minimum.reduceat(np.where(counts, day, never.max), starts))
        np.maximum.at(last, at, np.maximum.reduceat(np.where(counts, day, never.min), starts))
        np.add.at(came_in, at, np.add.reduceat(np.maximum(counted, 0), starts))
        np.add.at(net, at, np.add.reduceat(counted, starts))
        figures = (first.tolist(), last.tolist(), came_in.tolist(), (came_in - net).tolist())
        found: dict[int, list[AccountFacts]] = {}
        for (subject, name), first_day, last_day, came, went in sorted(
            zip(self.pairs, *figures, strict=True)
        ):
            if first_day <= last_day:
                found.setdefault(subject, []).append(AccountFacts(name, first_day, last_day, came, went))
        return found
