"""Huurtoeslag: the part of the rent that income does not bear (Wet op de huurtoeslag)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.core.answer import Interval, Step, Unknown
from psd2_affordability.core.dates import month_start, whole_years
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.found import Found, percent, step
from psd2_affordability.jurisdictions.nl import formula_2022
from psd2_affordability.jurisdictions.nl.allowance import (
    Means,
    Possible,
    Scheme,
    Yearly,
    joined,
    nothing,
    possible,
)
from psd2_affordability.jurisdictions.nl.bijstand import aow_from
from psd2_affordability.jurisdictions.nl.part import possible_types
from psd2_affordability.rulebook.lookup import RulesOn

_ADULT = 18
_LARGE = 3
_NOTHING, _WHOLE = Fraction(0), Fraction(1)
# From cents a month to euros a year.
_TWELVE_OF_A_HUNDRED = Fraction(12, 100)
_ASK_RENT = "What is the bare rent a month, and is it a home of one's own with its own door and kitchen?"
_ASK_SIZE = "How many people live in the home, children counted?"
_OLD = "nl.huurtoeslag_tot_2025"
_OLD_SHARES = "nl.huurtoeslag_toeslag_tot_2025"
_NEW = "nl.huurtoeslag"


@dataclass(frozen=True, slots=True)
class Own:
    """What income makes the tenant bear.

    Attributes:
        rent: the part of the rent a month that no allowance covers.
        lost: what is taken off the allowance a month.
        step: says why; None when nothing is taken off.
    """

    rent: Money
    lost: Fraction = _NOTHING
    step: Callable[[], Step] | None = None


@dataclass(frozen=True, slots=True)
class Regime:
    """How the law computes from a day on.

    Attributes:
        shares: id of the rule with limits and shares.
        limits: id of the rule with the highest rent.
        own: what income makes the tenant bear, for `one` or `more` persons.
        capped: whether a rent above the limit counts up to it; otherwise it gives nothing.
        aow_known: whether the figures hold for households of AOW age too.
    """

    shares: str
    limits: str
    own: Callable[[RulesOn, str, Fraction], Own]
    capped: bool
    aow_known: bool


def find(rules: RulesOn, household: Household, means: Means, *, size: int | None = None) -> Found:
    """Return the huurtoeslag a month.

    Args:
        rules: of the day.
        household: type, birth dates and rent.
        means: income and assets.
        size: people in the home; None to take it from the household.
    """
    regime = _regime(rules.day)
    if household.housing.kind == "owner":
        return nothing("1 onder c Wht", "an owner is not a tenant", "een eigenaar is geen huurder")
    if household.housing.own_home is False:
        return nothing(
            "11 lid 1 Wht", "not for a room or a shared home", "niet voor een kamer of een gedeelde woning"
        )
    births = [person.birth_date for person in household.persons if person.birth_date is not None]
    if births and not household.children and max(map(_age_on(rules.day), births)) < _ADULT:
        return nothing("8 Wht", "only for an adult tenant", "alleen voor een volwassen huurder")
    if not regime.aow_known and any(aow_from(rules, born) <= rules.day for born in births):
        because = "the figures for households of AOW age until 2025 are not in our rules"
        return Found(Unknown("allowance.aow_not_known", because))
    limit = _rent_limit(rules, regime, household, births)
    sizes = (size,) if size is not None else _sizes(household)
    rents = _rents(household, means, limit)
    each = [
        _for_rent(rules, household, means, regime, limit, rent, people) for people in sizes for rent in rents
    ]
    found = joined(each).found()
    ask = found.ask if len(sizes) == 1 else (*found.ask, _ASK_SIZE)
    perhaps_no_home = household.housing.kind == "other" and household.housing.own_home is None
    if household.housing.rent_month is not None and not perhaps_no_home:
        return replace(found, ask=ask)
    no_rent_known = household.housing.rent_month is None and means.seen.rent_month is None
    if isinstance(found.value, Interval) and (no_rent_known or perhaps_no_home):
        found = replace(found, value=Interval(ZERO, found.value.high))
    return replace(found, ask=(_ASK_RENT, *ask))


def notional(rules: RulesOn, kind: HouseholdType, rent: Money, income: Fraction) -> Fraction:
    """Return what a month the allowance would be, unrounded, if a home cost this rent."""
    regime = _regime(rules.day)
    counted = min(rent, rules.money(regime.limits, "max_rent"))
    return _yearly(rules, regime, _least(kind), counted, income).amount / 12


def _rents(household: Household, means: Means, limit: Money) -> tuple[Money, ...]:
    """Return the rents between which the allowance lies: as told, as seen, or else the highest that counts.

    Above the limit an older law gave nothing, so a bound at the limit itself belongs to a span over it.
    """
    told, seen = household.housing.rent_month, means.seen.rent_month
    if told is not None:
        return (told,)
    if seen is None:
        return (limit,)
    return tuple(sorted({seen.low, seen.high.clamp(seen.low, max(seen.low, limit)), seen.high}))


def _for_rent(
    rules: RulesOn,
    household: Household,
    means: Means,
    regime: Regime,
    limit: Money,
    rent: Money,
    people: int,
) -> Possible:
    if rent > limit and not regime.capped:
        refused = nothing(
            "13 Wht",
            "the rent is above the limit of {limit}: no allowance",
            "de huur is hoger dan de grens van {limit}: geen toeslag",
            limit=limit,
        )
        return Possible(Interval.exactly(ZERO), lambda: refused.steps)
    counted = min(rent, limit)

    def at(kind: HouseholdType, income: Fraction) -> Yearly:
        return _yearly(rules, regime, max(people, _least(kind)), counted, income)

    return possible(rules, household, means, Scheme("month_alone", "nl.vermogensgrens_huurtoeslag", at))


def _yearly(rules: RulesOn, regime: Regime, people: int, rent: Money, income: Fraction) -> Yearly:
    persons = "one" if people == 1 else "more"
    quality = rules.money(regime.shares, "quality_limit").cents
    cap = rules.money(regime.shares, "cap_large" if people >= _LARGE else "cap_small").cents
    middle = rules.share(regime.shares, "middle_share")
    high = rules.share(regime.shares, "high_share", persons)
    own = regime.own(rules, persons, income)
    paid, kept = rent.cents, own.rent.cents
    slices = (
        (_WHOLE, kept, quality, ("the rent above it", "de huur daarboven")),
        (middle, max(kept, quality), cap, ("the middle part of the rent", "het middelste deel van de huur")),
        (
            high,
            max(kept, cap),
            max(paid, cap),
            ("the part above the cap", "het deel boven de aftoppingsgrens"),
        ),
    )
    cents = [share * max(min(paid, end) - start, 0) for share, start, end, _ in slices]

    def steps() -> tuple[Step, ...]:
        named = zip(slices, cents, strict=True)
        return (
            step("13 Wht", "the rent that counts a month", "de huur die meetelt per maand", rent),
            step("16 Wht", "the own part of the rent", "het eigen deel van de huur", own.rent),
            *(
                step(
                    "21 lid 1 Wht",
                    "{share} of {part}",
                    "{share} van {part}",
                    Money.rounded(part / 100),
                    share=percent(share),
                    part=name,
                )
                for (share, _, _, name), part in named
            ),
            *((own.step(),) if own.step else ()),
        )

    return Yearly(max(sum(cents) * _TWELVE_OF_A_HUNDRED - 12 * own.lost, _NOTHING), steps)


def _own_2022(rules: RulesOn, persons: str, income: Fraction) -> Own:
    raised, lowered = (rules.money(_OLD_SHARES, name) for name in ("raised", "lowered"))
    return Own(formula_2022.curve(rules, persons).normhuur(income) + raised - lowered)


def _own_2026(rules: RulesOn, persons: str, income: Fraction) -> Own:
    own = rules.money("nl.huurtoeslag_basishuur", "basishuur", persons)
    point = rules.money(_NEW, "minimum_income", persons)
    share = rules.share(_NEW, "income_share", persons)
    above = income - point.exact
    lost = above * share / 12 if above > 0 else _NOTHING
    return Own(
        own,
        lost,
        lambda: step(
            "21 lid 2 Wht",
            "less a twelfth of {share} of the income above {point}",
            "min een twaalfde van {share} van het inkomen boven {point}",
            Money.rounded(lost),
            share=percent(share),
            point=point,
        ),
    )


REGIMES: Mapping[date, Regime] = MappingProxyType(
    {
        date(2022, 1, 1): Regime(_OLD_SHARES, _OLD, _own_2022, capped=False, aow_known=False),
        date(2026, 1, 1): Regime(_NEW, _NEW, _own_2026, capped=True, aow_known=True),
    }
)


def _regime(day: date) -> Regime:
    """Return how the law computes; before the first one the figures themselves refuse."""
    begun = [first for first in REGIMES if first <= day]
    return REGIMES[max(begun, default=min(REGIMES))]


def _rent_limit(rules: RulesOn, regime: Regime, household: Household, births: list[date]) -> Money:
    """Return the highest rent: a lower one when all adults are known to be young and no child lives there."""
    until = rules.count(regime.shares, "young_until")
    kind = household.type
    adults = 2 if kind is not None and kind.has_partner else 1
    alone = not household.children and (kind is None or not kind.has_children)
    everybody = len(births) >= adults and alone
    if everybody and max(map(_age_on(rules.day), births)) < until:
        return rules.money(regime.shares, "max_rent_young")
    return rules.money(regime.limits, "max_rent")


def _age_on(day: date) -> Callable[[date], int]:
    first = month_start(day)
    return lambda born: whole_years(born, first)


def _sizes(household: Household) -> tuple[int, ...]:
    """Return how many people can live in the home; more than two count alike."""
    children = len(household.children)
    if children:
        return tuple(
            sorted({(2 if kind.has_partner else 1) + children for kind in possible_types(household)})
        )
    if household.type is HouseholdType.SINGLE_PARENT:
        return (2, _LARGE)
    return (_least(household.type) if household.type is not None else 1,)


def _least(kind: HouseholdType) -> int:
    return (2 if kind.has_partner else 1) + (1 if kind.has_children else 0)
