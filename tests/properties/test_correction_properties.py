"""Corrections over arbitrary rows: only the rows that are meant change, and never an amount."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masking_material import rows
from psd2_affordability.categorise.corrections import Corrections, NarrowRule
from psd2_affordability.categorise.engine import understand
from psd2_affordability.ledger.fingerprint import fingerprints
from psd2_affordability.service.bootstrap import product
from store_material import received

FRAME = received(rows(months=4)).transactions.assign(subject="s")
SAID = ["category", "group", "evidence", "confidence", "pair", "pair_state", "channel"]
CATEGORIES = ["huishouden.winkel", "onbekend", "wonen.huur", "schuld.lening", "storno.terugbetaling"]


@pytest.fixture(scope="module")
def knowledge():
    return product().knowledge


@pytest.fixture(scope="module")
def without(knowledge):
    return understand(FRAME, knowledge, {}).frame.set_index("tx")


@settings(deadline=None, max_examples=25)
@given(
    st.dictionaries(st.sampled_from(FRAME["tx"].tolist()), st.sampled_from(CATEGORIES), max_size=6),
    st.lists(
        st.builds(
            NarrowRule,
            by=st.just("counterparty_name"),
            value=st.sampled_from(sorted(set(FRAME["counterparty_name"]))),
            incoming=st.booleans(),
            low_ct=st.integers(0, 100_000),
            high_ct=st.integers(1_000, 200_000),
            category=st.sampled_from(CATEGORIES),
            asked=st.booleans(),
            since=st.none() | st.integers(0, 120).map(lambda days: date(2026, 3, 1) + timedelta(days=days)),
        ),
        max_size=2,
    ),
)
def test_corrections_touch_no_amount_and_no_row_but_those_they_mean(knowledge, without, by_hand, rules):
    corrected = understand(FRAME, knowledge, {}, {"s": Corrections(by_hand, rules)}).frame.set_index("tx")

    meant = corrected["evidence"].isin(["human", "learnt"])
    assert corrected.loc[~meant, SAID].equals(without.loc[~meant, SAID])
    assert set(corrected.index[corrected["evidence"] == "human"]) == set(by_hand)
    assert all(corrected.loc[tx, "category"] == category for tx, category in by_hand.items())
    assert corrected["amount_ct"].equals(without["amount_ct"])
    assert fingerprints(corrected.reset_index()) == fingerprints(without.reset_index())
    if by_hand or rules:
        assert (corrected.loc[meant, "corrected_from"] == without.loc[meant, "category"]).all()
    for tx, row in corrected[corrected["evidence"] == "learnt"].iterrows():
        assert any(
            row["counterparty_name"] == rule.value
            and (row["amount_ct"] > 0) == rule.incoming
            and rule.low_ct <= abs(row["amount_ct"]) <= rule.high_ct
            and rule.since is not None
            and row["booked_on"].date() >= rule.since
            for rule in rules
        ), tx
