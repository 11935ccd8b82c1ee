"""Decisions on a credit check: taken by a person, with a reason, on an answer that is kept.

Nothing here decides. An answer says *within norms* or *a person should look*; what follows is what a
named person writes down, and only the shell, the interface and the pages hand that in.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.service.assess_case import Question, assess_kept, kept_household
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.purposes import PURPOSES, Purpose, consent_for, purpose
from psd2_affordability.store.assessments import Given
from psd2_affordability.store.decisions import Decided

Outcome = Literal["approve", "decline", "more_information"]
OUTCOMES: tuple[str, ...] = get_args(Outcome)
LONGEST_REASON = 2_000
LONGEST_NAME = 200
#: The part that is decided on, and the purpose it is made for unless another is named.
_CREDIT = "credit_check"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides.

    Attributes:
        outcome: approve, decline or more_information.
        reason: why, in their own words.
        by: who decides: a person's name, or what they are known by.
    """

    outcome: str
    reason: str = field(repr=False)
    by: str = field(repr=False)

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES:
            raise UnknownName.among("decision", self.outcome, list(OUTCOMES))
        for name, text, longest in (
            ("reason", self.reason, LONGEST_REASON),
            ("name of who decides", self.by, LONGEST_NAME),
        ):
            if not text.strip() or len(text) > longest:
                raise UsageError(
                    f"a decision needs a {name} of 1 to {longest} characters",
                    do="A person decides, and says why",
                )


def decide(
    product: Product,
    subject: str,
    on: date,
    decision: Decision,
    *,
    purpose_code: str = _CREDIT,
    obligation: Obligation | None = None,
    answer: str = "",
) -> Decided:
    """Keep what a person decided on the credit check of a day.

    It is kept beside the answer that is named, or else the newest of that day for the purpose; without
    one, or with an obligation to ask about, the answer is made and kept first.

    Args:
        product: the wired product.
        subject: the case.
        on: the day that the answer is for.
        decision: what was decided, why and by whom.
        purpose_code: what the answer is given for.
        obligation: what was asked about; None for whatever the newest answer was asked about.
        answer: hash of the answer that was looked at; the newest of the day when it is not named.

    Raises:
        UnknownName: no such case, purpose or answer, or a purpose that shows no credit check.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    _showing_credit(purpose_code)
    given = _looked_at(product, subject, on, purpose_code, answer, obligation)
    told = {
        "outcome": decision.outcome,
        "reason": decision.reason.strip(),
        "by": decision.by.strip(),
        "advice": json.loads(given.json)[_CREDIT]["outcome"],
    }
    at = product.clock.now()
    key = product.store.decisions.add(subject, on, purpose_code, given.sha256, told, at=at)
    return next(each for each in product.store.decisions.list(subject) if each.id == key)


def decisions_of(product: Product, subject: str, purpose_code: str) -> list[Decided]:
    """Return the decisions of a case, newest first: those for a purpose, and for the whole picture all.

    Raises:
        UnknownName: no such case or purpose, or a purpose that shows no credit check.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    asked = _showing_credit(purpose_code)
    consent_for(product.store.consents.list(subject), asked, subject)
    made = product.store.decisions.list(subject)
    return [each for each in made if asked.whole or each.purpose == asked.code]


def _showing_credit(code: str) -> Purpose:
    """Return a purpose, if it shows a credit check."""
    asked = purpose(code)
    if _CREDIT not in asked.parts:
        shows = [each.code for each in PURPOSES.values() if _CREDIT in each.parts]
        raise UnknownName.among("purpose with a credit check", code, shows)
    return asked


def _looked_at(
    product: Product, subject: str, on: date, purpose_code: str, answer: str, obligation: Obligation | None
) -> Given:
    """Return the kept answer that a decision is about; make it when there is none yet."""
    kept = [
        each
        for each in product.store.assessments.list(subject)
        if (each.on, each.purpose) == (on, purpose_code) and _CREDIT in json.loads(each.json)
    ]
    if not answer and (obligation is not None or not kept):
        asked = Question(on=on, household=kept_household(product, subject), obligation=obligation)
        answer = assess_kept(product, subject, purpose_code, asked).sha256
        kept = product.store.assessments.list(subject)
    found = [each for each in kept if not answer or each.sha256 == answer]
    if not found:
        raise UnknownName(f"case {subject} has no kept credit check '{answer}' for {on}")
    return found[0]
