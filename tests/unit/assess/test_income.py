"""What comes in: rhythms, irregular months, one-offs, benefits and turnover."""

from datetime import date, timedelta

from assess_builders import ON, Life, assessed, euros

from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.dates import add_months


def kinds(life: Life) -> dict[str, int]:
    return {one.category: one.monthly.cents for one in assessed(life).income.by_kind}


def codes(life: Life) -> set[str]:
    return {reason.code for reason in assessed(life).income.reasons}


def test_a_four_weekly_wage_counts_thirteen_times_a_year():
    life = Life().every("inkomen.loon", 1200, days=28, cadence="four_weekly", count=13)

    assert kinds(life) == {"inkomen.loon": 1300_00}


def test_a_weekly_wage_counts_fifty_two_times_a_year():
    life = Life().every("inkomen.loon", 300, days=7, cadence="weekly", count=52)

    assert kinds(life) == {"inkomen.loon": 1300_00}


def test_a_raise_counts_from_its_second_payment():
    life = Life().usual(2000)
    for row in life.rows:
        if row["category"] == "inkomen.loon" and row["booked_on"].date() >= date(2026, 5, 1):
            row["amount_ct"] = 2200_00

    assert kinds(life)["inkomen.loon"] == 2200_00


def wages(*amounts: str | int, days: int = 0) -> Life:
    """One wage with these payments, the last one this month."""
    last, count = date(2026, 6, 24), len(amounts)
    paid_on = [
        last - timedelta(days=days * back) if days else add_months(last, -back)
        for back in range(count - 1, -1, -1)
    ]
    life = Life().series("inkomen.loon", 1, paid_on, "weekly" if days else "monthly", days or 30)
    for row, amount in zip(life.rows, amounts, strict=True):
        row["amount_ct"] = euros(amount).cents
    return life


def test_after_hours_were_cut_not_even_a_good_month_counts_the_wage_of_before():
    month = assessed(wages(1560, 1560, 1560, 1560, 1560, 1250, 1250)).income.monthly

    assert month == Range(euros(1250), euros(1250), euros(1250))


def test_hours_cut_from_wages_with_overtime_are_seen_by_the_level_of_the_wages_since():
    month = assessed(wages(2210, 2130, 2300, 2180, 2210, 2130, 2300, 1600, 1580)).income.monthly

    assert month == Range(euros(1580), euros(1580), euros(1600))


def test_one_low_payment_is_no_cut_and_a_good_month_still_counts_the_wage_of_before():
    month = assessed(wages(1560, 1560, 1560, 1560, 1560, 1250)).income.monthly

    assert month == Range(euros(1250), euros(1250), euros(1560))


def test_two_months_of_overtime_that_are_over_do_not_end_what_was_before():
    month = assessed(wages(2000, 2000, 2000, 2000, 2400, 2400, 2000, 2000)).income.monthly

    assert month.high == euros(2400)


def test_two_short_weeks_are_no_cut_of_a_weekly_wage_but_four_are():
    two = assessed(wages(*[500] * 20, 400, 400, days=7)).income.monthly
    four = assessed(wages(*[500] * 20, 400, 400, 400, 400, days=7)).income.monthly

    assert two.high == euros("2166.67")
    assert four.high == four.mid == euros("1733.33")


def test_quarterly_child_benefit_is_spread_over_its_months():
    days = [date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 2), date(2026, 4, 1)]
    life = Life().usual().series("inkomen.kinderbijslag", 300, days, "quarterly", 91)

    assert kinds(life)["inkomen.kinderbijslag"] == 100_00


def test_allowances_stand_apart_and_do_not_count_for_the_protected_income():
    income = assessed(Life().usual(1800).monthly("inkomen.toeslag_huur", 300, day=20)).income

    assert income.monthly == Range(euros(2100), euros(2100), euros(2100))
    assert income.for_protection == Range(euros(1800), euros(1800), euros(1800))


def test_holiday_pay_is_a_one_off_and_no_part_of_a_usual_month():
    life = Life().usual()
    life.book("inkomen.vakantiegeld", 1900, date(2026, 5, 24))
    income = assessed(life).income

    assert income.one_off == euros(1900)
    assert income.monthly == Range(euros(2200), euros(2200), euros(2200))


def test_money_from_a_private_person_is_no_income():
    life = Life().usual().loose("inkomen.particulier", 250)

    assert "inkomen.particulier" not in kinds(life)
    assert "income.private" in codes(life)


def test_wages_that_ended_do_not_count():
    life = Life().usual().monthly("inkomen.pensioen", 400, day=22, ended=4)

    assert "inkomen.pensioen" not in kinds(life)
    assert "income.ended" in codes(life)


def test_wages_that_are_late_count_only_for_a_good_month():
    life = Life(on=date(2026, 6, 20)).monthly("inkomen.loon", 2000, day=8, ended=1)
    life.monthly("wonen.huur", -600, day=18)

    assert assessed(life).income.monthly == Range(euros(0), euros(0), euros(2000))


def test_the_benefit_that_replaced_wages_counts_from_its_first_payment():
    life = Life().monthly("inkomen.loon", 2400, day=24, ended=3).monthly("wonen.huur", -600, day=1)
    life.book("inkomen.uitkering_ww", 1700, date(2026, 6, 12), payee="UWV")

    assert kinds(life)["inkomen.uitkering_ww"] == 1700_00
    assert "income.new" in codes(life)


def test_a_first_child_benefit_counts_for_the_three_months_that_it_is_for():
    life = Life().usual()
    life.book("inkomen.kinderbijslag", 300, date(2026, 6, 2), payee="SVB")

    assert kinds(life)["inkomen.kinderbijslag"] == 100_00
    assert "income.new" in codes(life)


def test_irregular_wages_count_by_their_lean_months():
    life = Life().monthly("wonen.huur", -600, day=1)
    for back, amount in enumerate([900, 0, 1500, 700, 1100, 0, 1300, 800, 1000, 600, 1200, 900]):
        if amount:
            life.book("inkomen.loon", amount, date(2026, 6, 15) - timedelta(days=30 * back))
    month = assessed(life).income.monthly

    assert isinstance(month, Range)
    assert month.low < month.mid < month.high
    assert month.mid <= euros("833.33"), "never more than the average month"


def test_turnover_is_income_only_after_vat_and_income_tax():
    life = Life().loose("inkomen.zzp", 4000).loose("belasting.btw", -600).loose("belasting.inkomsten", -400)
    income = assessed(life).income

    assert income.monthly == Range(euros(3000), euros(3000), euros(3000))
    assert income.for_protection == income.monthly
    assert "income.turnover" in codes(life)


def test_turnover_without_any_tax_paid_raises_the_question():
    assert "income.turnover_untaxed" in codes(Life().loose("inkomen.platform", 900))


def test_a_loan_a_gambling_payout_and_own_savings_are_no_income():
    life = Life().usual()
    for category in ("krediet.opgenomen", "gokken.uitbetaling", "intern.sparen", "contant.storting"):
        life.book(category, 1000, date(2026, 4, 2))

    assert assessed(life).income.monthly == Range(euros(2200), euros(2200), euros(2200))


def test_a_seizure_of_wages_is_noticed():
    life = Life().usual()
    life.rows[12]["remittance"] = "Salaris juni na inhouding Loonbeslag"

    assert "income.wage_seizure" in codes(life)


def test_a_part_of_the_wage_that_goes_to_a_lender_is_noticed_and_asked_about():
    life = Life().usual()
    life.rows[12]["remittance"] = "Salaris juni minus looncessie"
    found = assessed(life)

    assert "income.set_off" in {one.code for one in found.income.reasons}
    assert "income.wage_seizure" not in {one.code for one in found.income.reasons}
    assert "ask.withheld" in {one.code for one in found.room.questions}
    (collectors,) = [one for one in found.credit_check.indicators if one.code == "collectors"]
    assert collectors.level == "watch"
    assert found.income.monthly == assessed(Life().usual()).income.monthly


def test_an_allowance_of_which_a_debt_is_taken_is_noticed_and_an_energy_bill_is_none():
    life = Life().usual().monthly("inkomen.toeslag_huur", 200, day=20, payee="Dienst Toeslagen")
    life.rows[-1]["remittance"] = "Huurtoeslag juni verrekening"
    bill = Life().usual()
    bill.book("storno.terugbetaling", 90, date(2026, 6, 12), remittance="Verrekening energie")

    assert "income.allowance_set_off" in codes(life)
    assert "income.set_off" not in codes(life)
    (collectors,) = [one for one in assessed(life).credit_check.indicators if one.code == "collectors"]
    assert collectors.level == "watch"
    assert collectors.says.says.startswith("Perhaps a debt is taken from an allowance")
    assert {"income.allowance_set_off", "income.set_off"}.isdisjoint(codes(bill))


def test_a_pension_that_is_seized_is_noticed_as_a_wage_is():
    life = Life().usual().monthly("inkomen.pensioen", 900, day=20, payee="Pensioenfonds")
    life.rows[-1]["remittance"] = "Pensioen juni, beslag"

    assert "income.wage_seizure" in codes(life)


def test_a_seizure_of_wages_that_later_wages_say_nothing_of_is_over():
    life = Life().usual()
    life.rows[2]["remittance"] = "Salaris augustus na inhouding Loonbeslag"

    assert "income.wage_seizure" not in codes(life)
    assert assessed(life).room.monthly == assessed(Life().usual()).room.monthly


def test_two_weeks_of_groceries_tell_no_income():
    life = Life()
    for day in range(14):
        life.book("huishouden.boodschappen", -20, ON - timedelta(days=day))
    income = assessed(life).income

    assert isinstance(income.monthly, Unknown)
    assert income.monthly.code == "income.too_short"
    assert income.monthly.ask


def test_a_year_without_any_income_asks_for_the_account_where_it_arrives():
    income = assessed(Life().loose("huishouden.boodschappen", -300)).income

    assert isinstance(income.monthly, Unknown)
    assert income.monthly.code == "income.none_seen"
