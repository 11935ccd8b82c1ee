"""Costs that are owed and not paid: figures add up, and who collects is told of them without names."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from psd2_affordability.assess.explain.made import Made
from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.run import assess
from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.core.money import Money
from psd2_affordability.service.assess_case import Question
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.explaining import explainer
from psd2_affordability.service.purposes import purpose
from psd2_affordability.service.receivers.seen import seen_for
from situation_material import Situation, ledger_of, situations

_OWED = "What is owed and not paid from these accounts now, a month."


def walk(made: Made) -> Iterator[Made]:
    yield made
    for term in made.terms:
        yield from walk(term)


def answered(one: Situation) -> tuple[Understood, Assessment]:
    wired = product()
    understood = understand(ledger_of([one]), wired.knowledge, {one.name: (one.accounts[0].iban,)})
    return understood, assess(understood, {one.name: one.case}, wired.law, wired.knowledge, one.on)[one.name]


@pytest.mark.parametrize(
    ("name", "figure", "how"),
    [
        ("rent_unpaid_for_three_months", "expenses.fixed", "series"),
        ("loan_whose_debits_come_back", "expenses.debts", "series"),
        ("loan_whose_debits_come_back", "room.monthly.high", "series"),
        ("rent_that_nobody_is_seen_to_pay", "expenses.fixed", "told"),
    ],
)
def test_what_is_owed_is_a_part_of_the_figure_and_all_parts_add_up(name, figure, how):
    one, wired = situations()[name], product()
    understood, answer = answered(one)
    explained = explainer(wired, answer, understood, one.case, Question(on=one.on))

    steps = list(walk(explained.explain(figure)))
    assert next(step.how for step in steps if step.says.says == _OWED) == how
    for path in (figure, "room.monthly.low", "room.monthly.mid", "room.monthly.high"):
        for step in walk(explained.explain(path)):
            assert step.how != "sum" or Money.total(term.value for term in step.terms) == step.value, path


def test_who_collects_is_told_that_something_owed_is_not_paid_and_not_what_it_is():
    _, answer = answered(situations()["rent_unpaid_for_three_months"])
    room = seen_for(purpose("payment_plan"), answer, product().knowledge.taxonomy).room

    said = {one.code: one.says for one in (*room.reasons, *room.questions)}
    assert said["room.cost_unpaid"].startswith("A cost that is owed is not paid of late.")
    assert said["ask.still_due"] == "Is a cost that is not paid now still due, and who pays it?"
    assert "expenses.cost_unpaid" not in said
    assert not any("Rent:" in says for says in said.values())


def test_two_things_that_are_not_paid_are_told_to_who_collects_once():
    _, answer = answered(situations()["rent_unpaid_for_three_months"])
    twice = replace(
        answer, room=replace(answer.room, questions=(*answer.room.questions, *answer.room.questions))
    )
    room = seen_for(purpose("payment_plan"), twice, product().knowledge.taxonomy).room

    assert [one.code for one in room.questions].count("ask.still_due") == 1
