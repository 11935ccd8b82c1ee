"""Allowances whose ground has gone, that go elsewhere, or of which only half is due: Dutch law of 2026."""

from dataclasses import replace
from datetime import date

import pytest
from allowance_builders import (
    BENEFIT,
    BUDGET,
    CARE,
    COUPLE,
    FAMILY,
    ON,
    PARENT,
    QUARTERS,
    RENT_ALLOWANCE,
    SINGLE,
    a_month,
    answered,
    asked,
    codes,
    found,
    household,
    life,
)
from assess_builders import Life, euros

from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import ZERO

DAY_CARE, CHILDCARE = "inkomen.toeslag_kinderopvang", "kinderen.opvang"
SON = (date(2022, 6, 14),)


class TestChildcareThatStopped:
    def lived(self, ended: int) -> Life:
        return life().monthly(CHILDCARE, -1450, day=3, ended=ended).monthly(DAY_CARE, 980, day=20)

    def test_its_allowance_that_goes_on_is_too_high_and_must_be_reported_now(self) -> None:
        # last paid on 3 August; 980 came on 20 August, September and October for the three months since
        care = found(self.lived(3), household(PARENT, "25000", children=SON))["kinderopvangtoeslag"]

        assert care.verdict == "too_high"
        assert care.clawback_risk == a_month("2940", "11760")
        assert care.entitled == a_month("0")
        assert codes(care) == ["allowance.childcare_stopped"]
        (says,) = care.reasons
        assert "3 augustus 2026" in says.says_nl
        assert "€ 2.940,00" in says.says_nl
        assert "Geef het nu door" in says.says_nl
        assert asked(care)[0] == "ask.childcare_stopped"

    def test_what_was_paid_months_ago_is_not_said_to_be_paid_now(self) -> None:
        care = found(self.lived(3), household(PARENT, "25000", children=SON))["kinderopvangtoeslag"]

        assert "allowance.childcare_paid" not in codes(care)

    def test_while_childcare_goes_on_it_says_what_is_paid_now(self) -> None:
        lived = life().monthly(CHILDCARE, -900, day=3, months=12, ended=5)
        lived.monthly(CHILDCARE, -1450, day=4, months=4).monthly(DAY_CARE, 980, day=20)
        care = found(lived, household(PARENT, "25000", children=SON))["kinderopvangtoeslag"]

        (paid,) = [one for one in care.reasons if one.code == "allowance.childcare_paid"]
        assert "€ 1.450,00" in paid.says_nl

    @pytest.mark.parametrize("ended", [0, 1])
    def test_a_bill_that_is_not_there_once_is_no_end(self, ended: int) -> None:
        care = found(self.lived(ended), household(PARENT, "25000", children=SON))["kinderopvangtoeslag"]

        assert care.verdict == "unknown"
        assert "allowance.childcare_stopped" not in codes(care)

    def test_with_a_partner_who_may_pay_it_now_it_is_only_warned_of(self) -> None:
        known = household(FAMILY, "25000", "25000", children=SON)
        care = found(self.lived(3), known)["kinderopvangtoeslag"]

        assert care.verdict == "unknown"
        assert care.clawback_risk == a_month("0", "11760")
        assert codes(care)[0] == "allowance.childcare_stopped"


class TestRentThatStopped:
    def lived(self) -> Life:
        lived = life(rent=None).monthly("wonen.huur", -640, day=1, ended=4)
        return lived.monthly(RENT_ALLOWANCE, 380, day=20)

    @pytest.mark.parametrize(("told", "home"), [("640", "rent"), (None, "other"), (None, "")])
    def test_its_allowance_is_never_called_too_low_and_may_be_asked_back(
        self, told: str | None, home: str
    ) -> None:
        rent = found(self.lived(), household(SINGLE, "22500", rent=told, home=home))["huurtoeslag"]

        assert rent.verdict == "unknown"
        assert rent.clawback_risk == a_month("0", "4560")
        assert isinstance(rent.gap, Interval)
        assert rent.gap.low == ZERO
        assert asked(rent)[0] == "ask.rent_stopped"
        assert codes(rent)[0] == "allowance.rent_stopped"
        assert "1 juli 2026" in rent.reasons[0].says_nl
        assert "telt hier nog mee als inkomen" in rent.reasons[0].says_nl

    def test_rent_that_was_tried_and_came_back_has_not_stopped(self) -> None:
        lived = self.lived()
        for month in (8, 9, 10, 11):
            lived.book("wonen.huur", -640, date(2026, month, 1), return_kind="no_funds")
        rent = found(lived, household(SINGLE, "22500", rent="640"))["huurtoeslag"]

        assert "allowance.rent_stopped" not in codes(rent)

    def test_where_nothing_arrives_it_is_asked_before_anything_is_called_unclaimed(self) -> None:
        lived = life(rent=None).monthly("wonen.huur", -640, day=1, ended=4)
        rent = found(lived, household(SINGLE, "22500", rent="640"))["huurtoeslag"]

        assert rent.verdict == "unknown"
        assert asked(rent)[0] == "ask.rent_stopped"
        assert codes(rent)[0] == "allowance.no_rent_lately"

    def test_a_new_landlord_is_no_end(self) -> None:
        lived = self.lived().monthly("wonen.huur", -660, day=1, months=3, payee="De Linde")
        rent = found(lived, household(SINGLE, "22500", rent="640"))["huurtoeslag"]

        assert "allowance.rent_stopped" not in codes(rent)


class TestPaidToSomebodyElse:
    def test_rent_less_about_the_allowance_may_mean_that_the_landlord_gets_it(self) -> None:
        # 295.68 + 65% of (695 - 498.20) = 423.60; 695 - 423.60 = 271.40
        rent = found(life(rent="-271.40"), household(SINGLE, "21500", rent="695"))["huurtoeslag"]

        assert rent.verdict == "unknown"
        assert rent.entitled == a_month("423")
        assert rent.gap == a_month("0", "423")
        assert asked(rent)[:2] == ["ask.paid_to_landlord", "ask.applied"]
        assert codes(rent)[0] == "allowance.perhaps_to_landlord"

    def test_service_costs_told_beside_the_rent_make_the_difference_larger(self) -> None:
        known = household(SINGLE, "21500", rent="695")
        known = replace(known, housing=replace(known.housing, service_costs_month=euros(40)))
        rent = found(life(rent="-311.40"), known)["huurtoeslag"]

        assert asked(rent)[0] == "ask.paid_to_landlord"

    def test_a_rent_a_little_below_the_one_told_is_unclaimed_still(self) -> None:
        rent = found(life(rent="-660"), household(SINGLE, "21500", rent="695"))["huurtoeslag"]

        assert rent.verdict == "unclaimed"

    def test_a_premium_below_the_allowance_may_mean_that_the_insurer_gets_it(self) -> None:
        lived = Life(on=ON).monthly("inkomen.loon", 1700, day=24).monthly("zorg.premie", -31, day=3)
        care = found(lived, household(SINGLE, "21500"))["zorgtoeslag"]

        assert care.verdict == "unknown"
        assert asked(care)[0] == "ask.paid_to_insurer"

    def test_one_premium_of_a_couple_says_nothing_about_the_allowance_for_two(self) -> None:
        care = found(life(), household(COUPLE, "20000", "10000"))["zorgtoeslag"]

        assert "ask.paid_to_insurer" not in asked(care)

    def test_who_pays_back_an_allowance_is_asked_first_whether_the_debt_is_set_off(self) -> None:
        lived = life(rent=None).monthly("schuld.toeslag_terug_kinderopvang", -190, day=28, months=6)
        lived.monthly(CARE, 118, day=20, ended=3)
        care = found(lived, household(SINGLE, "26400"))["zorgtoeslag"]

        assert care.verdict == "unknown"
        assert asked(care)[0] == "ask.set_off"
        assert {"allowance.perhaps_set_off", "allowance.stopped"} <= set(codes(care))

    def test_an_allowance_that_says_it_is_set_off_is_not_called_too_low_before_that_is_asked(self) -> None:
        plain = life(rent=None).monthly(CARE, 60, day=20)
        noted = life(rent=None).monthly(CARE, 60, day=20)
        noted.rows[-1]["remittance"] = "Zorgtoeslag november verrekening"
        low, care = (found(one, household(SINGLE, "26400"))["zorgtoeslag"] for one in (plain, noted))

        assert low.verdict == "too_low"
        assert care.verdict == "unknown"
        assert asked(care)[0] == "ask.set_off"
        assert "allowance.set_off" in codes(care)
        assert care.gap.low == ZERO

    def test_a_repayment_of_years_ago_sets_nothing_off(self) -> None:
        lived = life(rent=None)
        lived.book("schuld.toeslag_terug_zorg", -190, date(2025, 3, 28))
        care = found(lived, household(SINGLE, "26400"))["zorgtoeslag"]

        assert care.verdict == "unclaimed"

    def test_who_has_an_administrator_is_asked_first_whether_it_goes_there(self) -> None:
        lived = life().monthly("schuld.bewind", -140, day=26, payee="Bewind Noord")
        told = found(lived, household(SINGLE, "21500", rent="620.10"))

        for code in ("zorgtoeslag", "huurtoeslag"):
            assert told[code].verdict == "unknown"
            assert asked(told[code])[0] == "ask.paid_to_manager"
            assert "Bewind Noord" in told[code].reasons[0].says

    def test_where_one_allowance_arrives_here_the_administrator_does_not_get_the_other(self) -> None:
        lived = life().monthly("schuld.bewind", -140, day=26).monthly(CARE, 129, day=20)
        rent = found(lived, household(SINGLE, "21500", rent="620.10"))["huurtoeslag"]

        assert rent.verdict == "unclaimed"

    def test_the_profile_does_not_say_to_claim_first_what_somebody_else_may_get(self) -> None:
        lived = life(1000, rent="-271.40").monthly(CARE, 129, day=20)
        profile = answered(lived, household(SINGLE, "21500", rent="695"), "profile", "allowances").profile

        assert profile is not None
        assert "huurtoeslag" not in " ".join(reason.says for reason in profile.reasons)


class TestCoParents:
    def lived(self, quarter: str) -> Life:
        return life(rent=None).series(BENEFIT, quarter, QUARTERS, "quarterly", 91)

    @pytest.mark.parametrize("quarter", ["181.18", "149.20"])
    def test_half_of_the_child_benefit_asks_which_parent_gets_what(self, quarter: str) -> None:
        # for a child of eight 362.35 a quarter: half is 181.18; half of that for the youngest is 149.20
        told = found(self.lived(quarter), household(PARENT, "25000", children=(date(2018, 5, 5),)))
        benefit, budget = told["kinderbijslag"], told["kindgebonden_budget"]

        assert benefit.verdict == budget.verdict == "unknown"
        assert asked(benefit) == ["ask.co_parent"]
        assert asked(budget)[0] == "ask.co_parent"
        assert benefit.clawback_risk == a_month("0")
        assert isinstance(budget.gap, Interval)
        assert budget.gap.low == ZERO

    def test_the_child_budget_that_arrives_beside_half_the_benefit_is_the_own_one(self) -> None:
        lived = self.lived("181.18").monthly(BUDGET, 499, day=20)
        told = found(lived, household(PARENT, "25000", children=(date(2018, 5, 5),)))

        assert told["kindgebonden_budget"].verdict == "in_line"

    def test_three_quarters_of_the_child_benefit_is_too_low(self) -> None:
        told = found(self.lived("271"), household(PARENT, "25000", children=(date(2018, 5, 5),)))

        assert told["kinderbijslag"].verdict == "too_low"


class TestIncomeThatMayBeAnothers:
    def lived(self) -> Life:
        """Two wages, of which the larger stopped in August, and a rent of 760."""
        lived = Life(on=ON).monthly("inkomen.loon", 2400, day=25, ended=3, payee="Metaal BV")
        lived.monthly("inkomen.loon", 1100, day=26, payee="School").monthly("zorg.premie", -160, day=3)
        return lived.monthly("wonen.huur", -760, day=1)

    def test_a_wage_that_stopped_beside_another_does_not_cap_what_a_single_person_may_have(self) -> None:
        # her own 1,100 alone gives the whole zorgtoeslag, and at a rent of 760 the whole huurtoeslag:
        # 295.68 + 65% of (713.02 - 498.20) = 435.31, + 40% of (760 - 713.02) = 18.79: 454
        told = found(self.lived(), household(SINGLE, rent="760"))

        assert told["zorgtoeslag"].entitled == a_month("0", "129")
        assert told["huurtoeslag"].entitled == a_month("0", "454")
        assert "ask.ended_income" in asked(told["zorgtoeslag"])

    def test_of_a_couple_the_wage_that_stopped_counts(self) -> None:
        told = found(self.lived(), household(COUPLE, rent="760"))

        assert "ask.ended_income" not in asked(told["zorgtoeslag"])

    def test_an_old_job_before_a_new_one_counts(self) -> None:
        lived = Life(on=ON).monthly("inkomen.loon", 3400, day=25, months=10, ended=5, payee="Metaal BV")
        lived.monthly("inkomen.loon", 3400, day=26, months=4, payee="School").monthly("zorg.premie", -160)
        care = found(lived, household(SINGLE))["zorgtoeslag"]

        assert "ask.ended_income" not in asked(care)
        assert care.verdict == "none"

    def test_far_more_than_was_told_leaves_nothing_sure_and_asks_what_changed(self) -> None:
        lived = life(1700, rent="-640").monthly("inkomen.loon", 1900, day=24, months=4, payee="Zorghuis")
        lived.monthly(CARE, 129, day=20).monthly(RENT_ALLOWANCE, 380, day=20)
        told = found(lived, household(SINGLE, "22500", rent="640"))

        for code in ("zorgtoeslag", "huurtoeslag"):
            assert told[code].verdict == "unknown"
            assert codes(told[code])[0] == "allowance.income_higher_than_told"
            assert asked(told[code])[:2] == ["ask.year_of_income", "ask.changed"]


class TestAssets:
    KNOWN = household(SINGLE, "25500", rent="640")

    def test_more_than_the_limit_on_1_january_makes_nothing_sure_and_is_asked_first(self) -> None:
        lived = life(1700, rent="-640").monthly("huishouden.boodschappen", -900)
        told = found(lived, self.KNOWN, balance="60000")
        rent = told["huurtoeslag"]

        assert rent.verdict == "unknown"
        assert isinstance(rent.entitled, Interval)
        assert rent.entitled.low == ZERO
        assert asked(rent)[0] == "ask.assets"
        assert codes(rent)[0] == "allowance.assets_above_limit"
        assert "1 januari 2026" in rent.reasons[0].says_nl
        assert told["zorgtoeslag"].verdict == "unclaimed"

    def test_what_came_in_this_year_ends_the_right_with_the_next_1_january(self) -> None:
        lived = life(1700, rent="-640").monthly("huishouden.boodschappen", -900)
        lived.book("inkomen.eenmalig", 46000, date(2026, 8, 14))
        rent = found(lived, self.KNOWN, balance="50000")["huurtoeslag"]

        assert rent.verdict == "unclaimed"
        assert "allowance.assets_next_year" in codes(rent)

    def test_savings_that_went_out_of_sight_count_and_what_was_there_then_is_asked(self) -> None:
        lived = life(1700, rent="-640").monthly(RENT_ALLOWANCE, 250, day=20)
        lived.book("inkomen.eenmalig", 46000, date(2026, 8, 14))
        lived.book("intern.sparen", -40000, date(2026, 8, 17))
        rent = found(lived, self.KNOWN)["huurtoeslag"]

        assert rent.verdict == "unknown"
        assert rent.clawback_risk == a_month("0", "3000")
        assert asked(rent)[0] == "ask.assets"

    def test_an_ordinary_balance_says_nothing(self) -> None:
        rent = found(life(1700, rent="-640"), self.KNOWN, balance="9000")["huurtoeslag"]

        assert rent.verdict == "unclaimed"
        assert not any(code.startswith("allowance.assets") for code in codes(rent))


class TestQuestions:
    def test_each_question_about_applying_names_its_allowance(self) -> None:
        told = found(life(), household(SINGLE, "23900", rent="620.10"))

        for code in ("zorgtoeslag", "huurtoeslag"):
            (applied,) = [q.says for q in told[code].questions if q.says.code == "ask.applied"]
            assert code in applied.says
            assert code in applied.says_nl

    def test_the_room_does_not_ask_for_an_allowance_that_the_told_income_rules_out(self) -> None:
        known = household(COUPLE, "42000", "30000", rent="640")
        room = answered(life(2600, rent="-640"), known, "room").room

        assert room is not None
        assert not {"ask.care_allowance", "ask.rent_allowance"} & {one.code for one in room.questions}

    def test_the_room_asks_for_an_allowance_that_the_told_income_leaves(self) -> None:
        room = answered(life(1700, rent="-640"), household(SINGLE, "22500", rent="640"), "room").room

        assert room is not None
        assert {"ask.care_allowance", "ask.rent_allowance"} <= {one.code for one in room.questions}

    def test_a_doubt_is_never_a_reason_to_hide_what_may_be_due(self) -> None:
        rent = found(life(rent="-271.40"), household(SINGLE, "21500", rent="695"))["huurtoeslag"]

        assert not isinstance(rent.gap, Unknown)
        assert rent.gap.high == euros(423)
