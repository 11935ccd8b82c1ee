"""The protected part of a wage: a base, more for each maintained person, a share of the rest (§ 850c ZPO)."""

from fractions import Fraction

from psd2_affordability.assess.household import Household
from psd2_affordability.core.answer import Interval, Step, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.de.dependants import ASK, dependants
from psd2_affordability.jurisdictions.found import Found, between, percent, step
from psd2_affordability.rulebook.lookup import RulesOn

RULE = "de.pfaendungsfreigrenzen"
_ASK_NET = "What is the net wage a month?"
_CENT = Money(1)


def find(rules: RulesOn, household: Household, net: Interval | Unknown) -> Found:
    """Return the protected part of a monthly wage, or its bounds."""
    least, most = dependants(household)
    ask = () if least == most else (ASK,)
    if isinstance(net, Unknown):
        low, high = _base(rules, least), _protected(rules, most, rules.money(RULE, "all_above"))
        return Found(Interval(low, high), _steps(rules, most), (_ASK_NET, *ask))
    points = _turning_points(rules, net)
    low = min(_protected(rules, least, point) for point in points)
    high = max(_protected(rules, most, point) for point in points)
    at_most = step(
        "§ 850c Abs. 5 ZPO",
        "of a net wage of {net} is protected at most",
        "van een nettoloon van {net} is hoogstens beschermd",
        high,
        net=between(net),
    )
    return Found(Interval(low, high), (*_steps(rules, most), at_most), ask)


def increases(rules: RulesOn, persons: int) -> Money:
    """Return what maintained persons add to the protected amount (§ 850c Abs. 2)."""
    if persons == 0:
        return ZERO
    return rules.money(RULE, "first") + rules.money(RULE, "further") * (persons - 1)


def _base(rules: RulesOn, persons: int) -> Money:
    return rules.money(RULE, "base") + increases(rules, persons)


def _kept(rules: RulesOn, persons: int) -> Fraction:
    own, first, further = (rules.share(RULE, "kept", key) for key in ("self", "first", "further"))
    return own if persons == 0 else own + first + further * (persons - 1)


def _protected(rules: RulesOn, persons: int, net: Money) -> Money:
    counted = min(net, rules.money(RULE, "all_above"))
    above = _stepped(rules, counted) - _base(rules, persons)
    if above <= ZERO:
        return net
    return counted - above.times(1 - _kept(rules, persons))


def _stepped(rules: RulesOn, amount: Money) -> Money:
    width = rules.money(RULE, "step").cents
    return Money(amount.cents // width * width)


def _turning_points(rules: RulesOn, net: Interval) -> list[Money]:
    """Return the wages at which the protected part can be least or most within the bounds.

    It rises with the wage but falls back a little where the rounded wage takes its next step.
    """
    next_step = _stepped(rules, net.low) + rules.money(RULE, "step")
    last_cent = _stepped(rules, net.high) - _CENT
    inside = [point for point in (next_step, last_cent) if net.low <= point <= net.high]
    return [net.low, net.high, *inside]


def _steps(rules: RulesOn, persons: int) -> tuple[Step, ...]:
    return (
        step(
            "§ 850c Abs. 1 ZPO",
            "protected for the debtor",
            "beschermd voor de schuldenaar",
            rules.money(RULE, "base"),
        ),
        step(
            "§ 850c Abs. 2 ZPO",
            "more for {persons} maintained at most",
            "meer voor hoogstens {persons} mensen die de schuldenaar onderhoudt",
            increases(rules, persons),
            persons=persons,
        ),
        step(
            "§ 850c Abs. 3 ZPO",
            "and {kept} of what is above it, up to",
            "en {kept} van wat daarboven ligt, tot",
            rules.money(RULE, "all_above"),
            kept=percent(_kept(rules, persons)),
        ),
    )
