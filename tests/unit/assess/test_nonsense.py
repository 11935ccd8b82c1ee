"""Data that say nothing: every part of the answer is Unknown with a question, and never a number."""

from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest
from assess_builders import ON, Life, assessed

from psd2_affordability.assess.results import Assessment
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.dates import add_months


def no_income() -> Life:
    return Life().monthly("wonen.huur", -700, day=1).loose("huishouden.boodschappen", -300)


def only_own_transfers() -> Life:
    life = Life()
    for back in range(12):
        day = add_months(ON.replace(day=5), -back)
        for amount in (-500, 450):
            life.book("intern.eigen_rekening", amount, day, payee="eigen rekening")
    return life


def a_fortune_of_refunds() -> Life:
    life = Life()
    for back in range(12):
        day = add_months(ON.replace(day=5), -back)
        life.book("huishouden.winkel", -50, day)
        life.book("huishouden.winkel", 5000, day)
        life.book("storno.terugbetaling", 9000, day)
    return life


def all_pending() -> Life:
    life = Life().usual()
    for row in life.rows:
        row["status"] = "pending"
    return life


def three_days() -> Life:
    life = Life()
    for back in range(3):
        life.book("inkomen.loon", 2000, ON - timedelta(days=back))
        life.book("huishouden.boodschappen", -30, ON - timedelta(days=back))
    return life


def in_the_future() -> Life:
    life = Life().usual()
    for row in life.rows:
        row["booked_on"] += pd.Timedelta(days=800)
    return life


def nothing() -> Life:
    return Life()


def in_dollars() -> Life:
    life = Life().usual()
    for row in life.rows:
        row["currency"] = "USD"
    return life


EVERY = (no_income, only_own_transfers, a_fortune_of_refunds, all_pending, three_days, in_the_future, nothing,
         in_dollars)  # fmt: skip
each = pytest.mark.parametrize("life", EVERY, ids=lambda life: life.__name__)


def answer(life: Callable[[], Life]) -> Assessment:
    return assessed(life())


@each
def test_the_income_is_unknown_with_a_question(life: Callable[[], Life]):
    income = answer(life).income

    for told in (income.monthly, income.for_protection):
        assert isinstance(told, Unknown)
        assert told.ask.endswith("?")
    assert income.forecast == ()
    assert income.shock is None


@each
def test_the_room_is_unknown_and_what_to_ask_is_said(life: Callable[[], Life]):
    room = answer(life).room

    assert isinstance(room.monthly, Unknown)
    assert room.advice == "ask_first"
    assert room.options == ()
    assert "ask.income" in {question.code for question in room.questions}


@pytest.mark.parametrize(
    "life", [one for one in EVERY if one is not no_income], ids=lambda life: life.__name__
)
def test_the_costs_are_unknown_with_a_question(life: Callable[[], Life]):
    expenses = answer(life).expenses

    for told in (expenses.fixed, expenses.reserve, expenses.flexible, expenses.debts, expenses.can_wait,
                 expenses.essential):  # fmt: skip
        assert isinstance(told, Unknown)
        assert told.ask.endswith("?")


@each
def test_a_seizure_has_no_proceeds_that_anybody_knows(life: Callable[[], Life]):
    seizure = answer(life).seizure

    assert isinstance(seizure.expected_balance, Unknown)
    assert isinstance(seizure.expected_proceeds, Unknown)
    assert isinstance(seizure.net, Unknown)


@each
def test_the_credit_check_refers_to_a_person(life: Callable[[], Life]):
    check = answer(life).credit_check

    assert check.outcome == "refer_to_person"
    assert {one.level for one in check.indicators if one.code == "room_left"} == {"unknown"}


@each
def test_no_sign_is_seen_in_data_that_say_nothing(life: Callable[[], Life]):
    assert answer(life).signals == ()


@each
def test_the_data_quality_says_what_is_missing(life: Callable[[], Life]):
    quality = answer(life).data_quality

    assert quality.cannot_know
    assert all(reason.says and reason.says_nl for reason in quality.cannot_know)


def test_days_after_the_day_asked_do_not_count_even_beside_a_real_past():
    life = Life().usual(2000)
    known = assessed(life).income.monthly
    life.book("inkomen.loon", 90_000, date(2026, 7, 1), payee="Bakker BV")

    assert assessed(life).income.monthly == known
