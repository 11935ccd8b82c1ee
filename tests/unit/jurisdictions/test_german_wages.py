"""The second country: protected wages and accounts in Germany, against the official table."""

from datetime import date

import pytest

from law_material import book, euros
from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.jurisdictions.de import Germany

BEFORE = date(2026, 6, 30)
AFTER = date(2026, 7, 1)
ALONE = Household(type=HouseholdType.SINGLE)


def parent(children: int) -> Household:
    return Household(type=HouseholdType.SINGLE_PARENT, children=(date(2018, 1, 1),) * children)


def seizable(household: Household, net: str, on: date) -> str:
    answer = Germany(book()).protected_income(household, Interval.exactly(euros(net)), on)
    assert isinstance(answer.value, Interval)
    assert answer.value.exact
    return str(euros(net) - answer.value.low)


def bounds(answer: LegalAnswer) -> tuple[str, str]:
    assert isinstance(answer.value, Interval)
    return str(answer.value.low), str(answer.value.high)


@pytest.mark.parametrize(
    ("net", "taken"),
    [
        ("1554.99", "0.00"),
        ("1560", "3.50"),
        ("1600", "31.50"),
        ("1609.99", "31.50"),
        ("1700", "101.50"),
        ("2230", "472.50"),
        ("2500", "661.50"),
        ("3000", "1011.50"),
    ],
)
def test_the_seizable_part_is_that_of_the_table(net: str, taken: str) -> None:
    assert seizable(ALONE, net, BEFORE) == taken


def test_a_maintained_child_raises_what_is_kept() -> None:
    assert seizable(parent(1), "2230", BEFORE) == "44.89"
    assert seizable(parent(2), "2000", AFTER) == "0.00"


def test_more_than_five_maintained_persons_count_as_five() -> None:
    assert seizable(parent(5), "4000", AFTER) == seizable(parent(7), "4000", AFTER)


def test_all_above_the_highest_wage_is_taken() -> None:
    assert float(seizable(ALONE, "6000", AFTER)) - float(seizable(ALONE, "5000", AFTER)) == 1000


def test_the_amounts_change_on_the_first_of_july() -> None:
    assert seizable(ALONE, "1580", BEFORE) == "17.50"
    assert seizable(ALONE, "1580", AFTER) == "0.00"
    assert seizable(ALONE, "3500", AFTER) == "1338.82"


def test_a_partner_leaves_the_number_of_maintained_persons_open() -> None:
    answer = Germany(book()).protected_income(
        Household(type=HouseholdType.COUPLE), Interval.exactly(euros("2230")), BEFORE
    )

    assert bounds(answer) == ("1757.50", "2185.11")
    assert "maintain" in answer.ask[0]


def test_the_protected_account_keeps_the_base_rounded_up() -> None:
    germany = Germany(book())

    assert bounds(germany.protected_balance(ALONE, BEFORE)) == ("1560.00", "1560.00")
    assert bounds(germany.protected_balance(ALONE, AFTER)) == ("1590.00", "1590.00")


def test_what_children_add_to_the_account_needs_proof() -> None:
    answer = Germany(book()).protected_balance(parent(2), BEFORE)

    assert bounds(answer) == ("1560.00", "2471.27")
    assert any("certificate" in question for question in answer.ask)


def test_what_is_not_held_is_said_and_not_guessed() -> None:
    answer = Germany(book()).social_minimum(ALONE, AFTER)

    assert isinstance(answer.value, Unknown)
    assert "regelbedarf" in answer.value.because
