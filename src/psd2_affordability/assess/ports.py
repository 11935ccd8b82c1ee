"""What a country must be able to answer. Implementations live in `jurisdictions`."""

from datetime import date
from typing import Protocol

from psd2_affordability.assess.household import Household
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import Money


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

    def allowances(
        self, household: Household, income_year: Interval | Unknown, on: date
    ) -> tuple[LegalAnswer, ...]:
        """Return every income-dependent or family allowance that the household may have.

        For the month that the day lies in; an income between bounds gives an allowance between
        bounds, an unknown one anything from nothing to the maximum.
        """
        ...
