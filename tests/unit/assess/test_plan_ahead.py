"""The balance of the coming months with the first plan in it, as it is drawn."""

from assess_builders import ON, SINGLE, Life, assessed, balance, euros

from psd2_affordability.assess.case import Case


def test_the_course_falls_with_the_plan_and_stays_in_order():
    room = assessed(Life().usual(2200), Case(household=SINGLE, balances=(balance(900, ON),))).room

    assert len(room.ahead) == 12
    for month in room.ahead:
        assert month.p10 <= month.p50 <= month.p90


def test_the_course_is_as_long_as_the_plan():
    case = Case(household=SINGLE, balances=(balance(900, ON),), total_debt=euros(1500))
    room = assessed(Life().usual(2200), case).room

    assert len(room.ahead) == min(12, room.options[0].months)


def test_the_lowest_point_of_the_middling_course_is_near_the_lowest_balance_of_the_option():
    room = assessed(Life().usual(2200), Case(household=SINGLE, balances=(balance(900, ON),))).room

    lowest = min(month.p50 for month in room.ahead)
    assert abs(lowest - room.options[0].lowest_balance) <= euros(150)


def test_without_a_balance_no_course_is_drawn():
    assert assessed(Life().usual(2200), Case(household=SINGLE)).room.ahead == ()
