"""Money that looks like a wage or a purchase and is neither."""

from collections.abc import Callable

import pandas as pd
import pytest

from psd2_affordability.categorise.engine import Understood

Say = Callable[..., pd.Series]
Monthly = Callable[..., list[dict[str, object]]]
Read = Callable[..., Understood]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Pleegzorg Zilverlinde", "pleegzorgvergoeding maart"),
        ("Stichting Buurtwerk", "vrijwilligersvergoeding maart"),
        ("Zorgkantoor Noord", "PGB Zvw vergoeding maart"),
        ("Gemeente Utrecht", "PGB Jeugdhulp maart"),
        ("Stichting Derdengelden Advocaten", "letselschade voorschot"),
        ("Bouwbedrijf Van Dalen B.V.", "Onkostenvergoeding maart"),
    ],
)
def test_money_for_costs_or_damage_is_no_wage_however_often_it_comes(
    read: Read, monthly: Monthly, name: str, text: str
) -> None:
    rows = monthly(8, counterparty_name=name, amount_ct=72_000)
    found = read(*[row | {"remittance": text} for row in rows]).frame
    assert set(found["category"]) == {"inkomen.vergoeding"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("De Amersfoortse Verzekeringen", "Uitkering arbeidsongeschiktheidsverzekering maart polis 8811"),
        ("Movir N.V.", "AOV uitkering maart"),
        ("Achmea Schadeverzekeringen", "WGA uitkering maart"),
        ("Delta Lloyd", "WIA-excedent uitkering maart"),
        ("Loyalis", "AAOP uitkering maart"),
    ],
)
def test_what_an_insurer_pays_to_who_cannot_work_is_a_benefit(say: Say, name: str, text: str) -> None:
    row = say(counterparty_name=name, remittance=text, amount_ct=190_000)
    assert row["category"] == "inkomen.uitkering_overig"


def test_a_premium_for_such_an_insurance_that_comes_back_is_no_benefit(say: Say) -> None:
    row = say(counterparty_name="Movir N.V.", remittance="Restitutie premie AOV", amount_ct=4_000)
    assert row["category"] == "storno.terugbetaling"


@pytest.mark.parametrize(
    "text", ["Collegegeldkrediet maart", "levenlanglerenkrediet maart", "Studielening maart"]
)
def test_what_a_student_borrows_is_a_loan(say: Say, text: str) -> None:
    row = say(counterparty_name="DUO Hoofdrekening", remittance=text, amount_ct=21_000)
    assert row["category"] == "krediet.opgenomen"


def test_what_somebody_draws_from_the_own_business_is_no_wage(say: Say) -> None:
    row = say(
        counterparty_name="Timmerbedrijf Zilver VOF", remittance="prive opname maart", amount_ct=180_000
    )
    assert row["category"] == "intern.onderneming"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Boedelrekening WSNP inz Smits", "afdracht"),
        ("Kredietbank Nederland", "MSNP aflossing schuldregeling"),
        ("Kredietbank Utrecht", "saneringskrediet maart"),
        ("Gemeente Utrecht Schuldhulpverlening", "reservering maart"),
        ("Gemeente Utrecht", "reservering schuldhulpverlening maart"),
        ("Mr. A. Jansen q.q. curator", "boedelbijdrage"),
        ("Stadsring51", "afdracht schuldregeling"),
    ],
)
def test_what_goes_to_a_debt_scheme_is_known_as_such(say: Say, name: str, text: str) -> None:
    assert say(counterparty_name=name, remittance=text)["category"] == "schuld.schuldregeling"


def test_what_the_tax_office_takes_from_an_account_itself_is_a_tax_debt(say: Say) -> None:
    row = say(counterparty_name="Belastingdienst", remittance="Overheidsvordering aanslag")
    assert row["category"] == "schuld.belastingschuld"


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Kinderdagverblijf De Bijenkorf B.V.", "kinderen.opvang"),
        ("Basisschool De Bijenkorf", "kinderen.school"),
        ("BSO De Jumbo", "kinderen.opvang"),
        ("Vastgoedbeheer Blokker", "wonen.huur"),
    ],
)
def test_a_nursery_a_school_or_a_landlord_may_be_called_as_a_chain_is(
    say: Say, name: str, category: str
) -> None:
    row = say(counterparty_name=name, remittance="factuur maart")
    assert (row["category"], row["payee"]) == (category, name)


@pytest.mark.parametrize(
    ("name", "category"),
    [("Blokker Utrecht", "huishouden.winkel"), ("PLUS Jansen Rotterdam", "huishouden.boodschappen")],
)
def test_a_branch_of_a_chain_stays_a_shop(say: Say, name: str, category: str) -> None:
    assert say(counterparty_name=name, remittance="factuur maart")["category"] == category


def test_a_loan_paid_back_by_a_payment_request_is_a_debt(say: Say) -> None:
    row = say(counterparty_name="Tikkie", remittance="Tikkie ID 002233, terugbetaling lening")
    assert row["category"] == "schuld.lening"
