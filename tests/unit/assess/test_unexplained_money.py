"""Money not understood: a large amount once stands apart, and what comes all the time is asked about."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from assess_builders import ON, SINGLE, Life, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.results import Assessment
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import ZERO

WITH_BALANCE = Case(household=SINGLE, balances=(balance(3000),), total_debt=euros(1500))


def usual_with(category: str, amount: int, day: date, **more: object) -> Life:
    life = Life().usual()
    life.book(category, amount, day, **more)
    return life


def told(found: Assessment, code: str) -> list[str]:
    return [one.says for one in found.income.reasons if one.code == code]


def weekly_cash() -> Life:
    life = Life().monthly("wonen.huur", -600, day=1).loose("huishouden.boodschappen", -300)
    for week in range(40):
        life.book("contant.storting", 600, ON - timedelta(days=3 + 7 * week), payee="")
    return life


def test_an_inheritance_is_asked_about_by_its_day_and_is_no_amount_of_each_month():
    found = assessed(usual_with("onbekend", 46_000, date(2026, 3, 14), payee="Notariskantoor"), WITH_BALANCE)

    (sentence,) = told(found, "income.large_once")
    assert sentence.startswith("€46,000.00 came in once, on 14 March 2026; it is not counted as income.")
    assert "may want to pay debts from it" in sentence
    assert told(found, "income.unexplained") == []


def test_an_inheritance_leaves_the_rest_of_the_answer_as_it_is():
    plain = assessed(Life().usual(), WITH_BALANCE)
    found = assessed(usual_with("onbekend", 46_000, date(2026, 3, 14), payee="Notariskantoor"), WITH_BALANCE)

    assert found.data_quality.unknown_share == Decimal("0.0000")
    assert found.income.monthly == plain.income.monthly
    assert found.room.monthly == plain.room.monthly
    assert found.room.advice == "plan"
    assert [(one.amount, one.chance_holds) for one in found.room.options] == [
        (one.amount, one.chance_holds) for one in plain.room.options
    ]


def test_an_inheritance_that_was_put_on_a_savings_account_does_not_make_a_plan_fail():
    plain = assessed(Life().usual(), WITH_BALANCE)
    life = usual_with("onbekend", 46_000, date(2026, 3, 14), payee="Notariskantoor")
    life.book("intern.sparen", -40_000, date(2026, 3, 17), payee="")
    found = assessed(life, WITH_BALANCE)

    assert [one.chance_holds for one in found.room.options] == [
        one.chance_holds for one in plain.room.options
    ]


def test_a_car_sold_to_a_private_person_is_no_monthly_gift():
    found = assessed(usual_with("inkomen.particulier", 6_500, date(2026, 2, 10)))

    assert len(told(found, "income.large_once")) == 1
    assert told(found, "income.private") == []


def test_smaller_unexplained_money_is_told_by_the_month_beside_a_large_amount():
    life = Life().usual().loose("onbekend", 120, day=12)
    life.book("onbekend", 9_000, date(2026, 2, 10), payee="Veilinghuis")
    (sentence,) = told(assessed(life), "income.unexplained")

    assert sentence.startswith("€120.00 a month")


def test_three_large_amounts_in_a_year_are_not_once():
    life = Life().usual()
    for month in (1, 3, 5):
        life.book("onbekend", 3_000, date(2026, month, 10), payee=f"Handel {month}")
    found = assessed(life)

    assert told(found, "income.large_once") == []
    assert len(told(found, "income.unexplained")) == 1
    assert found.data_quality.unknown_share > 0


def test_two_large_amounts_of_one_payer_may_be_a_new_wage_and_are_not_once():
    life = Life().usual()
    for month in (5, 6):
        life.book("onbekend", 2_600, date(2026, month, 10), payee="Nieuwe Werkgever")

    assert told(assessed(life), "income.large_once") == []


def test_cash_paid_in_each_week_is_not_said_to_be_no_income():
    found = assessed(weekly_cash())

    assert isinstance(found.income.monthly, Unknown)
    assert found.income.monthly.code == "income.not_understood"
    (sentence,) = told(found, "income.not_understood")
    assert sentence.startswith("In the last three months €7,800.00 came in by 13 payments")
    assert "cash" in sentence
    assert found.room.advice == "ask_first"


@pytest.mark.parametrize("category", ["onbekend", "inkomen.particulier"])
def test_money_without_a_known_ground_and_from_persons_is_not_said_to_be_no_income(category: str):
    life = Life().loose("huishouden.boodschappen", -300).loose(category, 800, day=12)
    found = assessed(life)

    assert isinstance(found.income.monthly, Unknown)
    assert found.income.monthly.code == "income.not_understood"


def test_a_wage_in_pounds_is_asked_about():
    life = Life().loose("huishouden.boodschappen", -300)
    for back in range(6):
        life.book("inkomen.loon", 1900, date(2026, 6 - back, 25), currency="GBP", payee="Harbour Ltd")
    found = assessed(life)

    assert isinstance(found.income.monthly, Unknown)
    assert found.income.monthly.code == "income.not_understood"
    assert told(found, "income.other_currency") == [
        "6 payments in another currency could not be counted. Ask whether income is among them."
    ]


def test_after_wages_stopped_cash_that_comes_is_not_said_to_be_nothing():
    life = weekly_cash().monthly("inkomen.loon", 2000, day=24, ended=4)
    check = assessed(life).credit_check
    (stability,) = [one for one in check.indicators if one.code == "income_stability"]

    assert isinstance(stability.value, Unknown)
    assert stability.value.code == "income.not_understood"


def test_cash_paid_in_beside_a_wage_is_told_and_not_counted():
    life = Life().usual()
    for week in range(40):
        life.book("contant.storting", 100, ON - timedelta(days=3 + 7 * week), payee="")
    found = assessed(life)

    assert found.income.monthly.mid == euros(2200)
    assert "paid in as cash; it is not counted" in told(found, "income.cash")[0]


def test_a_funeral_is_no_yearly_premium():
    plain = assessed(Life().usual(), WITH_BALANCE)
    life = usual_with("verzekering.overig", -5_400, date(2026, 4, 25), payee="Uitvaart NV")
    found = assessed(life, WITH_BALANCE)

    assert found.expenses.fixed == plain.expenses.fixed
    (asked,) = [one.says for one in found.expenses.reasons if one.code == "expenses.no_premium"]
    assert asked.startswith("€5,400.00 was paid to Uitvaart NV on 25 April 2026")
    assert [one.chance_holds for one in found.room.options] == [
        one.chance_holds for one in plain.room.options
    ]


def test_the_premium_of_a_dear_car_is_still_a_cost_of_the_year():
    life = usual_with("verzekering.overig", -1_800, date(2026, 4, 25), payee="Autoverzekeraar NV")
    found = assessed(life)

    assert {one.category: one.monthly for one in found.expenses.by_kind}["verzekering.overig"] == euros(150)


def test_what_is_short_after_costs_is_said_as_short_and_not_as_left():
    life = Life().monthly("inkomen.loon", 600, day=24).monthly("wonen.huur", -900, day=1)
    reasons = [one for one in assessed(life).room.reasons if one.code == "room.left_after_costs"]

    assert [one.says for one in reasons] == [
        "€300.00 too little comes in for the costs of a usual month, €300.00 for those of a lean one."
    ]
    assert "tekort" in reasons[0].says_nl
    assert "-€" not in reasons[0].says + reasons[0].says_nl


def test_a_lean_month_that_is_short_is_said_beside_a_usual_one_that_is_not():
    life = Life().monthly("inkomen.loon", 1000, day=24).monthly("wonen.huur", -900, day=1)
    life.loose("huishouden.horeca", -180, day=20)
    (said,) = [one for one in assessed(life).room.reasons if one.code == "room.left_after_costs"]

    assert said.says.startswith(
        "After costs €10.00 is left in a usual month; in a lean one €80.00 too little"
    )


def test_no_plan_is_sized_on_cash_alone():
    room = assessed(weekly_cash()).room

    assert room.options == ()
    assert isinstance(room.monthly, Unknown)
    assert assessed(weekly_cash()).income.one_off == ZERO


def test_a_large_amount_before_the_days_that_count_takes_nothing_off_them():
    lived = Life()
    for day, amount in ((date(2026, 6, 29), 600), (date(2026, 6, 10), 600), (date(2026, 5, 29), 5_000)):
        lived.book("onbekend", amount, day, payee=f"payee {amount} {day}")

    (sentence,) = told(assessed(lived), "income.unexplained")
    assert "€1,200.00" in sentence
