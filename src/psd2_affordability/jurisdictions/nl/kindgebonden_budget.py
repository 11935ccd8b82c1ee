"""Kindgebonden budget: an amount for each child that falls with income (Wkgb)."""

from datetime import date
from fractions import Fraction

from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.core.answer import Step
from psd2_affordability.core.dates import month_start
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.found import Found, percent
from psd2_affordability.jurisdictions.nl.allowance import (
    Means,
    Scheme,
    Yearly,
    entitlement,
    has_turned,
    no_children_known,
    nothing,
)
from psd2_affordability.rulebook.lookup import RulesOn

_RULE = "nl.kindgebonden_budget"
_ADULT = 18
# Art. 2 lid 4 en 5: the ages from which a child counts for more, the oldest first.
_OLDER = ((16, "16_to_17"), (12, "12_to_15"))


def find(rules: RulesOn, household: Household, means: Means) -> Found:
    """Return the kindgebonden budget a year, as if the month that the day lies in lasted a year."""
    settled = no_children_known(rules, _RULE, household)
    if settled is not None:
        return settled
    children = [born for born in household.children if _counts(born, rules.day)]
    if not children:
        return nothing("2 lid 1 Wkgb", "no child counts in this month")

    def at(kind: HouseholdType, income: Fraction) -> Yearly:
        return _yearly(rules, kind, children, income)

    return entitlement(rules, household, means, Scheme("year", "nl.vermogensgrens_toeslagen", at))


def _counts(born: date, day: date) -> bool:
    """From the month after the birth up to and including the month of the 18th birthday."""
    return month_start(born) < month_start(day) and not has_turned(born, _ADULT, day)


def _yearly(rules: RulesOn, kind: HouseholdType, children: list[date], income: Fraction) -> Yearly:
    each = rules.money(_RULE, "child")
    total = each * len(children)
    steps = [Step("2 lid 2 Wkgb", f"{len(children)} x {each.spoken()} for each child", total)]
    for born in children:
        for years, key in _OLDER:
            if has_turned(born, years, rules.day):
                more = rules.money(_RULE, "older_child", key)
                total += more
                steps.append(Step("2 lid 4 en 5 Wkgb", f"more for a child of {years} or older", more))
                break
    if not kind.has_partner:
        alone = rules.money(_RULE, "single_parent")
        total += alone
        steps.append(Step("2 lid 6 Wkgb", "more for a parent without a partner", alone))
    threshold = rules.money("nl.drempelinkomen", "income")
    if kind.has_partner:
        threshold += rules.money(_RULE, "couple_increment")
    share = rules.share(_RULE, "taper")
    lost = share * max(income - threshold.exact, Fraction(0))
    says = f"less {percent(share)} of the income above {threshold.spoken()}"
    steps.append(Step("2 lid 8 Wkgb" if kind.has_partner else "2 lid 7 Wkgb", says, Money.rounded(lost)))
    return Yearly(max(total.exact - lost, Fraction(0)), tuple(steps))
