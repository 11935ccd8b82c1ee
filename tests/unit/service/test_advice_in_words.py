"""What is said of a plan is no more than what its chances bear, to each reader in their own words."""

import pytest

from printed_material import PEOPLE, answered, product, report, text
from psd2_affordability.service.purposes import PURPOSES
from psd2_affordability.service.receivers.seen import seen_for
from psd2_affordability.service.wording import advised, word

WITH_A_PLAN = sorted(name for name in PEOPLE if answered(name).assessment.room.advice == "plan")


@pytest.mark.parametrize("name", WITH_A_PLAN)
@pytest.mark.parametrize("code", ["debt_help", "payment_plan", "seizure_check"])
def test_a_plan_is_said_to_fit_only_where_one_is_sure_whoever_asks(name, code):
    whole = answered(name).assessment
    seen = seen_for(PURPOSES[code], whole, product().knowledge.taxonomy).room

    sure = whole.room.options[0].kind == "sure"

    assert advised(seen) == ("plan" if sure else "plan_not_sure")


def test_there_are_people_with_a_plan_that_is_sure_and_with_one_that_is_not():
    assert {advised(answered(name).assessment.room) for name in WITH_A_PLAN} == {"plan", "plan_not_sure"}


def test_a_seizure_is_weighed_without_the_days_of_a_plan():
    for name in WITH_A_PLAN:
        seen = seen_for(PURPOSES["seizure_check"], answered(name).assessment, product().knowledge.taxonomy)
        assert {each.code for each in seen.room.reasons if each.code.startswith("plan.")} <= {
            "plan.none_is_sure"
        }
        assert seen.room.options == ()


def test_the_person_is_not_told_to_ask_on():
    assert answered("lotte").assessment.room.advice == "ask_first"

    assert "Something must be known first" in text(report("lotte", "person"))
    assert word("room.ask_first") in text(report("lotte", "debt_help"))
