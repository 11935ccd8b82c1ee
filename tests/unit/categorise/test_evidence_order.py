"""What a single row is taken for, and on what evidence."""

from collections.abc import Callable

import pandas as pd
import pytest

Say = Callable[..., pd.Series]


@pytest.mark.parametrize(
    ("name", "text", "cents", "category"),
    [
        ("Belastingdienst", "Voorschot zorgtoeslag 2026", 12900, "inkomen.toeslag_zorg"),
        ("Belastingdienst Toeslagen", "HUURTOESLAG 03-2026", 30000, "inkomen.toeslag_huur"),
        ("Dienst Toeslagen", "kindgebonden budget", 30000, "inkomen.toeslag_kindgebonden"),
        ("Dienst Toeslagen", "", 30000, "inkomen.toeslag_onbepaald"),
        ("Dienst Toeslagen", "Terugbetaling zorgtoeslag 2024", -2500, "schuld.toeslag_terug_zorg"),
        ("Dienst Toeslagen", "Terugvordering toeslagen", -2500, "schuld.toeslag_terugvordering"),
        ("Belastingdienst", "Motorrijtuigenbelasting AB-123-C", -2500, "vervoer.wegenbelasting"),
        ("Belastingdienst", "Dwangbevel aanslag 2023", -2500, "schuld.belastingschuld"),
        ("Belastingdienst", "Omzetbelasting 1e kwartaal", -2500, "belasting.btw"),
        ("Belastingdienst", "Teruggaaf IB 2025", 80000, "inkomen.belastingteruggaaf"),
        ("UWV", "WW-uitkering maart", 140000, "inkomen.uitkering_ww"),
        ("UWV", "Ziektewet week 10", 40000, "inkomen.uitkering_ziektewet"),
        ("UWV", "Terugvordering WW", -2500, "schuld.uitkering_terugvordering"),
        ("SVB", "Kinderbijslag 1e kwartaal", 30000, "inkomen.kinderbijslag"),
        ("Sociale Verzekeringsbank", "AOW maart", 150000, "inkomen.aow"),
        ("DUO", "Studiefinanciering", 40000, "inkomen.studiefinanciering"),
        ("DUO", "Termijn studieschuld", -2500, "schuld.duo"),
        ("Gemeente Almere", "Participatiewet uitkering", 130000, "inkomen.uitkering_bijstand"),
        ("Gemeente Almere", "Salaris maart", 230000, "inkomen.loon"),
        ("Gemeente Almere", "Aanslag 2026 termijn 2", -2500, "wonen.gemeente"),
        ("Gemeente Almere", "Huur woonwagen standplaats", -2500, "wonen.huur"),
        ("CJIB", "verkeersboete", -2500, "schuld.cjib"),
        ("Nationale-Nederlanden", "Inboedelverzekering", -2500, "verzekering.overig"),
        ("Nationale-Nederlanden", "Hypotheek termijn", -2500, "wonen.hypotheek"),
        ("Nationale-Nederlanden", "Pensioenuitkering", 60000, "inkomen.pensioen"),
        ("ABP", "", 90000, "inkomen.pensioen"),
        ("Zilveren Kruis", "Premie maart", -2500, "zorg.premie"),
        ("Zilveren Kruis", "Verrekening eigen risico", -2500, "zorg.eigen_risico"),
        ("Essent", "Betalingsregeling termijn 3 van 12", -2500, "schuld.betalingsregeling"),
        ("Essent", "Jaarafrekening", 12000, "storno.terugbetaling"),
        ("GGN Mastering Credit", "dossier 12", -2500, "schuld.deurwaarder"),
        ("Gerechtsdeurwaarderskantoor Deurwaarders Noord", "dossier", -2500, "schuld.deurwaarder"),
        ("Intrum Nederland B.V.", "", -2500, "schuld.incassobureau"),
        ("Santander", "termijn", -2500, "schuld.lening"),
        ("Santander", "lening", 500000, "krediet.opgenomen"),
        ("Klarna Bank AB", "betaling", -2500, "schuld.achteraf_betalen"),
        ("TOTO Online", "", -2500, "gokken.inzet"),
        ("TOTO Online", "", 9000, "gokken.uitbetaling"),
        ("bol.com", "retour bestelling", 2999, "storno.terugbetaling"),
        ("FNV", "contributie", -2500, "huishouden.bijzonder"),
        ("J. de Vries", "kinderalimentatie maart", -2500, "kinderen.alimentatie"),
        ("J. de Vries", "huur kamer maart", -2500, "wonen.huur"),
        ("Bewindvoeringskantoor Bewindvoering Rust", "leefgeld", 7500, "schuld.bewind"),
    ],
)  # fmt: skip
def test_a_payee_its_words_and_the_direction_together_say_what_a_payment_is(
    say: Say, name: str, text: str, cents: int, category: str
) -> None:
    row = say(counterparty_name=name, remittance=text, amount_ct=cents)
    assert row["category"] == category


@pytest.mark.parametrize(
    ("code", "text", "category"),
    [
        ("ACMT-MDOP-CHRG", "Kosten betaalpakket", "bank.kosten"),
        ("ACMT-MDOP-CHRG", "Debetrente 1e kwartaal", "bank.debetrente"),
        ("PMNT-CCRD-CWDL", "Geldmaat", "contant.opname"),
    ],
)
def test_the_banks_own_code_says_what_happens_without_a_payee(
    say: Say, code: str, text: str, category: str
) -> None:
    assert say(counterparty_name="", remittance=text, bank_code=code)["category"] == category


def test_the_name_in_a_card_line_is_found_when_the_bank_leaves_the_name_empty(say: Say) -> None:
    text = "BEA, Betaalpas                   Albert Heijn 1234,PAS142\nNR:AB12CD, 02.03.26/12:10\nUTRECHT"
    row = say(counterparty_name="", remittance=text, bank_code="PMNT-CCRD-POSD")
    assert (row["category"], row["payee"], row["channel"]) == (
        "huishouden.boodschappen",
        "Albert Heijn",
        "card",
    )


def test_a_payment_processor_is_peeled_off_the_shop_behind_it(say: Say) -> None:
    known = say(counterparty_name="Zeeman via Adyen")
    unknown = say(counterparty_name="Wadvlinder Vlieland via Mollie")
    assert (known["category"], known["payee"]) == ("huishouden.kleding", "Zeeman")
    assert (unknown["category"], unknown["payee"]) == ("onbekend", "Wadvlinder Vlieland")


def test_a_private_person_is_never_shown_by_name(say: Say) -> None:
    for name in (
        "J. de Vries",
        "Mw A Jansen",
        "Fatima van Dijk",
        "Hr K Bakker en/of Mw H Smit",
        "J Bos via Tikkie",
    ):
        row = say(counterparty_name=name, remittance="etentje")
        assert "Vries" not in row["payee"], name
        assert row["payee"] in {"particulier", "Tikkie"}, name


def test_a_person_whose_surname_is_a_brand_stays_a_person(say: Say) -> None:
    row = say(counterparty_name="J. Blokker", remittance="bedankt")
    assert row["category"] == "huishouden.particulier"


def test_a_card_terminal_never_pays_a_private_person(say: Say) -> None:
    row = say(counterparty_name="Jan de Wit", bank_code="PMNT-CCRD-POSD")
    assert row["category"] == "huishouden.kaartbetaling"
    assert row["confidence"] < 50


@pytest.mark.parametrize("purpose", ["", "SALA"])
def test_a_private_person_who_writes_salaris_pays_no_wages(say: Say, purpose: str) -> None:
    row = say(counterparty_name="J. de Vries", remittance="SALARIS", amount_ct=250000, purpose_code=purpose)
    assert row["category"] == "inkomen.particulier"


def test_a_sensitive_payee_is_not_itemised(say: Say) -> None:
    assert say(counterparty_name="Parochie Sint Jan")["payee"] == "niet uitgesplitst"
    assert say(counterparty_name="Psycholoog M. Hart")["payee"] == "zorgverlener"


def test_an_account_on_a_register_weighs_more_than_the_name_beside_it(say: Say) -> None:
    row = say(counterparty_name="Zeeman", counterparty_iban="NL86INGB0002445588")
    assert (row["category"], row["evidence"], row["payee"]) == ("belasting.overig", "iban", "Belastingdienst")


def test_a_purpose_of_wages_is_made_more_precise_by_the_words_beside_it(say: Say) -> None:
    row = say(
        counterparty_name="Veldman B.V.",
        remittance="Vakantiegeld 2026",
        amount_ct=150000,
        purpose_code="SALA",
    )
    assert row["category"] == "inkomen.vakantiegeld"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"counterparty_name": "", "remittance": ""}, "none.no_details"),
        ({"counterparty_name": "Xyloprim B.V.", "remittance": "ref 12"}, "none.unknown_payee"),
        ({"counterparty_name": "ING Bank N.V.", "remittance": "ref 12"}, "none.purpose_not_shown"),
        ({"counterparty_name": "Bel\u0430stingdienst", "remittance": "zorgtoeslag"}, "none.lookalike"),
        ({"counterparty_name": "Be1astingdienst", "remittance": "zorgtoeslag"}, "none.lookalike"),
        ({"counterparty_name": "\u041a\u0430\u0444e Xylo", "remittance": "huur"}, "none.mixed_alphabets"),
    ],
)
def test_what_is_not_known_says_why(say: Say, told: dict[str, str], why: str) -> None:
    row = say(**told)
    assert (row["category"], row["evidence"], row["confidence"]) == ("onbekend", why, 0)


def test_a_returned_debit_is_no_income(say: Say) -> None:
    by_code = say(counterparty_name="Essent", amount_ct=9000, bank_code="PMNT-RDDT-UPDD")
    by_reason = say(counterparty_name="Essent", amount_ct=9000, return_reason="AM04")
    by_text = say(counterparty_name="Essent", amount_ct=9000, remittance="Storno incasso", bank_code="")
    assert {row["category"] for row in (by_code, by_reason, by_text)} == {"storno.teruggeboekt"}
