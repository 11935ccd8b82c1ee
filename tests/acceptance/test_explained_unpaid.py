"""Costs that are owed and not paid: figures add up, and who collects is told of them without names."""

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from psd2_affordability.assess.explain.made import Made
from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.run import assess
from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.core.money import Money
from psd2_affordability.service.assess_case import Answered, Question
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.explaining import explainer
from psd2_affordability.service.printed.make import Wanted, report_of
from psd2_affordability.service.printed.uses import use_of
from psd2_affordability.service.purposes import purpose
from psd2_affordability.service.receivers.seen import seen_for
from psd2_affordability.service.wire import to_json
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


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("rent_unpaid_for_three_months", "2160.00", "2160.00"),
        ("rent_not_paid_for_two_months", "1440.00", "1440.00"),
        ("loan_whose_debits_come_back", "0.00", "540.00"),
    ],
)
def test_what_was_not_seen_being_paid_is_told_and_made_of_the_payments_that_did_not_come(name, low, high):
    one, wired = situations()[name], product()
    understood, answer = answered(one)
    explained = explainer(wired, answer, understood, one.case, Question(on=one.on))
    [owed] = answer.expenses.not_paid

    for end, amount in (("low", low), ("high", high)):
        step = explained.explain(f"expenses.not_paid[{owed.category}].amount.{end}")
        assert str(step.value) == amount
        if step.how == "sum_above_zero":
            assert Money.total(term.value for term in step.terms) == step.value
        assert any(each.says.transactions for each in walk(step))


def test_the_reports_for_the_counsellor_and_the_person_tell_it_and_the_spreadsheet_has_its_figure():
    understood, answer = answered(situations()["rent_unpaid_for_three_months"])
    found, wired = Answered(answer, understood), product()

    said = {}
    for use in ("debt_help", "person"):
        pdf = report_of(wired, found, Wanted(use_of(use), "pdf", "en"))
        said[use] = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)
    assert "€2,160.00 of necessary costs was not seen being paid: Rent." in said["debt_help"]
    assert "Owed, and not seen being paid" in said["person"]
    csv = report_of(wired, found, Wanted(use_of("debt_help"), "csv", "en")).decode()
    assert "expenses,not_paid.wonen.huur,Woonbron,2160.00,2160.00,2160.00,EUR" in csv


@pytest.mark.parametrize("asked", ["payment_plan", "credit_check", "seizure_check"])
def test_no_receiver_hears_what_is_owed_elsewhere_nor_how_much(asked):
    _, answer = answered(situations()["seizure_of_unpaid_rent"])
    told = to_json(seen_for(purpose(asked), answer, product().knowledge.taxonomy))

    for secret in (
        "2,160",
        "3,600",
        "2160.00",
        "3600.00",
        "Rent:",
        "Huur:",
        "Woonbron",
        "a home",
        "zijn huis",
    ):
        assert secret not in told, secret


def test_who_thinks_of_a_seizure_hears_that_the_balance_may_be_owed_elsewhere_and_what_to_ask():
    _, answer = answered(situations()["seizure_of_unpaid_rent"])
    told = json.loads(to_json(seen_for(purpose("seizure_check"), answer, product().knowledge.taxonomy)))

    seizure = told["seizure"]
    assert (seizure["verdict"], seizure["cheaper_route"]) == ("unknown", "payment_plan")
    assert seizure["reasons"][0]["says"].startswith("Something that is owed was not seen being paid")
    assert seizure["questions"][0]["code"] == "ask.owed_elsewhere"
