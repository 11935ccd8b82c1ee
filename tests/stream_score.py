"""Compares found streams with the true ones of `stream_truth`.

A found stream is the true one when at least eight in ten of its rows are that stream's, and it holds at
least eight in ten of that stream's rows.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from stream_truth import Histories, TrueStream

_IRREGULAR = "irregular"


@dataclass(slots=True)
class Score:
    """How many of what.

    Attributes:
        wanted: true streams of income and fixed costs with enough payments.
        recalled: those that were found.
        claimed: found streams with a rhythm, apart from money that moves between own accounts.
        right: those that are a true stream.
        cadence: recalled ones whose cadence is right.
        running: recalled ones that go on after the data end.
        next_day: those expected within two days.
        exact_day: those expected on the very day.
        next_amount: those whose range holds the next amount.
        missed: the true streams that were not found.
        false: keys of the claims that are no true stream.
        wanted_by_kind: `wanted`, by kind.
        wanted_by_odd: `wanted`, by what is odd.
        wanted_by_cadence: `wanted`, by rhythm.
    """

    wanted: int = 0
    recalled: int = 0
    claimed: int = 0
    right: int = 0
    cadence: int = 0
    running: int = 0
    next_day: int = 0
    exact_day: int = 0
    next_amount: int = 0
    missed: list[TrueStream] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    wanted_by_kind: Counter[str] = field(default_factory=Counter)
    wanted_by_odd: Counter[str] = field(default_factory=Counter)
    wanted_by_cadence: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """Share of the true streams that was found."""
        return self.recalled / max(self.wanted, 1)

    @property
    def precision(self) -> float:
        """Share of the found streams that is true."""
        return self.right / max(self.claimed, 1)


def matches(histories: Histories, rows: Mapping[str, list[tuple[str, str]]]) -> dict[str, int]:
    """Return, for each found stream (its rows by subject and key), the number of the true one it is."""
    of_row = {
        (stream.subject, tx): number for number, stream in enumerate(histories.streams) for tx in stream.txs
    }
    found: dict[str, int] = {}
    for key, its in rows.items():
        counts = Counter(of_row.get(row, -1) for row in its)
        number, shared = counts.most_common(1)[0]
        if (
            number >= 0
            and shared * 10 >= 8 * len(its)
            and shared * 10 >= 8 * len(histories.streams[number].txs)
        ):
            found[key] = number
    return found


def score(histories: Histories, frame: pd.DataFrame, streams: pd.DataFrame) -> Score:
    """Score what was understood."""
    told = Score()
    rows: dict[str, list[tuple[str, str]]] = {}
    for subject, tx, key in zip(frame["subject"], frame["tx"], frame["stream"], strict=True):
        if key:
            rows.setdefault(key, []).append((subject, tx))
    table = streams[(streams["cadence"] != _IRREGULAR) & ~streams["category"].str.startswith("intern.")]
    table = table.set_index("stream")
    matched = matches(histories, {key: rows[key] for key in table.index})
    told.claimed, told.right = len(table), len(matched)
    told.false = [key for key in table.index if key not in matched]
    by_number = {number: key for key, number in matched.items()}
    for number, stream in enumerate(histories.streams):
        if not stream.enough or stream.kind == "other":
            continue
        told.wanted += 1
        told.wanted_by_kind[stream.kind] += 1
        told.wanted_by_odd[stream.odd] += 1
        told.wanted_by_cadence[stream.cadence] += 1
        if number not in by_number:
            told.missed.append(stream)
            continue
        told.recalled += 1
        one = table.loc[by_number[number]]
        told.cadence += one["cadence"] == stream.cadence
        if stream.running:
            told.running += 1
            away = abs((one["next_on"] - pd.Timestamp(stream.next_on)).days)
            told.next_day += away <= 2
            told.exact_day += away == 0
            told.next_amount += one["next_low_ct"] <= stream.next_ct <= one["next_high_ct"]
    return told
