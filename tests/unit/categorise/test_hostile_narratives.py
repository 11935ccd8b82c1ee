"""Text that means harm neither misleads nor stalls the categoriser."""

import time
from collections.abc import Callable

import pandas as pd
import pytest

Say = Callable[..., pd.Series]


def test_control_and_direction_marks_reach_neither_the_payee_shown_nor_the_decision(say: Say) -> None:
    row = say(counterparty_name="Es\u202esent\x00\u200b \x1b[31m", remittance="termijn")
    assert row["category"] == "wonen.energie"
    assert row["payee"] == "Essent"
    odd = say(counterparty_name="Onbekende\x1b Handel\u202e BV")
    assert odd["payee"] == "Onbekende Handel BV"


@pytest.mark.parametrize("name", ["\u0412elastingdienst Toeslagen", "Dienst \u03a4oeslagen", "UW\u0406 UWV"])
def test_a_name_in_look_alike_letters_is_no_public_body(say: Say, name: str) -> None:
    row = say(counterparty_name=name, remittance="zorgtoeslag", amount_ct=12900)
    assert not row["category"].startswith("inkomen.toeslag")
    assert row["evidence"] == "none.lookalike"


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "huur " * 2_000, "/NAME/" * 2_000, "(" * 10_000, "BEA, Betaalpas " * 700]
)
def test_a_very_long_narrative_takes_no_longer_than_reading_it(say: Say, text: str) -> None:
    start = time.perf_counter()
    say(counterparty_name="", remittance=text)
    say(counterparty_name=text, remittance=text)
    assert time.perf_counter() - start < 1


def test_the_words_of_one_field_are_not_believed_about_another(say: Say) -> None:
    """A private person writes a public body's name into the description."""
    row = say(counterparty_name="J. de Vries", remittance="Belastingdienst zorgtoeslag", amount_ct=12900)
    assert row["category"] == "inkomen.particulier"
