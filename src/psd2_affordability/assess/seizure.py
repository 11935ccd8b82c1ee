"""Whether seizing the bank account would yield more than it costs."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from psd2_affordability.assess import seizure_says
from psd2_affordability.assess.facts import Facts, at_share
from psd2_affordability.assess.forecast.balance_days import DAYS, BalanceDays, balance_days
from psd2_affordability.assess.forecast.outlook import Ahead
from psd2_affordability.assess.kinds import TURNOVER
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import (
    CheaperRoute,
    DayBalance,
    ExpectedBalance,
    Income,
    Room,
    Seizure,
    SeizureVerdict,
)
from psd2_affordability.assess.seizure_reach import reach_of
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

_NO_BALANCE = Unknown(
    "seizure.no_balance",
    "No account balance is known, so what a seizure would find cannot be told.",
    "What is the balance of each account today?",
)


def seizure_of(facts: Facts, income: Income, room: Room, rules: NationalRules, ahead: Ahead) -> Seizure:
    """Compare the balance to expect in the coming six weeks with what the law protects and the tariff.

    The balance of each coming day is what is foreseen, with weeks of the past year for the rest. What
    a seizure brings is the balance above the protected amount; the verdict stands on a day in the
    middle. No day is ever pointed out as the best one.
    """
    protected = rules.protected_balance(facts.case.household, facts.on)
    costs = rules.seizure_costs(facts.on, title_served=facts.case.title_served)
    days = balance_days(ahead.outlook) if facts.balances else None
    expected = _expected(facts, days)
    reach = reach_of(facts, protected)
    questions = tuple(seizure_says.questions(facts, reach))
    kept, price = reach.kept, costs.value
    if isinstance(expected, Unknown):
        return _cannot_tell(expected, expected, protected, costs, questions)
    if isinstance(kept, Unknown):
        return _cannot_tell(kept, expected, protected, costs, questions)
    proceeds = Interval(_above(expected.p10, kept.high), _above(expected.p90, kept.low))
    usual = Interval(_above(expected.p50, kept.high), _above(expected.p50, kept.low))
    net = price if isinstance(price, Unknown) else Interval(usual.low - price.high, usual.high - price.low)
    verdict = _verdict(usual, net)
    route = "" if verdict in {"yields", "unknown"} else _cheaper(facts, income, room, costs)
    yields_above = price if isinstance(price, Unknown) else kept.high + price.high
    found = Seizure(
        verdict=verdict,
        protected=protected,
        expected_balance=expected,
        expected_proceeds=proceeds,
        costs=costs,
        net=net,
        cheaper_route=route,
        reasons=(),
        forecast=_forecast(facts, days),
        yields_above=yields_above,
        questions=questions,
    )
    return replace(found, reasons=tuple(seizure_says.grounds(facts, found, reach)))


def _expected(facts: Facts, days: BalanceDays | None) -> ExpectedBalance | Unknown:
    """Return the balance on a low, a middle and a high day; with too few weeks, of the days just gone."""
    if not facts.balances:
        return _NO_BALANCE
    if days is not None:
        low, mid, high = map(Money, days.over_all)
        return ExpectedBalance(low, mid, high)
    ordered = sorted(facts.balances)
    low, mid, high = (Money(at_share(ordered, Fraction(part, 10))) for part in (1, 5, 9))
    return ExpectedBalance(low, mid, high)


def _forecast(facts: Facts, days: BalanceDays | None) -> tuple[DayBalance, ...]:
    if days is None:
        return ()
    return tuple(map(DayBalance, _coming(facts.on), *(map(Money, part) for part in days.by_day)))


@lru_cache(maxsize=64)
def _coming(on: date) -> tuple[date, ...]:
    return tuple(on + timedelta(days=after) for after in range(1, DAYS + 1))


def _above(balance: Money, protected: Money) -> Money:
    return max(ZERO, balance - protected)


def _cannot_tell(
    missing: Unknown,
    expected: ExpectedBalance | Unknown,
    protected: LegalAnswer,
    costs: LegalAnswer,
    questions: tuple[Reason, ...],
) -> Seizure:
    return Seizure(
        verdict="unknown",
        protected=protected,
        expected_balance=expected,
        expected_proceeds=missing,
        costs=costs,
        net=missing,
        cheaper_route="",
        reasons=(seizure_says.unknown(missing),),
        forecast=(),
        yields_above=missing,
        questions=questions,
    )


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
