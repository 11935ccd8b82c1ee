"""What the bookings show of the means that allowances look at: income over the year, rent, a mortgage."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from psd2_affordability.assess.allowances.schemes import CARE_COSTS
from psd2_affordability.assess.allowances.whole import whole
from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.kinds import (
    HOLIDAY_PAY,
    NOT_SURELY_TAXED,
    PERHAPS_TAXED,
    REFUNDS,
    RENT,
    THIRTEENTH_MONTH,
    TURNOVER,
)
from psd2_affordability.assess.ports import SeenMeans
from psd2_affordability.assess.reckoning import number_of
from psd2_affordability.assess.results import Income
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.told_income import income_told
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import ZERO, Money

_MORTGAGE, _PREMIUM = "wonen.hypotheek", "zorg.premie"
_AOW, _PENSION = "inkomen.aow", "inkomen.pensioen"
#: What is seen where the taxable income is told: what arrives is not looked at.
_TOLD = SeenMeans(Unknown("income.told", "The taxable income is told, so what arrives is not looked at."))
#: What was not paid for so long has stopped, or is not paid from these accounts.
RECENT_DAYS = 62
_MONTHS = 12
#: So many of the newest months say what is paid now.
_LATELY = 3
#: Two incomes that came next to each other for so long are no old job and a new one.
_BESIDE_DAYS = 45


def household_seen(facts: Facts) -> Household:
    """Return the household as told; who pays a mortgage and no rent, and told nothing, owns a home."""
    household = facts.case.household
    housing = household.housing
    if (
        housing.kind
        or housing.rent_month is not None
        or is_recent(facts, RENT)
        or not is_recent(facts, _MORTGAGE)
    ):
        return household
    return replace(household, housing=replace(housing, kind="owner"))


def means_of(facts: Facts, household: Household, income: Income) -> SeenMeans:
    """Return what is seen of what the household does not tell."""
    rent = _rent(facts)
    if income_told(household):
        return _TOLD if rent is None else replace(_TOLD, rent_month=rent)
    net = _net_year(facts, household, income)
    pensioner = _AOW in facts.spans
    return SeenMeans(
        net_year=net,
        complete=not (facts.wage_notes or facts.set_off or TURNOVER & facts.by_month.keys()),
        deductible_year=facts.usual(_MORTGAGE) * _MONTHS,
        pensioner=pensioner,
        only_pension=pensioner and _only_pension(facts),
        rent_month=rent,
    )


def _net_year(facts: Facts, household: Household, income: Income) -> Interval | Unknown:
    """Bound the taxed net income of the calendar year.

    The whole months seen count as they were. Months still to come are like a lean or a good one now;
    months before the data may have had no income at all. Holiday pay that was not seen this year
    comes on top of the high end, as does a thirteenth month as large as the last one. Without a partner, an
    income that stopped beside another one is left out of the low end.
    """
    month = income.for_protection
    if isinstance(month, Unknown):
        return month
    taxed = (facts.kinds.protected & facts.by_month.keys()) - TURNOVER - REFUNDS
    this_year = [at for at, first in enumerate(facts.months) if first.year == facts.on.year]
    came_low = _sum(facts, taxed - PERHAPS_TAXED, this_year)
    came_high = _sum(facts, taxed, this_year)
    if household.type is None or not household.type.has_partner:
        came_low = max(0, came_low - facts.once(ended_beside))
    uncertain = sum(kind.monthly.cents for kind in income.by_kind if kind.category in NOT_SURELY_TAXED)
    to_come = _MONTHS + 1 - facts.on.month
    unseen = _MONTHS - len(this_year)
    low = came_low + min(to_come, unseen) * max(0, month.low.cents - uncertain)
    high = came_high + unseen * month.high.cents
    if not _sum(facts, [HOLIDAY_PAY], this_year):
        high += month.high.cents
    if facts.on.month == _MONTHS or date(facts.on.year, _MONTHS, 1) not in facts.months:
        high += max(0, facts.last_year.get(THIRTEENTH_MONTH, 0))
    return Interval(Money(min(low, high)), Money(high))


def ended_beside(facts: Facts) -> int:
    """Return the cents of an income that came this year, and stopped while another one went on.

    It may have been a partner's: then it counts only for the months together (art. 8 Awir).
    """
    counted = facts.kinds.relied_on
    income = [one for one in facts.rhythms if one.incoming and one.category in counted]
    ended = [one for one in income if one.status == "ended"]
    if not ended or len(ended) == len(income):
        return 0
    start = max(number_of(date(facts.on.year, 1, 1)), number_of(facts.months[-1]) if facts.months else 0)
    going_on = [one for one in income if one.status == "active"]
    total = 0
    for one in ended:
        if any(
            other.first_day + _BESIDE_DAYS < one.last_day and other.payee != one.payee for other in going_on
        ):
            total += sum(cents for day, cents in zip(one.days, one.cents, strict=True) if day >= start)
            extra = facts.of(HOLIDAY_PAY) if HOLIDAY_PAY in facts.spans else ()
            total += sum(row.cents for row in extra if row.day >= start and row.payee == one.payee)
    return max(0, total)


def _sum(facts: Facts, categories: Iterable[str], months: list[int]) -> int:
    each = [facts.by_month.get(category, ()) for category in categories]
    return sum(max(0, sum(cents[at] for at in months)) for cents in each if cents)


def _only_pension(facts: Facts) -> bool:
    """Whether nothing but pensions is taxed, and the state pension is not of this year alone."""
    others = (facts.kinds.protected & facts.by_month.keys()) - {_AOW, _PENSION, HOLIDAY_PAY} - REFUNDS
    if any(any(facts.by_month[category]) for category in others):
        return False
    first = facts.all_of(_AOW)[0].day
    at_start = facts.first_day is not None and first <= facts.first_day + RECENT_DAYS
    return first < number_of(date(facts.on.year, 1, 1)) or at_start


def _rent(facts: Facts) -> Interval | None:
    """Bound the bare rent by what is paid: service costs may be in it."""
    housing = facts.case.household.housing
    if housing.rent_month is not None or housing.kind == "owner" or not is_recent(facts, RENT):
        return None
    paid = rent_booked(facts)
    if housing.service_costs_month is not None:
        bare = Money(max(0, paid - housing.service_costs_month.cents))
        return Interval.exactly(bare)
    return Interval(Money(paid).times(1 - Fraction(NORMS.service_costs_share)), Money(paid))


def rent_booked(facts: Facts) -> int:
    """Return the cents of rent that are paid a month, also in parts; there must have been a payment."""
    paid = _still_paid(facts, RENT) + _without_rhythm(facts, RENT)
    return whole(facts, RENT, paid or abs(facts.of(RENT)[-1].cents))


def premium_booked(facts: Facts) -> int:
    """Return the cents of health insurance premium with a rhythm that are paid a month."""
    return whole(facts, _PREMIUM, _still_paid(facts, _PREMIUM))


def _without_rhythm(facts: Facts, category: str) -> int:
    """Return the middle of the last months of a cost without a rhythm: one month more is no usual one."""
    months = sorted(facts.loose.get(category, ())[:_LATELY])
    return max(0, -months[len(months) // 2]) if months else 0


def _still_paid(facts: Facts, category: str) -> int:
    return sum(one.usual for one in facts.rhythms if one.category == category and one.status == "active")


def childcare_paid(facts: Facts) -> Money:
    """Return what is paid for childcare a month now; nothing where it has stopped."""
    if not is_recent(facts, CARE_COSTS):
        return ZERO
    paid = _still_paid(facts, CARE_COSTS) or facts.usual(CARE_COSTS).cents
    return Money(whole(facts, CARE_COSTS, paid))


def childcare_at_most(facts: Facts) -> Money:
    """Return the most that a month of childcare costs now; nothing where it is not known well enough."""
    if not any(one.category == CARE_COSTS and one.status == "active" for one in facts.rhythms):
        return ZERO
    lately = facts.by_month[CARE_COSTS][:_LATELY]
    average = whole(facts, CARE_COSTS, max(0, -sum(lately))) // len(lately) if lately else 0
    return max(childcare_paid(facts), Money(average))


def is_recent(facts: Facts, category: str) -> bool:
    """Whether something of a category was paid in the last two months."""
    newest = facts.newest(category)
    return newest is not None and facts.seen_to - newest <= RECENT_DAYS


def last_paid(facts: Facts, category: str) -> Row | None:
    """Return the last payment of a cost that had a rhythm and has not been tried for two months."""
    if category not in facts.spans or is_recent(facts, category):
        return None
    paid = [row for row in facts.all_of(category) if row.cents < 0]
    if not paid or facts.seen_to - paid[-1].day <= RECENT_DAYS:
        return None
    had_rhythm = any(one.category == category and not one.incoming for one in facts.rhythms)
    return paid[-1] if had_rhythm else None
