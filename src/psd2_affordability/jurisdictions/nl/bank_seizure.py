"""Seizure of a bank account: what it must leave, what it reaches and what it costs (art. 475a Rv, Btag)."""

from dataclasses import dataclass, replace

from psd2_affordability.assess.household import Household
from psd2_affordability.core.answer import Interval, Step, Unknown
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.found import Found, percent, step
from psd2_affordability.jurisdictions.nl.part import kind_words, possible_types
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
_ACTS_NL = {
    "summons": "dagvaarding",
    "serve_title": "vonnis of dwangbevel brengen",
    "serve_seizure": "beslag melden aan de schuldenaar",
    "bank_seizure": "beslag bij de bank",
    "wage_seizure": "beslag op loon of uitkering",
    "own_seizure": "beslag onder de schuldeiser zelf",
    "information_request": "vragen bij welke bank de rekening is",
}
_PROTECTION = "475a lid 5 Rv"


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
        none = step(
            _PROTECTION,
            "the protection is for natural persons; a legal person has none",
            "de bescherming geldt voor mensen; een bedrijf, vereniging of stichting heeft die niet",
            ZERO,
        )
        return Found.exactly(ZERO, (none,))
    protected = find_protected(rules, household)
    if isinstance(protected.value, Unknown) or not seized.used_this_month:
        return protected
    low, high = (
        max(bound - seized.used_this_month, ZERO) for bound in (protected.value.low, protected.value.high)
    )
    still = step(
        _PROTECTION,
        "it holds over a month: {used} was left already, so still",
        "dit geldt voor een maand: er bleef al {used} staan, dus nu nog",
        high,
        used=seized.used_this_month,
    )
    return Found(Interval(low, high), (*protected.steps, still), protected.ask)


def _whole_balance(seized: Seized) -> tuple[Step, ...]:
    counted = step(
        "475a lid 7 Rv",
        "all money at the bank at the moment of seizure counts, savings too; what comes in later does not",
        "al het geld bij de bank op het moment van beslag telt mee, ook spaargeld; wat later komt, telt "
        "niet mee",
    )
    if not seized.joint:
        return (counted,)
    whole = step(
        "475a Rv, praktijk",
        "of a joint account the whole balance is seized, also for a debt of one holder",
        "van een gezamenlijke rekening valt het hele saldo onder het beslag, ook voor een schuld van één "
        "van hen",
    )
    return counted, whole


def _duties(rules: RulesOn) -> tuple[Step, ...]:
    days, weeks, longer = (
        rules.count("nl.bankbeslag", name)
        for name in ("serve_within", "declare_after", "declare_after_if_asked")
    )
    return (
        step(
            "475 lid 1 onder f Rv",
            "the writ states the protected amount",
            "het beschermde bedrag staat in de brief van de deurwaarder",
        ),
        step(
            "475i lid 1 Rv",
            "it is served on the debtor within {days} days",
            "de schuldenaar krijgt dit binnen {days} dagen",
            days=days,
        ),
        step(
            "476a Rv",
            "the bank declares after {weeks} weeks; after {longer} if the debtor asks in time",
            "de bank vertelt na {weeks} weken wat er is; na {longer} als de schuldenaar daar op tijd om "
            "vraagt",
            weeks=weeks,
            longer=longer,
        ),
        step(
            "45 Awir",
            "an allowance cannot be seized at its source, except for the rent, premium or childcare that "
            "it is "
            "meant for; on the account only the amount above protects it",
            "beslag op een toeslag zelf kan alleen voor de huur, premie of opvang waarvoor die is; op de "
            "rekening beschermt alleen het bedrag hierboven de toeslag",
        ),
    )


def _yield(rules: RulesOn, seized: Seized, balance: Money, protected: Interval) -> tuple[Step, ...]:
    reach = max(balance - protected.low, ZERO)
    at_most = step(
        _PROTECTION,
        "of a balance of {balance}, a seizure reaches at most",
        "van een saldo van {balance} treft beslag hoogstens",
        reach,
        balance=balance,
    )
    steps: tuple[Step, ...] = (at_most,)
    try:
        costs = find_costs(
            rules, title_served=seized.title_served, information_asked=seized.information_asked
        )
    except RuleNotInForce:
        return steps
    if isinstance(costs.value, Unknown):
        return steps
    least = costs.value.low
    return (
        *steps,
        step(
            "2 Btag",
            "the seizure costs at least, excluding VAT",
            "het beslag kost minstens, zonder btw",
            least,
        ),
        step(
            "441 lid 3 en 702 Rv",
            "no seizure that foreseeably brings less than it costs; written for goods and conservatory "
            "seizure, "
            "here the standard of care: at most, after the costs",
            "geen beslag dat naar verwachting minder oplevert dan het kost; dit staat in de wet voor "
            "spullen, hier "
            "is het de norm: hoogstens, na de kosten",
            reach - least,
        ),
    )


def find_protected(rules: RulesOn, household: Household) -> Found:
    """Return what a bank must leave over a month: the maximum of the household type."""
    types = possible_types(household)
    amounts = [rules.money("nl.beslagvrije_voet_maxima", "maximum", kind.value) for kind in types]
    steps = tuple(
        step(
            _PROTECTION,
            "the maximum for the household ({kind}), over a month",
            "het maximum voor dit huishouden ({kind}), voor een maand",
            amount,
            kind=kind_words(kind),
        )
        for kind, amount in zip(types, amounts, strict=True)
    )
    if household.housing.registered_address is False:
        share = rules.share("nl.bankbeslag", "no_address_share")
        amounts = [amount.times(share) for amount in amounts]
        lower = step(
            "475a lid 6 Rv",
            "no registered address and no fixed home abroad: {share} of it",
            "geen ingeschreven adres en geen vast adres in het buitenland: {share} daarvan",
            max(amounts),
            share=percent(share),
        )
        steps = (*steps, lower)
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
    with_vat = step(
        "9 Wet OB 1968",
        "with {rate} VAT, only if the creditor cannot deduct it",
        "met {rate} btw, alleen als de schuldeiser die niet kan aftrekken",
        amount + amount.times(rate),
        rate=percent(rate),
    )
    return (with_vat,)


def _act_step(rules: RulesOn, act: str) -> Step:
    amount = rules.money("nl.btag", "tariff", act)
    return Step(ACT_ARTICLES[act], act.replace("_", " "), amount, _ACTS_NL[act])
