"""Streams in payment histories of 400 invented people whose contracts are known."""

import pytest

from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.categorise.knowledge import Knowledge
from stream_score import Score, score
from stream_truth import Histories, make_histories


@pytest.fixture(scope="module")
def histories() -> Histories:
    return make_histories(400, seed=7)


@pytest.fixture(scope="module")
def understood(histories: Histories, knowledge: Knowledge) -> Understood:
    return understand(histories.frame, knowledge, {})


@pytest.fixture(scope="module")
def scored(histories: Histories, understood: Understood) -> Score:
    return score(histories, understood.frame, understood.streams)


def test_nearly_all_incomes_and_fixed_costs_are_found(scored: Score) -> None:
    assert scored.wanted > 4000
    assert scored.recall >= 0.97


def test_nearly_everything_that_is_called_a_stream_is_one(scored: Score) -> None:
    assert scored.precision >= 0.97


def test_the_rhythm_of_what_is_found_is_right(scored: Score) -> None:
    assert scored.cadence >= 0.98 * scored.recalled


def test_the_next_payment_is_expected_within_two_days(scored: Score) -> None:
    assert scored.next_day >= 0.95 * scored.running


def test_the_next_amount_lies_where_it_is_expected(scored: Score) -> None:
    assert scored.next_amount >= 0.90 * scored.running


def test_neither_income_nor_fixed_costs_are_found_at_the_expense_of_the_other(scored: Score) -> None:
    for kind in ("income", "fixed"):
        missed = [stream for stream in scored.missed if stream.kind == kind]
        assert len(missed) <= 0.03 * scored.wanted_by_kind[kind]


@pytest.mark.parametrize("odd", ["missed", "double", "renamed", "mandate", "returned", "starts", "ends"])
def test_a_stream_with_something_odd_is_found_too(scored: Score, odd: str) -> None:
    missed = [stream for stream in scored.missed if stream.odd == odd]
    assert len(missed) <= 0.07 * scored.wanted_by_odd[odd]


@pytest.mark.parametrize(
    "cadence", ["weekly", "four_weekly", "monthly", "two_monthly", "quarterly", "yearly"]
)
def test_streams_of_every_rhythm_are_found(scored: Score, cadence: str) -> None:
    missed = [stream for stream in scored.missed if stream.cadence == cadence]
    assert len(missed) <= 0.05 * scored.wanted_by_cadence[cadence]


@pytest.fixture(scope="module")
def categories(understood: Understood) -> dict[tuple[str, str], str]:
    frame = understood.frame
    return dict(zip(zip(frame["subject"], frame["tx"], strict=True), frame["category"], strict=True))


def test_what_is_paid_beside_wages_is_told_apart_from_them(
    histories: Histories, categories: dict[tuple[str, str], str]
) -> None:
    said = [categories[row] == category for row, category in histories.extras.items()]
    assert sum(said) >= 0.93 * len(said)


def test_wages_are_not_taken_for_something_beside_them(
    histories: Histories, categories: dict[tuple[str, str], str]
) -> None:
    beside = set(histories.extras.values())
    wages = [
        categories[stream.subject, tx]
        for stream in histories.streams
        if stream.kind == "income"
        for tx in stream.txs
    ]
    assert sum(category in beside for category in wages) <= 0.005 * len(wages)
