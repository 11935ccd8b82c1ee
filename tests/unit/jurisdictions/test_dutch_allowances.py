"""The Dutch allowances on their days: published amounts, ages, sizes of household, and honest gaps."""

from dataclasses import replace
from datetime import date

import pytest

from law_material import bounds, euros, exact, household, law, refusal
from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.assess.ports import SeenMeans
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.nl.allowance import Means

NOW = date(2026, 11, 22)
SINGLE, PARENT, COUPLE, FAMILY = HouseholdType
UNKNOWN = Unknown("income.not_given", "the income is not given")
NOTHING_SEEN = SeenMeans(UNKNOWN)


def means(income: str = "", assets: str = "", *, partner_insured: bool = True) -> Means:
    return Means(
        Interval.exactly(euros(income)) if income else UNKNOWN,
        euros(assets) if assets else None,
        partner_insured,
    )


def tenant(
    kind: HouseholdType | None, rent: str, *births: date, children: tuple[date, ...] = ()
) -> Household:
    return Household(
        type=kind,
        persons=tuple(Person(birth_date=born) for born in births),
        children=children,
        housing=Housing(kind="rent", rent_month=euros(rent)),
    )


def parent_of(*births: date, kind: HouseholdType | None = PARENT) -> Household:
    return Household(type=kind, children=births)


def says(answer: LegalAnswer, words: str) -> bool:
    return any(words in step.says for step in answer.steps)


class TestZorgtoeslag:
    @pytest.mark.parametrize(
        ("on", "kind", "ceiling"),
        [
            (date(2024, 6, 1), SINGLE, "37496"),
            (date(2024, 6, 1), COUPLE, "47368"),
            (date(2025, 6, 1), SINGLE, "39719"),
            (date(2025, 6, 1), COUPLE, "50206"),
            (date(2026, 6, 1), SINGLE, "40857"),
            (date(2026, 6, 1), COUPLE, "51142"),
        ],
    )
    def test_it_ends_at_the_published_income_ceiling(
        self, on: date, kind: HouseholdType, ceiling: str
    ) -> None:
        at, above = (
            law().zorgtoeslag(household(kind), means(str(income)), on)
            for income in (int(ceiling), int(ceiling) + 1)
        )

        assert exact(at) == euros(2)
        assert exact(above) == euros(0)
        assert says(above, "is not granted")

    def test_an_interval_of_income_gives_an_interval_of_allowance(self) -> None:
        between = Means(Interval(euros("25000"), euros("35000")))

        assert bounds(law().zorgtoeslag(household(SINGLE), between, NOW)) == ("69.00", "129.00")

    def test_the_taxable_income_of_the_household_is_taken_when_no_other_is_given(self) -> None:
        known = household(SINGLE, euros("35000"))

        assert exact(law().zorgtoeslag(known, means(), NOW)) == euros(69)

    def test_an_unknown_type_lies_between_one_person_and_two_and_asks(self) -> None:
        answer = law().zorgtoeslag(Household(), means("20000"), NOW)

        assert bounds(answer) == ("129.00", "246.00")
        assert "partner" in answer.ask[0]

    def test_the_income_is_asked_of_whoever_lives_there(self) -> None:
        def asked(known: Household) -> list[str]:
            answer = law().zorgtoeslag(known, Means(Unknown("income.not_given", "not given")), NOW)
            return [ask for ask in answer.ask if "toetsingsinkomen" in ask]

        assert asked(household(SINGLE)) == ["What is the assessment income (toetsingsinkomen) a year?"]
        assert asked(household(COUPLE)) == [
            "What is the assessment income (toetsingsinkomen) a year, of both partners together?"
        ]
        assert asked(Household()) == [
            "What is the assessment income (toetsingsinkomen) a year, with a partner of both together?"
        ]

    def test_the_right_starts_in_the_month_after_the_eighteenth_birthday(self) -> None:
        young = Household(type=SINGLE, persons=(Person(birth_date=date(2008, 11, 1)),))

        assert exact(law().zorgtoeslag(young, means("10000"), date(2026, 11, 30))) == euros(0)
        assert exact(law().zorgtoeslag(young, means("10000"), date(2026, 12, 1))) == euros(129)

    def test_assets_are_asked_for_and_end_it_above_the_limit(self) -> None:
        asked = law().zorgtoeslag(household(COUPLE), means("20000"), NOW)
        within = law().zorgtoeslag(household(COUPLE), means("20000", "184633"), NOW)
        above = law().zorgtoeslag(household(COUPLE), means("20000", "184633.01"), NOW)

        assert "€184,633.00" in asked.ask[0]
        assert within.ask == ()
        assert exact(within) == exact(asked)
        assert exact(above) == euros(0)

    def test_2021_is_refused_with_the_fact(self) -> None:
        answer = law().zorgtoeslag(household(SINGLE), means("20000"), date(2021, 12, 31))

        assert "first in force on 2022-01-01" in refusal(answer)


class TestHuurtoeslag:
    @pytest.mark.parametrize(
        ("income", "amount"),
        [
            ("22000", 498),
            ("23500", 482),
            ("25000", 449),
            ("26500", 414),
            ("28000", 378),
            ("29500", 339),
            ("31000", 299),
            ("32500", 257),
            ("34000", 215),
            ("35500", 185),
            ("37000", 153),
            ("39500", 98),
            ("41000", 72),
            ("43500", 35),
            ("45000", 11),
            ("46500", 0),
        ],
    )
    def test_the_amounts_of_2025_are_those_of_the_authoritys_calculator(
        self, income: str, amount: int
    ) -> None:
        answer = law().huurtoeslag(tenant(SINGLE, "900"), means(income), date(2025, 6, 1))

        assert exact(answer) == euros(amount)

    def test_since_2026_a_rent_above_the_limit_counts_up_to_it(self) -> None:
        at, above = (
            exact(law().huurtoeslag(tenant(SINGLE, rent), means("20000"), NOW)) for rent in ("932.93", "1400")
        )
        gone = law().huurtoeslag(tenant(SINGLE, "900.08"), means("20000"), date(2025, 12, 31))

        assert at == above == euros(523)
        assert exact(gone) == euros(0)
        assert says(gone, "above the limit")

    def test_under_21_without_a_child_the_rent_counts_up_to_the_lower_limit(self) -> None:
        young, grown = date(2006, 3, 1), date(2005, 11, 1)
        child = (date(2026, 1, 5),)

        alone = law().huurtoeslag(tenant(SINGLE, "700", young), means("15000"), NOW)
        older = law().huurtoeslag(tenant(SINGLE, "700", grown), means("15000"), NOW)
        parent = law().huurtoeslag(tenant(PARENT, "700", young, children=child), means("15000"), NOW)

        assert exact(alone) == euros(295)
        assert exact(older) == euros(426)
        assert exact(parent) == euros(428)

    def test_one_partner_of_21_is_enough_for_the_higher_limit(self) -> None:
        answer = law().huurtoeslag(
            tenant(COUPLE, "700", date(2006, 3, 1), date(2004, 3, 1)), means("15000"), NOW
        )

        assert exact(answer) == euros(428)

    def test_three_or_more_people_have_the_higher_cap(self) -> None:
        home = tenant(COUPLE, "800")
        two, three = (exact(law().huurtoeslag(home, means("20000"), NOW, size=size)) for size in (2, 3))

        assert two < three

    def test_a_second_person_in_the_home_changes_the_size_of_a_single_household(self) -> None:
        home = tenant(SINGLE, "700")
        one, two = (exact(law().huurtoeslag(home, means("30000"), NOW, size=size)) for size in (1, 2))

        assert one == euros(278)
        assert two == euros(428)

    def test_a_parent_whose_children_are_not_listed_gets_bounds_and_a_question(self) -> None:
        answer = law().huurtoeslag(tenant(PARENT, "800"), means("20000"), NOW)

        assert answer.status == "interval"
        assert any("How many people" in question for question in answer.ask)

    def test_an_unknown_rent_is_asked_for(self) -> None:
        answer = law().huurtoeslag(household(SINGLE), means("20000"), NOW)

        assert bounds(answer) == ("0.00", "523.00")
        assert "rent" in answer.ask[0]

    def test_an_owner_has_none(self) -> None:
        owner = Household(type=SINGLE, housing=Housing(kind="owner"))

        assert exact(law().huurtoeslag(owner, means("20000"), NOW)) == euros(0)

    @pytest.mark.parametrize("year", [2023, 2024])
    def test_a_year_whose_own_part_is_not_known_is_refused_with_the_fact(self, year: int) -> None:
        answer = law().huurtoeslag(tenant(SINGLE, "600"), means("20000"), date(year, 6, 1))

        assert "the figure raised of nl.huurtoeslag_toeslag_tot_2025" in refusal(answer)

    def test_households_of_aow_age_are_not_guessed_before_2026(self) -> None:
        old = tenant(SINGLE, "600", date(1950, 1, 1))

        assert "AOW age" in refusal(law().huurtoeslag(old, means("20000"), date(2025, 6, 1)))
        assert exact(law().huurtoeslag(old, means("20000"), NOW)) > euros(0)

    def test_the_minimum_of_2022_is_the_published_one(self) -> None:
        answer = law().huurtoeslag(tenant(SINGLE, "442.46"), means("15000"), date(2022, 6, 1))

        assert next(step.amount for step in answer.steps if step.article == "16 Wht") == euros("237.62")
        assert exact(answer) == euros(204)

    def test_2021_is_refused_with_the_fact(self) -> None:
        answer = law().huurtoeslag(tenant(SINGLE, "600"), means("20000"), date(2021, 6, 1))

        assert "first in force on 2022-01-01" in refusal(answer)


class TestKindgebondenBudget:
    def test_a_child_counts_from_the_month_after_its_birth(self) -> None:
        born = parent_of(date(2026, 10, 31))

        assert exact(law().kindgebonden_budget(born, means("20000"), date(2026, 10, 31))) == euros(0)
        assert exact(law().kindgebonden_budget(born, means("20000"), date(2026, 11, 1))) == euros(5996)

    def test_a_child_counts_up_to_the_month_of_its_eighteenth_birthday(self) -> None:
        leaving = parent_of(date(2008, 11, 3))

        assert exact(law().kindgebonden_budget(leaving, means("20000"), date(2026, 11, 30))) == euros(6960)
        assert exact(law().kindgebonden_budget(leaving, means("20000"), date(2026, 12, 1))) == euros(0)

    def test_a_partner_takes_the_single_parents_part_and_raises_the_threshold(self) -> None:
        child = (date(2020, 1, 1),)
        alone, together = (
            exact(law().kindgebonden_budget(parent_of(*child, kind=kind), means("39141"), NOW))
            for kind in (PARENT, FAMILY)
        )

        assert together == euros(2580)
        assert alone == euros(5281)

    def test_an_unknown_type_lies_between_both(self) -> None:
        answer = law().kindgebonden_budget(parent_of(date(2020, 1, 1), kind=None), means("20000"), NOW)

        assert bounds(answer) == ("2580.00", "5996.00")

    def test_without_birth_dates_it_is_asked_and_not_guessed(self) -> None:
        answer = law().kindgebonden_budget(household(PARENT), means("20000"), NOW)

        assert "birth dates" in refusal(answer)
        assert answer.ask

    def test_without_children_there_is_none(self) -> None:
        assert exact(law().kindgebonden_budget(household(SINGLE), means("20000"), NOW)) == euros(0)

    def test_a_high_income_leaves_nothing_and_never_less(self) -> None:
        child = parent_of(date(2020, 1, 1))

        assert exact(law().kindgebonden_budget(child, means("500000"), NOW)) == euros(0)


class TestKinderbijslag:
    def test_the_first_day_of_the_quarter_decides(self) -> None:
        twelve = parent_of(date(2014, 10, 1))

        assert exact(law().kinderbijslag(twelve, date(2026, 9, 30))) == euros("362.35")
        assert exact(law().kinderbijslag(twelve, date(2026, 10, 1))) == euros("426.29")

    def test_a_child_born_in_the_quarter_counts_from_the_next(self) -> None:
        assert exact(law().kinderbijslag(parent_of(date(2026, 10, 2)), NOW)) == euros(0)
        assert exact(law().kinderbijslag(parent_of(date(2026, 10, 1)), NOW)) == euros("298.40")

    def test_adults_have_none(self) -> None:
        assert exact(law().kinderbijslag(parent_of(date(2008, 9, 30)), NOW)) == euros(0)

    def test_a_date_before_the_known_amounts_is_refused(self) -> None:
        answer = law().kinderbijslag(parent_of(date(2020, 1, 1)), date(2023, 12, 31))

        assert "first in force on 2024-01-01" in refusal(answer)


class TestTheRest:
    def test_childcare_is_unknown_with_its_bounds_named(self) -> None:
        answer = law().kinderopvangtoeslag(parent_of(date(2024, 1, 1)), NOW)

        assert "the table of shares" in refusal(answer)
        assert says(answer, "96% of the price")
        assert euros("11.23") in [step.amount for step in answer.steps]

    def test_childcare_of_2025_names_only_the_bounds_that_are_known(self) -> None:
        answer = law().kinderopvangtoeslag(parent_of(date(2024, 1, 1)), date(2025, 6, 1))

        assert says(answer, "33.3% of the price")
        assert not says(answer, "96%")

    def test_all_allowances_of_a_household_are_answered_together(self) -> None:
        family = replace(tenant(FAMILY, "800", children=(date(2020, 1, 1),)))

        answers = law().allowances(
            replace(
                family, persons=(Person(taxable_income_year=euros("35000")), Person(taxable_income_year=ZERO))
            ),
            NOTHING_SEEN,
            NOW,
        )

        assert [answer.question for answer in answers] == [
            "zorgtoeslag",
            "huurtoeslag",
            "kindgebonden-budget",
            "kinderbijslag",
            "kinderopvangtoeslag",
        ]
        assert [answer.status for answer in answers] == ["ok", "ok", "ok", "ok", "unknown"]

    def test_the_remission_norm_of_an_unknown_type_is_an_interval(self) -> None:
        assert bounds(law().remission_norm(Household(), date(2026, 1, 1), aow=False)) == (
            "1262.00",
            "1802.00",
        )

    def test_a_tax_claim_above_the_limit_is_not_collected_from_the_account(self) -> None:
        assert exact(law().tax_collection(euros("1000"), NOW)) == euros(500)
        assert exact(law().tax_collection(euros("1000.01"), NOW)) == euros(0)
        assert "not collected" in refusal(law().tax_collection(Money(0), NOW))

    def test_also_a_debt_above_the_limit_says_what_of_an_income_may_be_claimed(self) -> None:
        for debt in ("500", "5000"):
            says = {step.article: step.says for step in law().tax_collection(euros(debt), NOW).steps}

            assert "up to 10% of what is not seizable" in says["19 lid 1 en 2 Invorderingswet 1990"]
            assert "more than 1 assessment is 2 months overdue" in says["19 lid 1 en 2 Invorderingswet 1990"]
            assert "4 weeks before" in says["19 lid 9 Invorderingswet 1990"]
            assert "statutory debt settlement" in says["19 lid 10 Invorderingswet 1990"]
