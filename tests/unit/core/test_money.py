from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psd2_affordability.core.money import Money, Rounding

cents = st.integers(min_value=-(10**12), max_value=10**12)


@given(cents)
def test_what_is_printed_reads_back_as_the_same_amount(amount):
    assert Money.euros(str(Money(amount))) == Money(amount)


@given(cents, cents)
def test_sums_lose_no_cent(one, other):
    assert (Money(one) + Money(other)).cents == one + other
    assert Money(one) + Money(other) - Money(other) == Money(one)


@given(st.fractions(), st.sampled_from(Rounding))
def test_rounding_is_never_a_cent_or_more_away(euros, rounding):
    away = abs(Money.rounded(euros, rounding).exact - euros)

    assert away < Fraction(1, 100)
    if rounding is Rounding.HALF_UP:
        assert away <= Fraction(1, 200)


@given(st.fractions())
def test_rounding_down_never_gives_more_and_rounding_up_never_less(euros):
    assert abs(Money.rounded(euros, Rounding.DOWN).exact) <= abs(euros)
    assert abs(Money.rounded(euros, Rounding.UP).exact) >= abs(euros)


@pytest.mark.parametrize("text", ["1,50", "1.505", "NaN", "1e3", " 1.00", "١٢.٣٤", "", "--1", "1."])
def test_text_that_is_no_plain_amount_is_refused(text):
    with pytest.raises(ValueError, match="not an amount"):
        Money.euros(text)


def test_a_fraction_of_a_cent_is_refused_not_rounded():
    with pytest.raises(ValueError, match="finer than a cent"):
        Money.euros(Decimal("0.005"))


@pytest.mark.parametrize("amount", [1.5, True])
def test_a_float_or_a_truth_value_is_no_amount(amount):
    with pytest.raises(TypeError):
        Money.euros(amount)
    with pytest.raises(TypeError):
        Money(amount)


def test_an_amount_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="not an amount"):
        Money.euros(Decimal("Infinity"))


def test_a_percentage_is_rounded_once_at_its_end():
    assert Money.euros("1419.46").times(Decimal("0.95")) == Money.euros("1348.49")


def test_amounts_are_spoken_as_the_language_writes_them():
    assert Money.euros("1234.50").spoken() == "€1,234.50"
    assert Money.euros("1234.50").spoken(language="nl") == "€ 1.234,50"
    assert Money(-5).spoken(language="nl") == "-€ 0,05"


def test_an_amount_is_kept_within_its_bounds():
    low, high = Money(0), Money(500)

    assert Money(-1).clamp(low, high) == low
    assert Money(501).clamp(low, high) == high
    assert Money(20).clamp(low, high) == Money(20)


def test_the_total_of_nothing_is_nothing():
    assert Money.total([]) == Money(0)
    assert not Money.total([])
    assert Money.total([Money(1), Money(2)]) * 2 == Money(6)
    assert abs(-Money(3)) == Money(3)
