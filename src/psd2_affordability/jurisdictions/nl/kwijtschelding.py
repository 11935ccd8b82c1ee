"""The cost of living that counts when remission of a tax is asked for."""

from psd2_affordability.assess.household import Household
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import Money, Rounding, round_exact
from psd2_affordability.jurisdictions.found import Found, percent, step
from psd2_affordability.jurisdictions.nl import bijstand
from psd2_affordability.rulebook.lookup import RulesOn


def find(rules: RulesOn, household: Household, *, aow: bool | None) -> Found:
    """Return a share of the social-assistance norm, in whole euros upward."""
    share = rules.share("nl.kwijtscheldingsnorm", "share")
    norm = bijstand.find(rules, household, aow=aow, sharers=1)
    if isinstance(norm.value, Unknown):
        return norm
    low, high = (
        Money(100 * round_exact(share * bound.exact, Rounding.UP))
        for bound in (norm.value.low, norm.value.high)
    )
    part = step(
        "Uitvoeringsregeling Invorderingswet 1990",
        "{share} of the norm, in whole euros upward",
        "{share} van de norm, in hele euro's naar boven",
        high,
        share=percent(share),
    )
    return Found(Interval(low, high), (*norm.steps, part), norm.ask)
