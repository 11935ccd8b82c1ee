"""What the income must leave a person: what the law protects, and what a plan must leave beside it."""

from typing import NamedTuple

from psd2_affordability.assess.facts import Facts, share_out
from psd2_affordability.assess.kinds import HOLIDAY_PAY
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import Income
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import Money

_BEFORE_SEIZURE = Unknown(
    "income.before_seizure",
    "A part of the income is seized before it arrives, so the whole income is not known.",
    "What is the net income a month before the seizure?",
)


class Floors(NamedTuple):
    """The two floors of one person.

    Attributes:
        legal: the protected income, which no creditor may take.
        plan: what a plan must leave; None when nobody gave the amounts of that norm.
    """

    legal: LegalAnswer
    plan: LegalAnswer | None = None

    @property
    def of_plan(self) -> LegalAnswer:
        """What a plan stays above: its own floor where that is known, else the protected income."""
        return self.legal if self.plan is None or isinstance(self.plan.value, Unknown) else self.plan


def floors_of(facts: Facts, income: Income, rules: NationalRules) -> Floors:
    """Ask for the floors at the usual income, holiday pay of the last year included.

    While wages are being seized only a part of the income arrives; a share of that part bounds nothing.
    """
    counted, household = income.for_protection, facts.case.household
    if facts.wage_notes:
        whole = rules.protected_income(household, _BEFORE_SEIZURE, facts.on)
        if not isinstance(whole.value, Unknown):
            return Floors(whole, rules.plan_floor(household, whole, facts.on))
    if not isinstance(counted, Unknown):
        return floors_at(facts, counted.mid, rules)
    legal = rules.protected_income(household, counted, facts.on)
    return Floors(legal, rules.plan_floor(household, legal, facts.on))


def floors_at(facts: Facts, usual: Money, rules: NationalRules) -> Floors:
    """Ask for the floors at some usual income, holiday pay of the last year added."""
    household, whole = facts.case.household, usual + holiday_pay_month(facts)
    legal = rules.protected_income(household, Interval.exactly(whole), facts.on)
    return Floors(legal, rules.plan_floor(household, legal, facts.on))


def holiday_pay_month(facts: Facts) -> Money:
    """Return a twelfth of the holiday pay of the last year."""
    return Money(share_out(max(0, facts.last_year.get(HOLIDAY_PAY, 0)), 12))
