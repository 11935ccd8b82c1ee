"""Money from payees that sell to most people and pay some for their work."""

from collections.abc import Callable
from datetime import date

from psd2_affordability.categorise.engine import Understood

Read = Callable[..., Understood]

_IN = {"bank_code": "PMNT-RCDT-ESCT", "remittance": "84422-77"}


def test_a_rider_is_paid_by_the_platform_that_sells_to_others(read: Read) -> None:
    rows = [
        _IN | {"counterparty_name": "Uber", "amount_ct": cents, "booked_on": date(2026, 3, day)}
        for cents, day in ((18_640, 3), (20_115, 10), (9_780, 17))
    ]
    assert set(read(*rows).frame["category"]) == {"inkomen.platform"}


def test_a_ride_that_is_paid_back_is_a_refund(read: Read) -> None:
    ride = {"counterparty_name": "Uber", "amount_ct": -2_350, "booked_on": date(2026, 3, 2)}
    back = _IN | {"counterparty_name": "Uber", "amount_ct": 2_350, "booked_on": date(2026, 3, 4)}
    assert read(ride, back).frame["category"].tolist()[1] == "storno.terugbetaling"


def test_a_shop_that_pays_every_month_without_a_purchase_is_an_employer(read: Read) -> None:
    rows = [
        _IN
        | {
            "counterparty_name": "Jumbo Supermarkten",
            "amount_ct": 184_210,
            "booked_on": date(2026, month, 24),
        }
        for month in (2, 3, 4, 5)
    ]
    assert set(read(*rows).frame["category"]) == {"inkomen.loon"}


def test_one_large_sum_from_a_shop_without_a_purchase_is_left_open(read: Read) -> None:
    row = _IN | {"counterparty_name": "Jumbo Supermarkten", "amount_ct": 95_000}
    assert read(row).frame["category"].tolist() == ["onbekend"]


def test_a_small_sum_from_a_shop_stays_a_refund(read: Read) -> None:
    row = _IN | {"counterparty_name": "HEMA", "amount_ct": 1_950}
    assert read(row).frame["category"].tolist() == ["storno.terugbetaling"]
