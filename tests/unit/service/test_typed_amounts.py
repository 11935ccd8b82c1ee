"""Amounts as people type them are read in one way everywhere, and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psd2_affordability.core.errors import UsageError
from psd2_affordability.core.money import Money
from psd2_affordability.service.typed import typed_euros


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1250", 1250_00),
        ("1250.50", 1250_50),
        ("1250,50", 1250_50),
        ("1250,5", 1250_50),
        ("1.250,50", 1250_50),
        ("1,250.50", 1250_50),
        ("€ 1.250,50", 1250_50),
        ("€\N{NO-BREAK SPACE}1.250,50", 1250_50),
        ("€1250", 1250_00),
        ("EUR 74,60", 74_60),
        (" 74,60 ", 74_60),
        ("1250,-", 1250_00),
        ("€ 1.250,-", 1250_00),
        ("1.250.000", 1_250_000_00),
        ("12,345,678.90", 12_345_678_90),
        ("0", 0),
        ("0,05", 5),
        ("007", 7_00),
        ("999999999999,99", 999_999_999_999_99),
    ],
)
def test_an_amount_is_read_as_it_is_written_in_dutch_and_in_english(text, cents):
    assert typed_euros(text, "--debt") == Money(cents)


@pytest.mark.parametrize("text", ["", "   ", "\N{NO-BREAK SPACE}"])
def test_nothing_typed_is_no_amount(text):
    assert typed_euros(text, "--debt") is None


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("1.250", "Write 1250 or 1.25"),
        ("1,250", "Write 1250 or 1.25"),
        ("€ 12.500", "Write 12500 or 12.50"),
        ("100,200", "Write 100200 or 100.20"),
    ],
)
def test_an_amount_that_can_be_read_in_two_ways_is_asked_for_again(text, write):
    with pytest.raises(UsageError, match="can be read in two ways") as refused:
        typed_euros(text, "--debt")

    assert (refused.value.where, refused.value.do) == ("--debt", write)
    for answer in refused.value.do.removeprefix("Write ").split(" or "):
        assert typed_euros(answer, "--debt") is not None


@pytest.mark.parametrize("text", ["-5", "-€ 1.250,50", "€ -5", "\N{MINUS SIGN}5"])
def test_an_amount_below_zero_is_refused(text):
    with pytest.raises(UsageError, match="cannot be negative"):
        typed_euros(text, "debt")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a lot",
            "5 euro",
            "€",
            "1e3",
            "1_000",
            "12 50",
            "\N{ARABIC-INDIC DIGIT FIVE}",
            "NL91ABNA0417164300",
        ),
        *("0.125", "1250.505", "1.25.0", "1.250.50", "1,250,5", "1.2500,00", "1" * 13, "1" * 5000),
    ],
)
def test_what_is_no_amount_is_refused_without_repeating_it(text):
    with pytest.raises(UsageError, match="not an amount in euros") as refused:
        typed_euros(text, "debt")

    assert text not in str(refused.value).removesuffix("Write it as 1250.50 or 1250,50")


@given(cents=st.integers(0, 10**14 - 1), language=st.sampled_from(["en", "nl"]))
def test_every_amount_that_we_show_can_be_typed_back(cents, language):
    amount = Money(cents)

    assert typed_euros(amount.spoken(language=language), "debt") == amount
    assert typed_euros(str(amount), "debt") == amount


@given(st.text(max_size=50))
def test_whatever_is_typed_is_an_amount_nothing_or_refused(text):
    try:
        read = typed_euros(text, "debt")
    except UsageError:
        return
    assert read is None or read >= Money(0)
