"""What holds of the allowances of any life, however odd, with the law of the Netherlands."""

from datetime import date

from assess_builders import KNOWLEDGE, Life, understood
from hypothesis import given, settings
from hypothesis import strategies as st

from law_material import law
from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.assess.results import Allowance
from psd2_affordability.assess.run import assess
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import ZERO, Money

ON = date(2026, 11, 22)
CATEGORIES = (
    "inkomen.loon",
    "inkomen.aow",
    "inkomen.zzp",
    "inkomen.alimentatie",
    "inkomen.voorlopige_teruggaaf",
    "inkomen.toeslag_zorg",
    "inkomen.toeslag_huur",
    "inkomen.toeslag_onbepaald",
    "inkomen.kinderbijslag",
    "schuld.toeslag_terug_huur",
    "wonen.huur",
    "wonen.hypotheek",
    "zorg.premie",
    "kinderen.opvang",
)

births = st.dates(date(2006, 1, 1), date(2026, 11, 1))
households = st.builds(
    Household,
    type=st.none() | st.sampled_from(HouseholdType),
    persons=st.lists(
        st.builds(Person, taxable_income_year=st.none() | st.integers(0, 90_000_00).map(Money)), max_size=2
    ).map(tuple),
    children=st.lists(births, max_size=3).map(tuple),
    housing=st.builds(
        Housing,
        kind=st.sampled_from(("", "rent", "owner", "other")),
        rent_month=st.none() | st.integers(0, 1_500_00).map(Money),
    ),
)
payments = st.tuples(
    st.sampled_from(CATEGORIES),
    st.integers(1, 3_000),
    st.integers(1, 28),
    st.integers(0, 12),
    st.integers(0, 6),
)


def life(paid: list[tuple[str, int, int, int, int]]) -> Life:
    lived = Life(on=ON)
    for category, amount, day, months, ended in paid:
        signed = amount if category.startswith("inkomen.") else -amount
        if months > ended:
            lived.monthly(category, signed, day=day, months=months, ended=ended)
        else:
            lived.book(category, signed, date(2026, 10, day))
    return lived


def found(lived: Life, known: Household, seed: int | None = None) -> tuple[Allowance, ...]:
    rows = understood(lived, seed=seed)
    answer = assess(rows, {"eva": Case(household=known)}, law(), KNOWLEDGE, ON, ("allowances",))["eva"]
    assert answer.allowances is not None
    return answer.allowances


@settings(max_examples=60, deadline=None)
@given(st.lists(payments, min_size=1, max_size=6), households)
def test_no_amount_is_below_nothing_and_no_verdict_contradicts_its_amounts(
    paid: list[tuple[str, int, int, int, int]], known: Household
) -> None:
    for one in found(life(paid), known):
        for value in (one.entitled, one.gap, one.clawback_risk):
            assert isinstance(value, Unknown) or ZERO <= value.low <= value.high
        assert one.reasons
        if one.verdict == "unclaimed":
            assert one.received == ZERO
            assert isinstance(one.gap, Interval)
            assert one.gap.low > ZERO
        if one.verdict == "too_low":
            assert isinstance(one.gap, Interval)
            assert one.gap.low > ZERO
        if one.verdict == "too_high":
            assert isinstance(one.clawback_risk, Interval)
            assert one.clawback_risk.low > ZERO
        if one.verdict == "none":
            assert not one.questions
        for question in one.questions:
            assert isinstance(question.settles, Unknown) or question.settles >= ZERO


@settings(max_examples=20, deadline=None)
@given(st.lists(payments, min_size=1, max_size=6), households, st.integers(0, 1_000))
def test_the_order_of_the_rows_changes_nothing(
    paid: list[tuple[str, int, int, int, int]], known: Household, seed: int
) -> None:
    lived = life(paid)

    assert found(lived, known) == found(lived, known, seed=seed)
