"""The terms of the law that a plan, a seizure, a talk or a consent runs by, with their last day."""

from dataclasses import dataclass
from datetime import date

from psd2_affordability.core.duties import LegalTerms, Term
from psd2_affordability.core.errors import RuleNotInForce, UnknownName
from psd2_affordability.jurisdictions.nl.days import last_day
from psd2_affordability.rulebook.lookup import Rulebook, RulesOn
from psd2_affordability.rulebook.model import Unit


@dataclass(frozen=True, slots=True)
class _Term:
    code: str
    article: str
    says: str
    rule: str
    figure: str


_TERMS = (
    _Term(
        "collection.reminder",
        "6:96 lid 6 BW",
        "a consumer can pay without costs, from the day after the reminder",
        "nl.aanmaning",
        "reminder_term",
    ),
    _Term(
        "collection.complaint",
        "6.1 lid 2 onder b Bki",
        "the receipt of a complaint is confirmed in writing",
        "nl.incassodienstverlening",
        "complaint_confirmed",
    ),
    _Term(
        "collection.file",
        "5.1 lid 4 Bki",
        "the file is kept at least, from the day it is closed",
        "nl.incassodienstverlening",
        "file_kept",
    ),
    _Term(
        "seizure.service",
        "475i lid 1 Rv",
        "a seizure is served on the debtor",
        "nl.bankbeslag",
        "serve_within",
    ),
    _Term(
        "seizure.declaration",
        "476a Rv",
        "the bank declares what it holds after this",
        "nl.bankbeslag",
        "declare_after",
    ),
    _Term(
        "seizure.declaration_if_asked",
        "476a Rv",
        "the same when the debtor asked for it in time",
        "nl.bankbeslag",
        "declare_after_if_asked",
    ),
    _Term(
        "debt_help.first_talk",
        "4 lid 1 Wgs",
        "the municipality talks with a resident who asks for help, or who accepts its offer",
        "nl.schuldhulpverlening",
        "first_talk",
    ),
    _Term(
        "debt_help.first_talk_threat",
        "4 lid 2 Wgs",
        "the same when eviction, a cut-off or the loss of health insurance threatens",
        "nl.schuldhulpverlening",
        "first_talk_threat",
    ),
    _Term(
        "debt_help.decision",
        "4a lid 3 Wgs",
        "the municipality decides, at most, from the first talk",
        "nl.schuldhulpverlening",
        "decision",
    ),
    _Term(
        "debt_help.moratorium",
        "5 lid 1 Wgs",
        "the court can hold all recovery, at most",
        "nl.schuldhulpverlening",
        "moratorium",
    ),
    _Term(
        "consent.renewal",
        "10a Delegated Regulation (EU) 2018/389",
        "the person logs in anew at the bank, at most from the last login",
        "eu.account_information",
        "renewal",
    ),
    _Term(
        "consent.unattended_calls",
        "36 lid 5 Delegated Regulation (EU) 2018/389",
        "the most that an account is read in 24 hours when the person does not ask",
        "eu.account_information",
        "unattended_calls",
    ),
)
TOPICS = tuple(dict.fromkeys(term.code.partition(".")[0] for term in _TERMS))


def find_terms(book: Rulebook, on: date, *, starts_on: date | None = None, topic: str = "") -> LegalTerms:
    """Return the terms of the law on a day.

    Args:
        book: the rules.
        on: the day whose rules hold.
        starts_on: the day of the event that they run from, to see their last day.
        topic: only this one of `TOPICS`.

    Raises:
        UnknownName: no such topic.
    """
    if topic and topic not in TOPICS:
        raise UnknownName.among("topic of terms", topic, list(TOPICS))
    rules = book.on(on)
    found: list[Term] = []
    missing: list[str] = []
    for term in _TERMS:
        if term.code.startswith(f"{topic}." if topic else ""):
            try:
                found.append(_counted(rules, term, starts_on))
            except RuleNotInForce as refusal:
                missing.append(refusal.what)
    return LegalTerms("terms", on, starts_on, tuple(found), rules.used, tuple(dict.fromkeys(missing)))


def _counted(rules: RulesOn, term: _Term, starts_on: date | None) -> Term:
    count = rules.count(term.rule, term.figure)
    unit = rules.book.instrument(term.rule).quantities[term.figure].unit
    ends = starts_on is not None and unit is not Unit.TIMES
    last_on = last_day(starts_on, count, unit.value) if starts_on is not None and ends else None
    return Term(term.code, term.article, term.says, count, unit.value, last_on)
