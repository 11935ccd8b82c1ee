"""Toetsingsinkomen: the income a year that allowances look at, told or bounded by what arrives net."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.assess.ports import SeenMeans
from psd2_affordability.core.answer import Interval, Step, Unknown
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.core.money import ZERO, Money, Rounding, round_exact
from psd2_affordability.jurisdictions.found import between, step
from psd2_affordability.jurisdictions.nl.part import least_taxable, taxable
from psd2_affordability.rulebook.lookup import RulesOn
from psd2_affordability.rulebook.model import Bracket

_RULE = "nl.inkomstenbelasting"
_ARTICLE = "8 Awir"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the assessment income lies between.

    Attributes:
        low: at least this.
        high: at most this; None when that is not known.
        steps: how they were found.
        rule: id of the rule that they follow from where it is in force, or empty.
    """

    low: Money
    high: Money | None
    steps: tuple[Step, ...] = ()
    rule: str = ""

    @property
    def exact(self) -> bool:
        """Whether it is one amount."""
        return self.low == self.high


def bounds(
    rules: RulesOn, household: Household, kind: HouseholdType, income: Interval | Unknown, seen: SeenMeans
) -> Bounds:
    """Bound the assessment income of the adults together.

    An income that is given goes first, then the taxable incomes of the household, then what is known
    at least and what arrives net. Of a couple nobody knows from bookings whether a partner earns
    elsewhere, so there the high end stays open.

    Args:
        rules: of the day.
        household: the taxable incomes it tells.
        kind: which household type.
        income: as given, or Unknown.
        seen: what bookings show.
    """
    if isinstance(income, Interval):
        return Bounds(income.low, income.high)
    known = taxable(household, kind)
    if known is not None:
        return Bounds(known, known)
    told = least_taxable(household, kind) or ZERO
    net = seen.net_year
    if isinstance(net, Unknown):
        return Bounds(told, None)
    low = max(told, _least(rules, kind, net.low, seen))
    high = None
    if seen.complete and not kind.has_partner:
        most = _most(rules, net.high, seen)
        high = None if most is None else max(low, most)
    at_least = step(
        _ARTICLE,
        "a net income of {net} in the year: assessment income at least",
        "een netto inkomen van {net} in het jaar: toetsingsinkomen minstens",
        low,
        net=between(net),
    )
    if high is None:
        return Bounds(low, None, (at_least,), _RULE)
    at_most = step(
        _ARTICLE,
        "and at most, if no tax credit was counted",
        "en hoogstens, als er geen heffingskorting was",
        high,
    )
    return Bounds(low, high, (at_least, at_most), _RULE)


def _least(rules: RulesOn, kind: HouseholdType, net: Money, seen: SeenMeans) -> Money:
    """Bound it from below: every adult earns a part, with the highest credits; less what is deductible."""
    adults = 2 if kind.has_partner else 1
    each = net.exact / adults
    try:
        credit = sum((rules.money(_RULE, "credit", name).exact for name in ("general", "work")), Fraction(0))
        scale = rules.scale(_RULE, "rate_aow" if seen.pensioner else "rate")
    except RuleNotInForce:
        gross = each
    else:
        gross = max(each, before_tax(scale, each - credit))
    return max(ZERO, _whole_euros(gross * adults - seen.deductible_year.exact, Rounding.DOWN))


def _most(rules: RulesOn, net: Money, seen: SeenMeans) -> Money | None:
    """Bound it from above: as if no credit had lowered the tax."""
    try:
        scale = rules.scale(_RULE, "rate_aow" if seen.only_pension else "rate")
    except RuleNotInForce:
        return None
    return _whole_euros(before_tax(scale, net.exact), Rounding.UP)


def _whole_euros(amount: Fraction, rounding: Rounding) -> Money:
    """Round as the assessment income is: to whole euros, away from what lies between the bounds."""
    return Money(100 * round_exact(amount, rounding))


def before_tax(scale: tuple[Bracket, ...], net: Fraction) -> Fraction:
    """Return what an amount was before the tax of a scale; nothing was before nothing."""
    for start, net_start, kept, net_end in _slices(scale):
        if net_end is None or net <= net_end:
            return max(start + (net - net_start) / kept, Fraction(0))
    raise AssertionError("the last slice has no end")


_Slice = tuple[Fraction, Fraction, Fraction, Fraction | None]


@lru_cache(maxsize=64)
def _slices(scale: tuple[Bracket, ...]) -> tuple[_Slice, ...]:
    """Turn a scale into slices of net income: where each begins before and after tax, and what it keeps."""
    slices: list[_Slice] = []
    start, net_start = Fraction(0), Fraction(0)
    for bracket in scale:
        kept = 1 - Fraction(bracket.rate) / 100
        if bracket.up_to is None:
            slices.append((start, net_start, kept, None))
            break
        end = bracket.up_to.exact
        net_end = net_start + (end - start) * kept
        slices.append((start, net_start, kept, net_end))
        start, net_start = end, net_end
    return tuple(slices)
