"""A household sent over HTTP says of joint accounts what the file says."""

from fractions import Fraction

import pytest
from pydantic import ValidationError

from psd2_affordability.api.models import Household
from psd2_affordability.assess.household import AccountShare
from psd2_affordability.core.errors import HouseholdError

JOINT = "NL20INGB0001234567"


@pytest.mark.parametrize(
    ("sent", "share"),
    [({}, Fraction(1, 2)), ({"share": "1/3"}, Fraction(1, 3)), ({"share": "0.6"}, Fraction(3, 5))],
)
def test_a_joint_account_has_the_share_that_is_sent_and_else_half(sent: dict[str, str], share: Fraction):
    household = Household.model_validate({"account": [{"iban": "NL20 INGB 0001 2345 67", **sent}]})

    assert household.read().accounts == (AccountShare(JOINT, share),)


@pytest.mark.parametrize(
    ("sent", "words"),
    [({"iban": "NL00"}, "not an IBAN"), ({"iban": JOINT, "share": "2"}, "no share")],
)
def test_what_is_no_account_or_no_share_is_refused(sent: dict[str, str], words: str):
    with pytest.raises(HouseholdError, match=words):
        Household.model_validate({"account": [sent]}).read()


def test_who_works_is_sent_as_a_number_or_stays_unknown():
    assert Household.model_validate({"working_adults": 1}).read().working_adults == 1
    assert Household().read().working_adults is None
    with pytest.raises(ValidationError):
        Household.model_validate({"working_adults": 3})


def test_a_household_is_free_of_costs_that_can_be_owed_alone():
    assert Household.model_validate({"free_of": ["wonen.huur"]}).read().free_of == ("wonen.huur",)
    with pytest.raises(HouseholdError, match="cannot hold"):
        Household.model_validate({"free_of": ["huishouden.horeca"]}).read()
