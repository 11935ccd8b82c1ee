"""A reason is put into words when it is read, and is the same reason before and after."""

import copy
import dataclasses

import pytest

from psd2_affordability.core.reasons import Reason

_RENT = Reason("rent.due", "Rent is due.", "De huur moet worden betaald.", transactions=("t1",))


def _rent_in_words() -> tuple[str, str]:
    return "Rent is due.", "De huur moet worden betaald."


def _its_rows() -> list[str]:
    return ["t1"]


def _unread() -> Reason:
    return Reason.told_by(_rent_in_words, "rent.due", transactions=["t1"])


def _unshown() -> Reason:
    return Reason.told_by(_rent_in_words, "rent.due", transactions=_its_rows)


@pytest.mark.parametrize("make", [_unread, _unshown], ids=["not told", "not told and not shown"])
def test_a_reason_that_was_not_read_equals_the_same_reason_in_words(make):
    assert make() == _RENT
    assert hash(make()) == hash(_RENT)
    assert repr(make()) == repr(_RENT)
    assert dataclasses.asdict(make()) == dataclasses.asdict(_RENT)
    assert dataclasses.replace(make(), code="rent.due") == _RENT
    assert copy.copy(make()) == _RENT
    assert copy.deepcopy(make()) == _RENT


def test_the_evidence_of_a_reason_is_put_in_order_once_and_only_when_it_is_read():
    shown = []

    def evidence() -> list[str]:
        shown.append("shown")
        return ["t2", "t1"]

    reason = Reason.told_by(_rent_in_words, "rent.due", transactions=evidence)
    assert (reason.says, shown) == ("Rent is due.", [])
    assert (reason.transactions, reason.transactions) == (("t2", "t1"), ("t2", "t1"))
    assert shown == ["shown"]


def test_a_copy_of_a_reason_that_was_not_read_has_its_words():
    assert copy.copy(dataclasses.replace(_unread(), code="rent.late")).says == "Rent is due."
    assert copy.deepcopy(_unread()).says_nl == "De huur moet worden betaald."


def test_a_reason_is_put_into_words_once_and_only_when_it_is_read():
    told = []

    def in_both() -> tuple[str, str]:
        told.append("told")
        return "Rent is due.", "De huur moet worden betaald."

    reason = Reason.told_by(in_both, "rent.due")
    assert (reason.code, told) == ("rent.due", [])
    assert (reason.says_nl, reason.says) == ("De huur moet worden betaald.", "Rent is due.")
    assert told == ["told"]


def test_a_reason_cannot_be_changed_and_has_no_other_fields():
    with pytest.raises(dataclasses.FrozenInstanceError):
        _unread().says = "Nothing is due."
    with pytest.raises(AttributeError, match="has no attribute 'sentence'"):
        _ = _unread().sentence
