"""The beslagvrije voet of many households at once, in whole numbers, equal to the exact path to the cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from psd2_affordability.assess.household import HouseholdType
from psd2_affordability.core.answer import Unknown
from psd2_affordability.jurisdictions.nl.formula_2022 import Curve
from psd2_affordability.jurisdictions.nl.part import Slope, care_slope, child_slope, norm_part
from psd2_affordability.jurisdictions.nl.regimes import Regime, regime_on
from psd2_affordability.rulebook.lookup import RulesOn

Cents = NDArray[np.int64]

# Far above every income at which an amount still changes; keeps the products within 64 bits.
_MOST_CT = 10**9


@dataclass(frozen=True, slots=True)
class Households:
    """One household a row, every column of the same length; amounts in whole cents, none below zero.

    Attributes:
        kind: `HouseholdType` of the household.
        taxable_year_ct: taxable income a year, of both partners together.
        net_month_ct: net income of the debtor a month, holiday pay included.
        partner_net_month_ct: the partner's own income when it is not seized, else 0.
    """

    kind: Sequence[HouseholdType]
    taxable_year_ct: Cents
    net_month_ct: Cents
    partner_net_month_ct: Cents


def protected_incomes(rules: RulesOn, households: Households) -> Cents | Unknown:
    """Return the beslagvrije voet a month of each household with a registered address, in cents."""
    regime = regime_on(rules.day)
    if regime is None:
        return Unknown(
            "formula.not_known", f"the formula of the beslagvrije voet for {rules.day} is not known"
        )
    kinds = np.asarray([kind.value for kind in households.kind], dtype=np.str_)
    amounts: Cents = np.zeros(len(kinds), dtype=np.int64)
    for kind in HouseholdType:
        rows = np.flatnonzero(kinds == kind.value)
        if rows.size:
            amounts[rows] = _of_kind(
                rules,
                regime,
                kind,
                households.taxable_year_ct[rows],
                households.net_month_ct[rows],
                households.partner_net_month_ct[rows],
            )
    return amounts


def _of_kind(
    rules: RulesOn, regime: Regime, kind: HouseholdType, taxable: Cents, net: Cents, partner: Cents
) -> Cents:
    """Every amount is a whole number of units, of which `unit` go in a cent; rounding comes last."""
    norm = norm_part(rules, kind).amount * 100
    own_rent = regime.own_rent(rules, kind)
    slopes = [care_slope(rules, kind)]
    if kind.has_children:
        slopes.append(child_slope(rules, kind))
    if isinstance(own_rent, Slope):
        slopes.append(own_rent)
    limit, share = (rules.share("nl.beslagvrije_voet", name) for name in ("partner_limit", "income_share"))
    unit = lcm(
        norm.denominator, share.denominator, *(number for slope in slopes for number in _bottoms(slope))
    )
    unit *= limit.denominator
    income, own, other = (np.minimum(column, _MOST_CT) for column in (taxable, net, partner))
    amount = np.full(income.shape, _units(norm, unit), dtype=np.int64)
    for slope in slopes:
        amount += _grown(slope, income, unit)
    if isinstance(own_rent, Curve):
        amount += _curved(own_rent, income) * unit
    amount = np.minimum(amount, rules.money("nl.beslagvrije_voet_maxima", "maximum", kind.value).cents * unit)
    if kind.has_partner:
        amount -= np.minimum(other * unit, amount // limit.denominator * limit.numerator)
    amount = np.minimum(amount, own * _units(share, unit))
    rounded: Cents = (2 * amount + unit) // (2 * unit)
    return rounded


def _bottoms(slope: Slope) -> tuple[int, ...]:
    most = Fraction(0) if slope.most is None else slope.most * 100
    return (slope.rate.denominator, most.denominator)


def _units(cents: Fraction, unit: int) -> int:
    return int(cents * unit)


def _grown(slope: Slope, income: Cents, unit: int) -> Cents:
    above = _units(slope.above * 100, 1)
    grown: Cents = np.maximum(income - above, 0) * _units(slope.rate, unit)
    if slope.most is not None:
        grown = np.minimum(grown, _units(slope.most * 100, unit))
    return grown


def _curved(rent: Curve, income: Cents) -> Cents:
    """The squares are beyond 64 bits, so these are Python's own whole numbers."""
    bottom = lcm(rent.slope.denominator * 100, rent.offset.denominator)
    square, plain = (rent.slope / 100 * bottom).numerator, (rent.offset * bottom).numerator
    exact = income.astype(object)
    normhuur = -(-(exact * exact * square + exact * plain) // bottom)
    normhuur[income <= rent.until.cents] = rent.least.cents
    capped: Cents = np.minimum(normhuur, rent.most.cents).astype(np.int64)
    return np.maximum(capped - rent.base.cents, 0)
