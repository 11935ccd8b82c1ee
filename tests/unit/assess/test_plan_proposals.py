"""A payment that somebody proposes, and the share of the asking creditor beside others."""

from decimal import Decimal

from assess_builders import Life, balance, euros
from plan_builders import case, codes, room_for, spends_all, uneven

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household, HouseholdType


def test_a_proposal_that_fits_is_told_so():
    tested = room_for(Life().usual(2200), case(proposal=euros(100))).proposal

    assert tested.fits
    assert [one.code for one in tested.reasons] == ["proposal.fits"]
    assert tested.option.kind == "proposed"


def test_a_proposal_above_the_room_does_not_fit_and_says_why():
    tested = room_for(Life().usual(2200), case(proposal=euros(1_500))).proposal

    assert not tested.fits
    assert "proposal.above_room" in {one.code for one in tested.reasons}


def test_a_proposal_is_tested_though_there_is_no_room():
    room = room_for(Life().usual(1_300), case(proposal=euros(25)))

    assert room.advice == "no_room"
    assert not room.proposal.fits


def test_beside_one_other_creditor_the_fair_share_is_half_of_what_can_be_repaid_in_all():
    life = Life().usual(2_200).monthly("schuld.incassobureau", -100, day=7, payee="Incasso A")
    room = room_for(life)

    assert room.fair_share.cents == (room.monthly.mid.cents + 100_00) // 2
    assert "room.fair_share" in codes(room)


def test_known_debts_share_by_their_size():
    household = Household(
        type=HouseholdType.SINGLE, debts=(("Claim", euros(1_000)), ("Energy", euros(3_000)))
    )
    room = room_for(Life().usual(2_200), Case(household, (balance(900),), total_debt=euros(1_000)))

    assert room.fair_share.cents == room.monthly.mid.cents // 4


def test_without_other_creditors_there_is_no_share_to_tell():
    assert room_for(Life().usual(2_200)).fair_share is None


def test_a_proposal_is_weighed_by_the_same_norm_as_the_plans_that_are_offered():
    """What is offered as a plan is never refused when the person proposes it."""
    for start in (-600, 60, 400, 900, 2_000):
        for life in (spends_all(), uneven(1_600), uneven(2_050)):
            offered = room_for(life, case(start=start)).options
            for one in offered:
                proposed = room_for(life, case(start=start, proposal=one.amount)).proposal
                assert proposed.word == ("fits" if one.chance_holds >= Decimal("0.50") else "ask_first")


def test_a_proposal_that_holds_only_when_something_changes_asks_what_will():
    (first, *_) = room_for(spends_all(), case(start=60)).options
    proposal = room_for(spends_all(), case(start=60, proposal=first.amount)).proposal

    assert proposal.option.chance_holds < Decimal("0.50") <= proposal.option.chance_if_careful
    assert proposal.fits.code == "proposal.spending_decides"
    assert [one.code for one in proposal.reasons] == ["proposal.spending_decides", "proposal.not_sure"]
    assert "What will change soon" in proposal.fits.ask


def test_a_plan_that_most_likely_fails_as_money_is_spent_now_is_said_to_and_asked_about():
    room = room_for(spends_all(), case(start=60))
    (says,) = [one.says for one in room.reasons if one.code == "plan.none_is_sure"]

    assert says.startswith("As money is spent now a plan will likely fail")
    assert room.questions[-1].code == "ask.what_changes"


def test_what_is_missing_for_any_plan_is_said_to_come_from_the_account_run_ahead():
    with_balance, without = (room_for(uneven(1_600), case(start=start)).reasons[0] for start in (60, None))

    assert "the account run ahead day by day, with today's balance, the bills ahead" in with_balance.says
    assert "met het saldo van nu, de komende rekeningen" in with_balance.says_nl
    assert without.code != "plan.none_holds" or "with an empty account" in without.says


def test_what_other_creditors_get_is_what_leaves_this_account():
    household = Household(
        type=HouseholdType.SINGLE, debts=(("Claim", euros(1_000)), ("Energy", euros(3_000)))
    )
    seized = Life().usual(2_200)
    for row in seized.rows:
        if row["category"] == "inkomen.loon":
            row["remittance"] = "loon na loonbeslag"
    plain, while_seized = (
        next(
            one
            for one in room_for(life, Case(household, (balance(900),), total_debt=euros(1_000))).reasons
            if one.code == "room.fair_share"
        )
        for life in (Life().usual(2_200), seized)
    )

    assert "who gets €0.00 a month from this account now. Shared" in plain.says
    assert "van deze rekening. Wat door loonbeslag" in while_seized.says_nl
