"""Kindgebonden budget: an amount for each child that falls with income (Wkgb)."""

from datetime import date
from fractions import Fraction

from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.core.answer import Step
from psd2_affordability.core.dates import month_start
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.found import Found, percent, step
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


_ALONE = ("more for a parent without a partner", "meer voor een ouder zonder partner")


def find(rules: RulesOn, household: Household, means: Means) -> Found:
    """Return the kindgebonden budget a year, as if the month that the day lies in lasted a year."""
    settled = no_children_known(rules, _RULE, household)
    if settled is not None:
        return settled
    children = [born for born in household.children if _counts(born, rules.day)]
    if not children:
        return nothing("2 lid 1 Wkgb", "no child counts in this month", "er telt deze maand geen kind mee")

    def at(kind: HouseholdType, income: Fraction) -> Yearly:
        return _yearly(rules, kind, children, income)

    return entitlement(rules, household, means, Scheme("year", "nl.vermogensgrens_toeslagen", at))


def _counts(born: date, day: date) -> bool:
    """From the month after the birth up to and including the month of the 18th birthday."""
    return month_start(born) < month_start(day) and not has_turned(born, _ADULT, day)


def _yearly(rules: RulesOn, kind: HouseholdType, children: list[date], income: Fraction) -> Yearly:
    each = rules.money(_RULE, "child")
    older = [
        (years, rules.money(_RULE, "older_child", key))
        for years, key in (_older(born, rules.day) for born in children)
        if key
    ]
    alone = ZERO if kind.has_partner else rules.money(_RULE, "single_parent")
    total = each * len(children) + Money.total(more for _, more in older) + alone
    threshold = rules.money("nl.drempelinkomen", "income")
    if kind.has_partner:
        threshold += rules.money(_RULE, "couple_increment")
    share = rules.share(_RULE, "taper")
    lost = share * max(income - threshold.exact, Fraction(0))

    def steps() -> tuple[Step, ...]:
        count = len(children)
        return (
            step(
                "2 lid 2 Wkgb",
                "{count} x {each} for each child",
                "{count} x {each} voor elk kind",
                each * count,
                count=count,
                each=each,
            ),
            *(
                step(
                    "2 lid 4 en 5 Wkgb",
                    "more for a child of {years} or older",
                    "meer voor een kind van {years} jaar of ouder",
                    more,
                    years=years,
                )
                for years, more in older
            ),
            *((step("2 lid 6 Wkgb", *_ALONE, alone),) if alone else ()),
            step(
                "2 lid 8 Wkgb" if kind.has_partner else "2 lid 7 Wkgb",
                "less {share} of the income above {threshold}",
                "min {share} van het inkomen boven {threshold}",
                Money.rounded(lost),
                share=percent(share),
                threshold=threshold,
            ),
        )

    return Yearly(max(total.exact - lost, Fraction(0)), steps)


def _older(born: date, day: date) -> tuple[int, str]:
    """Return the age from which a child counts for more, with its key; an empty key for a younger one."""
    return next(((years, key) for years, key in _OLDER if has_turned(born, years, day)), (0, ""))
