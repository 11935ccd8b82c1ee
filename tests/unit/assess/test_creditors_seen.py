"""Every party that is paid for a debt or a loan: what a month, and when last."""

from datetime import date, timedelta

from assess_builders import ON, Life, assessed, euros

from psd2_affordability.assess.results import CreditorSeen


def creditors(life: Life) -> tuple[CreditorSeen, ...]:
    return assessed(life).expenses.creditors


def test_a_lender_is_seen_with_its_instalment_last_payment_and_transactions():
    (one,) = creditors(Life().usual().monthly("schuld.lening", -75, day=4, payee="Leenbank"))

    assert (one.payee, one.category, one.status) == ("Leenbank", "schuld.lening", "active")
    assert (one.monthly, one.last, one.last_on) == (euros(75), euros(75), date(2026, 6, 4))
    assert len(one.transactions) == 12, "the payments of a year"


def test_weekly_instalments_are_spread_to_a_month_and_the_largest_comes_first():
    life = Life().usual().monthly("schuld.incassobureau", -40, day=6, payee="Inning BV")
    life.every("schuld.betalingsregeling", -30, days=7, cadence="weekly", count=20, payee="Woonstad")

    assert [(one.payee, one.monthly) for one in creditors(life)] == [
        ("Woonstad", euros(130)),
        ("Inning BV", euros(40)),
    ]


def test_who_was_paid_now_and_then_is_seen_by_the_average_of_the_months():
    life = Life().usual()
    for back in (20, 90, 200):
        life.book("schuld.achteraf_betalen", -40, ON - timedelta(days=back), payee="Later Betalen")
    (one,) = creditors(life)

    assert (one.monthly, one.status) == (euros(10), "active")


def test_a_loan_that_was_repaid_asks_nothing_a_month_any_more():
    (one,) = creditors(Life().usual().monthly("schuld.lening", -75, day=4, ended=5, payee="Leenbank"))

    assert (one.monthly, one.status) == (euros(0), "ended")


def test_a_creditor_of_more_than_a_year_ago_is_history():
    life = Life().usual().monthly("schuld.lening", -75, day=4, months=20, ended=14)

    assert creditors(life) == ()


def test_who_owes_nobody_has_no_creditors():
    assert creditors(Life().usual()) == ()


def test_what_a_bailiff_took_from_the_account_is_seen_but_is_no_monthly_cost():
    life = Life().usual()
    life.book("schuld.beslag", -640, ON - timedelta(days=9), payee="Deurwaarder BV")
    expenses = assessed(life).expenses

    assert [(one.payee, one.monthly, one.last) for one in expenses.creditors] == [
        ("Deurwaarder BV", euros(0), euros(640))
    ]
    assert expenses.debts == euros(0)


def test_a_plan_of_which_two_payments_were_seen_counts_by_its_instalment_wherever_it_is_told():
    life = Life().usual(2200)
    for back in (36, 6):
        life.book("schuld.betalingsregeling", -20, ON - timedelta(days=back), payee="Stroom NV")
    found = assessed(life)
    (one,) = found.expenses.creditors

    assert one.monthly == found.expenses.debts == euros(20)
    (says,) = [reason for reason in found.room.reasons if reason.code == "room.fair_share"]
    assert says.says.startswith("There is 1 other creditor, who gets €20.00 a month from this account now.")
    assert says.says_nl.startswith("Er is 1 andere schuldeiser. Die krijgt nu € 20,00 per maand van deze")


def test_two_other_creditors_are_told_as_two():
    life = Life().usual().monthly("schuld.incassobureau", -40, day=6, payee="Inning BV")
    life.monthly("schuld.incassobureau", -10, day=8, payee="Vordering BV")
    (says,) = [one for one in assessed(life).room.reasons if one.code == "room.fair_share"]

    assert says.says.startswith("There are 2 other creditors, who get €50.00 a month from this account now.")
