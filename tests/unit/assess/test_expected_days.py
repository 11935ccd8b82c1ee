"""On which days rhythms are expected, and the level of their amounts."""

from datetime import date

import pyarrow as pa
import pytest

from psd2_affordability.assess.facts import Rhythm, day_of, number_of
from psd2_affordability.assess.forecast.days import days_ahead
from psd2_affordability.assess.forecast.levels import levels_of
from psd2_affordability.core.dates import add_months
from psd2_affordability.ledger.columns import Texts

TODAY = date(2026, 6, 30)
_KEYS = Texts(pa.array(["t"] * 20, pa.large_string()))


def rhythm(cents: int, days: list[date], next_on: date, cadence: str = "monthly", period: int = 30) -> Rhythm:
    numbers, count = tuple(number_of(day) for day in days), len(days)
    return Rhythm(
        "s1", "wonen.huur", "Woonstad", cadence, period, numbers, (cents,) * count, _KEYS, 0, count,
        number_of(next_on), number_of(TODAY), abs(cents), cents > 0, 5, "active", (abs(cents),) * 3,
    )  # fmt: skip


def expected(one: Rhythm, count: int) -> list[date]:
    return [day_of(number_of(TODAY) + 1 + day) for day in days_ahead(one, number_of(TODAY))[:count]]


def test_a_bill_of_the_first_is_collected_after_a_weekend():
    past = [date(2026, 1, 2), date(2026, 2, 2), date(2026, 3, 2), date(2026, 4, 1), date(2026, 6, 1)]

    assert expected(rhythm(-70_000, past, date(2026, 7, 1)), 3) == [
        date(2026, 7, 1),
        date(2026, 8, 3),
        date(2026, 9, 1),
    ]


def test_a_wage_of_the_25th_is_paid_before_a_weekend():
    past = [date(2026, 1, 23), date(2026, 2, 25), date(2026, 3, 25), date(2026, 4, 24), date(2026, 5, 25)]

    assert expected(rhythm(200_000, past, date(2026, 7, 24)), 2) == [date(2026, 7, 24), date(2026, 8, 25)]


def test_four_weekly_pay_comes_thirteen_times_a_year():
    past = [date(2026, 4, 17), date(2026, 5, 15), date(2026, 6, 12)]
    one = rhythm(190_000, past, date(2026, 7, 10), "four_weekly", 28)

    days = days_ahead(one, number_of(TODAY))

    assert len([day for day in days if day < 365]) == 13
    assert expected(one, 2) == [date(2026, 7, 10), date(2026, 8, 7)]


def test_a_bill_that_is_due_and_has_not_come_is_expected_tomorrow():
    past = [date(2026, 3, 27), date(2026, 4, 28), date(2026, 5, 27)]

    assert expected(rhythm(-5_000, past, date(2026, 6, 29)), 2)[0] == date(2026, 7, 1)


def test_a_bill_of_the_31st_falls_on_the_last_day_of_a_shorter_month():
    past = [date(2026, 1, 31), date(2026, 3, 31), date(2026, 5, 31), date(2026, 6, 30)]

    assert date(2026, 9, 30) in expected(rhythm(-5_000, past, date(2026, 7, 31)), 4)


@pytest.mark.parametrize(
    ("cadence", "step"), [("monthly", 1), ("two_monthly", 2), ("quarterly", 3), ("yearly", 12)]
)
def test_each_cadence_keeps_its_number_of_months(cadence: str, step: int):
    next_on = date(2026, 7, 15)
    past = [add_months(next_on, -step * back) for back in (3, 2, 1)]
    days = expected(rhythm(-5_000, past, next_on, cadence, 30 * step), 20)

    assert len({(day.year, day.month) for day in days}) == len(days)
    assert len([day for day in days if day < date(2027, 7, 1)]) == 12 // step


def test_a_new_rent_counts_from_its_second_payment():
    assert levels_of((-700, -700, -700, -720))[-1] == -700
    assert levels_of((-700, -700, -720, -720))[-1] == -720


def test_a_bonus_in_between_is_no_new_level():
    assert levels_of((2_000, 2_000, 2_900, 2_000, 2_000)) == (2_000,) * 5


def test_a_wage_that_always_differs_has_the_mean_since_its_last_real_step():
    low = (1_000, 1_040, 980, 1_020, 960)
    high = (2_000, 2_040, 1_980, 2_020, 1_960)

    assert levels_of(low + high) == (1_000,) * 5 + (2_000,) * 5


def test_ups_and_downs_are_no_step():
    assert len(set(levels_of((900, 1_100, 950, 1_060, 890, 1_120)))) == 1
