"""The measures of an evaluation on a table that was worked out by hand."""

from decimal import Decimal

import numpy as np
import pytest

from psd2_affordability.categorise.evaluation.costly import (
    costly_confusions,
    costly_mistakes,
    costly_scores,
    income_from_none,
)
from psd2_affordability.categorise.evaluation.judged import Judged, answers_in_categories, truth_of
from psd2_affordability.categorise.evaluation.labels import own_labels
from psd2_affordability.categorise.evaluation.measures import (
    calibration,
    curve,
    euros,
    label_scores,
    macro_f1,
    score,
    worst,
)
from psd2_affordability.categorise.evaluation.rates import Rate, rate
from psd2_affordability.categorise.taxonomy import Leaf
from psd2_affordability.core.money import Money

LEAVES = {
    leaf.code: leaf
    for leaf in (
        Leaf("inkomen.loon", "", "", "inkomen"),
        Leaf("inkomen.particulier", "", "", "inkomen", private=True),
        Leaf("wonen.huur", "", "", "vast", signal="fixed_cost"),
        Leaf("gokken.inzet", "", "", "huishoudelijk", signal="gambling"),
        Leaf("huishouden.winkel", "", "", "huishoudelijk"),
        Leaf("schuld.incassobureau", "", "", "schuld", signal="collector"),
        Leaf("storno.teruggeboekt", "", "", "intern", signal="returned"),
        Leaf("onbekend", "", "", "overig"),
    )
}
#: label, answer, confidence, euros
TABLE = [
    ("inkomen.loon", "inkomen.loon", 90, 2000),
    ("inkomen.loon", "inkomen.loon", 80, 1800),
    ("inkomen.loon", "inkomen.particulier", 70, 10),
    ("inkomen.particulier", "inkomen.loon", 60, 50),
    ("wonen.huur", "wonen.huur", 95, -700),
    ("wonen.huur", "onbekend", 0, -600),
    ("gokken.inzet", "huishouden.winkel", 50, -20),
    ("gokken.inzet", "gokken.inzet", 90, -30),
    ("storno.teruggeboekt", "inkomen.loon", 90, 40),
    ("onbekend", "onbekend", 0, -5),
    ("onbekend", "huishouden.winkel", 40, -15),
    ("schuld.incassobureau", "schuld.incassobureau", 95, -50),
]


@pytest.fixture(scope="module")
def judged():
    labels, answers, sure, euros_of = zip(*TABLE, strict=True)
    truth = truth_of(labels, own_labels(LEAVES), np.array(euros_of) * 100)
    return Judged(truth, answers_in_categories(answers, np.array(sure)))


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
        (29, 29, "0.8830", "1.0000"),
    ],
)
def test_wilson_intervals_are_those_of_the_published_examples(count, n, low, high):
    found = rate(count, n)

    assert (str(found.low), str(found.high)) == (low, high)


def test_nothing_counted_has_no_share():
    assert rate(0, 0) == Rate(0, 0, None, None, None)


def test_coverage_counts_answers_and_accuracy_the_right_ones_among_them(judged):
    found = score(judged)

    assert (found.coverage.count, found.coverage.n) == (10, 12)
    assert (found.accuracy.count, found.accuracy.n) == (5, 10)
    assert (found.right.count, found.right.n) == (5, 12)


def test_a_label_counts_what_is_it_what_is_said_to_be_it_and_both(judged):
    wages = next(one for one in label_scores(judged) if one.name == "inkomen.loon")

    assert (wages.precision.count, wages.precision.n) == (2, 4)
    assert (wages.recall.count, wages.recall.n) == (2, 3)
    assert wages.f1 == Decimal("0.5714")


def test_the_mean_f1_counts_a_label_never_got_right_as_nothing_and_leaves_the_unknowable_out(judged):
    # 4/7, 0, 2/3, 2/3, 0 and 1 over six labels
    assert macro_f1(judged) == Decimal("0.4841")


def test_costly_mistakes_are_counted_where_they_can_be_made(judged):
    found = {one.code: one for one in costly_confusions(judged, LEAVES)}

    assert {code: (one.of_class.count, one.of_class.n) for code, one in found.items()} == {
        "income_from_none": (1, 5),
        "counted_income_from_none": (2, 4),
        "income_missed": (0, 3),
        "returned_as_income": (1, 1),
        "gambling_as_household": (1, 2),
        "collector_as_household": (0, 1),
        "bailiff_as_household": (0, 0),
        "bnpl_as_household": (0, 0),
        "lender_as_household": (0, 0),
    }
    assert {one.of_all.n for one in found.values()} == {12}
    assert income_from_none(judged, LEAVES) == found["income_from_none"].of_class


def test_costly_kinds_are_every_income_rent_and_every_debt_signal_that_occurs(judged):
    found = {one.name: (one.recall.count, one.recall.n) for one in costly_scores(judged, LEAVES)}

    assert found == {
        "inkomen.loon": (2, 3),
        "inkomen.particulier": (0, 1),
        "wonen.huur": (1, 2),
        "signal: collector": (1, 1),
        "signal: gambling": (1, 2),
        "signal: returned": (0, 1),
    }


def test_euros_weigh_mistakes_whatever_their_sign(judged):
    found = euros(judged)

    assert (found.answered, found.wrong, found.left_open) == (
        Money.euros(4715),
        Money.euros(135),
        Money.euros(605),
    )
    assert (found.wrong_share, found.open_share) == (Decimal("0.0286"), Decimal("0.1137"))


def test_taking_back_doubtful_answers_trades_coverage_for_accuracy(judged):
    sure = next(point for point in curve(judged) if point.at_least == 90)

    assert (sure.coverage.count, sure.coverage.n) == (5, 12)
    assert (sure.accuracy.count, sure.accuracy.n) == (4, 5)


def test_calibration_is_the_distance_of_confidence_from_what_came_true(judged):
    found = calibration(judged)

    # 40 + 50 + 60 + 70 + 20 + 70 + 10 percent over ten answers
    assert found.error == Decimal("0.3200")
    assert sum(one.right.n for one in found.bins) == 10
    nineties = next(one for one in found.bins if one.low == 90)
    assert (nineties.sure, nineties.right.count, nineties.right.n) == (Decimal("0.9000"), 2, 3)


def test_the_worst_mistakes_are_the_costly_ones_and_then_the_largest(judged):
    costly = [one.made for one in costly_mistakes(judged, LEAVES)]

    assert worst(judged, costly, 10) == [3, 8, 6, 10, 2]
    assert worst(judged, costly, 1) == [3]
