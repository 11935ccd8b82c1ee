"""Norms whose amounts the user supplies: vtlb, leennorm and minimum budgets."""

from dataclasses import dataclass
from typing import NamedTuple

from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.core.answer import Interval, Step, Unknown
from psd2_affordability.core.errors import UnknownName
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.found import Found, percent, step
from psd2_affordability.jurisdictions.nl.parameters import Parameters
from psd2_affordability.jurisdictions.nl.part import kind_words, possible_types

# What a judge, or a debt counsellor in the same way, can add for one household.
# Each with its name in Dutch.
CORRECTIONS = {
    "individual": "individueel",
    "housing": "woonkosten",
    "municipal_taxes": "gemeentelijke belastingen",
    "illness": "ziektekosten",
    "travel": "reiskosten",
    "study": "studie",
    "childcare": "kinderopvang",
    "maintenance": "alimentatie",
    "administration": "bewind",
    "other": "overig",
}
_BUDGET_NL = {
    "rent": "huur",
    "energy": "energie",
    "water": "water",
    "local_taxes": "lokale belastingen",
    "telecom": "telefoon, televisie en internet",
    "insurance": "verzekeringen",
    "children": "kinderen",
    "transport": "vervoer",
    "clothing": "kleding",
    "inventory": "inventaris",
    "unreimbursed_care": "zorg die niet wordt vergoed",
    "leisure": "vrije tijd",
    "food": "voeding",
    "other_household": "andere huishoudelijke uitgaven",
}
_VTLB = "Vtlb-rapport Recofa"
_LEENNORM = "VFN leennormen"
_NIBUD = "Nibud minimum-voorbeeldbegroting"
_ASK_TYPE = "Who lives in the household: a partner, children under 18?"
_ASK_WORK = "How many adults of the household work?"
_ASK_INCOME = "What is the net income a month, holiday pay included?"


@dataclass(frozen=True, slots=True)
class Own:
    """What is the household's own in the vtlb.

    Attributes:
        working_adults: how many adults work, or None when that is not known.
        corrections: name, one of `CORRECTIONS`, and amount a month.
    """

    working_adults: int | None = None
    corrections: tuple[tuple[str, Money], ...] = ()


def find_vtlb(given: Parameters, kind: HouseholdType, protected: Interval, own: Own) -> Found:
    """Return the vtlb: the beslagvrije voet with the nominal amounts and the household's corrections.

    Raises:
        UnknownName: a correction that the method does not know.
    """
    found = _vtlb(given, kind, protected, own)
    return Found(found.bounds, found.steps, found.ask)


class _Vtlb(NamedTuple):
    """A vtlb between its bounds; the steps add up to the high one."""

    bounds: Interval
    steps: tuple[Step, ...]
    ask: tuple[str, ...]


def _vtlb(given: Parameters, kind: HouseholdType, protected: Interval, own: Own) -> _Vtlb:
    adults = 2 if kind.has_partner else 1
    work = given.amounts["work", "adult"]
    least, most = (0, adults) if own.working_adults is None else (own.working_adults,) * 2
    fixed = [
        step(_VTLB, "reserveringstoeslag", "reserveringstoeslag", given.amounts["reserve", kind.value]),
        step(
            _VTLB,
            "own risk of the health insurance of {adults}",
            "eigen risico van de zorgverzekering van {adults} volwassenen",
            given.amounts["own_risk", "adult"] * adults,
            adults=adults,
        ),
        step(_VTLB, "PGL-norm", "PGL-norm", given.amounts["pgl", kind.value]),
    ]
    for name, amount in own.corrections:
        if name not in CORRECTIONS:
            raise UnknownName.among("correction of the vtlb", name, list(CORRECTIONS))
        corrected = step(
            _VTLB,
            "correction: {name}",
            "correctie: {name}",
            amount,
            name=(name.replace("_", " "), CORRECTIONS[name]),
        )
        fixed.append(corrected)
    extra = Money.total(each.amount for each in fixed if each.amount is not None)
    steps = (
        step(
            "475da tot en met 475dc Rv",
            "the beslagvrije voet, below which no plan goes",
            "de beslagvrije voet, waar geen regeling onder komt",
            protected.high,
        ),
        *fixed,
        step(
            _VTLB,
            "arbeidstoeslag for {most} at work",
            "arbeidstoeslag voor {most} werkenden",
            work * most,
            most=most,
        ),
    )
    value = Interval(protected.low + extra + work * least, protected.high + extra + work * most)
    return _Vtlb(value, steps, (_ASK_WORK,) if least != most and work else ())


def find_plan_floor(given: Parameters, household: Household, protected: Interval) -> Found:
    """Return the vtlb of a household, without corrections: those only raise it.

    Where the household is not known it lies between that of each possible one; the steps are of the
    one for which it is highest.
    """
    each = [
        (_vtlb(given, kind, protected, Own(_working(household, kind))), kind)
        for kind in possible_types(household)
    ]
    highest, kind = max(each, key=lambda one: one[0].bounds.high)
    if len(each) == 1:
        return Found(highest.bounds, highest.steps, highest.ask)
    lowest = min(one.bounds.low for one, _ in each)
    says = step(
        _VTLB,
        "of the households that it can be, the vtlb of a {kind} is highest",
        "van de huishoudens die het kunnen zijn, is het vtlb van {kind} het hoogst",
        kind=kind_words(kind),
    )
    bounds = Interval(lowest, highest.bounds.high)
    return Found(bounds, (says, *highest.steps), (_ASK_TYPE, *highest.ask))


def _working(household: Household, kind: HouseholdType) -> int | None:
    told = household.working_adults
    return None if told is None else min(told, 2 if kind.has_partner else 1)


def find_leennorm(given: Parameters, household: Household, income: Money | None) -> Found:
    """Return what of the income credit may not touch: base plus a share of the income above the minimum."""
    if income is None:
        return Found(Unknown("income.not_given", "the net income a month is not given", _ASK_INCOME))
    types = possible_types(household)
    bases = {"owner": ["base_owner"], "": ["base_rent", "base_owner"]}.get(
        household.housing.kind, ["base_rent"]
    )
    each = [_leennorm(given, kind, base, income) for kind in types for base in bases]
    amounts = [amount for amount, _ in each]
    asks = ((_ASK_TYPE,) if len(types) > 1 else ()) + (
        ("Is the home rented or owned?",) if len(bases) > 1 else ()
    )
    steps = tuple(one for _, steps in each for one in steps)
    return Found(Interval(min(amounts), max(amounts)), steps, asks)


def find_budget(given: Parameters, household: Household) -> Found:
    """Return the minimum example budget of the household."""
    types = possible_types(household)
    if len(types) > 1:
        return Found(
            Unknown("household.type_unknown", "the household type is not known", _ASK_TYPE), ask=(_ASK_TYPE,)
        )
    items = [(name, amount) for (name, kind), amount in given.amounts.items() if kind == types[0].value]
    steps = tuple(
        Step(_NIBUD, (english := name.replace("_", " ")), amount, _BUDGET_NL.get(name, english))
        for name, amount in items
    )
    return Found.exactly(Money.total(amount for _, amount in items), steps)


def _leennorm(
    given: Parameters, kind: HouseholdType, base: str, income: Money
) -> tuple[Money, tuple[Step, ...]]:
    start, least, cap = (given.amounts[name, kind.value] for name in (base, "minimum_income", "cap"))
    share = given.shares["share", kind.value]
    above = max(income - least, ZERO)
    amount = min(Money.rounded(start.exact + share * above.exact), max(cap, start))
    home = ("owner", "eigenaar") if base == "base_owner" else ("tenant", "huurder")
    steps = (
        step(
            _LEENNORM,
            "base for a {kind}, {home}",
            "basis voor {kind}, {home}",
            start,
            kind=kind_words(kind),
            home=home,
        ),
        step(
            _LEENNORM,
            "{share} of {above} above {least}",
            "{share} van {above} boven {least}",
            above.times(share),
            share=percent(share),
            above=above,
            least=least,
        ),
        step(_LEENNORM, "never more than {cap}", "nooit meer dan {cap}", amount, cap=cap),
    )
    return amount, steps


def capacity_of(income: Money, vtlb: Interval) -> Interval:
    """Return what is left above the vtlb a month, never below zero."""
    return Interval(max(income - vtlb.high, ZERO), max(income - vtlb.low, ZERO))
