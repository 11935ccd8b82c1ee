"""Whether seizing the bank account would yield more than it costs."""

from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache, partial

from psd2_affordability.assess import seizure_says
from psd2_affordability.assess.arrears import owed_to_live
from psd2_affordability.assess.counterfactuals import seizure_turns
from psd2_affordability.assess.debt_scheme import ASK, DebtScheme, debt_scheme
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.forecast.ahead import Ahead
from psd2_affordability.assess.forecast.balance_days import DAYS, BalanceDays
from psd2_affordability.assess.forecast.narrow import Whole
from psd2_affordability.assess.kinds import TURNOVER
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.reckoning import at_share, number_of
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
_CLAIM_TOO_SMALL = Unknown(
    "seizure.claim_within_costs",
    "The claim is no more than the costs, so no balance makes a seizure yield.",
)
#: Months within which a plan that pays the claim is the cheaper route, also where a seizure would yield.
_SOON = 12
#: Where a low, a middle and a high day stand.
_DAYS_IN_TEN = (Fraction(1, 10), Fraction(5, 10), Fraction(9, 10))


def seizure_of(facts: Facts, income: Income, room: Room, rules: NationalRules, ahead: Ahead) -> Seizure:
    """Compare the balance to expect in the coming six weeks with what the law protects and the tariff.

    The balance of each coming day is what is foreseen, with weeks of the past year for the rest. What
    a seizure brings is the balance above the protected amount; the verdict stands on a day in the
    middle. No day is ever pointed out as the best one. It brings the creditor at most the claim: that
    the costs are charged on top of the debt does not make it bring more. Beside a debt scheme, or where
    somebody manages the money, no balance makes a seizure yield: it is not possible, or does harm. Nor
    does one that is only there because the rent or energy is not paid: that is asked about first.
    """
    case = facts.case
    protected = rules.protected_balance(case.household, facts.on)
    costs = rules.seizure_costs(facts.on, title_served=case.title_served)
    days = ahead.balance_days if facts.balances else None
    expected = _expected(facts, days)
    reach = reach_of(facts, protected)
    scheme = facts.once(debt_scheme)
    questions = tuple(seizure_says.questions(facts, reach))
    if scheme is not None:
        questions = (ASK, *questions)
    kept, price, claim = reach.kept, costs.value, case.total_debt
    if isinstance(expected, Unknown):
        return _cannot_tell(expected, expected, protected, costs, questions, scheme)
    if isinstance(kept, Unknown):
        return _cannot_tell(kept, expected, protected, costs, questions, scheme)
    net = (
        price if isinstance(price, Unknown) else _net(_brings(claim, expected.p50, expected.p50, kept), price)
    )
    verdict = _verdict(expected.p50.cents > kept.low.cents, net)
    owed = owed_to_live(facts, number_of(facts.on) + DAYS)
    without = Money(expected.p50.cents - owed)
    in_doubt = verdict == "yields" and owed > 0 and not _yields(claim, without, kept, price)
    if (scheme is not None and verdict == "yields") or in_doubt:
        verdict = "unknown"
    paid_in = months_to_pay(room)
    usual = expected.p50.cents if days is None else days.middle
    free = Money(usual - owed)
    weighed = seizure_says.Weighed(
        verdict=verdict,
        protected=protected,
        expected=expected,
        sensitive=usual == expected.p50.cents and not owed,
        free=free,
        proceeds=Interval(*map(Money, _brings(claim, expected.p10, expected.p90, kept))),
        costs=costs,
        yields_above=_yields_above(claim, kept, price),
        route=_plan_or_wait(room) if in_doubt else _cheaper(facts, income, room, costs, verdict, paid_in),
        scheme=scheme,
        owed=Money(0 if verdict == "no_yield" else owed),
        in_doubt=in_doubt,
    )
    if in_doubt:
        questions = (seizure_says.ASK_OWED, *questions)
    if claim is None and verdict != "no_yield":
        questions = (*questions, seizure_says.ASK_CLAIM)
    found = Seizure(
        verdict=verdict,
        protected=protected,
        expected_balance=expected,
        expected_proceeds=weighed.proceeds,
        costs=costs,
        net=net,
        cheaper_route=weighed.route,
        reasons=tuple(seizure_says.grounds(facts, weighed, reach, room.advice, paid_in)),
        forecast=(),
        yields_above=weighed.yields_above,
        questions=questions,
        turns=()
        if scheme is not None or in_doubt
        else seizure_turns(verdict, free, weighed.yields_above, owed=owed > 0),
    )
    return found if days is None else found.laid_out_by(forecast=partial(_forecast, facts.on, days.by_day))


def months_to_pay(room: Room) -> int | None:
    """Return in how many months the surest plan that is done within a year pays the claim, if one does."""
    if room.advice == "plan":
        for option in room.options:
            if option.months is not None and option.months <= _SOON:
                return option.months
    return None


def _brings(claim: Money | None, low: Money, high: Money, kept: Interval) -> tuple[int, int]:
    """Return the cents above the protected amount between two balances, at most the claim."""
    least, most = max(0, low.cents - kept.high.cents), max(0, high.cents - kept.low.cents)
    if claim is not None:
        least, most = min(claim.cents, least), min(claim.cents, most)
    return least, most


def _yields(claim: Money | None, balance: Money, kept: Interval, price: Interval | Unknown) -> bool:
    """Whether a seizure surely yields of a balance."""
    return not isinstance(price, Unknown) and _net(_brings(claim, balance, balance, kept), price).low > ZERO


def _net(brings: tuple[int, int], price: Interval) -> Interval:
    least, most = brings
    return Interval(Money(least - price.high.cents), Money(most - price.low.cents))


def _yields_above(claim: Money | None, kept: Interval, price: Interval | Unknown) -> Money | Unknown:
    """Return the balance from which a seizure yields; there is none for a claim that the costs eat up."""
    if isinstance(price, Unknown):
        return price
    return _CLAIM_TOO_SMALL if claim is not None and claim <= price.high else kept.high + price.high


def _expected(facts: Facts, days: BalanceDays | None) -> ExpectedBalance | Unknown:
    """Return the balance on a low, a middle and a high day; with too few weeks, of the days just gone."""
    if not facts.balances:
        return _NO_BALANCE
    if days is not None:
        low, mid, high = days.over_all
    else:
        ordered = sorted(facts.balances)
        low, mid, high = (at_share(ordered, part) for part in _DAYS_IN_TEN)
    return ExpectedBalance(Money(low), Money(mid), Money(high))


def _forecast(on: date, by_day: Whole) -> tuple[DayBalance, ...]:
    return tuple(map(DayBalance, _coming(on), *(map(Money, part) for part in by_day.tolist())))


@lru_cache(maxsize=64)
def _coming(on: date) -> tuple[date, ...]:
    return tuple(on + timedelta(days=after) for after in range(1, DAYS + 1))


def _cannot_tell(
    missing: Unknown,
    expected: ExpectedBalance | Unknown,
    protected: LegalAnswer,
    costs: LegalAnswer,
    questions: tuple[Reason, ...],
    scheme: DebtScheme | None,
) -> Seizure:
    return Seizure(
        verdict="unknown",
        protected=protected,
        expected_balance=expected,
        expected_proceeds=missing,
        costs=costs,
        net=missing,
        cheaper_route="" if scheme is None else "wait",
        reasons=(*seizure_says.beside(scheme), seizure_says.unknown(missing)),
        forecast=(),
        yields_above=missing,
        questions=questions,
    )


def _verdict(anything: bool, net: Interval | Unknown) -> SeizureVerdict:
    """Weigh a usual day: whether anything may lie above the protected amount then, and what is left."""
    if not anything:
        return "no_yield"
    if isinstance(net, Unknown):
        return "unknown"
    if net.high.cents <= 0:
        return "costs_exceed"
    return "yields" if net.low.cents > 0 else "unknown"


def _plan_or_wait(room: Room) -> CheaperRoute:
    return "payment_plan" if room.advice == "plan" else "wait"


def _cheaper(
    facts: Facts,
    income: Income,
    room: Room,
    costs: LegalAnswer,
    verdict: SeizureVerdict,
    paid_in: int | None,
) -> CheaperRoute:
    """Point to what costs less: a plan, writing off a small claim, the income at its source, or waiting.

    Where a seizure yields, only a plan that pays the claim within a year is cheaper. Who has no room is
    left alone: taking the income at its source would only move the shortage. So is who is in a debt scheme.
    """
    in_scheme = facts.once(debt_scheme) is not None
    if verdict == "unknown":
        return "wait" if in_scheme else ""
    if verdict == "yields":
        return "" if paid_in is None else "payment_plan"
    claim = facts.case.total_debt
    small = claim is not None and not isinstance(costs.value, Unknown) and claim <= costs.value.low
    if small and verdict == "costs_exceed":
        return "write_off"
    if in_scheme:
        return "wait"
    if room.advice == "plan":
        return "payment_plan"
    if small:
        return "write_off"
    counted, floor, paid = income.for_protection, room.floor.value, facts.kinds.income - TURNOVER
    if (
        room.advice != "no_room"
        and not facts.wage_notes
        and not isinstance(counted, Unknown)
        and not isinstance(floor, Unknown)
        and counted.low.cents - floor.high.cents >= NORMS.worth_wage_seizure_ct
        and any(one.status == "active" and one.category in paid for one in facts.rhythms if one.incoming)
    ):
        return "wage_seizure"
    return "wait"
