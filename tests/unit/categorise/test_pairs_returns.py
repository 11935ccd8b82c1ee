"""Returned debits: which debit came back, why, and that it is never income."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from psd2_affordability.categorise.engine import Understood

Read = Callable[..., Understood]

_DEBIT = {
    "counterparty_name": "Essent",
    "creditor_id": "NL96ZZZ999990000000",
    "mandate_id": "M1",
    "bank_code": "PMNT-RDDT-ESDD",
    "amount_ct": -9000,
}
_BACK = _DEBIT | {"amount_ct": 9000, "bank_code": "PMNT-RDDT-UPDD"}


def _on(row: dict[str, Any], year: int, month: int, day: int, **more: Any) -> dict[str, Any]:
    return row | {"booked_on": date(year, month, day)} | more


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("AM04", "lack_of_funds"),
        ("MD06", "refused"),
        ("MS02", "refused"),
        ("MD01", "refused"),
        ("AC06", "blocked"),
        ("AC04", "account_closed"),
        ("MS03", "other"),
        ("", "not_told"),
    ],
)
def test_a_returned_debit_and_its_return_both_say_why(read: Read, reason: str, kind: str) -> None:
    frame = read(_on(_DEBIT, 2026, 2, 26), _on(_BACK, 2026, 3, 2, return_reason=reason)).frame

    assert frame["return_kind"].tolist() == [kind, kind]
    assert frame["pair"].tolist() == frame["tx"].tolist()[::-1]
    assert frame["category"].tolist() == ["wonen.energie", "storno.teruggeboekt"]


def test_a_reason_in_the_description_counts_when_the_field_is_empty(read: Read) -> None:
    frame = read(_on(_DEBIT, 2026, 2, 26), _on(_BACK, 2026, 3, 2, remittance="/RTRN/AM04/Essent")).frame

    assert frame["return_kind"].tolist() == ["lack_of_funds", "lack_of_funds"]


def test_a_bank_sends_back_within_five_open_days_even_over_easter(read: Read) -> None:
    # 2 April 2026 is the Thursday before Easter: the fifth open day after it is the 13th
    in_time = read(_on(_DEBIT, 2026, 4, 2), _on(_BACK, 2026, 4, 13, return_reason="AM04")).frame
    too_late = read(_on(_DEBIT, 2026, 4, 2), _on(_BACK, 2026, 4, 14, return_reason="AM04")).frame

    assert in_time["pair"].ne("").all()
    assert too_late["pair"].eq("").all()
    assert too_late["category"].iloc[1] == "storno.teruggeboekt"


@pytest.mark.parametrize(("reason", "days", "paired"), [("MD06", 55, True), ("MD06", 57, False)])
def test_a_payer_may_ask_a_debit_back_for_eight_weeks(
    read: Read, reason: str, days: int, paired: bool
) -> None:
    debit = date(2026, 1, 5)
    back = date.fromordinal(debit.toordinal() + days)
    frame = read(_DEBIT | {"booked_on": debit}, _BACK | {"booked_on": back, "return_reason": reason}).frame

    assert frame["pair"].ne("").all() == paired


def test_a_debit_that_was_never_allowed_may_come_back_after_a_year(read: Read) -> None:
    frame = read(_on(_DEBIT, 2025, 1, 6), _on(_BACK, 2026, 1, 5, return_reason="MD01")).frame

    assert frame["pair"].ne("").all()


def test_which_of_two_debits_was_asked_back_weeks_later_is_not_guessed(read: Read) -> None:
    frame = read(
        _on(_DEBIT, 2026, 1, 27), _on(_DEBIT, 2026, 2, 10), _on(_BACK, 2026, 3, 10, return_reason="MD06")
    ).frame

    assert frame["pair"].tolist() == ["", "", ""]
    assert frame["return_kind"].tolist() == ["", "", "refused"]


def test_the_same_debit_twice_on_one_day_is_paired_whichever_is_meant(read: Read) -> None:
    frame = read(_on(_DEBIT, 2026, 2, 26), _on(_DEBIT, 2026, 2, 26), _on(_BACK, 2026, 3, 2)).frame

    assert frame["pair"].ne("").tolist().count(True) == 2
    assert frame["pair"].iloc[2] != ""


def test_a_collection_that_failed_and_was_tried_again_is_one_payment(read: Read) -> None:
    frame = read(
        _on(_DEBIT, 2026, 2, 26),
        _on(_BACK, 2026, 3, 2, return_reason="AM04"),
        _on(_DEBIT, 2026, 3, 5),
    ).frame

    assert frame["pair"].tolist() == [frame["tx"].iloc[1], frame["tx"].iloc[0], ""]


def test_a_return_on_one_account_takes_nothing_back_on_another(read: Read) -> None:
    frame = read(_on(_DEBIT, 2026, 2, 26, account="NL02SNBX0000000002"), _on(_BACK, 2026, 3, 2)).frame

    assert frame["pair"].tolist() == ["", ""]


def test_a_return_is_paired_with_the_latest_debit_before_it(read: Read) -> None:
    frame = read(
        _on(_DEBIT, 2026, 1, 27),
        _on(_DEBIT, 2026, 2, 27),
        _on(_BACK, 2026, 3, 2, return_reason="AM04"),
    ).frame
    assert frame["pair"].tolist() == ["", frame["tx"].iloc[2], frame["tx"].iloc[1]]
    assert frame["evidence"].iloc[2] == "pair"
    assert frame["category"].iloc[1] == "wonen.energie"


def test_one_debit_is_taken_back_once(read: Read) -> None:
    frame = read(
        _on(_DEBIT, 2026, 2, 27),
        _on(_BACK, 2026, 3, 2, return_reason="AM04"),
        _on(_BACK, 2026, 3, 3, return_reason="AM04"),
    ).frame
    assert frame["pair"].tolist()[2] == ""
    assert frame["category"].iloc[2] == "storno.teruggeboekt"


def test_a_return_is_not_paired_with_another_creditors_debit_or_one_too_long_ago(read: Read) -> None:
    other = _DEBIT | {"counterparty_name": "Vitens", "creditor_id": "NL96ZZZ888880000000", "mandate_id": "M2"}
    frame = read(
        _on(other, 2026, 2, 27),
        _on(_DEBIT, 2026, 1, 1),
        _on(_BACK, 2026, 3, 2, return_reason="AM04"),
    ).frame
    assert frame["pair"].tolist() == ["", "", ""]
