"""Childcare allowance beside what is paid for childcare: it is never more than that."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from allowance_builders import FAMILY, PARENT, a_month, asked, codes, found, household, life
from assess_builders import ACCOUNT, Life, euros

from psd2_affordability.assess.household import AccountShare, Household
from psd2_affordability.assess.results import Allowance
from psd2_affordability.core.answer import Unknown

DAY_CARE, CHILDCARE = "inkomen.toeslag_kinderopvang", "kinderen.opvang"
SON = (date(2022, 6, 14),)
ALONE = household(PARENT, "25000", children=SON)


def lived_with(paid: int, arrives: int = 900) -> Life:
    return life().monthly(CHILDCARE, -paid, day=3).monthly(DAY_CARE, arrives, day=20)


def of(lived: Life, known: Household = ALONE) -> Allowance:
    return found(lived, known)["kinderopvangtoeslag"]


class TestMoreThanIsPaid:
    def test_of_a_single_parent_it_is_too_high_and_the_difference_can_be_asked_back(self) -> None:
        # 900 - 620 = 280 a month, 3,360 a year; with no right at all 12 x 900 = 10,800
        care = of(lived_with(620))

        assert care.verdict == "too_high"
        assert isinstance(care.entitled, Unknown)
        assert care.clawback_risk == a_month("3360", "10800")
        assert codes(care)[0] == "allowance.too_high"
        assert "allowance.never_more_than_paid" in codes(care)
        assert "hoogstens € 620,00" in care.reasons[0].says_nl
        assert "€ 3.360,00" in care.reasons[0].says_nl

    def test_a_partner_may_pay_a_part_so_then_it_is_only_warned_of(self) -> None:
        care = of(lived_with(620), household(FAMILY, "25000", "25000", children=SON))

        assert care.verdict == "unknown"
        assert care.clawback_risk == a_month("0", "3360")
        assert codes(care)[0] == "allowance.more_than_paid"
        assert asked(care)[0] == "ask.childcare_paid"

    def test_a_childminder_who_is_paid_as_a_private_person_may_be_the_rest(self) -> None:
        lived = lived_with(30, 380).monthly("huishouden.particulier", -420, day=4)

        assert of(lived).verdict == "unknown"

    def test_a_small_sum_to_a_friend_each_month_does_not_explain_the_difference(self) -> None:
        care = of(lived_with(620).monthly("huishouden.particulier", -50, day=4))

        assert care.verdict == "too_high"
        assert "€ 670,00" in care.reasons[0].says_nl

    def test_an_allowance_below_what_is_paid_says_nothing(self) -> None:
        care = of(lived_with(950))

        assert care.verdict == "unknown"
        assert not {"allowance.more_than_paid", "allowance.never_more_than_paid"} & set(codes(care))

    def test_what_was_paid_more_in_the_last_months_counts(self) -> None:
        # 620, 620 and 1,460 in the last three months: 900 on average
        lived = lived_with(620)
        lived.book(CHILDCARE, -840, date(2026, 9, 8))

        assert of(lived).verdict == "unknown"

    def test_a_first_bill_says_nothing_yet_about_a_whole_month(self) -> None:
        lived = life().monthly(DAY_CARE, 900, day=20, months=1)
        lived.book(CHILDCARE, -300, date(2026, 11, 3))

        assert "allowance.never_more_than_paid" not in codes(of(lived))

    def test_half_of_a_joint_account_is_held_whole_against_the_whole_allowance(self) -> None:
        known = replace(ALONE, accounts=(AccountShare(ACCOUNT, Fraction(1, 2)),))
        care = of(lived_with(950), known)

        assert care.received == euros(900)
        assert "allowance.never_more_than_paid" not in codes(care)
