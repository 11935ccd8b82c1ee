"""What an answer was asked with, beside the transactions: kept with it, so that it can be asked again."""

import json
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from psd2_affordability.assess.case import KnownBalance
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.nl.parameters import Parameters
from psd2_affordability.service.wire import from_wire, to_json


@dataclass(frozen=True, slots=True)
class NormAsked:
    """Amounts of a norm as they were supplied, written out: the file itself may be gone later.

    Attributes:
        kind: which norm.
        source: where the user read them.
        in_force: first day.
        until: last day.
        sha256: of the file.
        amounts: name, key and amount of each.
        shares: name, key and exact share of each.
    """

    kind: str
    source: str
    in_force: date
    until: date
    sha256: str
    amounts: tuple[tuple[str, str, Money], ...]
    shares: tuple[tuple[str, str, Fraction], ...]

    @classmethod
    def of(cls, norm: Parameters) -> "NormAsked":
        """Write a norm out."""
        return cls(
            kind=norm.kind,
            source=norm.source,
            in_force=norm.in_force,
            until=norm.until,
            sha256=norm.sha256,
            amounts=tuple((name, key, amount) for (name, key), amount in norm.amounts.items()),
            shares=tuple((name, key, share) for (name, key), share in norm.shares.items()),
        )

    @property
    def norm(self) -> Parameters:
        """The norm again."""
        return Parameters(
            kind=self.kind,
            source=self.source,
            in_force=self.in_force,
            until=self.until,
            amounts=MappingProxyType({(name, key): amount for name, key, amount in self.amounts}),
            shares=MappingProxyType({(name, key): share for name, key, share in self.shares}),
            sha256=self.sha256,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was put, with what was known then of the accounts.

    Attributes:
        on: the day the answer is for.
        household: what was known of the people.
        parts: which answers.
        total_debt: what the asking creditor wanted back.
        title_served: the bailiff had served the title.
        proposal: a monthly payment that somebody proposed.
        obligation: a new obligation that was asked about.
        protection_used: what an earlier seizure in the same month had left already.
        leennorm: amounts of the lending norm, given with the question or by the settings of then.
        vtlb: nominal amounts of the vtlb, in the same way.
        balances: of the accounts.
        ibans: the account numbers.
    """

    on: date
    household: Household = field(repr=False)
    parts: frozenset[str]
    total_debt: Money | None = None
    title_served: bool = False
    proposal: Money | None = None
    obligation: Obligation | None = None
    protection_used: Money = ZERO
    leennorm: NormAsked | None = None
    vtlb: NormAsked | None = None
    balances: tuple[KnownBalance, ...] = field(default=(), repr=False)
    ibans: tuple[str, ...] = field(default=(), repr=False)

    def json(self) -> str:
        """Write it down."""
        return to_json(self)

    @classmethod
    def read(cls, text: str) -> "Asked":
        """Read what was written down."""
        told: Asked = from_wire(cls, json.loads(text))
        return told
