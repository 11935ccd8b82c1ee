"""Which evidence decides when several speak, and what it costs when they contradict each other."""

from collections.abc import Callable

import pandas as pd
import pytest

Say = Callable[..., pd.Series]

TAX = "Belastingdienst"
TAX_ACCOUNT = "NL86INGB0002445588"


@pytest.mark.parametrize(
    ("reference", "cents", "category"),
    [
        ("8049244482480005", -2500, "schuld.toeslag_terug_huur"),
        ("049244486T800053", -2500, "schuld.toeslag_terug_zorg"),
        ("8049244482480005", 30000, "inkomen.toeslag_huur"),
        ("5010002167010010", -2500, "belasting.inkomsten"),
        ("5010002167010010", 80000, "inkomen.belastingteruggaaf"),
        ("1049230767824589", -2500, "vervoer.wegenbelasting"),
        ("1808980197629000", -2500, "schuld.belastingschuld"),
        ("4001041141301240", -2500, "belasting.btw"),
        ("6849613076003030", -2500, "belasting.overig"),
    ],
)
def test_a_reference_of_the_tax_authority_tells_what_is_paid_and_its_number_is_gone(
    say: Say, reference: str, cents: int, category: str
) -> None:
    row = say(counterparty_name=TAX, remittance=f"Betalingskenmerk {reference}", amount_ct=cents)
    assert (row["category"], row["evidence"]) == (category, "reference")
    assert not any(reference[1:9] in str(value) for value in row)


def test_a_reference_says_nothing_from_anybody_but_the_tax_authority(say: Say) -> None:
    row = say(
        counterparty_name="J. de Vries", remittance="betalingskenmerk(zorgtoeslag 2025)", amount_ct=9000
    )
    assert row["category"] == "inkomen.particulier"


def test_words_of_collection_weigh_more_than_the_tax_they_collect(say: Say) -> None:
    row = say(counterparty_name=TAX, remittance="Dwangbevel 5010002167010010")
    assert row["category"] == "schuld.belastingschuld"


@pytest.mark.parametrize("code", ["GM", "00370"])
def test_a_registered_account_weighs_more_than_the_banks_code(say: Say, code: str) -> None:
    row = say(counterparty_iban=TAX_ACCOUNT, counterparty_name=TAX, remittance="zorgtoeslag", bank_code=code)
    assert row["category"] == "schuld.toeslag_terug_zorg"


def test_a_registered_account_weighs_more_than_a_purpose_which_costs_confidence(say: Say) -> None:
    plain = say(counterparty_iban=TAX_ACCOUNT, counterparty_name=TAX)
    odd = say(counterparty_iban=TAX_ACCOUNT, counterparty_name=TAX, purpose_code="ALMY")
    assert (odd["category"], odd["evidence"]) == (plain["category"], "iban")
    assert odd["confidence"] == plain["confidence"] - 20


def test_another_name_beside_a_registered_account_costs_confidence(say: Say) -> None:
    plain = say(counterparty_iban=TAX_ACCOUNT, counterparty_name=TAX)
    odd = say(counterparty_iban=TAX_ACCOUNT, counterparty_name="Zeeman")
    assert (odd["category"], odd["evidence"]) == (plain["category"], "iban")
    assert odd["confidence"] == plain["confidence"] - 20


@pytest.mark.parametrize(
    ("name", "text", "category", "cents"),
    [
        ("Albert Heijn", "huur maart", "huishouden.boodschappen", -2500),
        ("Essent", "alimentatie maart", "wonen.energie", -2500),
        ("J. de Vries", "SALARIS", "inkomen.particulier", 250000),
    ],
)
def test_words_that_claim_something_else_cost_confidence_and_decide_nothing(
    say: Say, name: str, text: str, category: str, cents: int
) -> None:
    plain = say(counterparty_name=name, remittance="maart", amount_ct=cents)
    odd = say(counterparty_name=name, remittance=text, amount_ct=cents)
    assert (odd["category"], odd["evidence"]) == (category, plain["evidence"])
    assert odd["confidence"] == plain["confidence"] - 20


def test_words_that_agree_cost_nothing(say: Say) -> None:
    plain = say(counterparty_name="Ymere", remittance="termijn maart")
    said = say(counterparty_name="Ymere", remittance="huur maart")
    assert said["category"] == plain["category"] == "wonen.huur"
    assert said["confidence"] >= plain["confidence"]


@pytest.mark.parametrize(
    "name",
    [
        "Zeeman by Adyen",
        "Adyen NV inzake Zeeman",
        "CCV*Zeeman",
        "Zettle_*Zeeman",
        "SumUp *Zeeman",
        "PAYPAL *ZEEMAN",
        "Zeeman via Buckaroo",
        "Stg Mollie Payments Zeeman",
        "Zeeman MultiSafepay",
        "Pay.nl Zeeman",
        "Worldline Zeeman",
        "STRIPE ZEEMAN",
    ],
)
def test_a_payment_processor_before_or_behind_a_shop_is_peeled_off(say: Say, name: str) -> None:
    row = say(counterparty_name=name)
    assert (row["category"], row["payee"]) == ("huishouden.kleding", "Zeeman")


def test_a_shop_that_only_the_description_names_is_found_behind_the_processor(say: Say) -> None:
    row = say(counterparty_name="Stichting Mollie Payments", remittance="Bestelling 1234 Zeeman")
    assert (row["category"], row["evidence"]) == ("huishouden.kleding", "text")


@pytest.mark.parametrize(("mark", "cents"), [("RD/NTRF", 9000), ("RD/NDDT", 9000), ("00195", 9000)])
def test_an_entry_that_takes_back_a_debit_is_a_return(say: Say, mark: str, cents: int) -> None:
    row = say(counterparty_name="Essent", bank_code=mark, amount_ct=cents)
    assert (row["category"], row["channel"]) == ("storno.teruggeboekt", "return")


@pytest.mark.parametrize(
    "name", ["\u0410\u0412\u0420", "B\u0435lastingdienst", "Be1astingdienst", "Z1lveren Kru1s"]
)
def test_a_name_in_borrowed_letters_is_never_the_payee_it_looks_like(say: Say, name: str) -> None:
    row = say(counterparty_name=name, remittance="huur", amount_ct=-90000)
    assert (row["category"], row["evidence"], row["confidence"]) == ("onbekend", "none.lookalike", 0)
