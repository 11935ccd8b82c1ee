"""Germany: answers the national questions of `assess` as far as its rules are held here."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from psd2_affordability.assess.household import Household
from psd2_affordability.assess.ports import CreditLaw, LastDay, SeenMeans
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.consumer_credit import credit_law
from psd2_affordability.jurisdictions.de import account, wages
from psd2_affordability.jurisdictions.found import answer
from psd2_affordability.rulebook.lookup import Rulebook


@dataclass(frozen=True, slots=True)
class Germany:
    """German law by date; implements `assess.ports.NationalRules`."""

    book: Rulebook
    country: str = "de"

    def protected_income(
        self, household: Household, net_income_month: Interval | Unknown, on: date
    ) -> LegalAnswer:
        """Return the protected part of a monthly wage (§ 850c ZPO)."""
        return answer(
            "pfaendungsfreier-betrag",
            "month",
            self.book,
            on,
            lambda rules: wages.find(rules, household, net_income_month),
        )

    def plan_floor(self, household: Household, protected: LegalAnswer, on: date) -> LegalAnswer | None:
        """Return that there is no such norm here."""
        del household, protected, on
        return None

    def protected_balance(self, household: Household, on: date) -> LegalAnswer:
        """Return the protected balance of a Pfändungsschutzkonto over a month (§ 899 ZPO)."""
        return answer(
            "pfaendungsschutzkonto", "month", self.book, on, lambda rules: account.find(rules, household)
        )

    def seizure_costs(self, on: date, *, title_served: bool) -> LegalAnswer:
        """Return that the costs of a seizure are not held here."""
        del title_served
        return _not_held("pfaendungskosten", "once", on)

    def social_minimum(self, household: Household, on: date) -> LegalAnswer:
        """Return that the Regelbedarf is not held here."""
        del household
        return _not_held("regelbedarf", "month", on)

    def collection_costs(self, claim: Money, on: date) -> LegalAnswer:
        """Return that the fees for collecting out of court are not held here."""
        del claim
        return _not_held("inkassokosten", "once", on)

    def allowances(self, household: Household, seen: SeenMeans, on: date) -> tuple[LegalAnswer, ...]:
        """Return that the allowances are not held here."""
        del household, seen
        return (_not_held("wohngeld", "month", on), _not_held("kindergeld", "month", on))

    def family_allowance(self, household: Household, on: date) -> LegalAnswer:
        """Return that the Kindergeld is not held here."""
        del household
        return _not_held("kindergeld", "month", on)

    def spared_recovery(self, on: date) -> LegalAnswer:
        """Return that the rules of recovery are not held here."""
        return _not_held("rueckforderung", "once", on)

    def last_day_to_claim(self, year: int, on: date) -> LastDay:
        """Return that the terms to ask for an allowance are not held here."""
        del year, on
        return LastDay(_unknown("antragsfrist"))

    def lending_norm(self, household: Household, net_income_month: Money, on: date) -> LegalAnswer | None:
        """Return that there is no such norm here."""
        del household, net_income_month, on
        return None

    def credit_law(self, on: date) -> CreditLaw:
        """Return since when the directive applies; the national act is not held here."""
        return credit_law(self.book, on, "")


def _not_held(question: str, per: Literal["month", "once"], on: date) -> LegalAnswer:
    return LegalAnswer(question, on, _unknown(question), per)


def _unknown(question: str) -> Unknown:
    return Unknown("rule.not_held", f"the German rules for {question} are not held here")
