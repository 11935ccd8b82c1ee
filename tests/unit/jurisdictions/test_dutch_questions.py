"""Bank seizure, tariffs, norms and collection costs on their days."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from law_material import TYPES, bounds, euros, exact, household, law, refusal
from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.core.errors import UnknownName
from psd2_affordability.core.money import Money

if TYPE_CHECKING:
    from psd2_affordability.assess.ports import NationalRules

NOW = date(2026, 11, 22)
SINGLE = HouseholdType.SINGLE
COUPLE = HouseholdType.COUPLE


def born(*days: date) -> tuple[Person, ...]:
    return tuple(Person(birth_date=day) for day in days)


def test_the_netherlands_answers_what_assessments_ask() -> None:
    rules: NationalRules = law()

    assert rules.country == "nl"


@pytest.mark.parametrize(
    ("kind", "amount"), list(zip(TYPES, ("2208.48", "2543.75", "2905.79", "3179.68"), strict=True))
)
def test_a_bank_must_leave_the_maximum_of_the_household(kind: HouseholdType, amount: str) -> None:
    answer = law().protected_balance(household(kind), NOW)

    assert exact(answer) == euros(amount)
    assert answer.per == "month"
    assert answer.steps[0].article == "475a lid 5 Rv"


def test_without_a_registered_address_a_bank_must_leave_half() -> None:
    away = Household(type=SINGLE, housing=Housing(registered_address=False))

    answer = law().protected_balance(away, NOW)

    assert exact(answer) == euros("1104.24")
    assert answer.steps[-1].article == "475a lid 6 Rv"


def test_an_unknown_household_leaves_an_interval_and_a_question() -> None:
    answer = law().protected_balance(Household(), NOW)

    assert bounds(answer) == ("2208.48", "3179.68")
    assert answer.ask


def test_before_2021_no_balance_was_protected_by_a_figure() -> None:
    assert "first in force on 2021-01-01" in refusal(
        law().protected_balance(household(SINGLE), date(2020, 12, 31))
    )


def test_the_costs_of_a_bank_seizure_are_the_seizure_and_its_service() -> None:
    served = law().seizure_costs(NOW, title_served=True)
    not_served = law().seizure_costs(NOW, title_served=False)

    assert exact(served) == euros("350.79")
    assert exact(not_served) == euros("487.50")
    assert served.steps[-1].amount == euros("424.46")


def test_the_costs_of_2025_are_those_of_the_decree() -> None:
    assert exact(law().seizure_costs(date(2025, 12, 31), title_served=True)) == euros("333.56")


def test_tariffs_before_the_first_known_list_are_unknown() -> None:
    assert "first in force on 2021-01-27" in refusal(law().seizure_costs(date(2020, 6, 1), title_served=True))


@pytest.mark.parametrize(
    ("act", "amount"),
    [
        ("summons", "125.57"),
        ("serve_title", "136.71"),
        ("serve_seizure", "90.11"),
        ("bank_seizure", "260.68"),
        ("wage_seizure", "184.91"),
        ("own_seizure", "218.35"),
        ("information_request", "105.13"),
    ],
)
def test_the_tariff_of_an_act_in_2026(act: str, amount: str) -> None:
    assert exact(law().bailiff_tariff(act, NOW)) == euros(amount)


def test_an_unknown_act_names_the_acts_there_are() -> None:
    with pytest.raises(UnknownName, match="bank_seizure"):
        law().bailiff_tariff("bank_seisure", NOW)


@pytest.mark.parametrize(
    ("kind", "aow", "amount"),
    [
        (SINGLE, False, "1419.46"),
        (HouseholdType.SINGLE_PARENT, False, "1419.46"),
        (COUPLE, False, "2027.79"),
        (SINGLE, True, "1587.34"),
        (HouseholdType.COUPLE_WITH_CHILDREN, True, "2176.10"),
    ],
)
def test_the_norm_of_july_2026(kind: HouseholdType, aow: bool, amount: str) -> None:
    assert exact(law().social_minimum(household(kind), NOW, aow=aow)) == euros(amount)


def test_the_birth_date_decides_which_norm_holds() -> None:
    last_day = Household(type=SINGLE, persons=born(date(1959, 11, 23)))
    first_day = Household(type=SINGLE, persons=born(date(1959, 11, 22)))

    assert exact(law().social_minimum(last_day, NOW)) == euros("1419.46")
    assert exact(law().social_minimum(first_day, NOW)) == euros("1587.34")


def test_an_unknown_age_gives_both_norms_and_asks() -> None:
    answer = law().social_minimum(household(SINGLE), NOW)

    assert bounds(answer) == ("1419.46", "1587.34")
    assert "birth" in answer.ask[0]


def test_a_couple_on_both_sides_of_aow_age_has_the_norm_of_aow_age() -> None:
    mixed = Household(type=COUPLE, persons=born(date(1950, 1, 1), date(1980, 1, 1)))

    assert exact(law().social_minimum(mixed, NOW)) == euros("2176.10")
    assert exact(law().social_minimum(mixed, date(2026, 6, 30))) == euros("2144.16")
    assert "first in force on 2026-01-01" in refusal(law().social_minimum(mixed, date(2025, 12, 31)))


def test_a_young_adult_has_another_norm_and_the_parents_are_asked_about() -> None:
    young = Household(type=SINGLE, persons=born(date(2006, 11, 22)))
    answer = law().social_minimum(young, NOW)

    assert exact(answer) == euros("350.42")
    assert "parents" in answer.ask[0]
    assert exact(law().social_minimum(replace(young, persons=born(date(2005, 11, 22))), NOW)) == euros(
        "1419.46"
    )
    assert "under 18" in refusal(law().social_minimum(replace(young, persons=born(date(2010, 1, 1))), NOW))


@pytest.mark.parametrize(
    ("kind", "births", "norm"),
    [
        (COUPLE, (date(2006, 1, 1), date(2007, 1, 1)), ("700.84", "700.84")),
        (COUPLE, (date(2006, 1, 1), date(1990, 1, 1)), ("1364.32", "1364.32")),
        (COUPLE, (date(2006, 1, 1),), ("700.84", "1364.32")),
        (HouseholdType.COUPLE_WITH_CHILDREN, (date(2006, 1, 1), date(1990, 1, 1)), ("1769.88", "1769.88")),
        (HouseholdType.SINGLE_PARENT, (date(2006, 1, 1),), ("350.42", "350.42")),
    ],
)
def test_the_norm_of_a_couple_with_a_young_partner(
    kind: HouseholdType, births: tuple[date, ...], norm: tuple[str, str]
) -> None:
    assert bounds(law().social_minimum(Household(type=kind, persons=born(*births)), NOW)) == norm


def test_sharing_the_home_lowers_the_norm() -> None:
    on = date(2024, 7, 1)

    amounts = [exact(law().social_minimum(household(SINGLE), on, aow=False, sharers=n)) for n in range(1, 5)]

    assert [str(amount) for amount in amounts] == ["1308.45", "934.61", "809.99", "747.68"]


def test_a_couple_alone_shares_with_nobody() -> None:
    alone, two = (
        exact(law().social_minimum(household(COUPLE), NOW, aow=False, sharers=sharers)) for sharers in (1, 2)
    )

    assert alone == two == euros("2027.79")


def test_sharing_at_aow_age_starts_from_the_norm_of_a_couple_of_that_age() -> None:
    alone = household(SINGLE)

    assert exact(law().social_minimum(alone, NOW, aow=True, sharers=2)) == euros("1088.05")
    assert bounds(law().social_minimum(alone, NOW, sharers=2)) == ("1013.90", "1088.05")


@pytest.mark.parametrize(
    ("on", "amounts"),
    [
        (date(2021, 1, 1), "1075.44 1195.97 1536.34 1620.74"),
        (date(2021, 12, 31), "1078.70 1199.98 1541.00 1627.08"),
        (date(2022, 6, 30), "1091.71 1213.06 1559.58 1642.54"),
        (date(2022, 12, 31), "1101.82 1225.67 1574.03 1660.36"),
        (date(2023, 9, 1), "1216.62 1357.66 1738.02 1843.60"),
    ],
)
def test_the_norms_of_earlier_years_are_those_of_the_statute(on: date, amounts: str) -> None:
    found = [
        str(exact(law().social_minimum(household(kind), on, aow=aow)))
        for kind in (SINGLE, COUPLE)
        for aow in (False, True)
    ]

    assert found == amounts.split()


@pytest.mark.parametrize(
    ("claim", "costs"),
    [
        ("0.01", "40.00"),
        ("100", "40.00"),
        ("266.67", "40.00"),
        ("266.74", "40.01"),
        ("2500", "375.00"),
        ("2500.10", "375.01"),
        ("5000", "625.00"),
        ("10000", "875.00"),
        ("200000", "2775.00"),
        ("1000000", "6775.00"),
        ("99999999", "6775.00"),
    ],
)
def test_collection_costs_follow_the_scale(claim: str, costs: str) -> None:
    assert exact(law().collection_costs(euros(claim), NOW)) == euros(costs)


@pytest.mark.parametrize("claim", [Money(0), Money(-100)])
def test_a_claim_of_nothing_has_no_collection_costs(claim: Money) -> None:
    assert "no collection costs" in refusal(law().collection_costs(claim, NOW))


def test_vat_is_named_apart_because_most_creditors_deduct_it() -> None:
    answer = law().collection_costs(euros("1000"), NOW)

    assert exact(answer) == euros("150.00")
    assert answer.steps[-1].amount == euros("181.50")
    assert "only if the creditor cannot deduct it" in answer.steps[-1].says


def test_collection_costs_before_the_known_vat_rate_leave_vat_out() -> None:
    answer = law().collection_costs(euros("1000"), date(2015, 1, 1))

    assert exact(answer) == euros("150.00")
    assert all("VAT" not in step.says for step in answer.steps)
