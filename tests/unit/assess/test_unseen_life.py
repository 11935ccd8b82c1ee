"""How much of a life takes place where the data do not look."""

from decimal import Decimal

from assess_builders import ON, SINGLE, Life, assessed, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household, HouseholdType, Housing
from psd2_affordability.assess.results import DataQuality

SAVINGS = "NL20INGB0001234567"


def quality(life: Life, household: Household = SINGLE) -> DataQuality:
    return assessed(life, Case(household=household)).data_quality


def codes(life: Life) -> set[str]:
    return {reason.code for reason in quality(life).cannot_know}


def wages_only() -> Life:
    return Life().monthly("inkomen.loon", 2000, day=24)


def test_a_life_with_rent_groceries_and_premium_is_seen_whole():
    assert quality(Life().usual()).unseen_share == Decimal("0.0000")


def test_each_absent_cost_of_everybody_is_a_third_and_is_asked_about():
    life = wages_only().monthly("wonen.huur", -700, day=1)

    assert quality(life).unseen_share == Decimal("0.6667")
    (asked,) = [one for one in quality(life).cannot_know if one.code == "costs.not_seen"]
    assert "groceries or health insurance" in asked.says
    assert "boodschappen of zorgverzekering" in asked.says_nl


def test_who_lives_with_others_is_not_missing_a_rent():
    life = wages_only().monthly("zorg.premie", -150, day=3).loose("huishouden.boodschappen", -80)
    with_others = Household(type=HouseholdType.SINGLE, housing=Housing(kind="other"))

    assert quality(life, with_others).unseen_share == Decimal("0.0000")
    assert quality(life).unseen_share == Decimal("0.3333")


def test_money_that_leaves_for_an_own_account_that_is_not_shared_is_the_share_unseen():
    life = Life().usual()
    life.monthly("intern.eigen_rekening", -1300, day=26, payee="eigen rekening")
    for row in life.rows:
        if row["category"] == "intern.eigen_rekening":
            row["counterparty_iban"] = SAVINGS

    # a year of 12 or 13 times 1,300 leaves and 1,470 a month is spent
    assert Decimal("0.45") < quality(life).unseen_share < Decimal("0.50")
    assert "money.elsewhere" in codes(life)


def test_money_that_moves_between_two_shared_accounts_is_not_unseen():
    life = Life().usual()
    for amount, account in ((-500, "NL91ABNA0417164300"), (500, SAVINGS)):
        life.book("intern.eigen_rekening", amount, ON.replace(day=9), payee="eigen rekening", account=account)

    assert quality(life).unseen_share == Decimal("0.0000")


def test_savings_are_put_by_and_not_spent_elsewhere():
    life = Life().usual().monthly("intern.sparen", -300, day=26)

    assert quality(life).unseen_share == Decimal("0.0000")
    assert quality(life).accounts[0].share is None
    assert assessed(life).expenses.fixed == euros(970)


def test_no_plan_is_offered_when_all_of_the_life_takes_place_elsewhere():
    room = assessed(wages_only().loose("huishouden.horeca", -60)).room

    assert room.advice == "ask_first"
    assert room.options == ()
    assert "100% of the life" in room.reasons[0].says


def test_no_plan_is_offered_when_rent_is_not_seen_and_much_leaves_for_an_account_that_is_not_shared():
    life = wages_only().loose("huishouden.boodschappen", -400).monthly("zorg.premie", -150, day=3)
    life.monthly("intern.eigen_rekening", -900, day=26, payee="eigen rekening")
    for row in life.rows:
        if row["category"] == "intern.eigen_rekening":
            row["counterparty_iban"] = SAVINGS
    room = assessed(life).room

    assert codes(life) >= {"costs.not_seen", "money.elsewhere"}
    assert (room.advice, room.options) == ("ask_first", ())
