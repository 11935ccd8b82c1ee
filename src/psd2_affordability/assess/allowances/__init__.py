"""Allowances that a household may have, against what arrives: unclaimed, too low, in line or too high.

An advice to look further, never a decision: a right is only ever *probable* here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple

from psd2_affordability.assess.allowances.doubts import doubts_on, half_arrives
from psd2_affordability.assess.allowances.judge import clawback_of, entitled_to, gap_of, unsure_of, verdict_on
from psd2_affordability.assess.allowances.look import NOTHING, Look, a_month, doubted, settled, shared_out
from psd2_affordability.assess.allowances.means import household_seen, means_of
from psd2_affordability.assess.allowances.questions import premium_seen, questions_for
from psd2_affordability.assess.allowances.received import (
    Received,
    received_month,
    received_never,
    received_quarter,
)
from psd2_affordability.assess.allowances.says import (
    can_be_asked_back_to,
    no_right,
    reasons_for,
)
from psd2_affordability.assess.allowances.schemes import CARE, CARE_COSTS, CHILD_BENEFIT, SCHEMES, Scheme
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.kinds import ALLOWANCE_UNKNOWN
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import Allowance, Income
from psd2_affordability.assess.told_income import income_told, more_than_told
from psd2_affordability.core.answer import Interval, LegalAnswer, RuleUse, Unknown, merge_rules
from psd2_affordability.core.money import ZERO, Money

__all__ = ["allowances_of", "ruled_out", "rules_used"]

#: With fewer whole months, a payment that is not seen may only be rare.
_FEW_MONTHS = 3


def allowances_of(facts: Facts, income: Income, rules: NationalRules) -> tuple[Allowance, ...]:
    """Hold what the law gives by what is known against what arrives, the most euros first.

    Every amount is a month's. Example: a single tenant with a taxable income of 23,900 and a rent of
    655 has, in 2026, 129 of zorgtoeslag and 387 of huurtoeslag; when neither arrives, both are
    *unclaimed*, and the questions say what to check before applying.
    """
    household = household_seen(facts)
    answers = _law(facts, household, income, rules)
    never = received_never(facts)
    looks = [
        _look(facts, household, scheme, answer, never, rules)
        for answer in answers
        if (scheme := SCHEMES.get(answer.question)) is not None
    ]
    quiet = never if never.nothing else None
    matters = [look.possible if look.received is quiet else look.matters for look in looks]
    if not any(matters):
        return tuple(map(_nothing_to_find, looks))
    paid = received_month(facts, ALLOWANCE_UNKNOWN)
    shared = shared_out(looks, paid)
    view = _View.of(facts, household, income, shared, paid, rules)
    found = [
        _judged(view, look, rules) if matter else _nothing_to_find(look)
        for look, matter in zip(shared, matters, strict=True)
    ]
    return tuple(sorted(found, key=_weight, reverse=True))


def ruled_out(facts: Facts, income: Income, rules: NationalRules) -> frozenset[str]:
    """Return the codes of the allowances that the taxable income that was told leaves no right to."""
    if not income_told(facts.case.household):
        return frozenset()
    answers = _law(facts, household_seen(facts), income, rules)
    return frozenset(
        SCHEMES[answer.question].code
        for answer in answers
        if answer.question in SCHEMES and answer.value == NOTHING
    )


def _law(facts: Facts, household: Household, income: Income, rules: NationalRules) -> tuple[LegalAnswer, ...]:
    return rules.allowances(household, means_of(facts, household, income), facts.on)


def rules_used(
    allowances: Sequence[Allowance], rules: NationalRules, on: date
) -> Iterator[Sequence[RuleUse]]:
    """Yield the dated rules behind allowances, for the receipt."""
    for one in allowances:
        yield one.law.rules
    if allowances:
        yield rules.spared_recovery(on).rules
        yield rules.last_day_to_claim(on.year - 1, on).rules


def _look(
    facts: Facts,
    household: Household,
    scheme: Scheme,
    answer: LegalAnswer,
    never: Received,
    rules: NationalRules,
) -> Look:
    """Hold what the law gives beside what arrives; `never` is what arrives of what no booking is of."""
    due = a_month(answer)
    if scheme is CHILD_BENEFIT:
        return _child_benefit(facts, household, answer, due, rules)
    if scheme is CARE and isinstance(due, Interval) and not _insured(facts):
        due = Interval(ZERO, due.high)
    arrives = scheme.category in facts.spans
    received = settled(received_month(facts, scheme.category), due) if arrives else never
    return Look(scheme, answer, due, due, received)


def _child_benefit(
    facts: Facts,
    household: Household,
    answer: LegalAnswer,
    entitled: Interval | Unknown,
    rules: NationalRules,
) -> Look:
    """Hold what the law gave for the quarter that was paid last beside what arrived for it."""
    received = received_quarter(facts, CHILD_BENEFIT.category)
    due = entitled
    if household.children and received.paid_for is not None:
        paid = rules.family_allowance(household, received.paid_for)
        due = a_month(paid)
        if paid.rules != answer.rules:
            answer = replace(answer, rules=merge_rules(answer.rules, paid.rules))
    return Look(CHILD_BENEFIT, answer, entitled, due, received)


def _insured(facts: Facts) -> bool:
    """Whether nothing speaks against a health insurance: a premium is seen, or the data are short."""
    return premium_seen(facts) or len(facts.months) < _FEW_MONTHS


class _View(NamedTuple):
    """What the verdicts on all allowances of one household look at.

    Attributes:
        facts: the bookings.
        household: as told, or as it shows.
        spared: up to which difference over a year nothing is asked back.
        joint_due: of all allowances in one payment that is too much for them.
        partner: there is, or may be, a partner with accounts that are not in the data.
        arrives: some income-dependent allowance arrives on these accounts: the others would then too.
        half_benefit: about half of the child benefit arrives.
        more_than_told: whether more arrives net than the taxable income that was told.
    """

    facts: Facts
    household: Household
    spared: LegalAnswer
    joint_due: Interval | None
    partner: bool
    arrives: bool
    half_benefit: bool
    more_than_told: Literal["", "some", "much"]

    @classmethod
    def of(
        cls,
        facts: Facts,
        household: Household,
        income: Income,
        looks: Sequence[Look],
        paid: Received,
        rules: NationalRules,
    ) -> "_View":
        """Find it once for all allowances."""
        return cls(
            facts,
            household,
            rules.spared_recovery(facts.on),
            _joint_due(looks),
            household.type is None or household.type.has_partner,
            _some_arrives(looks, paid),
            half_arrives(looks),
            more_than_told(household, income),
        )


def _nothing_to_find(look: Look) -> Allowance:
    """Return the plain answer where there is no right and nothing arrives."""
    return Allowance(
        look.scheme.code,
        "none",
        look.entitled,
        ZERO,
        NOTHING,
        NOTHING,
        (),
        (no_right(look),),
        look.scheme.apply_at,
        look.law,
    )


def _judged(view: _View, look: Look, rules: NationalRules) -> Allowance:
    facts, scheme, spared = view.facts, look.scheme, view.spared.value
    elsewhere = view.partner and not (view.arrives and scheme.by_income)
    doubts = doubts_on(
        facts,
        view.household,
        look,
        some_arrives=view.arrives,
        half_benefit=view.half_benefit,
        more_than_told=view.more_than_told,
    )
    if doubts:
        look = doubted(look, doubts)
    verdict = verdict_on(
        look,
        childcare_paid=CARE_COSTS in facts.spans,
        children_told=bool(view.household.children),
        elsewhere=elsewhere,
        spared=0 if isinstance(spared, Unknown) else spared.high.cents,
    )
    if doubts:
        verdict = unsure_of(verdict, doubts)
    clawback = clawback_of(look, view.joint_due, doubts)
    reasons = reasons_for(facts, look, verdict, clawback, view.spared, doubts=doubts, elsewhere=elsewhere)
    if verdict == "unclaimed" and scheme.by_income and look.received.earlier is None:
        last_year = facts.on.year - 1
        reasons += can_be_asked_back_to(scheme, last_year, rules.last_day_to_claim(last_year, facts.on))
    shown = entitled_to(look, verdict, all_seen=not (view.partner or facts.unseen_accounts))
    return Allowance(
        scheme.code,
        verdict,
        shown.entitled,
        look.received.monthly,
        gap_of(shown, doubts),
        clawback,
        questions_for(facts, view.household, look, verdict, doubts=doubts, elsewhere=elsewhere),
        tuple(reasons),
        scheme.apply_at,
        look.law,
    )


def _joint_due(looks: Sequence[Look]) -> Interval | None:
    known = [look.due for look in looks if look.together == "too_much" and isinstance(look.due, Interval)]
    if not known:
        return None
    return Interval(Money.total(due.low for due in known), Money.total(due.high for due in known))


def _some_arrives(looks: Sequence[Look], paid: Received) -> bool:
    """Whether any income-dependent allowance arrives here."""
    each = [paid.monthly, *[look.received.monthly for look in looks if look.scheme.by_income]]
    return any(isinstance(one, Money) and one.cents > 0 for one in each)


def _weight(found: Allowance) -> tuple[bool, int, int]:
    """Rank by what is probably missing or to be paid back over a year, then by what may be."""
    gap, risk = found.gap, found.clawback_risk
    low = high = 0
    if gap is not NOTHING and not isinstance(gap, Unknown):
        low, high = gap.low.cents * 12, gap.high.cents * 12
    if risk is not NOTHING and not isinstance(risk, Unknown):
        low, high = max(low, risk.low.cents), max(high, risk.high.cents)
    return found.verdict != "none", low, high
