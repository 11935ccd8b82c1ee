"""What a credit checker sees; a person decides."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import get_args, get_type_hints

import pytest
from assess_builders import ON, SINGLE, Life, assessed, balance

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.assess.results import CreditCheck, Indicator
from psd2_affordability.core.money import Money

SOUND = Case(household=SINGLE, balances=(balance(9000),))


def levels(life: Life, case: Case = SOUND) -> dict[str, str]:
    return {one.code: one.level for one in assessed(life, case).credit_check.indicators}


def test_a_steady_income_with_room_and_a_buffer_is_within_norms():
    told = assessed(Life().usual(2600), SOUND).credit_check

    assert told.outcome == "within_norms"
    assert told.reasons == ()


def test_there_is_no_way_to_say_no():
    assert set(get_args(get_type_hints(CreditCheck)["outcome"])) == {"within_norms", "refer_to_person"}


def test_no_room_above_the_floor_is_for_a_person():
    told = assessed(Life().usual(1300), SOUND).credit_check

    assert told.outcome == "refer_to_person"
    assert told.reasons[0].code == "credit.room_left"


def test_collectors_bailiffs_and_running_plans_are_for_a_person():
    for category in ("schuld.deurwaarder", "schuld.betalingsregeling"):
        life = Life().usual(2600)
        life.book(category, -50, ON - timedelta(days=20))

        assert levels(life)["collectors"] == "concern"


def test_one_purchase_on_credit_is_watched_and_many_are_a_concern():
    few, many = Life().usual(2600), Life().usual(2600)
    few.book("schuld.achteraf_betalen", -30, ON - timedelta(days=9), payee="Later")
    for week in range(14):
        many.book("schuld.achteraf_betalen", -30, ON - timedelta(days=6 * week), payee="Later")

    assert levels(few)["buy_now_pay_later"] == "watch"
    assert levels(many)["buy_now_pay_later"] == "concern"


def test_three_returned_debits_are_a_concern():
    life = Life().usual(2600)
    for month in (2, 3, 4):
        life.book("storno.teruggeboekt", 30, date(2026, month, 5))

    assert levels(life)["returned_debits"] == "concern"


def test_intense_gambling_is_a_concern_however_small_its_share():
    life = Life().usual(4000)
    for day in range(6):
        life.book("gokken.inzet", -100, ON - timedelta(days=40 + day))

    assert levels(life)["gambling"] == "concern"


def test_days_below_zero_are_counted():
    life = Life().usual(2600)

    assert levels(life, Case(household=SINGLE, balances=(balance(-50),)))["overdraft_days"] == "concern"


def test_without_a_balance_a_person_must_look():
    told = levels(Life().usual(2600), Case(household=SINGLE))

    assert told["buffer_months"] == told["overdraft_days"] == "unknown"


def test_turnover_is_never_taken_for_a_steady_income():
    life = Life().loose("inkomen.zzp", 4000).loose("belasting.btw", -600)

    assert levels(life)["income_stability"] == "watch"


def test_unemployment_benefit_ends_in_time_and_is_for_a_person():
    life = Life().monthly("inkomen.uitkering_ww", 2300, day=14).monthly("wonen.huur", -500, day=1)

    assert levels(life)["income_stability"] == "concern"


@pytest.mark.parametrize("benefit", ["inkomen.uitkering_ziektewet", "inkomen.uitkering_wia"])
def test_a_benefit_that_tells_of_health_counts_as_any_other_income(benefit: str):
    ill = Life().monthly(benefit, 2300, day=14).monthly("wonen.huur", -500, day=1)
    well = Life().monthly("inkomen.loon", 2300, day=14).monthly("wonen.huur", -500, day=1)

    assert levels(ill) == levels(well)


@pytest.mark.parametrize("months", [1, 2])
def test_thin_data_are_for_a_person(months: int):
    life = Life().usual(2600)
    since = date(2026, 7 - months, 1)
    life.rows = [row for row in life.rows if row["booked_on"].date() >= since]

    assert assessed(life, SOUND).credit_check.outcome == "refer_to_person"


def test_sensitive_spending_never_shows_in_an_indicator():
    life = Life().usual(2600)
    hidden = life.book("huishouden.bijzonder", -60, date(2026, 5, 3), payee="gevoelig")
    told = assessed(life, SOUND).credit_check

    for one in told.indicators:
        assert hidden not in one.says.transactions
        assert not any("gevoelig" in str(getattr(one, each.name)) for each in fields(one))


def seized_wages() -> Life:
    life = Life().usual(2600)
    for row in life.rows:
        if row["category"] == "inkomen.loon":
            row["remittance"] = "loon na loonbeslag"
    return life


def test_wages_that_are_being_seized_are_for_a_person_though_no_collector_is_paid():
    check = assessed(seized_wages(), SOUND).credit_check

    [told] = [one for one in check.indicators if one.code == "collectors"]
    assert told.level == "concern"
    assert told.says.says.startswith("Part of the wage or benefit is being seized.")
    assert len(told.says.transactions) > 0


def test_while_wages_are_being_seized_no_amount_is_said_to_make_room():
    turns = {one.code: one for one in assessed(seized_wages(), SOUND).credit_check.turns}

    assert (turns["room_left"].by, turns["room_left"].reaches) == (None, "known")
    assert "seizure" in turns["collectors"].says.says
    assert not any(one.alone for one in turns.values())


def test_bouts_of_gambling_are_named_where_less_at_stake_is_not_enough():
    life = Life().usual(4000)
    for day in range(6):
        life.book("gokken.inzet", -100, ON - timedelta(days=40 + day))

    [turn] = assessed(life, SOUND).credit_check.turns

    assert (turn.code, turn.by, turn.reaches) == ("gambling", None, "10%")
    assert "No short intense bouts" in turn.says.says


def test_beside_a_concern_what_is_watched_stands_in_the_way_too_when_it_is_more_than_two_things():
    life = Life().usual(2600)
    life.book("schuld.deurwaarder", -50, ON - timedelta(days=20))
    few = {one.code for one in assessed(life, SOUND).credit_check.turns}
    life.book("storno.teruggeboekt", 30, date(2026, 4, 5))
    life.book("schuld.achteraf_betalen", -30, ON - timedelta(days=9), payee="Later")
    life.book("gokken.inzet", -400, ON - timedelta(days=9))
    many = assessed(life, SOUND).credit_check

    assert few == {"collectors"}
    assert sum(one.level == "watch" for one in many.indicators) == 3
    assert {one.code for one in many.turns} == {
        one.code for one in many.indicators if one.level in {"watch", "concern"}
    }
    assert not any(one.alone for one in many.turns)


def test_one_of_a_thing_is_spoken_of_as_one():
    life = Life().usual(2600)
    life.book("storno.teruggeboekt", 30, date(2026, 4, 5))
    life.book("schuld.achteraf_betalen", -30, ON - timedelta(days=9), payee="Later")
    life.book("schuld.incassobureau", -30, ON - timedelta(days=9))
    check = assessed(life, SOUND).credit_check
    said = {one.code: (one.says.says, one.says.says_nl) for one in check.indicators}

    assert said["returned_debits"][0].startswith("1 direct debit came back")
    assert said["returned_debits"][1].startswith("1 incasso kwam")
    assert said["buy_now_pay_later"][0].startswith("1 payment to")
    assert said["collectors"][1].startswith("1 betaling aan")


def test_one_month_of_data_is_spoken_of_as_one():
    life = Life().usual(2600)
    life.rows = [row for row in life.rows if row["booked_on"].date() >= date(2026, 6, 1)]
    [told] = [one.says for one in assessed(life, SOUND).credit_check.indicators if one.code == "data"]

    assert told.says == "The data show 1 whole month."
    assert told.says_nl == "De gegevens gaan over 1 hele maand."


def indicator(life: Life, code: str, case: Case = SOUND) -> Indicator:
    [told] = [one for one in assessed(life, case).credit_check.indicators if one.code == code]
    return told


def test_a_loan_of_which_the_first_instalment_was_paid_runs_by_that_instalment():
    life = Life().usual(2600)
    paid = life.book("schuld.lening", "-74.60", ON - timedelta(days=12), payee="Leenbank")

    told = indicator(life, "existing_credit")

    assert told.value == "74.60"
    assert told.says.transactions == (paid,)


def test_a_loan_that_ended_is_no_credit_that_runs():
    life = Life().usual(2600).monthly("schuld.lening", -90, day=9, ended=5, payee="Leenbank")

    assert indicator(life, "existing_credit").value == "0.00"


def test_credit_that_runs_is_the_same_sum_as_what_the_creditors_get_in_the_costs():
    life = Life().usual(2600).monthly("schuld.lening", -90, day=9, payee="Leenbank")
    for week in range(9):
        life.book("schuld.achteraf_betalen", "-31.40", ON - timedelta(days=7 * week), payee="Later")

    creditors = assessed(life, SOUND).expenses.creditors

    assert indicator(life, "existing_credit").value == str(Money.total(one.monthly for one in creditors))


def test_an_income_that_stopped_is_said_before_what_a_lean_month_brings():
    life = Life().usual(2600).monthly("inkomen.pensioen", 500, day=8, ended=3)

    told = indicator(life, "income_stability").says

    assert told.says.startswith("An income has stopped. ")
    assert told.says_nl.startswith("Er is een inkomen gestopt. ")
    assert "Apart from that a lean month brings" in told.says


def test_a_benefit_that_ends_says_so_before_how_even_its_months_are():
    life = Life().monthly("inkomen.uitkering_ww", 1700, day=8).monthly("wonen.huur", -600, day=1)

    told = indicator(life, "income_stability")

    assert told.level == "concern"
    assert told.says.says == (
        "Most of what comes in is unemployment benefit, which ends in time. "
        "Until then a lean month brings 100% of the usual €1,700.00."
    )
    assert told.says.says_nl.endswith("Tot dan brengt een slechte maand 100% van de gewone € 1.700,00.")


def test_steady_turnover_that_is_watched_says_why():
    life = Life().loose("inkomen.zzp", 4000).loose("belasting.btw", -600)

    told = indicator(life, "income_stability")

    assert told.level == "watch"
    assert told.says.says.startswith("Most of what comes in is turnover of an own business, ")
    assert "Apart from that a lean month brings 100% of" in told.says.says


def test_a_steady_wage_needs_no_more_than_what_a_lean_month_brings():
    told = indicator(Life().usual(2600), "income_stability")

    assert told.says.says == "A lean month brings 100% of the usual €2,600.00."


def test_data_that_lack_nothing_are_said_without_a_word_on_what_is_missing():
    told = indicator(Life().usual(2600), "data").says

    assert told.says == "The data show 12 whole months."
    assert told.says_nl == "De gegevens gaan over 12 hele maanden."


def test_money_without_a_category_is_said_in_a_sentence_of_its_own():
    told = indicator(Life().usual(2600).loose("onbekend", -300), "data").says

    assert "% of the money has no category." in told.says
    assert told.says_nl.startswith("De gegevens gaan over 12 hele maanden. Van ")


def test_costs_that_missed_a_month_and_are_paid_again_are_watched_in_the_words_of_the_signs():
    life = Life().monthly("inkomen.loon", 2600, day=24, payee="Bakker BV")
    life.monthly("wonen.huur", -700, day=1, without=(2,)).monthly("wonen.energie", -120, day=5, without=(2,))
    found = assessed(life, SOUND)

    told = indicator(life, "missed_obligations")

    assert (told.level, told.value) == ("watch", "0")
    assert told.says.says == (
        "No cost or instalment that is owed stopped being paid. In a year 2 fixed costs missed a payment."
    )
    assert told.says.says_nl == (
        "Alle vaste lasten en aflossingen worden nog betaald. "
        "In een jaar zijn 2 vaste lasten een keer overgeslagen."
    )
    skipped = [one for one in found.signals if one.code == "skipped_fixed_cost"]
    assert {key for one in skipped for key in one.transactions} == set(told.says.transactions)


def test_a_light_check_looks_back_a_quarter_for_payments_that_were_missed():
    life = Life().usual(2600).monthly("wonen.water", -20, day=8, without=(7,))

    light = Case(household=SINGLE, balances=(balance(4000),), obligation=Obligation(Money.euros(10), 3))

    assert indicator(life, "missed_obligations").level == "watch"
    assert indicator(life, "missed_obligations", light).level == "fine"


def test_what_must_change_is_that_no_fixed_cost_misses_a_payment():
    life = Life().usual(1500).monthly("wonen.water", -20, day=8, without=(3,))

    turns = {one.code: one.says.says for one in assessed(life, SOUND).credit_check.turns}

    assert turns.get("missed_obligations", "").startswith("No fixed cost that misses a payment")


def test_a_cost_that_the_household_tells_has_ended_was_not_missed():
    life = Life().usual(2600).monthly("wonen.water", -20, day=8, ended=3)
    ended = replace(SOUND, household=replace(SINGLE, free_of=("wonen.water",)))

    assert indicator(life, "missed_obligations").level == "watch"
    assert indicator(life, "missed_obligations", ended).level == "fine"
    assert "skipped_fixed_cost" not in {one.code for one in assessed(life, ended).signals}
