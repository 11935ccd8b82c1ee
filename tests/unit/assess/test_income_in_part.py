"""What the law protects is a share of the whole income: of a part, or a wrong figure, it says little."""

from datetime import date

import pytest
from assess_builders import Life, TenLineLaw, assessed, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.assess.results import Assessment
from psd2_affordability.core.answer import Interval, LegalAnswer, Range, Unknown
from psd2_affordability.core.money import ZERO

# the ten lines of law: 1,400 is protected, at most 95% of the income; the social minimum is 1,400


def told(*taxable: int, kind: HouseholdType = HouseholdType.SINGLE) -> Case:
    return Case(household=Household(kind, tuple(Person(taxable_income_year=euros(one)) for one in taxable)))


def codes(answer: Assessment) -> list[str]:
    return [one.code for one in answer.room.reasons]


def asked(answer: Assessment) -> list[str]:
    return [one.code for one in answer.room.questions]


def poor(wage: int) -> Life:
    return Life().monthly("inkomen.loon", wage, day=24).loose("huishouden.boodschappen", -150)


def test_of_a_part_of_the_income_the_floor_is_an_interval_up_to_what_a_whole_one_keeps():
    answer = assessed(poor(430))

    # 95% of 430 is 408.50; of a whole income the law protects 1,400
    assert answer.room.floor.value == Interval(euros("408.50"), euros(1400))
    assert answer.room.advice == "ask_first"
    assert answer.room.reasons[0].code == "room.whole_income_decides"
    assert "room.part_of_income_seen" in codes(answer)
    assert "room.above_legal_floor" not in codes(answer)
    assert asked(answer)[0] == "ask.whole_income"
    assert isinstance(answer.profile.collectability, Unknown)
    assert "whole income" in answer.profile.collectability.ask


def test_where_no_income_is_seen_no_floor_of_nothing_is_claimed():
    life = Life().monthly("inkomen.toeslag_zorg", 120, day=20).loose("huishouden.boodschappen", -100)
    none = assessed(life)

    assert none.room.floor.value == Interval.exactly(euros(1400))
    assert "room.no_income_seen" in codes(none)
    assert none.room.advice == "no_room"
    assert asked(none)[0] == "ask.whole_income"
    assert all("€0.00 a month" not in one.says for one in none.room.reasons if "protects" in one.says)


@pytest.mark.parametrize("wage", [40, 250, 500])
def test_however_small_the_part_of_the_income_that_is_seen_the_whole_is_asked_first(wage: int):
    answer = assessed(poor(wage), told(30000))

    assert answer.room.advice == "ask_first"
    assert answer.room.reasons[0].code == "room.whole_income_decides"
    assert "room.no_income_seen" not in codes(answer)


def test_a_low_income_that_was_told_is_whole_and_95_percent_of_it_is_protected():
    answer = assessed(poor(430), told(5600))

    assert answer.room.floor.value == Interval.exactly(euros("408.50"))
    assert "room.above_legal_floor" in codes(answer)


def test_who_has_student_finance_beside_a_job_has_a_whole_income():
    student = poor(500).monthly("inkomen.studiefinanciering", 450, day=23)

    assert assessed(student).room.floor.value == Interval.exactly(euros(475))


@pytest.mark.parametrize(("wage", "seen"), [(839, "part"), (841, "whole")])
def test_an_income_of_three_fifths_of_the_social_minimum_can_be_whole(wage: int, seen: str):
    assert ("room.part_of_income_seen" in codes(assessed(poor(wage)))) == (seen == "part")


def test_of_two_partners_each_may_earn_half_but_assistance_is_for_both():
    couple = Case(household=Household(HouseholdType.COUPLE))
    wage = assessed(poor(600), couple)
    assistance = Life().monthly("inkomen.uitkering_bijstand", 600, day=8).loose("huishouden.winkel", -50)

    assert "room.part_of_income_seen" not in codes(wage)
    assert "room.part_of_income_seen" in codes(assessed(assistance, couple))


def test_a_taxable_income_below_a_year_of_wages_is_not_reckoned_with_and_asked_again():
    doubted, right = assessed(Life().usual(2900), told(22500)), assessed(Life().usual(2900), told(47000))

    assert "room.income_higher_than_told" in codes(doubted)
    assert asked(doubted)[0] == "ask.taxable_income_again"
    assert "room.income_higher_than_told" not in codes(right)


def test_money_that_may_be_untaxed_and_turnover_do_not_make_a_told_income_too_low():
    for category in ("inkomen.alimentatie", "inkomen.voorlopige_teruggaaf"):
        life = Life().usual(1900).monthly(category, 400, day=12)

        assert "room.income_higher_than_told" not in codes(assessed(life, told(24000)))


def test_of_a_couple_both_incomes_count_as_told():
    couple = told(20000, 20000, kind=HouseholdType.COUPLE)
    one = told(20000, kind=HouseholdType.COUPLE)

    assert "room.income_higher_than_told" not in codes(assessed(Life().usual(2900), couple))
    assert "room.income_higher_than_told" not in codes(assessed(Life().usual(2900), one))


def test_the_room_of_a_doubted_income_is_never_above_that_of_one_not_told():
    doubted, silent = assessed(Life().usual(2900), told(22500)), assessed(Life().usual(2900))

    assert isinstance(doubted.room.monthly, Range)
    assert doubted.room.monthly == silent.room.monthly
    assert doubted.room.monthly.mid > ZERO


def test_of_a_part_of_the_income_of_an_unknown_household_no_floor_is_known():
    """The Dutch law cannot bound what a whole income of an unknown household keeps."""
    unknown = Unknown("household.type_unknown", "nothing is known", "Who lives in the household?")

    class Silent(TenLineLaw):
        def protected_income(
            self, household: Household, net_income_month: Interval | Unknown, on: date
        ) -> LegalAnswer:
            if isinstance(net_income_month, Unknown):
                return self._answer("protected-income", on, unknown)
            return super().protected_income(household, net_income_month, on)

    room = assessed(poor(430), Case(), Silent()).room

    assert room.floor.value == unknown
    assert isinstance(room.monthly, Unknown)
    assert room.advice == "ask_first"
