"""The Netherlands: answers the national questions of `assess` from the dated rules."""

from dataclasses import dataclass
from datetime import date

from psd2_affordability.assess.household import Household
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl import bank_seizure, beslagvrije_voet, bijstand, collection_costs
from psd2_affordability.jurisdictions.nl.found import answer
from psd2_affordability.rulebook.lookup import Rulebook


@dataclass(frozen=True, slots=True)
class Netherlands:
    """Dutch law by date; implements `assess.ports.NationalRules`."""

    book: Rulebook
    country: str = "nl"

    def protected_income(
        self,
        household: Household,
        net_income_month: Interval | Unknown,
        on: date,
        *,
        partner_net_income_month: Money | None = None,
        housing_costs_month: Money | None = None,
    ) -> LegalAnswer:
        """Return the beslagvrije voet a month (art. 475da to 475dc Rv).

        Args:
            household: type, taxable incomes and whether there is a registered address.
            net_income_month: of the debtor, holiday pay included, or Unknown.
            on: the day.
            partner_net_income_month: the partner's own income when it is not seized.
            housing_costs_month: woonkosten, when the increase for high ones is asked for.
        """
        situation = beslagvrije_voet.Situation(
            net_income_month, partner_net_income_month, housing_costs_month
        )
        return answer(
            "beslagvrije-voet",
            "month",
            self.book,
            on,
            lambda rules: beslagvrije_voet.find(rules, household, situation),
        )

    def protected_balance(self, household: Household, on: date) -> LegalAnswer:
        """Return what a seizure of a bank account must leave over a month (art. 475a lid 5 en 6 Rv)."""
        return answer(
            "bank-seizure",
            "month",
            self.book,
            on,
            lambda rules: bank_seizure.find_protected(rules, household),
        )

    def seizure_costs(self, on: date, *, title_served: bool) -> LegalAnswer:
        """Return what a seizure at a bank costs at least, once, excluding VAT (art. 2 Btag)."""
        return answer(
            "seizure-costs",
            "once",
            self.book,
            on,
            lambda rules: bank_seizure.find_costs(rules, title_served=title_served),
        )

    def bailiff_tariff(self, act: str, on: date) -> LegalAnswer:
        """Return the tariff of one act of a bailiff, once, excluding VAT (art. 2 Btag).

        Raises:
            UnknownName: no such act.
        """
        return answer(
            "bailiff-tariff", "once", self.book, on, lambda rules: bank_seizure.find_tariff(rules, act)
        )

    def social_minimum(
        self, household: Household, on: date, *, aow: bool | None = None, sharers: int = 1
    ) -> LegalAnswer:
        """Return the net social-assistance norm a month (art. 21, 22 en 22a Participatiewet).

        Args:
            household: type and birth dates.
            on: the day.
            aow: whether AOW age is reached; None to take it from the birth dates.
            sharers: adults who share the costs of the home, the person and a partner counted.
        """
        return answer(
            "bijstandsnorm",
            "month",
            self.book,
            on,
            lambda rules: bijstand.find(rules, household, aow=aow, sharers=sharers),
        )

    def collection_costs(self, claim: Money, on: date) -> LegalAnswer:
        """Return the most that may be asked for collecting out of court, excluding VAT (art. 2 Bik)."""
        return answer(
            "collection-costs", "once", self.book, on, lambda rules: collection_costs.find(rules, claim)
        )
