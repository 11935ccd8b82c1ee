"""Questions of law asked in words alone, name by name: how the interface asks them."""

import re
from collections.abc import Iterable
from datetime import date

from psd2_affordability.assess.household import HouseholdType
from psd2_affordability.core.dates import iso_day
from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.rulebook.lookup import Rulebook
from psd2_affordability.service.law import (
    HOUSEHOLD_AMOUNTS,
    MONEY_INPUTS,
    OTHER_INPUTS,
    QUESTIONS,
    answer_law,
    corrections_of,
    inputs_from,
)
from psd2_affordability.service.law_duties import (
    CLAIM,
    CONTACT,
    DUTY_QUESTIONS,
    TERMS,
    checks_json,
    claim_described,
    contact_allowed,
    local_moment,
    terms_json,
    terms_of_law,
)
from psd2_affordability.service.law_view import law_json
from psd2_affordability.service.typed import typed_euros

_TYPED = {*MONEY_INPUTS, *HOUSEHOLD_AMOUNTS, "claim", "correction"}
_INPUTS = (*MONEY_INPUTS, *HOUSEHOLD_AMOUNTS, *OTHER_INPUTS)
_WHOLE = {"persons", "sharers", "working_adults"}
_DAYS = {"child", "reminded_on", "start"}
_TEXTS = {"type", "act", "housing", "at", "given", "topic"}
_OF_DUTIES = {CONTACT: ("at",), CLAIM: ("given", "vat"), TERMS: ("start", "topic")}
_TRUTH = {"true": True, "false": False}
_COUNT = re.compile(r"[0-9]{1,2}", re.ASCII)
_HOMES = ("rent", "owner", "other")

Given = dict[str, str | bool]


def questions() -> list[dict[str, object]]:
    """Return every question of law: its name, what it gives, and the inputs it may have."""
    amounts = sorted(_INPUTS)
    listed = [(name, "amount", amounts) for name in QUESTIONS]
    listed += [(name, "duties", list(_OF_DUTIES[name])) for name in DUTY_QUESTIONS]
    return [{"question": name, "gives": gives, "inputs": inputs} for name, gives, inputs in listed]


def ask(book: Rulebook, question: str, on: date, words: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Answer a question in the shape that `law QUESTION --json` prints.

    Args:
        book: the rules.
        question: its name.
        on: the day.
        words: input by name, `-` or `_` between words; a name that comes more than once is a list.

    Raises:
        UnknownName: no such question, act, field or topic.
        UsageError: an input that the question does not have, or a value that cannot be.
    """
    if question in DUTY_QUESTIONS:
        return _ask_duty(book, question, on, _given(words, _OF_DUTIES[question], on))
    if question not in QUESTIONS:
        raise UnknownName.among("question of law", question, [*QUESTIONS, *DUTY_QUESTIONS])
    given = _given(words, _INPUTS, on)
    return law_json(answer_law(book, question, on, inputs_from(given)))


def _ask_duty(book: Rulebook, question: str, on: date, given: Given) -> dict[str, object]:
    if question == CONTACT:
        return checks_json(contact_allowed(book, local_moment(str(given.get("at", "")))))
    if question == CLAIM:
        fields = str(given.get("given", "")).replace(",", " ").split()
        return checks_json(claim_described(book, on, fields, vat=given.get("vat") is True))
    start = given.get("start")
    starts_on = None if start is None else iso_day(str(start))
    return terms_json(terms_of_law(book, on, starts_on=starts_on, topic=str(given.get("topic", ""))))


def _given(words: Iterable[tuple[str, str]], allowed: Iterable[str], on: date) -> Given:
    known = set(allowed)
    texts: dict[str, list[str]] = {}
    for written, value in words:
        name = written.replace("-", "_")
        if name not in known:
            unknown = UnknownName.among("input", written, sorted(known))
            raise UsageError(unknown.what, do=unknown.do)
        texts.setdefault(name, []).append(value)
    return {
        name: _amounts(name, values) if name in _TYPED else _value(name, ",".join(values), on)
        for name, values in texts.items()
    }


def _amounts(name: str, values: list[str]) -> str:
    """Return typed amounts as worked examples write them; one of a list stands in each value."""
    if name == "correction":
        return ",".join(f"{what}={amount}" for what, amount in corrections_of(values))
    amounts = [typed_euros(value, name) for value in values]
    if None in amounts or (len(amounts) > 1 and name != "claim"):
        raise UsageError("one amount in euros is asked for", where=name)
    return ",".join(map(str, amounts))


def _value(name: str, text: str, on: date) -> str | bool:
    if name in _TEXTS:
        return _word(name, text)
    parts = text.replace(",", " ").split()
    if name in _WHOLE:
        least = 0 if name == "working_adults" else 1
        wrong = [part for part in parts if not (_COUNT.fullmatch(part) and int(part) >= least)]
        expected = f"a whole number of at least {least}"
    elif name in _DAYS:
        wrong = [part for part in parts if not _is_day(part, born_by=on if name == "child" else None)]
        expected = f"a day such as {on}" + (", not after the day asked" if name == "child" else "")
    elif text.lower() in _TRUTH:
        return _TRUTH[text.lower()]
    else:
        wrong, expected = [text], "true or false"
    if wrong or not parts or (len(parts) > 1 and name != "child"):
        raise UsageError(f"'{text}' is not {expected}", where=name)
    return text


def _word(name: str, text: str) -> str:
    allowed = {"type": [kind.value for kind in HouseholdType], "housing": list(_HOMES)}.get(name)
    if allowed is not None and text not in allowed:
        raise UsageError(f"'{text}' is not known", where=name, do=f"Allowed: {', '.join(allowed)}")
    return text


def _is_day(text: str, *, born_by: date | None) -> bool:
    try:
        day = iso_day(text)
    except ValueError:
        return False
    return born_by is None or day <= born_by
