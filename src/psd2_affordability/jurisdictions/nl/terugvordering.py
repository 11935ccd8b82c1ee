"""Recovery of allowances: up to which difference nothing is asked back (Awir)."""

from psd2_affordability.jurisdictions.found import Found, step
from psd2_affordability.rulebook.lookup import RulesOn


def find(rules: RulesOn) -> Found:
    """Return up to which difference over a year an allowance that was too high is not asked back."""
    spared = rules.money("nl.toeslagen_terugvordering", "spared")
    says = (
        "a difference up to this is not asked back",
        "een verschil tot dit bedrag wordt niet teruggevraagd",
    )
    return Found.exactly(spared, (step("26a Awir", *says, spared),))
