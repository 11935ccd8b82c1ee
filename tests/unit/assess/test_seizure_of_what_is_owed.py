"""A balance that is only there because the rent is not paid is somebody else's: no plain yield."""

from dataclasses import replace
from datetime import date

import pytest
from assess_builders import SINGLE, Life, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.results import Seizure
from psd2_affordability.core.answer import Interval


def life(ended: int = 0) -> Life:
    """Wages of 1,500, rent of 700 and the rest for groceries; protected is 2,000, a seizure costs 486."""
    made = Life().monthly("inkomen.loon", 1500, day=24).monthly("wonen.huur", -700, day=25, ended=ended)
    return made.loose("huishouden.boodschappen", -800, day=25)


def seizure(made: Life, amount: int, **case: object) -> Seizure:
    told = {"household": SINGLE} | case
    return assessed(made, Case(balances=(balance(amount),), **told)).seizure


def codes(found: Seizure) -> set[str]:
    return {one.code for one in (*found.reasons, *found.questions)}


def test_rent_that_piled_up_is_no_plain_yield_and_is_asked_about_first():
    # three payments of 700 did not come, and one or two fall due in the coming weeks
    found = seizure(life(ended=4), 3600)

    assert found.verdict == "unknown"
    assert found.questions[0].code == "ask.owed_elsewhere"
    assert found.reasons[0].code == "seizure.owed_elsewhere"


def test_the_figures_of_the_law_stay_as_they_are():
    paid, stopped = seizure(life(), 3600), seizure(life(ended=4), 3600)

    assert stopped.protected == paid.protected
    assert stopped.yields_above == paid.yields_above == euros(2486)
    assert isinstance(stopped.net, Interval)
    assert stopped.net.low.cents > 0


def test_the_same_balance_yields_where_the_rent_is_paid():
    found = seizure(life(), 3600)

    assert found.verdict == "yields"
    assert not codes(found) & {"seizure.owed_elsewhere", "seizure.part_owed_elsewhere", "ask.owed_elsewhere"}


def test_far_more_than_the_rent_yields_and_that_part_is_left_alone():
    found = seizure(life(ended=4), 12000)

    assert found.verdict == "yields"
    assert found.reasons[0].code == "seizure.part_owed_elsewhere"
    assert "ask.owed_elsewhere" not in codes(found)


def test_a_claim_that_leaves_the_rent_on_the_account_yields():
    assert seizure(life(ended=4), 9000, total_debt=euros(900)).verdict == "yields"


def test_nobody_is_told_how_much_more_would_turn_it_nor_to_hope_for_a_better_day():
    found = seizure(life(ended=4), 3600)

    assert found.turns == ()
    assert not codes(found) & {"seizure.turns_above", "seizure.turns_below", "seizure.sensitive_to_the_day"}


@pytest.mark.parametrize("amount", [300, 2300])
def test_no_amount_that_turns_it_tells_a_collector_how_much_is_owed(amount: int):
    owing, paid = seizure(life(ended=2), amount), seizure(life(), amount)

    assert owing.verdict in {"no_yield", "costs_exceed"}
    assert "seizure.turns_above" in codes(paid)
    assert "seizure.turns_above" not in codes(owing)
    assert "leaves what may be owed" in owing.turns[0].says.says
    assert "owed" not in paid.turns[0].says.says


def test_who_has_no_room_for_a_plan_is_left_alone():
    assert seizure(life(ended=4), 3600).cheaper_route == "wait"


def test_a_plan_is_the_cheaper_route_where_one_fits():
    made = Life().monthly("inkomen.loon", 2600, day=24).monthly("wonen.huur", -700, day=25, ended=4)
    made.loose("huishouden.boodschappen", -1500, day=25)
    found = seizure(made, 3000, total_debt=euros(1200))

    assert found.verdict == "unknown"
    assert found.cheaper_route == "payment_plan"
    assert "seizure.plan_pays" in codes(found)


def test_an_empty_account_is_told_to_be_empty_and_nothing_else():
    found = seizure(life(ended=2), 300)

    assert found.verdict == "no_yield"
    assert "seizure.owed_elsewhere" not in codes(found)


def test_a_loan_that_is_not_paid_keeps_nobody_from_a_seizure():
    made = life().monthly("schuld.lening", -900, day=10, ended=3, payee="Krediet NV")

    assert seizure(made, 3600).verdict == "yields"


def test_rent_that_was_paid_later_in_one_go_is_not_owed():
    made = life(ended=4)
    made.book("wonen.huur", -2800, date(2026, 6, 27), payee="huur")

    assert "seizure.owed_elsewhere" not in codes(seizure(made, 3600))


def test_a_rent_that_the_household_tells_to_have_ended_is_not_owed():
    free = replace(SINGLE, free_of=("wonen.huur",))

    assert seizure(life(ended=4), 3600, household=free).verdict == "yields"
