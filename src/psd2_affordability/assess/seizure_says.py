"""The sentences and questions that go with the seizure check."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from psd2_affordability.assess.arrears import to_live
from psd2_affordability.assess.daily import DAYS
from psd2_affordability.assess.debt_scheme import DebtScheme, no_seizure_beside
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.results import Advice, CheaperRoute, ExpectedBalance, SeizureVerdict
from psd2_affordability.assess.seizure_reach import Reach
from psd2_affordability.assess.wording import Fact, reason
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

#: How large the claim is: a seizure brings no more than that.
ASK_CLAIM = reason(
    "ask.claim",
    "How much does the creditor want back?",
    "Hoeveel wil de schuldeiser terug?",
)
#: Whether what lies on the account is somebody else's, and whether that is who asks.
ASK_OWED = reason(
    "ask.owed_elsewhere",
    "Is a cost that is not paid now still open? Or was it paid in another way, or is this claim for it?",
    "Staat iets wat nu niet wordt betaald nog open? Is het anders betaald, of gaat deze vordering daarover?",
)
_AT_SOURCE = reason(
    "seizure.at_source",
    "Each month a part of the income lies above the protected income. Where no agreement is made, a seizure "
    "at its source reaches that part; one of the account does not.",
    "Elke maand ligt een deel van het inkomen boven het beschermde bedrag. Komt er geen afspraak, dan treft "
    "beslag op het loon of de uitkering dat deel. Beslag op de rekening treft het niet.",
)
_WAIT_FOR_ROOM = reason(
    "seizure.wait",
    "There is no room for a plan now, and a seizure only makes the debt larger. Wait, and look again later.",
    "Er is nu geen ruimte voor een regeling, en beslag maakt de schuld alleen groter. Wacht, en kijk later "
    "opnieuw.",
)
_WAIT: dict[Advice, Reason] = {
    "ask_first": reason(
        "seizure.wait",
        "Whether a plan fits is not known yet, and a seizure only makes the debt larger. Ask first.",
        "Of een regeling past, is nog niet bekend. Beslag maakt de schuld alleen groter. Vraag eerst door.",
    ),
    "refer_to_debt_help": reason(
        "seizure.wait",
        "A plan with one creditor does not solve these debts, and a seizure makes them larger. Debt help "
        "comes first.",
        "Een regeling met één schuldeiser lost dit niet op, en beslag maakt de schulden groter. Eerst is er "
        "hulp bij schulden nodig.",
    ),
}
_ASK_BALANCE = reason(
    "ask.balance",
    "What is the balance of each account today?",
    "Wat is vandaag het saldo van elke rekening?",
)
_ASK_JOINT = reason(
    "ask.joint_account",
    "Is an account held together with somebody else?",
    "Is een rekening ook van iemand anders?",
)
_ASK_USED = reason(
    "ask.protection_used",
    "What did the seizure of this month leave on the account?",
    "Hoeveel liet het beslag van deze maand op de rekening staan?",
)
_OTHER_ACCOUNTS = reason(
    "seizure.other_accounts",
    "There are own accounts that are not in these data; a seizure at one bank does not reach another bank.",
    "Er zijn eigen rekeningen die hier niet te zien zijn. Beslag bij de ene bank geldt niet bij een "
    "andere bank.",
)
_JOINT = reason(
    "seizure.joint_account",
    "An account is held with somebody else. A seizure hits the whole balance, also money that is not "
    "the debtor's.",
    "Een rekening is ook van iemand anders. Beslag treft het hele saldo, ook geld dat niet van deze "
    "persoon is.",
)
_PARTNER = reason(
    "seizure.partner",
    "There is a partner. When the account is held together, a seizure hits the partner's money too.",
    "Er is een partner. Als de rekening van beiden is, treft beslag ook het geld van de partner.",
)


class Weighed(NamedTuple):
    """What the sentences speak of.

    Attributes:
        sensitive: whether the balance of a usual day is as shown and none of it is owed, so that what turns
            the verdict can be said.
        free: that balance, less what was not paid of costs to live and falls due of them.
        scheme: a debt scheme that runs, or perhaps does.
        owed: what that is, where a seizure would reach it.
        in_doubt: without that a seizure would not yield.
    """

    verdict: SeizureVerdict
    protected: LegalAnswer
    expected: ExpectedBalance
    sensitive: bool
    free: Money
    proceeds: Interval
    costs: LegalAnswer
    yields_above: Money | Unknown
    route: CheaperRoute
    scheme: DebtScheme | None
    owed: Money
    in_doubt: bool


def beside(scheme: DebtScheme | None) -> Iterator[Reason]:
    """Say that a debt scheme, or who manages the money, stands before any seizure."""
    if scheme is not None:
        yield no_seizure_beside(scheme)


def unknown(missing: Unknown) -> Reason:
    """Say what is missing."""
    return reason(
        missing.code,
        "Whether a seizure would yield anything is not known. {because}",
        "Of beslag iets oplevert, is niet bekend. Er ontbreken gegevens, zoals het saldo of met wie de "
        "persoon woont.",
        because=missing.because,
    )


def grounds(
    facts: Facts, found: Weighed, reach: Reach, advice: Advice, plan_months: int | None
) -> Iterator[Reason]:
    """Say what the verdict stands on, the heaviest ground first.

    Args:
        facts: what is known of the case.
        found: the answer so far.
        reach: what a seizure must leave.
        advice: on a payment plan.
        plan_months: in how many months a plan pays the claim; None when none does soon.
    """
    verdict, expected, proceeds = found.verdict, found.expected, found.proceeds
    protected, costs, by_costs = found.protected, found.costs, _law(found.costs)
    alone = found.scheme is None and not found.in_doubt
    yield from _before_all(facts, found)
    if verdict == "no_yield":
        yield reason(
            "seizure.below_protected",
            "On a usual day the balance is {balance}. The law protects {protected} of it a month, so a "
            "seizure finds nothing.",
            "Op een gewone dag staat er {balance} op de rekening. De wet beschermt {protected} per maand. "
            "Beslag levert dan niets op.",
            balance=expected.p50,
            protected=_amount(protected),
            **_law(protected),
        )
    else:
        yield reason(
            "seizure.above_protected",
            "On a usual day the balance is {balance}; what lies above the {protected} that the law protects "
            "is set against costs of at least {costs}, excluding VAT.",
            "Op een gewone dag staat er {balance} op de rekening. De wet beschermt {protected} per maand. "
            "Wat daarboven staat, vergelijken we met de kosten: minstens {costs} zonder btw.",
            balance=expected.p50,
            protected=_amount(protected),
            costs=_amount(costs),
            **by_costs,
        )
    claim = facts.case.total_debt
    bounds = None if claim is None else _claim(claim, found, by_costs)
    if bounds is not None:
        yield bounds
    if plan_months is not None and (verdict in {"yields", "costs_exceed"} or found.in_doubt):
        yield _plan(plan_months)
    if facts.wage_notes and alone:
        yield reason(
            "seizure.wage_seized",
            "Part of the wage or benefit is being seized already. Another creditor can share in that "
            "seizure, without one of the account.",
            "Op een deel van het loon of de uitkering ligt al beslag. Een andere schuldeiser kan daarin "
            "meedelen, zonder beslag op de rekening.",
            transactions=facts.wage_notes,
        )
    elif found.route in {"wage_seizure", "wait"} and alone:
        yield _AT_SOURCE if found.route == "wage_seizure" else _WAIT.get(advice, _WAIT_FOR_ROOM)
    if proceeds.high.cents > 0 and verdict != "yields" and alone and bounds is None:
        yield reason(
            "seizure.sensitive_to_the_day",
            "Balances move: on nine days in ten a seizure would bring at most {high}. To hit such a day is "
            "chance, and the bill is certain.",
            "Het saldo verandert. Op negen van de tien dagen levert beslag hoogstens {high} op. Zo'n dag "
            "treffen is geluk, de kosten zijn zeker.",
            high=proceeds.high,
        )
    if verdict != "yields" and not isinstance(costs.value, Unknown):
        yield reason(
            "seizure.costs_added",
            "The costs, at least {costs} excluding VAT, come on top of the debt.",
            "De kosten zijn minstens {costs} zonder btw. Die komen boven op de schuld.",
            costs=_amount(costs),
            **by_costs,
        )
    if not isinstance(found.yields_above, Unknown) and found.sensitive and alone:
        yield _sensitivity(found.free, found.yields_above)
    yield from _reached(reach)
    yield from _partner(facts, reach)
    if len(facts.balances) < DAYS:
        yield reason(
            "seizure.short_history",
            "Only {days} days of balances can be told, so the balance to expect is a rough one.",
            "Van maar {days} dagen is het saldo bekend. De verwachting is dus niet precies.",
            days=len(facts.balances),
        )
    if facts.unseen_accounts:
        yield _OTHER_ACCOUNTS


def _before_all(facts: Facts, found: Weighed) -> Iterator[Reason]:
    """Say what stands before any seizure: a debt scheme, and whose the balance may be."""
    yield from beside(found.scheme)
    if found.owed.cents > 0:
        yield _owed_elsewhere(facts, found)


def _owed_elsewhere(facts: Facts, found: Weighed) -> Reason:
    """Say whose the balance may be, and what a seizure of it leads to."""
    keys = [key for one in facts.once(to_live) for key in one.transactions]
    if found.in_doubt:
        return reason(
            "seizure.owed_elsewhere",
            "Up to {owed} of necessary costs was not seen being paid, or falls due soon. The balance may be "
            "meant for it. A seizure then makes new debts, or costs a home. Ask first.",
            "Tot {owed} aan noodzakelijke kosten is hier niet betaald, of moet binnenkort worden betaald. "
            "Het saldo kan daarvoor zijn. Beslag zorgt dan voor nieuwe schulden, of kost iemand zijn huis. "
            "Vraag dit eerst.",
            owed=found.owed,
            transactions=keys,
        )
    return reason(
        "seizure.part_owed_elsewhere",
        "Up to {owed} of necessary costs was not seen being paid, or falls due soon. Part of the balance may "
        "be meant for it: leave that part.",
        "Tot {owed} aan noodzakelijke kosten is hier niet betaald, of moet binnenkort worden betaald. Een "
        "deel van het saldo kan daarvoor zijn. Laat dat deel staan.",
        owed=found.owed,
        transactions=keys,
    )


def _claim(claim: Money, found: Weighed, by_costs: Mapping[str, str]) -> Reason | None:
    """Say that the claim bounds what a seizure brings, where the balance holds more."""
    price, kept = found.costs.value, found.protected.value
    if not isinstance(price, Unknown) and claim.cents <= price.high.cents:
        return reason(
            "seizure.claim_within_costs",
            "The claim is {claim} and the costs are {costs}. Whatever the balance is, a seizure costs at "
            "least as much as it brings.",
            "De vordering is {claim} en de kosten zijn {costs}. Hoe hoog het saldo ook is: beslag kost "
            "minstens zoveel als het oplevert.",
            claim=claim,
            costs=_amount(found.costs),
            **by_costs,
        )
    if (
        found.verdict != "no_yield"
        and not isinstance(kept, Unknown)
        and claim.cents < found.expected.p50.cents - kept.low.cents
    ):
        return reason(
            "seizure.claim_bounds",
            "A seizure brings at most the claim of {claim}. That its costs can be charged to the debtor is "
            "not counted: it is not sure that they are paid.",
            "Beslag levert hoogstens de vordering van {claim} op. De kosten mogen bij de schuldenaar in "
            "rekening komen. Dat tellen we niet mee: het is niet zeker dat die worden betaald.",
            claim=claim,
            **by_costs,
        )
    return None


def _plan(months: int) -> Reason:
    if months == 1:
        return reason(
            "seizure.plan_pays",
            "A payment plan pays the claim in one month, without these costs.",
            "Een betalingsregeling betaalt de vordering in één maand, zonder deze kosten.",
        )
    return reason(
        "seizure.plan_pays",
        "A payment plan pays the claim in {months} months, without these costs.",
        "Een betalingsregeling betaalt de vordering in {months} maanden, zonder deze kosten.",
        months=months,
    )


def _sensitivity(free: Money, yields_above: Money) -> Reason:
    """Say how far the verdict is from turning."""
    if free.cents < yields_above.cents:
        return reason(
            "seizure.turns_above",
            "The balance would have to be {more} higher before a seizure brings more than it costs.",
            "Het saldo moet {more} hoger zijn voordat beslag meer oplevert dan het kost.",
            more=yields_above - free,
        )
    return reason(
        "seizure.turns_below",
        "With {less} less on the account a seizure costs more than it brings.",
        "Met {less} minder op de rekening kost beslag meer dan het oplevert.",
        less=free - yields_above,
    )


def _reached(reach: Reach) -> Iterator[Reason]:
    """Say what makes the protected amount count for less or more."""
    if reach.used.cents > 0:
        yield reason(
            "seizure.protection_used",
            "There was a seizure this month already. The protected amount holds for the whole month, so up "
            "to {used} of it may be used.",
            "Er is deze maand al beslag gelegd. Het beschermde bedrag geldt voor de hele maand. Daarvan kan "
            "{used} al gebruikt zijn.",
            used=reach.used,
            article="art. 475a lid 5 Rv",
            transactions=reach.seized,
        )
    if reach.banks > 1:
        yield reason(
            "seizure.several_banks",
            "The accounts are at {banks} banks. One seizure reaches one bank, and each bank must leave the "
            "protected amount.",
            "De rekeningen zijn bij {banks} banken. Een beslag geldt bij één bank. Elke bank laat het "
            "beschermde bedrag staan.",
            banks=reach.banks,
            article="art. 475a lid 5 Rv",
        )
    if reach.joint:
        yield _JOINT


def _partner(facts: Facts, reach: Reach) -> Iterator[Reason]:
    """Say whom a seizure may hit beside the debtor, where nobody told whose the account is."""
    household = facts.case.household.type
    if household is not None and household.has_partner and not reach.joint:
        yield _PARTNER


def questions(facts: Facts, reach: Reach) -> Iterator[Reason]:
    """Ask what would make the answer surer."""
    if not facts.balances:
        yield _ASK_BALANCE
    if not reach.joint:
        yield _ASK_JOINT
    if reach.used.cents > 0:
        yield _ASK_USED


def _law(answer: LegalAnswer) -> dict[str, str]:
    return {
        "rule": answer.rules[0].id if answer.rules else "",
        "article": answer.deciding_article,
    }


def _amount(answer: LegalAnswer) -> Fact:
    value = answer.value
    if isinstance(value, Unknown):
        return "an unknown amount", "een onbekend bedrag"
    if value.exact:
        return value.low
    return (
        f"{value.low.spoken()} to {value.high.spoken()}",
        f"{value.low.spoken(language='nl')} tot {value.high.spoken(language='nl')}",
    )
