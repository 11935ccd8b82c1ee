"""The Netherlands: answers the national questions of `assess` from the dated rules."""

from dataclasses import dataclass
from datetime import date

from psd2_affordability.assess.household import Household
from psd2_affordability.assess.ports import CreditLaw, LastDay, SeenMeans
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.dates import add_months
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.consumer_credit import credit_law
from psd2_affordability.jurisdictions.found import answer
from psd2_affordability.jurisdictions.nl import (
    bank_seizure,
    beslagvrije_voet,
    bijstand,
    collection_costs,
    huurtoeslag,
    kinderbijslag,
    kinderopvangtoeslag,
    kindgebonden_budget,
    kwijtschelding,
    overheidsvordering,
    supplied_norms,
    terugvordering,
    zorgtoeslag,
)
from psd2_affordability.jurisdictions.nl.allowance import Means
from psd2_affordability.jurisdictions.nl.parameters import Parameters, usable
from psd2_affordability.rulebook.lookup import Rulebook

_TO_BE_FOUND = Unknown("income.not_given", "the assessment income is not given")


@dataclass(frozen=True, slots=True)
class Netherlands:
    """Dutch law by date; implements `assess.ports.NationalRules`.

    Attributes:
        book: the dated rules.
        country: ISO 3166 code.
        leennorm: the amounts of the lending norm, when the user gave them.
        vtlb: the nominal amounts of the vtlb, when the user gave them.
    """

    book: Rulebook
    country: str = "nl"
    leennorm: Parameters | None = None
    vtlb: Parameters | None = None

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
        return self.beslagvrije_voet(household, situation, on)

    def beslagvrije_voet(
        self, household: Household, situation: beslagvrije_voet.Situation, on: date
    ) -> LegalAnswer:
        """Return the beslagvrije voet a month in each situation of the law (art. 475da to 475e Rv)."""
        return answer(
            "beslagvrije-voet",
            "month",
            self.book,
            on,
            lambda rules: beslagvrije_voet.find(rules, household, situation),
        )

    def plan_floor(self, household: Household, protected: LegalAnswer, on: date) -> LegalAnswer | None:
        """Return the vtlb a month: the beslagvrije voet with the nominal amounts that the user gave."""
        if self.vtlb is None:
            return None
        given = usable(self.vtlb, "vtlb", on)
        if isinstance(given, Unknown):
            return LegalAnswer("vtlb", on, given, "month")
        rules = (given.use, *protected.rules)
        if isinstance(protected.value, Unknown):
            return LegalAnswer("vtlb", on, protected.value, "month", (), rules, protected.ask)
        found = supplied_norms.find_plan_floor(given, household, protected.value)
        return LegalAnswer("vtlb", on, found.value, "month", found.steps, rules, found.ask)

    def protected_balance(self, household: Household, on: date) -> LegalAnswer:
        """Return what a seizure of a bank account must leave over a month (art. 475a lid 5 en 6 Rv)."""
        return answer(
            "bank-seizure",
            "month",
            self.book,
            on,
            lambda rules: bank_seizure.find_protected(rules, household),
        )

    def bank_seizure(self, household: Household, seized: bank_seizure.Seized, on: date) -> LegalAnswer:
        """Return what a seizure must still leave this month, what it reaches and costs (art. 475a Rv)."""
        return answer(
            "bank-seizure",
            "month",
            self.book,
            on,
            lambda rules: bank_seizure.find(rules, household, seized),
        )

    def seizure_costs(self, on: date, *, title_served: bool, information_asked: bool = False) -> LegalAnswer:
        """Return what a seizure at a bank costs at least, once, excluding VAT (art. 2 Btag).

        Args:
            on: the day.
            title_served: whether the title has been served already.
            information_asked: whether the bailiff asks first which bank it is.
        """
        return answer(
            "seizure-costs",
            "once",
            self.book,
            on,
            lambda rules: bank_seizure.find_costs(
                rules, title_served=title_served, information_asked=information_asked
            ),
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

    def collection_costs(
        self,
        claim: Money,
        on: date,
        *,
        further: tuple[Money, ...] = (),
        reminded_on: date | None = None,
        business: bool = False,
        instalments: bool = False,
    ) -> LegalAnswer:
        """Return the most that may be asked for collecting out of court, excluding VAT (art. 2 Bik).

        Args:
            claim: the principal.
            on: the day.
            further: principals of the creditor's other claims; they are added up.
            reminded_on: the day of the reminder; before its term has passed a consumer owes nothing.
            business: the debtor acts in a profession or business.
            instalments: the claims are instalments of one contract.
        """
        claims = collection_costs.Claims((claim, *further), reminded_on, business, instalments)
        return answer(
            "collection-costs", "once", self.book, on, lambda rules: collection_costs.find(rules, claims)
        )

    def allowances(self, household: Household, seen: SeenMeans, on: date) -> tuple[LegalAnswer, ...]:
        """Return every allowance that the household may have, for the month that the day lies in."""
        means = Means(_TO_BE_FOUND, seen=seen)
        return (
            self.zorgtoeslag(household, means, on),
            self.huurtoeslag(household, means, on),
            self.kindgebonden_budget(household, means, on),
            self.kinderbijslag(household, on),
            self.kinderopvangtoeslag(household, on),
        )

    def family_allowance(self, household: Household, on: date) -> LegalAnswer:
        """Return the kinderbijslag of the quarter (art. 12 AKW)."""
        return self.kinderbijslag(household, on)

    def spared_recovery(self, on: date) -> LegalAnswer:
        """Return up to which difference over a year an allowance is not asked back (art. 26a Awir)."""
        return answer("toeslagen-terugvordering", "once", self.book, on, terugvordering.find)

    def last_day_to_claim(self, year: int, on: date) -> LastDay:
        """Return until when a toeslag of a year can still be asked for (art. 15 lid 1 Awir)."""
        rules = self.book.on(on)
        try:
            months = rules.count("nl.toeslagen_aanvraag", "after_year")
        except RuleNotInForce as refusal:
            return LastDay(Unknown("rule.not_in_force", refusal.what))
        return LastDay(add_months(date(year, 12, 31), months), "15 lid 1 Awir", rules.used)

    def lending_norm(self, household: Household, net_income_month: Money, on: date) -> LegalAnswer | None:
        """Return what of a monthly income consumer credit may not touch (leennorm of VFN)."""
        if self.leennorm is None:
            return None
        given = usable(self.leennorm, "leennorm", on)
        if isinstance(given, Unknown):
            return LegalAnswer("leennorm", on, given, "month", ask=(given.ask,))
        found = supplied_norms.find_leennorm(given, household, net_income_month)
        return LegalAnswer("leennorm", on, found.value, "month", found.steps, (given.use,), found.ask)

    def credit_law(self, on: date) -> CreditLaw:
        """Return since when the directive applies, and whether the Dutch act for it is in force."""
        return credit_law(self.book, on, "nl.kredietwaardigheid")

    def zorgtoeslag(self, household: Household, means: Means, on: date) -> LegalAnswer:
        """Return the zorgtoeslag a month (art. 2 Wzt)."""
        return answer(
            "zorgtoeslag", "month", self.book, on, lambda rules: zorgtoeslag.find(rules, household, means)
        )

    def huurtoeslag(
        self, household: Household, means: Means, on: date, *, size: int | None = None
    ) -> LegalAnswer:
        """Return the huurtoeslag a month (art. 16 to 21 Wht).

        Args:
            household: type, birth dates and rent.
            means: income and assets.
            on: the day.
            size: people in the home; None to take it from the household.
        """
        return answer(
            "huurtoeslag",
            "month",
            self.book,
            on,
            lambda rules: huurtoeslag.find(rules, household, means, size=size),
        )

    def kindgebonden_budget(self, household: Household, means: Means, on: date) -> LegalAnswer:
        """Return the kindgebonden budget a year, by the children of the month (art. 2 Wkgb)."""
        return answer(
            "kindgebonden-budget",
            "year",
            self.book,
            on,
            lambda rules: kindgebonden_budget.find(rules, household, means),
        )

    def kinderbijslag(self, household: Household, on: date) -> LegalAnswer:
        """Return the kinderbijslag of the quarter (art. 12 AKW)."""
        return answer(
            "kinderbijslag", "quarter", self.book, on, lambda rules: kinderbijslag.find(rules, household)
        )

    def kinderopvangtoeslag(self, household: Household, on: date) -> LegalAnswer:
        """Return what bounds the kinderopvangtoeslag; the amount itself is not in our rules."""
        return answer(
            "kinderopvangtoeslag",
            "month",
            self.book,
            on,
            lambda rules: kinderopvangtoeslag.find(rules, household),
        )

    def remission_norm(self, household: Household, on: date, *, aow: bool | None = None) -> LegalAnswer:
        """Return the cost of living that counts when remission of a tax is asked for, a month."""
        return answer(
            "kwijtscheldingsnorm",
            "month",
            self.book,
            on,
            lambda rules: kwijtschelding.find(rules, household, aow=aow),
        )

    def tax_collection(self, claim: Money, on: date) -> LegalAnswer:
        """Return what a tax collector may have a bank pay from an account (art. 19 Invorderingswet)."""
        return answer(
            "overheidsvordering", "once", self.book, on, lambda rules: overheidsvordering.find(rules, claim)
        )
