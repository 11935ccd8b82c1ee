"""The household that the law asks about; what is not known stays None and widens the answer."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from psd2_affordability.core.money import Money


class HouseholdType(StrEnum):
    """The four household types that protected amounts are set for."""

    SINGLE = "single"
    SINGLE_PARENT = "single_parent"
    COUPLE = "couple"
    COUPLE_WITH_CHILDREN = "couple_with_children"

    @property
    def has_partner(self) -> bool:
        """Whether two adults share the household."""
        return self in _WITH_PARTNER

    @property
    def has_children(self) -> bool:
        """Whether a dependent child lives in the household."""
        return self in _WITH_CHILDREN


_WITH_PARTNER = (HouseholdType.COUPLE, HouseholdType.COUPLE_WITH_CHILDREN)
_WITH_CHILDREN = (HouseholdType.SINGLE_PARENT, HouseholdType.COUPLE_WITH_CHILDREN)


@dataclass(frozen=True, slots=True)
class Person:
    """An adult of the household.

    Attributes:
        birth_date: day of birth.
        taxable_income_year: belastbaar inkomen in euros a year.
        taxable_income_month: loon voor de loonheffing on one payslip; not used when the year is known.
    """

    birth_date: date | None = None
    taxable_income_year: Money | None = None
    taxable_income_month: Money | None = None


@dataclass(frozen=True, slots=True)
class Housing:
    """How the household lives.

    Attributes:
        kind: `rent`, `owner` or `other`; empty when not known.
        rent_month: bare rent a month.
        service_costs_month: service costs a month.
        registered_address: whether there is a registered address (BRP) in the country.
        own_home: whether it is a home of one's own, with its own front door, kitchen and toilet.
    """

    kind: str = ""
    rent_month: Money | None = None
    service_costs_month: Money | None = None
    registered_address: bool | None = None
    own_home: bool | None = None


@dataclass(frozen=True, slots=True)
class AccountShare:
    """How much of what moves on an account is this household's own.

    Attributes:
        iban: the account.
        share: from 0 to 1; a joint account of two people who stated nothing else is half of each.
    """

    iban: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Household:
    """Everything the user knows about the household; only `type` is needed.

    Attributes:
        type: the household type, or None when it is not known.
        persons: the adults, the debtor first.
        children: days of birth.
        housing: how they live.
        debts: known arrears by name.
        own_ibans: further accounts of the household, so transfers to them are not costs.
        accounts: accounts that count for a part; every other account counts in full.
        working_adults: how many of the adults work; None when that is not known.
        free_of: leaf codes of costs and debts that are none any more: they ended, or somebody else pays
            them.
    """

    type: HouseholdType | None = None
    persons: tuple[Person, ...] = ()
    children: tuple[date, ...] = ()
    housing: Housing = field(default_factory=Housing)
    debts: tuple[tuple[str, Money], ...] = ()
    own_ibans: tuple[str, ...] = ()
    accounts: tuple[AccountShare, ...] = ()
    working_adults: int | None = None
    free_of: tuple[str, ...] = ()
