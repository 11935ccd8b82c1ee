"""Returned debits beside the debit that they take back."""

from collections.abc import Callable
from datetime import date

from psd2_affordability.categorise.engine import Understood

Read = Callable[..., Understood]

_DEBIT = {
    "counterparty_name": "Essent",
    "creditor_id": "NL96ZZZ999990000000",
    "mandate_id": "M1",
    "bank_code": "PMNT-RDDT-ESDD",
    "amount_ct": -9000,
}
_BACK = _DEBIT | {"amount_ct": 9000, "bank_code": "PMNT-RDDT-UPDD", "return_reason": "AM04"}


def test_a_return_is_paired_with_the_latest_debit_before_it(read: Read) -> None:
    frame = read(
        _DEBIT | {"booked_on": date(2026, 1, 27)},
        _DEBIT | {"booked_on": date(2026, 2, 27)},
        _BACK | {"booked_on": date(2026, 3, 2)},
    ).frame
    assert frame["pair"].tolist() == ["", frame["tx"].iloc[2], frame["tx"].iloc[1]]
    assert frame["evidence"].iloc[2] == "pair"
    assert frame["category"].iloc[1] == "wonen.energie"


def test_one_debit_is_taken_back_once(read: Read) -> None:
    frame = read(
        _DEBIT | {"booked_on": date(2026, 2, 27)},
        _BACK | {"booked_on": date(2026, 3, 2)},
        _BACK | {"booked_on": date(2026, 3, 3)},
    ).frame
    assert frame["pair"].tolist()[2] == ""
    assert frame["category"].iloc[2] == "storno.teruggeboekt"


def test_a_return_is_not_paired_with_another_creditors_debit_or_one_too_long_ago(read: Read) -> None:
    other = _DEBIT | {"counterparty_name": "Vitens", "creditor_id": "NL96ZZZ888880000000", "mandate_id": "M2"}
    frame = read(
        other | {"booked_on": date(2026, 2, 27)},
        _DEBIT | {"booked_on": date(2026, 1, 1)},
        _BACK | {"booked_on": date(2026, 3, 2)},
    ).frame
    assert frame["pair"].tolist() == ["", "", ""]
