"""Allowances that are settled after the year: what came for one that is over says nothing about this one."""

from datetime import date

import pytest
from allowance_builders import (
    CARE,
    JOINT,
    RENT_ALLOWANCE,
    SINGLE,
    a_month,
    codes,
    found,
    household,
    life,
)
from assess_builders import Life, euros

from psd2_affordability.assess.results import Allowance

TOLD = household(SINGLE, "20000")


def lump(text: str, day: date = date(2026, 7, 20), euros: int = 1548, on: date = date(2026, 11, 22)) -> Life:
    lived = life(rent=None, on=on)
    lived.book(CARE, euros, day, remittance=text)
    return lived


def care_of(lived: Life) -> Allowance:
    return found(lived, TOLD)["zorgtoeslag"]


class TestAnEarlierYear:
    @pytest.mark.parametrize(
        "text",
        [
            "Zorgtoeslag 2025 definitieve berekening",
            "betalingskenmerk(zorgtoeslag 2025)",
            "Zorgtoeslag 2024/2025",
            "Zorgtoeslag definitieve toekenning",
        ],
    )
    def test_what_came_in_one_sum_for_it_leaves_this_year_unclaimed(self, text: str) -> None:
        care = care_of(lump(text))

        assert care.verdict == "unclaimed"
        assert care.received == euros(0)
        assert care.gap == a_month("129")
        assert "allowance.of_earlier_year" in codes(care)
        assert "allowance.once_a_year" not in codes(care)

    def test_of_a_year_that_was_just_paid_it_is_not_said_that_it_can_still_be_asked_for(self) -> None:
        assert "allowance.last_day_to_claim" not in codes(care_of(lump("Zorgtoeslag 2025")))

    def test_it_is_said_by_its_day_and_sum(self) -> None:
        care = care_of(lump("Zorgtoeslag 2025"))
        (says,) = [one for one in care.reasons if one.code == "allowance.of_earlier_year"]

        assert "20 juli 2026" in says.says_nl
        assert "€ 1.548,00" in says.says_nl

    def test_paid_in_the_month_that_is_looked_at_it_is_no_amount_of_a_month(self) -> None:
        care = care_of(lump("Zorgtoeslag 2025 definitieve berekening", date(2026, 10, 21), 129))

        assert care.verdict == "unclaimed"

    def test_two_years_settled_at_once_are_no_payment_of_this_one(self) -> None:
        lived = lump("Zorgtoeslag 2024", date(2026, 10, 20), 1300)
        lived.book(CARE, 1400, date(2026, 10, 21), remittance="Zorgtoeslag 2025")

        assert care_of(lived).verdict == "unclaimed"

    def test_a_payment_for_several_allowances_of_it_is_for_none_of_now(self) -> None:
        lived = life(rent=None)
        lived.book(JOINT, 1548, date(2026, 7, 20), remittance="Toeslagen 2025 definitieve berekening")

        assert care_of(lived).verdict == "unclaimed"


class TestThisYear:
    @pytest.mark.parametrize(
        "text", ["Zorgtoeslag 2026", "Zorgtoeslag", "betalingskenmerk(zorgtoeslag 2026)"]
    )
    def test_the_whole_of_it_in_one_sum_counts(self, text: str) -> None:
        care = care_of(lump(text))

        assert care.verdict == "in_line"
        assert care.received == euros(129)
        assert "allowance.once_a_year" in codes(care)

    def test_the_sum_for_it_counts_beside_the_one_for_the_year_before(self) -> None:
        lived = lump("Zorgtoeslag 2025 definitieve berekening")
        lived.book(CARE, 1548, date(2026, 8, 20), remittance="Zorgtoeslag 2026")
        care = care_of(lived)

        assert care.verdict == "in_line"
        assert care.received == euros(129)

    def test_payments_by_the_month_count_beside_what_was_settled(self) -> None:
        lived = lump("Zorgtoeslag 2025 definitieve berekening", date(2026, 10, 21), 400)
        lived.monthly(CARE, 129, day=20)

        assert care_of(lived).received == euros(129)

    def test_the_first_payment_by_the_month_after_it_counts(self) -> None:
        lived = lump("Zorgtoeslag 2025 definitieve berekening")
        lived.book(CARE, 129, date(2026, 11, 20), remittance="Zorgtoeslag november 2026")
        care = care_of(lived)

        assert care.verdict == "in_line"
        assert {"allowance.just_begun", "allowance.of_earlier_year"} <= set(codes(care))

    def test_the_payment_of_december_that_names_its_own_month_is_for_january(self) -> None:
        lived = lump("Zorgtoeslag december 2025", date(2025, 12, 22), 129, on=date(2026, 1, 12))

        assert care_of(lived).verdict == "in_line"

    def test_the_first_payment_by_the_month_counts_before_a_second_has_come(self) -> None:
        care = care_of(lump("Zorgtoeslag", date(2026, 10, 20), 129, on=date(2026, 11, 12)))

        assert care.verdict == "in_line"
        assert care.received == euros(129)

    def test_rent_allowance_is_settled_the_same_way(self) -> None:
        # 295.68 + 65% of (655 - 498.20) = 397.60, less 27% of (23,900 - 23,425) / 12 = 10.69: 386.91
        lived = life(rent="-655")
        lived.book(
            RENT_ALLOWANCE, 3600, date(2026, 7, 20), remittance="Huurtoeslag 2025 definitieve berekening"
        )
        rent = found(lived, household(SINGLE, "23900", rent="655"))["huurtoeslag"]

        assert rent.verdict == "unclaimed"
        assert rent.gap == a_month("386")
