from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psd2_affordability.core.dates import add_months, days_in_month, iso_day, whole_years

days = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))


@given(days, st.integers(min_value=-400, max_value=400))
def test_moving_by_months_lands_in_the_right_month(day, months):
    moved = add_months(day, months)

    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, days_in_month(moved))


def test_february_has_29_days_in_a_leap_year():
    assert days_in_month(date(2028, 2, 10)) == 29
    assert days_in_month(date(2026, 2, 10)) == 28
    assert days_in_month(date(2026, 12, 31)) == 31


def test_a_person_turns_a_year_older_on_the_birthday_itself():
    assert whole_years(date(2008, 11, 22), date(2026, 11, 21)) == 17
    assert whole_years(date(2008, 11, 22), date(2026, 11, 22)) == 18


@pytest.mark.parametrize("text", ["22-11-2026", "2026-1-1", "20261122", "today", "2026-11-22T00:00"])
def test_a_day_is_written_in_one_way_only(text):
    with pytest.raises(ValueError, match="is not a day"):
        iso_day(text)


def test_a_written_day_is_read():
    assert iso_day("2026-07-01") == date(2026, 7, 1)
