"""What a receiver must not find in a report: payees, accounts, transactions, kinds that tell too much."""

import csv
import json
from dataclasses import replace
from functools import cache
from io import StringIO
from itertools import product as every

import pytest

from printed_material import PEOPLE, RECEIVERS, answered, product, report, seen, text, words_for_drawings
from psd2_affordability.assess.results import PARTS, Assessment
from psd2_affordability.core.answer import Unknown
from psd2_affordability.service.assess_case import Answered
from psd2_affordability.service.printed.make import Wanted, report_of
from psd2_affordability.service.printed.uses import USES
from psd2_affordability.service.receivers.told import WITHHELD, told

KNOWN_TO_PURPOSE = {
    "credit_check": {"income", "expenses", "credit_check"},
    "plan": {"income", "expenses", "room", "profile"},
    "seizure": {"room", "seizure"},
}
#: Payees that are words of the language too, or bodies that the law itself names.
ORDINARY = {"particulier", "eigen rekening", "bol", "ING", "NS", "Action", "Plus", "Spar", "bank", "Shell"}


@cache
def said_by(name: str, use: str) -> dict[str, str]:
    """Everything a receiver can read: the page with its words for drawings, the rows, the JSON."""
    pdf = report(name, use)
    return {
        "pdf": " ".join([text(pdf), *words_for_drawings(pdf)]),
        "csv": report(name, use, "csv").decode(),
        "json": report(name, use, "json").decode(),
    }


@pytest.mark.parametrize(("name", "use"), list(every(PEOPLE, RECEIVERS)))
def test_a_receiver_finds_no_payee_no_account_and_no_transaction(name, use):
    frame = answered(name).understood.frame
    frame = frame[frame["subject"] == name]
    payees = {each for each in {*frame["payee"], *frame["counterparty_name"]} if len(each) > 3} - ORDINARY
    ibans = {*frame["account"], *frame["counterparty_iban"]} - {""}

    for where, said in said_by(name, use).items():
        found = {each for each in payees if each in said}
        assert not found, where
        assert not {each for each in ibans if each in said or each[:8] in said}, where
        assert not {each for each in frame["tx"] if each in said}, where
        assert "••" not in said, where


@pytest.mark.parametrize(("name", "use"), list(every(PEOPLE, RECEIVERS)))
def test_a_receiver_finds_no_exact_kind_of_income_or_spending(name, use):
    taxonomy = product().knowledge.taxonomy
    kept = {code for code, leaf in taxonomy.items() if leaf.en in {"Wages", "Cash", "Gambling"}}

    for where, said in said_by(name, use).items():
        codes = [code for code in taxonomy if "." in code and code in said]
        assert not codes, where
        named = {leaf.en for code, leaf in taxonomy.items() if code not in kept and len(leaf.en) > 8}
        told = {each for each in named if f"{each}," in said or f"{each} €" in said}
        assert not told, where


@pytest.mark.parametrize(("use", "parts"), KNOWN_TO_PURPOSE.items())
def test_a_receiver_finds_only_the_answers_of_its_purpose(use, parts):
    found = seen("daan", use).found

    assert {part for part in PARTS if getattr(found, part) is not None} == parts


@pytest.mark.parametrize("use", RECEIVERS)
def test_a_receiver_sees_figures_of_its_purpose_alone(use):
    rows = list(csv.DictReader(StringIO(report("ravi", use, "csv").decode(), newline="")))

    assert {row["part"] for row in rows} <= KNOWN_TO_PURPOSE[use] | {"data_quality", "months"}
    assert not [row["code"] for row in rows if row["code"].startswith("stream.")]


def test_a_collector_who_asks_about_a_seizure_sees_no_day_no_month_and_no_income():
    for name in PEOPLE:
        found = seen(name, "seizure")
        assert found.months == ()
        assert not found.days
        for said in said_by(name, "seizure").values():
            assert "went_out" not in said
            assert "payday" not in said
            assert "best day" not in said
            assert "by day" not in said


def test_a_collector_does_not_learn_of_gambling_or_of_what_could_be_saved():
    for use in ("plan", "seizure"):
        for said in said_by("ravi", use).values():
            assert "gambl" not in said.lower()
            assert "games of chance" not in said
            assert "can wait" not in said


def test_a_stopped_income_is_told_without_the_employer():
    said = text(report("lotte", "plan"))

    assert "An income that came at regular times has stopped" in said
    assert "Wehkamp" not in said


def test_why_nothing_is_known_is_told_without_the_name_in_it():
    found = answered("daan")
    missing = Unknown(
        "income.living_money", "Only living money from Bewind Zonneveld arrives.", "Ask Zonneveld."
    )
    check, income = found.assessment.credit_check, found.assessment.income
    first = check.indicators[0]
    says = replace(first.says, says=f"How steady the income is cannot be told. {missing.because}")
    unknown = replace(
        found.assessment,
        income=replace(income, monthly=missing, for_protection=missing),
        room=replace(found.assessment.room, monthly=missing),
        credit_check=replace(
            check,
            indicators=(replace(first, value=missing, says=says), *check.indicators[1:]),
            reasons=(says, *check.reasons),
        ),
    )

    for use in RECEIVERS:
        for form in ("pdf", "csv", "json"):
            made = report_of(product(), replace(found, assessment=unknown), Wanted(USES[use], form))
            said = text(made) if form == "pdf" else made.decode()
            assert "Zonneveld" not in said
    assert "How steady the income is cannot be told." in said_of_check(unknown, found)


def said_of_check(unknown: Assessment, found: Answered) -> str:
    return text(report_of(product(), replace(found, assessment=unknown), Wanted(USES["credit_check"])))


def test_what_would_turn_the_answer_is_told_but_not_what_somebody_could_do_without():
    own, received = text(report("tess", "debt_help")), text(report("tess", "plan"))

    assert "What would turn this" in own
    assert "things that can wait, there is room for a plan" in own
    assert "What would turn this" in received
    assert "more net income a month there is room for a plan" in received
    assert "can wait" not in received


def test_the_account_at_another_bank_is_told_without_its_number():
    said = text(report("iris", "plan"))

    assert "own account that is not shared" in said
    assert "ABNA" not in said


@pytest.mark.parametrize("name", PEOPLE)
def test_somebody_decided_of_every_reason_whether_a_receiver_is_told_it(name):
    found = answered(name).assessment
    reasons = [*found.data_quality.cannot_know, *found.room.questions]
    for part in (found.room, found.seizure, found.credit_check, found.income, found.expenses):
        reasons += part.reasons
    reasons += found.seizure.questions
    reasons += [each.says for each in found.credit_check.indicators]

    untold = {each.code for each in reasons if told(each) is None}
    assert not {code for code in untold - WITHHELD if not code.startswith("expenses.returned_")}


def test_the_person_finds_every_transaction_with_its_payee_amount_and_reasons():
    found = seen("lotte", "person")
    frame = answered("lotte").understood.frame
    booked = frame[(frame["subject"] == "lotte") & (frame["status"] == "booked")]

    assert {row.tx for row in found.rows} == set(booked["tx"])
    said = text(report("lotte", "person"))
    for who in ("Wehkamp", "Obvion", "Kruidvat"):
        assert who in said
    assert "Every figure, and what it is made of" in said
    assert "If something is not right" in said


def test_the_person_finds_every_kind_and_every_regular_payment():
    found = answered("daan").assessment
    rows = list(csv.DictReader(StringIO(report("daan", "person", "csv").decode(), newline="")))
    codes = {row["code"] for row in rows}

    for kind in (*found.income.by_kind, *found.expenses.by_kind):
        assert f"by_kind.{kind.category}" in codes
    assert len([code for code in codes if code.startswith("stream.")]) == len(
        found.income.streams + found.expenses.streams
    )


def test_the_counsellor_sees_payees_but_not_every_transaction():
    told = json.loads(report("daan", "debt_help", "json"))

    assert "transactions" not in told
    assert "Randstad" in text(report("daan", "debt_help"))
