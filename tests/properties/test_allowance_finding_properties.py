"""What must hold of allowances found from bookings, whatever the income was before tax."""

from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from law_material import TYPES, book, law
from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.assess.ports import SeenMeans
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.nl.toetsingsinkomen import before_tax, bounds

NOT_GIVEN = Unknown("income.not_given", "the income is not given")
CHILDREN = (date(2014, 5, 1), date(2020, 8, 9))

days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
kinds = st.sampled_from(TYPES)
incomes = st.integers(0, 120_000).map(lambda euros: Money(euros * 100))
rents = st.integers(200_00, 1_400_00).map(Money)
shares = st.integers(0, 100)


def household(kind: HouseholdType, rent: Money | None = None, taxable: Money | None = None) -> Household:
    persons: tuple[Person, ...] = ()
    if taxable is not None:
        persons = (Person(taxable_income_year=taxable), Person(taxable_income_year=ZERO))
    return Household(
        type=kind,
        persons=persons if kind.has_partner else persons[:1],
        children=CHILDREN if kind.has_children else (),
        housing=Housing(kind="rent", rent_month=rent),
    )


def net_of(taxable: Money, on: date, share: int, *, pensioner: bool = False) -> Money:
    """What is left of a taxable income when a share of the highest credits is counted."""
    rules = book().on(on)
    tax, start = Fraction(0), Fraction(0)
    for bracket in rules.scale("nl.inkomstenbelasting", "rate_aow" if pensioner else "rate"):
        end = taxable.exact if bracket.up_to is None else min(taxable.exact, bracket.up_to.exact)
        tax += max(end - start, Fraction(0)) * Fraction(bracket.rate) / 100
        start = max(start, end)
    credit = sum(rules.money("nl.inkomstenbelasting", "credit", kind).exact for kind in ("general", "work"))
    return Money.rounded(taxable.exact - max(Fraction(0), tax - credit * share / 100))


def values(answers: tuple[LegalAnswer, ...]) -> list[Interval]:
    return [answer.value for answer in answers if isinstance(answer.value, Interval)]


@given(days, kinds, incomes, shares, st.booleans())
def test_the_income_before_tax_lies_within_the_bounds_told_from_the_net_one(
    on: date, kind: HouseholdType, taxable: Money, share: int, pensioner: bool
) -> None:
    net = net_of(taxable, on, share, pensioner=pensioner)
    seen = SeenMeans(Interval.exactly(net), pensioner=pensioner, only_pension=pensioner)
    found = bounds(book().on(on), household(kind), kind, NOT_GIVEN, seen)

    # The assessment income is in whole euros.
    assert found.low <= taxable
    assert found.high is None or taxable <= found.high
    assert (found.high is None) == kind.has_partner


@given(days, kinds, incomes, shares, rents)
def test_an_allowance_from_net_income_holds_the_exact_one(
    on: date, kind: HouseholdType, taxable: Money, share: int, rent: Money
) -> None:
    seen = SeenMeans(Interval.exactly(net_of(taxable, on, share)))
    wide = values(law().allowances(household(kind, rent), seen, on))
    exact = values(law().allowances(household(kind, rent, taxable), SeenMeans(NOT_GIVEN), on))

    assert len(wide) == len(exact)
    for outer, inner in zip(wide, exact, strict=True):
        assert outer.low <= inner.low <= inner.high <= outer.high


@given(days, kinds, incomes, incomes, rents)
def test_more_net_income_never_raises_an_allowance(
    on: date, kind: HouseholdType, one: Money, other: Money, rent: Money
) -> None:
    low, high = sorted((one, other))
    less, more = (
        values(law().allowances(household(kind, rent), SeenMeans(Interval.exactly(net)), on))
        for net in (high, low)
    )

    for at_high, at_low in zip(less, more, strict=True):
        assert ZERO <= at_high.low <= at_low.low
        assert at_high.high <= at_low.high


@given(days, kinds, incomes, rents, shares)
@settings(max_examples=60)
def test_a_rent_between_bounds_holds_the_allowance_of_every_rent_between_them(
    on: date, kind: HouseholdType, taxable: Money, rent: Money, share: int
) -> None:
    low = rent.times(Fraction(4, 5))
    within = low + (rent - low).times(Fraction(share, 100))
    seen = SeenMeans(NOT_GIVEN, rent_month=Interval(low, rent))
    wide = law().allowances(household(kind, None, taxable), seen, on)[1].value
    narrow = law().allowances(household(kind, within, taxable), SeenMeans(NOT_GIVEN), on)[1].value

    assert isinstance(wide, Interval)
    assert isinstance(narrow, Interval)
    assert wide.low <= narrow.low <= narrow.high <= wide.high


@given(days, incomes)
def test_before_tax_undoes_a_tax_without_credits(on: date, taxable: Money) -> None:
    scale = book().on(on).scale("nl.inkomstenbelasting", "rate")

    assert abs(Money.rounded(before_tax(scale, net_of(taxable, on, 0).exact)) - taxable) <= Money(2)
