"""A person decides on a credit check, with a reason, beside the answer that was seen; nothing else can."""

import ast
import json
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

import psd2_affordability
from masking_material import life
from psd2_affordability.assess import results
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.core.errors import ConsentNotValid, UnknownName, UsageError
from psd2_affordability.core.money import Money
from psd2_affordability.service.assess_case import Question, assess_kept
from psd2_affordability.service.decisions import Decision, decide, decisions_of
from psd2_affordability.service.keep import keep_received
from store_material import NOW

CASE = "case-1"
ON = NOW.date()
SOURCE = Path(psd2_affordability.__file__).parent
SEEN = Decision("approve", "Loonstroken gezien", "R. de Wit")


@pytest.fixture
def wired(wired):
    keep_received(wired, CASE, life(months=4), source="file")
    return wired


def kept(wired, sha256: str) -> dict:
    [found] = [each for each in wired.store.assessments.list(CASE) if each.sha256 == sha256]
    return json.loads(found.json)


def test_a_decision_stands_beside_the_newest_answer_of_that_day(wired):
    answered = assess_kept(wired, CASE, "credit_check", Question(on=ON))

    decided = decide(wired, CASE, ON, SEEN)

    assert decided.answer == answered.sha256
    assert decided.advice == answered.assessment.credit_check.outcome
    assert decisions_of(wired, CASE, "credit_check") == [decided]


def test_where_no_answer_was_kept_it_is_made_first_with_its_receipt(wired):
    decided = decide(wired, CASE, ON, SEEN, obligation=Obligation(Money.euros(75), 24))

    answer = kept(wired, decided.answer)
    assert answer["credit_check"]["obligation"] == {"monthly": "75.00", "months": 24}
    assert answer["receipt"]["on"] == ON.isoformat()


def test_a_decision_names_the_answer_that_was_looked_at(wired):
    first = assess_kept(wired, CASE, "credit_check", Question(on=ON))
    assess_kept(wired, CASE, "credit_check", Question(on=ON, obligation=Obligation(Money.euros(75), 24)))

    assert decide(wired, CASE, ON, SEEN, answer=first.sha256).answer == first.sha256


def test_an_answer_that_was_never_given_cannot_be_decided_on(wired):
    assess_kept(wired, CASE, "credit_check", Question(on=ON))

    with pytest.raises(UnknownName, match="no kept credit check"):
        decide(wired, CASE, ON, SEEN, answer="0" * 64)


def test_a_purpose_that_shows_no_credit_check_has_nothing_to_decide(wired):
    with pytest.raises(UnknownName, match="credit_check"):
        decide(wired, CASE, ON, SEEN, purpose_code="payment_plan")


def test_decisions_are_not_listed_for_a_purpose_that_nobody_consented_to(wired):
    decide(wired, CASE, ON, SEEN)
    consent = wired.store.consents.begin(CASE, "sandbox.berlin_group", "debt_help", "s", {}, at=NOW)
    wired.store.consents.grant(consent, date(2026, 11, 1), {"consent_id": "x"}, at=NOW)

    assert len(decisions_of(wired, CASE, "debt_help")) == 1
    with pytest.raises(ConsentNotValid, match="did not consent to 'credit_check'"):
        decisions_of(wired, CASE, "credit_check")


@pytest.mark.parametrize(
    ("reason", "by"), [("", "R. de Wit"), ("  ", "R. de Wit"), ("Gezien", ""), ("Gezien", " ")]
)
def test_a_decision_without_a_reason_or_a_person_is_none(reason: str, by: str):
    with pytest.raises(UsageError, match="A person decides"):
        Decision("decline", reason, by)


def test_only_three_things_can_be_decided():
    with pytest.raises(UnknownName, match="approve"):
        Decision("refuse", "Gezien", "R. de Wit")


def test_a_person_may_decline_where_the_check_found_nothing(wired):
    decided = decide(wired, CASE, ON, Decision("decline", "Buiten ons beleid", "R. de Wit"))

    assert decided.outcome == "decline"


def names_called(path: Path) -> set[str]:
    """Every function that a module calls, by the last part of its name."""
    calls = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return {each.id if isinstance(each, ast.Name) else getattr(each, "attr", "") for each in calls}


def test_a_decision_is_only_ever_handed_in_by_a_person():
    makers = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "Decision" in names_called(path)
    }

    assert makers == {"api/decision_routes.py", "cli/decide.py", "web/decision_page.py"}


def test_no_calculator_can_say_no():
    """Walk every fixed value that the calculators can answer with, and every word they compare with."""
    refusals = {"decline", "declined", "refuse", "refused_credit", "reject", "rejected", "deny", "denied"}
    for path in (SOURCE / "assess").rglob("*.py"):
        words = {
            node.value
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not refusals & words, path
    assert set(get_args(results.CreditCheck.__annotations__["outcome"])) == {
        "within_norms",
        "refer_to_person",
    }
