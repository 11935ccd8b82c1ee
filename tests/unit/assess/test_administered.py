"""Living money from an administrator is not income, and the answer names who to ask."""

from datetime import timedelta

from assess_builders import ON, Life, assessed, euros

from psd2_affordability.core.answer import Unknown


def living_on(life: Life, payee: str = "Bewindvoering Zuid", category: str = "intern.eigen_rekening") -> Life:
    """A hundred euros each week."""
    days = [ON - timedelta(days=2 + 7 * back) for back in range(25, -1, -1)]
    return life.series(category, 100, days, "weekly", 7, payee)


def test_living_money_is_no_income_and_the_administrator_is_named():
    income = assessed(living_on(Life())).income

    assert isinstance(income.monthly, Unknown)
    assert income.monthly.code == "income.living_money"
    assert "Bewindvoering Zuid" in income.monthly.ask
    # twelve weeks of 100: 1,200 x 365 / (12 x 84)
    assert income.living_money == euros("434.52")


def test_living_money_that_the_category_knows_to_come_from_an_administrator_is_living_money_too():
    income = assessed(living_on(Life(), category="schuld.bewind")).income

    assert isinstance(income.monthly, Unknown)
    assert income.monthly.code == "income.living_money"
    assert income.living_money == euros("434.52")


def test_the_room_is_not_told_from_living_money():
    answer = assessed(living_on(Life().monthly("wonen.huur", -500, day=1)))

    assert isinstance(answer.room.monthly, Unknown)
    assert not answer.room.options


def test_who_manages_the_money_is_spoken_to_whether_or_not_an_income_is_seen():
    unseen = assessed(living_on(Life().monthly("wonen.huur", -500, day=1)))
    seen = assessed(living_on(Life().usual(2000)))

    for answer in (unseen, seen):
        assert answer.room.advice == "refer_to_debt_help"
        assert answer.room.reasons[0].code == "room.money_managed"
        assert answer.profile.collectability == "not_collectable_now"
        assert answer.profile.reasons[0].code == "profile.in_scheme"
    assert "room.income.living_money" in {one.code for one in unseen.room.reasons}


def test_wages_that_arrive_here_and_go_on_to_an_administrator_are_income():
    life = living_on(Life().usual(2000)).monthly("schuld.bewind", -1900, day=26, payee="Bewindvoering Zuid")
    income = assessed(life).income
    (said,) = [reason for reason in income.reasons if reason.code == "income.administrator"]

    assert income.monthly.mid == euros(2000)
    assert "Bewindvoering Zuid" in said.says
    assert "leefgeld" in said.says_nl


def test_money_of_a_municipal_credit_bank_at_a_rhythm_is_living_money_and_a_single_loan_is_not():
    managed = assessed(living_on(Life(), "Kredietbank Zuid", "krediet.opgenomen")).income
    lent = Life().usual()
    lent.book("krediet.opgenomen", 3000, ON - timedelta(days=30), payee="Kredietbank Zuid")

    assert managed.living_money == euros("434.52")
    assert assessed(lent).income.living_money is None


def test_who_draws_from_a_credit_each_month_and_pays_it_back_has_no_administrator():
    drawn = Life().usual().monthly("krediet.opgenomen", 200, day=12, payee="Santander")
    answer = assessed(drawn.monthly("schuld.lening", -90, day=28, payee="Santander"))

    assert answer.income.living_money is None
    assert "income.administrator" not in {one.code for one in answer.income.reasons}


def test_own_money_that_moves_is_no_living_money_and_the_administrators_account_is_not_missing():
    own = living_on(Life().usual(), "eigen rekening")
    managed = living_on(Life().usual())
    for life in (own, managed):
        for row in life.rows:
            if row["category"] == "intern.eigen_rekening":
                row["counterparty_iban"] = "NL20INGB0001234567"

    assert assessed(own).income.living_money is None
    assert assessed(own).data_quality.missing_accounts
    assert not assessed(managed).data_quality.missing_accounts


def test_an_administrator_is_not_listed_as_a_creditor():
    life = Life().usual(2000).monthly("schuld.bewind", -1500, day=26, payee="Bewindvoering Zuid")

    assert assessed(life).expenses.creditors == ()
