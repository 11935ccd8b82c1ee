"""What an answer was asked with, beside the transactions: kept with it, so that it can be asked again."""

import json
from dataclasses import dataclass, field
from datetime import date

from psd2_affordability.assess.case import KnownBalance
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.service.wire import from_wire, to_json


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
