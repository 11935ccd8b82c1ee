"""Answers for the sandbox people, and reports read back as a reader of PDF does."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import pandas as pd
from pypdf import PdfReader

from psd2_affordability._data import data_files
from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import PARTS, Assessment
from psd2_affordability.assess.run import assess
from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.ledger_view import closing_ct, ledger_of, own_ibans
from psd2_affordability.sandbox.people import SandboxPerson, load_people
from psd2_affordability.service import bootstrap
from psd2_affordability.service.assess_case import Answered
from psd2_affordability.service.printed.make import Wanted, report_of
from psd2_affordability.service.printed.seen import Seen, seen_by
from psd2_affordability.service.printed.uses import USES, use_of

PEOPLE = load_people(data_files("sandbox_fixtures"))
#: Made once: the knowledge takes its time to load.
product = cache(bootstrap.product)
RECEIVERS = ("credit_check", "plan", "seizure")


@cache
def everybody() -> tuple[Understood, dict[str, Assessment]]:
    wired = product()
    understood = understand(ledger_of(PEOPLE.values()), wired.knowledge, own_ibans(PEOPLE.values()))
    (on,) = {person.on for person in PEOPLE.values()}
    cases = {name: _case(person) for name, person in PEOPLE.items()}
    return understood, assess(understood, cases, wired.law, wired.knowledge, on, PARTS)


def answered(name: str) -> Answered:
    understood, assessments = everybody()
    return Answered(assessments[name], understood)


@cache
def seen(name: str, use: str) -> Seen:
    return seen_by(use_of(use), answered(name), product().knowledge.taxonomy)


@cache
def report(name: str, use: str, form: str = "pdf", language: str = "en") -> bytes:
    return report_of(product(), answered(name), Wanted(USES[use], form, language))


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader(pdf).pages]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def tags(node):
    """Every tag of a PDF below a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from tags(found)


def words_for_drawings(pdf: bytes) -> list[str]:
    root = reader(pdf).trailer["/Root"]["/StructTreeRoot"]
    return [str(tag.get("/Alt", "")) for tag in tags(root) if tag["/S"] == "/Figure"]


def paid(name: str, **changed: str) -> Answered:
    """The answer from the last sixty rows of a sandbox person, with some columns of every row changed."""
    person = PEOPLE[name]
    frame = ledger_of([person]).tail(60)
    return answered_from(
        person,
        frame.assign(**{column: pd.Series(value, frame.index, "str") for column, value in changed.items()}),
    )


def answered_from(person: SandboxPerson, frame: pd.DataFrame, law: NationalRules | None = None) -> Answered:
    wired = product()
    understood = understand(frame, wired.knowledge, own_ibans([person]))
    case = replace(_case(person), balances=()) if frame.empty else _case(person)
    answers = assess(understood, {person.name: case}, law or wired.law, wired.knowledge, person.on)
    return Answered(answers[person.name], understood)


def answered_without_a_household(name: str, **told: Any) -> Answered:
    """The answers for a sandbox person of whom nobody said with whom they live."""
    wired = product()
    understood, _ = everybody()
    case = replace(_case(PEOPLE[name]), household=Household(), **told)
    answers = assess(understood, {name: case}, wired.law, wired.knowledge, PEOPLE[name].on, PARTS)
    return Answered(answers[name], understood)


def _case(person: SandboxPerson) -> Case:
    balances = tuple(
        KnownBalance(account.iban, Money(closing_ct(account)), person.on, proven=True)
        for account in person.banked.accounts
    )
    return Case(person.household, balances, total_debt=person.total_debt or None)
