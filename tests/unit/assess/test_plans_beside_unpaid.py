"""A plan is tested as if what is owed and not paid were paid again: money that piles up is no room."""

from datetime import date

import pytest
from assess_builders import SINGLE, Life, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.results import Assessment, PlanOption


def life(**rent: int) -> Life:
    """Wages of 2,300 on the 24th, rent of 900 on the 1st and groceries of 900; up to 30 June 2026."""
    made = Life().monthly("inkomen.loon", 2300, day=24, payee="Bakker BV")
    made.monthly("wonen.huur", -900, day=1, payee="Woonstad", **rent)
    return made.loose("huishouden.boodschappen", -900)


def answered(made: Life) -> Assessment:
    case = Case(SINGLE, (balance(1200),), total_debt=euros(3000), proposal=euros(300))
    return assessed(made, case)


def proposed(made: Life) -> PlanOption:
    return answered(made).room.proposal.option


@pytest.mark.parametrize("ended", [2, 4])
def test_a_plan_bears_what_it_bears_where_the_rent_is_paid(ended):
    paid, stopped = proposed(life()), proposed(life(ended=ended))

    assert stopped.chance_holds == paid.chance_holds
    assert stopped.lowest_balance == paid.lowest_balance
    assert stopped.first_on == paid.first_on


def test_without_any_rent_it_would_bear_far_more():
    no_rent = Life().monthly("inkomen.loon", 2300, day=24).loose("huishouden.boodschappen", -900)

    assert proposed(no_rent).lowest_balance > proposed(life(ended=2)).lowest_balance + euros(800)


def test_rent_that_is_paid_by_hand_since_its_order_stopped_is_not_foreseen_twice():
    def with_payments_by_hand(made: Life) -> Life:
        for month in (2, 3, 4, 5, 6):
            made.book("wonen.huur", -900, date(2026, month, 1), payee="Woonstad")
        return made

    in_its_place = proposed(with_payments_by_hand(life(ended=5)))
    beside_it = proposed(with_payments_by_hand(life()))

    assert in_its_place.chance_holds > beside_it.chance_holds
    assert in_its_place.lowest_balance > beside_it.lowest_balance + euros(1500)


def test_what_the_seizure_check_foresees_stays_the_usual_course_without_the_rent():
    found = answered(life(ended=4))
    by_day = {day.on: day.p50 for day in found.seizure.forecast}

    # on the first no rent leaves the account, and a plan must bear that it does
    assert by_day[date(2026, 7, 1)] >= euros(1200)
    assert found.room.proposal.option.lowest_balance <= euros(300)


def test_a_bill_of_a_quarter_that_is_not_paid_weighs_with_its_part_of_a_month():
    def with_water(*, paid: bool) -> Life:
        made = life()
        days = [date(2025, 3, 9), date(2025, 6, 9), date(2025, 9, 9), date(2025, 12, 9), date(2026, 3, 9)]
        days += [date(2026, 6, 9)] if paid else []
        return made.series("wonen.water", -300, days if paid else days[:4], "quarterly", 91, "Vitens")

    assert answered(with_water(paid=False)).expenses.fixed == answered(with_water(paid=True)).expenses.fixed
    nothing, owed = proposed(life()).lowest_balance, proposed(with_water(paid=False)).lowest_balance
    assert owed < nothing
