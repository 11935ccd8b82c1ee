"""The assessment income of allowances: told, or bounded by what arrives net. Worked out by hand for 2026.

Rates of 2026: 35.75% up to 38,883 (17.85% from AOW age on), 37.56% up to 78,426. Highest credits: 3,115
and 5,685, together 8,800.
"""

from datetime import date

import pytest

from law_material import book, euros
from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.assess.ports import SeenMeans
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.jurisdictions.nl.toetsingsinkomen import Bounds, bounds

NOW = date(2026, 11, 22)
SINGLE, PARENT, COUPLE, FAMILY = HouseholdType
NOT_GIVEN = Unknown("income.not_given", "the income is not given")


def seen(low: str, high: str = "", **more: object) -> SeenMeans:
    return SeenMeans(Interval(euros(low), euros(high or low)), **more)


def found(
    means: SeenMeans, *persons: Person, kind: HouseholdType = SINGLE, on: date = NOW, income: str = ""
) -> Bounds:
    given = Interval.exactly(euros(income)) if income else NOT_GIVEN
    return bounds(book().on(on), Household(type=kind, persons=persons), kind, given, means)


def both(one: Bounds) -> tuple[str, str | None]:
    return str(one.low), None if one.high is None else str(one.high)


def test_an_income_that_is_given_goes_before_everything() -> None:
    told = Person(taxable_income_year=euros("30000"))

    assert both(found(seen("20000"), told, income="25000")) == ("25000.00", "25000.00")


def test_taxable_incomes_that_are_told_go_before_what_arrives() -> None:
    two = (Person(taxable_income_year=euros("30000")), Person(taxable_income_year=euros("12000")))

    assert both(found(seen("20000"), *two, kind=COUPLE)) == ("42000.00", "42000.00")


def test_a_net_income_was_at_least_itself_and_at_most_that_without_credits() -> None:
    # (20,000 - 8,800) / 64.25% = 17,431.91 lies below 20,000; 20,000 / 64.25% = 31,128.40
    assert both(found(seen("20000"))) == ("20000.00", "31129.00")


def test_a_higher_net_income_was_more_even_with_the_highest_credits() -> None:
    # (30,000 - 8,800) / 64.25% = 32,996.11; the first slice leaves 24,982.33: 38,883 + 5,017.67 / 62.44%
    assert both(found(seen("30000"))) == ("32996.00", "46919.00")


def test_mortgage_interest_may_have_lowered_it() -> None:
    assert both(found(seen("30000", deductible_year=euros("9600"))))[0] == "23396.00"


def test_partners_have_credits_each_and_the_unseen_one_may_earn_anything() -> None:
    # each 25,000: (25,000 - 8,800) / 64.25% = 25,214.01, twice
    assert both(found(seen("50000"), kind=COUPLE)) == ("50428.00", None)


def test_from_aow_age_on_the_first_slice_takes_less() -> None:
    # 20,000 / 82.15% = 24,345.71
    pensioner = seen("20000", pensioner=True, only_pension=True)

    assert both(found(pensioner)) == ("20000.00", "24346.00")


def test_a_payslip_that_is_told_raises_the_low_end() -> None:
    slip = Person(taxable_income_month=euros("2500"))

    assert both(found(seen("20000"), slip)) == ("30000.00", "31129.00")


def test_what_is_kept_back_leaves_the_high_end_open() -> None:
    assert both(found(seen("20000", complete=False))) == ("20000.00", None)


def test_nothing_seen_and_nothing_told_is_anything() -> None:
    assert both(found(SeenMeans(NOT_GIVEN))) == ("0.00", None)


@pytest.mark.parametrize("on", [date(2022, 6, 1), date(2024, 12, 31)])
def test_before_the_rates_are_known_it_is_at_least_what_arrives(on: date) -> None:
    assert both(found(seen("30000"), on=on)) == ("30000.00", None)
