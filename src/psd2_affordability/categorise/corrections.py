"""Corrections by people: of one row, or by a narrow rule that somebody accepted.

Precedence: what a person said of the row, then a rule that was asked for, then one that was learnt
from equal corrections, then what was decided without them. Amounts and other rows stay as they are.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.core.money import Money
from psd2_affordability.core.receipt import CorrectionsUse
from psd2_affordability.ledger.columns import Columns

PartyKind = Literal["creditor_id", "counterparty_iban", "counterparty_name"]
#: By what a payee is found again, the surest first.
_PARTY: tuple[PartyKind, ...] = ("creditor_id", "counterparty_iban", "counterparty_name")
_SURE_OF_HUMAN = 100
_SURE_OF_RULE = 95
#: A rule holds from a fifth below the corrected amounts to a fifth above them.
_FIFTH = 5
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class NarrowRule:
    """One payee, one direction, a band of amounts: what a person said of such rows.

    Attributes:
        by: the column that tells the payee.
        value: what stands in it.
        incoming: money that comes in.
        low_ct: smallest amount, without its sign.
        high_ct: largest amount, without its sign.
        category: what such rows are.
        asked: somebody asked for the rule; otherwise it was learnt from equal corrections.
        since: first booking day that it is about; None while it is only proposed.
    """

    by: PartyKind
    value: str = field(repr=False)
    incoming: bool
    low_ct: int
    high_ct: int
    category: str
    asked: bool
    since: date | None = None

    def says(self, leaf: str) -> str:
        """Say in words what the rule does.

        Args:
            leaf: the name of the category.
        """
        way = "from" if self.incoming else "to"
        band = f"{Money(self.low_ct)} to {Money(self.high_ct)} euros"
        when = f"booked on or after {self.since}" if self.since else "once the rule is accepted"
        what = f"money {way} {self.value}, {band} at a time, is {leaf} ({self.category})"
        return f"{what}: in this case only, {when}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """What people said of the rows of one case.

    Attributes:
        rows: key of a row to its category.
        rules: accepted rules; the first that fits counts.
    """

    rows: Mapping[str, str] = field(default_factory=dict)
    rules: Sequence[NarrowRule] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.rules)

    def use(self) -> CorrectionsUse | None:
        """Return what a receipt says of them: how many, and a hash of all they say."""
        if not self:
            return None
        rules = [
            [each.by, each.value, each.incoming, each.low_ct, each.high_ct, each.category, str(each.since)]
            for each in ordered(self.rules)
        ]
        told = json.dumps([sorted(self.rows.items()), rules])
        return CorrectionsUse(len(self.rows), len(rules), sha256(told.encode()).hexdigest())


def ordered(rules: Sequence[NarrowRule]) -> list[NarrowRule]:
    """Put rules that were asked for before learnt ones, and keep the order of each."""
    return sorted(rules, key=lambda rule: not rule.asked)


def rule_from(rows: pd.DataFrame, category: str, *, asked: bool) -> NarrowRule | None:
    """Make the narrowest rule that covers corrected rows; None where nothing tells their payee.

    Args:
        rows: rows of one payee and direction, all corrected alike.
        category: to what.
        asked: somebody asked for it.
    """
    found = party_of(rows.iloc[0])
    if found is None:
        return None
    sizes = [abs(int(cents)) for cents in rows["amount_ct"]]
    low, high = min(sizes), max(sizes)
    incoming = int(rows["amount_ct"].iloc[0]) > 0
    return NarrowRule(*found, incoming, low - low // _FIFTH, high + high // _FIFTH, category, asked)


def party_of(row: "pd.Series[str]") -> tuple[PartyKind, str] | None:
    """Return by which column, and what in it, the payee of a row is found again."""
    return next(((name, row[name]) for name in _PARTY if row[name]), None)


def apply_corrections(
    columns: Columns, decided: Decided, knowledge: Knowledge, corrections: Mapping[str, Corrections]
) -> npt.NDArray[np.int16]:
    """Let people's words go before everything else; return the categories from before.

    A category that the taxonomy no longer has corrects nothing.
    """
    before = decided.category.copy()
    who, subjects = columns.coded("subject")
    for code, subject in enumerate(subjects):
        if subject in corrections:
            _apply(columns, decided, knowledge, np.flatnonzero(who == code), corrections[subject])
    return before


def _apply(
    columns: Columns,
    decided: Decided,
    knowledge: Knowledge,
    rows: npt.NDArray[np.intp],
    corrections: Corrections,
) -> None:
    number = knowledge.tables.number
    for rule in reversed(ordered(corrections.rules)):
        if rule.category in number:
            fits = rows[_fits(columns, rule)[rows]]
            decided.settle(fits, number[rule.category], Evidence.LEARNT, _SURE_OF_RULE)
    categories = [corrections.rows.get(tx, "") for tx in columns.taken("tx", rows)]
    said = np.array([number.get(category, -1) for category in categories], dtype=np.int16)
    decided.settle(rows[said >= 0], said[said >= 0], Evidence.HUMAN, _SURE_OF_HUMAN)


def _fits(columns: Columns, rule: NarrowRule) -> npt.NDArray[np.bool_]:
    size = np.abs(columns.amount)
    fits: npt.NDArray[np.bool_] = columns.equal(rule.by, rule.value) & ((columns.amount > 0) == rule.incoming)
    fits &= (size >= rule.low_ct) & (size <= rule.high_ct)
    if rule.since is None:
        return fits & False
    return fits & (columns.day >= rule.since.toordinal() - _EPOCH)
