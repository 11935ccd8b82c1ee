"""A check goes as deep as the obligation warrants, and holds the obligation against the room."""

from datetime import date, timedelta

import pytest
from assess_builders import KNOWLEDGE, ON, SINGLE, Life, TenLineLaw, assessed, balance, euros, understood

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.credit.left import room_left
from psd2_affordability.assess.obligation import Obligation, depth_of
from psd2_affordability.assess.results import CreditCheck
from psd2_affordability.assess.run import assess
from psd2_affordability.core.answer import Interval, Range, Unknown

BALANCES = (balance(9000),)


def checked(life: Life, monthly: str | int, months: int | None = 24, norm: int | None = None) -> CreditCheck:
    case = Case(household=SINGLE, balances=BALANCES, obligation=Obligation(euros(monthly), months))
    law = TenLineLaw(norm=None if norm is None else Interval.exactly(euros(norm)))
    found = assessed(life, case, law).credit_check
    assert found is not None
    return found


def level(check: CreditCheck, code: str) -> str:
    return next(one.level for one in check.indicators if one.code == code)


@pytest.mark.parametrize(
    ("monthly", "months", "depth"),
    [
        (50, 3, "light"),
        (66, 3, "light"),
        (67, 3, "usual"),
        (20, 4, "usual"),
        (80, 12, "usual"),
        (84, 12, "thorough"),
        (10, 13, "thorough"),
        (80, None, "usual"),
        (90, None, "thorough"),
    ],
)
def test_what_is_asked_decides_how_deep_the_check_goes(monthly: int, months: int | None, depth: str):
    assert depth_of(Obligation(euros(monthly), months)) == depth


def test_without_an_obligation_the_check_is_the_usual_one():
    check = assessed(Life().usual(2600), Case(household=SINGLE, balances=BALANCES)).credit_check

    assert (check.depth, check.left_out, check.obligation, check.room_after) == ("usual", (), None, None)


def test_a_small_and_short_obligation_is_not_held_against_gambling_or_a_buffer():
    life = Life().usual(2600)
    for day in range(6):
        life.book("gokken.inzet", -100, ON - timedelta(days=40 + day))

    small, large = checked(life, 40, 3), checked(life, 40, 24)

    seen = {one.code for one in small.indicators}
    assert not {"gambling", "buffer_months", "overdraft_days", "existing_credit"} & seen
    assert set(small.left_out) & {one.code for one in large.indicators} == set(small.left_out)
    assert level(large, "gambling") == "concern"


def test_a_small_obligation_looks_three_months_back_and_a_large_one_a_year():
    life = Life().usual(2600)
    life.book("storno.teruggeboekt", 30, ON - timedelta(days=150))

    assert level(checked(life, 40, 3), "returned_debits") == "fine"
    assert level(checked(life, 40, 24), "returned_debits") == "watch"


def test_the_room_after_is_the_room_less_the_obligation():
    life = Life().usual(2600)
    room = assessed(life, Case(household=SINGLE, balances=BALANCES)).room.monthly

    after = checked(life, 200).room_after

    assert (after.low, after.mid, after.high) == tuple(
        each - euros(200) for each in (room.low, room.mid, room.high)
    )


def test_an_obligation_above_the_room_is_for_a_person_and_says_how_much_is_short():
    life = Life().usual(2600)
    room = assessed(life, Case(household=SINGLE, balances=BALANCES)).room.monthly

    check = checked(life, str(room.mid + euros(75)))

    assert check.outcome == "refer_to_person"
    assert check.reasons[0].code == "credit.room_left"
    assert "€75.00" in check.reasons[0].says


def test_an_obligation_well_within_the_room_is_within_norms():
    assert checked(Life().usual(2600), 100).outcome == "within_norms"


def test_income_less_the_lending_norm_the_home_and_debts_must_carry_the_obligation():
    life = Life().usual(2600)  # rent of 700 and no debts

    fits, too_much = checked(life, 400, norm=1500), checked(life, 401, norm=1500)

    assert level(fits, "lending_norm") == "fine"
    assert level(too_much, "lending_norm") == "concern"
    assert fits.norm.value == Interval.exactly(euros(1500))
    assert fits.indicators[3].value == "400.00"


def test_without_amounts_of_a_norm_none_is_weighed():
    check = checked(Life().usual(2600), 100)

    assert check.norm is None
    assert "lending_norm" not in {one.code for one in check.indicators}


def test_amounts_that_are_out_of_force_leave_the_norm_to_a_person():
    life = Life().usual(2600)
    absent = Unknown("parameters.not_in_force", "the amounts supplied hold for another year")
    case = Case(household=SINGLE, balances=BALANCES, obligation=Obligation(euros(100), 24))

    check = assessed(life, case, TenLineLaw(norm=absent)).credit_check

    assert level(check, "lending_norm") == "unknown"
    assert check.outcome == "refer_to_person"


def test_a_large_obligation_needs_half_a_year_of_data_and_a_small_one_a_month():
    life = Life().usual(2600)
    life.rows = [row for row in life.rows if row["booked_on"].date() >= date(2026, 3, 1)]

    assert level(checked(life, 40, 3), "data") == "fine"
    assert level(checked(life, 90, 24), "data") == "unknown"


def test_returned_debits_are_told_by_why_they_came_back():
    life = Life().usual(2600)
    for day, kind in ((10, "lack_of_funds"), (40, "lack_of_funds"), (70, "blocked"), (80, "refused")):
        life.book("storno.teruggeboekt", 30, ON - timedelta(days=day), return_kind=kind)

    [says] = [one.says.says for one in checked(life, 90).indicators if one.code == "returned_debits"]

    assert says == (
        "3 direct debits came back in a year (2 for lack of money, 1 because the account was blocked), "
        "those refused by hand left out."
    )


def test_reasons_come_by_weight_concerns_first():
    life = Life().usual(1500)
    life.book("schuld.achteraf_betalen", -30, ON - timedelta(days=9), payee="Later")
    life.book("schuld.deurwaarder", -50, ON - timedelta(days=20))

    codes = [one.code for one in checked(life, 300).reasons]

    assert codes[:2] == ["credit.room_left", "credit.collectors"]
    assert codes.index("credit.buy_now_pay_later") > codes.index("credit.collectors")


def test_the_outcome_is_said_in_one_sentence_that_refuses_nobody():
    within, person = checked(Life().usual(2600), 50), checked(Life().usual(1300), 500)

    assert within.says.says == "What the data show lies within the norms."
    assert "no refusal" in person.says.says
    assert "geen afwijzing" in person.says.says_nl


def test_the_law_is_named_with_what_is_not_confirmed():
    codes = [one.code for one in checked(Life().usual(2600), 100).law]

    assert codes == ["credit.law.directive", "credit.law.national_not_confirmed"]


def test_credit_above_the_ceiling_is_said_to_be_outside_the_directive():
    codes = [one.code for one in checked(Life().usual(2600), 1000, 120).law]

    assert "credit.law.above_ceiling" in codes


def test_the_receipt_names_the_law_of_the_check():
    life = Life().usual(2600)
    case = {life.subject: Case(household=SINGLE, balances=BALANCES)}

    found = assess(understood(life), case, TenLineLaw(), KNOWLEDGE, ON, {"credit_check"})[life.subject]

    assert [rule.id for rule in found.receipt.rules] == ["xx.rule"]


def test_what_a_lean_month_does_not_carry_is_watched_for_a_large_obligation_alone():
    room = assessed(Life().usual(2600), Case(household=SINGLE, balances=BALANCES)).room
    after = Range(euros(-20), euros(150), euros(300))

    large = room_left(room, after, "thorough", asked=True)
    small = room_left(room, after, "usual", asked=True)

    assert (large.level, small.level) == ("watch", "fine")
    assert "lean month" in large.says.says
