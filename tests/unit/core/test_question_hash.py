"""The hash of a question tells questions apart, and tells nobody what was asked."""

from datetime import date
from fractions import Fraction

import pytest

from psd2_affordability.core.answer import Interval, Range
from psd2_affordability.core.money import Money
from psd2_affordability.core.receipt import question_sha256

ASKED = ("rent", Money(65_000), date(2026, 3, 1), Fraction(1, 3), None, True, (Money(1), Money(2)))


def test_the_hash_is_the_same_in_every_process_and_on_every_day():
    assert (
        question_sha256(ASKED, in_any_order=("b", "a"), key=b"a key")
        == "d5be87ec3110920ffb35fafadf0afe928831340901e0b58c4d6820ac4b9b09ea"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Money(5), 5),
        (Money(5), Money(50)),
        (date(2026, 3, 1), "2026-03-01"),
        (Fraction(1, 3), (1, 3)),
        (None, "null"),
        (True, 1),
        (("a", "b"), ("b", "a")),
        (("a", ("b",)), (("a",), "b")),
        (("a", "b"), ('a","b',)),
        (("", "a"), ("a", "")),
        (Interval(Money(1), Money(2)), (Money(1), Money(2))),
        (Interval(Money(1), Money(2)), Range(Money(1), Money(1), Money(2))),
    ],
)
def test_questions_that_differ_have_different_hashes(one: object, other: object):
    assert question_sha256(one) != question_sha256(other)


def test_what_comes_in_any_order_leaves_no_trace_of_its_order():
    balances = [Money(1), Money(20), Money(3)]

    assert question_sha256("q", in_any_order=balances) == question_sha256("q", in_any_order=balances[::-1])
    assert question_sha256("q", in_any_order=balances) != question_sha256("q", in_any_order=balances[1:])
    assert question_sha256("q", in_any_order=["a"]) != question_sha256("a", in_any_order=["q"])


def test_another_key_gives_another_hash_of_the_same_question():
    assert question_sha256(ASKED, key=b"one life") != question_sha256(ASKED, key=b"another")


def test_a_question_of_what_has_no_order_is_refused_rather_than_hashed_by_chance():
    with pytest.raises(TypeError):
        question_sha256({"b", "a"})
