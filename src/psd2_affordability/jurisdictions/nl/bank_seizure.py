"""Seizure of a bank account: what it must leave and what it costs (art. 475a Rv, Btag)."""

from psd2_affordability.assess.household import Household
from psd2_affordability.core.answer import Interval, Step
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl.beslagvrije_voet import possible_types
from psd2_affordability.jurisdictions.nl.found import Found, percent
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


def find_costs(rules: RulesOn, *, title_served: bool) -> Found:
    """Return what a seizure at a bank costs at least: the seizure, its service, and the title if needed."""
    acts = (
        ("bank_seizure", "serve_seizure")
        if title_served
        else ("serve_title", "bank_seizure", "serve_seizure")
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
