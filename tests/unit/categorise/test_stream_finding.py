"""Streams: what comes back, how often, how much, and when next."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from psd2_affordability.categorise.engine import Understood

Read = Callable[..., Understood]
Rows = Callable[..., list[dict[str, Any]]]

_WAGE = {"counterparty_name": "Veldman Techniek B.V.", "amount_ct": 210000, "bank_code": "PMNT-RCDT-ESCT"}
_RENT = {"counterparty_name": "Ymere", "amount_ct": -65000}


@pytest.mark.parametrize(
    ("days", "times", "cadence"),
    [
        (7, 8, "weekly"),
        (28, 6, "four_weekly"),
        (61, 5, "two_monthly"),
        (91, 4, "quarterly"),
        (365, 3, "yearly"),
    ],
)
def test_a_payment_that_comes_back_regularly_has_its_cadence(
    read: Read, every: Rows, days: int, times: int, cadence: str
) -> None:
    streams = read(*every(days, times, **_RENT)).streams
    assert streams["cadence"].tolist() == [cadence]
    assert streams["n"].tolist() == [times]


def test_a_monthly_payment_that_slips_with_weekends_is_one_monthly_stream(read: Read) -> None:
    days = [date(2025, 1, 27), date(2025, 2, 25), date(2025, 3, 25), date(2025, 4, 25), date(2025, 5, 26)]
    found = read(*[{"booked_on": day, **_RENT} for day in days])
    assert found.streams["cadence"].tolist() == ["monthly"]
    assert found.streams["next_on"].tolist() == [pd.Timestamp(2025, 6, 25)]
    assert set(found.frame["stream"]) == set(found.streams["stream"])


def test_a_payment_around_the_turn_of_the_month_is_expected_at_the_next_turn(read: Read) -> None:
    days = [date(2025, 1, 31), date(2025, 3, 3), date(2025, 3, 31), date(2025, 5, 1), date(2025, 6, 2)]
    streams = read(*[{"booked_on": day, **_RENT} for day in days]).streams
    assert streams["cadence"].tolist() == ["monthly"]
    assert pd.Timestamp(2025, 6, 29) <= streams["next_on"].iloc[0] <= pd.Timestamp(2025, 7, 3)


def test_a_missed_and_a_doubled_month_do_not_break_a_stream(read: Read, monthly: Rows) -> None:
    rows = monthly(10, **_RENT)
    rows[4]["booked_on"] = rows[5]["booked_on"].replace(day=27)
    streams = read(*rows).streams
    assert streams["cadence"].tolist() == ["monthly"]
    assert streams["n"].tolist() == [10]


def test_amounts_of_a_stream_are_told_low_usual_and_high(read: Read, monthly: Rows) -> None:
    rows = monthly(11, **_WAGE)
    for at, row in enumerate(rows):
        row["amount_ct"] = 200000 + at * 1000
    stream = read(*[row | {"remittance": "Salaris"} for row in rows]).streams.iloc[0]
    assert stream["amount_low_ct"] == 201000
    assert stream["amount_ct"] == 205000
    assert stream["amount_high_ct"] == 209000
    assert stream["last_amount_ct"] == 210000


def test_two_contracts_with_one_company_are_two_streams(read: Read, monthly: Rows) -> None:
    mobile = monthly(
        5, counterparty_name="KPN", amount_ct=-2500, mandate_id="M1", creditor_id="NL96ZZZ999990000000"
    )
    home = monthly(
        5, counterparty_name="KPN", amount_ct=-5500, mandate_id="M2", creditor_id="NL96ZZZ999990000000", day=3
    )
    assert sorted(read(*mobile, *home).streams["amount_ct"]) == [-5500, -2500]


def test_two_like_transfers_to_one_landlord_are_told_apart_by_their_amounts(
    read: Read, monthly: Rows
) -> None:
    rows = [*monthly(6, **_RENT), *monthly(6, **_RENT | {"amount_ct": -9000}, day=11)]
    assert sorted(read(*rows).streams["amount_ct"]) == [-65000, -9000]


def test_buying_groceries_every_week_is_a_habit_and_no_stream(read: Read, every: Rows) -> None:
    rows = every(7, 10, counterparty_name="Jumbo", bank_code="PMNT-CCRD-POSD")
    assert read(*rows).streams.empty


def test_wages_claimed_in_a_text_are_believed_in_a_rhythm_and_doubted_without(
    read: Read, monthly: Rows
) -> None:
    rhythm = read(*monthly(4, **_WAGE | {"remittance": "Salaris"})).frame
    once = read(_WAGE | {"remittance": "Salaris"}).frame
    assert set(rhythm["category"]) == {"inkomen.loon"} == set(once["category"])
    assert rhythm["confidence"].min() >= 90
    assert once["confidence"].max() < 70


def test_regular_money_from_a_company_without_a_word_is_taken_for_wages_with_little_confidence(
    read: Read, monthly: Rows
) -> None:
    frame = read(*monthly(4, **_WAGE)).frame
    assert set(frame["category"]) == {"inkomen.loon"}
    assert set(frame["evidence"]) == {"recurrence"}
    assert frame["confidence"].max() <= 70


def test_regular_money_from_a_person_stays_money_from_a_person(read: Read, monthly: Rows) -> None:
    frame = read(*monthly(4, **_WAGE | {"counterparty_name": "J. de Vries", "remittance": "salaris"})).frame
    assert set(frame["category"]) == {"inkomen.particulier"}


def test_irregular_turnover_is_a_stream_without_a_rhythm(read: Read) -> None:
    days = [date(2025, 1, 3), date(2025, 1, 9), date(2025, 3, 28), date(2025, 7, 2)]
    rows = [
        {
            "booked_on": day,
            "counterparty_name": "Veldman Techniek B.V.",
            "remittance": "Factuur 12",
            "amount_ct": at,
        }
        for at, day in enumerate(days, start=90000)
    ]
    streams = read(*rows).streams
    assert streams["cadence"].tolist() == ["irregular"]
    assert streams["next_on"].isna().all()


def test_a_stream_keeps_its_key_when_newer_rows_arrive(read: Read, monthly: Rows) -> None:
    then = read(*monthly(4, **_RENT)).streams["stream"].tolist()
    now = read(*monthly(8, **_RENT)).streams["stream"].tolist()
    assert then == now


def test_streams_of_two_people_are_kept_apart(read: Read, monthly: Rows) -> None:
    rows = [row | {"subject": who} for who in ("s1", "s2") for row in monthly(4, **_RENT)]
    streams = read(*rows).streams
    assert streams["subject"].tolist() == ["s1", "s2"]
    assert streams["stream"].nunique() == 2


def test_two_contracts_without_a_printed_name_are_two_streams_with_a_key_each(
    read: Read, monthly: Rows
) -> None:
    home = monthly(6, day=1, counterparty_name="", amount_ct=-70000)
    shed = monthly(6, day=12, counterparty_name="", amount_ct=-9500)
    rows = [row | {"remittance": "Huur woning Dorpsstraat 12"} for row in home]
    rows += [row | {"remittance": "Huur kamer Kerklaan 3"} for row in shed]
    found, turned = read(*rows), read(*rows[::-1])
    assert found.streams["stream"].nunique() == 2
    assert set(turned.streams["stream"]) == set(found.streams["stream"])
    assert found.frame.groupby("stream")["amount_ct"].unique().map(list).tolist() in (
        [[-70000], [-9500]],
        [[-9500], [-70000]],
    )
    assert sorted(filter(None, found.columns.coded("stream")[1])) == sorted(found.streams["stream"])
