"""An account that only the household file knows is asked about, and counts for nothing."""

from dataclasses import replace
from fractions import Fraction

from assess_builders import ACCOUNT, SINGLE, Life, assessed

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import AccountShare

ELSEWHERE = "NL20INGB0001234567"


def found(*ibans: str):
    shares = tuple(AccountShare(iban, Fraction(1, 2)) for iban in ibans)
    return assessed(Life().usual(), Case(household=replace(SINGLE, accounts=shares)))


def test_an_account_of_the_household_file_without_statements_may_be_a_typing_error():
    answer = found(ELSEWHERE)

    [remark] = [one for one in answer.data_quality.cannot_know if one.code == "accounts.not_in_data"]
    assert "4567" in remark.says
    assert "typing error" in remark.says
    said = {one.code for one in (*answer.income.reasons, *answer.expenses.reasons)}
    assert not said & {"income.joint", "expenses.joint"}


def test_an_account_with_statements_counts_for_its_share_and_is_not_remarked_on():
    answer = found(ACCOUNT)

    assert "accounts.not_in_data" not in {one.code for one in answer.data_quality.cannot_know}
    assert "income.joint" in {one.code for one in answer.income.reasons}
