"""The beslagvrije voet: the published amounts come out of the formula, and doubt widens the answer."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import isqrt

import pytest

from law_material import NOT_GIVEN, TYPES, book, bounds, euros, exact, household, law, protected, refusal
from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.core.answer import Interval
from psd2_affordability.core.money import Money, Rounding
from psd2_affordability.jurisdictions.nl import formula_2022, formula_2026
from psd2_affordability.jurisdictions.nl.regimes import REGIMES
from psd2_affordability.rulebook.lookup import RulesOn

NOW = date(2026, 11, 22)
SINGLE = HouseholdType.SINGLE
COUPLE = HouseholdType.COUPLE
HALF_YEARS = [date(year, month, 1) for year in range(2022, 2027) for month in (1, 7)]


def income_at_highest_rent(rules: RulesOn) -> Fraction:
    """The income of art. 475da lid 8 Rv: where the own rent of a larger household is the highest rent."""
    if rules.day.year >= 2026:
        share = rules.share("nl.huurtoeslag", "income_share", "more")
        point = rules.money("nl.huurtoeslag", "minimum_income", "more").exact
        return point + formula_2026.highest_rent(rules).exact * 12 / share
    slope, offset = formula_2022.rent_factors(rules, "more")
    root = offset**2 + 4 * slope * formula_2022.highest_rent(rules).exact
    scale = 10**24
    exact_root = Fraction(isqrt(root.numerator * scale**2 // root.denominator), scale)
    return (exact_root - offset) / (2 * slope)


@pytest.mark.parametrize("on", HALF_YEARS)
@pytest.mark.parametrize("kind", TYPES)
def test_the_formula_gives_every_published_maximum_to_the_cent(on: date, kind: HouseholdType) -> None:
    rules = book().on(on)
    regime = REGIMES[max(first for first in REGIMES if first <= on)]
    income = income_at_highest_rent(rules)

    computed = sum(part.amount for part in regime.parts(rules, kind, income))

    published = rules.money("nl.beslagvrije_voet_maxima", "maximum", kind.value)
    assert Money.rounded(Fraction(computed)) == published


@pytest.mark.parametrize("size", ["one", "more"])
def test_the_formula_gives_the_income_limit_for_owners_to_the_cent(size: str) -> None:
    rules = book().on(NOW)
    rent = "nl.huurtoeslag"
    whole, cap, most = (rules.money(rent, name).exact for name in ("quality_limit", "cap_small", "max_rent"))
    middle, high = rules.share(rent, "middle_share"), rules.share(rent, "high_share", size)

    largest = Money.rounded(whole + middle * (cap - whole) + high * (most - cap), Rounding.UP)
    limit = rules.money(rent, "minimum_income", size).exact + largest.exact * 12 / rules.share(
        rent, "income_share", size
    )

    assert Money.rounded(limit) == rules.money("nl.beslagvrije_voet_inkomensgrens", "limit", size)


@pytest.mark.parametrize(
    ("taxable", "amounts"),
    [
        ("30000", "1499.45 1353.18 1929.42 1929.42"),
        ("40000", "1838.86 1686.77 2199.67 2205.12"),
        ("60000", "2208.48 2192.25 2696.07 2828.18"),
    ],
)
def test_a_known_taxable_income_gives_an_exact_amount(taxable: str, amounts: str) -> None:
    found = [str(exact(protected(kind, date(2026, 7, 1), taxable=euros(taxable)))) for kind in TYPES]

    assert found == amounts.split()


def test_every_step_names_its_article_and_every_rule_its_date() -> None:
    answer = protected(SINGLE, date(2026, 7, 1), taxable=euros("30000"), net=euros("2200"))

    assert [step.article for step in answer.steps] == [
        "475da lid 2 Rv",
        "475da lid 2 en 3 Rv",
        "475da lid 2 Rv",
        "475da lid 1 Rv",
        "475dc lid 1 Rv",
    ]
    assert {"nl.beslagvrije_voet_maxima", "nl.bijstandsnorm", "nl.zorgtoeslag"} <= {
        rule.id for rule in answer.rules
    }
    assert all(rule.in_force <= date(2026, 7, 1) for rule in answer.rules)


def test_with_only_a_net_income_the_answer_is_an_interval_with_a_question() -> None:
    answer = protected(SINGLE, NOW, net=euros("2000"))

    assert answer.status == "interval"
    assert bounds(answer) == ("1348.49", "1900.00")
    assert any("belastbaar inkomen" in ask for ask in answer.ask)


def test_a_low_income_leaves_five_percent_to_seize() -> None:
    assert exact(protected(SINGLE, NOW, net=euros("1000"))) == euros("950.00")


def test_without_any_income_nothing_is_protected() -> None:
    assert exact(protected(SINGLE, NOW, net=Money(0))) == Money(0)


def test_a_high_net_income_is_protected_up_to_the_maximum() -> None:
    assert bounds(protected(SINGLE, NOW, net=euros("9000"))) == ("1348.49", "2208.48")


def test_a_net_income_between_bounds_gives_the_bounds_of_the_answer() -> None:
    answer = law().protected_income(
        household(SINGLE, euros("30000")), Interval(euros("1000"), euros("3000")), NOW
    )

    assert bounds(answer) == ("950.00", "1499.45")


def test_an_unknown_household_type_gives_the_bounds_over_all_types() -> None:
    answer = protected(None, NOW, net=euros("3000"))

    assert bounds(answer) == ("1348.49", "2850.00")
    assert "partner" in answer.ask[0]
    incomes = [ask for ask in answer.ask if "belastbaar inkomen" in ask]
    assert incomes == [
        "What is the taxable income (belastbaar inkomen) a year, with a partner of both together?"
    ]


def test_only_who_has_a_partner_is_asked_for_the_income_of_both() -> None:
    def asked(kind: HouseholdType) -> str:
        answer = protected(kind, NOW, net=euros("2000"))
        return next(ask for ask in answer.ask if "belastbaar inkomen" in ask)

    assert asked(HouseholdType.SINGLE_PARENT) == "What is the taxable income (belastbaar inkomen) a year?"
    assert asked(HouseholdType.COUPLE).endswith("of both partners together?")


def test_without_type_and_income_the_answer_is_unknown() -> None:
    assert "neither the household type nor an income" in refusal(protected(None, NOW))


def test_two_adults_and_a_child_leave_one_type() -> None:
    family = Household(persons=(Person(), Person()), children=(date(2018, 5, 1),))

    answer = law().protected_income(family, Interval.exactly(euros("9000")), NOW)

    assert bounds(answer) == ("1926.40", "3179.68")


def test_a_payslip_gives_the_least_and_leaves_the_most_and_asks() -> None:
    payslip = Household(type=SINGLE, persons=(Person(taxable_income_month=euros("2500")),))

    answer = law().protected_income(payslip, Interval.exactly(euros("2300")), NOW)

    assert bounds(answer) == ("1499.45", "2185.00")
    assert (answer.steps[0].article, answer.steps[0].amount) == ("475d Rv", euros("30000"))
    assert "twelve times" in answer.steps[0].says
    assert any("belastbaar inkomen" in ask for ask in answer.ask)
    assert any("payslip" in ask and "holiday pay" in ask for ask in answer.ask)


def test_a_payslip_gives_way_to_the_taxable_income_of_the_year() -> None:
    both = Household(type=SINGLE, persons=(Person(None, euros("30000"), euros("9000")),))

    assert exact(law().protected_income(both, NOT_GIVEN, NOW)) == euros("1499.45")


def test_the_payslips_of_partners_are_added_and_what_is_not_known_adds_nothing() -> None:
    def from_(*months: str | None) -> tuple[str, str]:
        adults = [Person(taxable_income_month=None if month is None else euros(month)) for month in months]
        couple = Household(type=COUPLE, persons=tuple(adults))
        return bounds(law().protected_income(couple, Interval.exactly(euros("9000")), NOW))

    assert from_("2000", "500") == ("1929.42", "2905.79") == from_("2500", None) == from_(None, "2500")


def test_a_payslip_without_a_household_type_gives_the_bounds_over_all_types() -> None:
    payslip = Household(persons=(Person(taxable_income_month=euros("2500")),))

    assert bounds(law().protected_income(payslip, NOT_GIVEN, NOW)) == ("1353.18", "3179.68")


def test_a_couple_needs_the_taxable_income_of_both() -> None:
    one = Household(type=COUPLE, persons=(Person(taxable_income_year=euros("30000")), Person()))
    both = replace(one, persons=(one.persons[0], Person(taxable_income_year=euros("10000"))))

    assert law().protected_income(one, NOT_GIVEN, NOW).status == "interval"
    assert exact(law().protected_income(both, NOT_GIVEN, NOW)) == euros("2199.67")


def test_without_a_registered_address_a_share_of_the_couple_norm_is_protected() -> None:
    away = Household(type=SINGLE, housing=Housing(registered_address=False))

    assert exact(law().protected_income(away, NOT_GIVEN, NOW)) == euros("963.20")
    assert exact(law().protected_income(away, Interval.exactly(euros("500")), NOW)) == euros("475.00")


def test_a_partner_with_an_own_income_lowers_it_by_half_at_most() -> None:
    couple = household(COUPLE, euros("60000"))

    def left(partner: str) -> Money:
        return exact(law().protected_income(couple, NOT_GIVEN, NOW, partner_net_income_month=euros(partner)))

    assert left("0") == euros("2696.07")
    assert left("696.07") == euros("2000.00")
    assert left("5000") == euros("1348.03")


def test_high_housing_costs_count_above_their_limit_only() -> None:
    single = household(SINGLE, euros("60000"))

    def with_costs(costs: str) -> Money:
        return exact(law().protected_income(single, NOT_GIVEN, NOW, housing_costs_month=euros(costs)))

    assert with_costs("1026.22") == euros("2208.48")
    assert with_costs("1126.22") == euros("2308.48")


def test_an_owner_is_told_that_more_can_be_asked() -> None:
    owner = replace(household(SINGLE, euros("30000")), housing=Housing(kind="owner"))

    answer = law().protected_income(owner, NOT_GIVEN, NOW)

    assert "475da lid 7 Rv" in [step.article for step in answer.steps]


@pytest.mark.parametrize("on", [date(2020, 12, 31), date(1999, 1, 1)])
def test_a_day_before_the_rules_is_unknown_with_the_fact(on: date) -> None:
    assert "first in force on 2021-01-01" in refusal(protected(SINGLE, on, net=euros("2000")))


@pytest.mark.parametrize("taxable", [None, "30000"])
def test_in_2021_the_answer_lies_between_the_norm_and_the_maximum_whatever_the_income(
    taxable: str | None,
) -> None:
    income = None if taxable is None else euros(taxable)

    answer = protected(SINGLE, date(2021, 8, 1), taxable=income, net=euros("1700"))

    assert bounds(answer) == ("1024.77", "1615.00")
    assert any("not known to us" in step.says for step in answer.steps)
    assert not any("taxable income" in ask for ask in answer.ask)


def test_in_2021_a_low_income_still_has_an_exact_answer() -> None:
    assert exact(protected(SINGLE, date(2021, 8, 1), net=euros("1000"))) == euros("950.00")


def test_the_formula_changes_on_the_first_of_january_2026() -> None:
    before, after = (
        exact(protected(SINGLE, on, taxable=euros("30000"))) for on in (date(2025, 12, 31), date(2026, 1, 1))
    )

    assert (before, after) == (euros("1489.03"), euros("1482.38"))


def test_after_the_review_date_the_amount_is_the_last_known_one() -> None:
    answer = protected(SINGLE, date(2027, 1, 1), taxable=euros("500000"))

    assert exact(answer) == euros("2208.48")
    assert any(rule.review_passed for rule in answer.rules)


def test_asking_again_at_another_net_income_cites_the_same_rules_and_starts_from_the_same_steps() -> None:
    told = household(SINGLE, euros("24000"))
    nets = (Interval.exactly(euros(net)) for net in ("1500", "2500"))
    first, again = (law().protected_income(told, net, NOW) for net in nets)

    assert first.rules == again.rules
    assert first.steps[:-1] == again.steps[:-1]
    assert first.steps[-1] != again.steps[-1]


def test_a_day_before_all_rules_is_refused_each_time_it_is_asked() -> None:
    before = date(2015, 1, 1)
    asked = [law().protected_income(household(SINGLE, euros("24000")), NOT_GIVEN, before) for _ in range(2)]

    assert asked[0] == asked[1]
    assert asked[0].status == "unknown"


def test_where_the_household_is_not_known_each_kind_is_named_in_words_with_its_bounds():
    steps = protected(None, NOW, taxable=euros("20000")).steps

    assert [one.says for one in steps if one.says.startswith("as a ")] == [
        "as a single person",
        "as a single parent",
        "as a couple: from €1,926.40 to",
        "as a couple with children: from €1,926.40 to",
    ]
    assert [one.says_nl for one in steps if one.says_nl.startswith("als ")][2:] == [
        "als paar: van € 1.926,40 tot",
        "als paar met kinderen: van € 1.926,40 tot",
    ]
