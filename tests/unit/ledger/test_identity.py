"""Our own keys: what a row says, never where it stands."""

from datetime import date
from hashlib import sha256
from typing import Any

import pandas as pd
import pytest

from psd2_affordability.ledger import fingerprint
from psd2_affordability.ledger.columns import Columns
from psd2_affordability.ledger.fingerprint import fingerprints
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import frame_of, validated


def _row(**told: Any) -> dict[str, Any]:
    row = {
        "subject": "s1",
        "account": "NL02SNBX0000000001",
        "status": "booked",
        "booked_on": date(2026, 3, 2),
        "amount_ct": -250,
        "currency": "EUR",
        "counterparty_name": "Koffiehuis",
        "remittance": "koffie",
    }
    return row | told


def _keys(*rows: dict[str, Any]) -> pd.DataFrame:
    return validated(with_keys(frame_of(rows)))


def test_two_rows_that_say_the_same_both_stay_with_different_keys() -> None:
    keyed = _keys(_row(), _row())
    assert keyed["tx"].nunique() == 2
    assert keyed["amount_ct"].sum() == -500


def test_a_key_does_not_depend_on_the_order_of_the_rows() -> None:
    rows = [
        _row(),
        _row(balance_after_ct=100),
        _row(balance_after_ct=50),
        _row(amount_ct=-251),
        _row(remittance="x"),
    ]
    there, back = _keys(*rows), _keys(*rows[::-1])
    assert there["tx"].tolist() == back["tx"].tolist()[::-1]


def test_a_key_changes_with_every_field_that_identifies_a_row() -> None:
    changes: list[dict[str, Any]] = [
        {},
        {"account": "NL02SNBX0000000002"},
        {"booked_on": date(2026, 3, 3)},
        {"amount_ct": 250},
        {"currency": "USD"},
        {"counterparty_name": "Koffiehuis2"},
        {"counterparty_iban": "NL02SNBX0000000003"},
        {"remittance": "thee"},
    ]
    keys = {_keys(_row(**change))["tx"].iloc[0] for change in changes}
    assert len(keys) == len(changes)


def test_text_cannot_imitate_the_border_between_two_fields() -> None:
    one = _keys(_row(counterparty_name="a\x1f1\x1fb", counterparty_iban="c"))
    two = _keys(_row(counterparty_name="a", counterparty_iban="b\x1fc"))
    assert one["tx"].iloc[0] != two["tx"].iloc[0]


def test_a_row_that_has_a_key_keeps_it() -> None:
    keyed = _keys(_row(tx="kept"), _row())
    assert keyed["tx"].iloc[0] == "kept"
    assert with_keys(keyed)["tx"].tolist() == keyed["tx"].tolist()


def test_the_same_row_of_two_subjects_has_the_same_key_for_each() -> None:
    keyed = _keys(_row(subject="s1"), _row(subject="s2"))
    assert len(set(keyed["tx"])) == 1


def test_a_pending_row_without_a_booking_day_gets_a_key() -> None:
    keyed = _keys(_row(status="pending", booked_on=None))
    assert keyed["tx"].iloc[0].startswith("t")


def test_the_fingerprint_sees_every_change_of_a_value_but_not_the_order() -> None:
    rows = [_row(), _row(amount_ct=-1), _row(remittance="x", balance_after_ct=5)]
    keyed = _keys(*rows)
    assert fingerprints(keyed) == fingerprints(keyed.iloc[::-1])
    for column, value in {
        "amount_ct": 7,
        "counterparty_name": "z",
        "remittance": "y",
        "account": "NL00SNBX0000000009",
        "return_reason": "AM04",
        "creditor_id": "NL00ZZZ1",
        "status": "pending",
    }.items():
        changed = _keys(rows[0] | {column: value}, *rows[1:])
        assert fingerprints(changed) != fingerprints(keyed)
    lost_balance = keyed.assign(balance_after_ct=pd.array([None, None, None], dtype="Int64"))
    assert fingerprints(lost_balance) != fingerprints(keyed)


def test_a_value_that_changes_under_the_same_key_changes_the_fingerprint() -> None:
    keyed = _keys(_row(), _row(amount_ct=-1))
    changes = {"amount_ct": 7, "bank_code": "PMNT", "purpose_code": "SALA", "remittance": "other words"}
    for column, value in changes.items():
        changed = keyed.copy()
        changed.loc[0, column] = value
        assert fingerprints(changed) != fingerprints(keyed)


def test_letters_that_move_from_one_cell_to_the_next_change_the_fingerprint() -> None:
    as_it_is = _row(tx="k1", counterparty_name="ab", counterparty_iban="c", creditor_id="d", remittance="e")
    moved: tuple[dict[str, str], ...] = (
        {},
        {"counterparty_name": "a", "counterparty_iban": "bc"},
        {"counterparty_name": "abc", "counterparty_iban": ""},
        {"counterparty_iban": "", "creditor_id": "cd"},
        {"tx": "k1e", "remittance": ""},
        {"tx": "k", "remittance": "1e"},
    )
    assert len({fingerprints(_keys(as_it_is | one))["s1"].sha256 for one in moved}) == len(moved)


def test_rows_that_swap_what_they_share_change_the_fingerprint() -> None:
    shop, bakery = _row(tx="k1", counterparty_name="shop"), _row(tx="k2", counterparty_name="bakery")
    third = _row(tx="k3", counterparty_name="shop")
    swapped = (shop | {"counterparty_name": "bakery"}, bakery | {"counterparty_name": "shop"}, third)
    assert fingerprints(_keys(shop, bakery, third)) != fingerprints(_keys(*swapped))


def test_a_row_more_or_one_less_changes_the_fingerprint() -> None:
    rows = [_row(tx=f"k{at}") for at in range(3)]
    seen = [fingerprints(_keys(*rows[:count]))["s1"].sha256 for count in (1, 2, 3)]
    assert len(set(seen)) == 3


def test_the_rows_of_other_people_leave_a_fingerprint_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    own = [_row(tx=f"k{at}", counterparty_name=f"shop {at % 3}") for at in range(9)]
    others = [_row(subject=f"s{at % 7 + 2}", tx=f"o{at}", counterparty_name=f"b{at}") for at in range(40)]
    alone, among = _keys(*own), _keys(*others[:20], *own, *others[20:])
    assert fingerprints(among)["s1"] == fingerprints(alone)["s1"]
    monkeypatch.setattr(fingerprint, "_MOST", 4)  # so many combinations that their numbers must be renewed
    monkeypatch.setattr(fingerprint, "_CHUNK", 2)
    assert fingerprints(among)["s1"] == fingerprints(alone)["s1"]


def test_columns_that_are_at_hand_give_the_same_fingerprint() -> None:
    keyed = _keys(_row(), _row(counterparty_name="x"), _row(subject="s2"))
    columns = Columns(keyed)
    for name in ("counterparty_name", "creditor_id"):
        columns.coded(name)
    assert fingerprints(keyed, columns=columns) == fingerprints(keyed)


def test_the_key_behind_a_fingerprint_is_not_shown() -> None:
    [found] = fingerprints(_keys(_row())).values()
    assert sha256(found.key).hexdigest() == found.sha256
    assert repr(found) == f"Fingerprint(sha256='{found.sha256}')"


def test_an_empty_frame_has_keys_and_no_fingerprints() -> None:
    nothing = with_keys(frame_of([]))
    assert fingerprints(nothing) == {}


def test_a_number_too_large_for_its_usual_room_still_counts_in_full() -> None:
    amounts = (1, 2**32 + 1, 2**33 + 1, -(2**32) + 1)
    seen = [fingerprints(_keys(_row(tx="k", amount_ct=cents), _row(tx="l"))) for cents in amounts]
    assert len({each["s1"].sha256 for each in seen}) == len(amounts)


def test_a_missing_balance_is_not_a_balance_of_nothing() -> None:
    balances = (None, 0, 2**32, -(2**31))
    seen = [fingerprints(_keys(_row(tx="k", balance_after_ct=cents), _row(tx="l"))) for cents in balances]
    assert len({each["s1"].sha256 for each in seen}) == len(balances)


def test_the_large_numbers_of_other_people_leave_a_fingerprint_alone() -> None:
    own = [_row(tx="k1"), _row(tx="k2", balance_after_ct=7)]
    other = _row(subject="s2", tx="k3", amount_ct=2**40, value_on=None, remittance="x" * 40_000)
    alone, among = _keys(*own), _keys(*own, other)
    assert fingerprints(among)["s1"] == fingerprints(alone)["s1"]
