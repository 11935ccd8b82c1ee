"""Whether seizing the account would work."""

import copy
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from assess_builders import ACCOUNT, SINGLE, Life, TenLineLaw, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import AccountShare, Household, HouseholdType
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown


def level(wage: int = 1500) -> Life:
    """A life that spends what it earns, so the balance keeps its level."""
    return Life().monthly("inkomen.loon", wage, day=24).monthly("wonen.huur", -wage, day=25)


def case(amount: int, **more: object) -> Case:
    return Case(household=SINGLE, balances=(balance(amount),), **more)


def test_a_balance_below_the_protected_amount_yields_nothing():
    found = assessed(level(), case(600)).seizure

    assert found.verdict == "no_yield"
    assert found.net == Interval(euros(-486), euros(-486))


def test_a_balance_just_above_the_protected_amount_costs_more_than_it_brings():
    found = assessed(level(), case(2300)).seizure

    assert found.verdict == "costs_exceed"
    assert found.net == Interval(euros(-186), euros(-186))


def test_a_large_balance_yields():
    found = assessed(level(), case(9000)).seizure

    assert found.verdict == "yields"
    assert found.cheaper_route == ""
    assert found.net == Interval(euros(6514), euros(6514))


def test_a_served_title_saves_the_cost_of_serving_it():
    found = assessed(level(), case(2400, title_served=True)).seizure

    assert found.verdict == "yields"
    assert found.net == Interval(euros(50), euros(50))


def test_the_day_after_payday_does_not_turn_a_usual_day_into_a_yield():
    life = Life().monthly("inkomen.loon", 2600, day=24).monthly("wonen.huur", -2600, day=27)
    found = assessed(life, case(300)).seizure

    assert found.verdict == "no_yield"
    assert found.expected_balance.p90 < euros(2900)


def test_no_balance_means_no_verdict_but_a_question():
    found = assessed(level(), Case(household=SINGLE)).seizure

    assert found.verdict == "unknown"
    assert isinstance(found.expected_balance, Unknown)
    assert found.expected_balance.ask


def test_an_unknown_protected_amount_means_no_verdict():
    law = TenLineLaw(balance=Unknown("household.type_unknown", "Nobody knows."))

    assert assessed(level(), case(9000), law).seizure.verdict == "unknown"


def test_a_payment_plan_is_the_cheaper_route_when_one_fits():
    found = assessed(Life().usual(2200), Case(SINGLE, (balance(900),), total_debt=euros(900))).seizure

    assert found.cheaper_route == "payment_plan"


def test_a_claim_smaller_than_the_costs_is_cheaper_to_write_off():
    found = assessed(level(1300), case(600, total_debt=euros(120))).seizure

    assert found.cheaper_route == "write_off"


def test_who_has_no_room_is_left_alone_though_wages_lie_above_the_floor():
    found = assessed(level(1800), case(600, total_debt=euros(5000))).seizure

    assert found.cheaper_route == "wait"


def test_wages_above_the_floor_are_the_cheaper_route_when_the_debt_is_too_large_for_a_plan():
    found = assessed(Life().usual(2200), Case(SINGLE, (balance(900),), total_debt=euros(90000))).seizure

    assert found.cheaper_route == "wage_seizure"


def test_no_day_of_the_month_is_named():
    for amount in (600, 2300, 9000):
        for reason in assessed(level(), case(amount)).seizure.reasons:
            assert "20" not in reason.says.replace("2,000", "").replace("2,3", ""), reason.says


def test_a_balance_of_an_earlier_day_is_reckoned_on_to_today():
    life = level()
    life.book("huishouden.winkel", -100, date(2026, 6, 28))
    stated = balance(700, on=date(2026, 6, 26))
    found = assessed(life, Case(household=SINGLE, balances=(stated,))).seizure

    assert found.expected_balance.p10 == euros(600)
    assert found.expected_balance.p90 >= euros(600)


def test_a_balance_of_long_ago_says_nothing_about_today():
    old = balance(9000, on=date(2026, 3, 1))

    assert assessed(level(), Case(household=SINGLE, balances=(old,))).seizure.verdict == "unknown"


def test_six_weeks_of_balances_are_told_day_by_day_low_to_high():
    forecast = assessed(level(), case(600)).seizure.forecast

    assert len(forecast) == 42
    assert (forecast[0].on, forecast[-1].on) == (date(2026, 7, 1), date(2026, 8, 11))
    assert all(day.p10 <= day.p50 <= day.p90 for day in forecast)


def test_a_seizure_check_is_the_same_whether_its_forecast_was_read_before_or_not():
    read, unread = (assessed(level(), case(600)).seizure for _ in range(2))
    days = read.forecast

    assert copy.deepcopy(unread) == read
    assert replace(unread, reasons=()).forecast == days == unread.forecast
    assert repr(unread) == repr(read)
    assert hash(unread) == hash(read)
    assert not hasattr(unread, "day_to_seize")


def frugal_of_late() -> Life:
    """A level life of three months, after nine in which each week cost 150 more than came in."""
    life = level()
    for week in range(14, 51):
        life.book("huishouden.winkel", -150, date(2026, 6, 28) - timedelta(weeks=week))
    return life


def test_who_never_was_below_zero_is_not_told_to_go_there_as_debits_come_back_instead():
    found = assessed(frugal_of_late(), case(100)).seizure

    assert (found.expected_balance.p10, found.expected_balance.p50) == (euros(0), euros(0))
    assert all(euros(0) <= day.p10 <= day.p50 <= day.p90 for day in found.forecast)
    assert "On a usual day the balance is €0.00." in found.reasons[0].says


def test_who_has_been_below_zero_is_told_no_lower_than_then():
    life = frugal_of_late()
    life.book("huishouden.winkel", -400, date(2026, 6, 20))
    life.book("inkomen.overig", 400, date(2026, 6, 23))
    found = assessed(life, case(100)).seizure

    assert found.expected_balance.p10 == euros(-300)
    assert min(day.p10 for day in found.forecast) == euros(-300)


def test_the_balance_rises_on_payday_and_falls_with_the_rent():
    by_day = {day.on: day.p50 for day in assessed(level(), case(600)).seizure.forecast}

    assert by_day[date(2026, 7, 23)] == euros(600)
    assert by_day[date(2026, 7, 24)] == euros(2100)
    assert by_day[date(2026, 7, 25)] == euros(600)


def test_no_word_of_an_answer_names_a_day_or_a_best_moment():
    months = (
        *("January", "February", "March", "April", "June", "July", "August", "September", "October"),
        *("januari", "februari", "maart", "april", "juni", "juli", "augustus", "oktober", "december"),
    )
    for amount in (300, 600, 1990, 2300, 2700, 9000):
        found = assessed(level(2600), case(amount)).seizure
        for told in (*found.reasons, *found.questions):
            for words in (told.says, told.says_nl):
                assert not any(month in words for month in months), words
                assert "best" not in words.lower(), words


def test_the_answer_tells_from_which_balance_it_would_turn():
    found = assessed(level(), case(600)).seizure

    assert found.yields_above == euros(2486)
    assert "seizure.turns_above" in {reason.code for reason in found.reasons}


def test_a_balance_just_over_the_turning_point_yields_and_just_under_it_does_not():
    assert assessed(level(), case(2487)).seizure.verdict == "yields"
    assert assessed(level(), case(2485)).seizure.verdict == "costs_exceed"


def test_a_seizure_earlier_this_month_may_have_used_the_protected_amount():
    life = level()
    life.book("schuld.beslag", -400, date(2026, 6, 12))
    found = assessed(life, case(1500)).seizure

    assert found.expected_proceeds.high >= euros(1500)
    assert found.verdict != "yields"
    assert "seizure.protection_used" in {reason.code for reason in found.reasons}
    assert "ask.protection_used" in {question.code for question in found.questions}


def test_what_the_user_says_was_left_already_is_used_up():
    found = assessed(level(), case(1500, protection_used=euros(1600))).seizure

    assert found.net == Interval(euros(1500 - 400 - 486), euros(1500 - 400 - 486))


def test_accounts_at_two_banks_may_each_keep_the_protected_amount():
    life = level()
    other = "NL24INGB0000000067"
    life.book("huishouden.winkel", -10, date(2026, 6, 2), account=other)
    found = assessed(life, case(3000)).seizure

    assert "seizure.several_banks" in {reason.code for reason in found.reasons}
    assert found.verdict == "unknown"


def test_a_joint_account_is_hit_whole_and_the_answer_says_so():
    joint = replace(SINGLE, accounts=(AccountShare(ACCOUNT, Fraction(1, 2)),))
    found = assessed(level(), Case(joint, (balance(3000),))).seizure

    assert found.expected_balance.p50 >= euros(2900)
    assert "seizure.joint_account" in {reason.code for reason in found.reasons}


def test_where_there_is_a_partner_it_is_said_whose_money_a_seizure_may_hit_too():
    couple = replace(SINGLE, type=HouseholdType.COUPLE)
    told = {
        home.type: {reason.code for reason in assessed(level(), Case(home, (balance(3000),))).seizure.reasons}
        for home in (SINGLE, couple)
    }

    assert "seizure.partner" in told[HouseholdType.COUPLE]
    assert "seizure.partner" not in told[HouseholdType.SINGLE]


def test_whether_an_account_is_joint_is_asked_when_nobody_said():
    questions = {question.code for question in assessed(level(), case(600)).seizure.questions}

    assert "ask.joint_account" in questions


def test_a_seizure_brings_no_more_than_the_claim():
    found = assessed(level(), case(9000, total_debt=euros(700))).seizure

    assert found.net == Interval(euros(700 - 486), euros(700 - 486))
    assert found.expected_proceeds == Interval(euros(700), euros(700))
    assert found.verdict == "yields"
    assert "seizure.claim_bounds" in {reason.code for reason in found.reasons}


def test_a_claim_at_or_below_the_costs_is_written_off_whatever_the_balance():
    for claim in (100, 486):
        found = assessed(level(), case(9000, total_debt=euros(claim))).seizure

        assert (found.verdict, found.cheaper_route) == ("costs_exceed", "write_off")
        assert found.net == Interval(euros(claim - 486), euros(claim - 486))
        assert isinstance(found.yields_above, Unknown)
        assert found.turns == ()
        assert "seizure.claim_within_costs" in {reason.code for reason in found.reasons}
    assert assessed(level(), case(9000, total_debt=euros(487))).seizure.verdict == "yields"


def test_a_claim_larger_than_the_balance_changes_nothing():
    with_claim = assessed(level(), case(9000, total_debt=euros(90000))).seizure

    assert with_claim.net == assessed(level(), case(9000)).seizure.net
    assert "seizure.claim_bounds" not in {reason.code for reason in with_claim.reasons}


def test_where_a_seizure_yields_a_plan_within_a_year_is_still_the_cheaper_route():
    answer = assessed(Life().usual(2200), Case(SINGLE, (balance(9000),), total_debt=euros(900)))
    months = next(option.months for option in answer.room.options if option.months <= 12)

    assert answer.seizure.verdict == "yields"
    assert answer.seizure.cheaper_route == "payment_plan"
    [told] = [reason for reason in answer.seizure.reasons if reason.code == "seizure.plan_pays"]
    assert str(months) in told.says or months == 1


def test_where_a_seizure_yields_a_plan_of_years_is_not_named():
    found = assessed(Life().usual(2200), Case(SINGLE, (balance(9000),), total_debt=euros(90000))).seizure

    assert (found.verdict, found.cheaper_route) == ("yields", "")


def test_an_unknown_claim_is_asked_for_where_a_seizure_would_find_something():
    asked = {
        amount: {question.code for question in assessed(level(), case(amount)).seizure.questions}
        for amount in (600, 9000)
    }

    assert "ask.claim" in asked[9000]
    assert "ask.claim" not in asked[600]
    known = assessed(level(), case(9000, total_debt=euros(5000))).seizure.questions
    assert "ask.claim" not in {question.code for question in known}


def said_of(asked: Case, life: Life, law: TenLineLaw | None = None) -> dict[str, str]:
    return {one.code: one.says for one in assessed(life, asked, law).seizure.reasons}


class UntoldHousehold(TenLineLaw):
    """Protects from 1,400 to 2,300, as the household that is not told turns out to be."""

    def protected_income(
        self, household: Household, net_income_month: Interval | Unknown, on: date
    ) -> LegalAnswer:
        return self._answer("protected-income", on, Interval(euros(1400), euros(2300)))


def test_who_is_advised_to_wait_is_told_why():
    no_room = said_of(case(600), level())
    not_known = said_of(case(600), Life().usual(2200), UntoldHousehold())

    assert "no room for a plan" in no_room["seizure.wait"]
    assert "Ask first" in not_known["seizure.wait"]
    assert {*no_room, *not_known}.isdisjoint({"seizure.at_source", "seizure.wage_seized"})


def test_a_seizure_at_the_source_is_named_with_what_it_reaches():
    found = assessed(Life().usual(2200), case(900, total_debt=euros(90_000))).seizure

    assert found.cheaper_route == "wage_seizure"
    assert "seizure.at_source" in {one.code for one in found.reasons}


def test_where_wages_are_being_seized_already_another_creditor_is_told_so():
    life = level(2600)
    for row in life.rows:
        if row["category"] == "inkomen.loon":
            row["remittance"] = "loon na loonbeslag"

    [told] = [one for one in assessed(life, case(600)).seizure.reasons if one.code == "seizure.wage_seized"]

    assert len(told.transactions) > 0


def test_a_claim_within_the_costs_is_said_also_where_a_usual_day_finds_nothing():
    said = said_of(case(600, total_debt=euros(300)), level())

    assert "Whatever the balance is" in said["seizure.claim_within_costs"]
    assert "seizure.sensitive_to_the_day" not in said
