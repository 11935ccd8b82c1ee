"""One question of law in, one answer with its published shape out."""

from datetime import date

import pytest

from law_material import book, euros, exact, refusal
from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.core.answer import LegalAnswer
from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.core.money import Money
from psd2_affordability.service.law import (
    QUESTIONS,
    LawInputs,
    answer_law,
    inputs_from,
    with_household_flags,
)
from psd2_affordability.service.law_view import law_json

NOW = date(2026, 11, 22)
SINGLE = Household(type=HouseholdType.SINGLE)


def ask(question: str, inputs: LawInputs, on: date = NOW) -> LegalAnswer:
    return answer_law(book(), question, on, inputs)


def test_an_exact_answer_has_the_published_shape() -> None:
    shape = law_json(ask("bank-seizure", LawInputs(household=SINGLE)))

    assert list(shape) == [
        "question",
        "on",
        "status",
        "amount",
        "per",
        "steps",
        "reason",
        "questions",
        "receipt",
    ]
    assert (shape["status"], shape["amount"], shape["per"]) == ("ok", "2208.48", "month")
    assert shape["on"] == "2026-11-22"
    assert isinstance(shape["steps"], list)
    assert shape["steps"][0] == {
        "article": "475a lid 5 Rv",
        "says": "the maximum for the household (single person), over a month",
        "says_nl": "het maximum voor dit huishouden (alleenstaande), voor een maand",
        "amount": "2208.48",
    }
    assert shape["reason"] == ""


def test_an_interval_has_low_and_high_and_says_what_to_ask() -> None:
    shape = law_json(ask("beslagvrije-voet", LawInputs(household=SINGLE, net_income_month=euros("2000"))))

    assert (shape["status"], shape["low"], shape["high"]) == ("interval", "1348.49", "1900.00")
    assert "amount" not in shape
    assert shape["reason"]
    assert shape["questions"]


def test_an_unknown_answer_carries_the_fact() -> None:
    shape = law_json(ask("bank-seizure", LawInputs(household=SINGLE), date(2020, 12, 31)))

    assert shape["status"] == "unknown"
    assert not {"amount", "low", "high"} & set(shape)
    assert "first in force on 2021-01-01" in str(shape["reason"])


def test_the_receipt_names_each_rule_with_its_date_and_hash() -> None:
    shape = law_json(ask("bailiff-tariff", LawInputs(act="bank_seizure")))
    receipt = shape["receipt"]

    assert isinstance(receipt, dict)
    assert receipt["rules"][0] == {
        "id": "nl.btag",
        "in_force": "2026-01-01",
        "status": "enacted",
        "sha256": book().instrument("nl.btag").sha256,
        "review_passed": False,
    }


def test_an_answer_past_its_review_date_says_that_it_is_the_last_known_one() -> None:
    shape = law_json(ask("bank-seizure", LawInputs(household=SINGLE), date(2027, 1, 1)))

    assert shape["amount"] == "2208.48"
    assert "last known value" in str(shape["reason"])


def test_a_balance_shows_what_a_seizure_would_reach_and_cost() -> None:
    answer = ask("bank-seizure", LawInputs(household=SINGLE, balance=euros("2500"), title_served=True))

    assert exact(answer) == euros("2208.48")
    assert [str(step.amount) for step in answer.steps[-3:]] == ["291.52", "350.79", "-59.27"]
    assert {"nl.bankbeslag", "nl.beslagvrije_voet_maxima", "nl.btag"} <= {rule.id for rule in answer.rules}


def test_a_balance_below_the_protected_amount_gives_nothing_to_reach() -> None:
    answer = ask("bank-seizure", LawInputs(household=SINGLE, balance=euros("100"), title_served=True))

    assert answer.steps[-3].amount == Money(0)


def test_an_unknown_question_names_the_questions_there_are() -> None:
    with pytest.raises(UnknownName, match="bank-seizure"):
        ask("bank-seizures", LawInputs())


def test_a_question_without_its_input_says_which_flag_gives_it() -> None:
    with pytest.raises(UsageError, match="--claim"):
        ask("collection-costs", LawInputs())
    with pytest.raises(UsageError, match="--act"):
        ask("bailiff-tariff", LawInputs())


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_raises_for_a_day_long_ago(question: str) -> None:
    family = Household(type=HouseholdType.SINGLE_PARENT, children=(date(1985, 1, 1),))
    inputs = LawInputs(
        household=family, net_income_month=euros("1500"), claim=euros("100"), act="bank_seizure"
    )

    because = refusal(ask(question, inputs, date(1990, 1, 1)))
    assert "first in force" in because or "the user supplies" in because


def test_flags_win_over_the_household_file() -> None:
    file = Household(type=HouseholdType.SINGLE, persons=(Person(date(1980, 5, 1), euros("10000")),))

    changed = with_household_flags(
        file, kind=HouseholdType.COUPLE, taxable_income_year=euros("40000"), no_registered_address=True
    )

    assert changed.type is HouseholdType.COUPLE
    assert changed.persons == (Person(date(1980, 5, 1), euros("40000")), Person(None, Money(0)))
    assert changed.housing.registered_address is False


def test_without_flags_the_household_stays_as_it_is() -> None:
    assert with_household_flags(SINGLE) == SINGLE


def test_an_unknown_input_of_an_example_is_refused() -> None:
    with pytest.raises(UnknownName, match="taxable_income_year"):
        inputs_from({"taxable_income": 3})
