"""The published shape of an answer of law: JSON for programs, and the reason in words."""

from datetime import date

from psd2_affordability import __version__
from psd2_affordability.core.answer import Interval, LegalAnswer, RuleUse, Step, Unknown


def law_json(answer: LegalAnswer) -> dict[str, object]:
    """Return the published JSON shape of an answer; money is a string with two decimals."""
    value = answer.value
    shape: dict[str, object] = {
        "question": answer.question,
        "on": answer.on.isoformat(),
        "status": answer.status,
    }
    if isinstance(value, Interval):
        shape |= (
            {"amount": str(value.low)} if value.exact else {"low": str(value.low), "high": str(value.high)}
        )
    return shape | {
        "per": answer.per,
        "steps": [_step_json(step) for step in answer.steps],
        "reason": reason_of(answer),
        "questions": list(answer.ask),
        "receipt": receipt_json(answer.on, answer.rules),
    }


def receipt_json(on: date, rules: tuple[RuleUse, ...]) -> dict[str, object]:
    """Return what an answer was computed with: engine, day and rules."""
    return {"engine": __version__, "on": on.isoformat(), "rules": [_rule_json(rule) for rule in rules]}


def reason_of(answer: LegalAnswer) -> str:
    """Say why there is no exact amount, or why the amount may have changed; empty when neither."""
    if isinstance(answer.value, Unknown):
        return answer.value.because
    late = [rule.id for rule in answer.rules if rule.review_passed]
    if late:
        return f"last known value: the review date of {', '.join(late)} has passed"
    announced = [rule.id for rule in answer.rules if rule.status == "announced"]
    if announced:
        return f"announced, not yet law: {', '.join(announced)}"
    return "" if answer.value.exact else "not everything that the law asks is known"


def _step_json(step: Step) -> dict[str, str | None]:
    return {
        "article": step.article,
        "says": step.says,
        "says_nl": step.says_nl,
        "amount": None if step.amount is None else str(step.amount),
    }


def _rule_json(rule: RuleUse) -> dict[str, object]:
    return {
        "id": rule.id,
        "in_force": rule.in_force.isoformat(),
        "status": rule.status,
        "sha256": rule.sha256,
        "review_passed": rule.review_passed,
    }
