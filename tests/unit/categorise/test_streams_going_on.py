"""Streams that go on under another name, what is paid beside wages, and when the next payment is due."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from psd2_affordability.categorise.engine import Understood

Read = Callable[..., Understood]
Rows = Callable[..., list[dict[str, Any]]]

_PHONE = {
    "counterparty_name": "KPN",
    "creditor_id": "NL96ZZZ999990000000",
    "mandate_id": "M1",
    "bank_code": "PMNT-RDDT-ESDD",
    "amount_ct": -2500,
}
_WAGE = {
    "counterparty_name": "Veldman Techniek B.V.",
    "counterparty_iban": "NL78ABNA0729535186",
    "remittance": "Salaris",
    "amount_ct": 200000,
    "bank_code": "PMNT-RCDT-ESCT",
}


def test_a_renewed_mandate_carries_the_contract_on(read: Read, monthly: Rows) -> None:
    rows = monthly(12, **_PHONE)
    for row in rows[6:]:
        row |= {"mandate_id": "M2", "amount_ct": -2700}

    assert read(*rows).streams["n"].tolist() == [12]


def test_two_contracts_that_run_side_by_side_stay_two_when_one_ends(read: Read, monthly: Rows) -> None:
    one = monthly(6, **_PHONE)
    other = monthly(12, **_PHONE | {"mandate_id": "M2"}, day=3)

    assert sorted(read(*one, *other).streams["n"]) == [6, 12]


def test_a_much_dearer_contract_afterwards_is_another_one(read: Read, monthly: Rows) -> None:
    rows = monthly(12, **_PHONE)
    for row in rows[6:]:
        row |= {"mandate_id": "M2", "amount_ct": -9900}

    assert read(*rows).streams["n"].tolist() == [6, 6]


def test_an_employer_that_changes_its_name_pays_the_same_wages(read: Read, monthly: Rows) -> None:
    rows = monthly(10, **_WAGE)
    for row in rows[5:]:
        row["counterparty_name"] = "Veldman Installaties B.V."

    assert read(*rows).streams["n"].tolist() == [10]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        # wages on the 25th, before a weekend: 25 October 2026 is a Sunday
        ([date(2026, 6, 25), date(2026, 7, 24), date(2026, 8, 25), date(2026, 9, 25)], date(2026, 10, 23)),
        # on the last working day: October's is a Friday, the 30th
        ([date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)], date(2026, 10, 30)),
    ],
)
def test_wages_come_before_a_weekend(read: Read, days: list[date], expected: date) -> None:
    streams = read(*[_WAGE | {"booked_on": day} for day in days]).streams
    assert streams["next_on"].tolist() == [pd.Timestamp(expected)]


def test_a_debit_comes_after_a_weekend_and_the_days_of_easter(read: Read) -> None:
    # the 3rd of April 2026 is Good Friday: the bank collects on the Tuesday after Easter
    days = [date(2025, 12, 3), date(2026, 1, 5), date(2026, 2, 3), date(2026, 3, 3)]
    streams = read(*[_PHONE | {"booked_on": day} for day in days]).streams

    assert streams["next_on"].tolist() == [pd.Timestamp(2026, 4, 7)]


def test_a_steady_amount_is_expected_again_and_a_varying_one_around_what_it_was(
    read: Read, monthly: Rows
) -> None:
    steady = read(*monthly(6, **_PHONE)).streams.iloc[0]
    rows = monthly(6, **_PHONE)
    for at, row in enumerate(rows):
        row["amount_ct"] = -2000 - 200 * at
    varying = read(*rows).streams.iloc[0]

    assert (steady["next_low_ct"], steady["next_high_ct"]) == (-2500, -2500)
    assert (varying["next_low_ct"], varying["next_high_ct"]) == (-3250, -1750)


@pytest.mark.parametrize(
    ("month", "cents", "category"),
    [
        (5, 150000, "inkomen.vakantiegeld"),
        (12, 120000, "inkomen.eindejaarsuitkering"),
        (9, 45000, "inkomen.nabetaling"),
    ],
)
def test_a_second_payment_beside_wages_is_told_by_its_month_and_size(
    read: Read, monthly: Rows, month: int, cents: int, category: str
) -> None:
    extra = _WAGE | {"booked_on": date(2025, month, 27), "amount_ct": cents}
    understood = read(*monthly(12, **_WAGE), extra)
    row = understood.frame.iloc[-1]

    assert (row["category"], row["evidence"], row["stream"]) == (category, "recurrence", "")
    assert row["confidence"] <= 65
    assert understood.streams["n"].tolist() == [12]


def test_wages_that_came_a_month_early_are_still_wages(read: Read, monthly: Rows) -> None:
    rows = monthly(12, **_WAGE)
    rows[5]["booked_on"] = date(2025, 5, 30)

    assert set(read(*rows).frame["category"]) == {"inkomen.loon"}


def test_a_shop_where_much_is_bought_by_chance_owes_no_rhythm(read: Read) -> None:
    days = [date(2025, 1, 8), date(2025, 4, 2), date(2025, 7, 11), date(2025, 10, 3)]
    shop = {"counterparty_name": "Zalando", "amount_ct": -4995, "bank_code": "PMNT-ICDT-ESCT"}

    assert read(*[shop | {"booked_on": day} for day in days]).streams.empty
