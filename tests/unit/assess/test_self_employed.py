"""Turnover is not income: VAT and income tax come off first, also what is not paid yet."""

from datetime import date

from assess_builders import Life, assessed, euros

from psd2_affordability.assess.results import Income
from psd2_affordability.core.answer import Range, Unknown


def income(life: Life) -> Income:
    return assessed(life).income


def business(on: date = date(2026, 6, 30), *, vat: int = 2100) -> Life:
    """Turns over 4,000 a month, pays VAT the month after each quarter and 300 income tax a month."""
    life = (
        Life(on=on)
        .loose("inkomen.zzp", 4000, months=14)
        .loose("belasting.inkomsten", -300, months=14, day=27)
    )
    for day in (date(2025, 7, 28), date(2025, 10, 28), date(2026, 1, 28), date(2026, 4, 28)):
        if day <= on:
            life.book("belasting.btw", -vat, day)
    return life


def test_quarterly_vat_is_a_part_of_the_turnover_of_its_quarter():
    told = income(business())

    # 2,100 of a quarter's 12,000 is 700 of a month's 4,000; income tax is 300
    assert told.set_aside is not None
    assert told.set_aside.monthly == euros(1000)
    assert told.monthly == Range(euros(3000), euros(3000), euros(3000))
    assert told.for_protection == told.monthly


def test_the_vat_of_the_quarter_that_runs_is_not_the_persons_money():
    told = income(business())

    # paid up to 1 April; on 30 June ninety days of 700 a month are owed: 700 x 90 x 12 / 365
    assert told.set_aside is not None
    assert told.set_aside.unpaid == euros("2071.23")
    assert "income.vat_unpaid" in {reason.code for reason in told.reasons}


def test_a_quarter_that_should_have_been_paid_is_owed_too():
    late = income(business(on=date(2026, 9, 30))).set_aside

    # nothing was paid in July: 182 days since 1 April
    assert late is not None
    assert late.unpaid == euros("4188.49")


def test_a_month_with_much_turnover_owes_more_vat_and_a_lean_one_less():
    life = business()
    for row in life.rows:
        if row["category"] == "inkomen.zzp":
            row["amount_ct"] = 600_000 if row["booked_on"].month in {2, 5, 8, 11} else 300_000
    month = income(life).monthly

    # 2,100 of 12,000 is 17.5%: 3,000 leaves 2,475, 4,000 leaves 3,300; less 300 income tax
    assert isinstance(month, Range)
    assert (month.low, month.mid) == (euros(2175), euros(3000))


def test_turnover_without_any_tax_is_unknown_and_the_question_says_what_to_ask():
    told = income(Life().loose("inkomen.zzp", 4000))

    assert isinstance(told.monthly, Unknown)
    assert told.monthly.code == "income.tax_not_seen"
    assert "VAT" in told.monthly.ask
    assert told.forecast == ()


def test_a_side_business_without_tax_counts_only_for_a_good_month():
    told = income(Life().usual(1800).loose("inkomen.platform", 600))

    assert told.monthly == Range(euros(1800), euros(1800), euros(2400))
    assert told.set_aside is not None
    assert isinstance(told.set_aside.monthly, Unknown)


def test_income_tax_alone_leaves_open_whether_vat_is_due():
    told = income(Life().loose("inkomen.zzp", 4000).loose("belasting.inkomsten", -400, day=20))

    assert told.monthly == Range(euros(3600), euros(3600), euros(3600))
    assert told.set_aside is not None
    assert isinstance(told.set_aside.unpaid, Unknown)
    assert "VAT" in told.set_aside.unpaid.ask


def test_who_earns_wages_sets_nothing_aside():
    assert income(Life().usual()).set_aside is None
