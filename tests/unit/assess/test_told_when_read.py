"""What is put into words or listed only when it is read says the same, however it travels before that."""

import copy
from datetime import date

from assess_builders import ON, Life, TenLineLaw, assessed, euros

from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.assess.remembered import Remembered
from psd2_affordability.core.answer import Interval, LegalAnswer, Step, Unknown
from psd2_affordability.jurisdictions.found import step


def a_step() -> Step:
    return step("13 Wht", "a rent of {rent}", "een huur van {rent}", euros(655), rent=euros(655))


def test_costs_by_category_are_the_same_after_a_journey_that_nobody_read_them_on():
    costs = assessed(Life().usual()).expenses

    arrived = copy.deepcopy(costs)

    assert arrived == assessed(Life().usual()).expenses
    assert [one.category for one in arrived.by_kind] == sorted(one.category for one in arrived.by_kind)


def test_a_step_of_the_law_says_its_amounts_in_both_languages_when_it_is_read():
    assert a_step().says == "a rent of €655.00"
    assert a_step().says_nl == "een huur van € 655,00"


def test_a_step_that_was_read_is_equal_to_one_that_was_not():
    read = a_step()
    assert read.says_nl

    assert read == a_step() == copy.deepcopy(a_step())
    assert hash(read) == hash(a_step())


class CountingLaw(TenLineLaw):
    """Counts how often the protected income is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def protected_income(
        self, household: Household, net_income_month: Interval | Unknown, on: date
    ) -> LegalAnswer:
        self.asked += 1
        return super().protected_income(household, net_income_month, on)


def test_households_that_are_told_alike_are_asked_about_once_and_others_each_for_themselves():
    law = CountingLaw()
    remembered, income = Remembered(law), Interval.exactly(euros(2000))

    one, alike = Household(HouseholdType.SINGLE), Household(HouseholdType.SINGLE)
    couple = Household(HouseholdType.COUPLE)
    answers = [remembered.protected_income(who, income, ON) for who in (one, couple, alike, couple, one)]

    assert law.asked == 2
    assert answers[0] is answers[2] is answers[4]
    assert answers[1] is answers[3]
