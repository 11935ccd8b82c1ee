"""What the data show, and what they cannot show."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from assess_builders import ACCOUNT, ON, SINGLE, Life, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.core.answer import Unknown
from psd2_affordability.ledger.balance_proof import Unreconciled


def doubts(life: Life, case: Case | None = None) -> set[str]:
    return {reason.code for reason in assessed(life, case).data_quality.cannot_know}


def test_twelve_whole_months_with_a_balance_leave_no_doubt():
    assert doubts(Life().usual(), Case(household=SINGLE, balances=(balance(900),))) == set()


def test_only_booked_euros_up_to_the_day_count():
    life = Life().usual()
    count = len(life.rows)
    life.book("huishouden.winkel", -50, ON, status="pending")
    life.book("huishouden.winkel", -50, ON, currency="USD")
    life.book("huishouden.winkel", -50, ON + timedelta(days=1))
    told = assessed(life)

    assert (told.data_quality.transactions, told.data_quality.pending) == (count, 1)
    assert told.data_quality.other_currency == 1
    assert told.expenses == assessed(Life().usual()).expenses


def test_a_month_that_the_data_cover_only_half_is_no_whole_month():
    life = Life()
    for day in range(100):
        life.book("huishouden.boodschappen", -10, ON - timedelta(days=day))

    assert assessed(life).data_quality.full_months == 3


def test_a_first_booking_on_the_third_of_the_month_still_makes_it_whole():
    life = Life()
    for day in (date(2026, 5, 3), date(2026, 5, 20), date(2026, 6, 29)):
        life.book("huishouden.boodschappen", -10, day)

    assert assessed(life).data_quality.full_months == 2


def test_one_row_and_a_balance_of_a_year_later_show_no_year():
    life = Life()
    life.book("inkomen.loon", 2400, date(2025, 6, 12))
    told = assessed(life, Case(household=SINGLE, balances=(balance(900),)))

    assert (told.data_quality.full_months, told.data_quality.days_stale) == (0, 383)
    assert told.room.advice == "ask_first"
    [data] = [one for one in told.credit_check.indicators if one.code == "data"]
    assert data.level == "unknown"


def test_months_without_any_booking_are_not_months_that_the_data_show():
    life = Life()
    for day in (date(2025, 6, 12), date(2026, 5, 12), date(2026, 6, 29)):
        life.book("huishouden.boodschappen", -10, day)

    told = assessed(life).data_quality

    assert told.full_months == 2
    assert "history.short" in {one.code for one in told.cannot_know}


def test_a_balance_soon_after_the_last_row_says_that_nothing_came_since():
    life = Life(on=date(2026, 5, 31)).usual()
    life.on = ON
    told = assessed(life, Case(household=SINGLE, balances=(balance(900),))).data_quality

    assert (told.full_months, told.days_stale) == (11, 0)


def test_a_short_history_is_told():
    life = Life().usual()
    life.rows = [row for row in life.rows if row["booked_on"].date() >= date(2026, 5, 1)]

    assert {"history.short", "history.under_a_year"} <= doubts(life)


@pytest.mark.parametrize(("first", "short"), [(date(2025, 6, 21), False), (date(2025, 7, 21), True)])
def test_a_year_to_the_day_is_a_year_though_it_holds_eleven_whole_months(first: date, short: bool):
    life = Life(on=date(2026, 6, 20)).usual()
    life.rows = [row for row in life.rows if row["booked_on"].date() >= first]
    life.book("huishouden.boodschappen", -10, first)
    life.book("huishouden.boodschappen", -10, date(2026, 6, 20))

    assert ("history.under_a_year" in doubts(life)) == short


def test_an_own_account_that_is_not_shared_is_named_with_its_middle_hidden():
    life = Life().usual()
    life.book("intern.sparen", -200, date(2026, 5, 2), counterparty_iban="NL20INGB0001234567")
    life.book("intern.eigen_rekening", -10, date(2026, 5, 2), counterparty_iban=ACCOUNT)
    told = assessed(life)

    assert told.data_quality.missing_accounts == ("NL20INGB••••••4567",)
    assert "accounts.missing" in doubts(life)
    assert "ask.missing_accounts" in {question.code for question in told.room.questions}


def test_heavy_cash_and_unknown_money_raise_questions():
    life = Life().usual().loose("contant.opname", -900).loose("onbekend", -900)

    assert {"money.cash", "money.unknown"} <= doubts(life)
    assert assessed(life).data_quality.cash_share > Decimal("0.25")


def test_a_balance_that_does_not_add_up_is_told():
    assert "balance.not_proven" in doubts(Life().usual(), Case(SINGLE, (balance(9, proven=False),)))


def test_every_answer_names_the_days_whose_bookings_do_not_explain_the_balance():
    gap = Unreconciled(date(2026, 3, 3), date(2026, 3, 9), euros(-40))
    known = replace(balance(900, proven=False), unreconciled=(gap,))
    told = assessed(Life().usual(), Case(SINGLE, (known,)))

    for answer in (told.room, told.seizure, told.credit_check):
        [doubt] = [one for one in answer.reasons if one.code == "balance.not_proven"]
        assert "after 3 March 2026 and until 9 March 2026" in doubt.says
        assert "€40.00" in doubt.says
        assert doubt in told.data_quality.cannot_know


def test_the_balance_of_each_account_is_shown_or_unknown():
    known = assessed(Life().usual(), Case(SINGLE, (balance(900),))).data_quality.accounts
    unknown = assessed(Life().usual()).data_quality.accounts

    assert known[0].balance == euros(900)
    assert isinstance(unknown[0].balance, Unknown)


def test_a_balance_stated_today_says_that_nothing_came_after_the_last_booking():
    life = Life().usual()
    life.on = ON + timedelta(days=20)
    stated = Case(SINGLE, (balance(900, on=life.on),))

    assert assessed(life, stated).data_quality.days_stale == 0
    assert assessed(life).data_quality.days_stale > 14


def test_no_rows_at_all_is_an_answer_too():
    told = assessed(Life())

    assert "history.none" in {reason.code for reason in told.data_quality.cannot_know}
    assert told.room.advice == "ask_first"
    assert told.signals == ()


def test_one_whole_month_is_said_as_one():
    life = (
        Life().monthly("inkomen.loon", 2_200, day=24, months=1).monthly("wonen.huur", -900, day=26, months=1)
    )
    quality = assessed(life).data_quality
    (short,) = [one for one in quality.cannot_know if one.code == "history.short"]

    assert quality.full_months == 1
    assert short.says.startswith("The data cover 1 whole month;")
    assert short.says_nl.startswith("De gegevens gaan over 1 hele maand.")


def one_wage_of(amount: str | int, life: Life) -> Life:
    """The wage of March, as a file has it."""
    for row in life.rows:
        if row["category"] == "inkomen.loon" and row["booked_on"].date() == date(2026, 3, 24):
            row["amount_ct"] = euros(amount).cents
    return life


def test_a_wage_with_a_comma_forgotten_is_asked_about_and_no_month_rests_on_it():
    plain, told = assessed(Life().usual(2200)), assessed(one_wage_of(220_000, Life().usual(2200)))
    (asked,) = [one for one in told.data_quality.cannot_know if one.code == "amounts.unlikely"]

    assert asked.says == (
        "€220,000.00 of Bakker BV on 24 March 2026 is far more than the other payments of its kind; "
        "€2,200.00 is counted in its place. Ask whether the amount is right, and what it was."
    )
    assert len(asked.transactions) == 1
    assert (told.income, told.expenses) == (plain.income, plain.expenses)
    assert told.room.monthly == plain.room.monthly


def test_the_newest_wage_is_not_missed_because_its_amount_is_unlikely():
    life = Life().usual(2200)
    next(row for row in reversed(life.rows) if row["category"] == "inkomen.loon")["amount_ct"] = 22_000_00

    assert assessed(life).income.monthly == assessed(Life().usual(2200)).income.monthly
    assert "amounts.unlikely" in doubts(life)


def test_uneven_wages_do_not_count_an_unlikely_one_in_their_average():
    def uneven(march: int) -> Life:
        life = Life().usual(2200)
        wages = [row for row in life.rows if row["category"] == "inkomen.loon"]
        for row, extra in zip(
            wages, [10, 250, 130, 370, 90, 410, 330, 20, 180, 290, 60, 400, 210], strict=True
        ):
            row["amount_ct"] += extra * 100
        return one_wage_of(march, life)

    told = assessed(uneven(24_000)).income.monthly

    assert abs((told.mid - assessed(uneven(2_400)).income.monthly.mid).cents) <= 15_00


def test_a_bonus_and_a_double_month_are_ordinary():
    for amount in (3_300, 4_400, 9_900):
        assert "amounts.unlikely" not in doubts(one_wage_of(amount, Life().usual(2200)))


def test_a_rent_and_groceries_with_a_comma_forgotten_are_asked_about_and_counted_as_usual():
    plain, life = assessed(Life().usual()), Life().usual()
    for category in ("wonen.huur", "huishouden.boodschappen"):
        row = next(row for row in life.rows[::-1] if row["category"] == category)
        row["amount_ct"] = row["amount_ct"] * 100
    told = assessed(life)
    asked = [one for one in told.data_quality.cannot_know if one.code == "amounts.unlikely"]

    assert len(asked) == 2
    assert told.expenses == plain.expenses


def test_a_car_and_the_energy_bill_of_a_year_are_no_mistakes():
    life = Life().usual()
    life.monthly("vervoer.auto", -80, day=6, payee="Polis NV")
    life.book("vervoer.auto", -5_200, date(2026, 2, 11), payee="Garage Oost")
    life.book("wonen.energie", -2_800, date(2026, 2, 12), payee="Stroom NV")

    assert "amounts.unlikely" not in doubts(life)


def test_one_large_invoice_of_a_business_is_no_mistake():
    life = Life().usual().loose("inkomen.zzp", 400).loose("belasting.btw", -80)
    life.book("inkomen.zzp", 9_000, date(2026, 3, 12))

    assert "amounts.unlikely" not in doubts(life)


def test_a_file_in_which_all_amounts_miss_their_comma_tells_no_income_before_they_are_confirmed():
    life = Life().usual(2200)
    for row in life.rows:
        row["amount_ct"] *= 100
    told = assessed(life)

    assert "income.unlikely" in {one.code for one in told.data_quality.cannot_know}
    assert isinstance(told.income.monthly, Unknown)
    assert told.income.monthly.code == "income.unlikely"
    assert told.income.forecast == ()
    assert told.room.advice == "ask_first"


def test_a_large_wage_is_believed():
    assert assessed(Life().usual(14_000)).income.monthly.mid == euros(14_000)
    assert not {"amounts.unlikely", "income.unlikely"} & doubts(Life().usual(14_000))


def test_old_data_are_as_old_as_the_newest_booking_or_balance():
    life = Life().usual()
    life.rows = [row for row in life.rows if row["booked_on"].date() < ON - timedelta(days=60)]
    case = Case(household=SINGLE, balances=(balance(900, on=ON - timedelta(days=40)),))

    [told] = [one for one in assessed(life, case).data_quality.cannot_know if one.code == "history.stale"]

    assert told.says.startswith("The newest data are 40 days old.")
    assert told.says_nl.startswith("De nieuwste gegevens zijn 40 dagen oud.")
