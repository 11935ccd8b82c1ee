"""The beslagvrije voet: what of the monthly income no creditor may take (art. 475b to 475e Rv)."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.assess.wording import Fact
from psd2_affordability.core.answer import Interval, Step, Unknown
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.found import Found, between, percent, step
from psd2_affordability.jurisdictions.nl import huurtoeslag
from psd2_affordability.jurisdictions.nl.part import (
    adults,
    kind_words,
    least_taxable,
    norm_part,
    persons,
    possible_types,
    taxable,
)
from psd2_affordability.jurisdictions.nl.regimes import regime_on
from psd2_affordability.rulebook.lookup import Rulebook, RulesOn

_RULE = "nl.beslagvrije_voet"
_ASK_TYPE = "Who lives in the household: a partner, children under 18?"
_ASK_TAXABLE = "What is the taxable income (belastbaar inkomen) a year?"
_ASK_TAXABLE_OF_BOTH = "What is the taxable income (belastbaar inkomen) a year, of both partners together?"
_ASK_TAXABLE_OF_WHOEVER = (
    "What is the taxable income (belastbaar inkomen) a year, with a partner of both together?"
)
_TAXABLE_OF_WHOM = frozenset({_ASK_TAXABLE, _ASK_TAXABLE_OF_BOTH})
_ASK_PAYSLIP = (
    "Is the payslip of an ordinary month, without holiday pay, bonus or back pay? Only then does it hold."
)
_ASK_NET = "What is the net income a month, holiday pay included? At most 95% of it is protected."
_ASK_PARTNER = "Does the partner have an income of their own that is not seized? It can lower the amount."
_STAY = "475e lid 2 Rv"
_INSTITUTION_SHARE = Fraction(2, 3)
_ASK_OTHER = "Is there other income that the benefit is reduced by (art. 32 Pw)? It lowers the amount."
_HIGH_HOUSING_COSTS_FROM = date(2023, 1, 1)


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known besides the household.

    Attributes:
        net_income: of the debtor, a month, holiday pay included.
        partner_net_income: of the partner, a month, when it is not seized.
        housing_costs: woonkosten a month.
        other_income: of the debtor, net a month, holiday pay included, that is not seized.
        company_car_tax: wage tax a month on the private use of a car.
        benefit_norm: the own norm of a benefit that is seized, holiday allowance included.
        institution_price: what a stay in an institution costs a month.
    """

    net_income: Interval | Unknown
    partner_net_income: Money | None = None
    housing_costs: Money | None = None
    other_income: Money | None = None
    company_car_tax: Money | None = None
    benefit_norm: Money | None = None
    institution_price: Money | None = None


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The lowest and highest amount so far, exact, with the steps that led there."""

    low: Fraction
    high: Fraction
    steps: tuple[Step, ...]
    ask: tuple[str, ...] = ()

    def then(
        self, low: Fraction, high: Fraction, article: str, english: str, dutch: str, **facts: Fact
    ) -> "_Bounds":
        taken = step(article, english, dutch, Money.rounded(high), **facts)
        return replace(self, low=low, high=high, steps=(*self.steps, taken))

    def found(self) -> Found:
        high = Money.rounded(self.high)
        low = high if self.low is self.high else Money.rounded(self.low)
        return Found(Interval(low, high), self.steps, self.ask)


def find(rules: RulesOn, household: Household, situation: Situation) -> Found:
    """Compute the beslagvrije voet of a household on a day, or its bounds."""
    if household.housing.registered_address is False:
        return _limit_to_income(rules, _without_address(rules), situation).found()
    types = possible_types(household)
    nothing_known = isinstance(situation.net_income, Unknown) and least_taxable(household, types[0]) is None
    if len(types) > 1 and nothing_known:
        because = "neither the household type nor an income is known"
        missing = Unknown("household.type_unknown", because, _ASK_TYPE)
        return Found(missing, ask=(_ASK_TYPE, _ASK_TAXABLE_OF_WHOEVER))
    each = [_for_type(rules, kind, household, situation) for kind in types]
    return each[0].found() if len(each) == 1 else _joined(types, each).found()


def _for_type(rules: RulesOn, kind: HouseholdType, household: Household, situation: Situation) -> _Bounds:
    if situation.institution_price is not None:
        bounds = _in_institution(rules, kind, situation.institution_price)
        return _limit_to_income(rules, bounds, situation)
    bounds = _before_deductions(rules, kind, household)
    bounds = _add_high_housing_costs(rules, bounds, situation)
    if household.housing.kind == "owner":
        income = taxable(household, kind)
        bounds = _add_owner_increase(rules, kind, bounds, income, situation.housing_costs)
    if kind.has_partner:
        bounds = _deduct_partner_income(rules, bounds, situation)
    bounds = _deduct(
        bounds,
        situation.other_income,
        "475db onder b Rv",
        "less own income that is not seized of {own}",
        "min eigen inkomen waarop geen beslag ligt van {own}",
    )
    bounds = _deduct(
        bounds,
        situation.company_car_tax,
        "475db onder c Rv",
        "less wage tax on the private use of a car of {own}",
        "min loonbelasting voor privégebruik van een auto van {own}",
    )
    return _limit_to_income(rules, bounds, situation)


def _in_institution(rules: RulesOn, kind: HouseholdType, price: Money) -> _Bounds:
    norm = rules.money("nl.bijstandsnorm_bijzonder", "institution", adults(kind))
    care = rules.money("nl.normpremie", "premium", adults(kind))
    steps = (
        step(_STAY, "the price of the stay", "de prijs van het verblijf", price),
        step(
            _STAY,
            "two thirds of the norm in an institution of {norm}",
            "twee derde van de norm in een inrichting van {norm}",
            norm=norm,
        ),
        step(_STAY, "the amount for the care premium", "het bedrag voor de zorgpremie", care),
    )
    start = _Bounds(price.exact, price.exact, steps)
    amount = price.exact + _INSTITUTION_SHARE * norm.exact + care.exact
    return start.then(amount, amount, _STAY, "together", "samen")


def _before_deductions(rules: RulesOn, kind: HouseholdType, household: Household) -> _Bounds:
    """Compute at the taxable income, and count the rules that it takes as used.

    What is seized from changes with every net income that is asked about, this does not: it is remembered.
    """
    bounds, used = _by_taxable_income(rules.book, rules.day, kind, household.persons)
    rules.use_too(used)
    if isinstance(bounds, RuleNotInForce):
        raise RuleNotInForce(bounds.what)
    return bounds


@lru_cache(maxsize=4_096)
def _by_taxable_income(
    book: Rulebook, day: date, kind: HouseholdType, adults_told: tuple[Person, ...]
) -> tuple[_Bounds | RuleNotInForce, RulesOn]:
    """Return the bounds, or the fact that refuses them, with the rules that were used."""
    rules = book.on(day)
    bounds: _Bounds | RuleNotInForce
    try:
        bounds = _at_taxable_income(rules, kind, Household(kind, adults_told))
    except RuleNotInForce as refusal:
        bounds = refusal
    return bounds, rules


def _at_taxable_income(rules: RulesOn, kind: HouseholdType, household: Household) -> _Bounds:
    """Compute at the taxable income; when that is known in part, from what it is at least up to the maximum.

    More taxable income never protects less, so the amount at the least income is the lower bound.
    """
    maximum = rules.money("nl.beslagvrije_voet_maxima", "maximum", kind.value)
    limit = step(
        "475da lid 1 Rv",
        "the maximum for this household ({kind})",
        "het maximum voor dit huishouden ({kind})",
        maximum,
        kind=kind_words(kind),
    )
    regime, least = regime_on(rules.day), least_taxable(household, kind)
    if regime is None:
        start = norm_part(rules, kind)
        missing = step(
            "475da lid 2 Rv",
            "what income adds to it on this day is not known to us",
            "wat inkomen er op deze dag bij doet, weten we niet",
        )
        return _Bounds(start.amount, maximum.exact, (start.step(), missing, limit))
    if least is None:
        start = norm_part(rules, kind)
        return _Bounds(start.amount, maximum.exact, (start.step(), limit), (_ask_taxable(kind),))
    added = regime.parts(rules, kind, least.exact)
    amount = min(sum((term.amount for term in added), Fraction(0)), maximum.exact)
    steps = (*(term.step() for term in added), limit)
    if taxable(household, kind) is not None:
        return _Bounds(amount, amount, steps)
    known = step(
        "475d Rv",
        "what is known of the taxable income, so it is a year at least",
        "wat bekend is van het belastbaar inkomen, dus per jaar minstens",
        least,
    )
    ask: tuple[str, ...] = (_ask_taxable(kind),)
    if any(adult.taxable_income_month is not None for adult in household.persons):
        known = step(
            "475d Rv",
            "a payslip counts twelve times, holiday pay may come on top: taxable income a year at least",
            "een loonstrook telt twaalf keer, vakantiegeld kan erbij komen: belastbaar inkomen per jaar "
            "minstens",
            least,
        )
        ask = (*ask, _ASK_PAYSLIP)
    return _Bounds(amount, maximum.exact, (known, *steps), ask)


def _ask_taxable(kind: HouseholdType) -> str:
    return _ASK_TAXABLE_OF_BOTH if kind.has_partner else _ASK_TAXABLE


def _add_high_housing_costs(rules: RulesOn, bounds: _Bounds, situation: Situation) -> _Bounds:
    if situation.housing_costs is None or rules.day < _HIGH_HOUSING_COSTS_FROM:
        return bounds
    regime = regime_on(rules.day)
    if regime is None:
        return bounds
    limit = rules.share(_RULE, "housing_limit") * regime.highest_rent(rules).exact
    extra = situation.housing_costs.exact - limit
    if extra <= 0:
        return bounds
    months = rules.count(_RULE, "housing_term")
    return bounds.then(
        bounds.low + extra,
        bounds.high + extra,
        "475da lid 5 Rv",
        "housing costs above {limit} count on request, for at most {months} months",
        "woonkosten boven {limit} tellen mee als u daarom vraagt, hoogstens {months} maanden",
        limit=Money.rounded(limit),
        months=months,
    )


def _deduct_partner_income(rules: RulesOn, bounds: _Bounds, situation: Situation) -> _Bounds:
    if situation.partner_net_income is None:
        return _Bounds(bounds.low, bounds.high, bounds.steps, (*bounds.ask, _ASK_PARTNER))
    share = rules.share(_RULE, "partner_limit")
    own = situation.partner_net_income.exact
    low, high = (bound - min(own, bound * share) for bound in (bounds.low, bounds.high))
    return bounds.then(
        low,
        high,
        "475db onder a Rv",
        "less the partner's own income of {income}, at most {share}",
        "min het eigen inkomen van de partner van {income}, hoogstens {share}",
        income=situation.partner_net_income,
        share=percent(share),
    )


def _add_owner_increase(
    rules: RulesOn, kind: HouseholdType, bounds: _Bounds, income: Money | None, housing_costs: Money | None
) -> _Bounds:
    """Add on request what huurtoeslag would be if the owner's home were rented at its housing costs."""
    try:
        limit = rules.money("nl.beslagvrije_voet_inkomensgrens", "limit", persons(kind))
    except RuleNotInForce:
        return bounds
    not_included = step(
        "475da lid 7 Rv",
        "an owner with a taxable income below {limit} can ask for more; that is not included",
        "een eigenaar met een belastbaar inkomen onder {limit} kan om meer vragen; dat zit hier niet in",
        limit=limit,
    )
    named = replace(bounds, steps=(*bounds.steps, not_included))
    if income is None or income >= limit or housing_costs is None:
        return named
    try:
        extra = huurtoeslag.notional(rules, kind, housing_costs, income.exact)
    except RuleNotInForce:
        return named
    return bounds.then(
        bounds.low + extra,
        bounds.high + extra,
        "475da lid 7 Rv",
        "an owner with a taxable income below {limit} can ask for more: the huurtoeslag that the home would "
        "give, {extra}",
        "een eigenaar met een belastbaar inkomen onder {limit} kan om meer vragen: de huurtoeslag die er "
        "voor "
        "de woning zou zijn, {extra}",
        limit=limit,
        extra=Money.rounded(extra),
    )


def _deduct(bounds: _Bounds, amount: Money | None, article: str, english: str, dutch: str) -> _Bounds:
    if amount is None:
        return bounds
    low, high = (max(bound - amount.exact, Fraction(0)) for bound in (bounds.low, bounds.high))
    return bounds.then(low, high, article, english, dutch, own=amount)


def _limit_to_income(rules: RulesOn, bounds: _Bounds, situation: Situation) -> _Bounds:
    if situation.benefit_norm is not None:
        return _limit_to_benefit(rules, bounds, situation.benefit_norm)
    if isinstance(situation.net_income, Unknown):
        return replace(bounds, ask=(*bounds.ask, _ASK_NET))
    share, in_words, used = _income_share(rules.book, rules.day)
    rules.use_too(used)
    net = situation.net_income
    high = _share_of(net.high, share)
    low = high if net.exact else _share_of(net.low, share)
    never_more = step(
        "475dc lid 1 Rv",
        "never more than {share} of the monthly income of {net}",
        "nooit meer dan {share} van het inkomen per maand van {net}",
        Money.rounded(high),
        share=in_words,
        net=between(net),
    )
    most = _lower(bounds.high, high)
    least = most if bounds.low is bounds.high and low is high else _lower(bounds.low, low)
    return _Bounds(least, most, (*bounds.steps, never_more), bounds.ask)


@lru_cache(maxsize=1_024)
def _income_share(book: Rulebook, day: date) -> tuple[Fraction, tuple[str, str], RulesOn]:
    """Return the share of an income that is protected at most, as people read it too, and the rules used."""
    rules = book.on(day)
    share = rules.share(_RULE, "income_share")
    return share, percent(share), rules


def _share_of(amount: Money, share: Fraction) -> Fraction:
    """A share of an amount in euros, exact; of less than nothing it is nothing."""
    part, whole = share.as_integer_ratio()
    return Fraction(max(0, amount.cents) * part, 100 * whole)


def _lower(one: Fraction, other: Fraction) -> Fraction:
    """Return the lower of two; each answer compares one pair, in whole numbers much sooner than `min`."""
    (top, bottom), (other_top, other_bottom) = one.as_integer_ratio(), other.as_integer_ratio()
    return one if top * other_bottom <= other_top * bottom else other


def _limit_to_benefit(rules: RulesOn, bounds: _Bounds, norm: Money) -> _Bounds:
    share = rules.share(_RULE, "income_share")
    limit = share * norm.exact
    limited = bounds.then(
        min(bounds.low, limit),
        min(bounds.high, limit),
        "475dc lid 2 Rv",
        "of a benefit never more than {share} of its own norm of {norm}",
        "van een uitkering nooit meer dan {share} van de eigen norm van {norm}",
        share=percent(share),
        norm=norm,
    )
    return replace(limited, ask=(*bounds.ask, _ASK_OTHER))


def _without_address(rules: RulesOn) -> _Bounds:
    share = rules.share(_RULE, "no_address_share")
    norm = rules.money("nl.bijstandsnorm", "norm", "couple")
    amount = share * norm.exact
    part = step(
        "475da lid 4 Rv",
        "no registered address: {share} of the norm for a couple of {norm}",
        "geen ingeschreven adres: {share} van de norm voor een paar van {norm}",
        Money.rounded(amount),
        share=percent(share),
        norm=norm,
    )
    ask = "Will the person show income and household? Then the ordinary amount holds (art. 475e lid 1 Rv)."
    return _Bounds(amount, amount, (part,), (ask,))


def _joined(types: tuple[HouseholdType, ...], each: list[_Bounds]) -> _Bounds:
    steps = tuple(
        step(
            "475da Rv",
            "as a {kind}" if one.low == one.high else "as a {kind}: from {low} to",
            "als {kind}" if one.low == one.high else "als {kind}: van {low} tot",
            Money.rounded(one.high),
            kind=kind_words(kind),
            low=Money.rounded(one.low),
        )
        for kind, one in zip(types, each, strict=True)
    )
    asks = [ask for one in each for ask in one.ask]
    if _TAXABLE_OF_WHOM.issubset(asks):
        asks = [_ASK_TAXABLE_OF_WHOEVER if ask in _TAXABLE_OF_WHOM else ask for ask in asks]
    ask = tuple(dict.fromkeys((_ASK_TYPE, *asks)))
    return _Bounds(min(one.low for one in each), max(one.high for one in each), steps, ask)
