"""What can be repaid, the plans that fit, and the advice."""

from datetime import date, timedelta

import pytest
from assess_builders import ON, SINGLE, Life, TenLineLaw, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.assess.results import Room
from psd2_affordability.core.answer import Interval, LegalAnswer, Range, Unknown

POOR = Household(type=HouseholdType.SINGLE)


def case(debt: int | None = None, **more: object) -> Case:
    return Case(household=SINGLE, total_debt=None if debt is None else euros(debt), **more)


def test_the_room_is_what_costs_leave_when_that_is_less_than_the_law_leaves():
    room = assessed(Life().usual(2200), case()).room

    assert room.monthly == Range(euros(730), euros(780), euros(800))
    assert room.reasons[0].code == "room.left_after_costs"


def test_the_room_is_what_the_law_leaves_when_costs_leave_more():
    room = assessed(Life().usual(1800).monthly("inkomen.toeslag_huur", 400, day=20), case()).room

    assert room.monthly == Range(euros(400), euros(400), euros(400))
    assert room.reasons[0].code == "room.above_legal_floor"


def test_allowances_count_once_they_pay_the_rent_but_cannot_be_seized():
    with_allowance = Life().usual(1500).monthly("inkomen.toeslag_huur", 300, day=20)

    assert assessed(with_allowance, case()).room.monthly == Range(euros(100), euros(100), euros(100))


def test_an_uncertain_floor_is_never_broken_in_a_usual_month():
    law = TenLineLaw(floor=Interval(euros(1400), euros(1600)))
    room = assessed(Life().usual(2000).monthly("inkomen.toeslag_huur", 500, day=20), case(), law).room

    assert room.monthly == Range(euros(400), euros(400), euros(600))
    assert "room.floor_is_an_interval" in {reason.code for reason in room.reasons}


def test_three_plans_leave_part_of_the_room_for_setbacks():
    room = assessed(Life().usual(2200), case(debt=3000)).room

    assert [option.amount for option in room.options] == [euros(390), euros(505), euros(620)]
    assert [option.months for option in room.options] == [8, 6, 5]


def test_a_plan_is_paid_the_day_after_payday_when_that_holds_as_often_as_later():
    (first, *_) = assessed(Life().usual(2200), case(debt=3000)).room.options

    assert (first.first_on, first.day_of_month) == (date(2026, 7, 25), 25)


def test_a_payday_at_the_end_of_the_month_makes_a_plan_start_on_the_first():
    life = Life(on=date(2026, 6, 29)).monthly("inkomen.loon", 2200, day=28).monthly("wonen.huur", -500, day=1)
    (first, *_) = assessed(life, case(debt=900)).room.options

    assert (first.first_on, first.day_of_month) == (date(2026, 8, 1), 1)


def test_no_room_means_no_plan():
    room = assessed(Life().usual(1300), case(debt=500)).room

    assert room.advice == "no_room"
    assert room.options == ()


def test_a_debt_of_more_than_three_years_is_for_debt_help():
    room = assessed(Life().usual(1550), case(debt=30_000)).room

    assert room.advice == "refer_to_debt_help"
    assert room.reasons[0].code == "room.takes_too_long"


def test_many_creditors_at_once_are_for_debt_help():
    life = Life().usual(2600)
    for name in ("Incasso A", "Incasso B", "Incasso C", "Deurwaarder D"):
        life.book("schuld.incassobureau", -25, date(2026, 5, 7), payee=name)
    room = assessed(life, case(debt=900)).room

    assert room.advice == "refer_to_debt_help"
    assert len(room.reasons[0].transactions) == 4


def test_while_wages_are_seized_nothing_lies_above_the_floor():
    life = Life().usual(2200)
    life.rows[12]["remittance"] = "loon na loonbeslag"
    room = assessed(life, case(debt=900)).room

    assert room.monthly == Range(euros(0), euros(0), euros(0))
    assert "income.wage_seizure" in {reason.code for reason in room.reasons}


def test_what_a_seizure_leaves_of_the_wage_does_not_lower_the_protected_income():
    """Never more than 95% of the income: of the whole income, not of what the bailiff leaves."""
    life = Life().usual(1400)
    seized = Life().usual(1400)
    for row in seized.rows:
        if row["category"] == "inkomen.loon":
            row["remittance"] = "loon na loonbeslag"

    assert assessed(life, case()).room.floor.value == Interval.exactly(euros(1330))
    assert assessed(seized, case()).room.floor.value == Interval.exactly(euros(1400))


def test_other_debts_are_paid_first():
    life = Life().usual(2200).monthly("schuld.lening", -200, day=6)

    assert assessed(life, case()).room.monthly.mid == euros(580)


def test_an_unknown_floor_asks_first():
    law = TenLineLaw(floor=Unknown("household.type_unknown", "Nobody knows.", "Who lives there?"))
    room = assessed(Life().usual(), Case(), law).room

    assert isinstance(room.monthly, Unknown)
    assert room.advice == "ask_first"
    assert "ask.household_type" in {question.code for question in room.questions}


@pytest.mark.parametrize("days_old", [60, 200])
def test_stale_data_ask_first(days_old: int):
    life = Life().usual(2200)
    life.on = date.fromordinal(ON.toordinal() + days_old)

    assert assessed(life, case()).room.advice == "ask_first"


def test_mostly_unknown_money_asks_first():
    life = Life().usual(2200).loose("onbekend", -3000)

    assert assessed(life, case()).room.advice == "ask_first"


def test_a_low_income_without_allowances_raises_the_question():
    asked = {question.code for question in assessed(Life().usual(1700), case()).room.questions}

    assert {"ask.care_allowance", "ask.rent_allowance"} <= asked


def test_a_good_income_raises_no_question_about_allowances():
    asked = {question.code for question in assessed(Life().usual(3000), case()).room.questions}

    assert not {"ask.care_allowance", "ask.rent_allowance"} & asked


def test_every_reason_reads_in_english_and_in_dutch():
    told = assessed(Life().usual(2200), case(debt=3000, balances=(balance(900),)))

    for reason in (*told.room.reasons, *told.room.questions, *told.seizure.reasons):
        assert reason.says
        assert reason.says_nl
        assert "{" not in reason.says + reason.says_nl


class UntoldHousehold(TenLineLaw):
    """Protects from 1,400 to 2,300, as the household that is not told turns out to be."""

    def protected_income(
        self, household: Household, net_income_month: Interval | Unknown, on: date
    ) -> LegalAnswer:
        return self._answer("protected-income", on, Interval(euros(1_400), euros(2_300)))


def untold(wage: int = 2_200, household: Household | None = None) -> Room:
    known = Case(Household() if household is None else household, total_debt=euros(1_250))
    return assessed(Life().usual(wage), known, UntoldHousehold()).room


def test_an_unknown_household_that_alone_takes_away_the_room_is_asked_about_first():
    room = untold()

    assert (room.advice, room.options) == ("ask_first", ())
    assert room.monthly == Range(euros(0), euros(0), euros(800))
    assert room.reasons[0].says == (
        "Whether there is room hangs on what is not known yet of the household: a usual month leaves from "
        "€0.00 to €780.00. This question comes first. Who lives in the household: a partner, children?"
    )
    assert room.questions[0].code == "ask.household_type"


def test_no_euros_are_said_to_turn_an_answer_that_a_question_decides():
    assert untold().turns == ()


def test_an_unknown_taxable_income_that_alone_takes_away_the_room_is_asked_about_first():
    room = untold(household=SINGLE)

    assert room.advice == "ask_first"
    assert room.questions[0].code == "ask.taxable_income"
    assert room.reasons[0].says.endswith(room.questions[0].says)


def test_when_all_that_was_asked_is_told_an_uncertain_floor_leaves_no_room():
    household = Household(type=HouseholdType.SINGLE, persons=(Person(taxable_income_year=euros(31_000)),))

    assert untold(household=household).advice == "no_room"


def test_where_costs_leave_nothing_no_question_about_the_household_makes_room():
    assert untold(wage=1_420).advice == "no_room"


def test_a_single_day_and_a_single_month_are_not_said_as_several():
    life = Life().monthly("inkomen.loon", 2_200, day=24, months=1)
    life.book("onbekend", -9_000, ON - timedelta(days=1))
    (says,) = [one for one in assessed(life, case()).room.reasons if one.code == "room.data_too_thin"]

    assert "too thin to offer a plan on: 1 whole month, " in says.says
    assert says.says.endswith("The newest data are 1 day old.")
    assert says.says_nl.endswith("De nieuwste gegevens zijn 1 dag oud.")


def said_of_costs(life: Life) -> str:
    (says,) = [one for one in assessed(life, case()).room.reasons if one.code == "room.left_after_costs"]
    return says.says


def test_what_is_left_is_said_with_the_costs_that_a_usual_month_leaves_out():
    # 2,200 less 1,320 that cannot wait, and half of the 100 that can: what costs leave can be reckoned
    said = said_of_costs(Life().usual(2200))

    assert "€780.00 is left in a usual month, €730.00 in a lean one." in said
    assert "counts the costs that cannot wait and half of the rest, a lean month all." in said


def test_after_an_income_stopped_what_is_left_is_said_without_anything_that_can_wait():
    life = Life().usual(2200).monthly("inkomen.loon", 1_900, day=20, ended=4, payee="Oude Baas BV")

    assert "As an income stopped, a usual month counts only the costs that cannot wait" in said_of_costs(life)


def test_where_every_cost_is_needed_nothing_is_said_to_be_left_out():
    life = Life().monthly("inkomen.loon", 2_000, day=24).monthly("wonen.huur", -900, day=1)

    assert said_of_costs(life).endswith("in a lean one.")


def test_a_partner_without_an_income_is_told_and_not_asked_about_again():
    both = (Person(taxable_income_year=euros(21_000)), Person(taxable_income_year=euros(0)))
    couple = Household(type=HouseholdType.COUPLE, persons=both)
    unknown = Household(type=HouseholdType.COUPLE, persons=both[:1])

    told, asked = (
        {one.code for one in assessed(Life().usual(1_400), Case(household=known)).room.questions}
        for known in (couple, unknown)
    )
    assert "ask.partner_income" in asked
    assert "ask.partner_income" not in told
