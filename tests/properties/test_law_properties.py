"""What must hold of the law for every household, income and day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from law_material import TYPES, book, exact, law, protected
from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.core.answer import Interval
from psd2_affordability.core.money import Money

days = st.dates(date(2022, 1, 1), date(2026, 12, 31))
kinds = st.sampled_from(TYPES)
taxables = st.integers(0, 20_000_000).map(Money)
nets = st.integers(0, 1_000_000).map(Money)
claims = st.integers(1, 500_000_000).map(Money)


@given(kinds, days, taxables, nets)
def test_never_above_the_maximum_nor_95_percent_of_the_income(
    kind: HouseholdType, on: date, taxable: Money, net: Money
) -> None:
    amount = exact(protected(kind, on, taxable=taxable, net=net))

    assert Money(0) <= amount <= book().on(on).money("nl.beslagvrije_voet_maxima", "maximum", kind.value)
    assert amount.cents * 100 <= net.cents * 95 + 50


@given(kinds, days, taxables, taxables)
def test_more_taxable_income_never_protects_less(
    kind: HouseholdType, on: date, one: Money, other: Money
) -> None:
    low, high = sorted((one, other))

    assert exact(protected(kind, on, taxable=low)) <= exact(protected(kind, on, taxable=high))


@given(days, taxables)
def test_a_couple_has_never_less_than_a_single_person_nor_more_than_a_family(
    on: date, taxable: Money
) -> None:
    single, _, couple, family = (exact(protected(kind, on, taxable=taxable)) for kind in TYPES)

    assert single <= couple <= family


@given(kinds, days, taxables, nets)
def test_the_bounds_without_taxable_income_hold_every_exact_answer(
    kind: HouseholdType, on: date, taxable: Money, net: Money
) -> None:
    wide = protected(kind, on, net=net).value
    narrow = exact(protected(kind, on, taxable=taxable, net=net))

    assert isinstance(wide, Interval)
    assert wide.low <= narrow <= wide.high


@given(kinds, days, st.integers(0, 1_500_000).map(Money), st.integers(0, 5_000_000).map(Money), nets)
def test_a_payslip_narrows_the_bounds_and_holds_every_year_of_at_least_twelve_of_it(
    kind: HouseholdType, on: date, month: Money, more: Money, net: Money
) -> None:
    payslip = Household(type=kind, persons=(Person(taxable_income_month=month),))
    wide = protected(kind, on, net=net).value

    narrow = law().protected_income(payslip, Interval.exactly(net), on).value

    assert isinstance(wide, Interval)
    assert isinstance(narrow, Interval)
    assert wide.low <= narrow.low
    assert narrow.high == wide.high
    assert narrow.low <= exact(protected(kind, on, taxable=month.times(12) + more, net=net)) <= narrow.high


@given(days, nets)
def test_the_bounds_without_a_type_hold_those_of_every_type(on: date, net: Money) -> None:
    wide = protected(None, on, net=net).value
    assert isinstance(wide, Interval)

    for kind in TYPES:
        narrow = protected(kind, on, net=net).value
        assert isinstance(narrow, Interval)
        assert wide.low <= narrow.low
        assert narrow.high <= wide.high


@given(claims, claims)
def test_collection_costs_grow_with_the_claim_within_their_bounds(one: Money, other: Money) -> None:
    low, high = sorted((one, other))
    on = date(2026, 11, 22)

    less, more = (exact(law().collection_costs(claim, on)) for claim in (low, high))

    assert Money(4000) <= less <= more <= Money(677_500)
