"""Rows stand in one order, whatever order they came in."""

import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from psd2_affordability.ledger.order import by_day_and_key, key_hashes, order_of


def keyed(keys: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"tx": pd.Series(keys, dtype="str")})


def test_keys_of_one_length_and_keys_of_several_lengths_are_told_apart():
    for keys in (["t00000001", "t00000002", "t10000001"], ["a", "bb", "cccccccccc"]):
        assert len(set(key_hashes(keyed(keys)).tolist())) == 3


def test_a_key_has_the_same_hash_wherever_it_stands():
    first, second = key_hashes(keyed(["abc", "xyz"])), key_hashes(keyed(["xyz", "abc"]))

    assert first.tolist() == second[::-1].tolist()


def test_a_key_has_the_same_hash_whatever_keys_stand_beside_it():
    alone, among = key_hashes(keyed(["abc"])), key_hashes(keyed(["a-longer-key", "abc", ""]))

    assert among.tolist()[1:] == [*alone.tolist(), 0]


def test_equal_rows_are_sorted_by_their_whole_hash():
    rng = np.random.default_rng(4)
    key = rng.integers(0, 3, 500)
    same_start = (np.uint64(7) << np.uint64(40)) | rng.permutation(500).astype(np.uint64)

    order = order_of(key, tie=same_start)

    assert order.tolist() == np.lexsort((same_start, key)).tolist()


def test_no_rows_have_no_order():
    assert order_of(np.empty(0, np.int64), tie=key_hashes(keyed([]))).tolist() == []


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 5)), max_size=40))
def test_rows_are_sorted_by_the_first_column_then_the_next(rows):
    first = np.array([row[0] for row in rows], dtype=np.int64)
    second = np.array([row[1] for row in rows], dtype=np.int64)

    order = order_of(first, second, tie=key_hashes(keyed([f"k{at:04d}" for at in range(len(rows))])))

    assert [rows[at] for at in order] == sorted(rows)


def test_columns_too_wide_to_pack_are_sorted_all_the_same():
    wide = np.array([2**61, 0, 2**62], dtype=np.int64)

    assert order_of(wide, wide, tie=key_hashes(keyed(["a", "b", "c"]))).tolist() == [1, 0, 2]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(-3, 3), st.text(max_size=3)), unique=True, max_size=30)
)
def test_rows_are_taken_by_subject_then_day_then_key_in_the_order_of_its_letters(rows):
    subject, day = (np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 1))
    keys = pa.array([row[2] for row in rows], pa.large_string())

    order = by_day_and_key(subject.astype(np.int32), day, keys)

    right = sorted(rows, key=lambda row: (*row[:2], row[2].encode()))
    assert (rows if order is None else [rows[at] for at in order]) == right
    assert (order is None) == (rows == right)
