"""Whether seizing the bank account would yield more than it costs."""

from collections.abc import Iterator
from fractions import Fraction

from psd2_affordability.assess.daily import DAYS
from psd2_affordability.assess.facts import Facts, at_share
from psd2_affordability.assess.kinds import TURNOVER
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import (
    CheaperRoute,
    ExpectedBalance,
    Income,
    Room,
    Seizure,
    SeizureVerdict,
)
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

_NO_BALANCE = Unknown(
    "seizure.no_balance",
    "No account balance is known, so what a seizure would find cannot be told.",
    "What is the balance of each account today?",
)


def seizure_of(facts: Facts, income: Income, room: Room, rules: NationalRules) -> Seizure:
    """Compare the balance to expect in the coming six weeks with what the law protects and the tariff.

    The balance to expect is read from the balances at the end of each of the last thirteen weeks'
    days: the same rhythm of pay and bills goes on. What a seizure brings is the balance above the
    protected amount; the verdict stands on a day in the middle. No day is ever pointed out as the
    best one.
    """
    protected = rules.protected_balance(facts.case.household, facts.on)
    costs = rules.seizure_costs(facts.on, title_served=facts.case.title_served)
    expected = expected_balance(facts)
    kept, price = protected.value, costs.value
    if isinstance(expected, Unknown):
        return _cannot_tell(expected, expected, protected, costs)
    if isinstance(kept, Unknown):
        return _cannot_tell(kept, expected, protected, costs)
    proceeds = Interval(_above(expected.p10, kept.high), _above(expected.p90, kept.low))
    usual = Interval(_above(expected.p50, kept.high), _above(expected.p50, kept.low))
    net = price if isinstance(price, Unknown) else Interval(usual.low - price.high, usual.high - price.low)
    verdict = _verdict(usual, net)
    route = "" if verdict in {"yields", "unknown"} else _cheaper(facts, income, room, costs)
    return Seizure(
        verdict=verdict,
        protected=protected,
        expected_balance=expected,
        expected_proceeds=proceeds,
        costs=costs,
        net=net,
        cheaper_route=route,
        reasons=tuple(_grounds(facts, verdict, expected, protected, costs, proceeds)),
    )


def expected_balance(facts: Facts) -> ExpectedBalance | Unknown:
    """Return the balance to expect on a low, a middle and a high day."""
    if not facts.balances:
        return _NO_BALANCE
    ordered = sorted(facts.balances)
    low, mid, high = (Money(at_share(ordered, Fraction(part, 10))) for part in (1, 5, 9))
    return ExpectedBalance(low, mid, high)


def _above(balance: Money, protected: Money) -> Money:
    return max(ZERO, balance - protected)


def _cannot_tell(
    missing: Unknown, expected: ExpectedBalance | Unknown, protected: LegalAnswer, costs: LegalAnswer
) -> Seizure:
    return Seizure("unknown", protected, expected, missing, costs, missing, "", (_unknown(missing),))


def _verdict(usual: Interval, net: Interval | Unknown) -> SeizureVerdict:
    if usual.high == ZERO:
        return "no_yield"
    if isinstance(net, Unknown):
        return "unknown"
    if net.high <= ZERO:
        return "costs_exceed"
    return "yields" if net.low > ZERO else "unknown"


def _cheaper(facts: Facts, income: Income, room: Room, costs: LegalAnswer) -> CheaperRoute:
    """Point to what costs less: a plan, writing off a small claim, the income at its source, or waiting.

    Who has no room is left alone: taking the income at its source would only move the shortage.
    """
    if room.advice == "plan":
        return "payment_plan"
    claim = facts.case.total_debt
    if claim is not None and not isinstance(costs.value, Unknown) and claim <= costs.value.low:
        return "write_off"
    counted, floor = income.for_protection, room.floor.value
    at_source = any(
        stream.status == "active" and stream.category not in TURNOVER for stream in income.streams
    )
    if (
        at_source
        and room.advice != "no_room"
        and not facts.wage_notes
        and not isinstance(counted, Unknown)
        and not isinstance(floor, Unknown)
        and counted.low - floor.high >= Money(NORMS.worth_wage_seizure_ct)
    ):
        return "wage_seizure"
    return "wait"


def _unknown(missing: Unknown) -> Reason:
    return reason(
        missing.code,
        "Whether a seizure would yield anything is not known. {because}",
        "Of beslag iets oplevert, is niet bekend. Er ontbreken gegevens, zoals het saldo of met wie de "
        "persoon woont.",
        because=missing.because,
    )


def _grounds(
    facts: Facts,
    verdict: SeizureVerdict,
    expected: ExpectedBalance,
    protected: LegalAnswer,
    costs: LegalAnswer,
    proceeds: Interval,
) -> Iterator[Reason]:
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
            **_law(costs),
        )
    if proceeds.high > ZERO and verdict != "yields":
        yield reason(
            "seizure.sensitive_to_the_day",
            "Balances move: on nine days in ten a seizure would find at most {high}. A day that finds more "
            "is chance, and the bill is certain.",
            "Het saldo verandert. Op negen van de tien dagen vindt beslag hoogstens {high}. Meer vinden is "
            "geluk, de kosten zijn zeker.",
            high=proceeds.high,
        )
    if verdict != "yields" and not isinstance(costs.value, Unknown):
        yield reason(
            "seizure.costs_added",
            "The costs, at least {costs} excluding VAT, come on top of the debt.",
            "De kosten zijn minstens {costs} zonder btw. Die komen boven op de schuld.",
            costs=_amount(costs),
            **_law(costs),
        )
    if len(facts.balances) < DAYS:
        yield reason(
            "seizure.short_history",
            "Only {days} days of balances can be told, so the balance to expect is a rough one.",
            "Van maar {days} dagen is het saldo bekend. De verwachting is dus niet precies.",
            days=len(facts.balances),
        )
    if facts.unseen_accounts:
        yield reason(
            "seizure.other_accounts",
            "There are own accounts that are not in these data; a seizure at one bank does not reach "
            "another bank.",
            "Er zijn eigen rekeningen die hier niet te zien zijn. Beslag bij de ene bank geldt niet bij een "
            "andere bank.",
        )


def _law(answer: LegalAnswer) -> dict[str, str]:
    return {
        "rule": answer.rules[0].id if answer.rules else "",
        "article": answer.deciding_article,
    }


def _amount(answer: LegalAnswer) -> tuple[str, str]:
    value = answer.value
    if isinstance(value, Unknown):
        return "an unknown amount", "een onbekend bedrag"
    if value.exact:
        return value.low.spoken(), value.low.spoken(language="nl")
    return (
        f"{value.low.spoken()} to {value.high.spoken()}",
        f"{value.low.spoken(language='nl')} tot {value.high.spoken(language='nl')}",
    )
