"""Payments whose wrong meaning would cost a household its plan, its allowance or its good name."""

from collections.abc import Callable

import pandas as pd
import pytest

from psd2_affordability.categorise.engine import Understood

Say = Callable[..., pd.Series]
Monthly = Callable[..., list[dict[str, object]]]
Read = Callable[..., Understood]
_TIKKIE = "NL13ABNA0482233112"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("S Mulder via Tikkie", "Tikkie ID 00441122, huur maart, S Mulder, NL12ABNA0441"),
        ("Tikkie", "Tikkie ID 00441122, Huur kamer maart, S Mulder"),
        ("Mollie Payments", "Huur maart kamer 3"),
    ],
)
def test_rent_asked_for_by_a_payment_request_is_rent(
    read: Read, monthly: Monthly, name: str, text: str
) -> None:
    rows = monthly(8, counterparty_name=name, counterparty_iban=_TIKKIE, amount_ct=-52_500)
    found = read(*[row | {"remittance": text} for row in rows]).frame
    assert set(found["category"]) == {"wonen.huur"}


@pytest.mark.parametrize("what", ["huur fietsen", "huur huisje Ardennen", "huur padelbaan", "huur sloep"])
def test_what_friends_rent_together_is_no_rent(say: Say, what: str) -> None:
    text = f"Tikkie ID 00441122, {what}, S Mulder"
    row = say(counterparty_name="Tikkie", remittance=text, amount_ct=-2_400)
    assert row["category"] == "huishouden.betaalverzoek"


def test_maintenance_asked_for_by_a_payment_request_is_maintenance(say: Say) -> None:
    text = "Tikkie ID 00441122, kinderalimentatie maart, H Visser"
    assert say(counterparty_name="Tikkie", remittance=text, amount_ct=-31_000)["category"] == (
        "kinderen.alimentatie"
    )


def test_who_lives_in_a_chalet_at_a_holiday_park_pays_rent(read: Read, monthly: Monthly) -> None:
    rows = monthly(8, counterparty_name="Recreatiepark De Heidebloem", amount_ct=-84_500)
    found = read(*[row | {"remittance": "huur chalet 33"} for row in rows]).frame
    assert set(found["category"]) == {"wonen.huur"}


def test_what_a_terminal_prints_of_a_shop_is_no_rent(say: Say) -> None:
    shop = {"counterparty_name": "Recreatiepark De Heidebloem", "bank_code": "PMNT-CCRD-POSD"}
    assert say(**shop, remittance="BEA HUUR CHALET 33", amount_ct=-8_450)["category"] != "wonen.huur"


def test_a_bed_in_a_shelter_is_rent_and_a_gift_to_it_stays_unitemised(say: Say) -> None:
    bed = say(
        counterparty_name="Leger des Heils", remittance="Eigen bijdrage verblijf maart", amount_ct=-38_000
    )
    gift = say(counterparty_name="Leger des Heils", remittance="gift", amount_ct=-2_000)
    assert (bed["category"], gift["category"]) == ("wonen.huur", "huishouden.bijzonder")


@pytest.mark.parametrize(
    "text",
    [
        "Compensatie kinderopvangtoeslag UHT",
        "Hersteloperatie toeslagen forfaitair bedrag",
        "Catshuisregeling",
        "Kindregeling",
    ],
)
def test_what_victims_of_the_allowance_affair_get_is_no_allowance(say: Say, text: str) -> None:
    row = say(counterparty_name="Dienst Toeslagen", remittance=text, amount_ct=3_000_000)
    assert row["category"] == "inkomen.vergoeding"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Sociale Verzekeringsbank", "AOW overlijdensuitkering"),
        ("Stichting Pensioenfonds ABP", "Overlijdensuitkering"),
        ("Stichting Pensioenfonds ABP", "Afkoop klein pensioen"),
    ],
)
def test_what_comes_once_at_a_death_or_for_a_small_pension_is_no_pension_of_each_month(
    say: Say, name: str, text: str
) -> None:
    row = say(counterparty_name=name, remittance=text, amount_ct=147_000)
    assert row["category"] == "inkomen.nabetaling"


@pytest.mark.parametrize(
    "text", ["Faillissementsuitkering", "Loongarantieregeling", "Overname loon werkgever"]
)
def test_wages_that_the_uwv_pays_for_a_bankrupt_employer_are_back_pay(say: Say, text: str) -> None:
    row = say(counterparty_name="UWV", remittance=text, amount_ct=290_000)
    assert row["category"] == "inkomen.nabetaling"


def test_a_german_pension_is_a_pension_whoever_pays_it_out(say: Say) -> None:
    row = say(
        counterparty_name="Deutsche Post AG Renten Service", remittance="RV-RENTE 03.2026", amount_ct=82_000
    )
    assert row["category"] == "inkomen.pensioen"


def test_sickness_money_of_a_german_insurer_is_a_benefit_and_no_refund(say: Say) -> None:
    row = say(counterparty_name="AOK Rheinland", remittance="Krankengeld 01.03.-31.03.", amount_ct=150_000)
    assert row["category"] == "inkomen.uitkering_ziektewet"


@pytest.mark.parametrize(
    "name",
    [
        "J.P. van Dam Schilderwerken",
        "K. Mulder Stukadoorsbedrijf",
        "H. Jansen Loonbedrijf",
        "V.O.F. De Jong",
    ],
)
def test_who_works_for_a_small_firm_with_a_persons_name_earns_a_wage(say: Say, name: str) -> None:
    row = say(counterparty_name=name, remittance="Salaris maart 2026", amount_ct=215_000)
    assert row["category"] == "inkomen.loon"


@pytest.mark.parametrize(
    "name",
    [
        "Jacks Eetcafe",
        "Jacks Barbershop",
        "Toto Pizza",
        "Fair Play Sportschool",
        "Merkur Slagerij",
        "Lucky Day Nails",
        "TOTO Sportkantine FC Almere",
    ],
)
def test_a_shop_with_a_name_like_a_casinos_is_no_gambling(say: Say, name: str) -> None:
    row = say(counterparty_name=name, bank_code="PMNT-CCRD-POSD", amount_ct=-2_000)
    assert not row["category"].startswith("gokken")


@pytest.mark.parametrize(
    "name", ["JACKS.NL", "Jacks Amsterdam", "TOTO Online B.V.", "FAIRPLAY CASINO HELMOND", "Hommerson Casino"]
)
def test_a_casino_stays_a_casino(say: Say, name: str) -> None:
    assert say(counterparty_name=name, amount_ct=-2_000)["category"] == "gokken.inzet"


@pytest.mark.parametrize("what", ["wasmachine huur", "Huur laptop", "huur kluisje"])
def test_a_thing_hired_through_a_payment_service_is_no_rent(read: Read, monthly: Monthly, what: str) -> None:
    rows = monthly(8, counterparty_name="Stichting Mollie Payments", amount_ct=-2_500)
    found = read(*[row | {"remittance": what} for row in rows]).frame
    assert "wonen.huur" not in set(found["category"])


@pytest.mark.parametrize(
    ("name", "what"),
    [("S. Mulder", "huur chalet"), ("S. Mulder", "huur maart"), ("Camelot B.V.", "huur woonunit")],
)
def test_rent_of_a_home_is_rent_whatever_the_home(say: Say, name: str, what: str) -> None:
    assert say(counterparty_name=name, remittance=what, amount_ct=-52_500)["category"] == "wonen.huur"


def test_an_own_contribution_to_an_insurer_stays_one_whatever_it_was_for(say: Say) -> None:
    row = say(counterparty_name="CZ", remittance="eigen bijdrage verblijf", amount_ct=-5_000)
    assert row["category"] == "zorg.eigen_risico"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Woonstichting De Rietvink", "Waarborgsom Parklaan 3"),
        ("Vesteda", "Borg woning Parklaan 3"),
        ("J. de Vries", "borg appartement"),
        ("Woonstichting De Rietvink", "Waarborgsom huurwoning Parklaan 3"),
    ],
)
def test_a_deposit_for_a_home_is_no_rent(say: Say, name: str, text: str) -> None:
    row = say(counterparty_name=name, remittance=text, amount_ct=-170_000)
    assert row["category"] == "wonen.waarborgsom"


@pytest.mark.parametrize(
    "text", ["Huur en borg augustus", "Huur augustus incl borg", "Huur met termijn borg"]
)
def test_a_rent_that_a_deposit_is_paid_with_stays_rent(say: Say, text: str) -> None:
    row = say(counterparty_name="Woonstichting De Rietvink", remittance=text, amount_ct=-90_000)
    assert row["category"] == "wonen.huur"


@pytest.mark.parametrize(
    ("name", "text"), [("Boels Verhuur", "borg aanhanger"), ("Sportschool De Bel", "borg pas")]
)
def test_a_deposit_for_something_else_is_none_for_a_home(say: Say, name: str, text: str) -> None:
    assert say(counterparty_name=name, remittance=text, amount_ct=-5_000)["category"] != "wonen.waarborgsom"


@pytest.mark.parametrize("text", ["Terugbetaling waarborgsom Parklaan 3", "Restitutie borg"])
def test_a_deposit_that_comes_back_is_no_income(say: Say, text: str) -> None:
    row = say(counterparty_name="Woonstichting De Rietvink", remittance=text, amount_ct=170_000)
    assert row["category"] == "storno.terugbetaling"
