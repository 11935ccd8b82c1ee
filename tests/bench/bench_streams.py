"""How well and how fast streams are found, beside two plain ways to find them."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from measure import Measurement, best_of

from psd2_affordability._data import data_files
from psd2_affordability.categorise.engine import understand
from psd2_affordability.categorise.knowledge import load_knowledge
from stream_score import Score, score
from stream_truth import Histories, make_histories

_PEOPLE = 800
_FEWEST = 3
_USUAL_GAP = 2.0
_MONTH, _NEAR = 30.4, 3
_LENGTHS = {
    "weekly": 7,
    "four_weekly": 28,
    "monthly": 30.4,
    "two_monthly": 61,
    "quarterly": 91,
    "yearly": 365,
}


def run() -> list[Measurement]:
    """Find the streams of people whose contracts are known."""
    knowledge = load_knowledge(data_files("rules"))
    histories = make_histories(_PEOPLE, seed=26)
    understood = understand(histories.frame, knowledge, {})
    ours = score(histories, understood.frame, understood.streams)
    by_gap = _baseline(histories, _even_gaps)
    by_month = _baseline(histories, _monthly)
    seconds = best_of(3, lambda: understand(histories.frame, knowledge, {}))
    gap, month = "z-score on gaps", "same name, three times, a month apart within three days"
    who = f"of {_PEOPLE} people with {ours.wanted:,} incomes and fixed costs"
    return [
        Measurement(f"streams {who}: found", _share(ours.recall), "%", 97, True, gap, _share(by_gap.recall)),
        Measurement("  the same", _share(ours.recall), "%", None, True, month, _share(by_month.recall)),
        Measurement("streams: true", _share(ours.precision), "%", 97, True, gap, _share(by_gap.precision)),
        Measurement("  the same", _share(ours.precision), "%", None, True, month, _share(by_month.precision)),
        Measurement("  with the right rhythm", _share(ours.cadence / ours.recalled), "%", 98),
        Measurement("  next day within two days", _share(ours.next_day / ours.running), "%", 95),
        Measurement("  next day on the very day", _share(ours.exact_day / ours.running), "%"),
        Measurement("  next amount where expected", _share(ours.next_amount / ours.running), "%", 90),
        Measurement("understand these histories", len(histories.frame) / seconds, "rows/s"),
    ]


def _share(part: float) -> float:
    return 100 * part


def _baseline(histories: Histories, regular: Callable[[np.ndarray], bool]) -> Score:
    """Score a rule that looks at the days of one name alone."""
    frame = histories.frame
    side = np.where(frame["amount_ct"] > 0, "in", "out")
    group = frame.groupby([frame["subject"], frame["counterparty_name"], side], sort=False).ngroup()
    stream = np.full(len(frame), "", dtype=object)
    told = []
    days = frame["booked_on"].to_numpy().astype("datetime64[D]").astype(np.int64)
    for number, members in frame.groupby(group.to_numpy(), sort=False).indices.items():
        rows = members[np.argsort(days[members], kind="stable")]
        gaps = np.diff(days[rows])
        if len(rows) < _FEWEST or not regular(gaps):
            continue
        stream[rows] = f"b{number}"
        told.append(_described(f"b{number}", days[rows], gaps, frame["amount_ct"].to_numpy()[rows]))
    return score(histories, frame.assign(stream=stream), pd.DataFrame(told))


def _described(key: str, days: np.ndarray, gaps: np.ndarray, cents: np.ndarray) -> dict[str, object]:
    """Expect the next one after the mean gap, for the mean amount and two deviations beside it."""
    gap, mean, beside = gaps.mean(), cents.mean(), 2 * cents.std()
    return {
        "stream": key,
        "category": "",
        "cadence": min(_LENGTHS, key=lambda name: abs(_LENGTHS[name] - gap)),
        "next_on": pd.Timestamp("1970-01-01") + pd.Timedelta(days=round(days[-1] + gap)),
        "next_low_ct": mean - beside,
        "next_high_ct": mean + beside,
    }


def _even_gaps(gaps: np.ndarray) -> bool:
    """No gap is an outlier among the others."""
    spread = gaps.std()
    return bool(spread == 0 or (np.abs(gaps - gaps.mean()) / spread <= _USUAL_GAP).all())


def _monthly(gaps: np.ndarray) -> bool:
    return bool((np.abs(gaps - _MONTH) <= _NEAR).all())
