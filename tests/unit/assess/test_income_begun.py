"""Income that begins, or begins again after a time without: it counts, and what it replaced does not."""

from datetime import date

from assess_builders import SINGLE, Life, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.results import Room
from psd2_affordability.core.answer import Range
from psd2_affordability.core.reasons import Reason


def costs() -> Life:
    return Life().monthly("wonen.huur", -600, day=1).loose("huishouden.boodschappen", -300, day=15)


def worked_until(months_ago: int, wage: int = 1800) -> Life:
    return costs().monthly("inkomen.loon", wage, day=24, ended=months_ago, payee="Bakker BV")


def month(life: Life) -> Range:
    found = assessed(life).income.monthly
    assert isinstance(found, Range), found
    return found


def told(life: Life, code: str) -> Reason:
    (one,) = [reason for reason in assessed(life).income.reasons if reason.code == code]
    return one


def flat(amount: str | int) -> Range:
    return Range(euros(amount), euros(amount), euros(amount))


def test_one_wage_of_a_new_employer_counts_after_months_without_work():
    life = worked_until(4)
    life.book("inkomen.loon", 2150, date(2026, 6, 18), payee="Magazijn BV")

    assert month(life) == flat(2150)


def test_two_wages_of_a_new_employer_count_while_the_old_one_is_still_only_late():
    life = worked_until(2)
    for day in (date(2026, 5, 19), date(2026, 6, 18)):
        life.book("inkomen.loon", 2150, day, payee="Magazijn BV")

    assert month(life) == flat(2150)
    assert "not counted" in told(life, "income.ended").says


def test_a_benefit_that_comes_again_counts_as_it_did_the_first_time():
    life = worked_until(3, 2100)
    life.book("inkomen.uitkering_ww", 640, date(2025, 9, 16), payee="UWV")
    for day in (date(2026, 5, 18), date(2026, 6, 16)):
        life.book("inkomen.uitkering_ww", 1450, day, payee="UWV")

    assert month(life) == flat(1450)
    assert told(life, "income.new").says.startswith("€1,450.00 from UWV came again on 18 May 2026")


def test_one_payment_of_a_benefit_that_comes_again_counts_in_the_place_of_wages_that_stopped():
    life = worked_until(2)
    life.book("inkomen.uitkering_ww", 900, date(2026, 2, 16), payee="UWV")
    life.book("inkomen.uitkering_ww", 1250, date(2026, 6, 16), payee="UWV")

    assert month(life).mid == euros(1250)


def test_three_weekly_payments_of_a_new_employer_are_the_income_of_three_weeks():
    life = worked_until(2)
    for day in (date(2026, 6, 11), date(2026, 6, 18), date(2026, 6, 25)):
        life.book("inkomen.loon", 480, day, payee="Uitzendbureau")

    assert month(life) == flat(2080)


def test_sickness_benefit_after_unemployment_benefit_counts_from_its_first_payment():
    life = costs().monthly("inkomen.uitkering_ww", 1400, day=16, ended=2, payee="UWV")
    life.book("inkomen.uitkering_ziektewet", 1350, date(2026, 6, 16), payee="UWV")

    assert month(life).mid == euros(1350)


def test_a_wage_after_unemployment_benefit_counts_from_its_first_payment():
    life = costs().monthly("inkomen.uitkering_ww", 1400, day=16, ended=2, payee="UWV")
    life.book("inkomen.loon", 2000, date(2026, 6, 24), payee="Magazijn BV")

    assert month(life).mid == euros(2000)


def test_money_that_comes_now_and_then_does_not_become_an_income_of_each_month():
    life = worked_until(0)
    for day in (date(2025, 8, 14), date(2026, 1, 20), date(2026, 6, 18)):
        life.book("inkomen.uitkering_overig", 700, day, payee="Gemeente")

    assert month(life).mid == euros(1800)


def test_overtime_paid_apart_by_the_same_employer_is_no_new_income():
    life = worked_until(0)
    life.book("inkomen.loon", 700, date(2026, 6, 12), payee="Bakker BV")

    assert month(life).mid == euros(1800)


def test_a_first_wage_while_the_old_one_is_still_expected_counts_beside_it_only_in_a_good_month():
    life = worked_until(1).monthly("zorg.premie", -150, day=3)
    life.on = date(2026, 6, 20)
    life.book("inkomen.loon", 2150, date(2026, 6, 18), payee="Magazijn BV")

    assert month(life) == Range(euros(1800), euros(1800), euros(3950))
    assert "Ask which goes on" in told(life, "income.new_beside").says


def test_the_lower_of_two_wages_counts_when_the_new_one_may_have_come_in_the_place_of_the_old():
    life = worked_until(1)
    life.on = date(2026, 6, 20)
    life.book("inkomen.loon", 1400, date(2026, 6, 18), payee="Magazijn BV")

    assert month(life) == Range(euros(1400), euros(1400), euros(3200))


def test_a_full_job_that_begins_beside_a_small_one_counts_for_what_it_is():
    life = worked_until(1, 300)
    life.on = date(2026, 6, 20)
    life.book("inkomen.loon", 2150, date(2026, 6, 18), payee="Magazijn BV")

    assert month(life) == Range(euros(2150), euros(2150), euros(2450))


def test_a_second_job_counts_once_the_first_employer_has_gone_on_paying():
    life = worked_until(0)
    for day in (date(2026, 5, 8), date(2026, 6, 9)):
        life.book("inkomen.loon", 400, day, payee="Magazijn BV")

    assert month(life).mid == euros(2200)


def test_uneven_wages_that_stopped_do_not_count_beside_the_benefit_that_came_after_them():
    life = costs()
    for back, day in enumerate([date(2026, 4, 20), date(2026, 4, 1), date(2026, 3, 10), date(2026, 2, 17)]):
        life.book("inkomen.loon", 900 + 100 * back, day, payee=f"Uitzendbureau {back}")
    for number in range(6):
        life.book("inkomen.loon", 1100, date(2025, 8 + number % 5, 4 + 3 * number), payee="Uitzendbureau 9")
    life.book("inkomen.uitkering_ww", 1200, date(2026, 6, 16), payee="UWV")

    assert month(life).mid == euros(1200)


def test_a_fall_of_the_income_tells_what_comes_now_and_not_that_nothing_does():
    life = worked_until(3, 2100)
    for day in (date(2026, 5, 18), date(2026, 6, 16)):
        life.book("inkomen.uitkering_ww", 1450, day, payee="UWV")

    assert "the income of a month is €1,450.00" in told(life, "income.fell").says


def test_a_new_job_ends_the_time_without_work_in_which_spending_counts_as_cut():
    without, with_job = (worked_until(4).loose("huishouden.horeca", -100, day=20) for _ in range(2))
    with_job.book("inkomen.loon", 2150, date(2026, 6, 18), payee="Magazijn BV")

    assert any("As an income stopped" in one.says for one in assessed(without).room.reasons)
    assert not any("As an income stopped" in one.says for one in assessed(with_job).room.reasons)


def seen_ahead(life: Life) -> Room:
    return assessed(life, Case(SINGLE, (balance(2000),), total_debt=euros(1200))).room


def test_a_wage_that_began_by_the_week_is_foreseen_each_week_so_that_a_plan_holds():
    life = worked_until(4)
    for day in (date(2026, 6, 11), date(2026, 6, 18), date(2026, 6, 25)):
        life.book("inkomen.loon", 500, day, payee="Uitzendbureau")
    room = seen_ahead(life)

    # 500 a week is 2,166.67 a month: 766.67 above the 1,400 that the law protects
    assert room.monthly == flat("766.67")
    assert room.advice == "plan"
    assert room.options[0].kind == "sure"


def test_child_benefit_that_began_is_foreseen_once_in_three_months():
    life = costs().monthly("inkomen.loon", 2300, day=24, payee="Bakker BV")
    life.book("inkomen.kinderbijslag", 300, date(2026, 6, 20), payee="SVB")
    room = seen_ahead(life)
    first, _, third = (month.p50 for month in room.ahead[:3])

    # a month brings 2,300 and takes 900 and the plan; of the two months between one brings the benefit
    assert third - first == (euros(1400) - room.options[0].amount) * 2 + euros(300)
