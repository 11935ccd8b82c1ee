"""A household nobody told of is asked about, and never held against a person."""

import pytest
from assess_builders import SINGLE, Life, TenLineLaw, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.assess.results import CreditCheck
from psd2_affordability.core.answer import Interval, Unknown

EITHER = TenLineLaw(floor=Interval(euros(1000), euros(2400)))


def checked(household: Household, asked: int | None, wage: int = 1700) -> CreditCheck:
    obligation = None if asked is None else Obligation(euros(asked), 12)
    case = Case(household=household, balances=(balance(9000),), obligation=obligation)
    check = assessed(Life().usual(wage), case, EITHER).credit_check
    assert check is not None
    return check


@pytest.mark.parametrize("asked", [None, 40, 95])
def test_what_only_the_unknown_household_makes_too_little_is_unknown_and_asked(asked: int | None):
    check = checked(Household(), asked)

    [room] = [one for one in check.indicators if one.code == "room_left"]
    assert room.level == "unknown"
    assert isinstance(room.value, Unknown)
    assert room.value.ask == "Who lives in the household: a partner, children?"
    assert check.room_after == (None if asked is None else room.value)
    assert check.outcome == "refer_to_person"
    assert ("new obligation" in room.says.says) == (asked is not None)
    assert ("nieuwe verplichting" in room.says.says_nl) == (asked is not None)


def test_a_known_household_with_too_little_stays_a_concern():
    [room] = [one for one in checked(SINGLE, 200).indicators if one.code == "room_left"]

    assert room.level == "concern"


def test_what_fits_under_the_highest_floor_fits_whoever_lives_there():
    [room] = [one for one in checked(Household(), 40, wage=4000).indicators if one.code == "room_left"]

    assert room.level == "fine"


def test_a_stated_debt_is_said_not_to_be_weighed():
    case = Case(household=SINGLE, total_debt=euros(1250))
    with_debt = assessed(Life().usual(), case).credit_check
    without = assessed(Life().usual(), Case(household=SINGLE)).credit_check

    said = [one for one in with_debt.reasons if one.code == "credit.debt_not_weighed"]
    assert [one.says for one in said] == [
        "The stated debt of €1,250.00 is not weighed here; only what is paid on debts each month is."
    ]
    assert not [one for one in without.reasons if one.code == "credit.debt_not_weighed"]
    assert with_debt.says == without.says
