"""What the income must leave a person: what the law protects, and what a plan must leave beside it."""

from dataclasses import replace
from typing import Literal, NamedTuple

from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.kinds import ASSISTANCE, HOLIDAY_PAY, STUDENT_FINANCE
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.reckoning import share_out
from psd2_affordability.assess.results import Income
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.told_income import more_than_told, without_told
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import Money

_BEFORE_SEIZURE = Unknown(
    "income.before_seizure",
    "A part of the income is seized before it arrives, so the whole income is not known.",
    "What is the net income a month before the seizure?",
)
_NOT_WHOLE = Unknown(
    "income.not_whole",
    "Less arrives than anybody lives on, so the whole income is not known.",
    "What is the whole net income a month?",
)

#: The part of the social minimum below which what arrives is no whole income.
_WHOLE_PART, _WHOLE_OF = NORMS.whole_income.as_integer_ratio()

#: How much of the income is seen: all of it, plainly a part, or none.
Seen = Literal["whole", "part", "none"]


class Floors(NamedTuple):
    """The two floors of one person.

    Attributes:
        legal: the protected income, which no creditor may take.
        plan: what a plan must leave; None when nobody gave the amounts of that norm.
        seen: how much of the income the floors stand on; of a part the law may protect all.
        doubted: the taxable income that was told cannot be true, so nothing is reckoned with it.
    """

    legal: LegalAnswer
    plan: LegalAnswer | None = None
    seen: Seen = "whole"
    doubted: bool = False

    @property
    def of_plan(self) -> LegalAnswer:
        """What a plan stays above: its own floor where that is known, else the protected income."""
        return self.legal if self.plan is None or isinstance(self.plan.value, Unknown) else self.plan


def floors_of(facts: Facts, income: Income, rules: NationalRules) -> Floors:
    """Ask for the floors at the usual income, holiday pay of the last year included.

    While wages are being seized, or part of them goes to somebody else, only a part of the income arrives;
    a share of that part bounds nothing.
    """
    counted, in_part = income.for_protection, bool(facts.wage_notes or facts.set_off)
    if not in_part and not isinstance(counted, Unknown):
        return floors_at(facts, income, counted.mid, rules)
    household, doubted = _asked_of(facts, income)
    if in_part:
        whole = rules.protected_income(household, _BEFORE_SEIZURE, facts.on)
        if not isinstance(whole.value, Unknown):
            return Floors(whole, rules.plan_floor(household, whole, facts.on), doubted=doubted)
    if not isinstance(counted, Unknown):
        return floors_at(facts, income, counted.mid, rules)
    legal = rules.protected_income(household, counted, facts.on)
    return Floors(legal, rules.plan_floor(household, legal, facts.on))


def floors_at(facts: Facts, income: Income, usual: Money, rules: NationalRules) -> Floors:
    """Ask for the floors at some usual income, holiday pay of the last year added.

    The law protects at most a share of the income, but of the whole of it: where plainly a part is seen,
    the share of that part is the least that it protects, and of nothing seen it says nothing.
    """
    household, doubted = _asked_of(facts, income)
    arrives = usual + holiday_pay_month(facts)
    legal = rules.protected_income(household, Interval.exactly(arrives), facts.on)
    seen = _seen(facts, household, income, arrives.cents, rules)
    if seen != "whole":
        whole = rules.protected_income(household, _NOT_WHOLE, facts.on)
        legal = _of_all(legal, whole, seen, arrives)
    return Floors(legal, rules.plan_floor(household, legal, facts.on), seen, doubted)


def _asked_of(facts: Facts, income: Income) -> tuple[Household, bool]:
    """Return the household that the law is asked about, and whether what it told is left out."""
    household = facts.case.household
    if more_than_told(household, income):
        return without_told(household), True
    return household, False


def _seen(facts: Facts, household: Household, income: Income, arrives: int, rules: NationalRules) -> Seen:
    """Tell whether so many cents a month can be a whole income: nobody's is far below the social minimum.

    Of two partners one may earn on another account, but social assistance is paid for both. Who told so
    low an income, or lives on student finance too, has no more.
    """
    if arrives <= 0:
        return "none"
    minimum = rules.social_minimum(household, facts.on).value
    if isinstance(minimum, Unknown):
        return "whole"
    of_two = household.type is not None and household.type.has_partner and ASSISTANCE not in facts.spans
    one = minimum.low.cents // (2 if of_two else 1)
    if arrives * _WHOLE_OF >= one * _WHOLE_PART or _as_told(household, arrives):
        return "whole"
    studies = sum([kind.monthly.cents for kind in income.by_kind if kind.category == STUDENT_FINANCE])
    if (arrives + studies) * _WHOLE_OF >= one * _WHOLE_PART:
        return "whole"
    return "part"


def _as_told(household: Household, arrives: int) -> bool:
    """Whether what arrives is half or more of the taxable income that was told of the debtor."""
    told = household.persons[0].taxable_income_year if household.persons else None
    return told is not None and 2 * 12 * arrives >= told.cents


def _of_all(of_seen: LegalAnswer, of_whole: LegalAnswer, seen: Seen, arrives: Money) -> LegalAnswer:
    """Return what the law protects at least, of the part that is seen, and at most, of the whole.

    A law that protects more than arrives takes no share of it: there a part is as good as the whole.
    """
    least, most = of_seen.value, of_whole.value
    if isinstance(least, Unknown) or least.high > arrives:
        return of_seen
    if isinstance(most, Unknown) or seen == "none":
        return of_whole
    return replace(of_seen, value=Interval(least.low, most.high), ask=of_whole.ask)


def holiday_pay_month(facts: Facts) -> Money:
    """Return a twelfth of the holiday pay of the last year."""
    return Money(share_out(max(0, facts.last_year.get(HOLIDAY_PAY, 0)), 12))
