"""All answers for all subjects: figures in one pass, then each calculator per subject."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from operator import attrgetter
from typing import NamedTuple, TypeVar

from psd2_affordability import __version__
from psd2_affordability.assess.allowances import allowances_of, rules_used
from psd2_affordability.assess.case import NO_CASE, Case, KnownBalance
from psd2_affordability.assess.counterfactuals import credit_turns, room_turns
from psd2_affordability.assess.credit import credit_check
from psd2_affordability.assess.data_quality import data_quality, unproven
from psd2_affordability.assess.expenses import expenses_of
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.figures import runs_of
from psd2_affordability.assess.forecast.ahead import ahead_of
from psd2_affordability.assess.income import income_of
from psd2_affordability.assess.kinds import Kinds
from psd2_affordability.assess.out_of_date import (
    credit_out_of_date,
    out_of_date,
    room_out_of_date,
    seizure_out_of_date,
)
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.profile import profile_of
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.remembered import Remembered
from psd2_affordability.assess.results import (
    PARTS,
    Allowance,
    Assessment,
    CreditCheck,
    Expenses,
    Income,
    Profile,
    Room,
    Seizure,
    Signal,
)
from psd2_affordability.assess.room import Known, above_the_law, rooms_of
from psd2_affordability.assess.seizure import seizure_of
from psd2_affordability.assess.signals import signals_of
from psd2_affordability.assess.signals.context import Context
from psd2_affordability.categorise.engine import Understood
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.core.answer import RuleUse
from psd2_affordability.core.reasons import Reason
from psd2_affordability.core.receipt import DataUse, Receipt, question_sha256
from psd2_affordability.ledger.fingerprint import Fingerprint, fingerprints
from psd2_affordability.ledger.order import key_hashes

#: So many people are seen ahead together: enough to share each pass, few enough for the cache.
_TOGETHER = 64
#: Parts that need the room.
_WITH_ROOM = frozenset({"room", "seizure", "credit_check", "profile"})
_Answer = TypeVar("_Answer", Room, Seizure, CreditCheck)

#: A subject without transactions.
_NO_DATA = Fingerprint("", b"")
#: What a case asks and tells, but its balances: they come in any order.
_asked = attrgetter(
    *(field.name for field in fields(Case) if field.name not in {"consent", "corrections", "balances"})
)

__all__ = ["PARTS", "Case", "KnownBalance", "assess", "each_assessment"]


def assess(
    understood: Understood,
    cases: Mapping[str, Case],
    rules: NationalRules,
    knowledge: Knowledge,
    on: date,
    parts: Collection[str] = PARTS,
) -> dict[str, Assessment]:
    """Answer for every subject in the transactions or the cases, on one day.

    Only rows booked on or before that day and in euros count. A subject without a case gets an
    empty one, whose gaps are asked about. The order of the rows does not matter.
    """
    return {one.subject: one for one in each_assessment(understood, cases, rules, knowledge, on, parts)}


def each_assessment(
    understood: Understood,
    cases: Mapping[str, Case],
    rules: NationalRules,
    knowledge: Knowledge,
    on: date,
    parts: Collection[str] = PARTS,
) -> Iterator[Assessment]:
    """Yield the assessments one by one, so that a portfolio need not be held at once."""
    law = Remembered(rules)
    hashes, wanted = key_hashes(understood.frame), frozenset(parts)
    digests = _digests_of(fingerprints(understood.frame, understood.columns), cases, wanted)
    kinds = Kinds.of(knowledge.taxonomy)
    for people in runs_of(understood, cases, kinds, on, hashes, _TOGETHER):
        quality = [data_quality(facts) for facts in people]
        income = [income_of(facts) for facts in people]
        expenses = [expenses_of(facts) for facts in people]
        known = list(map(Known, people, quality, income, expenses, ahead_of(people)))
        for one, its_parts in zip(known, _answered(known, law, wanted), strict=True):
            yield _assessment(one, its_parts, law, knowledge.sha256, digests[one.facts.subject])


class _Digests(NamedTuple):
    """The hashes of a subject's transactions and of the question about it."""

    data: str
    question: str


def _digests_of(
    data: Mapping[str, Fingerprint], cases: Mapping[str, Case], parts: frozenset[str]
) -> dict[str, _Digests]:
    """Hash the question about each subject, keyed with its transactions."""
    digests, which = {}, sorted(parts)
    for subject in {**data, **cases}:
        own, case = data.get(subject, _NO_DATA), cases.get(subject, NO_CASE)
        question = question_sha256((_asked(case), which), in_any_order=case.balances, key=own.key)
        digests[subject] = _Digests(own.sha256, question)
    return digests


class _Parts(NamedTuple):
    """The parts asked of one person; `sized` is the room that some of them rest on, for the receipt."""

    income: Income | None
    expenses: Expenses | None
    sized: Room | None
    room: Room | None
    seizure: Seizure | None
    credit_check: CreditCheck | None
    signals: tuple[Signal, ...] | None
    allowances: tuple[Allowance, ...] | None
    profile: Profile | None


def _answered(people: Sequence[Known], law: NationalRules, asked: frozenset[str]) -> Iterator[_Parts]:
    """Answer for a run of people, one part for all of them before the next: its code stays in the cache."""
    none: Sequence[None] = [None] * len(people)
    rooms = list(map(_sized, people, rooms_of(people, law))) if asked & _WITH_ROOM else []
    both = list(zip(people, rooms, strict=True)) if rooms else []
    seizures = [_seizure(one, room, law) for one, room in both] if "seizure" in asked else none
    checks = [_credit_check(one, room, law) for one, room in both] if "credit_check" in asked else none
    allowances = (
        [allowances_of(one.facts, one.income, law) for one in people] if "allowances" in asked else none
    )
    signals = [signals_of(Context(one.facts, one.income)) for one in people] if "signals" in asked else none
    profiles = (
        [
            profile_of(room, signs or (), aid or (), one.facts.on)
            for (one, room), signs, aid in zip(both, signals, allowances, strict=True)
        ]
        if "profile" in asked
        else none
    )
    turned = (
        [_turned(one, room, aid or (), law) for (one, room), aid in zip(both, allowances, strict=True)]
        if "room" in asked
        else none
    )
    return map(
        _Parts,
        [one.income for one in people] if "income" in asked else none,
        [one.expenses for one in people] if "expenses" in asked else none,
        rooms or none,
        turned,
        seizures,
        checks,
        signals,
        allowances,
        profiles,
    )


def _sized(one: Known, room: Room) -> Room:
    missing = out_of_date(one.quality)
    return room if missing is None else room_out_of_date(room, missing)


def _seizure(one: Known, room: Room, law: NationalRules) -> Seizure:
    seizure, missing = seizure_of(one.facts, one.income, room, law, one.ahead), out_of_date(one.quality)
    if missing is not None:
        seizure = seizure_out_of_date(seizure, missing)
    return _doubting(seizure, one.facts.once(unproven))


def _credit_check(one: Known, room: Room, law: NationalRules) -> CreditCheck:
    facts, quality, income, expenses, _ = one
    legal = above_the_law(facts, income, expenses, room)
    check, missing = credit_check(facts, quality, income, expenses, legal, law), out_of_date(quality)
    if missing is None:
        check.take_turns(credit_turns(facts, check, income, expenses, legal))
    else:
        check = credit_out_of_date(check, missing)
    return _doubting(check, facts.once(unproven))


def _turned(one: Known, room: Room, allowances: Sequence[Allowance], law: NationalRules) -> Room:
    if out_of_date(one.quality) is None:
        room.take_turns(room_turns(one.facts, room, one.income, one.expenses, allowances, law))
    return _doubting(room, one.facts.once(unproven))


def _doubting(answer: _Answer, doubts: tuple[Reason, ...]) -> _Answer:
    """Let an answer say itself that the bookings it rests on do not explain the balances."""
    return replace(answer, reasons=(*answer.reasons, *doubts)) if doubts else answer


def _assessment(one: Known, parts: _Parts, law: Remembered, knowledge: str, digests: _Digests) -> Assessment:
    income, expenses, sized, room, seizure, check, signals, allowances, profile = parts
    facts, on = one.facts, one.facts.on
    used = law.together(_rules_of(sized, seizure, allowances or (), check, law, on))
    return Assessment(
        subject=facts.subject,
        on=on,
        receipt=_receipt(facts, knowledge, digests, used),
        data_quality=one.quality,
        income=income,
        expenses=expenses,
        room=room,
        credit_check=check,
        seizure=seizure,
        signals=signals,
        allowances=allowances,
        profile=profile,
    )


def _rules_of(
    room: Room | None,
    seizure: Seizure | None,
    allowances: Sequence[Allowance],
    check: CreditCheck | None,
    law: NationalRules,
    on: date,
) -> Iterator[Sequence[RuleUse]]:
    """Yield the rules that the answers rest on."""
    if room is not None:
        yield room.floor.rules
        if room.plan_floor is not None:
            yield room.plan_floor.rules
    if seizure is not None:
        yield seizure.protected.rules
        yield seizure.costs.rules
    yield from rules_used(allowances, law, on)
    if check is not None:
        yield law.credit_law(on).rules
        if check.norm is not None:
            yield check.norm.rules


def _receipt(facts: Facts, knowledge: str, digests: _Digests, rules: tuple[RuleUse, ...]) -> Receipt:
    return Receipt(
        engine=__version__,
        on=facts.on,
        rules=rules,
        data=DataUse(
            first_on=None if facts.first_day is None else day_of(facts.first_day),
            last_on=None if facts.last_day is None else day_of(facts.last_day),
            rows=facts.given,
            sha256=digests.data,
        ),
        knowledge_sha256=knowledge,
        consent=facts.case.consent,
        corrections=facts.case.corrections,
        question_sha256=digests.question,
    )
