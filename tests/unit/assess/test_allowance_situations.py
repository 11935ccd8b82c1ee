"""Allowances as a counsellor would state them: Dutch law of 2026, amounts worked out by hand.

Zorgtoeslag of a single person: (2,119 - 1.912% of 29,736 - 13.73% of the income above it) / 12, whole
euros downward. Huurtoeslag at a rent R up to 713.02: 498.20 - 202.52 + 65% of (R - 498.20), less a
twelfth of 27% of the income above 23,425. Kindgebonden budget of a single parent: 2,580 a child + 3,416.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from assess_builders import ACCOUNT, KNOWLEDGE, Life, euros, understood

from law_material import law
from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import AccountShare, Household, HouseholdType, Housing, Person
from psd2_affordability.assess.results import Allowance
from psd2_affordability.assess.run import assess
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import ZERO, Money

ON = date(2026, 11, 22)
SINGLE, PARENT, COUPLE, FAMILY = HouseholdType
CARE, RENT_ALLOWANCE = "inkomen.toeslag_zorg", "inkomen.toeslag_huur"
BUDGET, BENEFIT, JOINT = "inkomen.toeslag_kindgebonden", "inkomen.kinderbijslag", "inkomen.toeslag_onbepaald"
QUARTERS = [date(2026, month, 2) for month in (1, 4, 7, 10)]


def household(
    kind: HouseholdType | None = SINGLE,
    *taxable: str,
    rent: str | None = None,
    children: tuple[date, ...] = (),
    home: str = "rent",
) -> Household:
    return Household(
        type=kind,
        persons=tuple(Person(taxable_income_year=euros(amount)) for amount in taxable),
        children=children,
        housing=Housing(kind=home, rent_month=None if rent is None else euros(rent)),
    )


def life(wage: str | int = 1700, rent: str | int | None = "-620.10", on: date = ON) -> Life:
    """Wages and a health insurance premium, and rent."""
    lived = Life(on=on).monthly("inkomen.loon", wage, day=24).monthly("zorg.premie", -160, day=3)
    return lived if rent is None else lived.monthly("wonen.huur", rent, day=1)


def found(lived: Life, known: Household | None = None) -> dict[str, Allowance]:
    case = Case(household=known or household())
    answers = assess(understood(lived), {lived.subject: case}, law(), KNOWLEDGE, lived.on, ("allowances",))
    allowances = answers[lived.subject].allowances
    assert allowances is not None
    return {one.code: one for one in allowances}


def codes(one: Allowance) -> list[str]:
    return [reason.code for reason in one.reasons]


def asked(one: Allowance) -> list[str]:
    return [question.says.code for question in one.questions]


def a_month(low: str, high: str | None = None) -> Interval:
    return Interval(euros(low), euros(high or low))


class TestUnclaimed:
    def test_a_low_wage_with_rent_and_no_allowance_leaves_both_unclaimed_the_larger_first(self) -> None:
        # 295.68 + 65% of 157.20 = 397.86; less 27% of (23,900 - 23,425) / 12 = 10.69: 387.17
        told = found(life(rent="-655.40"), household(SINGLE, "23900", rent="655.40"))

        assert list(told)[:2] == ["huurtoeslag", "zorgtoeslag"]
        assert told["huurtoeslag"].verdict == told["zorgtoeslag"].verdict == "unclaimed"
        assert told["huurtoeslag"].gap == a_month("387")
        assert told["zorgtoeslag"].gap == a_month("129")

    def test_it_says_probably_and_until_when_last_year_can_be_asked_for(self) -> None:
        care = found(life(), household(SINGLE, "20000", rent="620.10"))["zorgtoeslag"]

        assert "waarschijnlijk" in care.reasons[0].says_nl
        assert care.reasons[0].rule == "nl.zorgtoeslag"
        assert care.reasons[0].article.endswith("Wzt")
        (term,) = [one for one in care.reasons if one.code == "allowance.last_day_to_claim"]
        assert "zorgtoeslag over 2025" in term.says_nl
        assert "31 december 2026" in term.says_nl
        assert care.apply_at == "https://www.toeslagen.nl"

    def test_the_asset_test_is_asked_with_its_limit(self) -> None:
        care = found(life(), household(SINGLE, "20000", rent="620.10"))["zorgtoeslag"]

        (assets,) = [one.says for one in care.questions if one.says.code == "ask.assets"]
        assert "€ 146.011,00" in assets.says_nl

    def test_what_stopped_three_months_ago_is_unclaimed_and_says_when_it_last_came(self) -> None:
        lived = life().monthly(CARE, 129, day=20, ended=3)
        care = found(lived, household(SINGLE, "20000", rent="620.10"))["zorgtoeslag"]

        assert care.verdict == "unclaimed"
        (stopped,) = [one for one in care.reasons if one.code == "allowance.stopped"]
        assert "20 augustus 2026" in stopped.says_nl
        assert len(stopped.transactions) == 1

    def test_a_self_employed_owner_whose_profit_is_told_has_zorgtoeslag_but_no_huurtoeslag(self) -> None:
        # 1,550.45 - 13.73% of (33,800 - 29,736) = 992.46: 82 a month
        lived = Life(on=ON).loose("inkomen.zzp", 3500).monthly("zorg.premie", -158)
        told = found(lived, household(SINGLE, "33800", home="owner"))

        assert told["zorgtoeslag"].gap == a_month("82")
        assert told["huurtoeslag"].verdict == "none"

    def test_a_single_parent_with_child_benefit_alone_leaves_the_child_budget(self) -> None:
        # 2,580 + 3,416 = 5,996 a year: 499 a month
        lived = life().series(BENEFIT, "362.35", QUARTERS, "quarterly", 91)
        told = found(lived, household(PARENT, "25000", rent="620.10", children=(date(2018, 3, 1),)))

        assert told["kindgebonden_budget"].gap == a_month("499")
        assert told["kindgebonden_budget"].verdict == "unclaimed"
        assert told["kinderbijslag"].verdict == "in_line"

    def test_a_couple_that_gets_one_allowance_here_probably_leaves_the_other(self) -> None:
        # couple: 4,238 - 4.289% of 29,736 = 2,962.62, above 29,736 less 13.73%: at 30,000 2,926.38: 243
        lived = life().monthly(RENT_ALLOWANCE, 376, day=20)
        told = found(lived, household(COUPLE, "20000", "10000", rent="620.10"))

        assert told["zorgtoeslag"].verdict == "unclaimed"
        assert told["zorgtoeslag"].gap == a_month("243")

    def test_a_couple_without_any_is_asked_for_the_account_of_the_partner_first(self) -> None:
        told = found(life(), household(COUPLE, "20000", "10000", rent="620.10"))
        care = told["zorgtoeslag"]

        assert care.verdict == "unknown"
        assert care.questions[0].says.code == "ask.partner_account"
        assert care.questions[0].settles == euros(243)
        assert codes(care) == ["allowance.perhaps_to_partner"]


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


class TestTooLowAndTooHigh:
    def test_after_a_raise_the_old_allowance_is_too_high_with_a_years_clawback(self) -> None:
        # due at 36,100: 1,550.45 - 13.73% of 6,364 = 676.67: 56; (129 - 56) x 12 = 876
        care = found(life().monthly(CARE, 129, day=20), household(SINGLE, "36100"))["zorgtoeslag"]

        assert care.verdict == "too_high"
        assert care.clawback_risk == a_month("876")
        assert care.reasons[0].article == "26a Awir"
        assert "€ 876,00" in care.reasons[0].says_nl
        assert "ask.changed" in asked(care)
        assert len(care.reasons[0].transactions) == 1

    def test_after_a_job_was_lost_the_old_allowance_is_too_low(self) -> None:
        care = found(life().monthly(CARE, 56, day=20), household(SINGLE, "26400"))["zorgtoeslag"]

        assert care.verdict == "too_low"
        assert care.gap == a_month("73")
        assert asked(care) == ["ask.set_off"]

    def test_what_was_paid_back_is_shown_beside_an_allowance_that_is_too_low(self) -> None:
        lived = life().monthly(CARE, 56, day=20).monthly("schuld.toeslag_terug_zorg", -40, months=3)
        care = found(lived, household(SINGLE, "26400"))["zorgtoeslag"]

        (paid_back,) = [one for one in care.reasons if one.code == "allowance.paid_back"]
        assert "€ 160,00" in paid_back.says_nl
        assert len(paid_back.transactions) == 4

    def test_an_owner_with_huurtoeslag_has_no_right_to_it(self) -> None:
        lived = life(rent=None).monthly(RENT_ALLOWANCE, 200, day=20).monthly("wonen.hypotheek", -900)
        rent = found(lived, household(SINGLE, "30000", home=""))["huurtoeslag"]

        assert rent.verdict == "too_high"
        assert rent.clawback_risk == a_month("2400")

    def test_child_benefit_for_a_child_that_has_turned_eighteen_will_be_asked_back(self) -> None:
        # 426.29 a quarter is 142.10 a month, 1,705.20 a year in whole months
        lived = life().series(BENEFIT, "426.29", QUARTERS, "quarterly", 91)
        benefit = found(lived, household(SINGLE, "33700", children=(date(2008, 2, 9),)))["kinderbijslag"]

        assert benefit.verdict == "too_high"
        assert benefit.clawback_risk == a_month("1705.20")
        assert benefit.reasons[0].article.endswith("AKW")

    def test_one_payment_above_all_that_can_be_due_is_too_high(self) -> None:
        lived = life().monthly(JOINT, 700, day=20)
        told = found(lived, household(SINGLE, "20450", rent="620.10"))

        assert told["huurtoeslag"].verdict == "too_high"
        assert told["huurtoeslag"].clawback_risk == a_month("2364")


class TestBetweenBounds:
    def test_from_net_wages_alone_the_right_lies_between_bounds(self) -> None:
        # ten months seen and two to come: 21,600 net at least, so taxable; at most 23,400 with holiday pay,
        # which was 23,400 / 64.25% = 36,420.24 if no credit was counted: 633 a year, 52 a month
        care = found(life(1800), household(SINGLE))["zorgtoeslag"]

        assert care.entitled == a_month("52", "129")
        assert care.verdict == "unclaimed"
        assert asked(care)[:1] == ["ask.applied"]
        assert "ask.assessment_income" in asked(care)
        settles = {one.says.code: one.settles for one in care.questions}
        assert settles["ask.assessment_income"] == euros(77)

    def test_a_rent_seen_in_bookings_may_hold_service_costs(self) -> None:
        # 620.10: 374; four fifths of it, 496.08, gives 496.08 - 202.52 = 293.56
        rent = found(life(), household(SINGLE, "20000"))["huurtoeslag"]

        assert rent.entitled == a_month("293", "374")
        assert "ask.bare_rent" in asked(rent)

    def test_told_service_costs_are_taken_off_the_rent_seen(self) -> None:
        known = Household(
            type=SINGLE,
            persons=(Person(taxable_income_year=euros(20000)),),
            housing=Housing(kind="rent", service_costs_month=euros("24.10")),
        )

        # 596.00: 295.68 + 65% of 97.80 = 359.25
        assert found(life(), known)["huurtoeslag"].entitled == a_month("359")

    def test_a_partner_of_whom_nothing_is_known_leaves_the_low_end_at_nothing(self) -> None:
        care = found(life().monthly(CARE, 200, day=20), household(COUPLE))["zorgtoeslag"]

        assert care.entitled == a_month("0", "246")
        assert care.verdict == "unknown"
        assert "ask.assessment_incomes" in asked(care)

    def test_a_household_of_which_nothing_is_known_is_asked_who_lives_there(self) -> None:
        told = found(life(), Household())

        assert told["zorgtoeslag"].verdict == "unknown"
        assert "ask.household_type" in asked(told["zorgtoeslag"])
        assert isinstance(told["kinderbijslag"].entitled, Unknown)
        assert {"ask.household_type", "ask.children"} <= set(asked(told["kinderbijslag"]))

    def test_turnover_is_no_income_so_profit_is_asked_and_nothing_claimed(self) -> None:
        lived = Life(on=ON).loose("inkomen.zzp", 3500).monthly("zorg.premie", -158)
        care = found(lived, household(SINGLE, home="owner"))["zorgtoeslag"]

        assert care.verdict == "unknown"
        assert "ask.profit" in asked(care)

    def test_no_income_at_all_is_unknown_and_never_taken_for_nothing(self) -> None:
        lived = Life(on=ON).monthly("zorg.premie", -160).loose("huishouden.boodschappen", -300)
        care = found(lived, household(SINGLE))["zorgtoeslag"]

        assert care.verdict == "unknown"
        assert "ask.assessment_income" in asked(care)

    def test_seized_wages_do_not_bound_the_income_from_above(self) -> None:
        lived = Life(on=ON).monthly("zorg.premie", -160)
        days = [date(2026, month, 24) for month in range(1, 11)]
        lived.series("inkomen.loon", 1700, days, "monthly", 30)
        for row in lived.rows:
            if row["category"] == "inkomen.loon":
                row["remittance"] = "Salaris na inhouding loonbeslag"
        care = found(lived, household(SINGLE))["zorgtoeslag"]

        assert care.entitled == a_month("0", "129")

    def test_without_a_premium_it_is_asked_whether_there_is_an_insurance(self) -> None:
        care = found(Life(on=ON).monthly("inkomen.loon", 1700), household(SINGLE, "20000"))["zorgtoeslag"]

        assert care.verdict == "unknown"
        assert "ask.insured" in asked(care)

    def test_a_room_gives_huurtoeslag_only_as_a_home_of_its_own(self) -> None:
        rent = found(life(), household(SINGLE, "20000", rent="565", home="other"))["huurtoeslag"]

        assert rent.verdict == "unknown"
        assert "ask.own_home" in asked(rent)
        assert rent.gap.low == ZERO

    def test_child_benefit_for_children_nobody_told_of_is_asked_about(self) -> None:
        lived = life().series(BENEFIT, "362.35", QUARTERS, "quarterly", 91)
        benefit = found(lived, household(SINGLE, "25000"))["kinderbijslag"]

        assert benefit.verdict == "unknown"
        assert "ask.children" in asked(benefit)

    def test_childcare_that_is_paid_without_an_allowance_is_asked_about_with_its_costs(self) -> None:
        lived = life().monthly("kinderen.opvang", -600, day=27)
        known = household(PARENT, "25000", rent="620.10", children=(date(2024, 2, 1),))
        care = found(lived, known)["kinderopvangtoeslag"]

        assert care.verdict == "unknown"
        assert care.questions[0].says.code == "ask.childcare"
        assert care.questions[0].settles == euros(600)

    def test_more_net_than_was_told_to_be_taxable_is_said(self) -> None:
        care = found(life(2600), household(SINGLE, "20000"))["zorgtoeslag"]

        assert "allowance.income_higher_than_told" in codes(care)


class TestNothingToFind:
    def test_a_high_income_without_children_has_no_right_to_any(self) -> None:
        told = found(life(3200), household(SINGLE, "60000", rent="900"))

        assert {one.verdict for one in told.values()} == {"none"}
        assert not any(one.questions for one in told.values())

    def test_a_minor_has_no_zorgtoeslag_yet(self) -> None:
        young = Household(type=SINGLE, persons=(Person(date(2009, 3, 1), euros(6000)),))

        assert found(life(500), young)["zorgtoeslag"].verdict == "none"

    def test_old_data_do_not_tell_what_arrives_now(self) -> None:
        lived = Life(on=ON)
        for row in life(on=date(2026, 5, 31)).rows:
            lived.rows.append(row)
        care = found(lived, household(SINGLE, "20000"))["zorgtoeslag"]

        assert isinstance(care.received, Unknown)
        assert care.verdict == "unknown"

    @pytest.mark.parametrize("kind", list(HouseholdType))
    def test_every_household_gets_all_five_each_once(self, kind: HouseholdType) -> None:
        told = found(life(), household(kind))

        assert sorted(told) == [
            "huurtoeslag",
            "kinderbijslag",
            "kinderopvangtoeslag",
            "kindgebonden_budget",
            "zorgtoeslag",
        ]


def test_questions_come_with_the_most_euros_first() -> None:
    for one in found(life(1800), Household()).values():
        euros_each = [Money(0) if isinstance(q.settles, Unknown) else q.settles for q in one.questions]
        assert euros_each == sorted(euros_each, reverse=True)


def test_the_receipt_names_the_rules_of_the_allowances() -> None:
    lived = life()
    answers = assess(
        understood(lived), {"eva": Case(household=household())}, law(), KNOWLEDGE, ON, ("allowances",)
    )

    used = {rule.id for rule in answers["eva"].receipt.rules}
    assert {
        "nl.zorgtoeslag",
        "nl.huurtoeslag",
        "nl.inkomstenbelasting",
        "nl.toeslagen_terugvordering",
    } <= used
