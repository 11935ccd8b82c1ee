"""Data that ended long before the day asked give no figures for it."""

from datetime import timedelta

import pytest
from assess_builders import KNOWLEDGE, ON, SINGLE, Life, TenLineLaw, understood

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.run import assess
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import Money

CASE = Case(household=SINGLE, obligation=Obligation(Money.euros(40), 24), total_debt=Money.euros(900))


def asked_after(days: int) -> Assessment:
    life = Life().usual(2600)
    on = ON + timedelta(days=days)
    return assess(understood(life), {"eva": CASE}, TenLineLaw(), KNOWLEDGE, on)["eva"]


def test_after_a_quarter_of_a_year_room_credit_check_and_seizure_ask_for_newer_statements():
    found = asked_after(120)

    figures = (found.room.monthly, found.seizure.expected_balance, found.seizure.net)
    for figure in (
        *figures,
        found.credit_check.room_after,
        *(i.value for i in found.credit_check.indicators),
    ):
        assert isinstance(figure, Unknown)
        assert figure.code == "history.out_of_date"
        assert figure.ask == "Can newer bank statements be given?"
    assert found.room.advice == "ask_first"
    assert found.room.options == ()
    assert found.seizure.verdict == "unknown"
    assert {one.level for one in found.credit_check.indicators} == {"unknown"}


@pytest.mark.parametrize(("days", "known"), [(92, True), (93, False)])
def test_a_quarter_of_a_year_is_the_most_that_figures_stand(days: int, known: bool):
    last = asked_after(0).data_quality.days_stale

    assert isinstance(asked_after(days - last).room.monthly, Unknown) is not known
