"""Nothing doubtful gets in from a bank's JSON."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psd2_affordability.connect.strict_json import cents, read_object
from psd2_affordability.core.errors import BankAnswerBroken


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"a": 1, "a": 2}', "gives a key twice"),
        (b'{"a": {"b": 1, "b": 1}}', "gives a key twice"),
        (b'{"a": NaN}', "has the number NaN"),
        (b'{"a": -Infinity}', "has the number -Infinity"),
        (b'{"a": 1', "is cut off or not JSON"),
        (b"", "is cut off or not JSON"),
        (b"\xff\xfe{}", "is cut off or not JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "is cut off or not JSON"),
        (b"[1]", "is not a JSON object"),
        (b"null", "is not a JSON object"),
        (b"[" * 100_000, "is nested too deep"),
    ],
)
def test_json_that_may_mean_two_things_or_nothing_is_refused(body, says):
    with pytest.raises(BankAnswerBroken, match=f"accounts: the bank's answer {says}"):
        read_object(body, where="accounts")


def test_the_error_never_quotes_what_the_bank_said():
    with pytest.raises(BankAnswerBroken) as caught:
        read_object(b'{"remittance": "secret of a person', where="accounts")

    assert "secret" not in str(caught.value)


def test_a_number_with_a_decimal_point_keeps_every_digit():
    assert read_object(b'{"a": 1234567890123456.78, "b": 5}', where="") == {
        "a": "1234567890123456.78",
        "b": 5,
    }


@pytest.mark.parametrize(
    "amount",
    [
        "NaN",
        "Infinity",
        "1_000.00",
        "١٢٣.٤٥",
        " 1.00",
        "1.00\n",
        "1E+2",
        "1e1000000",
        "1.",
        ".5",
        "",
        "1,00",
    ],
)
def test_what_is_not_a_plain_decimal_is_no_amount(amount):
    with pytest.raises(ValueError, match="not a plain decimal"):
        cents(amount)


@pytest.mark.parametrize("amount", [None, True, 1.5, ["1.00"], {"amount": "1"}])
def test_what_is_no_text_or_whole_number_is_no_amount(amount):
    with pytest.raises(ValueError, match="not a plain decimal"):
        cents(amount)


def test_a_fraction_of_a_cent_is_refused_and_zeros_behind_the_cents_are_not():
    assert cents("12.34000") == 1234
    with pytest.raises(ValueError, match="finer than a cent"):
        cents("12.345")


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_every_whole_number_of_cents_survives_being_written_and_read(amount_ct):
    assert cents(str(Decimal(amount_ct).scaleb(-2).quantize(Decimal("0.01")))) == amount_ct
