"""What the bookings show of the means that allowances look at: income over the year, rent, a mortgage."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from psd2_affordability.assess.allowances.whole import whole
from psd2_affordability.assess.facts import Facts, number_of
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.kinds import HOLIDAY_PAY, RENT, THIRTEENTH_MONTH, TURNOVER
from psd2_affordability.assess.ports import SeenMeans
from psd2_affordability.assess.results import Income
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import Money

_MORTGAGE = "wonen.hypotheek"
_AOW, _PENSION = "inkomen.aow", "inkomen.pensioen"
#: Comes from the tax authority: it is no income itself.
_REFUNDS = frozenset({"inkomen.belastingteruggaaf", "inkomen.voorlopige_teruggaaf"})
#: Taxed or not, depending on what bookings do not tell: counted in the high end alone.
_PERHAPS_TAXED = frozenset({"inkomen.alimentatie", "inkomen.uitkering_overig"})
#: What is seen where the taxable income is told: what arrives is not looked at.
_TOLD = SeenMeans(Unknown("income.told", "The taxable income is told, so what arrives is not looked at."))
_RECENT_DAYS = 62
_MONTHS = 12


def household_seen(facts: Facts) -> Household:
    """Return the household as told; who pays a mortgage and no rent, and told nothing, owns a home."""
    household = facts.case.household
    housing = household.housing
    if (
        housing.kind
        or housing.rent_month is not None
        or _recent(facts, RENT)
        or not _recent(facts, _MORTGAGE)
    ):
        return household
    return replace(household, housing=replace(housing, kind="owner"))


def means_of(facts: Facts, household: Household, income: Income) -> SeenMeans:
    """Return what is seen of what the household does not tell."""
    rent = _rent(facts)
    if income_told(household):
        return _TOLD if rent is None else replace(_TOLD, rent_month=rent)
    net = _net_year(facts, income)
    pensioner = _AOW in facts.spans
    return SeenMeans(
        net_year=net,
        complete=not (facts.wage_notes or TURNOVER & facts.by_month.keys()),
        deductible_year=facts.usual(_MORTGAGE) * _MONTHS,
        pensioner=pensioner,
        only_pension=pensioner and _only_pension(facts),
        rent_month=rent,
    )


def income_told(household: Household) -> bool:
    """Whether the taxable income of every adult is told."""
    if household.type is None:
        return False
    adults = 2 if household.type.has_partner else 1
    told = [one for one in household.persons[:adults] if one.taxable_income_year is not None]
    return len(told) == adults


def _net_year(facts: Facts, income: Income) -> Interval | Unknown:
    """Bound the taxed net income of the calendar year.

    The whole months seen count as they were. Months still to come are like a lean or a good one now;
    months before the data may have had no income at all. Holiday pay that was not seen this year
    comes on top of the high end, as does a thirteenth month as large as the last one.
    """
    month = income.for_protection
    if isinstance(month, Unknown):
        return month
    taxed = (facts.kinds.protected & facts.by_month.keys()) - TURNOVER - _REFUNDS
    this_year = [at for at, first in enumerate(facts.months) if first.year == facts.on.year]
    came_low = _sum(facts, taxed - _PERHAPS_TAXED, this_year)
    came_high = _sum(facts, taxed, this_year)
    left_out = TURNOVER | _REFUNDS | _PERHAPS_TAXED
    uncertain = sum(kind.monthly.cents for kind in income.by_kind if kind.category in left_out)
    to_come = _MONTHS + 1 - facts.on.month
    unseen = _MONTHS - len(this_year)
    low = came_low + min(to_come, unseen) * max(0, month.low.cents - uncertain)
    high = came_high + unseen * month.high.cents
    if not _sum(facts, [HOLIDAY_PAY], this_year):
        high += month.high.cents
    if facts.on.month == _MONTHS or date(facts.on.year, _MONTHS, 1) not in facts.months:
        high += max(0, facts.last_year.get(THIRTEENTH_MONTH, 0))
    return Interval(Money(min(low, high)), Money(high))


def _sum(facts: Facts, categories: Iterable[str], months: list[int]) -> int:
    each = [facts.by_month.get(category, ()) for category in categories]
    return sum(max(0, sum(cents[at] for at in months)) for cents in each if cents)


def _only_pension(facts: Facts) -> bool:
    """Whether nothing but pensions is taxed, and the state pension is not of this year alone."""
    others = (facts.kinds.protected & facts.by_month.keys()) - {_AOW, _PENSION, HOLIDAY_PAY} - _REFUNDS
    if any(any(facts.by_month[category]) for category in others):
        return False
    first = facts.all_of(_AOW)[0].day
    at_start = facts.first_day is not None and first <= facts.first_day + _RECENT_DAYS
    return first < number_of(date(facts.on.year, 1, 1)) or at_start


def _rent(facts: Facts) -> Interval | None:
    """Bound the bare rent by what is paid: service costs may be in it."""
    housing = facts.case.household.housing
    if housing.rent_month is not None or housing.kind == "owner" or not _recent(facts, RENT):
        return None
    regular = [one for one in facts.rhythms if one.category == RENT and one.status == "active"]
    paid = whole(facts, RENT, sum(one.usual for one in regular) or abs(facts.of(RENT)[-1].cents))
    if housing.service_costs_month is not None:
        bare = Money(max(0, paid - housing.service_costs_month.cents))
        return Interval.exactly(bare)
    return Interval(Money(paid).times(1 - Fraction(NORMS.service_costs_share)), Money(paid))


def _recent(facts: Facts, category: str) -> bool:
    newest = facts.newest(category)
    return newest is not None and facts.seen_to - newest <= _RECENT_DAYS
