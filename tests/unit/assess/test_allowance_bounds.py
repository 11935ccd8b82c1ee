"""What is said of allowances when something is not known, or nothing is due: Dutch law of 2026."""

from datetime import date

import pytest
from allowance_builders import (
    BENEFIT,
    CARE,
    COUPLE,
    ON,
    PARENT,
    QUARTERS,
    SINGLE,
    a_month,
    asked,
    codes,
    found,
    household,
    life,
)
from assess_builders import KNOWLEDGE, Life, euros, understood

from law_material import law
from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.assess.run import assess
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import ZERO, Money


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


class TestNoChildcare:
    def test_who_lives_alone_with_children_and_pays_no_childcare_has_nothing_to_be_allowed_for(self) -> None:
        known = household(HouseholdType.SINGLE_PARENT, "23900", children=(date(2022, 3, 1),))
        care = found(life(), known)["kinderopvangtoeslag"]

        assert (care.verdict, care.entitled, care.gap) == ("none", a_month("0"), a_month("0"))

    def test_where_a_partner_may_pay_the_childcare_the_amount_stays_unknown(self) -> None:
        known = household(HouseholdType.COUPLE_WITH_CHILDREN, "23900", "23900", children=(date(2022, 3, 1),))
        care = found(life(), known)["kinderopvangtoeslag"]

        assert care.verdict == "none"
        assert isinstance(care.entitled, Unknown)
