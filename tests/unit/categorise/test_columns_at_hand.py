"""What was coded while rows were understood is what the frame itself says."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psd2_affordability.categorise import sayings
from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.categorise.figures import with_noughts, without_figures
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.ledger.columns import Columns
from psd2_affordability.ledger.schema import COLUMNS

Read = Callable[..., Understood]


@pytest.fixture
def lives(read: Read, monthly: Callable[..., list[dict[str, Any]]]) -> Understood:
    return read(
        *monthly(6, counterparty_name="Stichting Ymere", remittance="huur", amount_ct=-70000),
        *monthly(6, day=2, counterparty_name="", remittance="", amount_ct=-100),
        {"subject": "s2", "counterparty_name": "Albert Heijn 1522", "remittance": "brood"},
        {"subject": "s2", "counterparty_name": "ALBERT HEIJN", "remittance": "melk"},
    )


def test_the_columns_at_hand_say_what_the_frame_says(lives: Understood) -> None:
    for name in ("subject", "account", "status", "category", "payee", "stream", "pair", "remittance"):
        code, texts = lives.columns.coded(name)
        assert [texts[one] for one in code] == lives.frame[name].tolist(), name
        assert len(set(texts)) == len(texts), name
        assert (lives.columns.blank(name) == (lives.frame[name] == "").to_numpy()).all(), name


def test_the_columns_at_hand_of_streams_say_what_their_table_says(
    read: Read, monthly: Callable[..., list[dict[str, Any]]]
) -> None:
    lives = read(
        *monthly(6, subject="s2", counterparty_name="Stichting Ymere", remittance="huur", amount_ct=-70000),
        *monthly(6, day=24, counterparty_name="Gemeente Utrecht", remittance="loon", amount_ct=190000),
        *monthly(6, day=3, counterparty_name="Vitens NV", remittance="water", amount_ct=-1500),
    )
    assert len(lives.streams) == 3
    for name in ("subject", "stream", "category", "payee", "direction", "cadence"):
        code, texts = lives.stream_columns.coded(name)
        assert [texts[one] for one in code] == lives.streams[name].tolist(), name
        assert lives.stream_columns.texts(name).to_pylist() == lives.streams[name].tolist(), name


def test_another_frame_is_read_anew(lives: Understood) -> None:
    other = replace(lives, frame=lives.frame.assign(payee=lives.frame["payee"].str.upper()))
    assert isinstance(other.columns, Columns)
    code, texts = other.columns.coded("payee")
    assert [texts[one] for one in code] == other.frame["payee"].tolist()


def test_many_rows_say_what_few_rows_say(
    lives: Understood, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many rows pass a first sieve before they are read; an underscore parts words there too."""
    said = pd.Series([f"x_{('huur', 'loon')[at % 2]}_{at}" for at in range(len(lives.frame))], dtype="str")
    frame = lives.frame[list(COLUMNS)].assign(remittance=said)
    few = understand(frame, knowledge, {}).frame
    monkeypatch.setattr(sayings, "_SIEVE_FROM", 0)
    monkeypatch.setattr(sayings, "_CLAIM_SIEVE_FROM", 0)
    many = understand(frame, knowledge, {}).frame
    assert few.equals(many)


@given(st.lists(st.text(alphabet="ab09 é5€/٣", max_size=12), max_size=12), st.integers(0, 3))
def test_figures_are_left_out_as_a_pattern_would(texts: list[str], start: int) -> None:
    array = pa.array(texts, type=pa.large_string())[start:]
    assert with_noughts(array).to_pylist() == [re.sub("[0-9]+", "0", text) for text in texts[start:]]
    assert without_figures(array).to_pylist() == [re.sub("[0-9]+", "", text) for text in texts[start:]]
