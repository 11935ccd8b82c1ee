"""The next three months of income, worked out by hand from the payment days."""

from datetime import date, timedelta

from assess_builders import ON, SINGLE, Life, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.results import MonthAhead
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.dates import add_months


def ahead(life: Life) -> tuple[MonthAhead, ...]:
    return assessed(life).income.forecast


def test_a_monthly_wage_comes_once_in_each_of_the_next_three_months():
    months = ahead(Life().usual(2200))

    assert [one.month for one in months] == [date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)]
    assert {(one.low, one.mid, one.high, one.extra) for one in months} == {
        (euros(2200), euros(2200), euros(2200), euros(0))
    }


def test_four_weekly_wages_come_twice_in_the_month_that_holds_two_paydays():
    # the last payday is 27 June; the next ones are 25 July, 22 August and 19 September
    single = ahead(Life().every("inkomen.loon", 1200, days=28, cadence="four_weekly", count=10))
    # the last payday is 12 June; the next ones are 10 July, 7 August, 4 September (and 2 October)
    days = [date(2026, 6, 5) - timedelta(days=28 * back) for back in range(9, -1, -1)]
    double = ahead(Life().series("inkomen.loon", 1200, days, "four_weekly", 28))

    assert [one.mid for one in single] == [euros(1200)] * 3
    # from 5 June: 3 and 31 July, 28 August, 25 September
    assert [one.mid for one in double] == [euros(2400), euros(1200), euros(1200)]
    assert [one.extra for one in double] == [euros(1200), euros(0), euros(0)]


def test_a_weekly_wage_comes_five_times_in_a_month_with_five_paydays():
    # the last payday is Saturday 27 June; July 2026 has Saturdays 4, 11, 18 and 25, August has five
    months = ahead(Life().every("inkomen.loon", 300, days=7, cadence="weekly", count=40))

    assert [one.mid for one in months] == [euros(1200), euros(1500), euros(1200)]
    assert months[1].extra == euros(300)


def test_quarterly_child_benefit_comes_in_its_own_month_alone():
    days = [date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 2), date(2026, 4, 1)]
    life = Life(on=date(2026, 5, 31)).monthly("inkomen.loon", 2000, day=24)
    life.series("inkomen.kinderbijslag", 300, days, "quarterly", 91)

    assert [one.mid for one in ahead(life)] == [euros(2000), euros(2300), euros(2000)]


def test_holiday_pay_is_expected_in_may_when_the_same_employer_paid_it_a_year_ago():
    life = Life(on=date(2026, 3, 31)).usual(2200)
    life.book("inkomen.vakantiegeld", 1700, date(2025, 5, 23), payee="Bakker BV")
    months = ahead(life)

    assert [one.extra for one in months] == [euros(0), euros(1700), euros(0)]
    assert months[1].mid == euros(3900)


def test_holiday_pay_of_an_employer_who_pays_no_more_is_not_expected():
    life = Life(on=date(2026, 3, 31)).usual(2200)
    life.book("inkomen.vakantiegeld", 1700, date(2025, 5, 23), payee="Vorige Baas BV")

    assert [one.extra for one in ahead(life)] == [euros(0)] * 3


def test_a_thirteenth_month_is_expected_in_december_when_it_came_a_year_ago():
    life = Life(on=date(2026, 10, 31)).usual(2200)
    life.book("inkomen.eindejaarsuitkering", 2000, date(2025, 12, 19), payee="Bakker BV")

    assert [one.mid for one in ahead(life)] == [euros(2200), euros(4200), euros(2200)]


def test_wages_that_are_late_are_expected_only_in_a_good_month():
    life = Life(on=date(2026, 6, 20)).monthly("inkomen.loon", 2000, day=8, ended=1)
    life.monthly("wonen.huur", -600, day=18)

    assert {(one.low, one.mid, one.high) for one in ahead(life)} == {(euros(0), euros(0), euros(2000))}


def _season(years: int) -> Life:
    """A business that turns over 5,000 in July to September and 2,000 else; no VAT, 200 income tax."""
    life = Life()
    for back in range(12 * years, -1, -1):
        day = add_months(date(2026, 6, 15), -back)
        life.book("inkomen.zzp", 5000 if day.month in {7, 8, 9} else 2000, day)
    return life.loose("belasting.inkomsten", -200, months=12 * years, day=20)


def test_turnover_follows_its_season_when_two_years_of_it_are_seen():
    months = ahead(_season(years=3))

    assert {(one.low, one.mid, one.high) for one in months} == {(euros(4800), euros(4800), euros(4800))}


def test_turnover_of_one_year_may_be_that_of_any_month_seen():
    months = ahead(_season(years=1))

    assert {(one.low, one.high) for one in months} == {(euros(1800), euros(4800))}
    assert all(one.low < one.mid < one.high for one in months)


def test_an_income_that_is_not_known_is_not_foretold():
    assert ahead(Life().loose("huishouden.boodschappen", -300)) == ()


def test_the_first_payday_of_a_new_year_is_foretold_in_its_month():
    months = ahead(Life(on=ON.replace(month=11)).usual(2200))

    assert [one.month for one in months] == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]


def still_due(life: Life) -> list[str]:
    return [one.says for one in assessed(life).income.reasons if one.code == "income.still_due"]


def test_wages_that_have_still_to_come_this_month_are_said():
    life = Life(on=date(2026, 6, 20)).usual(2200)

    assert still_due(life) == ["€2,200.00 of income is still expected this month, from 24 June 2026 on."]


def test_every_payday_that_is_left_of_the_month_counts():
    # the last payday is Wednesday 10 June; the next ones of the month are the 17th and the 24th
    days = [date(2026, 6, 10) - timedelta(days=7 * back) for back in range(19, -1, -1)]
    life = Life(on=date(2026, 6, 13)).series("inkomen.loon", 300, days, "weekly", 7)

    assert still_due(life) == ["€600.00 of income is still expected this month, from 17 June 2026 on."]


def with_an_advance(text: str) -> Life:
    life = Life(on=date(2026, 6, 20)).usual(2200)
    life.book("inkomen.nabetaling", 600, date(2026, 6, 10), payee="Bakker BV", remittance=text)
    return life


def test_of_wages_that_were_paid_in_part_before_payday_the_rest_is_still_expected():
    found = assessed(with_an_advance("Voorschot salaris juni")).income.reasons

    assert still_due(with_an_advance("Voorschot salaris juni")) == [
        "€1,600.00 of income is still expected this month, from 24 June 2026 on."
    ]
    (said,) = [one.says for one in found if one.code == "income.paid_ahead"]
    assert said.startswith("€600.00 of the wages from Bakker BV came ahead of payday, on 10 June 2026;")


def test_of_wages_that_were_lower_by_an_advance_it_is_asked_what_a_usual_month_brings():
    life = Life(on=date(2026, 6, 28)).usual(2200)
    life.book("inkomen.nabetaling", 600, date(2026, 6, 10), payee="Bakker BV", remittance="Loonvoorschot")
    (last,) = [row for row in life.rows if str(row["booked_on"]).startswith("2026-06-24")]
    last["amount_ct"] = 1600_00
    found = assessed(life)
    (asked,) = [one.says for one in found.room.reasons if one.code == "income.lowered_by_advance"]

    assert found.income.monthly.mid == euros(1600)
    assert asked.startswith("€600.00 of the last wages from Bakker BV came ahead of payday, on 10 June 2026;")
    assert asked.endswith("Ask what a usual month brings.")


def test_a_back_payment_takes_nothing_off_the_next_wages():
    assert still_due(with_an_advance("Nabetaling overwerk mei")) == [
        "€2,200.00 of income is still expected this month, from 24 June 2026 on."
    ]


def test_an_advance_that_comes_every_month_is_a_part_of_its_own():
    life = Life(on=date(2026, 6, 20)).usual(1800)
    life.monthly("inkomen.loon", 400, day=10, payee="Bakker BV")
    for row in life.rows:
        if row["payee"] == "Bakker BV" and row["amount_ct"] == 400_00:
            row["remittance"] = "Voorschot salaris"

    assert still_due(life) == ["€1,800.00 of income is still expected this month, from 24 June 2026 on."]


def test_no_balance_counts_on_wages_that_were_paid_before_payday():
    def balance_ahead(text: str) -> int:
        case = Case(household=SINGLE, balances=(balance(900, date(2026, 6, 20)),), total_debt=euros(2000))
        expected = assessed(with_an_advance(text), case).seizure.expected_balance
        assert not isinstance(expected, Unknown)
        return expected.p50.cents

    assert balance_ahead("Nabetaling juni") - balance_ahead("Voorschot salaris juni") == 600_00


def test_at_the_end_of_the_month_nothing_is_still_expected():
    assert still_due(Life().usual(2200)) == []


def test_data_that_end_before_the_day_asked_do_not_say_what_is_still_to_come():
    life = Life(on=date(2026, 6, 20)).usual(2200)
    life.rows = [row for row in life.rows if row["booked_on"].date() < date(2026, 6, 8)]

    assert still_due(life) == []
