"""What every country must answer: one class of tests, run for each jurisdiction there is.

A new country joins by one line in `COUNTRIES`: its law, and a day on which its rules are held.
"""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law_material import book
from psd2_affordability.assess.household import Household, HouseholdType, Housing
from psd2_affordability.assess.ports import NationalRules, SeenMeans
from psd2_affordability.assess.remembered import Remembered
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.de import Germany
from psd2_affordability.jurisdictions.nl import Netherlands

LONG_AGO = date(1999, 12, 31)
NOT_KNOWN = Unknown("income.not_given", "the income is not given")


@dataclass(frozen=True)
class Country:
    """A jurisdiction under test."""

    law: NationalRules
    on: date


COUNTRIES = {
    "nl": Country(Netherlands(book()), date(2026, 11, 22)),
    "de": Country(Germany(book()), date(2026, 11, 22)),
}
HOUSEHOLDS = [
    Household(),
    *(Household(type=kind) for kind in HouseholdType),
    Household(type=HouseholdType.COUPLE_WITH_CHILDREN, children=(date(2015, 3, 1), date(2021, 8, 9))),
    Household(type=HouseholdType.SINGLE, housing=Housing(registered_address=False)),
    Household(children=(date(2015, 3, 1),)),
]
households = st.sampled_from(HOUSEHOLDS)
nets = st.integers(0, 1_200_000).map(Money)


def everything(country: Country, household: Household, on: date) -> tuple[LegalAnswer, ...]:
    """All that a country is asked."""
    law = country.law
    net = Interval.exactly(Money.euros(2000))
    return (
        law.protected_income(household, net, on),
        law.protected_income(household, NOT_KNOWN, on),
        law.protected_balance(household, on),
        law.seizure_costs(on, title_served=True),
        law.seizure_costs(on, title_served=False),
        law.social_minimum(household, on),
        law.collection_costs(Money.euros(500), on),
        *law.allowances(household, SeenMeans(NOT_KNOWN), on),
    )


@pytest.mark.parametrize("country", COUNTRIES.values(), ids=COUNTRIES)
class TestEveryCountry:
    def test_it_is_called_by_its_code(self, country: Country) -> None:
        assert COUNTRIES[country.law.country] is country

    @pytest.mark.parametrize("household", HOUSEHOLDS, ids=str)
    def test_it_answers_every_question_for_every_household(
        self, country: Country, household: Household
    ) -> None:
        for answer in everything(country, household, country.on):
            assert answer.question
            assert answer.on == country.on
            assert answer.status in {"ok", "interval", "unknown"}

    def test_it_protects_income_and_balance_on_the_day_of_its_rules(self, country: Country) -> None:
        single = Household(type=HouseholdType.SINGLE)
        for answer in (
            country.law.protected_income(single, Interval.exactly(Money.euros(2000)), country.on),
            country.law.protected_balance(single, country.on),
        ):
            assert isinstance(answer.value, Interval)
            assert answer.value.low > ZERO

    def test_an_amount_names_its_articles_and_its_own_rules(self, country: Country) -> None:
        for answer in everything(country, Household(type=HouseholdType.SINGLE), country.on):
            if isinstance(answer.value, Interval):
                assert all(step.article and step.says for step in answer.steps)
                assert answer.steps
                assert {rule.id.partition(".")[0] for rule in answer.rules} <= {country.law.country}

    def test_an_unknown_says_why_in_a_sentence_and_has_a_code(self, country: Country) -> None:
        for answer in everything(country, Household(), country.on):
            if isinstance(answer.value, Unknown):
                assert "." in answer.value.code
                assert len(answer.value.because.split()) > 3

    def test_long_before_its_rules_it_answers_unknown_and_does_not_raise(self, country: Country) -> None:
        family = Household(type=HouseholdType.COUPLE_WITH_CHILDREN, children=(date(1995, 3, 1),))

        assert {answer.status for answer in everything(country, family, LONG_AGO)} == {"unknown"}

    def test_what_is_not_known_widens_the_answer_and_asks(self, country: Country) -> None:
        answer = country.law.protected_income(Household(), Interval.exactly(Money.euros(2500)), country.on)

        assert answer.status == "interval"
        assert answer.ask

    def test_the_same_question_has_the_same_answer_and_can_be_remembered(self, country: Country) -> None:
        remembered = Remembered(country.law)
        single = Household(type=HouseholdType.SINGLE)

        assert remembered.country == country.law.country
        assert remembered.protected_balance(single, country.on) == country.law.protected_balance(
            single, country.on
        )
        assert remembered.allowances(single, SeenMeans(NOT_KNOWN), country.on) == country.law.allowances(
            single, SeenMeans(NOT_KNOWN), country.on
        )

    @given(household=households, net=nets)
    def test_never_more_is_protected_than_comes_in_nor_less_than_nothing(
        self, country: Country, household: Household, net: Money
    ) -> None:
        value = country.law.protected_income(household, Interval.exactly(net), country.on).value

        assert isinstance(value, Interval)
        assert ZERO <= value.low <= value.high <= net

    @given(household=households, one=nets, other=nets, share=st.integers(0, 100))
    def test_bounds_of_income_hold_every_answer_within_them(
        self, country: Country, household: Household, one: Money, other: Money, share: int
    ) -> None:
        low, high = sorted((one, other))
        within = Money(low.cents + (high.cents - low.cents) * share // 100)

        wide = country.law.protected_income(household, Interval(low, high), country.on).value
        narrow = country.law.protected_income(household, Interval.exactly(within), country.on).value

        assert isinstance(wide, Interval)
        assert isinstance(narrow, Interval)
        assert wide.low <= narrow.low
        assert narrow.high <= wide.high
