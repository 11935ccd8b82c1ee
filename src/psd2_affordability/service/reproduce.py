"""Computing a past answer again from what was kept with it, and what changed since."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from psd2_affordability.assess.results import PARTS
from psd2_affordability.core.errors import UnknownName
from psd2_affordability.core.paths import leaves
from psd2_affordability.service.asked import Asked
from psd2_affordability.service.assess_case import CaseRead, Question, ask_again, kept_household, read_case
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.purposes import consent_for, purpose
from psd2_affordability.service.receipts import number_of
from psd2_affordability.service.wire import to_json
from psd2_affordability.store.assessments import Given

#: Sentences and evidence follow the figures; the receipt is compared by itself.
_NO_FIGURES = ("says", "says_nl", "transactions", "because", "ask", "apply_at", "status")
_FEWEST_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that an answer rests on and that is not what it was.

    Attributes:
        kind: engine, knowledge, rule, data, balances, corrections, household or question.
        what: which of them.
        then: what it was.
        now: what it is; empty when it is gone.
    """

    kind: str
    what: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of an answer that comes out otherwise; empty where there was none."""

    path: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Reproduced:
    """A past answer beside the same question asked again.

    Attributes:
        receipt: SHA-256 of the answer as it was given; its name.
        on: the day it is for.
        purpose: what for.
        made_at: when it was given.
        identical: asked again on what was known then, it gives the very same bytes.
        again_sha256: of the answer on what was known then.
        not_at_hand: what of then is not at hand any more, so that the answer cannot be the same.
        changed: what is known now and was not known then, or the other way round.
        then: figures that come out otherwise on what was known then.
        now: figures that come out otherwise on what is known now.
    """

    receipt: str
    on: date
    purpose: str
    made_at: datetime
    identical: bool
    again_sha256: str
    not_at_hand: tuple[Changed, ...] = ()
    changed: tuple[Changed, ...] = ()
    then: tuple[Difference, ...] = ()
    now: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A past answer by its names.

    Attributes:
        receipt: the number of its receipt, as it is printed.
        answer: SHA-256 of the answer as it was given.
        on: the day it is for.
        purpose: what for.
        made_at: when it was given.
        changed: figures that came out otherwise than in the answer before it for the same purpose; none of
            the first one, and none for a receiver.
    """

    receipt: str
    answer: str
    on: date
    purpose: str
    made_at: datetime
    changed: tuple[Difference, ...] = ()


def earlier_answers(product: Product, subject: str, purpose_code: str) -> list[Earlier]:
    """List the past answers of a case, newest first, each with what changed since the one before.

    The whole picture has every answer of the case; another purpose its own, without figures.

    Raises:
        UnknownName: no such case or purpose.
        ConsentNotValid: the person did not consent to this purpose, or withdrew a consent.
    """
    asked = purpose(purpose_code)
    consent_for(product.store.consents.list(subject), asked, subject)
    given = product.store.assessments.list(subject)
    shown = [each for each in given if asked.whole or each.purpose == asked.code]
    before: dict[str, Mapping[str, Any]] = {}
    listed: list[Earlier] = []
    for each in reversed(shown):
        answer = json.loads(each.json) if asked.names else {}
        changed = tuple(_differences(before.get(each.purpose, answer), answer))
        before[each.purpose] = answer
        number = number_of(each.receipt)
        listed.append(Earlier(number, each.sha256, each.on, each.purpose, each.made_at, changed))
    return listed[::-1]


def reproduce_for(product: Product, subject: str, purpose_code: str, receipt: str = "") -> Reproduced:
    """Ask a past answer again for who reads it for a purpose.

    The whole picture has every answer of the case; another purpose its own. A receiver learns whether the
    answer comes out the same and what kind of thing changed, but no figure of then or now.

    Raises:
        UnknownName: no such case or purpose, or no answer for it has this name.
        ConsentNotValid: the person did not consent to this purpose, or withdrew a consent.
    """
    asked = purpose(purpose_code)
    consent_for(product.store.consents.list(subject), asked, subject)
    found = reproduce(product, subject, receipt, purpose_code="" if asked.parts >= set(PARTS) else asked.code)
    if asked.names:
        return found
    changed = tuple(
        replace(each, then="", now="") if each.kind == "balances" else each for each in found.changed
    )
    return replace(found, changed=changed, then=(), now=())


def reproduce(product: Product, subject: str, receipt: str = "", *, purpose_code: str = "") -> Reproduced:
    """Ask the question of a past answer again: on what was known then, and on what is known now.

    Args:
        product: the wired product, with the rules, the knowledge and the engine of now.
        subject: the case.
        receipt: the number of the receipt as it is printed, or the first letters of the answer's SHA-256;
            the newest answer when left out.
        purpose_code: only answers for this purpose; any when left out.

    Raises:
        UnknownName: no such case, or no answer of it has this name.
        ConsentNotValid: the person withdrew the consent under which it was given.
    """
    every = product.store.assessments.list(subject)
    answers = [each for each in every if purpose_code in ("", each.purpose)]
    given = _given(answers, subject, receipt.lower())
    asked_for = purpose(given.purpose)
    asked = Asked.read(given.asked) if given.asked else None
    household = kept_household(product, subject) if asked is None else asked.household
    then = read_case(product, subject, asked_for, household, known_at=given.made_at)
    kept = kept_household(product, subject) if product.store.cases.household(subject) else household
    now = read_case(product, subject, asked_for, kept)
    known = asked or _as_now(given, then, asked_for.parts, household)
    was = json.loads(given.json)
    again = to_json(ask_again(product, subject, known, _under(then, given)))
    known_now = replace(known, household=kept, balances=now.balances, ibans=now.ibans)
    as_then = json.loads(again)
    as_now = json.loads(to_json(ask_again(product, subject, known_now, _under(now, given))))
    missing = [] if asked else [Changed("question", "what was asked beside the day was not kept", "", "")]
    return Reproduced(
        receipt=given.sha256,
        on=given.on,
        purpose=given.purpose,
        made_at=given.made_at,
        identical=again == given.json,
        again_sha256=sha256(again.encode()).hexdigest(),
        not_at_hand=(*missing, *_receipts(was["receipt"], as_then["receipt"])),
        changed=(*_rows_since(product, subject, then, now), *_case_since(known, known_now, then, now)),
        then=tuple(_differences(was, as_then)),
        now=tuple(_differences(was, as_now)),
    )


def _given(answers: list[Given], subject: str, receipt: str) -> Given:
    found = [
        each for each in answers if each.sha256.startswith(receipt) or number_of(each.receipt) == receipt
    ]
    if not answers:
        raise UnknownName(f"no answer was ever given for case {subject}")
    if not found or (receipt and len(receipt) < _FEWEST_LETTERS):
        raise UnknownName(
            f"no answer for case {subject} is named '{receipt}'",
            do=f"Give at least {_FEWEST_LETTERS} letters of one; the newest is {answers[0].sha256[:16]}",
        )
    return found[0]


def _as_now(given: Given, read: CaseRead, parts: frozenset[str], household: Any) -> Asked:
    """Ask for an answer of before questions were kept, as far as that is known: its day, and today's case."""
    question = Question(given.on, household, parts)
    return Asked(question.on, household, question.parts, balances=read.balances, ibans=read.ibans)


def _under(read: CaseRead, given: Given) -> CaseRead:
    """Answer under the consent that the receipt names."""
    return replace(read, consent=json.loads(given.receipt)["consent"])


def _receipts(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Changed]:
    """Say what a receipt names and the one of now does not."""
    if then["engine"] != now["engine"]:
        yield Changed("engine", "version of the engine", then["engine"], now["engine"])
    if then["knowledge_sha256"] != now["knowledge_sha256"]:
        yield Changed(
            "knowledge", "what is known of payees", then["knowledge_sha256"], now["knowledge_sha256"]
        )
    same_rows = then.get("data") == now.get("data")  # the hash of a question is keyed with them
    if same_rows and then.get("question_sha256", "") != now["question_sha256"]:
        what = "what was asked beside the transactions"
        yield Changed("question", what, then.get("question_sha256", ""), now["question_sha256"])
    before, after = (
        {(rule["id"], rule["in_force"]): rule for rule in receipt["rules"]} for receipt in (then, now)
    )
    for rule in sorted(before.keys() | after.keys()):
        old, new = before.get(rule), after.get(rule)
        if old != new:
            yield Changed("rule", f"{rule[0]}, in force since {rule[1]}", _rule(old), _rule(new))
    if then.get("data") != now.get("data"):
        what = "the rows as they were; what a bank told anew since is not kept as it was before"
        yield Changed("data", what, _rows(then), _rows(now))
    if then.get("corrections") != now.get("corrections"):
        yield Changed("corrections", "what people corrected", _corrected(then), _corrected(now))


def _rule(rule: Mapping[str, Any] | None) -> str:
    if rule is None:
        return ""
    late = ", past its review date" if rule["review_passed"] else ""
    return f"{rule['status']} {rule['sha256']}{late}"


def _rows(receipt: Mapping[str, Any]) -> str:
    data = receipt.get("data")
    return f"{data['rows']} rows {data['sha256']}" if data else ""


def _corrected(receipt: Mapping[str, Any]) -> str:
    told = receipt.get("corrections")
    return f"{told['rows']} rows and {told['rules']} rules {told['sha256']}" if told else ""


def _rows_since(product: Product, subject: str, then: CaseRead, now: CaseRead) -> Iterator[Changed]:
    """Count the rows that are kept now and were not then, or the other way round."""
    before, after = set(then.rows["tx"]), set(now.rows["tx"])
    replaced = sum(
        each.superseded_by in after for each in product.store.ledger.versions(subject) if each.tx in before
    )
    for what, rows in (
        ("rows that came since", len(after - before) - replaced),
        ("rows that are gone since", len(before - after) - replaced),
        ("rows that another amount took the place of", replaced),
    ):
        if rows:
            yield Changed("data", what, "0", str(rows))


def _case_since(known: Asked, known_now: Asked, then: CaseRead, now: CaseRead) -> Iterator[Changed]:
    """Say what else is known of the case otherwise than then."""
    if then.corrections.use() != now.corrections.use():
        yield Changed("corrections", "what people corrected", _told(then), _told(now))
    if known.balances != known_now.balances:
        before, after = _balances(known.balances), _balances(known_now.balances)
        yield Changed("balances", "balances of the accounts", before, after)
    if known.household != known_now.household:
        yield Changed("household", "what is known of the household", "", "")


def _told(read: CaseRead) -> str:
    use = read.corrections.use()
    return "" if use is None else f"{use.rows} rows and {use.rules} rules"


def _balances(balances: tuple[Any, ...]) -> str:
    return ", ".join(f"{each.amount} on {each.on}" for each in balances)


def _differences(then: Any, now: Any) -> Iterator[Difference]:
    before, after = _figures(then), _figures(now)
    for path in dict.fromkeys((*before, *after)):
        old, new = before.get(path, ""), after.get(path, "")
        if old != new:
            yield Difference(path, old, new)


def _figures(answer: Mapping[str, Any]) -> dict[str, str]:
    """Return the figures and verdicts of an answer by path; no sentence and no evidence."""
    told = {name: part for name, part in answer.items() if name != "receipt"}
    return {path: str(value) for path, value in leaves(told) if not _is_told(path)}


def _is_told(path: str) -> bool:
    names = [name.partition("[")[0] for name in path.split(".")]
    return any(name in _NO_FIGURES or name in ("reasons", "cannot_know", "steps", "rules") for name in names)
