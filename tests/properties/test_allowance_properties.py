"""What must hold of every allowance, for every household, income and day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from law_material import TYPES, book, exact, law
from psd2_affordability.assess.household import Household, HouseholdType, Housing
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.nl.allowance import Means
from psd2_affordability.jurisdictions.nl.bank_seizure import Seized

ON = date(2026, 11, 22)
UNKNOWN = Unknown("income.not_given", "the income is not given")
FAMILIES = [kind for kind in TYPES if kind.has_children]

days = st.dates(date(2022, 1, 1), date(2026, 12, 31))
since_2025 = st.dates(date(2025, 1, 1), date(2026, 12, 31))
since_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
kinds = st.sampled_from(TYPES)
incomes = st.integers(0, 12_000_000).map(Money)
rents = st.integers(0, 200_000).map(Money)
births = st.lists(st.dates(date(2005, 1, 1), date(2026, 12, 31)), min_size=1, max_size=6).map(tuple)


def of(income: Money) -> Means:
    return Means(Interval.exactly(income))


def tenant(kind: HouseholdType, rent: Money) -> Household:
    return Household(type=kind, housing=Housing(kind="rent", rent_month=rent))


def within(answer: LegalAnswer, widest: LegalAnswer) -> bool:
    assert isinstance(answer.value, Interval)
    assert isinstance(widest.value, Interval)
    return widest.value.low <= answer.value.low <= answer.value.high <= widest.value.high


@given(kinds, days, incomes, incomes)
def test_zorgtoeslag_lies_within_nothing_and_its_maximum_and_falls_with_income(
    kind: HouseholdType, on: date, one: Money, other: Money
) -> None:
    who = Household(type=kind)
    low, high = sorted((one, other))
    at_low, at_high = (law().zorgtoeslag(who, of(income), on) for income in (low, high))

    assert exact(at_high) <= exact(at_low)
    assert within(at_low, law().zorgtoeslag(who, Means(UNKNOWN), on))


@given(since_2026, incomes, rents, st.integers(1, 6))
def test_huurtoeslag_lies_within_nothing_and_the_rent_and_falls_with_income(
    on: date, income: Money, rent: Money, size: int
) -> None:
    who = tenant(HouseholdType.SINGLE, rent)
    less, more = (
        exact(law().huurtoeslag(who, of(income + extra), on, size=size)) for extra in (Money(100_000), ZERO)
    )

    assert ZERO <= less <= more <= rent


@given(since_2025, kinds, incomes, rents)
def test_huurtoeslag_with_an_unknown_income_holds_every_answer(
    on: date, kind: HouseholdType, income: Money, rent: Money
) -> None:
    who = tenant(kind, rent)

    assert within(law().huurtoeslag(who, of(income), on), law().huurtoeslag(who, Means(UNKNOWN), on))


@given(since_2026, incomes, rents)
def test_a_higher_rent_never_gives_less_huurtoeslag_since_2026(on: date, income: Money, rent: Money) -> None:
    lower, higher = (
        exact(law().huurtoeslag(tenant(HouseholdType.COUPLE, rent + extra), of(income), on))
        for extra in (ZERO, Money(2_500))
    )

    assert lower <= higher


@given(since_2025, st.sampled_from(FAMILIES), births, incomes, incomes)
def test_kindgebonden_budget_lies_within_nothing_and_its_maximum_and_falls_with_income(
    on: date, kind: HouseholdType, children: tuple[date, ...], one: Money, other: Money
) -> None:
    who = Household(type=kind, children=children)
    low, high = sorted((one, other))
    at_low, at_high = (law().kindgebonden_budget(who, of(income), on) for income in (low, high))

    assert exact(at_high) <= exact(at_low)
    assert within(at_low, law().kindgebonden_budget(who, Means(UNKNOWN), on))


@given(since_2025, births)
def test_another_child_never_lowers_what_a_family_gets(on: date, children: tuple[date, ...]) -> None:
    fewer = Household(type=HouseholdType.SINGLE_PARENT, children=children[:-1] or children)
    all_of_them = Household(type=HouseholdType.SINGLE_PARENT, children=children)

    assert exact(law().kinderbijslag(fewer, on)) <= exact(law().kinderbijslag(all_of_them, on))
    assert exact(law().kindgebonden_budget(fewer, of(ZERO), on)) <= exact(
        law().kindgebonden_budget(all_of_them, of(ZERO), on)
    )


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_kinderbijslag_is_70_85_and_100_percent_of_one_amount(on: date) -> None:
    rules = book().on(on)
    young, middle, full = (
        rules.money("nl.kinderbijslag", "amount", age) for age in ("0_to_5", "6_to_11", "12_to_17")
    )

    assert abs(young.cents * 100 - full.cents * 70) <= 100
    assert abs(middle.cents * 100 - full.cents * 85) <= 100


@given(days, kinds, incomes, st.integers(0, 30_000_000).map(Money))
def test_assets_either_leave_zorgtoeslag_alone_or_end_it(
    on: date, kind: HouseholdType, income: Money, assets: Money
) -> None:
    who = Household(type=kind)
    with_assets = exact(law().zorgtoeslag(who, Means(Interval.exactly(income), assets), on))

    assert with_assets in {ZERO, exact(law().zorgtoeslag(who, of(income), on))}


@given(kinds, st.integers(0, 500_000).map(Money), st.integers(0, 1_000_000).map(Money))
def test_what_a_seizure_leaves_and_what_was_left_already_add_up_to_the_protected_amount(
    kind: HouseholdType, used: Money, balance: Money
) -> None:
    who = Household(type=kind)
    whole = exact(law().protected_balance(who, ON))
    left = exact(law().bank_seizure(who, Seized(balance=balance, used_this_month=used), ON))

    assert left + min(used, whole) == whole
