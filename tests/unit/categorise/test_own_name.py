"""Transfers to somebody with the holder's own name, and invoices that private customers pay."""

from collections.abc import Callable
from datetime import date

import pytest

from psd2_affordability.categorise.engine import Understood

Read = Callable[..., Understood]

_WAGE = {
    "counterparty_name": "Zorggroep Oostrand",
    "remittance": "Salaris maart 2026 mw M.L. de Feikema 102884",
    "amount_ct": 241280,
    "bank_code": "PMNT-RCDT-ESCT",
}


def test_money_to_the_person_who_earns_the_wages_is_own_money(read: Read) -> None:
    frame = read(_WAGE, {"counterparty_name": "M.L. de Feikema", "remittance": "vaste lasten"}).frame
    assert frame["category"].tolist()[1] == "intern.eigen_rekening"


def test_own_money_that_is_set_aside_is_savings(read: Read) -> None:
    frame = read(_WAGE, {"counterparty_name": "Mw M.L. de Feikema", "remittance": "buffer"}).frame
    assert frame["category"].tolist()[1] == "intern.sparen"


@pytest.mark.parametrize("relative", ["J. de Feikema", "Fam. de Feikema"])
def test_a_relative_with_the_same_surname_is_somebody_else(read: Read, relative: str) -> None:
    frame = read(_WAGE, {"counterparty_name": relative, "remittance": "spaargeld"}).frame
    assert not frame["category"].tolist()[1].startswith("intern.")


def test_one_persons_wages_say_nothing_of_anothers_transfers(read: Read) -> None:
    transfer = {"subject": "s2", "counterparty_name": "M.L. de Feikema", "remittance": "buffer"}
    assert read(_WAGE, transfer).frame["category"].tolist()[1] == "huishouden.particulier"


_INVOICE = {
    "counterparty_name": "J. Oldenkamp",
    "remittance": "factuur 26-047 aanbouw",
    "amount_ct": 423500,
    "bank_code": "PMNT-RCDT-ESCT",
}
_VAT = {"counterparty_name": "Belastingdienst", "remittance": "omzetbelasting 1e kwartaal"}


def test_an_invoice_that_a_private_customer_pays_to_an_entrepreneur_is_turnover(read: Read) -> None:
    frame = read(_VAT | {"booked_on": date(2026, 4, 28)}, _INVOICE).frame
    assert frame["category"].tolist()[1] == "inkomen.zzp"


def test_a_private_person_who_writes_invoice_to_nobodys_business_pays_no_turnover(read: Read) -> None:
    assert read(_INVOICE).frame["category"].tolist() == ["inkomen.particulier"]


def test_a_payment_that_names_only_the_processor_is_a_payment_through_a_processor(read: Read) -> None:
    bare = {"counterparty_name": "Stg Derdengelden Mollie", "remittance": "ORD-30123 25630123961948"}
    worded = {"counterparty_name": "Stg Derdengelden Mollie", "remittance": "M55 Bloembollen Warmonderhof"}
    told = read(bare, worded).frame["category"].tolist()
    assert told == ["huishouden.betaalverzoek", "onbekend"]


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Derdenbeslag gelegd door kantoor Arkel", "schuld.beslag"),
        ("Kosten behandeling derdenbeslag", "bank.kosten"),
    ],
)
def test_a_bank_that_pays_out_a_seizure_says_so_and_its_own_fee_is_a_fee(
    read: Read, words: str, category: str
) -> None:
    row = {"counterparty_name": "Rabobank", "remittance": words, "bank_code": "ACMT-MDOP-CHRG"}
    assert read(row).frame["category"].tolist() == [category]


def test_a_thirteenth_month_is_told_by_its_figure(read: Read) -> None:
    row = _WAGE | {"remittance": "13e maand 2026"}
    assert read(row).frame["category"].tolist() == ["inkomen.eindejaarsuitkering"]
