"""Money that comes twice a month, such as on the 1st and the 15th."""

from collections.abc import Sequence
from datetime import date, timedelta

from assess_builders import Life, assessed, euros

from psd2_affordability.core.answer import Range
from psd2_affordability.core.dates import add_months


def open_day_before(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def paid_on_the_first_and_the_fifteenth(amounts: Sequence[int], ended: int = 0) -> Life:
    """Wages on the 1st and the 15th, or the open day before; so many months ago they stopped."""
    life = Life(on=date(2026, 11, 20)).monthly("wonen.huur", -640, day=1)
    for back in range(12, ended - 1, -1):
        for day, amount in zip((1, 15), amounts, strict=True):
            paid = open_day_before(add_months(date(2026, 11, day), -back))
            life.book("inkomen.loon", amount, paid, payee="Kwekerij BV")
    return life


def month(life: Life) -> object:
    return assessed(life).income.monthly


def test_a_calendar_month_with_three_paydays_makes_no_good_month():
    life = paid_on_the_first_and_the_fifteenth((1050, 1050))

    assert month(life) == Range(euros(2100), euros(2100), euros(2100))


def test_two_parts_that_differ_are_one_wage():
    life = paid_on_the_first_and_the_fifteenth((900, 1300))

    assert month(life) == Range(euros(2200), euros(2200), euros(2200))


def test_wages_that_vary_keep_their_lean_and_their_good_month():
    life = paid_on_the_first_and_the_fifteenth((1000, 1000))
    for row in life.rows[-4:]:
        row["amount_ct"] = 120_000
    found = month(life)

    assert isinstance(found, Range)
    assert (found.low, found.high) == (euros(2000), euros(2400))


def test_wages_twice_a_month_that_stopped_are_not_counted_as_if_they_came():
    found = month(paid_on_the_first_and_the_fifteenth((1050, 1050), ended=4))

    assert not isinstance(found, Range) or found.mid == euros(0)


def test_a_fortnightly_wage_counts_two_payments_a_month_and_no_third():
    life = Life(on=date(2026, 11, 20)).monthly("wonen.huur", -640, day=1)
    for back in range(26):
        life.book("inkomen.loon", 1000, date(2026, 11, 13) - timedelta(days=14 * back), payee="Kwekerij BV")

    assert month(life) == Range(euros(2000), euros(2000), euros(2000))
