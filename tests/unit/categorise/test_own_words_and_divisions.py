"""Own accounts that words tell, divisions of banks and insurers, and payees in more than one role."""

from collections.abc import Callable

import pytest

from psd2_affordability.categorise.engine import Understood

Read = Callable[..., Understood]

_IN = {"amount_ct": 75_000, "bank_code": "PMNT-RCDT-ESCT"}
_PERSON = {"counterparty_name": "J.M. Oldekerk"}


def _category(read: Read, **told: object) -> str:
    return str(read(told).frame["category"].iloc[0])


@pytest.mark.parametrize("words", ["Triodos Sparen buffer", "Rabo SpaarRekening", "savings account"])
def test_a_savings_product_named_on_a_transfer_is_own_savings(read: Read, words: str) -> None:
    assert _category(read, **_PERSON, remittance=words) == "intern.sparen"


def test_saving_into_the_account_of_a_grandchild_is_money_given_away(read: Read) -> None:
    assert _category(read, **_PERSON, remittance="spaarrekening kleinzoon") == "huishouden.particulier"


@pytest.mark.parametrize("direction", [{}, _IN])
def test_the_share_in_a_joint_account_is_own_money_both_ways(
    read: Read, direction: dict[str, object]
) -> None:
    told = _PERSON | direction | {"remittance": "bijdrage gezamenlijke rekening"}
    assert _category(read, **told) == "intern.eigen_rekening"


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("ABN AMRO Schadeverz. NV", "verzekering.overig"),
        ("Achmea Zorg", "zorg.premie"),
        ("TexelEnergie U.A.", "wonen.energie"),
        ("De Noord en Zuid Hollandsche", "verzekering.overig"),
        ("Herv. Gem. Leeuwarden", "huishouden.bijzonder"),
        ("Praxis voor Fysiotherapie Noord", "zorg.kosten"),
        ("Huisartsenspoedpost Oost", "zorg.kosten"),
        ("Gemeente Emmen Sociale Zaken", "schuld.uitkering_terugvordering"),
    ],
)
def test_a_division_or_trade_in_a_name_tells_more_than_the_house_it_is_of(
    read: Read, name: str, category: str
) -> None:
    assert _category(read, counterparty_name=name, remittance="0012345") == category


def test_wages_of_a_platform_are_wages(read: Read) -> None:
    told = {"counterparty_name": "Takeaway.com Express Netherlands B.V.", "remittance": "Salary week courier"}
    assert _category(read, **_IN, **told) == "inkomen.loon"


def test_a_declaration_that_the_insurance_bank_pays_to_a_carer_is_turnover(read: Read) -> None:
    told = {"counterparty_name": "SVB Trekkingsrecht PGB", "remittance": "Declaratie maart zorgverlener"}
    assert _category(read, **_IN, **told) == "inkomen.zzp"


def test_an_exam_is_no_repayment_of_a_study_loan(read: Read) -> None:
    duo = {"counterparty_name": "DUO"}
    exam = _category(read, **duo, remittance="inburgeringsexamen lezen A2")
    assert (exam, _category(read, **duo, remittance="termijn lening")) == ("kinderen.school", "schuld.duo")


_WAGE = _IN | {"counterparty_name": "Zorggroep Oostrand", "remittance": "Salaris maart J.M. Oldekerk-Boon"}


@pytest.mark.parametrize("written", ["JM OLDEKERK-BOON CJ", "Oldekerk-Boon J.M.", "Mw J M Oldekerk Boon"])
def test_the_holders_name_is_known_in_every_order_of_its_parts(read: Read, written: str) -> None:
    frame = read(_WAGE, {"counterparty_name": written, "remittance": "vaste lasten"}).frame
    assert frame["category"].tolist()[1] == "intern.eigen_rekening"


def test_a_relative_whose_initial_is_the_holders_last_one_is_somebody_else(read: Read) -> None:
    frame = read(_WAGE, {"counterparty_name": "M. Oldekerk-Boon", "remittance": "vaste lasten"}).frame
    assert frame["category"].tolist()[1] == "huishouden.particulier"
