"""Seizure of a bank account: what it must leave, what it reaches and what it costs (art. 475a Rv, Btag)."""

from dataclasses import dataclass, replace

from psd2_affordability.assess.household import Household
from psd2_affordability.core.answer import Interval, Step, Unknown
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.found import Found, percent
from psd2_affordability.jurisdictions.nl.part import possible_types
from psd2_affordability.rulebook.lookup import RulesOn

# The articles of the acts; their tariffs stand in the rule file.
ACT_ARTICLES = {
    "summons": "2 lid 1 onder a Btag",
    "serve_title": "2 lid 1 onder b Btag",
    "serve_seizure": "2 lid 1 onder d Btag",
    "bank_seizure": "2 lid 1 onder i Btag",
    "wage_seizure": "2 lid 1 onder j Btag",
    "own_seizure": "2 lid 1 onder l Btag",
    "information_request": "2 lid 1 onder x Btag",
}


@dataclass(frozen=True, slots=True)
class Seized:
    """What would be seized, and how.

    Attributes:
        balance: of everything that the debtor holds at the bank, savings counted; None when not known.
        used_this_month: what a seizure at this bank has left already in the same month.
        joint: whether the account has another holder as well.
        legal_person: whether a company, association or foundation holds it.
        title_served: whether the title has been served already.
        information_asked: whether the bailiff asks first which bank it is.
    """

    balance: Money | None = None
    used_this_month: Money = ZERO
    joint: bool = False
    legal_person: bool = False
    title_served: bool = False
    information_asked: bool = False


def find(rules: RulesOn, household: Household, seized: Seized) -> Found:
    """Return what a seizure must leave in the month, with what it reaches, costs and must observe."""
    protected = _protection(rules, household, seized)
    if isinstance(protected.value, Unknown):
        return protected
    steps = (*protected.steps, *_whole_balance(seized), *_duties(rules))
    if seized.balance is not None:
        steps = (*steps, *_yield(rules, seized, seized.balance, protected.value))
    return replace(protected, steps=steps)


def _protection(rules: RulesOn, household: Household, seized: Seized) -> Found:
    if seized.legal_person:
        says = "the protection is for natural persons; a legal person has none"
        return Found.exactly(ZERO, (Step("475a lid 5 Rv", says, ZERO),))
    protected = find_protected(rules, household)
    if isinstance(protected.value, Unknown) or not seized.used_this_month:
        return protected
    low, high = (
        max(bound - seized.used_this_month, ZERO) for bound in (protected.value.low, protected.value.high)
    )
    says = f"it holds over a month: {seized.used_this_month.spoken()} was left already, so still"
    return Found(Interval(low, high), (*protected.steps, Step("475a lid 5 Rv", says, high)), protected.ask)


def _whole_balance(seized: Seized) -> tuple[Step, ...]:
    says = "all money at the bank at the moment of seizure counts, savings too; what comes in later does not"
    counted = Step("475a lid 7 Rv", says)
    if not seized.joint:
        return (counted,)
    says = "of a joint account the whole balance is seized, also for a debt of one holder"
    return counted, Step("475a Rv, praktijk", says)


def _duties(rules: RulesOn) -> tuple[Step, ...]:
    days, weeks, longer = (
        rules.count("nl.bankbeslag", name)
        for name in ("serve_within", "declare_after", "declare_after_if_asked")
    )
    at_source = (
        "an allowance cannot be seized at its source, except for the rent, premium or childcare that it is "
        "meant for; on the account only the amount above protects it"
    )
    return (
        Step("475 lid 1 onder f Rv", "the writ states the protected amount"),
        Step("475i lid 1 Rv", f"it is served on the debtor within {days} days"),
        Step("476a Rv", f"the bank declares after {weeks} weeks; after {longer} if the debtor asks in time"),
        Step("45 Awir", at_source),
    )


def _yield(rules: RulesOn, seized: Seized, balance: Money, protected: Interval) -> tuple[Step, ...]:
    reach = max(balance - protected.low, ZERO)
    says = f"of a balance of {balance.spoken()}, a seizure reaches at most"
    steps: tuple[Step, ...] = (Step("475a lid 5 Rv", says, reach),)
    try:
        costs = find_costs(
            rules, title_served=seized.title_served, information_asked=seized.information_asked
        )
    except RuleNotInForce:
        return steps
    if isinstance(costs.value, Unknown):
        return steps
    least = costs.value.low
    care = (
        "no seizure that foreseeably brings less than it costs; written for goods and conservatory seizure, "
        "here the standard of care: at most, after the costs"
    )
    return (
        *steps,
        Step("2 Btag", "the seizure costs at least, excluding VAT", least),
        Step("441 lid 3 en 702 Rv", care, reach - least),
    )


def find_protected(rules: RulesOn, household: Household) -> Found:
    """Return what a bank must leave over a month: the maximum of the household type."""
    types = possible_types(household)
    amounts = [rules.money("nl.beslagvrije_voet_maxima", "maximum", kind.value) for kind in types]
    steps = tuple(
        Step("475a lid 5 Rv", f"the maximum for the household ({kind.value}), over a month", amount)
        for kind, amount in zip(types, amounts, strict=True)
    )
    if household.housing.registered_address is False:
        share = rules.share("nl.bankbeslag", "no_address_share")
        amounts = [amount.times(share) for amount in amounts]
        says = f"no registered address and no fixed home abroad: {percent(share)} of it"
        steps = (*steps, Step("475a lid 6 Rv", says, max(amounts)))
    ask = () if len(types) == 1 else ("Who lives in the household: a partner, children under 18?",)
    return Found(Interval(min(amounts), max(amounts)), steps, ask)


def find_costs(rules: RulesOn, *, title_served: bool, information_asked: bool = False) -> Found:
    """Return what a seizure at a bank costs at least: the seizure, its service, and what must precede."""
    acts = (
        *(() if title_served else ("serve_title",)),
        *(("information_request",) if information_asked else ()),
        "bank_seizure",
        "serve_seizure",
    )
    steps = tuple(_act_step(rules, act) for act in acts)
    total = Money.total(step.amount for step in steps if step.amount is not None)
    return Found.exactly(total, (*steps, *vat_step(rules, total)))


def find_tariff(rules: RulesOn, act: str) -> Found:
    """Return the tariff of one act of a bailiff, excluding VAT."""
    amount = rules.money("nl.btag", "tariff", act)
    return Found.exactly(amount, (_act_step(rules, act), *vat_step(rules, amount)))


def vat_step(rules: RulesOn, amount: Money) -> tuple[Step, ...]:
    """Name the amount with VAT, where the rate of the day is known."""
    try:
        rate = rules.share("nl.btw", "rate")
    except RuleNotInForce:
        return ()
    says = f"with {percent(rate)} VAT, only if the creditor cannot deduct it"
    return (Step("9 Wet OB 1968", says, amount + amount.times(rate)),)


def _act_step(rules: RulesOn, act: str) -> Step:
    return Step(ACT_ARTICLES[act], act.replace("_", " "), rules.money("nl.btag", "tariff", act))
