"""Answers the questions of law that are not an amount: duties of a collector, and terms."""

from collections.abc import Collection
from datetime import date, datetime

from psd2_affordability.core.duties import Check, LegalChecks, LegalTerms
from psd2_affordability.core.errors import RuleNotInForce, UsageError
from psd2_affordability.jurisdictions.nl.collection_duties import check_contact, check_description
from psd2_affordability.jurisdictions.nl.terms import find_terms
from psd2_affordability.rulebook.lookup import Rulebook
from psd2_affordability.service.law_view import receipt_json

CONTACT, CLAIM, TERMS = DUTY_QUESTIONS = ("collection-contact", "collection-claim", "terms")


def contact_allowed(book: Rulebook, at: datetime) -> LegalChecks:
    """Tell whether a collector may make contact at a moment, Dutch local time (art. 4.2 Bki)."""
    rules = book.on(at.date())
    try:
        checks = check_contact(rules, at)
    except RuleNotInForce as refusal:
        return LegalChecks(CONTACT, at.date(), (), reason=refusal.what)
    return LegalChecks(CONTACT, at.date(), checks, rules.used)


def claim_described(book: Rulebook, on: date, given: Collection[str], *, vat: bool = False) -> LegalChecks:
    """Tell which fields the description of a claim still lacks (art. 3.1 Bki, art. 11 Wki).

    Raises:
        UnknownName: a field that the law does not ask for.
    """
    rules = book.on(on)
    try:
        checks = check_description(rules, given, vat=vat)
    except RuleNotInForce as refusal:
        return LegalChecks(CLAIM, on, (), reason=refusal.what)
    return LegalChecks(CLAIM, on, checks, rules.used)


def terms_of_law(book: Rulebook, on: date, *, starts_on: date | None = None, topic: str = "") -> LegalTerms:
    """Return the terms of the law on a day, with their last day when they start on a given day.

    Raises:
        UnknownName: no such topic.
    """
    return find_terms(book, on, starts_on=starts_on, topic=topic)


def local_moment(text: str) -> datetime:
    """Read a moment in Dutch local time, such as 2026-11-22T19:30.

    Raises:
        UsageError: another form, or a moment with an offset.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or "T" not in text.upper().replace(" ", "T") or moment.tzinfo is not None:
        raise UsageError(
            f"'{text}' is not a moment such as 2026-11-22T19:30",
            where="at",
            do="Give Dutch local time, without an offset",
        )
    return moment


def checks_json(answer: LegalChecks) -> dict[str, object]:
    """Return the published JSON shape of duties held against facts."""
    return {
        "question": answer.question,
        "on": answer.on.isoformat(),
        "status": answer.status,
        "checks": [_check_json(check) for check in answer.checks],
        "reason": reason_of_checks(answer),
        "receipt": receipt_json(answer.on, answer.rules),
    }


def terms_json(answer: LegalTerms) -> dict[str, object]:
    """Return the published JSON shape of the terms."""
    return {
        "question": answer.question,
        "on": answer.on.isoformat(),
        "starts_on": None if answer.starts_on is None else answer.starts_on.isoformat(),
        "status": answer.status,
        "terms": [
            {
                "code": term.code,
                "article": term.article,
                "says": term.says,
                "count": term.count,
                "unit": term.unit,
                "last_on": None if term.last_on is None else term.last_on.isoformat(),
            }
            for term in answer.terms
        ],
        "reason": "; ".join(answer.missing),
        "receipt": receipt_json(answer.on, answer.rules),
    }


def reason_of_checks(answer: LegalChecks) -> str:
    """Say what is broken or cannot be told; empty when every duty is met."""
    open_checks = [check for check in answer.checks if not check.holds]
    broken = [check.says for check in open_checks if check.holds is False]
    return answer.reason or "; ".join(broken or [check.says for check in open_checks])


def _check_json(check: Check) -> dict[str, object]:
    return {"code": check.code, "article": check.article, "says": check.says, "holds": check.holds}
