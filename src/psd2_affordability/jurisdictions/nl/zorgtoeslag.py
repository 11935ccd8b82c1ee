"""Zorgtoeslag: the part of the standard care premium that income does not bear (Wet op de zorgtoeslag)."""

from fractions import Fraction

from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.core.answer import Step
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.found import Found, percent, step
from psd2_affordability.jurisdictions.nl.allowance import (
    Means,
    Scheme,
    Yearly,
    entitlement,
    has_turned,
    nothing,
)
from psd2_affordability.jurisdictions.nl.part import adults
from psd2_affordability.rulebook.lookup import RulesOn

_RULE = "nl.zorgtoeslag"
_INSURED_FROM = 18


def find(rules: RulesOn, household: Household, means: Means) -> Found:
    """Return the zorgtoeslag a month, for the month that the day lies in."""
    applicant = household.persons[0].birth_date if household.persons else None
    if applicant is not None and not has_turned(applicant, _INSURED_FROM, rules.day):
        return nothing(
            "2 lid 1 Wzt",
            "the right starts in the month after the {age}th birthday",
            "het recht begint in de maand na de {age}e verjaardag",
            age=_INSURED_FROM,
        )

    def at(kind: HouseholdType, income: Fraction) -> Yearly:
        return _yearly(rules, kind, income, partner_insured=means.partner_insured)

    scheme = Scheme("month", "nl.vermogensgrens_toeslagen", at, by_adults=True)
    return entitlement(rules, household, means, scheme)


def _yearly(rules: RulesOn, kind: HouseholdType, income: Fraction, *, partner_insured: bool) -> Yearly:
    premium = rules.money("nl.standaardpremie", "premium") * (2 if kind.has_partner else 1)
    threshold = rules.money("nl.drempelinkomen", "income")
    first = rules.share(_RULE, "threshold_share", adults(kind))
    further = rules.share(_RULE, "above_share")
    base = first * threshold.exact
    above = further * max(income - threshold.exact, Fraction(0))
    amount = max(premium.exact - base - above, Fraction(0))
    share = rules.share(_RULE, "one_insured_share") if kind.has_partner and not partner_insured else None
    if share is not None:
        amount *= share

    def steps() -> tuple[Step, ...]:
        return (
            step(
                "2 lid 1 en art. 4 Wzt", "the standard premium a year", "de standaardpremie per jaar", premium
            ),
            step(
                "2 lid 2 Wzt",
                "less {share} of the threshold income of {threshold}",
                "min {share} van het drempelinkomen van {threshold}",
                Money.rounded(base),
                share=percent(first),
                threshold=threshold,
            ),
            step(
                "2 lid 3 Wzt",
                "less {share} of the income above {threshold}",
                "min {share} van het inkomen boven {threshold}",
                Money.rounded(above),
                share=percent(further),
                threshold=threshold,
            ),
            *(
                ()
                if share is None
                else (
                    step(
                        "2 lid 4 Wzt",
                        "the partner is not insured: {share} of it",
                        "de partner is niet verzekerd: {share} daarvan",
                        Money.rounded(amount),
                        share=percent(share),
                    ),
                )
            ),
        )

    return Yearly(amount, steps)
