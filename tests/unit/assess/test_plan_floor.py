"""Where somebody supplies the amounts of the vtlb, no plan goes below it; the amounts here are invented."""

from dataclasses import replace
from datetime import date

import pytest
from assess_builders import Life, assessed, balance, euros

from norm_material import LEENNORM, VTLB
from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl.netherlands import Netherlands
from psd2_affordability.jurisdictions.nl.parameters import read_parameters
from psd2_affordability.service.shipped_rules import shipped_rules
from psd2_affordability.service.wire import to_wire

RULES = shipped_rules()
LAW = Netherlands(RULES)
WITH_VTLB = Netherlands(RULES, vtlb=read_parameters(VTLB.encode(), "vtlb"))
#: All that the law asks of somebody who lives alone, works and rents.
TOLD = Household(
    HouseholdType.SINGLE,
    (Person(date(1985, 3, 1), euros(30_000)),),
    housing=Housing("rent", euros(700), registered_address=True),
    working_adults=1,
)
UNTOLD = replace(TOLD, working_adults=None)


def life(wage: int = 2200) -> Life:
    """Wages, usual costs and a rent allowance, so that the law bounds the room and not the costs."""
    return Life().usual(wage).monthly("inkomen.toeslag_huur", 400, day=20)


def answer(household: Household = TOLD, law: Netherlands = WITH_VTLB, wage: int = 2200, **more: object):
    case = Case(household=household, balances=(balance(900),), **more)
    return assessed(life(wage), case, law)


def codes(reasons) -> list[str]:
    return [one.code for one in reasons]


def test_a_plan_leaves_the_vtlb_that_is_the_beslagvrije_voet_and_its_nominal_amounts():
    room, without = answer().room, answer(law=LAW).room
    voet = room.floor.value.high

    assert room.floor == without.floor
    assert room.plan_floor.value == Interval.exactly(voet + euros(140))
    assert room.monthly.mid == euros(2200) - voet - euros(140)
    assert without.monthly.mid - room.monthly.mid == euros(140)
    assert max(option.amount for option in room.options) <= room.monthly.mid


def test_both_floors_are_shown_step_by_step_and_said_in_a_sentence():
    room = answer().room
    steps = room.plan_floor.steps

    assert Money.total(step.amount for step in steps) == room.plan_floor.value.high
    assert steps[0].article == "475da tot en met 475dc Rv"
    assert {step.article for step in steps[1:]} == {"Vtlb-rapport Recofa"}
    said = next(one for one in room.reasons if one.code == "room.above_plan_floor")
    assert (said.rule, said.article) == ("supplied.vtlb", "Vtlb-rapport Recofa")
    for amount in (room.floor.value.high, room.plan_floor.value.high, room.monthly.mid):
        assert amount.spoken() in said.says
        assert amount.spoken(language="nl") in said.says_nl


def test_while_nobody_told_who_works_a_plan_keeps_to_the_highest_vtlb_and_it_is_asked():
    room = answer(UNTOLD).room
    least = room.floor.value.low + euros(100)

    assert room.plan_floor.value == Interval(least, least + euros(40))
    assert room.monthly.mid == answer().room.monthly.mid
    assert room.monthly.high == room.monthly.mid + euros(40)
    assert "ask.working_adults" in codes(room.questions)
    assert "room.plan_floor_is_an_interval" in codes(room.reasons)
    assert "ask.working_adults" not in codes(answer().room.questions)
    assert "ask.working_adults" not in codes(answer(UNTOLD, LAW).room.questions)


def test_of_an_unknown_household_the_highest_vtlb_that_it_can_have_bounds_a_plan():
    nobody = Household(persons=(Person(taxable_income_year=euros(30_000)),))
    room = answer(nobody).room
    voet = room.floor.value

    # a couple with children of whom both work: 80 + 2 x 30 + 35 + 2 x 40; one person who does not: 100
    assert room.plan_floor.value == Interval(voet.low + euros(100), voet.high + euros(255))
    assert room.monthly.mid <= answer(nobody, LAW).room.monthly.mid


def test_without_its_amounts_nothing_is_said_of_a_vtlb():
    room = answer(law=LAW).room

    assert room.plan_floor is None
    assert "plan_floor" not in to_wire(room)
    assert not [code for code in codes(room.reasons) if "plan_floor" in code]


@pytest.mark.parametrize(
    ("text", "code", "dutch"),
    [
        (VTLB.replace("2026-06-30", "2026-06-29"), "parameters.not_in_force", "gelden niet op deze dag"),
        (LEENNORM, "parameters.other_norm", "hoort bij een andere norm"),
    ],
)
def test_amounts_that_cannot_be_used_leave_the_beslagvrije_voet_and_the_answer_says_why(text, code, dutch):
    law = Netherlands(RULES, vtlb=read_parameters(text.encode(), "a file"))
    room, without = answer(law=law).room, answer(law=LAW).room

    assert isinstance(room.plan_floor.value, Unknown)
    assert room.plan_floor.value.code == code
    assert (room.monthly, room.options) == (without.monthly, without.options)
    [said] = [one for one in room.reasons if one.code == "room.plan_floor_not_used"]
    assert dutch in said.says_nl


def test_what_a_seizure_and_a_credit_check_find_stays_at_the_beslagvrije_voet():
    with_vtlb, without = answer(), answer(law=LAW)

    assert with_vtlb.credit_check == without.credit_check
    assert with_vtlb.seizure.protected == without.seizure.protected
    assert with_vtlb.seizure.net == without.seizure.net


def test_nothing_lies_above_the_vtlb_while_wages_are_being_seized():
    seized = life()
    for row in seized.rows:
        if row["category"] == "inkomen.loon":
            row["remittance"] = "loon na loonbeslag"
    room = assessed(seized, Case(household=TOLD), WITH_VTLB).room

    assert room.plan_floor.value.low > room.floor.value.low
    assert room.monthly.mid == euros(0)


def test_more_income_makes_room_only_once_it_lies_above_the_vtlb():
    wage = 1600
    room = answer(wage=wage).room
    [turn] = [one for one in room.turns if one.code == "income"]
    more = turn.by.cents // 100

    assert room.advice == "no_room"
    assert answer(wage=wage + more).room.advice != "no_room"
    assert answer(wage=wage + more - 1).room.advice == "no_room"
    assert not [one for one in answer(law=LAW, wage=wage + more).room.turns if one.code == "income"]


def test_where_only_who_works_is_untold_and_decides_that_question_comes_first():
    at_the_edge = next(wage for wage in range(1600, 1900) if answer(wage=wage).room.monthly.mid > euros(0))
    law = Netherlands(RULES, vtlb=read_parameters(VTLB.replace("40.00", "240.00").encode(), "vtlb"))
    room = answer(UNTOLD, law, wage=at_the_edge + 150).room

    assert room.advice == "ask_first"
    assert room.reasons[0].code == "room.household_decides"
    assert "How many adults in the household work?" in room.reasons[0].says


def test_the_receipt_names_the_amounts_by_the_hash_of_their_file():
    other = Netherlands(RULES, vtlb=read_parameters(VTLB.replace("50.00", "51.00").encode(), "vtlb"))
    used = [
        next(rule.sha256 for rule in answer(law=law).receipt.rules if rule.id == "supplied.vtlb")
        for law in (WITH_VTLB, other)
    ]

    assert used[0] != used[1]
    assert "supplied.vtlb" not in {rule.id for rule in answer(law=LAW).receipt.rules}


def test_a_proposal_within_the_beslagvrije_voet_but_not_the_vtlb_does_not_fit():
    between = answer(law=LAW, wage=1800).room.monthly.mid - euros(20)
    allowed, refused = (
        answer(law=law, wage=1800, proposal=between).room.proposal for law in (LAW, WITH_VTLB)
    )

    assert "proposal.above_room" not in codes(allowed.reasons)
    assert refused.reasons[0].code == "proposal.above_room"
    assert not refused.fits
