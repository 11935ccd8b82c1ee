"""Answers the questions whose amounts the user supplies, each on the law of the day."""

from dataclasses import dataclass, field, replace
from datetime import date

from psd2_affordability.assess.household import Household
from psd2_affordability.core.answer import Interval, LegalAnswer, RuleUse, Unknown, merge_rules
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.found import Found
from psd2_affordability.jurisdictions.nl import debt_plan, supplied_norms
from psd2_affordability.jurisdictions.nl.netherlands import Netherlands
from psd2_affordability.jurisdictions.nl.parameters import Parameters, usable
from psd2_affordability.jurisdictions.nl.part import possible_types
from psd2_affordability.jurisdictions.nl.supplied_norms import Own

_ASK_INCOME = "What is the net income a month, holiday pay included?"
_ASK_TYPE = "Who lives in the household: a partner, children under 18?"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the questions here are asked about.

    Attributes:
        household: type, taxable incomes, kind of home.
        net_income: of the debtor a month, holiday pay included.
        partner_net_income: of the partner a month, when it is not seized.
        parameters: the amounts that the user supplies.
        own: what is the household's own in the vtlb.
        debt: owed to all creditors together.
        no_capacity_foreseen: that nothing can be paid for the whole term was looked into, and so it is.
    """

    household: Household
    net_income: Money | None = None
    partner_net_income: Money | None = None
    parameters: Parameters | None = None
    own: Own = field(default_factory=Own)
    debt: Money | None = None
    no_capacity_foreseen: bool = False


def vtlb(law: Netherlands, on: date, asked: Asked) -> LegalAnswer:
    """Return the vtlb a month: the beslagvrije voet with nominal amounts and corrections."""
    found, rules = _vtlb(law, on, asked)
    return LegalAnswer("vtlb", on, found.value, "month", found.steps, rules, found.ask)


def nvvk_plan(law: Netherlands, on: date, asked: Asked) -> LegalAnswer:
    """Return what a settlement of debts pays a month above the vtlb."""
    found, used = _vtlb(law, on, asked)
    rules = law.book.on(on)
    try:
        if asked.net_income is None:
            found = Found(Unknown("income.not_given", "the net income a month is not given", _ASK_INCOME))
        else:
            situation = debt_plan.Situation(asked.net_income, asked.debt, asked.no_capacity_foreseen)
            found = debt_plan.find(rules, found, situation)
    except RuleNotInForce as refusal:
        found = Found(Unknown("rule.not_in_force", refusal.what))
    return LegalAnswer(
        "nvvk-plan", on, found.value, "month", found.steps, merge_rules(used, rules.used), found.ask
    )


def leennorm(on: date, asked: Asked) -> LegalAnswer:
    """Return what of a monthly income consumer credit may not touch."""
    given = usable(asked.parameters, "leennorm", on)
    if isinstance(given, Unknown):
        return LegalAnswer("leennorm", on, given, "month", ask=(given.ask,))
    found = supplied_norms.find_leennorm(given, asked.household, asked.net_income)
    return LegalAnswer("leennorm", on, found.value, "month", found.steps, (given.use,), found.ask)


def nibud_budget(on: date, asked: Asked) -> LegalAnswer:
    """Return the minimum example budget a month."""
    given = usable(asked.parameters, "nibud", on)
    if isinstance(given, Unknown):
        return LegalAnswer("nibud-budget", on, given, "month", ask=(given.ask,))
    found = supplied_norms.find_budget(given, asked.household)
    return LegalAnswer("nibud-budget", on, found.value, "month", found.steps, (given.use,), found.ask)


def _vtlb(law: Netherlands, on: date, asked: Asked) -> tuple[Found, tuple[RuleUse, ...]]:
    income = asked.net_income
    protected = law.protected_income(
        asked.household,
        Unknown("income.not_given", "the net income a month is not given")
        if income is None
        else Interval.exactly(income),
        on,
        partner_net_income_month=asked.partner_net_income,
    )
    given = usable(asked.parameters, "vtlb", on)
    if isinstance(protected.value, Unknown):
        return Found(protected.value, protected.steps, protected.ask), protected.rules
    if isinstance(given, Unknown):
        return Found(given, protected.steps, (given.ask, *protected.ask)), protected.rules
    types = possible_types(asked.household)
    if len(types) > 1:
        unknown = Unknown("household.type_unknown", "the household type is not known", _ASK_TYPE)
        return Found(unknown, protected.steps, (_ASK_TYPE,)), protected.rules
    own = asked.own
    if own.working_adults is None:
        own = replace(own, working_adults=asked.household.working_adults)
    found = supplied_norms.find_vtlb(given, types[0], protected.value, own)
    joined = Found(found.value, (*protected.steps, *found.steps), (*protected.ask, *found.ask))
    return joined, merge_rules(protected.rules, (given.use,))
