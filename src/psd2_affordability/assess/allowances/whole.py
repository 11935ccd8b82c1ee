"""Whole amounts: an allowance or a rent is the household's, also where half of the account counts."""

from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.reckoning import share_out


def whole(facts: Facts, category: str, cents: int) -> int:
    """Return an amount of a category, not below zero, as it was before a stated share of it was counted."""
    if not facts.withheld:
        return cents
    left_out = facts.withheld.get(category, 0)
    counted = sum(facts.by_month.get(category, ())) if left_out else 0
    return share_out(cents * abs(counted + left_out), abs(counted)) if counted else cents
