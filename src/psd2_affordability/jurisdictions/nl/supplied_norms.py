"""Norms whose amounts the user supplies: vtlb, leennorm and minimum budgets."""

from dataclasses import dataclass

from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.core.answer import Interval, Step, Unknown
from psd2_affordability.core.errors import UnknownName
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.found import Found, percent
from psd2_affordability.jurisdictions.nl.parameters import Parameters
from psd2_affordability.jurisdictions.nl.part import possible_types

# What a judge, or a debt counsellor in the same way, can add for one household.
CORRECTIONS = (
    "individual",
    "housing",
    "municipal_taxes",
    "illness",
    "travel",
    "study",
    "childcare",
    "maintenance",
    "administration",
    "other",
)
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
    adults = 2 if kind.has_partner else 1
    work = given.amounts["work", "adult"]
    least, most = (0, adults) if own.working_adults is None else (own.working_adults,) * 2
    fixed = [
        Step(_VTLB, "reserveringstoeslag", given.amounts["reserve", kind.value]),
        Step(
            _VTLB,
            f"own risk of the health insurance of {adults}",
            given.amounts["own_risk", "adult"] * adults,
        ),
        Step(_VTLB, "PGL-norm", given.amounts["pgl", kind.value]),
    ]
    for name, amount in own.corrections:
        if name not in CORRECTIONS:
            raise UnknownName.among("correction of the vtlb", name, list(CORRECTIONS))
        fixed.append(Step(_VTLB, f"correction: {name.replace('_', ' ')}", amount))
    extra = Money.total(step.amount for step in fixed if step.amount is not None)
    steps = (
        Step("475da tot en met 475dc Rv", "the beslagvrije voet, below which no plan goes", protected.low),
        *fixed,
        Step(_VTLB, f"arbeidstoeslag for {most} at work", work * most),
    )
    value = Interval(protected.low + extra + work * least, protected.high + extra + work * most)
    return Found(value, steps, (_ASK_WORK,) if least != most and work else ())


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
    steps = tuple(step for _, steps in each for step in steps)
    return Found(Interval(min(amounts), max(amounts)), steps, asks)


def find_budget(given: Parameters, household: Household) -> Found:
    """Return the minimum example budget of the household."""
    types = possible_types(household)
    if len(types) > 1:
        return Found(
            Unknown("household.type_unknown", "the household type is not known", _ASK_TYPE), ask=(_ASK_TYPE,)
        )
    items = [(name, amount) for (name, kind), amount in given.amounts.items() if kind == types[0].value]
    steps = tuple(Step(_NIBUD, name.replace("_", " "), amount) for name, amount in items)
    return Found.exactly(Money.total(amount for _, amount in items), steps)


def _leennorm(
    given: Parameters, kind: HouseholdType, base: str, income: Money
) -> tuple[Money, tuple[Step, ...]]:
    start, least, cap = (given.amounts[name, kind.value] for name in (base, "minimum_income", "cap"))
    share = given.shares["share", kind.value]
    above = max(income - least, ZERO)
    amount = min(Money.rounded(start.exact + share * above.exact), max(cap, start))
    home = "owner" if base == "base_owner" else "tenant"
    steps = (
        Step(_LEENNORM, f"base for {kind.value}, {home}", start),
        Step(_LEENNORM, f"{percent(share)} of {above.spoken()} above {least.spoken()}", above.times(share)),
        Step(_LEENNORM, f"never more than {cap.spoken()}", amount),
    )
    return amount, steps


def capacity_of(income: Money, vtlb: Interval) -> Interval:
    """Return what is left above the vtlb a month, never below zero."""
    return Interval(max(income - vtlb.high, ZERO), max(income - vtlb.low, ZERO))
