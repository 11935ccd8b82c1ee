"""What goes out: fixed, flexible, debts, and what never was a cost."""

from datetime import date

from assess_builders import Life, assessed, euros

from psd2_affordability.core.answer import Range, Unknown


def kinds(life: Life) -> dict[str, int]:
    return {one.category: one.monthly.cents for one in assessed(life).expenses.by_kind}


def test_a_yearly_premium_is_spread_over_the_year():
    days = [date(2025, 3, 1), date(2026, 3, 1)]
    life = Life().usual().series("verzekering.overig", -240, days, "yearly", 365)

    assert kinds(life)["verzekering.overig"] == 20_00


def test_a_cost_that_came_once_in_the_year_is_set_aside_monthly():
    life = Life().usual()
    life.book("wonen.gemeente", -600, date(2026, 2, 20))

    assert kinds(life)["wonen.gemeente"] == 50_00


def test_a_subscription_that_ended_is_no_cost_any_more():
    life = Life().usual().monthly("huishouden.abonnementen", -15, day=3, ended=4)

    assert "huishouden.abonnementen" not in kinds(life)


def test_a_returned_debit_is_not_paid_and_not_earned():
    life = Life().usual()
    paid = life.book("verzekering.overig", -300, date(2026, 4, 2))
    back = life.book("storno.teruggeboekt", 300, date(2026, 4, 4), pair=paid, return_kind="lack_of_funds")
    life.rows[-2]["pair"] = back
    plain = assessed(Life().usual())
    told = assessed(life)

    assert told.expenses.fixed == plain.expenses.fixed
    assert told.income.monthly == plain.income.monthly
    assert "expenses.returned_lack_of_funds" in {reason.code for reason in told.expenses.reasons}


def test_a_purchase_that_was_refunded_cancels_out():
    life = Life().usual()
    bought = life.book("huishouden.winkel", -480, date(2026, 4, 2))
    back = life.book("storno.terugbetaling", 480, date(2026, 4, 9), pair=bought)
    life.rows[-2]["pair"] = back

    assert "huishouden.winkel" not in kinds(life)


def test_a_purchase_of_which_a_part_came_back_stays_a_cost():
    life = Life().usual()
    bought = life.book("huishouden.winkel", -480, date(2026, 4, 2))
    back = life.book("storno.terugbetaling", 120, date(2026, 4, 9), pair=bought)
    life.rows[-2]["pair"] = back

    assert "huishouden.winkel" in kinds(life)


def test_money_to_the_own_savings_account_is_no_cost():
    life = Life().usual().monthly("intern.sparen", -200, day=26)

    assert assessed(life).expenses == assessed(Life().usual()).expenses


def test_cash_stakes_and_unknown_money_stand_apart():
    life = Life().usual().loose("contant.opname", -100).loose("gokken.inzet", -50).loose("onbekend", -30)
    expenses = assessed(life).expenses

    assert (expenses.cash, expenses.gambling, expenses.unexplained) == (euros(100), euros(50), euros(30))
    assert expenses.flexible == assessed(Life().usual()).expenses.flexible


def test_unknown_money_that_comes_in_does_not_hide_unknown_money_that_goes_out():
    life = Life().usual().loose("onbekend", -80).loose("onbekend", 80, day=16)

    assert assessed(life).expenses.unexplained == euros(80)


def test_what_can_wait_is_eating_out_but_never_rent_groceries_or_debts():
    life = Life().usual().monthly("schuld.lening", -75, day=4)
    expenses = assessed(life).expenses

    assert expenses.can_wait == euros(100)
    assert expenses.debts == euros(75)


def test_a_room_rented_from_a_private_person_cannot_wait():
    life = Life().usual().monthly("huishouden.particulier", -450, day=2)

    assert assessed(life).expenses.can_wait == euros(100)


def test_after_wages_stopped_household_spending_counts_only_since():
    life = Life().monthly("inkomen.loon", 2400, day=24, ended=4).monthly("wonen.huur", -600, day=1)
    life.monthly("inkomen.uitkering_ww", 1700, day=12, months=3)
    for back in range(1, 12):
        spent = -300 if back < 4 else -900
        life.book("huishouden.boodschappen", spent, date(2026, 6, 15).replace(month=1 + (5 - back) % 12))
    life.rows = [row for row in life.rows if row["booked_on"].date() <= life.on]

    assert assessed(life).expenses.flexible == Range(euros(300), euros(300), euros(300))


def test_less_than_a_month_of_data_tells_no_month_of_costs():
    life = Life()
    life.book("wonen.huur", -600, date(2026, 6, 20))
    life.book("huishouden.boodschappen", -60, date(2026, 6, 28))

    assert isinstance(assessed(life).expenses.fixed, Unknown)


def test_thirty_days_of_data_serve_when_no_calendar_month_is_whole():
    life = Life(on=date(2026, 6, 16))
    life.book("huishouden.boodschappen", -40, date(2026, 5, 15))
    life.book("wonen.huur", -600, date(2026, 6, 1))
    life.book("huishouden.boodschappen", -60, date(2026, 6, 14))

    assert assessed(life).expenses.fixed == euros(600)


def test_debits_that_came_back_are_told_apart_by_why():
    life = Life().usual()
    for day, kind in (
        (5, "lack_of_funds"),
        (9, "lack_of_funds"),
        (12, "refused"),
        (15, "blocked"),
        (18, "other"),
    ):
        life.book("storno.teruggeboekt", 30, date(2026, 4, day), return_kind=kind)
    told = {reason.code: len(reason.transactions) for reason in assessed(life).expenses.reasons}

    assert told["expenses.returned_lack_of_funds"] == 2
    assert told["expenses.returned_refused"] == 1
    assert told["expenses.returned_blocked"] == 1
    assert told["expenses.returned"] == 1


def test_what_was_sent_back_in_part_lowers_the_cost_of_its_kind_and_never_below_what_was_bought():
    life = Life().usual()
    for month in range(1, 7):
        life.book("huishouden.kleding", -260, date(2026, month, 4), payee="Mode Online")
        life.book("storno.terugbetaling", 190, date(2026, month, 14), payee="Mode Online")
    # a refund of a purchase that is not in the data takes nothing off
    life.book("storno.terugbetaling", 900, date(2026, 5, 20), payee="Meubelhal")
    life.book("storno.terugbetaling", 300, date(2026, 5, 21), payee="Mode Online")
    kinds = {one.category: one.monthly for one in assessed(life).expenses.by_kind}

    # six times 70 in a year
    assert kinds["huishouden.kleding"] == euros(35)


def paid_back_each_month(amount: int, **more: int) -> Life:
    """Energy of 120 a month from Stroom NV, which pays a part of it back each month."""
    return Life().usual().monthly("storno.terugbetaling", amount, day=12, payee="Stroom NV", **more)


def test_what_comes_back_each_month_of_a_bill_lowers_it_and_is_said():
    plain, told = assessed(Life().usual()).expenses, assessed(paid_back_each_month(35)).expenses
    (said,) = [one for one in told.reasons if one.code == "expenses.paid_back"]

    assert {one.category: one.monthly for one in told.by_kind}["wonen.energie"] == euros(85)
    assert told.fixed == plain.fixed - euros(35)
    assert said.says == "€35.00 a month comes back from Stroom NV; the costs are counted less by it."
    assert len(said.transactions) == 12


def test_what_comes_back_of_a_bill_is_no_income():
    assert assessed(paid_back_each_month(35)).income.monthly == assessed(Life().usual()).income.monthly


def test_what_came_back_each_month_and_no_longer_does_lowers_nothing_any_more():
    told = assessed(paid_back_each_month(35, ended=4)).expenses

    assert told.fixed == assessed(Life().usual()).expenses.fixed
    assert "expenses.paid_back" not in {one.code for one in told.reasons}


def test_two_payments_back_may_be_chance_and_lower_no_bill_of_now():
    told = assessed(paid_back_each_month(35, months=1)).expenses

    assert told.fixed == assessed(Life().usual()).expenses.fixed


def test_more_than_a_bill_never_comes_off_it():
    told = assessed(paid_back_each_month(200)).expenses

    assert told.fixed == assessed(Life().usual()).expenses.fixed, "no payment before is as large"


def test_money_that_a_private_person_sends_each_month_lowers_no_rent():
    shared = Life().usual().monthly("inkomen.particulier", 350, day=2, payee="particulier")

    assert assessed(shared).expenses.fixed == assessed(Life().usual()).expenses.fixed


def test_what_comes_back_each_month_of_groceries_is_taken_off_them_once():
    life = Life().usual().monthly("storno.terugbetaling", 15, day=28, payee="boodschappen")
    told = {one.category: one.monthly for one in assessed(life).expenses.by_kind}
    plain = {one.category: one.monthly for one in assessed(Life().usual()).expenses.by_kind}

    assert told["huishouden.boodschappen"] == plain["huishouden.boodschappen"] - euros(15)


def test_a_premium_of_the_year_of_which_a_part_comes_back_each_month_leaves_a_smaller_reserve():
    days = [date(2025, 7, 3), date(2025, 10, 3), date(2026, 1, 3), date(2026, 4, 3)]
    life = Life().usual().series("verzekering.overig", -300, days, "quarterly", 91, payee="Polis NV")
    plain = assessed(life).expenses
    back = [one.replace(day=20) for one in days]
    told = assessed(life.series("storno.terugbetaling", 60, back, "quarterly", 91, "Polis NV")).expenses

    assert (plain.reserve, told.reserve) == (euros(100), euros(80))
    assert told.fixed == plain.fixed - euros(20)


def test_one_debit_that_came_back_is_one_cost_that_was_not_paid():
    life = Life().usual()
    life.book("storno.teruggeboekt", 30, date(2026, 6, 8), return_kind="lack_of_funds")

    [told] = [one for one in assessed(life).expenses.reasons if one.code == "expenses.returned_lack_of_funds"]

    assert told.says == (
        "1 direct debit came back for lack of money; it was not paid and does not count as a cost."
    )
    assert told.says_nl == (
        "Er is 1 incasso teruggeboekt omdat er te weinig geld was. Die is niet betaald en telt niet als "
        "kosten."
    )
