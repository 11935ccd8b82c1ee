"""The beslagvrije voet in less usual situations: other income, a benefit, an institution, an owned home."""

from dataclasses import replace
from datetime import date

import pytest

from law_material import NOT_GIVEN, bounds, euros, exact, household, law
from psd2_affordability.assess.household import Household, HouseholdType, Housing
from psd2_affordability.core.answer import Interval, LegalAnswer
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl.beslagvrije_voet import Situation

NOW = date(2026, 7, 1)
SINGLE, COUPLE = HouseholdType.SINGLE, HouseholdType.COUPLE
PLAIN = Situation(NOT_GIVEN)


def answered(who: Household, situation: Situation, on: date = NOW) -> LegalAnswer:
    return law().beslagvrije_voet(who, situation, on)


def owner(taxable: str) -> Household:
    return replace(household(SINGLE, euros(taxable)), housing=Housing(kind="owner"))


def test_own_income_that_is_not_seized_is_deducted_whole() -> None:
    who = household(SINGLE, euros("30000"))

    assert exact(answered(who, replace(PLAIN, other_income=euros("200")))) == euros("1299.45")
    assert exact(answered(who, replace(PLAIN, other_income=euros("9000")))) == euros("0")


def test_the_deductions_stand_in_the_order_of_the_law() -> None:
    situation = replace(
        PLAIN,
        partner_net_income=euros("300"),
        other_income=euros("200"),
        company_car_tax=euros("100"),
    )

    answer = answered(household(COUPLE, euros("30000")), situation)

    deducted = [step.article for step in answer.steps if step.article.startswith("475db")]
    assert deducted == ["475db onder a Rv", "475db onder b Rv", "475db onder c Rv"]
    assert exact(answer) == euros("1329.42")


def test_a_benefit_keeps_95_percent_of_its_own_norm_and_other_income_is_asked_for() -> None:
    situation = replace(PLAIN, benefit_norm=euros("1013.90"))

    answer = answered(household(SINGLE, euros("20000")), situation)

    assert exact(answer) == euros("963.21")
    assert any("art. 32 Pw" in question for question in answer.ask)


def test_in_an_institution_the_price_counts_with_two_thirds_of_the_norm() -> None:
    stay = replace(PLAIN, institution_price=euros("700"))

    assert exact(answered(household(SINGLE), stay)) == euros("1046.63")
    assert answered(household(SINGLE), stay, date(2025, 7, 1)).status == "unknown"


def test_in_an_institution_too_5_percent_of_the_income_stays_seizable() -> None:
    stay = Situation(Interval.exactly(euros("1000")), institution_price=euros("700"))

    assert exact(answered(household(SINGLE), stay)) == euros("950")


def test_an_owner_gets_the_huurtoeslag_that_the_home_would_give() -> None:
    costs = replace(PLAIN, housing_costs=euros("700"))
    plain, more = (answered(owner("23425"), situation) for situation in (PLAIN, costs))

    assert exact(plain) == euros("1348.49")
    assert any("not included" in step.says for step in plain.steps)
    assert exact(more) == euros("1775.34")


def test_an_owner_above_the_income_limit_gets_no_more() -> None:
    costs = replace(PLAIN, housing_costs=euros("900"))
    rich = owner("55682.78")

    assert exact(answered(rich, costs)) == exact(answered(household(SINGLE, euros("55682.78")), PLAIN))


def test_a_year_without_known_huurtoeslag_only_names_the_owners_increase() -> None:
    costs = replace(PLAIN, housing_costs=euros("700"))

    answer = answered(owner("23000"), costs, date(2024, 7, 1))

    assert any("not included" in step.says for step in answer.steps)
    assert exact(answer) == exact(answered(owner("23000"), PLAIN, date(2024, 7, 1)))


@pytest.mark.parametrize("income", ["0", "800", "1500"])
def test_no_deduction_makes_an_amount_negative(income: str) -> None:
    situation = Situation(
        Interval.exactly(euros(income)), other_income=euros("5000"), company_car_tax=euros("5000")
    )

    low, high = bounds(answered(household(SINGLE), situation))

    assert Money.euros(low) == Money.euros(high) == euros("0")
