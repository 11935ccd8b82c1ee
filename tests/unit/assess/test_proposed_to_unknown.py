"""A proposal for somebody whose household is not known: ask first, unless no answer could change it."""

from decimal import Decimal

from assess_builders import SINGLE, Life, TenLineLaw, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.service.wire import to_wire

#: Whoever lives there, the law protects from 1,400 to 1,900 of this wage: the room is from 0 to 350.
LAW = TenLineLaw(floor=Interval(euros(1400), euros(1900)))
WAGE = 1750
NOBODY = Household()


def life() -> Life:
    """Much is left after costs, so the law bounds the room."""
    return Life().usual(WAGE).monthly("inkomen.toeslag_huur", 500, day=20)


def room_for(amount: int, household: Household = NOBODY, law: TenLineLaw = LAW):
    case = Case(household=household, balances=(balance(3_000),), proposal=euros(amount))
    return assessed(life(), case, law).room


def test_whether_it_fits_is_not_known_and_the_question_that_decides_is_asked():
    room = room_for(100)
    proposal = room.proposal

    assert room.monthly.mid < euros(100)
    assert proposal.word == "ask_first"
    assert isinstance(proposal.fits, Unknown)
    assert proposal.fits.ask == room.questions[0].says == "Who lives in the household: a partner, children?"
    assert [one.code for one in proposal.reasons] == ["proposal.household_decides"]
    assert "Wie wonen er in huis" in proposal.reasons[0].says_nl
    assert "€100" in proposal.reasons[0].says
    assert to_wire(proposal)["fits"]["unknown"]["code"] == "proposal.household_decides"


def test_above_what_any_household_leaves_it_does_not_fit():
    proposal = room_for(360).proposal

    assert proposal.word == "does_not_fit"
    assert "proposal.above_room" in {one.code for one in proposal.reasons}


def test_what_the_account_does_not_bear_does_not_fit_whoever_lives_there():
    bare = Life().usual(WAGE)
    case = Case(household=NOBODY, balances=(balance(0),), proposal=euros(150))
    proposal = assessed(bare.loose("huishouden.winkel", -300, day=12), case, LAW).room.proposal

    assert proposal.option.chance_holds < Decimal("0.9")
    assert proposal.word == "does_not_fit"
    assert proposal.reasons[0].code == "proposal.not_sure"


def test_within_the_room_of_every_household_it_fits():
    law = TenLineLaw(floor=Interval(euros(1400), euros(1500)))

    assert room_for(100, law=law).proposal.fits is True


def test_once_the_household_is_told_it_fits_or_does_not():
    told = Household(HouseholdType.SINGLE, (Person(taxable_income_year=euros(26_000)),))

    assert room_for(100, told).proposal.word == "does_not_fit"
    assert room_for(100, SINGLE, TenLineLaw()).proposal.word == "fits"


def test_a_partner_of_whom_nothing_is_known_decides_too():
    couple = Household(HouseholdType.COUPLE, (Person(taxable_income_year=euros(26_000)),))
    proposal = room_for(100, couple).proposal

    assert proposal.word == "ask_first"
    assert "partner" in proposal.fits.ask
