"""Values that write their own slots while they are made are as any other frozen ones."""

import copy
from dataclasses import FrozenInstanceError, dataclass, field, replace
from inspect import signature

import pytest

from psd2_affordability.core.filled import filled_fast


@filled_fast
@dataclass(frozen=True, slots=True)
class Bill:
    """One bill."""

    payee: str
    cents: int = 0


@dataclass(frozen=True, slots=True)
class OrdinaryBill:
    """The same, made as ever."""

    payee: str
    cents: int = 0


def test_a_value_is_made_by_place_or_by_name_and_takes_its_defaults():
    assert Bill("Vink", 5) == Bill(cents=5, payee="Vink")
    assert Bill("Vink").cents == 0
    assert signature(Bill) == signature(OrdinaryBill)


def test_a_value_stays_as_it_was_made():
    bill = Bill("Vink", 5)
    with pytest.raises(FrozenInstanceError):
        bill.cents = 6
    assert replace(bill, cents=6) == Bill("Vink", 6)
    assert bill == Bill("Vink", 5)
    assert hash(bill) == hash(Bill("Vink", 5))


def test_a_value_can_be_copied():
    assert copy.deepcopy(Bill("Vink", 5)) == Bill("Vink", 5)


@pytest.mark.parametrize("taken", [(), ("Vink", 5, 6)])
def test_too_few_or_too_many_fields_are_refused(taken):
    with pytest.raises(TypeError, match="__init__"):
        Bill(*taken)


def test_a_value_that_makes_a_field_anew_each_time_is_refused():
    @dataclass(frozen=True, slots=True)
    class Bills:
        each: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="Bills does more than fill 'each'"):
        filled_fast(Bills)
