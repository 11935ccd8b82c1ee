"""Transfers between a person's own accounts."""

from datetime import date
from typing import Any

import pytest

from psd2_affordability.ledger.columns import Columns
from psd2_affordability.ledger.own_accounts import OWN_STATES, OwnTransfers, find_own_transfers
from psd2_affordability.ledger.schema import frame_of

PAY, SAVE, ELSEWHERE = "NL02SNBX0000000001", "NL02SNBX0000000002", "NL02SNBX0000000003"
_OUT = {"account": PAY, "counterparty_iban": SAVE, "amount_ct": -10000}
_IN = {"account": SAVE, "counterparty_iban": PAY, "amount_ct": 10000}


def _find(*rows: dict[str, Any], own: dict[str, list[str]] | None = None) -> OwnTransfers:
    usual = {"subject": "s1", "status": "booked", "booked_on": date(2026, 3, 2), "currency": "EUR"}
    return find_own_transfers(Columns(frame_of([usual | row for row in rows])), own or {})


def _states(found: OwnTransfers) -> list[str]:
    return [OWN_STATES[state] for state in found.state.tolist()]


def test_two_halves_of_one_transfer_are_paired() -> None:
    found = _find(_OUT, _IN | {"booked_on": date(2026, 3, 4)})
    assert found.partner.tolist() == [1, 0]
    assert _states(found) == ["paired", "paired"]


def test_a_half_without_the_other_half_stands_alone() -> None:
    found = _find(_OUT, _IN | {"amount_ct": 5})
    assert _states(found) == ["alone", "alone"]
    assert found.own.all()


def test_a_half_that_fits_two_others_is_left_unpaired_and_says_so() -> None:
    found = _find(_OUT, _IN, _IN | {"booked_on": date(2026, 3, 3)})
    assert _states(found) == ["ambiguous"] * 3
    assert found.partner.tolist() == [-1, -1, -1]


def test_an_own_account_at_another_bank_is_known_when_it_is_told() -> None:
    row = {"account": PAY, "counterparty_iban": ELSEWHERE, "amount_ct": -500}
    assert not _find(row).own.any()
    assert _find(row, own={"s1": [ELSEWHERE]}).own.all()
    assert not _find(row, own={"s2": [ELSEWHERE]}).own.any()


@pytest.mark.parametrize(
    "other",
    [
        _IN | {"booked_on": date(2026, 3, 6)},
        _IN | {"amount_ct": 10001},
        _IN | {"currency": "USD"},
        _IN | {"subject": "s2"},
        _IN | {"account": PAY, "counterparty_iban": ""},
        _IN | {"counterparty_iban": ELSEWHERE, "counterparty_name": "Veldman B.V."},
    ],
)
def test_rows_that_differ_in_what_matters_are_no_pair(other: dict[str, Any]) -> None:
    assert (_find(_OUT, other).partner == -1).all()


def test_a_bank_that_does_not_name_the_other_side_still_gives_a_pair() -> None:
    found = _find(_OUT | {"counterparty_iban": ""}, _IN)
    assert found.partner.tolist() == [1, 0]
    assert found.own.all()
