"""The most that may be asked for collecting out of court (Besluit vergoeding incassokosten)."""

from fractions import Fraction

from psd2_affordability.core.answer import Step, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.nl.bank_seizure import vat_step
from psd2_affordability.jurisdictions.nl.found import Found, percent
from psd2_affordability.rulebook.lookup import RulesOn

_RULE = "nl.incassokosten"


def find(rules: RulesOn, claim: Money) -> Found:
    """Return the fee on a claim: a share of each slice, between the least and the most."""
    if claim <= ZERO:
        return Found(Unknown("claim.not_positive", f"a claim of {claim} has no collection costs"))
    steps: list[Step] = []
    scaled, start = Fraction(0), ZERO
    for bracket in rules.scale(_RULE, "scale"):
        end = claim if bracket.up_to is None else min(claim, bracket.up_to)
        if end > start:
            rate = Fraction(bracket.rate) / 100
            fee = (end - start).exact * rate
            says = f"{percent(rate)} of the claim from {start.spoken()} to {end.spoken()}"
            steps.append(Step("2 lid 1 Bik", says, Money.rounded(fee)))
            scaled, start = scaled + fee, end
    least, most = rules.money(_RULE, "minimum"), rules.money(_RULE, "maximum")
    amount = Money.rounded(scaled).clamp(least, most)
    steps.append(Step("2 lid 1 en 2 Bik", f"at least {least.spoken()} and at most {most.spoken()}", amount))
    says = "a consumer owes this only after a reminder with a term of fourteen days"
    steps.append(Step("6:96 lid 6 BW", says))
    return Found.exactly(amount, (*steps, *vat_step(rules, amount)))
