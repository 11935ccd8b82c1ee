"""Why there is no figure, and what to ask, is said in Dutch to who reads Dutch: for every code there is."""

import ast
import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from rich.console import Console

from printed_material import PEOPLE, answered, answered_from, product, text
from psd2_affordability.cli.report import Report
from psd2_affordability.core.answer import Unknown
from psd2_affordability.sandbox.ledger_view import ledger_of
from psd2_affordability.service.printed.make import Wanted, report_of
from psd2_affordability.service.printed.uses import use_of
from psd2_affordability.service.unknowns import because, dutch, of_law, to_ask
from sentence_material import SOURCE, sentences, words

_LONGEST = 20
_STIFF = frozenset(
    [
        "derhalve",
        "tevens",
        "middels",
        "conform",
        "inzake",
        "betreffende",
        "alsmede",
        "indien",
        "teneinde",
        "mits",
        "thans",
    ]
)


def made() -> Iterator[tuple[str, ast.Call]]:
    """Every place in the code that makes an Unknown."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Unknown":
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


def code_of(call: ast.Call) -> str:
    first = call.args[0]
    assert isinstance(first, ast.Constant), ast.dump(first)
    return str(first.value)


def unknowns(value: Any) -> Iterator[Unknown]:
    """Every Unknown in an answer."""
    if isinstance(value, Unknown):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from unknowns(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from unknowns(getattr(value, field.name))


def test_every_code_has_its_reason_in_dutch() -> None:
    places = list(made())

    assert len(places) > 40
    assert {code_of(call) for _, call in places} == set(dutch()["because"])


def test_every_code_that_asks_something_asks_it_in_dutch() -> None:
    asking = {code_of(call) for _, call in made() if len(call.args) > 2 or call.keywords}

    assert asking == set(dutch()["ask"])


def test_every_question_about_the_protected_income_is_asked_in_dutch() -> None:
    tree = ast.parse((SOURCE / "jurisdictions/nl/beslagvrije_voet.py").read_text(encoding="utf-8"))
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    asked = {each for each in texts if "?" in each}

    assert len(asked) > 5
    assert asked == set(dutch()["law"])
    assert all(of_law(each, "nl") and of_law(each, "en") == each for each in asked)


@pytest.mark.parametrize("kind", ["because", "ask", "law"])
def test_the_dutch_is_short_and_plain(kind: str) -> None:
    for said in dutch()[kind].values():
        for sentence in sentences(said):
            assert len(words(sentence)) <= _LONGEST, sentence
            assert _STIFF.isdisjoint(words(sentence.lower())), sentence


def test_english_stays_as_it_was_made_and_nothing_is_asked_where_nothing_was() -> None:
    missing = Unknown("balance.not_known", "The source states no balance for this account.")

    assert because(missing, "en") == missing.because
    assert (to_ask(missing, "en"), to_ask(missing, "nl")) == ("", "")


@pytest.mark.parametrize("name", PEOPLE)
def test_a_dutch_reader_is_told_why_in_dutch_in_the_terminal(name: str) -> None:
    found = answered(name).assessment
    names = {leaf.code: leaf.nl for leaf in product().knowledge.taxonomy.values()}
    console = Console(width=1000, no_color=True)
    with console.capture() as captured:
        console.print(Report(found, names, "nl").render())
    shown = captured.get()

    for missing in unknowns(found):
        assert missing.because not in shown
        assert not missing.ask or missing.ask not in shown


@pytest.mark.parametrize("use", ["debt_help", "plan", "seizure"])
def test_a_dutch_report_says_why_there_is_no_figure_and_what_to_ask(use: str) -> None:
    person = PEOPLE["amina"]
    nothing = answered_from(person, ledger_of([person]).head(0))
    found = nothing.assessment
    missing = found.seizure.net if use == "seizure" else found.room.monthly
    said = text(report_of(product(), nothing, Wanted(use_of(use), language="nl")))

    assert isinstance(missing, Unknown)
    assert "Waarom er geen bedrag is: " in said
    assert missing.because not in said
    assert because(missing, "nl") in said
    for asked in found.room.floor.ask:
        assert asked not in said
        assert use == "seizure" or of_law(asked, "nl") in said
