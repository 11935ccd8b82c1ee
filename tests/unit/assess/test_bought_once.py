"""A large thing bought once with money that came in for it, and a deposit, cost nothing each month."""

from datetime import date

import pytest
from assess_builders import SINGLE, Life, assessed, balance, euros

from psd2_affordability.assess.case import Case

CAR, FURNITURE, SHOPS = "vervoer.auto", "wonen.inrichting", "huishouden.winkel"
BOUGHT_ON = date(2026, 3, 14)
WITH_BALANCE = Case(household=SINGLE, total_debt=euros(1200), balances=(balance(1800),))


def kinds(life: Life) -> dict[str, int]:
    return {one.category: one.monthly.cents for one in assessed(life).expenses.by_kind}


def told(life: Life, code: str = "expenses.large_once") -> list[str]:
    return [one.says for one in assessed(life).expenses.reasons if one.code == code]


def bought(category: str, price: int, came: str = "krediet.opgenomen", amount: int = 9_500) -> Life:
    """A life in which a thing is bought two days after money came in."""
    life = Life().usual()
    life.book(came, amount, date(2026, 3, 12), payee="Leenbank")
    life.book(category, -price, BOUGHT_ON, payee="Autobedrijf Zon")
    return life


@pytest.mark.parametrize(
    "came", ["krediet.opgenomen", "intern.sparen", "inkomen.vergoeding", "inkomen.particulier", "onbekend"]
)
def test_a_car_bought_with_a_loan_savings_a_payout_or_a_gift_is_no_cost_of_each_month(came: str):
    life = bought(CAR, 11_000, came)

    assert CAR not in kinds(life)
    assert told(life) == [
        (
            "€11,000.00 was paid to Autobedrijf Zon on 14 March 2026, and €9,500.00 came in for it; it is "
            "not counted in a usual month. Ask what it was, and whether it comes again."
        )
    ]


def test_neither_the_car_nor_the_money_for_it_moves_the_chance_that_a_plan_holds():
    plain, found = assessed(Life().usual(), WITH_BALANCE), assessed(bought(CAR, 9_500), WITH_BALANCE)

    assert found.room.monthly == plain.room.monthly
    assert [one.chance_holds for one in found.room.options] == [
        one.chance_holds for one in plain.room.options
    ]


def test_savings_taken_for_a_car_are_not_counted_on_again():
    plain, found = (
        assessed(Life().usual(), WITH_BALANCE),
        assessed(bought(CAR, 6_000, "intern.sparen", 6_000), WITH_BALANCE),
    )

    assert [one.chance_holds for one in found.room.options] == [
        one.chance_holds for one in plain.room.options
    ]


def test_a_car_that_no_money_came_in_for_is_spread_over_the_year():
    life = Life().usual()
    life.book(CAR, -6_000, BOUGHT_ON, payee="Autobedrijf Zon")

    assert kinds(life)[CAR] == 500_00
    assert told(life) == []


def test_money_that_covers_less_than_half_of_it_did_not_come_in_for_it():
    assert kinds(bought(CAR, 12_000, amount=5_900))[CAR] == 1_000_00


def test_repairs_beside_a_car_that_was_bought_are_spread():
    life = bought(CAR, 9_500)
    life.book(CAR, -480, date(2026, 5, 9), payee="Garage")

    assert kinds(life)[CAR] == 40_00


@pytest.mark.parametrize("category", ["vervoer.wegenbelasting", "wonen.gemeente", "verzekering.overig"])
def test_a_large_bill_of_a_year_is_spread_also_where_it_is_paid_from_savings(category: str):
    life = Life().usual()
    life.book("intern.sparen", 1_200, date(2026, 3, 12), payee="")
    life.book(category, -1_200, BOUGHT_ON, payee="Wie het int")

    assert kinds(life)[category] == 100_00


def test_the_premium_of_a_car_for_a_year_is_spread_also_where_it_is_paid_from_savings():
    assert kinds(bought(CAR, 1_800, "intern.sparen", 1_800))[CAR] == 150_00


def test_what_a_shop_sells_for_less_than_a_thousand_is_spread():
    assert kinds(bought(FURNITURE, 960))[FURNITURE] == 80_00


def test_what_is_bought_after_a_fire_stands_apart_as_far_as_the_payout_reaches():
    life = Life().usual()
    life.book("inkomen.vergoeding", 5_000, date(2026, 3, 10), payee="Verzekeraar")
    life.book(FURNITURE, -3_100, date(2026, 3, 14), payee="Woonwinkel")
    life.book(SHOPS, -1_450, date(2026, 3, 18), payee="Elektrozaak")
    life.book(FURNITURE, -2_400, date(2026, 4, 20), payee="Schilder")

    # the largest first: 3,100 leaves 1,900 for the painter, most of his bill, and nothing for the machine
    assert FURNITURE not in kinds(life)
    assert kinds(life)[SHOPS] == 120_83


def test_what_is_paid_so_again_to_the_same_payee_is_a_habit():
    life = bought("huishouden.particulier", 3_000)
    life.book("huishouden.particulier", -2_000, date(2025, 11, 14), payee="Autobedrijf Zon")

    assert kinds(life)["huishouden.particulier"] == 416_67


def test_savings_that_are_taken_out_all_the_time_are_lived_from():
    life = bought(SHOPS, 1_500, "intern.sparen", 1_500)
    for month in (8, 10, 12):
        life.book("intern.sparen", 1_200, date(2025, month, 5), payee="")

    assert kinds(life)[SHOPS] == 125_00


def test_of_a_purchase_that_came_back_in_part_the_rest_costs_nothing_each_month_either():
    life = bought(FURNITURE, 3_000)
    life.book(FURNITURE, 1_000, date(2026, 3, 30), payee="Autobedrijf Zon")
    life.book(FURNITURE, -240, date(2026, 5, 9), payee="Bouwmarkt")

    assert kinds(life)[FURNITURE] == 20_00


def test_a_deposit_is_no_rent_and_no_cost_of_each_month():
    life = Life().usual()
    life.book("wonen.waarborgsom", -1_700, BOUGHT_ON, payee="Woonstad")

    assert "wonen.waarborgsom" not in kinds(life)
    assert kinds(life)["wonen.huur"] == 700_00
    assert told(life, "expenses.deposit") == [
        (
            "€1,700.00 was paid to Woonstad on 14 March 2026 as a deposit; it is no rent, and is not "
            "counted in a usual month. Ask whether it is all paid."
        )
    ]


def test_a_deposit_that_is_paid_month_by_month_stays_a_cost():
    life = Life().usual().monthly("wonen.waarborgsom", -100, day=8, payee="Woonstad")

    assert kinds(life)["wonen.waarborgsom"] == 100_00


def test_with_two_months_of_data_a_purchase_makes_no_month_of_household_spending_dear():
    def short() -> Life:
        life = Life().monthly("inkomen.loon", 2200, day=24, months=2)
        return life.loose("huishouden.boodschappen", -400, months=2).loose(SHOPS, -50, months=2, day=9)

    life = short()
    life.book("krediet.opgenomen", 3_000, date(2026, 5, 12), payee="Leenbank")
    life.book(SHOPS, -3_000, date(2026, 5, 14), payee="Keukenzaak")

    assert assessed(life).expenses.flexible == assessed(short()).expenses.flexible
