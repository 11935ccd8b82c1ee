"""Text that means harm neither misleads nor stalls the categoriser."""

import time
from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from psd2_affordability.categorise.engine import understand
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import frame_of
from psd2_affordability.service.reading_view import transactions_csv

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


HOSTILE = [
    "huur ",
    '=HYPERLINK("http://x.test","y") ',
    "<script>alert(1)</script> ",
    "\u202e\u200b\x1b[31m",
    "8049 2444 8248 0005 ",
    "1 ",
    "/NAME/",
    "(",
    "BEA, Betaalpas ",
    "\u0412elastingdienst ",
    "A1",
]
ROWS, LETTERS, SECONDS = 10_000, 10_000, 60


def test_ten_thousand_rows_of_ten_thousand_letters_are_understood_within_a_minute_of_work(
    knowledge: Knowledge,
) -> None:
    def row(at: int) -> dict[str, object]:
        text = (HOSTILE[at % len(HOSTILE)] * LETTERS)[: LETTERS - 6] + str(at)
        told = {"subject": "s", "account": "NL02SNBX0000000001", "status": "booked", "currency": "EUR"}
        told |= {"counterparty_name": text if at % 3 else "", "remittance": text}
        return {**told, "booked_on": date(2026, 3, 2), "amount_ct": -2500}

    start = time.process_time()
    frame = understand(with_keys(frame_of(map(row, range(ROWS)))), knowledge, {}).frame
    assert time.process_time() - start < SECONDS
    assert len(frame) == ROWS
    assert frame["payee"].str.len().max() <= 70
    assert not frame["payee"].str.contains("[\u202e\u200b\x1b]").any()


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "\t=1", "\r=1", "\n=1", "\uff1d1+1"]
)
def test_no_cell_of_an_export_is_a_formula(say: Say, text: str) -> None:
    row = say(counterparty_name=text, remittance=text)
    exported = transactions_csv(pd.DataFrame([row]).astype({"payee": "str", "remittance": "str"}))
    for cell in exported.splitlines()[1].split(","):
        assert not cell.strip('"').startswith(("=", "+", "@", "\t", "\r", "\uff1d")), cell
