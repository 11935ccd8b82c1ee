"""A joint account counts for the stated share; the whole amounts stay visible."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from assess_builders import ACCOUNT, SINGLE, Life, assessed, euros

from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.assess.household import AccountShare
from psd2_affordability.assess.results import Assessment

JOINT = "NL20INGB0001234567"


def answer(life: Life, share: Fraction | None) -> Assessment:
    shares = () if share is None else (AccountShare(JOINT, share),)
    return assessed(life, Case(household=replace(SINGLE, accounts=shares)))


def shared_life() -> Life:
    """Wages of 2,000 on an own account; rent, groceries and a partner's 1,500 on a joint one."""
    life = Life().monthly("inkomen.loon", 2000, day=24, payee="Bakker BV").monthly("zorg.premie", -150, day=3)
    own = len(life.rows)
    life.monthly("inkomen.loon", 1500, day=25, payee="Kapper BV").monthly("wonen.huur", -901, day=1)
    life.loose("huishouden.boodschappen", -600)
    for row in life.rows[own:]:
        row["account"] = JOINT
    return life


def test_half_of_a_joint_account_counts_in_income_and_costs():
    told = answer(shared_life(), Fraction(1, 2))

    assert told.income.monthly.mid == euros(2750)
    assert told.expenses.fixed == euros("600.50")
    assert told.expenses.flexible.mid == euros(300)


def test_the_whole_amounts_stand_beside_the_share():
    told, whole = answer(shared_life(), Fraction(1, 2)), answer(shared_life(), None)

    assert told.income.unsplit == whole.income.monthly.mid == euros(3500)
    assert told.expenses.unsplit == euros(1651)
    assert whole.income.unsplit is None
    assert whole.expenses.unsplit is None


def test_the_share_is_a_reason_and_the_account_shows_its_whole_sums():
    told = answer(shared_life(), Fraction(1, 3))
    account = next(one for one in told.data_quality.accounts if one.share is not None)

    assert account.share == Decimal("0.3333")
    assert account.came_in == euros(1500 * 12 + 1500)
    assert "33%" in next(one for one in told.income.reasons if one.code == "income.joint").says
    assert "expenses.joint" in {one.code for one in told.expenses.reasons}


def test_an_account_that_is_only_managed_for_somebody_else_counts_for_nothing():
    told = answer(shared_life(), Fraction(0))

    assert told.income.monthly.mid == euros(2000)
    assert told.expenses.fixed == euros(150)


def test_the_balance_of_a_joint_account_is_not_split_for_a_seizure_hits_it_whole():
    balances = (
        KnownBalance(JOINT, euros(900), shared_life().on),
        KnownBalance(ACCOUNT, euros(100), shared_life().on),
    )
    case = Case(replace(SINGLE, accounts=(AccountShare(JOINT, Fraction(1, 2)),)), balances)
    seen = {one.balance for one in assessed(shared_life(), case).data_quality.accounts}

    assert seen == {euros(900), euros(100)}


def test_a_returned_debit_on_a_joint_account_is_still_undone():
    life = shared_life()
    paid = life.book("verzekering.overig", "-60.01", life.on.replace(day=5), account=JOINT)
    life.book("storno.teruggeboekt", "60.01", life.on.replace(day=8), account=JOINT, pair=paid)
    for row in life.rows:
        if row["tx"] == paid:
            row["pair"] = life.rows[-1]["tx"]

    assert answer(life, Fraction(1, 2)).expenses.fixed == euros("600.50")
