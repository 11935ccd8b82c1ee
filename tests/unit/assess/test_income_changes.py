"""An income that falls: since when, by how much, and what is no fall."""

from datetime import date
from decimal import Decimal

from assess_builders import ON, Life, assessed, euros

from psd2_affordability.assess.results import Income
from psd2_affordability.core.dates import add_months


def income(life: Life) -> Income:
    return assessed(life).income


def set_from(life: Life, amount: int, day: date) -> Life:
    for row in life.rows:
        if row["category"] == "inkomen.loon" and row["booked_on"].date() >= day:
            row["amount_ct"] = amount * 100
    return life


def test_wages_cut_by_a_third_three_months_ago_are_a_fall_since_then():
    shock = income(set_from(Life().usual(2400), 1600, date(2026, 4, 1))).shock

    assert shock is not None
    assert (shock.since, shock.before, shock.now) == (date(2026, 4, 1), euros(2400), euros(1600))
    assert shock.fell_by == Decimal("0.3333")
    assert len(shock.transactions) == 4, "the last payment of before and the three since"


def test_the_fall_is_said_with_its_amounts_in_both_languages():
    (said,) = [one for one in income(set_from(Life().usual(2400), 1600, date(2026, 4, 1))).reasons
               if one.code == "income.fell"]  # fmt: skip

    assert "€2,400.00" in said.says
    assert "€ 1.600,00" in said.says_nl


def test_a_benefit_that_is_less_than_the_wages_before_is_a_fall():
    life = Life().monthly("inkomen.loon", 2600, day=24, ended=4).monthly("wonen.huur", -600, day=1)
    life.monthly("inkomen.uitkering_ww", 1800, day=14, months=3)
    shock = income(life).shock

    assert shock is not None
    assert (shock.before, shock.now) == (euros(2600), euros(1800))


def test_a_cut_of_a_tenth_is_no_fall():
    assert income(set_from(Life().usual(2400), 2160, date(2026, 4, 1))).shock is None


def test_an_income_that_came_back_has_not_fallen():
    life = set_from(set_from(Life().usual(2400), 1200, date(2026, 3, 1)), 2400, date(2026, 4, 1))

    assert income(life).shock is None


def test_a_month_with_one_four_weekly_wage_after_one_with_two_is_no_fall():
    life = Life().every("inkomen.loon", 1200, days=28, cadence="four_weekly", count=14)

    assert income(life.monthly("wonen.huur", -500, day=1)).shock is None


def test_two_lean_months_of_an_uneven_income_are_no_fall_but_three_below_the_leanest_quarter_are():
    def uneven(newest: list[int]) -> Life:
        life = Life().monthly("wonen.huur", -600, day=28)
        amounts = [*newest, 1500, 1100, 1700, 1000, 1600, 1200, 1400, 1050, 1650, 1300]
        for back, amount in enumerate(amounts):
            life.book("inkomen.loon", amount, add_months(date(2026, 6, 15 + back % 5), -back))
        return life

    assert income(uneven([700, 800])).shock is None
    assert income(uneven([400, 500, 450])).shock is not None


def test_with_less_than_four_months_a_fall_cannot_be_told():
    life = Life().monthly("inkomen.loon", 2400, day=24, months=2)

    assert income(set_from(life, 1000, date(2026, 6, 1))).shock is None


def test_wages_that_fell_count_at_once_and_a_raise_from_its_second_payment():
    fell = set_from(Life().usual(2400), 1900, date(2026, 6, 1))
    rose = set_from(Life().usual(2400), 2600, date(2026, 6, 1))

    assert income(fell).monthly.mid == euros(1900)
    assert income(rose).monthly.mid == euros(2400)


def test_a_rent_that_rose_counts_at_once_and_one_bill_for_a_whole_year_does_not():
    def rent(last: int) -> int:
        life = Life().usual()
        newest = max(row["booked_on"] for row in life.rows if row["category"] == "wonen.huur")
        for row in life.rows:
            if row["category"] == "wonen.huur" and row["booked_on"] == newest:
                row["amount_ct"] = last * 100
        kinds = {one.category: one.monthly.cents for one in assessed(life).expenses.by_kind}
        return kinds["wonen.huur"] // 100

    assert date(2026, 6, 30) == ON
    assert rent(-735) == 735
    assert rent(-1900) == 700


def test_wages_that_differ_every_month_count_by_their_average():
    life = Life().usual(2000)
    hours = [1900, 2100, 1950, 2050, 1840, 2160, 1920, 2080, 1870, 2130, 1960, 2040]
    wages = [row for row in life.rows if row["category"] == "inkomen.loon"]
    for row, amount in zip(wages[-12:], hours, strict=True):
        row["amount_ct"] = amount * 100
    wages[0]["amount_ct"] = 2000_00

    assert income(life).monthly.mid == euros(2000)
