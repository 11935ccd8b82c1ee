"""The measures: each takes answers beside labels, and counts."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from psd2_affordability.categorise.evaluation.judged import NONE, Judged, Mask
from psd2_affordability.categorise.evaluation.rates import places, rate, ratio
from psd2_affordability.categorise.evaluation.results import (
    Bin,
    Calibration,
    ClassScore,
    Euros,
    Point,
    Score,
)
from psd2_affordability.core.money import Money

_THRESHOLDS = (0, 50, 60, 70, 75, 80, 85, 90, 95, 98)
_BINS = ((0, 49), (50, 59), (60, 69), (70, 79), (80, 89), (90, 94), (95, 100))


def score(judged: Judged, rows: Mask | None = None) -> Score:
    """Count answers and right answers, of all rows or of some."""
    chosen = np.ones(len(judged), dtype=np.bool_) if rows is None else rows
    covered, right, n = _count(judged.covered & chosen), _count(judged.right & chosen), _count(chosen)
    return Score(coverage=rate(covered, n), accuracy=rate(right, covered), right=rate(right, n))


def class_score(name: str, is_it: Mask, said: Mask) -> ClassScore:
    """Count what is, what is said to be, and both."""
    both, are, told = _count(is_it & said), _count(is_it), _count(said)
    return ClassScore(name, rate(both, told), rate(both, are), ratio(2 * both, are + told))


def label_scores(judged: Judged) -> tuple[ClassScore, ...]:
    """Score every label that occurs or is said, in the order of the label set."""
    truth = judged.truth
    present = sorted((set(truth.label.tolist()) | set(judged.told.tolist())) - {NONE})
    names = tuple(truth.labels.means)
    return tuple(class_score(names[at], truth.label == at, judged.told == at) for at in present)


def macro_f1(judged: Judged) -> Decimal | None:
    """Average the F1 of the labels that occur; what cannot be known is no label here."""
    knowable = ~judged.truth.unknowable
    present = sorted(set(judged.truth.label[knowable].tolist()))
    if not present:
        return None
    found = [class_score("", judged.truth.label == at, judged.told == at).f1 or Decimal(0) for at in present]
    return places(sum(found, Decimal(0)) / len(found))


def euros(judged: Judged) -> Euros:
    """Weigh answers by the euros of their rows."""
    cents = np.abs(judged.truth.cents)
    answered, wrong = int(cents[judged.covered].sum()), int(cents[judged.wrong].sum())
    left_open = int(cents[~judged.covered].sum())
    return Euros(
        Money(answered),
        Money(wrong),
        Money(left_open),
        ratio(wrong, answered),
        ratio(left_open, answered + left_open),
    )


def curve(judged: Judged) -> tuple[Point, ...]:
    """Take back the answers below rising confidence, and score what is left."""
    points = []
    for at_least in _THRESHOLDS:
        kept = judged.covered & (judged.answers.sure >= at_least)
        answered = _count(kept)
        accuracy = rate(_count(judged.right & kept), answered)
        points.append(Point(at_least, rate(answered, len(judged)), accuracy))
    return tuple(points)


def calibration(judged: Judged) -> Calibration:
    """Hold confidence against what came true."""
    bins, apart, sure = [], 0, judged.answers.sure
    for low, high in _BINS:
        inside = judged.covered & (sure >= low) & (sure <= high)
        n, right, percents = _count(inside), _count(judged.right & inside), int(sure[inside].sum())
        if n:
            bins.append(Bin(low, high, places(Decimal(percents) / (100 * n)), rate(right, n)))
            apart += abs(percents - 100 * right)
    return Calibration(ratio(apart, 100 * _count(judged.covered)), tuple(bins))


def worst(judged: Judged, costly: Sequence[Mask], most: int) -> list[int]:
    """Return the positions of the worst mistakes: costly ones first, then by euros."""
    wrong = np.flatnonzero(judged.wrong)
    is_costly = np.zeros(len(judged), dtype=np.bool_)
    for mask in costly:
        is_costly |= mask
    order = np.lexsort((wrong, -np.abs(judged.truth.cents[wrong]), ~is_costly[wrong]))
    chosen: list[int] = wrong[order][:most].tolist()
    return chosen


def _count(mask: Mask) -> int:
    return int(np.count_nonzero(mask))
