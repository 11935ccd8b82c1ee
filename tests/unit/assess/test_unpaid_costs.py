"""What is owed and not paid any more is no room: it counts on, is told and is asked about."""

from dataclasses import replace
from datetime import date

import pytest
from assess_builders import SINGLE, Life, TenLineLaw, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household, Housing
from psd2_affordability.assess.results import Assessment
from psd2_affordability.core.answer import Interval
from psd2_affordability.core.money import ZERO, Money


def life(**rent: int) -> Life:
    """Wages of 2,300, rent of 700, energy, health insurance and groceries."""
    made = Life().monthly("inkomen.loon", 2300, day=24, payee="Bakker BV")
    made.monthly("wonen.huur", -700, day=1, payee="Woonstad", **rent)
    made.monthly("zorg.premie", -150, day=3, payee="Zorg NV")
    return made.loose("huishouden.boodschappen", -400)


def told(household: Household = SINGLE, **housing: Money | str) -> Case:
    return Case(household=replace(household, housing=Housing(**housing)), balances=(balance(900),))


def cost(found: Assessment, kind: str) -> Money:
    return next((one.monthly for one in found.expenses.by_kind if one.category == kind), ZERO)


def codes(found: Assessment) -> set[str]:
    said = (*found.expenses.reasons, *found.room.reasons, *found.room.questions)
    return {one.code for one in said}


def level(found: Assessment, code: str = "missed_obligations") -> str:
    return next(one.level for one in found.credit_check.indicators if one.code == code)


@pytest.mark.parametrize("months", [2, 3, 6, 9])
def test_rent_that_is_not_paid_any_more_leaves_no_more_room_than_rent_that_is_paid(months):
    paid, stopped = assessed(life()), assessed(life(ended=months))

    assert stopped.expenses.fixed == paid.expenses.fixed
    assert stopped.room.monthly == paid.room.monthly


def test_it_is_said_when_the_rent_was_paid_last_and_asked_whether_it_is_due():
    found = assessed(life(ended=2))

    said = {one.code: one.says for one in (*found.expenses.reasons, *found.room.questions)}
    assert "last paid on 1 April 2026" in said["expenses.cost_unpaid"]
    assert "€700.00 a month still counts" in said["expenses.cost_unpaid"]
    assert said["ask.still_due"] == "Rent: is it still due, and who pays it?"


def test_a_home_that_is_not_paid_is_for_a_person_to_weigh():
    found = assessed(life(ended=2))

    assert level(found) == "concern"
    assert found.credit_check.outcome == "refer_to_person"
    assert [one.code for one in found.credit_check.turns if one.code == "missed_obligations"]


def test_the_lending_norm_holds_the_rent_that_is_owed_against_the_income():
    law = TenLineLaw(norm=Interval.exactly(euros(1200)))

    def capacity(one: Life) -> str:
        found = assessed(one, Case(household=SINGLE), law).credit_check.indicators
        return next(str(each.value) for each in found if each.code == "lending_norm")

    # 2,300 less the norm of 1,200 and the rent of 700
    assert capacity(life(ended=3)) == capacity(life()) == "400.00"


def test_what_everybody_paid_is_no_sign():
    assert level(assessed(life())) == "fine"


def test_one_premium_that_stopped_is_watched_and_after_three_months_a_concern():
    def without_premium(months: int) -> Life:
        made = Life().monthly("inkomen.loon", 2300, day=24).monthly("wonen.huur", -700, day=1)
        return made.monthly("zorg.premie", -150, day=3, ended=months).loose("huishouden.boodschappen", -400)

    assert level(assessed(without_premium(2))) == "watch"
    assert level(assessed(without_premium(4))) == "concern"
    assert cost(assessed(without_premium(4)), "zorg.premie") == euros(150)


@pytest.mark.parametrize("kind", ["kinderen.alimentatie", "wonen.water", "wonen.energie", "wonen.hypotheek"])
def test_what_is_owed_counts_on_for_half_a_year(kind):
    def until(months: int) -> Assessment:
        return assessed(life().monthly(kind, -90, day=6, ended=months))

    assert cost(until(5), kind) == euros(90)
    assert "expenses.cost_unpaid" in codes(until(5))


def test_after_half_a_year_without_it_energy_is_no_cost_any_more():
    assert "expenses.cost_unpaid" not in codes(assessed(life().monthly("wonen.energie", -90, day=6, ended=9)))


def test_debits_that_come_back_count_on_and_are_counted_in_words():
    made = life(months=12, ended=3)
    for month in (4, 5, 6):
        debit = made.book("wonen.huur", -700, date(2026, month, 1), payee="Woonstad", pair=f"back-{month}")
        made.book("storno.teruggeboekt", 700, date(2026, month, 3), tx=f"back-{month}", pair=debit)
    found = assessed(made)

    assert cost(found, "wonen.huur") == euros(700)
    said = next(one.says for one in found.expenses.reasons if one.code == "expenses.cost_unpaid")
    assert "3 direct debits came back since" in said


def test_another_landlord_takes_the_place_of_the_old_one():
    moved = life(ended=3).monthly("wonen.huur", -745, day=2, months=2, payee="Woonbron")

    found = assessed(moved)
    assert cost(found, "wonen.huur") == euros(745)
    assert "expenses.cost_unpaid" not in codes(found)


def test_a_mortgage_that_begins_takes_the_place_of_rent():
    bought = life(ended=3).monthly("wonen.hypotheek", -610, day=2, months=2)

    assert cost(assessed(bought), "wonen.huur") == ZERO
    assert level(assessed(bought)) == "fine"


def test_the_rent_of_a_hall_takes_the_place_of_no_home():
    made = life(ended=3)
    made.book("wonen.huur", -75, date(2026, 6, 5), payee="Zalencentrum")

    assert "expenses.cost_unpaid" in codes(assessed(made))


def test_what_was_paid_later_in_one_go_is_no_arrears_and_rent_is_still_a_cost():
    made = life(ended=2)
    made.book("wonen.huur", -1400, date(2026, 6, 8), payee="Woonstad")
    found = assessed(made)

    assert cost(found, "wonen.huur") == euros(700)
    assert not codes(found) & {"expenses.cost_unpaid", "ask.still_due"}
    assert level(found) == "fine"


@pytest.mark.parametrize(
    ("ended", "days"),
    [(3, [(4, 14), (5, 22), (6, 17)]), (2, [(5, 12), (6, 11)]), (3, [(5, 9)])],
)
def test_rent_that_is_paid_by_hand_since_its_order_stopped_counts_once(ended, days):
    made = life(ended=ended)
    for month, day in days:
        made.book("wonen.huur", -700, date(2026, month, day), payee="Woonstad")
    found, paid = assessed(made), assessed(life())

    assert cost(found, "wonen.huur") == euros(700)
    assert found.room.monthly == paid.room.monthly


def test_a_yearly_bill_beside_energy_that_is_paid_by_hand_is_spread():
    def by_hand(*bills: int) -> Assessment:
        made = life().monthly("wonen.energie", -150, day=6, ended=5, payee="Stroom")
        for month, day in [(2, 14), (3, 26), (4, 9), (5, 22), (6, 17)]:
            made.book("wonen.energie", -150, date(2026, month, day), payee="Stroom")
        for bill in bills:
            made.book("wonen.energie", -bill, date(2026, 5, 3), payee="Stroom")
        return assessed(made)

    assert cost(by_hand(), "wonen.energie") == euros(150)
    assert cost(by_hand(600), "wonen.energie") == euros(200)


def test_one_payment_by_hand_is_taken_for_one_of_two_costs_that_stopped():
    made = life(ended=2).monthly("wonen.huur", -60, day=1, ended=2, payee="Woonstad")
    made.book("wonen.huur", -760, date(2026, 6, 3), payee="Woonstad")

    assert cost(assessed(made), "wonen.huur") == euros(760)


@pytest.mark.parametrize(
    "household",
    [
        replace(SINGLE, free_of=("wonen.huur",)),
        replace(SINGLE, housing=Housing(kind="other")),
        replace(SINGLE, housing=Housing(kind="owner")),
    ],
)
def test_a_rent_that_the_household_tells_to_have_ended_is_no_cost(household):
    found = assessed(life(ended=2), Case(household=household))

    assert cost(found, "wonen.huur") < euros(700)
    assert not codes(found) & {"expenses.cost_unpaid", "ask.still_due", "room.cost_unpaid"}
    assert level(found) == "fine"


def test_rent_is_paid_twice_for_a_while_by_who_moves():
    moved = life(ended=2).monthly("wonen.huur", -745, day=2, months=4, payee="Woonbron")

    assert cost(assessed(moved), "wonen.huur") == euros(745)


def test_an_instalment_that_is_only_late_is_over_when_the_household_says_so():
    free = Case(household=replace(SINGLE, free_of=("schuld.lening",)))

    assert assessed(with_loan(1)).expenses.debts == euros(200)
    assert assessed(with_loan(1), free).expenses.debts < euros(200)


def with_loan(ended: int, last: int = 0) -> Life:
    made = life().monthly("schuld.lening", -200, day=10, ended=ended, payee="Krediet NV")
    if last:
        made.rows[-1]["amount_ct"] = last * 100
    return made


def test_a_loan_that_stopped_weighs_on_a_usual_and_a_lean_month_for_a_quarter_of_a_year():
    none, paid, stopped = assessed(life()), assessed(with_loan(0)), assessed(with_loan(3))

    assert stopped.room.monthly.low == paid.room.monthly.low
    assert stopped.room.monthly.mid == paid.room.monthly.mid
    assert stopped.room.monthly.high == none.room.monthly.high
    assert {"ask.paid_off", "room.cost_unpaid"} <= codes(stopped)
    assert level(stopped) == "watch"


def test_a_loan_that_stopped_is_not_said_to_be_paid():
    found = assessed(with_loan(3))

    assert "room.other_debts" not in codes(found)
    assert [(one.monthly, one.status) for one in found.expenses.creditors] == [(euros(200), "late")]
    assert level(found, "existing_credit") == level(assessed(with_loan(0)), "existing_credit")


def test_instalments_that_stopped_are_credit_that_runs_and_said_not_to_be_paid():
    found = assessed(with_loan(3).monthly("schuld.lening", -100, day=12, payee="Leenbank"))
    (says,) = [one.says for one in found.credit_check.indicators if one.code == "existing_credit"]

    assert says.says == "€300.00 a month is due on credit that already runs. €200.00 of it is not paid now."
    assert set(says.transactions) >= {tx for one in found.expenses.creditors for tx in one.transactions[-1:]}


def test_two_loans_of_one_lender_are_one_creditor_with_both_instalments():
    made = with_loan(3).monthly("schuld.lening", -100, day=12, payee="Krediet NV")
    (one,) = assessed(made).expenses.creditors

    assert (one.monthly, one.status) == (euros(300), "active")


def test_who_is_owed_instalments_that_stopped_shares_in_what_can_be_repaid():
    found = assessed(with_loan(3).monthly("schuld.incassobureau", -40, day=6, months=9, payee="Inning BV"))
    (share,) = [one for one in found.room.reasons if one.code == "room.fair_share"]

    # the room, 40 that are paid and 200 that are not, for the agency, the lender and who asks
    assert found.room.fair_share.cents == (found.room.monthly.mid.cents + 240_00) // 3
    assert share.says.startswith(
        "There are 2 other creditors, who get €40.00 a month from this account now. €200.00 a month is not "
        "paid now, and may still be owed."
    )


def test_one_lender_that_is_not_paid_any_more_is_a_creditor_beside_who_asks():
    found, paid = assessed(with_loan(3)), assessed(with_loan(0))

    assert found.room.fair_share == min(
        found.room.monthly.mid, Money((found.room.monthly.mid.cents + 200_00) // 2)
    )
    assert paid.room.fair_share is None, "a loan that is paid as agreed is no claim to share with"


def test_three_who_collect_and_a_lender_whose_debits_come_back_are_too_many_for_one_more_plan():
    made = with_loan(3)
    for name, kind in (("A", "incassobureau"), ("B", "incassobureau"), ("C", "deurwaarder")):
        made.monthly(f"schuld.{kind}", -10, day=6, months=9, payee=name)
    stopped = assessed(made)
    for month in (4, 5, 6):
        day = date(2026, month, 10)
        debit = made.book("schuld.lening", -200, day, payee="Krediet NV", pair=f"back-{month}")
        made.book("storno.teruggeboekt", 200, day, tx=f"back-{month}", pair=debit)
    came_back = assessed(made)

    assert stopped.room.advice != "refer_to_debt_help", "that loan may have been paid off"
    assert came_back.room.reasons[0].code == "room.many_creditors"


def test_a_loan_that_ended_longer_ago_is_over():
    assert assessed(with_loan(6)).expenses.debts == ZERO


def test_a_loan_of_which_the_last_instalment_differs_was_paid_off():
    found = assessed(with_loan(3, last=-130))

    assert found.expenses.debts == ZERO
    assert "ask.paid_off" not in codes(found)


def test_an_instalment_that_is_a_little_larger_holds_costs_and_pays_nothing_off():
    found = assessed(with_loan(3, last=-215))

    assert found.expenses.debts > euros(200)
    assert "ask.paid_off" in codes(found)


def test_a_loan_of_which_the_rest_was_paid_at_once_is_over():
    assert "ask.paid_off" not in codes(assessed(with_loan(3, last=-900)))


@pytest.mark.parametrize(
    ("kind", "amounts", "still_counts"),
    [
        ("schuld.cjib", [-60], True),
        ("schuld.cjib", [-260, -260], True),
        ("schuld.belastingschuld", [-90, -90], True),
        ("schuld.incassobureau", [-60], True),
        ("schuld.incassobureau", [-60, -60], False),
        ("schuld.deurwaarder", [-200], False),
        ("schuld.lening", [-230], False),
        ("schuld.schuldregeling", [-60], False),
    ],
)
def test_a_fine_or_a_tax_takes_the_place_of_no_loan_and_a_collector_who_is_paid_again_does(
    kind, amounts, still_counts
):
    made = with_loan(2)
    for days, amount in enumerate(amounts):
        made.book(kind, amount, date(2026, 6, 2 + 20 * days), payee="Nieuw BV")

    assert ("ask.paid_off" in codes(assessed(made))) is still_counts


def test_where_only_a_loan_that_may_be_paid_off_takes_the_room_that_is_asked_first():
    made = Life().monthly("inkomen.loon", 1650, day=24).monthly("wonen.huur", -700, day=1)
    made.monthly("schuld.lening", -500, day=10, ended=3, payee="Krediet NV")
    found = assessed(made.loose("huishouden.boodschappen", -450))

    assert found.room.advice == "ask_first"
    assert found.room.reasons[0].code == "room.cost_decides"


def test_the_question_that_decides_is_of_the_largest_cost_in_doubt():
    made = Life().monthly("inkomen.loon", 1750, day=24).monthly("wonen.huur", -700, day=1)
    made.monthly("zorg.premie", -100, day=3, ended=3)
    made.monthly("schuld.creditcard", -60, day=8, ended=3, payee="Kaart NV")
    made.monthly("schuld.lening", -500, day=10, ended=3, payee="Krediet NV")
    found = assessed(made.loose("huishouden.boodschappen", -450))

    first = found.room.reasons[0]
    assert first.code == "room.cost_decides"
    assert [one.code for one in found.room.questions].count("ask.paid_off") == 2
    assert "This question comes first. Loan repayment: is it" in first.says


def test_an_administrator_who_is_paid_from_now_on_pays_what_was_paid_here():
    made = life(ended=2).monthly("schuld.bewind", -1500, day=25, months=2, payee="Bewind Oost")

    assert "expenses.cost_unpaid" not in codes(assessed(made))


def without_rent() -> Life:
    made = Life().monthly("inkomen.loon", 2300, day=24).monthly("zorg.premie", -150, day=3)
    return made.loose("huishouden.boodschappen", -400)


def test_a_rent_that_is_told_and_never_seen_counts_with_its_service_costs_and_is_asked_about():
    found = assessed(without_rent(), told(kind="rent", rent_month=euros(640), service_costs_month=euros(40)))

    assert cost(found, "wonen.huur") == euros(680)
    assert {"expenses.rent_not_seen", "room.rent_not_seen", "ask.rent_paid_by"} <= codes(found)
    assert level(found) == "fine"


def test_what_goes_to_a_private_person_each_month_may_be_the_rent():
    made = without_rent().monthly("huishouden.particulier", -500, day=1, payee="particulier")

    found = assessed(made, told(kind="rent", rent_month=euros(640)))
    assert cost(found, "wonen.huur") == euros(140)


def test_a_rent_that_may_be_paid_in_cash_is_not_counted_twice():
    made = without_rent().loose("contant.opname", -700, day=2)

    assert cost(assessed(made, told(kind="rent", rent_month=euros(640))), "wonen.huur") == ZERO


@pytest.mark.parametrize("home", ["wonen.huur", "wonen.hypotheek"])
def test_a_home_that_is_paid_for_is_counted_as_it_is_paid(home):
    made = without_rent().monthly(home, -610, day=1)

    found = assessed(made, told(kind="rent", rent_month=euros(640)))
    assert cost(found, home) == euros(610)
    assert "ask.rent_paid_by" not in codes(found)


def test_a_first_rent_that_was_just_paid_is_not_counted_again():
    made = without_rent()
    made.book("wonen.huur", -640, date(2026, 6, 1), payee="Woonstad")

    assert cost(assessed(made, told(kind="rent", rent_month=euros(640))), "wonen.huur") == euros(640)


def test_a_rent_that_somebody_else_pays_can_be_told():
    household = replace(SINGLE, free_of=("wonen.huur",))
    found = assessed(without_rent(), told(household, kind="rent", rent_month=euros(640)))

    assert cost(found, "wonen.huur") == ZERO


def test_a_plan_is_tested_with_the_rent_in_it_that_is_not_paid_now():
    """The account fills by the rent that is not paid; a plan must hold when it is paid again."""
    tight = Life().monthly("inkomen.loon", 2300, day=24, payee="Bakker BV")
    tight.monthly("wonen.huur", -900, day=1, ended=2, payee="Woonstad")
    tight.loose("huishouden.boodschappen", -900)
    found = assessed(tight, Case(household=SINGLE, balances=(balance(500),), proposal=euros(900)))

    assert found.room.proposal.option.chance_holds < 0.5
