"""A collector is advised from what somebody can afford, and never from who they are."""

import ast
import inspect
from dataclasses import replace
from datetime import date, timedelta

import pytest
from assess_builders import KNOWLEDGE, ON, SINGLE, Life, TenLineLaw, assessed, balance, euros, understood

from psd2_affordability.assess import profile as module
from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.assess.profile import profile_of
from psd2_affordability.assess.results import Allowance, Profile, Signal
from psd2_affordability.assess.run import assess
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import ZERO
from psd2_affordability.core.reasons import Reason
from psd2_affordability.service.receivers.told import told_unknown

CASE = Case(household=SINGLE, balances=(balance(9000),))


def told(life: Life, case: Case = CASE) -> Profile:
    found = assessed(life, case).profile
    assert found is not None
    return found


def test_who_has_room_is_offered_a_plan_in_plain_words():
    profile = told(Life().usual(2600))

    assert (profile.collectability, profile.action, profile.tone) == ("plan", "offer_plan", "plain")
    assert (profile.call_first, profile.look_again_on) == (False, None)


def test_who_has_little_room_is_asked_a_small_amount_in_a_supportive_tone():
    profile = told(Life().usual(1430 + 30))

    assert (profile.collectability, profile.action) == ("small_effort", "agree_small_amount")
    assert profile.tone == "supportive"


def test_who_has_no_room_is_left_in_peace_until_a_day_that_is_named():
    profile = told(Life().usual(1300))

    assert (profile.collectability, profile.action) == ("not_collectable_now", "wait_and_look_again")
    assert profile.look_again_on == date(2026, 9, 30)
    assert (profile.tone, profile.call_first) == ("supportive", True)


def test_unclaimed_allowances_come_before_any_payment_where_there_is_no_room():
    room = assessed(Life().usual(1300), CASE).room
    unknown = Unknown("x", "x")
    law = LegalAnswer("zorgtoeslag", ON, unknown, "month")
    gap = Interval(euros(50), euros(90))
    allowance = Allowance("zorgtoeslag", "unclaimed", gap, ZERO, gap, unknown, (), (), "toeslagen.nl", law)

    profile = profile_of(room, (), (allowance,), ON)

    assert profile.action == "claim_allowances_first"
    assert profile.reasons[-1].says == (
        "There may be a right to more: zorgtoeslag. Help to claim that first."
    )


def test_many_debts_at_once_are_for_debt_help_and_not_for_one_creditor():
    life = Life().usual(2600)
    for number, category in enumerate(("schuld.incassobureau",) * 4):
        life.book(category, -50, ON - timedelta(days=20 + number), payee=f"Incasso {number}")

    profile = told(life)

    assert (profile.collectability, profile.action) == ("not_collectable_now", "refer_to_debt_help")
    assert len(profile.reasons[0].transactions) == 4


def test_what_cannot_be_known_is_asked_and_not_assumed():
    profile = told(Life().loose("huishouden.boodschappen", -300))

    assert isinstance(profile.collectability, Unknown)
    assert (profile.action, profile.tone) == ("ask_first", "inquiring")


def test_signs_of_new_debt_turn_the_tone_and_ask_for_a_call_but_not_the_plan():
    room = assessed(Life().usual(2600), CASE).room
    sign = Signal("first_collector", 2, ON, Reason("x", "x", "x"), ("t1",))

    calm, tense = profile_of(room, (), (), ON), profile_of(room, (sign,), (), ON)

    assert calm.collectability == tense.collectability == "plan"
    assert (calm.tone, tense.tone) == ("plain", "supportive")
    assert (tense.call_first, tense.reasons[-1].transactions) == (True, ("t1",))


def test_a_mere_sign_to_watch_changes_nothing():
    room = assessed(Life().usual(2600), CASE).room
    sign = Signal("missed_income", 1, ON, Reason("x", "x", "x"), ("t1",))

    assert profile_of(room, (sign,), (), ON) == profile_of(room, (), (), ON)


def test_the_profile_reads_the_answers_on_affordability_and_nothing_else():
    inputs = set(inspect.signature(profile_of).parameters)
    read = {
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Attribute)
    }

    assert inputs == {"room", "signals", "allowances", "on"}
    assert not {"household", "persons", "birth_date", "case", "facts", "subject", "payee"} & read


@pytest.mark.parametrize("born", [date(1958, 3, 1), date(1979, 3, 1), date(2003, 3, 1)])
def test_the_profile_is_the_same_at_every_age(born: date):
    aged = Household(type=HouseholdType.SINGLE, persons=(Person(birth_date=born),))

    assert told(Life().usual(1500), replace(CASE, household=aged)) == told(Life().usual(1500))


def test_a_purpose_that_does_not_show_signs_gives_a_profile_that_does_not_read_them():
    life = Life().usual(2600)
    life.book("schuld.deurwaarder", -50, ON - timedelta(days=20))

    found = assess(understood(life), {life.subject: CASE}, TenLineLaw(), KNOWLEDGE, ON, {"profile"})[
        life.subject
    ]

    assert found.signals is None
    assert not found.profile.call_first


def test_what_a_question_about_the_household_decides_is_not_known_yet_and_that_question_is_asked():
    room = assessed(Life().usual(2600), CASE).room
    question = Reason("ask.household_type", "Who lives in the household?", "Wie wonen er in huis?")
    decides = Reason("room.household_decides", "x", "x")
    asked = replace(room, advice="ask_first", options=(), reasons=(decides,), questions=(question,))

    profile = profile_of(asked, (), (), ON)

    assert isinstance(profile.collectability, Unknown)
    assert profile.collectability.ask == "Who lives in the household?"
    assert (profile.action, profile.look_again_on) == ("ask_first", None)
    assert "is not known yet" in profile.reasons[0].says


def test_one_sign_is_not_said_as_several():
    room = assessed(Life().usual(2600), CASE).room
    sign = Signal("first_collector", 2, ON, Reason("x", "x", "x"), ("t1",))

    assert profile_of(room, (sign,), (), ON).reasons[-1].says.startswith("There is 1 sign of new debt.")
    assert profile_of(room, (sign, sign), (), ON).reasons[-1].says_nl.startswith("Er zijn 2 tekenen van")


def test_all_signs_are_counted_and_those_that_ask_for_a_talk_apart():
    room = assessed(Life().usual(2600), CASE).room
    because = Reason("x", "x", "x")
    grave, mild = (Signal(f"s{level}", level, ON, because, ()) for level in (2, 1))

    some = profile_of(room, (grave, grave, mild), (), ON).reasons[1]
    one_of = profile_of(room, (grave, mild), (), ON).reasons[1]
    every = profile_of(room, (grave, grave), (), ON).reasons[1]

    assert some.says.startswith("There are 3 signs of new debt; 2 of them ask for a talk. Call first")
    assert some.says_nl.startswith(
        "Er zijn 3 tekenen van nieuwe schuld. Daarvan vragen er 2 om een gesprek. Bel"
    )
    assert one_of.says.startswith("There are 2 signs of new debt; 1 of them asks for a talk. Call first")
    assert every.says.startswith("There are 2 signs of new debt. Call first")


def spends_all(wage: int = 2_200) -> Life:
    """A life that uses up its wage, a part of it for what can wait."""
    life = Life().monthly("inkomen.loon", wage, day=24).monthly("wonen.huur", -900, day=26)
    return life.loose("huishouden.boodschappen", -900, day=10).loose("huishouden.horeca", -400, day=12)


def test_where_no_plan_is_sure_the_collector_asks_first_and_is_not_told_that_one_fits():
    room = assessed(spends_all(), Case(SINGLE, (balance(60),), total_debt=euros(5_000))).room
    profile = profile_of(room, (), (), ON)

    assert (room.advice, room.options[0].kind) == ("plan", "careful")
    assert (profile.collectability, profile.action, profile.tone) == ("plan", "ask_first", "inquiring")
    assert profile.reasons[0].says.endswith("A plan may fit, but none is sure. Ask first what can change.")
    assert "past dus" not in profile.reasons[0].says_nl


def test_a_small_amount_that_is_not_sure_is_asked_about_too():
    room = assessed(Life().usual(1_430 + 30), CASE).room
    unsure = replace(room, options=(replace(room.options[0], kind="careful"),))
    profile = profile_of(unsure, (), (), ON)

    assert (profile.collectability, profile.action) == ("small_effort", "ask_first")
    assert "A small amount may fit" in profile.reasons[0].says


def test_a_few_euros_are_said_to_be_too_little_and_not_nothing():
    some, none = (told(Life().usual(wage)).reasons[0] for wage in (1_430, 1_300))

    assert some.says.startswith("In a usual month too little is left to pay with: €10.00.")
    assert some.says_nl.startswith("In een gewone maand blijft er te weinig over om mee te betalen: € 10,00.")
    assert none.says.startswith("In a usual month nothing is left to pay with.")


def test_where_a_partner_of_whom_nothing_is_known_decides_the_income_of_the_partner_is_asked():
    room = assessed(Life().usual(2600), CASE).room
    others = Reason("ask.total_debt", "How large are all debts?", "Hoe hoog zijn alle schulden?")
    partner = Reason("ask.partner_income", "What does the partner earn?", "Wat verdient de partner?")
    unseen = Reason("room.partner_unseen", "x", "x")
    asked = replace(room, advice="ask_first", options=(), reasons=(unseen,), questions=(others, partner))

    assert profile_of(asked, (), (), ON).collectability.ask == "What does the partner earn?"


def test_where_a_cost_decides_its_question_is_asked_and_a_collector_is_not_told_of_which_cost():
    room = assessed(Life().usual(2600), CASE).room
    others = Reason("ask.total_debt", "How large are all debts?", "Hoe hoog zijn alle schulden?")
    cost = Reason("ask.still_due", "Hospital: is it still due?", "Ziekenhuis: loopt dit nog?")
    decides = Reason("room.cost_decides", f"This comes first. {cost.says}", f"Dit eerst. {cost.says_nl}")
    asked = replace(room, advice="ask_first", options=(), reasons=(decides,), questions=(others, cost))
    found = profile_of(asked, (), (), ON).collectability

    assert isinstance(found, Unknown)
    assert found.ask == "Hospital: is it still due?"
    assert "Hospital" not in told_unknown(found).ask
