"""Rent allowance beside the rent that is booked: none for a room (art. 11 Wht), and halves are one rent."""

from dataclasses import replace
from datetime import date

import pytest
from allowance_builders import RENT_ALLOWANCE, SINGLE, a_month, asked, codes, found, household, life
from assess_builders import Life

from psd2_affordability.assess.results import Allowance

TOLD = household(SINGLE, "19000", rent="525")
#: 295.68 + 65% of (525 - 498.20) = 313.10; 19,000 lies below 23,425, so nothing is taken off.
WHOLE = "313"


def renting(text: str, payee: str = "Woningstichting De Linde", rent: str = "-525") -> Life:
    lived = life(rent=None)
    for month in range(1, 12):
        lived.book("wonen.huur", rent, date(2026, month, 2), remittance=text, payee=payee)
    return lived


def of(lived: Life) -> Allowance:
    return found(lived, TOLD)["huurtoeslag"]


class TestHomeOfOnesOwn:
    @pytest.mark.parametrize(
        ("text", "payee"),
        [
            ("Huur kamer november", "Studentenflat Zuid"),
            ("kamerhuur nov", "particulier"),
            ("huur chalet 33 week 46", "De Heide BV"),
            ("Huur november", "Vakantiepark De Heide"),
            ("eigen bijdrage nachtopvang", "Stichting Onderdak"),
            ("huur antikraak", "Leegstand BV"),
        ],
    )
    def test_rent_of_a_room_shelter_or_holiday_home_is_asked_about_first(self, text: str, payee: str) -> None:
        rent = of(renting(text, payee))

        assert rent.verdict == "unknown"
        assert rent.gap == a_month("0", WHOLE)
        assert codes(rent)[0] == "allowance.not_own_home"
        assert asked(rent)[0] == "ask.own_home"

    @pytest.mark.parametrize(
        ("text", "payee"), [("huur november", "particulier"), ("Tikkie ID 0044, huur november", "Mulder")]
    )
    def test_rent_to_a_private_person_may_be_of_a_room(self, text: str, payee: str) -> None:
        rent = of(renting(text, payee))

        assert rent.verdict == "unknown"
        assert codes(rent)[0] == "allowance.rent_to_person"
        assert asked(rent)[0] == "ask.own_home"

    @pytest.mark.parametrize(
        "text", ["Huur november 2026", "Huur 3-kamerwoning Dorpsstraat", "huur kamerling 4"]
    )
    def test_a_home_of_a_landlord_is_unclaimed_still(self, text: str) -> None:
        rent = of(renting(text))

        assert rent.verdict == "unclaimed"
        assert "ask.own_home" not in asked(rent)

    def test_who_moved_from_a_room_into_a_home_of_their_own_has_a_home(self) -> None:
        lived = life(rent=None)
        for month in range(1, 12):
            text, payee = ("huur kamer", "particulier") if month < 8 else ("Huur Parklaan 3", "De Linde")
            lived.book("wonen.huur", -525, date(2026, month, 2), remittance=text, payee=payee)

        assert of(lived).verdict == "unclaimed"

    def test_once_it_is_told_that_it_is_a_home_of_ones_own_it_is_unclaimed(self) -> None:
        known = replace(TOLD, housing=replace(TOLD.housing, own_home=True))
        rent = found(renting("huur kamer"), known)["huurtoeslag"]

        assert rent.verdict == "unclaimed"
        assert rent.gap == a_month(WHOLE)

    def test_once_it_is_told_that_it_is_none_there_is_nothing_to_apply_for(self) -> None:
        known = replace(TOLD, housing=replace(TOLD.housing, own_home=False))
        rent = found(renting("Huur november"), known)["huurtoeslag"]

        assert rent.verdict == "none"
        assert [one.article for one in rent.reasons] == ["11 lid 1 Wht"]

    def test_who_lives_otherwise_but_has_a_home_of_their_own_is_not_asked_again(self) -> None:
        known = replace(TOLD, housing=replace(TOLD.housing, kind="other", own_home=True))
        rent = found(renting("Huur november"), known)["huurtoeslag"]

        assert rent.verdict == "unclaimed"
        assert "ask.own_home" not in asked(rent)

    def test_an_allowance_that_arrives_was_granted_for_that_home(self) -> None:
        rent = of(renting("huur kamer").monthly(RENT_ALLOWANCE, 313, day=20))

        assert rent.verdict == "in_line"


class TestRentInParts:
    def test_two_halves_are_the_rent_that_was_told(self) -> None:
        # 295.68 + 65% of (640 - 498.20) = 387.85, less 27% of (25,000 - 23,425) / 12 = 35.44: 352.41
        lived = life(rent=None)
        for month in range(1, 12):
            for day in (1, 15):
                lived.book("wonen.huur", -320, date(2026, month, day))
        rent = found(lived, household(SINGLE, "25000", rent="640"))["huurtoeslag"]

        assert rent.verdict == "unclaimed"
        assert rent.entitled == a_month("352")
        assert "allowance.perhaps_to_landlord" not in codes(rent)

    def test_a_half_that_is_debited_and_a_half_paid_by_hand_are_one_rent(self) -> None:
        lived = life(rent="-320")
        for month, day in ((8, 9), (9, 27), (10, 14), (11, 19)):
            lived.book("wonen.huur", -320, date(2026, month, day))
        rent = found(lived, household(SINGLE, "25000", rent="640"))["huurtoeslag"]

        assert rent.verdict == "unclaimed"

    def test_one_payment_more_in_a_month_is_no_higher_rent(self) -> None:
        # at a booked rent of 500 between 400 and 500 are bare: 295.68 + 65% of 1.80 = 296.85 at most
        lived = life(rent="-500")
        lived.book("wonen.huur", -1000, date(2026, 10, 9))
        rent = found(lived, household(SINGLE, "19000"))["huurtoeslag"]

        assert rent.entitled == a_month("197", "296")
