"""Costs that do not come every month: spread, put by, or the first bills of a new contract."""

from datetime import date, timedelta

from assess_builders import ON, Life, assessed, euros

from psd2_affordability.core.dates import add_months


def kinds(life: Life) -> dict[str, int]:
    return {one.category: one.monthly.cents for one in assessed(life).expenses.by_kind}


def short(months: int) -> Life:
    """Wages, rent and groceries over some months."""
    life = (
        Life()
        .monthly("inkomen.loon", 2200, day=24, months=months)
        .monthly("wonen.huur", -700, day=1, months=months)
    )
    return life.loose("huishouden.boodschappen", -400, months=months)


def test_yearly_and_quarterly_bills_are_spread_and_told_apart_as_a_reserve():
    life = Life().usual()
    days = [add_months(date(2026, 5, 10), -3 * back) for back in range(4, -1, -1)]
    life.series("wonen.water", -60, days, "quarterly", 91)
    life.series("verzekering.overig", -240, [date(2025, 3, 2), date(2026, 3, 2)], "yearly", 365)
    expenses = assessed(life).expenses

    # rent, energy and premium are 970 a month; water 20 and insurance 20 are put by
    assert expenses.fixed == euros(1010)
    assert expenses.reserve == euros(40)


def test_clothes_are_a_reserve_by_their_average():
    life = Life().usual().loose("huishouden.kleding", -50, day=11)

    assert assessed(life).expenses.reserve == euros(50)


def test_a_yearly_bill_seen_once_in_half_a_year_is_a_years_bill():
    life = short(6)
    life.book("wonen.gemeente", -360, date(2026, 2, 27), payee="Gemeente")

    assert kinds(life)["wonen.gemeente"] == 30_00


def test_the_instalments_of_a_yearly_bill_that_has_been_paid_count_for_the_year():
    life = Life(on=date(2026, 2, 20)).usual()
    days = [date(2025, month, 27) for month in range(2, 12)]
    life.series("wonen.gemeente", -42, days, "monthly", 30)

    # ten of 42 were paid in the year: 35 a month
    assert kinds(life)["wonen.gemeente"] == 35_00


def moved(months_ago: int) -> Life:
    life = Life().monthly("inkomen.loon", 2600, day=24).loose("huishouden.boodschappen", -400)
    life.monthly("wonen.huur", -600, day=1, ended=months_ago, payee="Oude Woning")
    for back in range(months_ago - 1, -1, -1):
        life.book("wonen.huur", -900, add_months(date(2026, 6, 1), -back), payee="Nieuwe Woning")
    return life


def test_after_moving_house_the_new_rent_counts_from_its_first_payment_and_the_old_one_no_more():
    assert kinds(moved(1))["wonen.huur"] == 900_00
    assert kinds(moved(2))["wonen.huur"] == 900_00


def test_two_equal_bills_a_month_apart_are_a_contract_that_just_began():
    life = Life().usual()
    for day in (date(2026, 5, 20), date(2026, 6, 19)):
        life.book("kinderen.opvang", -310, day, payee="Opvang De Zon")

    assert kinds(life)["kinderen.opvang"] == 310_00


def test_a_single_repair_is_spread_over_the_year():
    life = Life().usual()
    life.book("vervoer.auto", -480, date(2026, 6, 9), payee="Garage")

    assert kinds(life)["vervoer.auto"] == 40_00


def test_groceries_on_saturdays_count_by_the_months_back_from_today_and_not_by_a_month_with_five():
    life = Life().monthly("inkomen.loon", 2200, day=24)
    for day in (date.fromordinal(ON.toordinal() - 3 - 7 * back) for back in range(52)):
        life.book("huishouden.boodschappen", -90, day)
    month = assessed(life).expenses.flexible.mid

    assert month == euros(390), "52 times 90 in twelve months"


def test_what_is_essential_and_what_can_wait_are_all_costs_but_debts():
    expenses = assessed(Life().usual().monthly("schuld.lening", -75, day=4)).expenses

    # 970 fixed and 400 groceries; 100 of eating out can wait
    assert (expenses.essential, expenses.can_wait) == (euros(1370), euros(100))


def test_a_yearly_bill_beside_the_instalments_of_the_same_payee_is_spread_over_the_year():
    life = Life().usual().monthly("wonen.water", -15, day=9, payee="Waterbedrijf")
    life.book("wonen.water", -60, date(2026, 2, 12), payee="Waterbedrijf")

    assert kinds(life)["wonen.water"] == 20_00


def lent(paid: int) -> Life:
    """A loan of 2,500 received in May, and one payment to the lender in June."""
    life = Life().usual()
    life.book("krediet.opgenomen", 2500, date(2026, 5, 22), payee="Leenbank")
    life.book("schuld.lening", -paid, date(2026, 6, 21), payee="Leenbank")
    return life


def test_a_loan_of_which_the_first_instalment_was_just_paid_weighs_its_whole_instalment_in_the_room():
    before, after = assessed(Life().usual()), assessed(lent(75))

    assert after.expenses.debts == after.expenses.creditors[0].monthly == euros(75)
    assert after.room.monthly.mid == before.room.monthly.mid - euros(75)


def test_a_loan_paid_off_soon_after_it_was_received_is_spread():
    assert kinds(lent(2600))["schuld.lening"] == 216_67, "a twelfth"


def test_the_first_instalment_counts_whole_when_the_lender_paid_somebody_else_and_the_loan_is_not_seen():
    life = Life().usual()
    life.book("schuld.lening", -75, ON - timedelta(days=9), payee="Leenbank")

    assert kinds(life)["schuld.lening"] == 75_00


def test_what_pays_off_an_old_loan_at_once_is_spread():
    seen = Life().usual().monthly("schuld.lening", -75, day=4, ended=2, payee="Leenbank")
    seen.book("schuld.lening", -600, ON - timedelta(days=9), payee="Leenbank")
    unseen = Life().usual()
    unseen.book("schuld.lening", -2400, ON - timedelta(days=9), payee="Leenbank")

    assert kinds(seen)["schuld.lening"] == 50_00
    assert kinds(unseen)["schuld.lening"] == 200_00


def test_a_second_loan_from_a_lender_of_before_begins_with_its_first_instalment():
    life = lent(75).monthly("schuld.lening", -90, day=4, ended=6, payee="Leenbank")

    assert kinds(life)["schuld.lening"] == 75_00


def test_a_first_instalment_that_no_second_one_followed_is_spread():
    life = Life().usual()
    life.book("schuld.lening", -75, ON - timedelta(days=63), payee="Leenbank")

    assert kinds(life)["schuld.lening"] == 6_25


def test_what_a_credit_card_or_a_deferred_purchase_asked_once_is_spread():
    life = Life().usual()
    life.book("schuld.creditcard", -240, ON - timedelta(days=9), payee="Kaart NV")
    life.book("schuld.achteraf_betalen", -120, ON - timedelta(days=9), payee="Later Betalen")

    assert kinds(life)["schuld.creditcard"] == 20_00
    assert kinds(life)["schuld.achteraf_betalen"] == 10_00
