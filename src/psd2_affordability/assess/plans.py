"""Up to three ways to repay: amount, months, day, and the chance that each holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.forecast.days import payment_days
from psd2_affordability.assess.forecast.narrow import Whole
from psd2_affordability.assess.forecast.outlook import Outlook
from psd2_affordability.assess.forecast.plan_paths import MONTHS, PlanPaths, plan_paths, usual_course_bears
from psd2_affordability.assess.income import main_rhythm
from psd2_affordability.assess.reckoning import day_of, number_of
from psd2_affordability.assess.results import Expenses, PlanKind, PlanOption
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unpaid import unpaid
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.dates import add_months, month_start
from psd2_affordability.core.money import Money, Rounding

#: Nine in ten futures make a plan sure. What fewer than half of them bear, even when half of what can
#: wait is not spent, is not offered and does not fit.
SURE, HALF = 90, 50
#: How sure a plan is that asks to spend less, the surest first.
_FAIR = (SURE, 75, HALF)
_LATEST_DAY = 28
#: A plan starts so many days after payday at most.
_SOON = 14
#: Payment days that bear amounts in the same ten euros are alike.
_ALIKE_CT = 10_00
#: So many months from the first payment that did not come reach over the year of a plan.
_MONTHS_OWED = 30
_STEP_CT = NORMS.whole_euros * 100
_SHARES = [share.as_integer_ratio() for share in NORMS.shares]
_NO_BALANCE = Unknown(
    "balance.not_known", "The balance of today is not known.", "What is the balance of each account today?"
)


@dataclass(frozen=True, slots=True)
class Payments:
    """When a plan is paid, and the futures it is tested in.

    Attributes:
        first_on: first payment day.
        paths: the futures without it.
        careful: cents a month that come free when half of what can wait is not spent.
    """

    first_on: date
    paths: PlanPaths
    careful: int


def total_debt(case: Case) -> Money | None:
    """Return what must be repaid: the asking creditor's claim, or else the known arrears together."""
    if case.total_debt is not None:
        return case.total_debt
    arrears = Money.total(amount for _, amount in case.household.debts)
    return arrears or None


def payments_of(asked: Sequence[tuple[Facts, Expenses, Outlook]]) -> list[Payments | None]:
    """Choose for each the day on which the usual course of the account bears most, and run the futures.

    Of days that bear about the same the earliest is taken. None where too little is known for any.
    """
    if not asked:
        return []
    outlooks = [_careful_course(facts, outlook) for facts, _, outlook in asked]
    tried = [_first_days(facts, outlook) for facts, _, outlook in asked]
    firsts = [
        max(zip(days, bears, strict=True), key=lambda one: one[1] // _ALIKE_CT)[0]
        for days, bears in zip(tried, usual_course_bears(outlooks, tried), strict=True)
    ]
    return [
        None if paths is None else Payments(day_of(first), paths, _careful(expenses))
        for (_, expenses, _), first, paths in zip(asked, firsts, plan_paths(outlooks, firsts), strict=True)
    ]


def _careful_course(facts: Facts, outlook: Outlook) -> Outlook:
    """Foresee what a plan must bear: what is owed and not paid now is paid again, on its day of the month.

    What was paid in its place is foreseen already, with all that has no rhythm. Income that only its
    regularity explains, and that a usual month does not count, is not foreseen.
    """
    owed = facts.once(unpaid)
    if not owed and outlook.not_sure is None:
        return outlook
    foreseen = outlook.foreseen.copy()
    if outlook.not_sure is not None:
        foreseen -= outlook.not_sure
    for one in owed:
        left = max(0, one.usual - facts.seen.a_month(-sum([row.cents for row in one.instead])))
        for day in payment_days(one.missing_since, _MONTHS_OWED):
            if 0 < day - outlook.today <= len(foreseen):
                foreseen[day - outlook.today - 1] -= left
    return outlook._replace(foreseen=foreseen)


def _careful(expenses: Expenses) -> int:
    waits = expenses.can_wait
    return 0 if isinstance(waits, Unknown) else waits.times(NORMS.choices_kept, Rounding.DOWN).cents


def plan_options(payments: Payments, room: Range, debt: Money | None) -> tuple[PlanOption, ...]:
    """Offer a sure, a usual and a quick plan, each in whole five euros; nothing when no plan holds.

    The sure one is the most that nine in ten futures bear, and at most half the usual room. Where no
    amount is that sure a careful one stands in its place: the surest, up to the same half, that holds
    when half of what can wait is not spent, as the room supposes. None of them takes all the room: what
    is left over carries the first setback. None takes longer than a plan may, as far as the room allows.
    Of amounts that take as many months only the smallest is offered. Nor is one offered that takes more
    months and yet holds less often than another, because it goes on into a lean time: the surest that
    remains then stands first.
    """
    least = least_payment(room, debt)
    mid = room.mid.cents
    half, usual, quick = [max(mid * part // whole // _STEP_CT * _STEP_CT, least) for part, whole in _SHARES]
    first = _surest(payments, least, half, debt)
    if first is None:
        return ()
    tried = [first]
    kinds: tuple[tuple[int, PlanKind], ...] = (usual, "usual"), (quick, "quick")
    for cents, kind in kinds:
        if cents <= tried[-1].cents:
            continue
        one = _tried(payments, cents, debt, kind)
        if one.chance_holds * 100 >= HALF:
            tried.append(one)
    offers = [one for one in tried if not any(_beats(other, one) for other in tried)]
    if offers[0] is not first:
        offers[0] = offers[0]._replace(kind="sure" if offers[0].chance_holds * 100 >= SURE else "careful")
    return tuple([_offered(payments, one) for one in offers])


class _Tried(NamedTuple):
    """An amount that is tried; only what is offered is told in full.

    Attributes:
        cents: a month.
        months: how many; None when the debt is not known.
        chance_holds: as in `PlanOption`, as is `kind`.
    """

    cents: int
    months: int | None
    chance_holds: Decimal
    kind: PlanKind


def _tried(payments: Payments, cents: int, debt: Money | None, kind: PlanKind) -> _Tried:
    months = months_for(cents, debt)
    return _Tried(cents, months, payments.paths.share_bearing(cents, months or MONTHS), kind)


def _beats(one: _Tried, other: _Tried) -> bool:
    """Whether the other asks more for as many months, or takes more months and holds less often."""
    if one.months is None or other.months is None:
        return False
    if one.months == other.months:
        return one.cents < other.cents
    return one.months < other.months and one.chance_holds > other.chance_holds


def _surest(payments: Payments, least: int, most: int, debt: Money | None) -> _Tried | None:
    sure = _borne(payments.paths, SURE, most, debt)
    if sure >= least:
        return _tried(payments, sure, debt, "sure")
    for share in _FAIR:
        careful = _borne(payments.paths, share, most, debt, saved=payments.careful)
        if careful >= least:
            return _tried(payments, careful, debt, "careful")
    return None


def short_of(payments: Payments, least: int, debt: Money | None) -> Money:
    """Return how much more must be left over a month before the least payment holds in half the futures."""
    borne = payments.paths.borne_by(HALF, months_for(least, debt) or MONTHS) + payments.careful
    return Money(max(0, -(-(least - borne) // _STEP_CT) * _STEP_CT))


def least_payment(room: Range, debt: Money | None) -> int:
    """Return the smallest amount to offer, in cents: it repays the debt within the months of a plan.

    >>> usual = Range(Money(0), Money(300_00), Money(400_00))
    >>> least_payment(usual, Money(2400_00)), least_payment(usual, None)
    (7000, 500)
    """
    within = 0 if debt is None else -(-debt.cents // NORMS.plan_months)
    return max(_STEP_CT, min(-(-within // _STEP_CT), room.mid.cents // _STEP_CT) * _STEP_CT)


def option(payments: Payments, cents: int, debt: Money | None, kind: PlanKind) -> PlanOption:
    """Test one amount."""
    return _offered(payments, _tried(payments, cents, debt, kind))


def _offered(payments: Payments, one: _Tried) -> PlanOption:
    """Tell all of an amount that was tried."""
    paths, tested = payments.paths, one.months or MONTHS
    lowest = Money(paths.lowest(one.cents, tested)) if paths.knows_balance else _NO_BALANCE
    return PlanOption(
        amount=Money(one.cents),
        months=one.months,
        first_on=payments.first_on,
        day_of_month=payments.first_on.day,
        chance_holds=one.chance_holds,
        chance_if_careful=paths.share_bearing(one.cents - payments.careful, tested),
        lowest_balance=lowest,
        kind=one.kind,
    )


def holds_as_now(tested: PlanOption) -> bool:
    """Whether half of the futures bear it though money is spent as now."""
    return tested.chance_holds * 100 >= HALF


def may_hold(tested: PlanOption) -> bool:
    """Whether half of the futures bear it at least when half of what can wait is not spent."""
    return tested.chance_if_careful * 100 >= HALF


def course(payments: Payments, offered: PlanOption) -> Whole | None:
    """Return the lowest balances of each month with an offered plan in it; None without a balance.

    A row holds those of a lean, a middling and a good future, in cents.
    """
    paths = payments.paths
    return paths.course(offered.amount.cents, offered.months or MONTHS) if paths.knows_balance else None


def months_for(cents: int, debt: Money | None) -> int | None:
    """Count the payments that repay a debt.

    >>> months_for(50_00, Money(120_00)), months_for(50_00, None)
    (3, None)
    """
    return None if debt is None else max(1, -(-debt.cents // cents))


def _borne(paths: PlanPaths, share: int, cents: int, debt: Money | None, saved: int = 0) -> int:
    """Return the most that so many in a hundred futures bear, up to an amount; 0 when not even five euros."""
    while cents >= _STEP_CT:
        borne = paths.borne_by(share, months_for(cents, debt) or MONTHS) + saved
        most = borne // _STEP_CT * _STEP_CT
        if most >= cents:
            return cents
        # a smaller amount takes more months, so it is weighed again
        cents = most
    return 0


def _first_days(facts: Facts, outlook: Outlook) -> list[int]:
    """Return first payment days to try, all soon after the next payday of the main income.

    One to three days after the latest payday of the year, the first of the month, and the day after the
    latest day of each other income: weekends move them forward, and the plan's day stays. A later start
    would bear more for no better reason than that it is later.
    """
    main, paydays = main_rhythm(facts), outlook.paydays
    payday = None if main is None else paydays.get(main.key)
    after = outlook.today if payday is None else payday.next
    days = {_first_of_next(after)}
    for one in paydays.values():
        if one.monthly:
            days.add(_on_day_of(one.latest + 1, after))
    if payday is not None and payday.monthly:
        days |= {_on_day_of(payday.latest + 2, after), _on_day_of(payday.latest + 3, after)}
    return sorted(day for day in days if day - after <= _SOON) or [min(days)]


@lru_cache(maxsize=1_024)
def _first_of_next(after: int) -> int:
    return number_of(add_months(month_start(day_of(after)), 1))


@lru_cache(maxsize=4_096)
def _on_day_of(like: int, after: int) -> int:
    """Return the first day after a day with another one's day of the month.

    A day that some months lack is the first.
    """
    of_month, start = day_of(like).day, day_of(after)
    day = start.replace(day=of_month if of_month <= _LATEST_DAY else 1)
    return number_of(day if day > start else add_months(day, 1))
