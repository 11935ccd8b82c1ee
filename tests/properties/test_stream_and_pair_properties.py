"""What holds for streams and pairs, whatever rows there are."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psd2_affordability._data import data_files
from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.categorise.knowledge import load_knowledge
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import frame_of

KNOWLEDGE = load_knowledge(data_files("rules"))
_START = date(2025, 1, 6)
_PARTIES = st.sampled_from(
    [
        {"counterparty_name": "Essent", "mandate_id": "M1", "bank_code": "PMNT-RDDT-ESDD"},
        {"counterparty_name": "Essent", "mandate_id": "M2", "bank_code": "PMNT-RDDT-ESDD"},
        {"counterparty_name": "Fietsenzaak Wielerrust B.V.", "counterparty_iban": "NL78ABNA0729535186"},
        {"counterparty_name": "Wielerrust Noord B.V.", "counterparty_iban": "NL78ABNA0729535186"},
        {"counterparty_name": "TOTO", "counterparty_iban": "NL86INGB0002445588"},
        {"counterparty_name": "Coolblue"},
        {"counterparty_name": "J. de Vries", "remittance": "Aflossing lening"},
        {"counterparty_name": "Veldman Techniek B.V.", "remittance": "Salaris"},
        {"counterparty_name": ""},
    ]
)
_AMOUNT = st.sampled_from([-150000, -45000, -9000, -9000, 9000, 9000, 45000, 45000, 150000, 180000])
_ACCOUNT = st.sampled_from(["NL02SNBX0000000001", "NL02SNBX0000000002"])


@st.composite
def _series(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Rows of one payee in some rhythm, or a single row."""
    party, cents, account = draw(_PARTIES), draw(_AMOUNT), draw(_ACCOUNT)
    first = _START + timedelta(days=draw(st.integers(0, 120)))
    step, times = draw(st.sampled_from([(1, 1), (1, 1), (7, 6), (28, 5), (30, 6), (31, 4)]))
    back = (
        {"return_reason": "AM04", "bank_code": "PMNT-RDDT-UPDD"} if cents > 0 and draw(st.booleans()) else {}
    )
    return [
        {
            "subject": "s1",
            "account": account,
            "status": "booked",
            "booked_on": first + timedelta(days=step * at),
            "amount_ct": cents,
            "currency": "EUR",
            **party,
            **back,
        }
        for at in range(times)
    ]


_ROWS = st.lists(_series(), max_size=8).map(lambda series: [row for rows in series for row in rows])
_CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _read(frame: pd.DataFrame) -> Understood:
    return understand(frame, KNOWLEDGE, {})


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["subject", "tx"], ignore_index=True)


@_CALM
@given(_ROWS, st.integers(0, 10**6))
def test_the_order_of_the_rows_changes_no_stream_and_no_pair(rows: list[dict[str, Any]], seed: int) -> None:
    keyed = with_keys(frame_of(rows))
    order = list(range(len(keyed)))
    Random(seed).shuffle(order)  # noqa: S311 - it must repeat, and keeps no secret
    one, other = _read(keyed), _read(keyed.iloc[order].reset_index(drop=True))
    pd.testing.assert_frame_equal(_sorted(one.frame), _sorted(other.frame))
    pd.testing.assert_frame_equal(one.streams, other.streams)


@_CALM
@given(_ROWS, _ROWS)
def test_what_another_person_pays_changes_nothing(
    rows: list[dict[str, Any]], others: list[dict[str, Any]]
) -> None:
    others = [row | {"subject": "s0", "account": "NL02SNBX0000000003"} for row in others]
    alone, among = _read(with_keys(frame_of(rows))), _read(with_keys(frame_of([*others, *rows])))
    its = among.frame[among.frame["subject"] == "s1"]
    pd.testing.assert_frame_equal(_sorted(alone.frame), _sorted(its))
    streams = among.streams[among.streams["subject"] == "s1"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone.streams, streams)


@_CALM
@given(_ROWS)
def test_the_categories_together_are_the_statement(rows: list[dict[str, Any]]) -> None:
    frame = _read(with_keys(frame_of(rows))).frame
    assert len(frame) == len(rows)
    assert frame.groupby("category")["amount_ct"].sum().sum() == sum(row["amount_ct"] for row in rows)


@_CALM
@given(_ROWS)
def test_a_pair_is_mutual_opposite_and_of_two(rows: list[dict[str, Any]]) -> None:
    frame = _read(with_keys(frame_of(rows))).frame.set_index("tx")
    paired = frame[frame["pair"] != ""]
    assert paired["pair"].is_unique
    for tx, row in paired.iterrows():
        other = frame.loc[row["pair"]]
        assert other["pair"] == tx
        assert (row["amount_ct"] < 0) != (other["amount_ct"] < 0)
        if "storno.teruggeboekt" in {row["category"], other["category"]}:
            assert row["amount_ct"] == -other["amount_ct"]
            assert row["return_kind"] == other["return_kind"] != ""


@_CALM
@given(_ROWS)
def test_money_that_came_back_is_no_income(rows: list[dict[str, Any]]) -> None:
    frame = _read(with_keys(frame_of(rows))).frame
    back = (frame["pair"] != "") & (frame["amount_ct"] > 0)
    assert not frame.loc[back, "category"].str.startswith("inkomen.").any()


@_CALM
@given(_ROWS)
def test_a_stream_is_told_as_its_rows_are(rows: list[dict[str, Any]]) -> None:
    understood = _read(with_keys(frame_of(rows)))
    for stream in understood.streams.itertuples():
        its = understood.frame[understood.frame["stream"] == stream.stream]
        assert len(its) == stream.n
        assert (its["booked_on"].min(), its["booked_on"].max()) == (stream.first_on, stream.last_on)
        assert set(its["category"]) == {stream.category}
        assert (its["amount_ct"] > 0).all() == (stream.direction == "in")
        assert stream.next_low_ct <= stream.next_high_ct
        if stream.cadence != "irregular":
            assert stream.next_on > stream.last_on
