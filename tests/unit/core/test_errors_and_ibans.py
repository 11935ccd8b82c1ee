import inspect

import pytest

from psd2_affordability.core import errors
from psd2_affordability.core.answer import Interval, LegalAnswer, RuleUse, Step, merge_rules
from psd2_affordability.core.errors import AffordabilityError, UnknownName
from psd2_affordability.core.iban import compact, is_iban, masked
from psd2_affordability.core.money import Money

TREE = [
    each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, AffordabilityError)
]


def test_every_error_has_a_code_of_its_own_and_says_what_it_means():
    assert len({each.code for each in TREE}) == len(TREE)
    for each in TREE:
        assert each.__doc__
        assert each.__name__ in errors.__doc__


def test_every_kind_of_error_has_the_exit_status_that_is_promised():
    assert {each.code.split(".")[0]: each.exit_status for each in TREE} == {
        "error": 1,
        "usage": 2,
        "input": 3,
        "rule": 1,
        "bank": 4,
        "connector": 1,
        "store": 1,
        "sealed_set": 1,
    }


def test_an_error_says_where_what_and_what_to_do_on_one_line():
    error = AffordabilityError("row 3 has no date", where="june.xml", do="Export the statement again.")

    assert str(error) == "june.xml: row 3 has no date. Export the statement again."


def test_an_unknown_name_is_answered_with_the_nearest_ones():
    assert "Did you mean amina?" in str(UnknownName.among("person", "anima", ["amina", "bram"]))
    assert "There are: amina, bram" in str(UnknownName.among("person", "zzzzzz", ["bram", "amina"]))
    assert "There are: none" in str(UnknownName.among("person", "x", []))


def test_an_iban_with_a_wrong_check_number_is_no_iban():
    assert is_iban("NL91ABNA0417164300")
    assert not is_iban("NL91ABNA0417164301")
    assert not is_iban("hello")


def test_a_shown_iban_hides_the_middle_of_the_number():
    assert compact("nl91 abna 0417 1643 00") == "NL91ABNA0417164300"
    assert masked("NL91 ABNA 0417 1643 00") == "NL91ABNA••••••4300"
    assert "0417" not in masked("NL91ABNA0417164300")
    assert masked("1234") == "••••"


def test_an_interval_cannot_run_backwards():
    with pytest.raises(ValueError, match="backwards"):
        Interval(Money(2), Money(1))
    assert Interval.exactly(Money(2)).exact


def test_a_rule_used_twice_stands_on_the_receipt_once():
    from datetime import date

    use = RuleUse("nl.a", date(2026, 1, 1), "enacted", "0" * 64)
    other = RuleUse("nl.b", date(2025, 1, 1), "enacted", "1" * 64)

    assert merge_rules([other, use], [use]) == (use, other)


def test_two_versions_of_a_rule_stand_on_the_receipt_oldest_first():
    from datetime import date

    new = RuleUse("nl.a", date(2026, 1, 1), "enacted", "0" * 64)
    old = RuleUse("nl.a", date(2025, 1, 1), "enacted", "0" * 64)

    assert merge_rules([new], [old], [new]) == (old, new)


def test_an_amount_is_cited_by_the_article_that_gives_it():
    from datetime import date

    steps = (
        Step("art. 1", "a part", Money(5)),
        Step("art. 2", "the limit", Money(7)),
        Step("art. 3", "a note"),
    )

    def cited(value):
        return LegalAnswer("q", date(2026, 1, 1), value, "month", steps).deciding_article

    assert cited(Interval.exactly(Money(7))) == "art. 2"
    assert cited(Interval.exactly(Money(12))) == "art. 1"
