"""Own savings at another bank, seen only by the traffic with a private account."""

from collections.abc import Callable
from datetime import date

from psd2_affordability.categorise.engine import Understood

Read = Callable[..., Understood]

_AWAY = {
    "counterparty_name": "M. de Wit",
    "counterparty_iban": "NL78ABNA0729535186",
    "remittance": "Sparen",
    "amount_ct": -20000,
}
_BACK = _AWAY | {"remittance": "Vakantie", "amount_ct": 15000, "bank_code": "PMNT-RCDT-ESCT"}


def test_money_that_is_saved_with_a_private_account_and_comes_back_is_own_money(read: Read) -> None:
    frame = read(_AWAY, _BACK | {"booked_on": date(2026, 3, 20)}).frame

    assert frame["category"].tolist() == ["intern.sparen", "intern.sparen"]


def test_saving_for_somebody_else_is_money_given_away(read: Read) -> None:
    frame = read(_AWAY, _AWAY | {"booked_on": date(2026, 4, 2)}).frame

    assert frame["category"].tolist() == ["huishouden.particulier", "huishouden.particulier"]


def test_friends_who_pay_each_other_back_are_not_an_own_account(read: Read) -> None:
    frame = read(_AWAY | {"remittance": "Etentje"}, _BACK).frame

    assert frame["category"].tolist() == ["huishouden.particulier", "inkomen.particulier"]


def test_one_persons_savings_say_nothing_of_anothers_transfers(read: Read) -> None:
    other = {"subject": "s2"}
    frame = read(_AWAY, _BACK, _AWAY | other | {"remittance": "Etentje"}).frame

    assert frame["category"].tolist() == ["intern.sparen", "intern.sparen", "huishouden.particulier"]
