"""The least change that turns an answer is the least there is, however it is looked for."""

from itertools import accumulate, chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psd2_affordability.assess.counterfactuals.least import least_euros, least_to_fill
from psd2_affordability.core.money import Money

MOST = 300
#: Cents that one more euro fills, by stretches of euros: as a protected income that rises with income does.
STRETCHES = st.lists(st.tuples(st.integers(1, 150), st.integers(0, 100)), min_size=1, max_size=4)


def filled_by(stretches: list[tuple[int, int]]) -> list[int]:
    """Cents that are filled by nothing, by one euro, by two, and so on."""
    each = chain.from_iterable(repeat(cents, euros) for euros, cents in (*stretches, (MOST, 0)))
    return list(accumulate(each, initial=0))


def first_that(turns: list[bool]) -> Money | None:
    return next((Money(100 * euros) for euros, one in enumerate(turns) if one and euros), None)


@given(STRETCHES, st.integers(1, 25_000), st.integers(1, MOST))
def test_what_fills_a_shortage_is_the_first_whole_euro_that_does(stretches, short, most):
    filled = filled_by(stretches)

    found = least_to_fill(short, lambda euros: short - filled[euros], most=most)

    assert found == first_that([short <= filled[euros] for euros in range(most + 1)])


@given(st.integers(1, MOST), st.integers(1, 2 * MOST), st.integers(0, MOST))
def test_wherever_looking_begins_it_ends_at_the_first_whole_euro_that_turns(guess, turning, most):
    found = least_euros(guess, lambda euros: euros >= turning, most=most)

    assert found == first_that([euros >= turning for euros in range(most + 1)])


@pytest.mark.parametrize(
    ("cents_filled", "tries"),
    [
        pytest.param(100, 1, id="every euro counts in full"),
        pytest.param(5, 3, id="the protected income takes 95 of 100"),
    ],
)
def test_where_each_euro_fills_alike_a_few_tries_are_enough(cents_filled, tries):
    asked: list[int] = []

    def still_short(euros: int) -> int:
        asked.append(euros)
        return 5_000 - cents_filled * euros

    assert least_to_fill(5_000, still_short, most=2_000) == Money(100 * (5_000 // cents_filled))
    assert len(asked) == tries


def test_more_than_the_most_allowed_is_never_advised():
    assert least_to_fill(5_001, lambda euros: 5_001 - 100 * euros, most=50) is None
    assert least_to_fill(5_000, lambda euros: 5_000 - 100 * euros, most=50) == Money(5_000)
