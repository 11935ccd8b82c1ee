"""A receiver hears that an income fell, or that a law protects a part of it, without the amounts of it."""

import pytest
from assess_builders import SINGLE, Life, TenLineLaw, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.results import Assessment
from psd2_affordability.core.answer import Interval
from psd2_affordability.core.reasons import Reason
from psd2_affordability.service.receivers.told import told

CASE = Case(SINGLE, (balance(900),), total_debt=euros(2_000))


def of_a_wage_that_fell() -> Assessment:
    """A wage of 2,311.08 became one of 1,303.77 two months ago."""
    life = Life().monthly("inkomen.loon", "2311.08", day=24, ended=3, payee="Bakker BV")
    life.monthly("inkomen.loon", "1303.77", day=25, months=2, payee="Kok BV").monthly(
        "wonen.huur", -500, day=1
    )
    return assessed(life, CASE)


def of_a_part_of_an_income() -> Assessment:
    life = Life().monthly("inkomen.loon", "503.77", day=24).monthly("huishouden.boodschappen", -100)
    return assessed(life, CASE)


def of_an_income_above_the_floor() -> Assessment:
    life = Life().monthly("inkomen.loon", "2311.08", day=24).monthly("wonen.huur", -300, day=1)
    return assessed(life, CASE, law=TenLineLaw(floor=Interval.exactly(euros("1900.01"))))


@pytest.mark.parametrize(
    ("found", "code", "amounts"),
    [
        (of_a_wage_that_fell, "income.fell", ("1,303.77", "2,311.08")),
        (of_a_part_of_an_income, "room.part_of_income_seen", ("503.77",)),
        (of_an_income_above_the_floor, "room.above_legal_floor", ("411.07", "1,900.01")),
    ],
)
def test_a_receiver_hears_of_an_income_without_its_amounts(found, code, amounts):
    answer = found()
    [said] = {each for each in (*answer.room.reasons, *answer.income.reasons) if each.code == code}
    heard = told(said)

    assert all(amount in said.says for amount in amounts)
    assert isinstance(heard, Reason)
    assert not any(sign.isdigit() for sign in heard.says + heard.says_nl)
