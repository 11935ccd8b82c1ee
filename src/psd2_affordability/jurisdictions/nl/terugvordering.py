"""Recovery of allowances: up to which difference nothing is asked back (Awir)."""

from psd2_affordability.core.answer import Step
from psd2_affordability.jurisdictions.found import Found
from psd2_affordability.rulebook.lookup import RulesOn


def find(rules: RulesOn) -> Found:
    """Return up to which difference over a year an allowance that was too high is not asked back."""
    spared = rules.money("nl.toeslagen_terugvordering", "spared")
    return Found.exactly(spared, (Step("26a Awir", "a difference up to this is not asked back", spared),))
