"""A household that is written as a file is the same household when it is read back."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psd2_affordability.assess.household import AccountShare, Household, HouseholdType, Housing, Person
from psd2_affordability.core.money import Money
from psd2_affordability.service.household_file import parse_household
from psd2_affordability.service.household_text import household_text

TODAY = date(2026, 7, 1)
IBANS = ("NL91ABNA0417164300", "NL20INGB0001234567")
AMOUNTS = st.none() | st.integers(0, 10**9).map(Money)
BORN = st.none() | st.dates(date(1930, 1, 1), date(2008, 1, 1))
PERSONS = st.builds(Person, BORN, AMOUNTS, AMOUNTS)
SHARES = st.sampled_from([Fraction(0), Fraction(1), Fraction(1, 3), Fraction(333_333, 1_000_000)])


@given(
    kind=st.none() | st.sampled_from([HouseholdType.COUPLE, HouseholdType.COUPLE_WITH_CHILDREN]),
    persons=st.lists(PERSONS, max_size=2).map(tuple),
    children=st.lists(st.dates(date(1990, 1, 1), date(2008, 1, 1)), max_size=3).map(tuple),
    housing=st.builds(
        Housing,
        st.sampled_from(["", "rent", "owner", "other"]),
        AMOUNTS,
        AMOUNTS,
        st.none() | st.booleans(),
    ),
    debts=st.dictionaries(st.text(max_size=8), st.integers(0, 10**9).map(Money), max_size=3),
    own_ibans=st.sets(st.sampled_from(IBANS)).map(lambda ibans: tuple(sorted(ibans))),
    accounts=st.dictionaries(st.sampled_from(IBANS), SHARES),
    working=st.none() | st.integers(0, 2),
    free_of=st.sets(st.sampled_from(["wonen.huur", "schuld.lening"])).map(lambda one: tuple(sorted(one))),
)
def test_what_is_written_is_read_back_the_same(
    *, kind, persons, children, housing, debts, own_ibans, accounts, working, free_of
):
    household = Household(
        type=kind,
        persons=persons,
        children=children,
        housing=housing,
        debts=tuple(debts.items()),
        own_ibans=own_ibans,
        accounts=tuple(AccountShare(*each) for each in accounts.items()),
        working_adults=working,
        free_of=free_of,
    )

    assert parse_household(household_text(household).encode(), "household", TODAY) == household


@pytest.mark.parametrize("name", ['quote " and \\', "zorg\npremie", "\x7f", "\U0001f600", "huur.achterstand"])
def test_a_debt_may_have_any_name(name):
    household = Household(debts=((name, Money(1250_00)),))

    assert parse_household(household_text(household).encode(), "household", TODAY) == household


def test_a_household_of_which_nothing_is_known_is_an_empty_file():
    assert household_text(Household()) == ""
