"""What holds for any transactions at all."""

from datetime import date, timedelta

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psd2_affordability._data import data_files
from psd2_affordability.categorise.engine import understand
from psd2_affordability.categorise.knowledge import load_knowledge
from psd2_affordability.ledger.fingerprint import fingerprints
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import COLUMNS, frame_of

KNOWLEDGE = load_knowledge(data_files("rules"))
_TEXT = st.one_of(
    st.sampled_from(
        ["", "Essent", "UWV", "J. de Vries", "Salaris", "huur", "Jumbo 12", "Klarna", "Storno", "via Adyen"]
    ),
    st.text(max_size=30),
)
_ROW = st.fixed_dictionaries(
    {
        "subject": st.sampled_from(["s1", "s2"]),
        "account": st.sampled_from(["NL02SNBX0000000001", "NL02SNBX0000000002"]),
        "status": st.sampled_from(["booked", "pending"]),
        "booked_on": st.integers(0, 400).map(lambda days: date(2025, 1, 1) + timedelta(days=days)),
        "amount_ct": st.integers(-300000, 300000),
        "currency": st.just("EUR"),
        "counterparty_name": _TEXT,
        "counterparty_iban": st.sampled_from(
            ["", "NL02SNBX0000000001", "NL02SNBX0000000002", "NL86INGB0002445588"]
        ),
        "mandate_id": st.sampled_from(["", "M1"]),
        "remittance": _TEXT,
        "bank_code": st.sampled_from(["", "PMNT-RDDT-ESDD", "PMNT-RDDT-UPDD", "PMNT/CCRD/POSD", "Ω"]),
        "purpose_code": st.sampled_from(["", "SALA", "??"]),
        "return_reason": st.sampled_from(["", "", "AM04"]),
    }
)
_ROWS = st.lists(_ROW, max_size=25)
_CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _by_key(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["subject", "tx"], ignore_index=True)


@_CALM
@given(_ROWS)
def test_every_row_comes_back_unchanged_with_a_category(rows: list[dict[str, object]]) -> None:
    keyed = with_keys(frame_of(rows))
    frame = understand(keyed, KNOWLEDGE, {}).frame
    pd.testing.assert_frame_equal(frame[list(COLUMNS)], keyed)
    assert set(frame["category"]) <= set(KNOWLEDGE.taxonomy)
    assert frame["confidence"].between(0, 100).all()
    assert (frame["evidence"].str.startswith("none") == (frame["category"] == "onbekend")).all()


@_CALM
@given(_ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows: list[dict[str, object]], random) -> None:  # type: ignore[no-untyped-def]
    keyed = with_keys(frame_of(rows))
    order = list(range(len(keyed)))
    random.shuffle(order)
    shuffled = keyed.iloc[order].reset_index(drop=True)
    assert fingerprints(keyed) == fingerprints(shuffled)
    one, other = understand(keyed, KNOWLEDGE, {}), understand(shuffled, KNOWLEDGE, {})
    pd.testing.assert_frame_equal(_by_key(one.frame), _by_key(other.frame))
    pd.testing.assert_frame_equal(one.streams, other.streams)


@_CALM
@given(_ROWS)
def test_pairs_are_mutual_and_streams_hold_the_rows_they_count(rows: list[dict[str, object]]) -> None:
    understood = understand(with_keys(frame_of(rows)), KNOWLEDGE, {})
    frame = understood.frame.set_index(["subject", "tx"])
    for (subject, tx), pair in frame["pair"].items():
        assert pair == "" or frame.loc[(subject, pair), "pair"] == tx
    counted = understood.frame[understood.frame["stream"] != ""].groupby("stream").size()
    assert counted.to_dict() == dict(zip(understood.streams["stream"], understood.streams["n"], strict=True))
