"""What is worked out for the rhythms of all subjects at once is what holds for each of them by itself."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from psd2_affordability.assess.rhythms import graces, lean_and_good, since_it_fell, usual_payments

amounts = st.integers(1, 60) | st.sampled_from([100, 101, 150])
series = st.tuples(st.lists(amounts, min_size=2, max_size=30), st.sampled_from([1, -1]))
many = st.lists(series.map(lambda one: [cents * one[1] for cents in one[0]]), min_size=1, max_size=6)


def joined(lists: list[list[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    end = np.cumsum([len(one) for one in lists])
    return np.array([number for one in lists for number in one]), end - [len(one) for one in lists], end


def usual(cents: list[int]) -> int:
    if len(cents) > 2 and cents[-2] == cents[-3]:
        falls, rises = cents[-1] < cents[-2] and cents[-1] > 0, cents[-1] < cents[-2] and cents[-1] < 0
        at_once = falls or (rises and 4 * abs(cents[-1]) <= 5 * abs(cents[-2]))
        return abs(cents[-1] if at_once else cents[-2])
    last = sorted(abs(one) for one in cents[-3:])
    middle = last[0] if len(last) == 2 else last[1]
    if len(cents) < 5 or 20 * (last[-1] - last[0]) <= middle or middle in (last[0], last[-1]):
        return middle
    year = cents[-13:]
    whole, rest = divmod(abs(sum(year)), len(year))
    return whole + (2 * rest >= len(year))


@given(many)
def test_the_usual_payment_is_that_of_each_series_alone(lists):
    assert usual_payments(*joined(lists)).tolist() == [usual(one) for one in lists]


def since(cents: list[int], least: int) -> int:
    """Where the lower level begins, tried at every place where it could."""
    for at in range(3, len(cents) - least + 1):
        former, newest = cents[at - 3 : at], cents[at:]
        alike = all(20 * abs(one - cents[-1]) <= cents[-1] for one in newest)
        fell = min(former) - max(newest)
        if alike and 20 * abs(former[-1] - cents[-1]) > cents[-1]:
            return at if 20 * fell > max(newest) and fell > max(former) - min(former) else 0
    return 0


levels = st.lists(st.sampled_from([100, 101, 104, 106, 120, 150, 152]), min_size=2, max_size=9)


@given(st.lists(levels, min_size=1, max_size=5), st.sampled_from([2, 4]))
def test_an_income_that_fell_for_good_counts_from_its_new_level_whoever_is_beside_it(lists, least):
    cents, start, end = joined(lists)

    found = since_it_fell(cents, start, end, np.full(len(lists), least)) - start

    assert found.tolist() == [since(one, least) for one in lists]


@given(many, st.data())
def test_a_lean_and_a_good_payment_are_those_of_the_last_ones(lists, data):
    windows = data.draw(st.lists(st.sampled_from([3, 6, 26]), min_size=len(lists), max_size=len(lists)))

    lean, good = lean_and_good(*joined(lists), np.array(windows))

    for at, (one, window) in enumerate(zip(lists, windows, strict=True)):
        last = sorted(abs(cents) for cents in one[-window:])
        assert sum(cents <= lean[at] for cents in last) * 5 >= len(last), (
            "a fifth is no better than the lean one"
        )
        assert sum(cents < lean[at] for cents in last) * 5 < len(last)
        assert sum(cents <= good[at] for cents in last) * 5 >= 4 * len(last)
        assert sum(cents < good[at] for cents in last) * 5 < 4 * len(last)


@given(
    st.lists(st.lists(st.integers(1, 90), min_size=1, max_size=12), min_size=1, max_size=5),
    st.sampled_from([7, 30, 91]),
)
def test_payments_that_come_unevenly_may_be_late_by_one_and_a_half_their_spread(gaps, period):
    lists = [np.cumsum([0, *one]).tolist() for one in gaps]

    found = graces(*joined(lists), np.full(len(lists), period)).tolist()

    for days, grace in zip(lists, found, strict=True):
        spread = max(abs(after - before - period) for before, after in pairwise(days[-7:]))
        assert grace == max(5, min((3 * spread + 1) // 2, period // 2))
