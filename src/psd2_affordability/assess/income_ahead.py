"""What is expected to come in in the next three months."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, pairwise

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import HOLIDAY_PAY, THIRTEENTH_MONTH
from psd2_affordability.assess.paid_ahead import left_of_it, paid_ahead
from psd2_affordability.assess.reckoning import day_of, money_of, number_of
from psd2_affordability.assess.results import MonthAhead
from psd2_affordability.assess.rhythm import Rhythm
from psd2_affordability.assess.self_employed import TaxOnTurnover
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.dates import add_months, month_start
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

Three = tuple[int, int, int]


#: What a month ahead is expected to bring, lean, usual and good, and what of it not every month does.
Expected = tuple[int, int, int, int]

_MONTHS_AHEAD = 3
_STEP_MONTHS = {"two_monthly": 2, "quarterly": 3, "yearly": 12}
_STEP_DAYS = {"weekly": 7, "four_weekly": 28}
#: A month never has fewer of these.
_ALWAYS = {"weekly": 4, "four_weekly": 1, "two_monthly": 0, "quarterly": 0, "yearly": 0}
#: Two years and a month: the same month was seen twice.
_TWO_YEARS = 730


@lru_cache(maxsize=64)
def _bounds(on: date) -> tuple[tuple[date, int, int], ...]:
    """First day, its number and the number of the last day of each of the months after this one."""
    days = [add_months(month_start(on), ahead) for ahead in range(1, _MONTHS_AHEAD + 2)]
    return tuple((day, number_of(day), number_of(after) - 1) for day, after in pairwise(days))


def months_ahead(
    facts: Facts,
    rhythms: Sequence[Rhythm],
    without_rhythm: Three,
    turnover: Sequence[str],
    tax: TaxOnTurnover | None,
) -> list[Expected]:
    """Foretell the next three calendar months.

    Money with a rhythm comes on its days: four-weekly wages twice in some months. Holiday pay and a
    thirteenth month come where they came in a former year, while the same party still pays. Turnover
    follows its own season when two years of it are seen; else it may be any month of those seen.

    Args:
        facts: of the subject.
        rhythms: income with a rhythm, turnover left out.
        without_rhythm: a lean, usual and good month of the rest, turnover left out.
        turnover: categories of turnover that are counted.
        tax: to set aside from turnover.
    """
    bounds = _bounds(facts.on)
    low, mid, high = without_rhythm
    months = [[0, 0, 0, 0] for _ in bounds]
    for rhythm in rhythms:
        status = rhythm.status
        if status == "ended":
            continue
        lean, usual, good = rhythm.range_payment
        if status == "late":
            lean = usual = 0
        if rhythm.cadence == "monthly":
            low += lean
            mid += usual
            high += good
            continue
        due = _due(rhythm, bounds[-1][2])
        for month, (_, first, last) in zip(months, bounds, strict=True):
            times = len([day for day in due if first <= day <= last])
            above = times - _ALWAYS[rhythm.cadence]
            _add(month, lean * times, usual * times, good * times, usual * above if above > 0 else 0)
    for category in (HOLIDAY_PAY, THIRTEENTH_MONTH):
        if category in facts.spans:
            _add_yearly(facts, category, rhythms, months)
    if turnover and tax is not None:
        for month, (day, _, _) in zip(months, bounds, strict=True):
            _add(month, *_season(facts, turnover, day, tax))
    return [(low + lean, mid + usual, high + good, extra) for lean, usual, good, extra in months]


def shown(on: date, months: Sequence[Expected]) -> tuple[MonthAhead, ...]:
    """Show what is expected in the months after a day as people read it."""
    return tuple(
        [
            MonthAhead(day, *map(money_of, expected))
            for expected, (day, _, _) in zip(months, _bounds(on), strict=True)
        ]
    )


def still_due(facts: Facts, rhythms: Sequence[Rhythm]) -> list[Reason]:
    """Say what has still to come this month: the months ahead begin after it.

    Data that end before the day asked cannot tell what came since.
    """
    end = _bounds(facts.on)[0][1] - 1
    due = [one for one in rhythms if one.next_day <= end and one.status == "active"]
    if not due or facts.seen_to < number_of(facts.on):
        return []
    advances = [paid_ahead(facts, one) for one in due]
    amounts = [
        left_of_it(one.range_payment[1] * (1 if one.cadence == "monthly" else len(_due(one, end))), early)
        for one, early in zip(due, advances, strict=True)
    ]
    return [
        reason(
            "income.still_due",
            "{amount} of income is still expected this month, from {day} on.",
            "Er komt deze maand waarschijnlijk nog {amount} aan inkomen binnen, vanaf {day}.",
            amount=Money(sum(amounts)),
            day=day_of(min([one.next_day for one in due])),
            transactions=lambda: [one.txs[-1] for one in due],
        ),
        *map(_came_ahead, chain.from_iterable(advances)),
    ]


def _came_ahead(row: Row) -> Reason:
    return reason(
        "income.paid_ahead",
        "{amount} of the wages from {payee} came ahead of payday, on {day}; so much less is still expected.",
        "Op {day} kwam {amount} voorschot op het loon van {payee}. Daarom komt er op de betaaldag minder.",
        amount=Money(row.cents),
        payee=row.payee,
        day=day_of(row.day),
        transactions=[row.tx],
    )


def _add(month: list[int], low: int, mid: int, high: int, extra: int = 0) -> None:
    month[0] += low
    month[1] += mid
    month[2] += high
    month[3] += extra


def _due(rhythm: Rhythm, until: int) -> list[int]:
    """Day numbers on which it is expected, up to a day."""
    day, number, due = rhythm.next_day, 0, []
    step, months = _STEP_DAYS.get(rhythm.cadence, 0), _STEP_MONTHS.get(rhythm.cadence, 0)
    while day <= until:
        due.append(day)
        number += 1
        if step:
            day = rhythm.next_day + step * number
        else:
            day = number_of(add_months(day_of(rhythm.next_day), months * number))
    return due


def _add_yearly(facts: Facts, category: str, rhythms: Sequence[Rhythm], months: Sequence[list[int]]) -> None:
    """Add to each month what came in it in a former year from a party that still pays."""
    start, end = facts.spans[category]
    bounds = _bounds(facts.on)
    ahead = {first.month for first, _, _ in bounds}
    if ahead.isdisjoint([day_of(day).month for day in facts.book.days[start:end].tolist()]):
        return
    paying = {one.payee for one in rhythms if one.status == "active"}
    came = [
        (day_of(day).month, cents)
        for day, cents, payee, _ in facts.of(category)
        if cents > 0 and payee in paying
    ]
    for month, (first, _, _) in zip(months, bounds, strict=True):
        former = [cents for of_year, cents in came if of_year == first.month]
        if former:
            _add(month, min(former), former[-1], max(former), former[-1])


def _season(facts: Facts, turnover: Sequence[str], day: date, tax: TaxOnTurnover) -> Three:
    """A lean, usual and good turnover of a month less its tax."""
    if facts.first_day is not None and number_of(facts.on) - facts.first_day >= _TWO_YEARS:
        former = sorted(_turnover_in(facts, turnover, add_months(day, -12 * years)) for years in (1, 2))
        low, mid, high = former[0], sum(former) // 2, former[1]
    else:
        seen = sorted(map(sum, zip(*(facts.by_month[code] for code in turnover), strict=True)))
        low, mid, high = seen[0], sum(seen) // len(seen), seen[-1]
    low, mid, high = map(tax.after, (low, mid, high))
    return low, max(low, mid), max(mid, high)


def _turnover_in(facts: Facts, turnover: Sequence[str], day: date) -> int:
    first = number_of(day)
    last = number_of(add_months(day, 1) - timedelta(days=1))
    return sum(row.cents for code in turnover for row in facts.of(code) if first <= row.day <= last)
