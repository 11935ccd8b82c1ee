"""Plans tested in simulated years: the amounts, the day, the chances, and what is said of them."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from assess_builders import ON, Life, TenLineLaw, balance, euros, understood
from plan_builders import case, codes, room_for, spends_all, uneven

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.forecast.plan_paths import PlanPaths, borne
from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.assess.plans import Payments, plan_options
from psd2_affordability.core.answer import Interval, Range, Unknown


def test_a_plan_that_every_future_bears_is_sure():
    options = room_for(Life().usual(2200)).options

    assert [one.kind for one in options] == ["sure", "usual", "quick"]
    assert {one.chance_holds for one in options} == {Decimal("1.00")}


def test_a_larger_amount_never_holds_more_often():
    options = room_for(uneven()).options
    chances = [one.chance_holds for one in options]

    assert chances == sorted(chances, reverse=True)
    assert [one.amount for one in options] == sorted({one.amount for one in options})


def test_the_sure_plan_holds_nine_times_in_ten_or_the_reasons_say_that_none_does():
    for start in (1_450, 1_600, 2_000, 3_000, 8_000):
        room = room_for(uneven(2_050), case(start=start))
        first = room.options[0]

        assert (first.kind == "sure") == (first.chance_holds >= Decimal("0.90"))
        assert ("plan.none_is_sure" in codes(room)) == (first.kind == "careful")


def test_a_buffer_makes_the_same_plan_surer():
    poor, rich = (
        room_for(uneven(), case(start=start, proposal=euros(760))).proposal for start in (1_600, 6_000)
    )

    assert poor.option.chance_holds < rich.option.chance_holds


def test_spending_half_of_what_can_wait_makes_a_plan_surer():
    life = uneven().loose("huishouden.horeca", -250, day=20)
    first = room_for(life, case(start=1_600, proposal=euros(350))).proposal.option

    assert first.chance_if_careful > first.chance_holds


def test_no_plan_exceeds_the_good_months_room_and_all_are_in_whole_five_euros():
    for wage in (1_900, 2_050, 2_400):
        room = room_for(uneven(wage))
        for option in room.options:
            assert option.amount <= room.monthly.high
            assert option.amount.cents % 500 == 0


def test_the_lowest_balance_is_the_buffer_less_what_is_paid_when_nothing_else_moves():
    life = Life().monthly("inkomen.loon", 2_000, day=24).monthly("wonen.huur", -1_900, day=26)
    option = room_for(life, case(debt=None, start=2_000, proposal=euros(200))).proposal.option

    # twelve payments of 200 from 25 July on; each pay period leaves 100, and the first rent falls on 26 July
    assert option.lowest_balance == euros(2_000 + 12 * 100 - 12 * 200)


def test_without_a_balance_the_lowest_one_is_unknown_and_the_reasons_say_where_the_plan_starts():
    room = room_for(Life().usual(2200), case(start=None))

    assert isinstance(room.options[0].lowest_balance, Unknown)
    assert "plan.no_balance" in codes(room)


@pytest.mark.parametrize("times", [3, 10])
def test_a_life_in_which_every_amount_is_some_times_as_large_bears_so_many_times_as_much(times):
    def chances(scale: int) -> list[Decimal]:
        life = uneven()
        for row in life.rows:
            row["amount_ct"] *= scale
        for stream in life.streams:
            for name in ("amount_ct", "amount_low_ct", "amount_high_ct", "last_amount_ct"):
                stream[name] *= scale
        law = TenLineLaw(floor=Interval.exactly(euros(1400 * scale)))
        asked = (case(None, 900 * scale, proposal=euros(amount * scale)) for amount in (600, 700, 800))
        return [room_for(life, one, law).proposal.option.chance_holds for one in asked]

    plain, larger = chances(1), chances(times)

    assert len(set(plain)) == 3
    assert all(abs(one - other) <= Decimal("0.01") for one, other in zip(plain, larger, strict=True))


def test_what_the_chance_leaves_out_is_said():
    assert "plan.chance" in codes(room_for(Life().usual(2200)))


def test_who_lives_below_zero_already_is_held_to_that_depth():
    life = Life().monthly("inkomen.loon", 2_000, day=24).monthly("wonen.huur", -1_700, day=26)
    room = room_for(life, case(start=-600))

    assert "plan.lives_below_zero" in codes(room)
    assert room.options[0].chance_holds == Decimal("1.00")


def test_a_four_weekly_wage_bears_a_monthly_plan():
    life = Life().every("inkomen.loon", 2_000, days=28, cadence="four_weekly", count=13)
    life.monthly("wonen.huur", -900, day=1).loose("huishouden.boodschappen", -500)
    options = room_for(life).options

    assert options[0].kind == "sure"
    assert options[0].day_of_month <= 28


def test_a_plan_starts_after_the_next_payday():
    (first, *_) = room_for(Life().usual(2200)).options

    assert date(2026, 7, 24) < first.first_on <= date(2026, 8, 1)


def test_a_short_plan_is_tested_for_as_long_as_it_lasts():
    life = uneven()
    long, short = (
        room_for(life, case(debt=debt, start=1_500, proposal=euros(350))).proposal for debt in (9_000, 350)
    )

    assert (short.option.months, long.option.months) == (1, 26)
    assert short.option.chance_holds >= long.option.chance_holds


def test_holiday_pay_is_counted_on_while_its_payer_pays_wages():
    def life(payer: str) -> Life:
        return uneven(2_000).series(
            "inkomen.vakantiegeld", 1_800, [date(2024, 10, 24), date(2025, 10, 24)], "yearly", 365, payer
        )

    staying, leaving = (
        room_for(life(payer), case(start=1_500, proposal=euros(450))).proposal
        for payer in ("Bakker BV", "Oude Baas BV")
    )

    assert staying.option.chance_holds > leaving.option.chance_holds


def test_a_benefit_that_has_just_begun_is_expected_to_go_on():
    life = uneven(1_000).loose("huishouden.winkel", -10)
    life.book("inkomen.uitkering_ww", 900, date(2026, 6, 12))
    tested = room_for(life, case(start=2_000, proposal=euros(100))).proposal

    assert tested.option.chance_holds >= Decimal("0.90")


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_rows_changes_no_chance(seed: int):
    from assess_builders import KNOWLEDGE

    from psd2_affordability.assess.run import assess

    life = uneven()
    known = {life.subject: case(proposal=euros(300))}
    first, second = (
        assess(understood(life, seed=one), known, TenLineLaw(), KNOWLEDGE, ON)[life.subject].room
        for one in (None, seed)
    )

    assert first == second


def test_every_sentence_about_a_plan_reads_in_english_and_in_dutch():
    room = room_for(uneven(2_050), case(start=0, proposal=euros(700)))

    for reason in (*room.reasons, *room.proposal.reasons):
        assert reason.says
        assert reason.says_nl
        assert "{" not in reason.says + reason.says_nl


def test_no_plan_takes_longer_than_three_years_when_the_room_is_there():
    options = room_for(uneven(), case(debt=5_000)).options

    assert options
    assert all(one.months <= 36 for one in options)


def test_a_plan_stays_behind_an_allowance_that_a_weekend_brings_forward():
    life = Life(on=date(2026, 11, 20)).monthly("inkomen.loon", 1_500, day=23, payee="Bakker BV")
    life.monthly("inkomen.toeslag_huur", 400, day=20, payee="Toeslagen").monthly("wonen.huur", -700, day=1)
    life.monthly("huishouden.boodschappen", -900, day=10)

    assert {one.day_of_month for one in room_for(life, case()).options} <= {1, 24, 25, 26}


def test_a_plan_that_asks_to_spend_less_is_called_careful_and_says_how_much_less():
    room = room_for(spends_all(), case(start=60))
    (first, *_) = room.options

    assert (first.kind, first.chance_holds < Decimal("0.50")) == ("careful", True)
    assert first.chance_if_careful >= Decimal("0.50")
    (says,) = [one.says for one in room.reasons if one.code == "plan.if_careful"]
    assert says.startswith("With €200.00 a month less spent on what can wait")


def test_no_plan_is_advised_that_fewer_than_half_of_the_futures_bear_even_when_careful():
    for start in (-600, 60, 400, 900, 2_000):
        for life in (spends_all(), uneven(1_600), uneven(2_050)):
            room = room_for(life, case(start=start))
            assert (room.advice == "plan") == bool(room.options)
            assert all(one.chance_if_careful >= Decimal("0.50") for one in room.options)


def test_where_no_plan_holds_it_is_said_how_much_is_missing_and_asked_what_will_change():
    room = room_for(uneven(1_600), case(start=60))

    assert (room.advice, room.options, room.ahead) == ("ask_first", (), ())
    assert room.reasons[0].code == "plan.none_holds"
    assert "ask.what_changes" in {one.code for one in room.questions}


def test_no_plan_is_called_sound_on_two_months_of_data():
    life = (
        Life().monthly("inkomen.loon", 2_200, day=24, months=2).monthly("wonen.huur", -900, day=26, months=2)
    )
    for back, spent in enumerate((300, 1_600, 250)):
        life.book("huishouden.boodschappen", -spent, ON - timedelta(days=4 + 30 * back))
    room = room_for(life, case(start=60))

    assert room.reasons[0].code == "plan.history_too_short"


def test_an_answer_that_hangs_on_a_partner_of_whom_nothing_is_known_asks_first():
    couple = Household(type=HouseholdType.COUPLE)
    room = room_for(Life().usual(1_300), Case(couple, (balance(900),), total_debt=euros(500)))

    assert room.advice == "ask_first"
    assert room.reasons[0].code == "room.partner_unseen"
    assert "ask.partner_income" in {one.code for one in room.questions}


def test_social_assistance_is_that_of_both_partners():
    couple = Household(type=HouseholdType.COUPLE)
    life = Life().monthly("inkomen.uitkering_bijstand", 1_300, day=24).monthly("wonen.huur", -800, day=26)
    life.monthly("zorg.premie", -150, day=3).loose("huishouden.boodschappen", -400)

    assert room_for(life, Case(couple, (balance(900),), total_debt=euros(500))).advice == "no_room"


def futures(*bears: tuple[int, int], count: int = 100) -> Payments:
    """Return futures of which so many bear at most so many euros from a month on; all bear the rest."""
    most = np.full((12, count), 1_000_00, np.int64)
    for month, failing in bears:
        most[month - 1 :, :failing] = 10_00
    spare = most * np.arange(1, 13)[:, None]
    paths = PlanPaths(spare, borne(spare), floor=0, knows_balance=True)
    return Payments(date(2026, 7, 25), paths, careful=0)


_ROOM = Range(euros(0), euros(660), euros(900))


def test_a_plan_that_ends_before_a_lean_time_is_not_offered_beside_a_longer_one_that_fails_more():
    # 330 takes eight months and 425 six, 525 takes five: the lean times begin in the sixth month
    payments = futures((5, 12), (6, 15), (8, 21))
    (only,) = plan_options(payments, _ROOM, euros(2_500))

    assert (only.amount, only.months, only.chance_holds) == (euros(525), 5, Decimal("0.88"))
    assert only.kind == "careful"


def test_a_short_plan_that_nine_in_ten_futures_bear_is_the_sure_one():
    (only,) = plan_options(futures((6, 15), (8, 21)), _ROOM, euros(2_500))

    assert (only.amount, only.kind) == (euros(525), "sure")


def test_of_the_plans_that_remain_the_surest_stands_first_and_none_is_beaten():
    for failing in (0, 5, 12, 30):
        options = plan_options(futures((4, failing), (7, failing + 9)), _ROOM, euros(2_500))
        chances = [one.chance_holds for one in options]
        assert chances == sorted(chances, reverse=True)
        assert (options[0].kind == "sure") == (options[0].chance_holds >= Decimal("0.90"))


def test_of_amounts_that_take_as_many_months_only_the_smallest_is_offered():
    options = plan_options(futures(), _ROOM, euros(400))

    # 330, 425 and 525 repay 400 in two, one and one months
    assert [(one.amount, one.months) for one in options] == [(euros(330), 2), (euros(425), 1)]


def test_plans_for_a_debt_that_is_not_known_are_all_offered():
    assert len(plan_options(futures(), _ROOM, None)) == 3
