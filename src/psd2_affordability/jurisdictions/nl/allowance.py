"""What the income-dependent allowances share: bounds by income, whole euros, assets, months of age."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.assess.ports import SeenMeans
from psd2_affordability.assess.wording import Fact
from psd2_affordability.core.answer import Interval, Step, Unknown
from psd2_affordability.core.dates import add_months, month_start
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.core.money import ZERO, Money, Rounding, round_exact
from psd2_affordability.jurisdictions.found import Found, step
from psd2_affordability.jurisdictions.nl.part import adults, possible_types
from psd2_affordability.jurisdictions.nl.toetsingsinkomen import Bounds, bounds
from psd2_affordability.rulebook.lookup import RulesOn

ASK_TYPE = "Who lives in the household: a partner, children under 18?"
_ASK_INCOME = "What is the assessment income (toetsingsinkomen) a year?"
_ASK_INCOME_OF_BOTH = "What is the assessment income (toetsingsinkomen) a year, of both partners together?"
_ASK_INCOME_OF_WHOEVER = (
    "What is the assessment income (toetsingsinkomen) a year, with a partner of both together?"
)
_ASK_ASSETS = "How much were the assets on 1 January? With much there is no allowance."
_ASK_CHILDREN = "What are the dates of birth of the children?"
_INCOME_OF_WHOM = frozenset({_ASK_INCOME, _ASK_INCOME_OF_BOTH})
_NOTHING_SEEN = SeenMeans(Unknown("income.not_given", "the income is not given"))


@dataclass(frozen=True, slots=True)
class Means:
    """What an allowance looks at besides the household.

    Attributes:
        income: assessment income a year, of both partners together; Unknown to take it from the
            taxable incomes of the household, or else to bound it by what is seen.
        assets: on 1 January of the year, of both partners together; None when not known.
        partner_insured: whether a partner is insured for care as well.
        seen: what bookings show of income and rent.
        bounded: the bounds of the income found so far, by household type: the same for each allowance.
    """

    income: Interval | Unknown
    assets: Money | None = None
    partner_insured: bool = True
    seen: SeenMeans = _NOTHING_SEEN
    bounded: dict[HouseholdType, Bounds] = field(default_factory=dict, compare=False, repr=False)

    def income_of(self, rules: RulesOn, household: Household, kind: HouseholdType) -> Bounds:
        """Return the bounds of the assessment income, worked out once for each household type."""
        known = self.bounded.get(kind)
        if known is None:
            known = self.bounded[kind] = bounds(rules, household, kind, self.income, self.seen)
        elif known.rule:
            with suppress(RuleNotInForce):
                rules.require(known.rule)
        return known


@dataclass(frozen=True, slots=True)
class Yearly:
    """An allowance over a year at one income, exact.

    Attributes:
        amount: in euros, never below zero.
        explained: tells the steps that lead there; nobody reads those of a lower bound.
    """

    amount: Fraction
    explained: Callable[[], tuple[Step, ...]]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One allowance.

    Attributes:
        per: `year`, `month` for a twelfth of the rounded year, or `month_alone` for a month that is
            computed by itself.
        by_adults: children change nothing, so that of two types with as many adults one is looked at.
        assets: id of the rule with its asset limit.
        at: what it gives over a year, for a household type at an income; never rises with income.
    """

    per: str
    assets: str
    at: Callable[[HouseholdType, Fraction], Yearly]
    by_adults: bool = False


_ASSETS_ARTICLE = "7 lid 3 Awir"


@dataclass(frozen=True, slots=True)
class _Assets:
    """What the assets do: whether they end the allowance, what to say, what to ask."""

    over: bool = False
    steps: tuple[Step, ...] = ()
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Possible:
    """Bounds of an allowance in one of several cases; its steps are told only when it is the one shown.

    Attributes:
        value: the bounds.
        explained: tells the steps that lead there.
        ask: what would narrow it.
    """

    value: Interval
    explained: Callable[[], tuple[Step, ...]]
    ask: tuple[str, ...] = ()

    def found(self) -> Found:
        """Return it as the answer."""
        return Found(self.value, self.explained(), self.ask)


def entitlement(rules: RulesOn, household: Household, means: Means, scheme: Scheme) -> Found:
    """Return the allowance, or its bounds, with its steps."""
    return possible(rules, household, means, scheme).found()


def possible(rules: RulesOn, household: Household, means: Means, scheme: Scheme) -> Possible:
    """Return the allowance, or its bounds where type or income is not known.

    The higher the income, the lower the allowance: the highest income gives the lower bound, the
    lowest income the upper one; an unknown income leaves everything between nothing and the maximum.
    """
    types = possible_types(household)
    if scheme.by_adults and len(types) > 1:
        types = tuple({adults(kind): kind for kind in types}.values())
    each = [_for_type(rules, household, kind, means, scheme) for kind in types]
    if len(each) == 1:
        return each[0]
    found = joined(each)
    return replace(found, ask=(ASK_TYPE, *found.ask))


def joined(each: list[Possible]) -> Possible:
    """Return the bounds over several possibilities, with the steps of the one that gives most."""
    most = max(each, key=_high)
    ask = dict.fromkeys([question for one in each for question in one.ask])
    if ask.keys() >= _INCOME_OF_WHOM:
        ask = dict.fromkeys([_ASK_INCOME_OF_WHOEVER if one in _INCOME_OF_WHOM else one for one in ask])
    return Possible(Interval(min(one.value.low for one in each), most.value.high), most.explained, tuple(ask))


def nothing(article: str, english: str, dutch: str, **facts: Fact) -> Found:
    """Return that there is no allowance, and why."""
    return Found.exactly(ZERO, (step(article, english, dutch, ZERO, **facts),))


def no_children_known(rules: RulesOn, rule: str, household: Household) -> Found | None:
    """Return the answer that needs no children to be looked at; None when their birth dates are known.

    Raises:
        RuleNotInForce: nothing is known of the rule on the day, whoever asks.
    """
    rules.book.at(rule, rules.day)
    if household.children:
        return None
    if household.type is not None and not household.type.has_children:
        return nothing(
            "2 lid 1 Wkgb; 7 AKW",
            "there are no children under 18",
            "er zijn geen kinderen jonger dan 18 jaar",
        )
    because = "the birth dates of the children are not given"
    return Found(Unknown("children.not_given", because, _ASK_CHILDREN), ask=(_ASK_CHILDREN,))


def has_turned(born: date, years: int, day: date) -> bool:
    """Tell whether the month of a birthday lies before the month of the day.

    >>> has_turned(date(2014, 11, 2), 12, date(2026, 11, 22)), has_turned(
    ...     date(2014, 11, 2), 12, date(2026, 12, 1)
    ... )
    (False, True)
    """
    return month_start(add_months(born, years * 12)) < month_start(day)


def _for_type(
    rules: RulesOn, household: Household, kind: HouseholdType, means: Means, scheme: Scheme
) -> Possible:
    income = means.income_of(rules, household, kind)
    ask: tuple[str, ...] = ()
    if isinstance(means.income, Unknown) and not income.exact:
        ask = (_ASK_INCOME_OF_BOTH if kind.has_partner else _ASK_INCOME,)
    assets = _assets(rules, kind, means.assets, scheme.assets)
    if assets.over:
        return Possible(Interval.exactly(ZERO), lambda: assets.steps)
    best = scheme.at(kind, income.low.exact)
    high = _granted(rules, best.amount, scheme.per)
    if income.high is None:
        low = ZERO
    elif income.exact:
        low = high
    else:
        low = _granted(rules, scheme.at(kind, income.high.exact).amount, scheme.per)

    def steps() -> tuple[Step, ...]:
        rounding = _rounding(rules, best.amount, scheme.per)
        return (*income.steps, *best.explained(), *rounding, *assets.steps)

    return Possible(Interval(low, high), steps, (*ask, *assets.ask))


def _granted(rules: RulesOn, amount: Fraction, per: str) -> Money:
    """Round what a year gives as the law does, and leave out what is too little."""
    year = _in_whole_euros(amount)
    if year < rules.money("nl.toeslagen", "least"):
        return ZERO
    if per == "year":
        return year
    whole = amount if per == "month_alone" else year.exact
    return Money(100 * round_exact(whole / 12, Rounding.DOWN))


def _rounding(rules: RulesOn, amount: Fraction, per: str) -> Iterator[Step]:
    year, least = _in_whole_euros(amount), rules.money("nl.toeslagen", "least")
    yield step("14 lid 4 Awir", "in whole euros a year", "in hele euro's per jaar", year)
    if ZERO < year < least:
        yield step(
            "14 lid 5 Awir",
            "less than {least} a year is not granted",
            "minder dan {least} per jaar wordt niet gegeven",
            ZERO,
            least=least,
        )
    if per != "year":
        month = _granted(rules, amount, per)
        yield step(
            "14 lid 4 Awir",
            "each month, in whole euros downward",
            "per maand, in hele euro's naar beneden",
            month,
        )


def _in_whole_euros(amount: Fraction) -> Money:
    return Money(100 * round_exact(amount, Rounding.HALF_UP))


def _assets(rules: RulesOn, kind: HouseholdType, assets: Money | None, rule: str) -> _Assets:
    try:
        limit = rules.money(rule, "limit", adults(kind))
    except RuleNotInForce:
        return _Assets(ask=(_ASK_ASSETS,))
    if assets is None:
        ask = f"Were the assets on 1 January at most {limit.spoken()}? With more there is no allowance."
        no_more = step(
            _ASSETS_ARTICLE,
            "no allowance with more assets on 1 January than",
            "geen toeslag met meer vermogen op 1 januari dan",
            limit,
        )
        return _Assets(steps=(no_more,), ask=(ask,))
    if assets > limit:
        too_much = step(
            _ASSETS_ARTICLE,
            "the assets of {assets} are above the limit of {limit}: no allowance",
            "het vermogen van {assets} is hoger dan de grens van {limit}: geen toeslag",
            ZERO,
            assets=assets,
            limit=limit,
        )
        return _Assets(over=True, steps=(too_much,))
    within = step(
        _ASSETS_ARTICLE,
        "the assets are not above the limit of",
        "het vermogen is niet hoger dan de grens van",
        limit,
    )
    return _Assets(steps=(within,))


def _high(one: Possible) -> Money:
    return one.value.high
