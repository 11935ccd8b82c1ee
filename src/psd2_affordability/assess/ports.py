"""What a country must be able to answer. Implementations live in `jurisdictions`."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from psd2_affordability.assess.household import Household
from psd2_affordability.core.answer import Interval, LegalAnswer, RuleUse, Unknown
from psd2_affordability.core.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class SeenMeans:
    """What bookings show of the means that allowances look at, beside what the household tells.

    Attributes:
        net_year: the taxed income that arrives over the calendar year, net, or Unknown.
        complete: whether the high end of `net_year` holds: nothing of it is kept back or earned untaxed.
        deductible_year: payments a year that may lower the taxable income, such as mortgage interest.
        pensioner: a state pension is all or part of it.
        only_pension: there is nothing else, and it is not of this year alone.
        rent_month: bounds of the bare rent, where the household does not tell it; None when none is seen.
    """

    net_year: Interval | Unknown
    complete: bool = True
    deductible_year: Money = ZERO
    pensioner: bool = False
    only_pension: bool = False
    rent_month: Interval | None = None


@dataclass(frozen=True, slots=True)
class LastDay:
    """Until when something can still be asked for.

    Attributes:
        on: the last day, or why it is not known.
        article: where the law says so.
        rules: the dated rules used.
    """

    on: date | Unknown
    article: str = ""
    rules: tuple[RuleUse, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class CreditLaw:
    """Which law a check before new credit is made under on a day; it is equal to itself alone.

    Attributes:
        directive_since: since when Directive (EU) 2023/2225 applies, or why it does not on the day.
        national_since: since when the national act that carries it out is in force, or why that is not known.
        ceiling: credit above this amount is outside the directive; None where it does not apply.
        directive_rule: rule that says so of the directive.
        directive_article: its article.
        national_rule: rule that says so of the national act; empty where none is held.
        rules: the dated rules used.
    """

    directive_since: date | Unknown
    national_since: date | Unknown
    ceiling: Money | None = None
    directive_rule: str = ""
    directive_article: str = ""
    national_rule: str = ""
    rules: tuple[RuleUse, ...] = ()


class NationalRules(Protocol):
    """The law of one country, by date. Every answer names its steps, articles and rules.

    An answer that the law, the figures or the household cannot give is a `LegalAnswer`
    whose value is `Unknown`; nothing here raises for a date outside the rules.
    """

    @property
    def country(self) -> str:
        """ISO 3166 code, lower case."""
        ...

    def protected_income(
        self, household: Household, net_income_month: Interval | Unknown, on: date
    ) -> LegalAnswer:
        """Return the part of the monthly income that no creditor may take (NL: beslagvrije voet)."""
        ...

    def plan_floor(self, household: Household, protected: LegalAnswer, on: date) -> LegalAnswer | None:
        """Return what a payment plan must leave a month, never less than the protected income (NL: vtlb).

        None when nobody gave the amounts of such a norm.

        Args:
            household: type, and how many adults work.
            protected: the protected income of the same household and day.
            on: the day.
        """
        ...

    def protected_balance(self, household: Household, on: date) -> LegalAnswer:
        """Return the part of a bank balance that a seizure must leave, per month."""
        ...

    def seizure_costs(self, on: date, *, title_served: bool) -> LegalAnswer:
        """Return what a bank-account seizure costs at least, once, excluding VAT."""
        ...

    def social_minimum(self, household: Household, on: date) -> LegalAnswer:
        """Return the net social-assistance norm a month for the household."""
        ...

    def collection_costs(self, claim: Money, on: date) -> LegalAnswer:
        """Return the most that may be asked for collection out of court, excluding VAT."""
        ...

    def allowances(self, household: Household, seen: SeenMeans, on: date) -> tuple[LegalAnswer, ...]:
        """Return every income-dependent or family allowance that the household may have.

        For the month that the day lies in. What the household tells goes before what is seen; means
        between bounds give an allowance between bounds, unknown ones anything from nothing to the
        maximum.
        """
        ...

    def family_allowance(self, household: Household, on: date) -> LegalAnswer:
        """Return the allowance for children that does not depend on income (NL: kinderbijslag)."""
        ...

    def spared_recovery(self, on: date) -> LegalAnswer:
        """Return up to which difference over a year an allowance is not asked back."""
        ...

    def last_day_to_claim(self, year: int, on: date) -> LastDay:
        """Return until when an income-dependent allowance of a year can still be asked for."""
        ...

    def lending_norm(self, household: Household, net_income_month: Money, on: date) -> LegalAnswer | None:
        """Return what of an income credit may not touch a month; None when nobody gave the norm's amounts."""
        ...

    def credit_law(self, on: date) -> CreditLaw:
        """Return which law a check before new credit is made under."""
        ...
