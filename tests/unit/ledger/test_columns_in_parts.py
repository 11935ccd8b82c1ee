"""Columns of a frame, and of some of its rows."""

from typing import Any

import numpy as np
import pytest

from psd2_affordability.ledger.columns import Columns, Part
from psd2_affordability.ledger.schema import frame_of

KEYS = ["k0", "sleutel-één", "k2", "", "k4"]


def row(number: int) -> dict[str, Any]:
    return {
        "subject": f"s{number % 2}",
        "account": "NL91ABNA0417164300",
        "tx": KEYS[number],
        "status": "pending" if number == 1 else "booked",
        "booked_on": f"2026-03-{number + 1:02d}",
        "amount_ct": 100 * number,
        "remittance": "" if number == 2 else f"payment {number}",
    }


@pytest.mark.parametrize("rows", [slice(1, 4), slice(2, 2), np.array([3, 0, 2])])
def test_a_part_reads_as_a_frame_of_those_rows_alone(rows: Any) -> None:
    frame = frame_of(map(row, range(5)))
    part, alone = Part(Columns(frame), rows), Columns(frame.iloc[rows].reset_index(drop=True))

    assert len(part) == len(alone)
    assert part.amount.tolist() == alone.amount.tolist()
    assert part.day.tolist() == alone.day.tolist()
    assert part.booked.tolist() == alone.booked.tolist()
    assert part.wordless.tolist() == alone.wordless.tolist()
    assert part.texts("tx").to_pylist() == alone.texts("tx").to_pylist()
    code, names = part.coded("subject")
    assert [names[at] for at in code.tolist()] == frame["subject"].iloc[rows].tolist()


@pytest.mark.parametrize("keys", [["a", "bc", "", "def"], ["a", "één", "", "€"]])
def test_texts_side_by_side_are_read_in_any_order_whatever_their_letters(keys: list[str]) -> None:
    texts = ["before", *keys, "after"]
    frame = frame_of([row(0) | {"tx": f"k{at}", "remittance": text} for at, text in enumerate(texts)])
    part = Part(Columns(frame), slice(1, 5)).side_by_side("remittance")

    assert part.between(0, 4) == keys
    assert part.between(1, 3) == keys[1:3]
    assert part.placed(np.array([3, 1, 1])).between(1, 3) == [keys[1], keys[1]]
