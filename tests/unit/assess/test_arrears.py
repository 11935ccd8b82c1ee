"""What was not seen being paid of costs that are owed is added up and asked about; it lowers no room."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from assess_builders import SINGLE, Life, assessed, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Housing
from psd2_affordability.assess.results import Assessment, NotPaid
from psd2_affordability.core.answer import Interval


def life(**rent: object) -> Life:
    """Wages of 2,300, rent of 700 on the first, health insurance of 150 and groceries; up to 30 June 2026."""
    made = Life().monthly("inkomen.loon", 2300, day=24, payee="Bakker BV")
    made.monthly("wonen.huur", -700, day=1, payee="Woonstad", **rent)
    made.monthly("zorg.premie", -150, day=3, payee="Zorg NV")
    return made.loose("huishouden.boodschappen", -400)


def not_paid(made: Life, **household: object) -> list[NotPaid]:
    return list(assessed(made, Case(household=replace(SINGLE, **household))).expenses.not_paid)


def codes(found: Assessment) -> set[str]:
    return {one.code for one in (*found.expenses.reasons, *found.room.reasons, *found.room.questions)}


def test_who_pays_everything_owes_nothing():
    found = assessed(life())

    assert found.expenses.not_paid == ()
    assert not codes(found) & {"expenses.not_paid", "room.arrears_first", "ask.arrears"}


@pytest.mark.parametrize(("ended", "owed"), [(2, 1400), (3, 2100), (5, 3500)])
def test_rent_that_stopped_is_owed_for_each_month_without_it(ended, owed):
    [rent] = not_paid(life(ended=ended))

    assert rent.amount == Interval.exactly(euros(owed))
    assert (rent.category, rent.payee, rent.payments) == ("wonen.huur", "Woonstad", owed // 700)
    assert rent.stopped


def test_two_months_that_were_left_out_are_owed_though_the_rent_is_paid_again():
    [rent] = not_paid(life(without=(3, 4)))

    assert rent.amount == Interval.exactly(euros(1400))
    assert rent.payments == 2
    assert not rent.stopped
    assert rent.since == date(2026, 2, 1)


def test_it_lowers_no_room_and_no_cost():
    paid, left_out = assessed(life()), assessed(life(without=(3, 4)))

    assert left_out.room.monthly == paid.room.monthly
    assert left_out.expenses.fixed == paid.expenses.fixed


def test_a_counsellor_reads_what_comes_first_in_a_plan_and_what_to_ask():
    found = assessed(life(without=(3, 4)))

    said = {
        one.code: one.says for one in (*found.expenses.reasons, *found.room.reasons, *found.room.questions)
    }
    assert said["expenses.not_paid"].startswith("Rent: 2 payments were not seen since 1 February 2026")
    assert "€1,400.00 in all. Perhaps it was paid in another way." in said["expenses.not_paid"]
    assert said["room.arrears_first"] == (
        "€1,400.00 of necessary costs was not seen being paid: Rent. "
        "What is open of it comes first in a plan."
    )
    assert said["ask.arrears"] == "Rent: how much is still open, and is there an agreement about it?"


def test_the_question_is_asked_once_for_all_of_them():
    made = life(ended=3).monthly("wonen.energie", -120, day=5, ended=3, payee="Stroom NV")
    asked = [one.says for one in assessed(made).room.questions if one.code == "ask.arrears"]

    [first] = [one.says for one in assessed(made).room.reasons if one.code == "room.arrears_first"]
    assert first.startswith(
        "€2,460.00 of necessary costs was not seen being paid: Rent €2,100.00, Energy €360.00."
    )
    assert asked == ["Rent, Energy: how much is still open, and is there an agreement about it?"]


def test_a_month_that_was_paid_for_later_is_not_owed():
    made = life(without=(3, 4))
    made.book("wonen.huur", -1400, date(2026, 5, 20), payee="Woonstad")

    assert not_paid(made) == []


def test_a_part_that_was_paid_later_is_taken_off():
    made = life(without=(3, 4))
    made.book("wonen.huur", -500, date(2026, 5, 20), payee="Woonstad")

    assert [one.amount for one in not_paid(made)] == [Interval.exactly(euros(900))]


def test_a_payment_of_two_months_at_once_makes_up_for_one():
    made = life(without=(3,))
    rent = [row for row in made.rows if row["category"] == "wonen.huur"]
    rent[-1]["amount_ct"] = -1400_00

    assert not_paid(made) == []


@pytest.mark.parametrize(("without", "paid"), [((3,), 1400), ((2, 3), 2100)])
def test_months_that_were_paid_ahead_are_not_owed(without, paid):
    made = life(without=without)
    rent = [row for row in made.rows if row["category"] == "wonen.huur"]
    ahead = next(row for row in rent if row["booked_on"].date() == date(2026, 6 - max(without) - 1, 1))
    ahead["amount_ct"] = -paid * 100

    assert not_paid(made) == []


def test_two_months_at_once_after_a_gap_are_for_that_gap_and_not_for_one_that_follows():
    made = life(without=(9, 11, 5))
    rent = [row for row in made.rows if row["category"] == "wonen.huur"]
    caught_up = next(row for row in rent if row["booked_on"].date() == date(2025, 10, 1))
    caught_up["amount_ct"] = -1400_00

    [found] = not_paid(made)
    assert (found.payments, found.since) == (1, date(2026, 1, 1))


@pytest.mark.parametrize("day", [22, 24, 28])
def test_rent_that_came_late_is_not_owed_when_the_next_one_came_in_time(day):
    made = life()
    february = next(row for row in made.rows if row["booked_on"].date() == date(2026, 2, 1))
    february["booked_on"] = pd.Timestamp(2026, 2, day)

    assert not_paid(made) == []


def test_rent_that_came_late_beside_one_that_never_came_leaves_one():
    made = life(without=(2,))
    january = next(row for row in made.rows if row["booked_on"].date() == date(2026, 1, 1))
    january["booked_on"] = pd.Timestamp(2026, 1, 26)

    assert [(one.payments, one.amount) for one in not_paid(made)] == [(1, Interval.exactly(euros(700)))]


def test_instalments_agreed_on_with_the_landlord_are_taken_off():
    made = life(without=(3, 4)).monthly("schuld.betalingsregeling", -200, day=12, months=2, payee="Woonstad")

    [found] = not_paid(made)
    assert found.amount == Interval.exactly(euros(800))
    assert len(found.transactions) == 5


def test_instalments_that_ran_before_are_for_something_else():
    made = life(without=(3, 4)).monthly("schuld.betalingsregeling", -50, day=12, months=9, payee="Woonstad")

    assert [one.amount for one in not_paid(made)] == [Interval.exactly(euros(1400))]


def test_a_payment_makes_up_for_one_cost_of_a_payee_only():
    made = life(without=(3, 4)).monthly("wonen.huur", -60, day=7, without=(3, 4), payee="Woonstad")
    made.book("wonen.huur", -60, date(2026, 5, 20), payee="Woonstad")

    assert sum(one.amount.high.cents for one in not_paid(made)) == (1400 + 120 - 60) * 100


def test_a_yearly_bill_that_is_larger_than_all_that_is_missing_makes_up_for_nothing():
    made = life().monthly("wonen.energie", -120, day=5, without=(3,), payee="Stroom NV")
    made.book("wonen.energie", -410, date(2026, 5, 20), payee="Stroom NV")

    assert [one.amount for one in not_paid(made)] == [Interval.exactly(euros(120))]


def test_amounts_that_differ_make_an_interval():
    made = life().monthly("wonen.energie", -120, day=5, ended=3, payee="Stroom NV")
    energy = [row for row in made.rows if row["category"] == "wonen.energie"]
    for row, cents in zip(energy[-4:], (-110_00, -120_00, -130_00, -130_00), strict=True):
        row["amount_ct"] = cents
    [found] = not_paid(made)

    assert euros(220) <= found.amount.low < found.amount.high <= euros(390)


def test_a_loan_that_may_have_been_paid_off_is_owed_from_nothing_on_and_comes_first_in_no_plan():
    found = assessed(life().monthly("schuld.lening", -200, day=10, ended=3, payee="Krediet NV"))

    [loan] = found.expenses.not_paid
    assert loan.amount == Interval(euros(0), euros(600))
    assert not codes(found) & {"room.arrears_first", "ask.arrears"}


def test_a_home_that_somebody_moved_from_is_not_owed():
    assert not_paid(life(ended=3).monthly("wonen.huur", -745, day=2, months=2, payee="Woonbron")) == []


@pytest.mark.parametrize("told", [{"free_of": ("wonen.huur",)}, {"housing": Housing(kind="other")}])
@pytest.mark.parametrize("rent", [{"ended": 3}, {"without": (3, 4)}])
def test_what_the_household_tells_to_be_none_is_not_owed(rent, told):
    assert not_paid(life(**rent), **told) == []


def test_a_rent_that_is_only_told_and_never_seen_has_no_arrears_that_anybody_could_know():
    made = Life().monthly("inkomen.loon", 2300, day=24).loose("huishouden.boodschappen", -400)

    assert not_paid(made, housing=Housing(kind="rent", rent_month=euros(640))) == []


def test_where_an_administrator_gives_living_money_what_is_paid_is_theirs_to_tell():
    made = life(ended=3)
    made.every("intern.eigen_rekening", 80, days=7, cadence="weekly", count=20, payee="Bewind Oost")

    assert not_paid(made) == []


def test_a_gap_of_long_ago_is_history():
    assert not_paid(life().monthly("wonen.energie", -120, day=5, without=(9,), payee="Stroom NV")) == []


def test_the_largest_stands_first():
    made = life(ended=3).monthly("wonen.energie", -120, day=5, ended=3, payee="Stroom NV")

    assert [one.category for one in not_paid(made)] == ["wonen.huur", "wonen.energie"]
