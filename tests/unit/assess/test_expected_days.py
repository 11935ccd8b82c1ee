"""On which days rhythms are expected, and the level of their amounts."""

from datetime import date
from typing import NamedTuple

import numpy as np
import pytest

from psd2_affordability.assess.forecast.days import Payday, Recent, days_ahead, paydays
from psd2_affordability.assess.forecast.levels import levels_of
from psd2_affordability.assess.reckoning import day_of, number_of
from psd2_affordability.assess.rhythm import Series
from psd2_affordability.core.dates import add_months

TODAY = date(2026, 6, 30)


class Seen(NamedTuple):
    """A rhythm: the days of its payments, and what is known of it."""

    cents: int
    days: list[date]
    next_on: date
    cadence: str = "monthly"


def recent(*rhythms: Seen) -> Recent:
    """The last payments of several rhythms."""
    end = np.cumsum([len(one.days) for one in rhythms])
    start, which = end - [len(one.days) for one in rhythms], np.arange(len(rhythms))
    series = Series(
        days=np.array([number_of(day) for one in rhythms for day in one.days]),
        cents=np.array([one.cents for one in rhythms for _ in one.days]),
        start=start,
        end=end,
        period=np.full(len(rhythms), 30),
        next_day=np.array([number_of(one.next_on) for one in rhythms]),
        incoming=np.array([one.cents > 0 for one in rhythms]),
        missing=np.zeros(len(rhythms), np.int64),
        key=(which.astype(np.int32), [f"s{at}" for at in which]),
        category=(which.astype(np.int32), ["wonen.huur" for _ in which]),
        payee=(which.astype(np.int32), ["Woonstad" for _ in which]),
        cadence=(which.astype(np.int32), [one.cadence for one in rhythms]),
    )
    return Recent.of(series, which)


def days_of(*rhythms: Seen) -> list[list[int]]:
    """On which days each of several rhythms is expected, tomorrow being 0."""
    whose, ahead = days_ahead(recent(*rhythms), number_of(TODAY))
    return [ahead[whose == at].tolist() for at in range(len(rhythms))]


def expected(one: Seen, count: int) -> list[date]:
    (days,) = days_of(one)
    return [day_of(number_of(TODAY) + 1 + day) for day in days[:count]]


def test_a_bill_of_the_first_is_collected_after_a_weekend():
    past = [date(2026, 1, 2), date(2026, 2, 2), date(2026, 3, 2), date(2026, 4, 1), date(2026, 6, 1)]

    assert expected(Seen(-70_000, past, date(2026, 7, 1)), 3) == [
        date(2026, 7, 1),
        date(2026, 8, 3),
        date(2026, 9, 1),
    ]


def test_a_wage_of_the_25th_is_paid_before_a_weekend():
    past = [date(2026, 1, 23), date(2026, 2, 25), date(2026, 3, 25), date(2026, 4, 24), date(2026, 5, 25)]

    assert expected(Seen(200_000, past, date(2026, 7, 24)), 2) == [date(2026, 7, 24), date(2026, 8, 25)]


def test_four_weekly_pay_comes_thirteen_times_a_year():
    past = [date(2026, 4, 17), date(2026, 5, 15), date(2026, 6, 12)]
    one = Seen(190_000, past, date(2026, 7, 10), "four_weekly")

    (days,) = days_of(one)

    assert len([day for day in days if day < 365]) == 13
    assert expected(one, 2) == [date(2026, 7, 10), date(2026, 8, 7)]


def test_a_bill_that_is_due_and_has_not_come_is_expected_tomorrow():
    past = [date(2026, 3, 27), date(2026, 4, 28), date(2026, 5, 27)]

    assert expected(Seen(-5_000, past, date(2026, 6, 29)), 2)[0] == date(2026, 7, 1)


def test_a_bill_of_the_31st_falls_on_the_last_day_of_a_shorter_month():
    past = [date(2026, 1, 31), date(2026, 3, 31), date(2026, 5, 31), date(2026, 6, 30)]

    assert date(2026, 9, 30) in expected(Seen(-5_000, past, date(2026, 7, 31)), 4)


@pytest.mark.parametrize(
    ("cadence", "step"), [("monthly", 1), ("two_monthly", 2), ("quarterly", 3), ("yearly", 12)]
)
def test_each_cadence_keeps_its_number_of_months(cadence: str, step: int):
    next_on = date(2026, 7, 15)
    past = [add_months(next_on, -step * back) for back in (3, 2, 1)]
    days = expected(Seen(-5_000, past, next_on, cadence), 20)

    assert len({(day.year, day.month) for day in days}) == len(days)
    assert len([day for day in days if day < date(2027, 7, 1)]) == 12 // step


def test_rhythms_side_by_side_are_expected_as_each_is_alone():
    wage = Seen(200_000, [date(2026, 4, 24), date(2026, 5, 25)], date(2026, 6, 25))
    help_ = Seen(-6_000, [date(2026, 6, 2 + 7 * week) for week in range(4)], date(2026, 6, 30), "weekly")
    tax = Seen(-30_000, [date(2025, 2, 28), date(2026, 2, 27)], date(2027, 2, 26), "yearly")

    assert days_of(wage, help_, tax) == [*days_of(wage), *days_of(help_), *days_of(tax)]


def test_the_latest_payday_is_the_latest_day_of_its_month_that_a_weekend_leaves():
    rent = Seen(-70_000, [date(2026, 5, 1), date(2026, 6, 1)], date(2026, 7, 1))
    wage = Seen(200_000, [date(2026, 4, 24), date(2026, 5, 25), date(2026, 6, 25)], date(2026, 7, 24))
    last = recent(rent, wage)

    found = paydays(last, *days_ahead(last, number_of(TODAY)), number_of(TODAY))

    assert found == {1: Payday(number_of(date(2026, 7, 24)), number_of(date(2026, 8, 25)), monthly=True)}


def levels(*series: tuple[int, ...]) -> list[int]:
    sizes = [len(one) for one in series]
    cents = np.array([cents for one in series for cents in one])
    return levels_of(cents, np.cumsum(sizes) - sizes).tolist()


def test_a_new_rent_counts_from_its_second_payment():
    assert levels((-700, -700, -700, -720))[-1] == -700
    assert levels((-700, -700, -720, -720))[-1] == -720


def test_a_bonus_in_between_is_no_new_level():
    assert levels((2_000, 2_000, 2_900, 2_000, 2_000)) == [2_000] * 5


def test_an_odd_first_payment_has_the_level_after_it():
    assert levels((700, 700, 700, 900), (650, 700, 700, 700)) == [700] * 8


def test_a_wage_that_always_differs_has_the_mean_since_its_last_real_step():
    low = (1_000, 1_040, 980, 1_020, 960)
    high = (2_000, 2_040, 1_980, 2_020, 1_960)

    assert levels(low + high) == [1_000] * 5 + [2_000] * 5


def test_ups_and_downs_are_no_step():
    assert len(set(levels((900, 1_100, 950, 1_060, 890, 1_120)))) == 1


def test_series_side_by_side_keep_their_own_levels():
    one, other, single = (900, 1_100, 950, 1_060, 890, 1_120), (1_120, 1_120, 900, 1_120), (5,)

    assert levels(one, other, single, one) == [*levels(one), *levels(other), 5, *levels(one)]
