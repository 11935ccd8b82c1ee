"""First signs of new debt, each with its day and its transactions."""

from datetime import date, timedelta

import pytest
from assess_builders import ON, Life, assessed

from psd2_affordability.assess.results import Signal


def signs(life: Life) -> dict[str, Signal]:
    return {one.code: one for one in assessed(life).signals}


def test_an_ordinary_life_shows_no_signs():
    assert assessed(Life().usual()).signals == ()


def test_wages_that_do_not_come_are_missed_and_then_stopped():
    late = Life(on=date(2026, 6, 20)).usual().monthly("inkomen.pensioen", 500, day=8, ended=1)
    gone = Life().usual().monthly("inkomen.pensioen", 500, day=8, ended=3)

    assert signs(late)["missed_income"].level == 1
    assert signs(gone)["missed_income"].level == 2


def test_wages_a_few_days_late_are_not_missed():
    life = Life(on=date(2026, 6, 12)).usual().monthly("inkomen.pensioen", 500, day=8, ended=1)

    assert "missed_income" not in signs(life)


def test_a_new_job_takes_the_place_of_the_old_one():
    life = Life().monthly("inkomen.loon", 2000, day=24, ended=4, payee="Oud BV")
    life.monthly("inkomen.loon", 2100, day=25, months=3, payee="Nieuw BV").monthly("wonen.huur", -500, day=1)

    assert signs(life) == {}


def test_unemployment_benefit_in_the_place_of_wages_is_time_to_talk():
    life = Life().monthly("inkomen.loon", 2400, day=24, ended=4).monthly("wonen.huur", -600, day=1)
    life.monthly("inkomen.uitkering_ww", 1700, day=12, months=2, payee="UWV")
    sign = signs(life)["income_replaced"]

    assert (sign.level, sign.first_on) == (2, date(2026, 4, 12))
    assert len(sign.transactions) == 2


def test_wages_are_missed_beside_a_benefit_only_when_months_lay_between():
    in_time = Life().monthly("inkomen.loon", 2400, day=24, ended=3).monthly("wonen.huur", -600, day=1)
    in_time.monthly("inkomen.uitkering_ww", 1700, day=12, months=2, payee="UWV")
    too_late = Life().monthly("inkomen.loon", 2400, day=24, ended=4).monthly("wonen.huur", -600, day=1)
    too_late.monthly("inkomen.uitkering_ww", 1700, day=12, months=2, payee="UWV")

    assert set(signs(in_time)) == {"income_replaced"}
    assert set(signs(too_late)) == {"income_replaced", "missed_income"}


def test_benefit_around_a_birth_takes_the_place_of_wages_that_are_then_not_missed():
    life = Life().monthly("inkomen.loon", 1950, day=25, ended=3).monthly("wonen.huur", -600, day=1)
    life.monthly("inkomen.uitkering_overig", 2050, day=23, months=2, payee="UWV")

    assert set(signs(life)) == {"income_replaced"}


def test_a_returned_debit_without_a_reason_is_not_said_to_be_for_lack_of_money():
    said, unsaid = Life().usual(), Life().usual()
    for life, why in ((said, "lack_of_funds"), (unsaid, "not_told")):
        life.book("storno.teruggeboekt", 120, ON - timedelta(days=9), return_kind=why)

    assert "lack of money" in signs(said)["returned_debit"].why.says
    assert "lack of money" not in signs(unsaid)["returned_debit"].why.says
    assert "Vraag of" in signs(unsaid)["returned_debit"].why.says_nl


def test_a_returned_debit_is_watched_and_two_together_are_time_to_talk():
    once, twice = Life().usual(), Life().usual()
    for life, days in ((once, [40]), (twice, [60, 20])):
        for day in days:
            life.book("storno.teruggeboekt", 30, ON - timedelta(days=day), return_kind="lack_of_funds")

    assert signs(once)["returned_debit"].level == 1
    assert signs(twice)["returned_debit"].level == 2
    assert signs(twice)["returned_debit"].first_on == ON - timedelta(days=60)


def test_a_debit_refused_by_hand_is_no_sign():
    life = Life().usual()
    life.book("storno.teruggeboekt", 30, ON - timedelta(days=9), return_kind="refused")

    assert "returned_debit" not in signs(life)


def test_a_lender_that_was_always_there_is_not_new():
    assert "new_lender" not in signs(Life().usual().monthly("schuld.lening", -80, day=4))


def test_a_lender_seen_after_three_silent_months_is_new():
    life = Life().usual()
    life.book("krediet.opgenomen", 2500, ON - timedelta(days=30), payee="Geldsnel")
    sign = signs(life)["new_lender"]

    assert (sign.level, sign.first_on) == (1, ON - timedelta(days=30))


def test_new_credit_while_a_plan_runs_is_time_to_talk():
    life = Life().usual().monthly("schuld.betalingsregeling", -50, day=4)
    life.book("schuld.achteraf_betalen", -40, ON - timedelta(days=30), payee="Later")

    assert signs(life)["new_bnpl"].level == 2


@pytest.mark.parametrize(
    ("category", "code"),
    [("schuld.incassobureau", "first_collector"), ("schuld.deurwaarder", "first_bailiff")],
)
def test_the_first_payment_to_a_collector_is_time_to_talk(category: str, code: str):
    life = Life().usual()
    life.book(category, -50, ON - timedelta(days=50), payee="Incasso")
    life.book(category, -50, ON - timedelta(days=20), payee="Incasso")
    sign = signs(life)[code]

    assert (sign.level, sign.first_on, len(sign.transactions)) == (2, ON - timedelta(days=50), 2)


def test_a_seizure_of_the_account_asks_for_action():
    life = Life().usual()
    life.book("schuld.beslag", -300, ON - timedelta(days=12))

    assert signs(life)["first_bailiff"].level == 3


def test_rent_that_was_skipped_a_month_is_time_to_talk():
    life = Life().monthly("inkomen.loon", 2000, day=24).monthly("wonen.huur", -700, day=1, without=(3,))
    sign = signs(life)["skipped_fixed_cost"]

    assert sign.level == 2
    assert sign.first_on == date(2026, 3, 3)


@pytest.mark.parametrize("without", [(3,), (3, 2)])
def test_rent_that_was_paid_ahead_was_not_skipped(without: tuple[int, ...]):
    life = Life().monthly("inkomen.loon", 2000, day=24).monthly("wonen.huur", -700, day=1, without=without)
    ahead = next(row for row in life.rows if row["booked_on"].date() == date(2026, 2, 1))
    ahead["amount_ct"] = -700_00 * (1 + len(without))

    assert "skipped_fixed_cost" not in signs(life)


def test_rent_that_was_paid_ahead_of_the_day_asked_is_not_late():
    life = Life().monthly("inkomen.loon", 2000, day=24).monthly("wonen.huur", -700, day=1, ended=1)
    rent = [row for row in life.rows if row["category"] == "wonen.huur"]
    late = signs(life)
    rent[-1]["amount_ct"] = -1400_00

    assert "skipped_fixed_cost" in late
    assert "skipped_fixed_cost" not in signs(life)


def test_rent_paid_ahead_for_fewer_months_than_were_left_out_was_skipped():
    life = Life().monthly("inkomen.loon", 2000, day=24).monthly("wonen.huur", -700, day=1, without=(3, 2))
    ahead = next(row for row in life.rows if row["booked_on"].date() == date(2026, 2, 1))
    ahead["amount_ct"] = -1400_00

    assert "skipped_fixed_cost" in signs(life)


def test_rent_and_energy_skipped_together_ask_for_action():
    life = Life().monthly("inkomen.loon", 2000, day=24).monthly("wonen.huur", -700, day=1, without=(3,))
    life.monthly("wonen.energie", -120, day=5, without=(2,))

    assert {one.level for one in assessed(life).signals if one.code == "skipped_fixed_cost"} == {3}


def test_rent_whose_debit_came_back_was_not_paid():
    life = Life().usual()
    paid = next(row for row in life.rows if row["category"] == "wonen.huur" and row["booked_on"].month == 4)
    paid["pair"] = life.book("storno.teruggeboekt", 700, date(2026, 4, 3), pair=paid["tx"])

    assert signs(life)["skipped_fixed_cost"].first_on == date(2026, 3, 31)


def test_months_without_rent_before_the_present_landlord_are_seen_too():
    life = Life().monthly("inkomen.loon", 2000, day=24)
    life.monthly("wonen.huur", -700, day=1, ended=9, payee="Oude Huis")
    life.monthly("wonen.huur", -750, day=1, months=6, payee="Nieuwe Huis")

    assert "skipped_fixed_cost" in signs(life)


def test_a_new_landlord_from_the_next_month_on_leaves_no_rent_unpaid():
    life = Life().monthly("inkomen.loon", 2000, day=24)
    life.monthly("wonen.huur", -700, day=1, ended=7, payee="Oude Huis")
    life.monthly("wonen.huur", -750, day=1, months=6, payee="Nieuwe Huis")

    assert "skipped_fixed_cost" not in signs(life)


def test_a_cost_that_was_made_up_for_later_is_said_so():
    life = Life().usual().monthly("wonen.water", -20, day=8, without=(3, 2))
    life.book("wonen.water", "-40", date(2026, 5, 9), payee="water")

    assert signs(life)["skipped_fixed_cost"].why.says == (
        "Water was expected around 10 March 2026 and was not paid until later."
    )


def test_rent_is_not_missed_by_who_bought_a_home():
    life = Life().monthly("inkomen.loon", 2300, day=24).monthly("wonen.huur", -700, day=1, ended=3)
    life.monthly("wonen.hypotheek", -610, day=2, months=2)

    assert "skipped_fixed_cost" not in signs(life)


def test_a_new_energy_supplier_is_no_skipped_cost():
    life = Life().usual()
    life.rows = [row for row in life.rows if row["category"] != "wonen.energie"]
    life.monthly("wonen.energie", -120, day=5, ended=6, payee="Oud").monthly(
        "wonen.energie", -130, day=7, months=5, payee="Nieuw"
    )

    assert "skipped_fixed_cost" not in signs(life)


def test_stale_data_are_no_sign_of_anything():
    life = Life().usual()
    life.on = ON + timedelta(days=90)
    told = assessed(life)

    assert told.signals == ()
    assert "history.stale" in {reason.code for reason in told.data_quality.cannot_know}


def test_a_bout_of_gambling_offers_help_and_credit_close_to_it_is_time_to_talk():
    life, borrowed = Life().usual(), Life().usual()
    for one in (life, borrowed):
        for day in range(6):
            one.book("gokken.inzet", -60, ON - timedelta(days=50 + day))
    borrowed.book("krediet.opgenomen", 1000, ON - timedelta(days=48), payee="Geldsnel")

    assert signs(life)["gambling_burst"].level == 1
    assert "help" in signs(life)["gambling_burst"].why.says
    assert signs(borrowed)["gambling_burst"].level == 2


def test_a_lottery_ticket_a_month_is_no_bout():
    assert "gambling_burst" not in signs(Life().usual().monthly("gokken.inzet", -15, day=10))


def test_a_debit_that_came_back_from_a_blocked_account_is_a_sign_of_its_own():
    life = Life().usual()
    life.book("storno.teruggeboekt", 30, ON - timedelta(days=9), return_kind="blocked")
    sign = signs(life)["account_blocked"]

    assert (sign.level, sign.first_on) == (2, ON - timedelta(days=9))
    assert "blocked" in sign.why.says
    assert "beslag" in sign.why.says_nl
    assert "returned_debit" not in signs(life)


def test_one_debit_that_came_back_is_spoken_of_as_one():
    life = Life().usual()
    life.book("storno.teruggeboekt", 30, date(2026, 6, 8), return_kind="lack_of_funds")

    sign = signs(life)["returned_debit"].why

    assert sign.says == "1 direct debit came back for lack of money, on 8 June 2026."
    assert sign.says_nl == (
        "1 keer is een incasso niet gelukt omdat er te weinig geld op de rekening stond. "
        "Dat was op 8 juni 2026."
    )


def test_two_debits_that_came_back_are_told_with_the_day_of_the_last():
    life = Life().usual()
    for day in (8, 15):
        life.book("storno.teruggeboekt", 30, date(2026, 6, day), return_kind="lack_of_funds")

    sign = signs(life)["returned_debit"].why

    assert sign.says == "2 direct debits came back for lack of money, the last on 15 June 2026."


def test_one_debit_that_came_back_without_a_reason_is_asked_about():
    life = Life().usual()
    life.book("storno.teruggeboekt", 30, date(2026, 6, 8))

    sign = signs(life)["returned_debit"].why

    assert sign.says == (
        "1 direct debit came back, on 8 June 2026; the bank gives no reason. Ask whether money was short."
    )
