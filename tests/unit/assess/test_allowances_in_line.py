"""Allowances that arrive as the law has them, however they are paid: Dutch law of 2026."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from allowance_builders import (
    BENEFIT,
    CARE,
    COUPLE,
    JOINT,
    PARENT,
    QUARTERS,
    RENT_ALLOWANCE,
    SINGLE,
    a_month,
    asked,
    codes,
    found,
    household,
    life,
)
from assess_builders import ACCOUNT, euros

from psd2_affordability.assess.household import AccountShare
from psd2_affordability.core.answer import Unknown


class TestInLine:
    def test_social_assistance_with_both_allowances_is_in_line_and_asks_nothing(self) -> None:
        # 295.68 + 65% of 121.90 = 374.91
        lived = life().monthly(CARE, 129, day=20).monthly(RENT_ALLOWANCE, 374, day=20)
        told = found(lived, household(SINGLE, "20450", rent="620.10"))

        for code in ("zorgtoeslag", "huurtoeslag"):
            assert told[code].verdict == "in_line"
            assert told[code].gap == told[code].clawback_risk == a_month("0")
            assert told[code].questions == ()

    def test_an_excess_that_is_not_asked_back_is_in_line(self) -> None:
        # 8 a month too much is 96 a year, and up to 121 is not asked back
        care = found(life().monthly(CARE, 137, day=20), household(SINGLE, "20000"))["zorgtoeslag"]

        assert care.verdict == "in_line"
        assert care.clawback_risk == a_month("96")

    def test_on_a_joint_account_of_which_half_counts_an_allowance_is_seen_whole(self) -> None:
        known = household(COUPLE, "20000", "10000", rent="620.10")
        joint = replace(known, accounts=(AccountShare(ACCOUNT, Fraction(1, 2)),))
        told = found(life().monthly(CARE, 243, day=20), joint)

        assert told["zorgtoeslag"].received == euros(243)
        assert told["zorgtoeslag"].verdict == "in_line"

    def test_one_payment_for_two_allowances_is_held_against_their_sum(self) -> None:
        lived = life().monthly(JOINT, 503, day=20)
        told = found(lived, household(SINGLE, "20450", rent="620.10"))

        assert told["zorgtoeslag"].verdict == told["huurtoeslag"].verdict == "in_line"
        assert isinstance(told["zorgtoeslag"].received, Unknown)
        assert told["zorgtoeslag"].gap == told["zorgtoeslag"].clawback_risk == a_month("0")
        assert codes(told["huurtoeslag"]) == ["allowance.in_line_together"]

    def test_one_payment_that_fits_zorgtoeslag_alone_leaves_huurtoeslag_unclaimed(self) -> None:
        lived = life().monthly(JOINT, 129, day=20)
        told = found(lived, household(SINGLE, "20450", rent="620.10"))

        assert told["zorgtoeslag"].received == euros(129)
        assert told["zorgtoeslag"].verdict == "in_line"
        assert told["huurtoeslag"].verdict == "unclaimed"

    def test_one_payment_that_fits_nothing_is_asked_about(self) -> None:
        lived = life().monthly(JOINT, 250, day=20)
        told = found(lived, household(SINGLE, "20450", rent="620.10"))

        assert {told[code].verdict for code in ("zorgtoeslag", "huurtoeslag")} == {"unknown"}
        for code in ("zorgtoeslag", "huurtoeslag"):
            assert codes(told[code]) == ["allowance.kind_not_shown"]
            assert "ask.paid_for" in asked(told[code])

    def test_a_year_in_one_payment_is_spread_over_its_months(self) -> None:
        lived = life()
        lived.book(CARE, 1548, date(2026, 3, 20))
        care = found(lived, household(SINGLE, "20000"))["zorgtoeslag"]

        assert care.received == euros(129)
        assert care.verdict == "in_line"
        assert "allowance.once_a_year" in codes(care)

    @pytest.mark.parametrize("on", [date(2026, 12, 22), date(2026, 12, 30)])
    def test_the_payment_of_december_is_for_january_and_does_not_count_for_december(self, on: date) -> None:
        days = [date(2026, month, 20) for month in range(1, 12)]
        lived = life(on=on).series(CARE, 129, days, "monthly", 30)
        lived.book(CARE, 400, date(2026, 12, 20))
        care = found(lived, household(SINGLE, "20000"))["zorgtoeslag"]

        assert care.received == euros(129)
        assert care.verdict == "in_line"

    def test_a_back_payment_beside_the_regular_one_is_left_out(self) -> None:
        lived = life().monthly(CARE, 129, day=20)
        lived.book(CARE, 700, date(2026, 10, 22))
        care = found(lived, household(SINGLE, "20000"))["zorgtoeslag"]

        assert care.received == euros(129)

    def test_what_has_just_begun_counts_from_its_first_payment(self) -> None:
        lived = life()
        lived.book(CARE, 129, date(2026, 11, 20))
        care = found(lived, household(SINGLE, "20000"))["zorgtoeslag"]

        assert care.verdict == "in_line"
        assert "allowance.just_begun" in codes(care)

    def test_child_benefit_is_held_against_the_quarter_it_was_paid_for(self) -> None:
        # twelve on 1 October: 362.35 was right for the third quarter, 426.29 comes in January
        lived = life().series(BENEFIT, "362.35", QUARTERS, "quarterly", 91)
        benefit = found(lived, household(PARENT, "25000", children=(date(2014, 10, 1),)))["kinderbijslag"]

        assert benefit.verdict == "in_line"
        assert benefit.received == euros("120.78")
        assert benefit.entitled == a_month("142.10")
        assert "allowance.next_quarter_differs" in codes(benefit)

    def test_the_rule_of_the_quarter_that_was_paid_for_stands_in_the_receipt_too(self) -> None:
        on = date(2026, 7, 20)
        lived = life(on=on).series(BENEFIT, "358.30", QUARTERS[:3], "quarterly", 91)
        benefit = found(lived, household(PARENT, "25000", children=(date(2018, 3, 1),)))["kinderbijslag"]

        assert benefit.verdict == "in_line"
        assert {str(use.in_force) for use in benefit.law.rules} == {"2026-01-01", "2026-07-01"}

    def test_a_new_baby_has_nothing_paid_yet_and_that_is_no_unclaimed_benefit(self) -> None:
        benefit = found(life(), household(PARENT, "25000", children=(date(2026, 9, 10),)))["kinderbijslag"]

        assert benefit.entitled == a_month("99.47")
        assert benefit.verdict == "unknown"
        assert codes(benefit) == ["allowance.first_payment_later"]
