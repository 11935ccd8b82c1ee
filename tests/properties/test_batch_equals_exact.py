"""Many households at once give, to the cent, what each gives alone."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from law_material import TYPES, book, exact, household, law
from psd2_affordability.assess.household import HouseholdType
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl.batch import Households, protected_incomes

days = st.dates(date(2022, 1, 1), date(2026, 12, 31))
Row = tuple[HouseholdType, int, int, int]
rows = st.tuples(
    st.sampled_from(TYPES),
    st.one_of(st.integers(0, 9_000_000), st.integers(0, 10**15)),
    st.one_of(st.integers(0, 500_000), st.integers(0, 10**15)),
    st.one_of(st.just(0), st.integers(0, 300_000)),
)


def columns(sample: list[Row]) -> Households:
    kinds, *amounts = zip(*sample, strict=True)
    taxable, net, partner = (np.array(column, dtype=np.int64) for column in amounts)
    return Households(kinds, taxable, net, partner)


def alone(row: Row, on: date) -> int:
    kind, taxable, net, partner = row
    answer = law().protected_income(
        household(kind, Money(taxable)),
        Interval.exactly(Money(net)),
        on,
        partner_net_income_month=Money(partner),
    )
    return exact(answer).cents


@given(st.lists(rows, min_size=1, max_size=12), days)
def test_a_household_among_many_keeps_what_it_keeps_alone(sample: list[Row], on: date) -> None:
    together = protected_incomes(book().on(on), columns(sample))

    assert not isinstance(together, Unknown)
    assert together.tolist() == [alone(row, on) for row in sample]


def test_every_euro_of_income_gives_the_same_on_both_ways_in_every_half_year() -> None:
    incomes = np.arange(1_700_013, 6_500_000, 99_991, dtype=np.int64)
    for on in [date(year, month, 1) for year in range(2022, 2027) for month in (1, 7)]:
        for kind in TYPES:
            net = np.full(incomes.shape, 10**6, dtype=np.int64)
            many = Households([kind] * len(incomes), incomes, net, np.zeros_like(net))

            together = protected_incomes(book().on(on), many)

            assert not isinstance(together, Unknown)
            assert together.tolist() == [alone((kind, int(income), 10**6, 0), on) for income in incomes]


def test_no_household_gives_no_amount() -> None:
    none = np.zeros(0, dtype=np.int64)
    together = protected_incomes(book().on(date(2026, 7, 1)), Households([], none, none, none))

    assert not isinstance(together, Unknown)
    assert together.tolist() == []


def test_a_year_whose_formula_is_not_known_is_refused_for_all() -> None:
    one = np.array([100], dtype=np.int64)

    refused = protected_incomes(book().on(date(2021, 12, 31)), Households([TYPES[0]], one, one, one))

    assert isinstance(refused, Unknown)
    assert "2021-12-31" in refused.because
