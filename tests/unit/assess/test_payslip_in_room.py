"""What is known of the taxable income decides how wide the legal floor is, and so what can be repaid."""

from assess_builders import Life, assessed, euros

from law_material import law
from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.assess.results import Room
from psd2_affordability.core.answer import Interval


def room(person: Person) -> Room:
    household = Household(type=HouseholdType.SINGLE, persons=(person,))
    return assessed(Life().usual(2400), Case(household=household), law()).room


def floor(person: Person) -> Interval:
    value = room(person).floor.value
    assert isinstance(value, Interval)
    return value


def test_a_payslip_raises_the_low_end_of_the_floor_and_leaves_the_high_end():
    unknown, payslip, year = (
        floor(known)
        for known in (
            Person(),
            Person(taxable_income_month=euros(2500)),
            Person(taxable_income_year=euros(30000)),
        )
    )

    assert unknown.low < payslip.low == year.low == year.high < payslip.high == unknown.high


def test_with_a_payslip_the_room_keeps_to_the_careful_end_and_asks_for_the_year():
    usual = {reason.code for reason in room(Person(taxable_income_month=euros(2500))).reasons}
    asked = {reason.code for reason in room(Person(taxable_income_month=euros(2500))).questions}

    assert "room.floor_is_an_interval" in usual
    assert "ask.taxable_income" in asked
