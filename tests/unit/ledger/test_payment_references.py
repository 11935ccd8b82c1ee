"""References of public bodies: read for kind and year, and gone before a row is kept."""

from datetime import date

import pytest

from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.payment_reference import masked
from psd2_affordability.ledger.schema import frame_of

#: Numbers of nobody: as the tax authority prints them as examples, or made with a right check digit.
EXAMPLES = [
    ("5010002167010010", "inkomstenbelasting 2021"),
    ("3010002167042021", "inkomstenbelasting 2024"),
    ("8049244482480005", "huurtoeslag 2018"),
    ("7010002167510014", "bijdrage zvw 2021"),
    ("1049230767824589", "motorrijtuigenbelasting 2022"),
    ("1808980197629000", "naheffing motorrijtuigenbelasting 2022"),
    ("4001041141301240", "omzetbelasting 2023"),
    ("6849613076003030", "loonheffing 2020"),
]


def tax_row(**told: object) -> dict[str, object]:
    usual = {"account": "NL02SNBX0000000001", "status": "booked", "booked_on": date(2026, 3, 2)}
    return {**usual, "amount_ct": -2500, "currency": "EUR", "counterparty_name": "Belastingdienst", **told}


@pytest.mark.parametrize(("number", "said"), EXAMPLES)
def test_a_reference_is_replaced_by_its_kind_and_year(number: str, said: str) -> None:
    assert masked(number, 2026, tax=True) == f"betalingskenmerk({said})"


@pytest.mark.parametrize(
    "written",
    [
        "8049244482480005",
        "8049 2444 8248 0005",
        "8049.2444.8248.0005",
        "80492444 82480005",
        "8049\u200b2444\u200b8248\u200b0005",
        "\uff18\uff10\uff14\uff19244482480005",
        "Betalingskenmerk: 8049244482480005",
        "BETALINGSKENMERK 8049 2444 8248 0005",
    ],
)
def test_a_reference_is_recognised_however_it_is_written(written: str) -> None:
    assert masked(written, 2026, tax=True) == "betalingskenmerk(huurtoeslag 2018)"


def test_the_number_of_an_assessment_holds_a_bsn_too_and_is_masked_alike() -> None:
    assert (
        masked("049244486T800052 termijn 1", 2026, tax=True) == "betalingskenmerk(huurtoeslag 2018) termijn 1"
    )
    assert masked("0100.02.169.H.56", 2026, tax=True) == "betalingskenmerk(inkomstenbelasting 2025)"
    assert masked("bsn 049244486", 2026, tax=False) == "bsn ••••"


def test_a_bsn_with_the_letter_of_a_tax_and_nothing_behind_it_is_masked_too() -> None:
    assert masked("111222333T mei 2026", 2026, tax=True) == "betalingskenmerk(toeslag) mei 2026"
    assert masked("111222334T mei 2026", 2026, tax=True) == "111222334T mei 2026"


def test_a_year_is_the_next_one_at_the_latest() -> None:
    of_2027 = "3010002167072021"
    digits = [f"{check}{of_2027[1:]}" for check in range(10)]
    assert any("inkomstenbelasting 2027" in masked(number, 2026, tax=True) for number in digits)


def test_a_kind_that_is_not_known_and_a_body_that_is_no_tax_authority_leave_dots() -> None:
    assert masked("0017166778854231", 2026, tax=True) == "betalingskenmerk ••••"
    assert masked("8049244482480005", 2026, tax=False) == "betalingskenmerk ••••"


@pytest.mark.parametrize(
    "text",
    [
        "NL91 ABNA 0417 1643 00",
        "DE89 3704 0044 0532 0130 00",
        "PL61 1090 1014 0000 0712 1981 2874",
        "EUR 1234567890123456.78 te betalen",
        "8049244482480004",
        "0000000000000000",
        "02-03-2026 18:03 Transactie: 12345",
    ],
)
def test_accounts_amounts_and_numbers_that_do_not_add_up_stay(text: str) -> None:
    assert masked(text, 2026, tax=True) == text


@pytest.mark.parametrize("place", ["remittance", "counterparty_name", "entry_reference"])
def test_no_column_of_a_frame_has_the_number(place: str) -> None:
    frame = with_keys(frame_of([tax_row(**{place: "Belastingdienst 8049244482480005"})]))
    assert not any("8049244" in str(value) for value in frame.iloc[0])


def test_the_key_of_a_row_says_nothing_of_the_number() -> None:
    """Eight unknown digits are soon guessed: a hash over them would give them away."""
    texts = ("8049244482480005", "8049 2444 8248 0005", "betalingskenmerk(huurtoeslag 2018)")
    keys = {with_keys(frame_of([tax_row(remittance=text)])).iloc[0]["tx"] for text in texts}
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"counterparty_name": "Bol.com", "remittance": "bestelling 8049244482480005"}, True),
        ({"counterparty_name": "CJIB", "remittance": "8049244482480005"}, False),
        ({"counterparty_name": "Gemeente Almere", "remittance": "8049244482480005"}, False),
        ({"counterparty_name": "", "remittance": "8049244482480005"}, False),
        ({"counterparty_name": "J. de Vries", "remittance": "Betalingskenmerk 8049244482480005"}, False),
        (
            {
                "counterparty_name": "Onbekend",
                "counterparty_iban": "NL86INGB0002445588",
                "remittance": "8049244482480005",
            },
            False,
        ),
    ],
)
def test_a_number_is_masked_when_a_public_body_stands_behind_it_or_nobody_is_named(
    told: dict[str, str], kept: bool
) -> None:
    text = frame_of([tax_row(**told)]).iloc[0]["remittance"]
    assert ("8049244482480005" in text) is kept
