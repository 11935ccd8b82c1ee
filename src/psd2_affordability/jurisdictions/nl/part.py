"""One term of the beslagvrije voet, exact, with the article it comes from."""

from dataclasses import dataclass
from fractions import Fraction

from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.assess.wording import Fact, in_both
from psd2_affordability.core.answer import Step
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.found import percent
from psd2_affordability.rulebook.lookup import RulesOn

_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A term of the formula in euros a month, before any rounding; said in English and Dutch."""

    article: str
    says: tuple[str, str]
    amount: Fraction

    def step(self) -> Step:
        """Return it as a step of the answer, in whole cents."""
        english, dutch = self.says
        return Step(self.article, english, Money.rounded(self.amount), dutch)


@dataclass(frozen=True, slots=True)
class Slope:
    """An amount a month that grows evenly with the income above a point, up to a most.

    Attributes:
        above: the point, in euros of taxable income a year.
        rate: what each euro of income a year above it adds.
        most: where it stops growing; None when it does not.
    """

    above: Fraction
    rate: Fraction
    most: Fraction | None = None

    def at(self, income: Fraction) -> Fraction:
        """Return the amount at an income."""
        amount = max(income - self.above, Fraction(0)) * self.rate
        return amount if self.most is None else min(amount, self.most)


def persons(household: HouseholdType) -> str:
    """Tell whether rent rules see one person or more; a child counts as a person.

    >>> persons(HouseholdType.SINGLE_PARENT)
    'more'
    """
    return "one" if household is HouseholdType.SINGLE else "more"


_KINDS = {
    HouseholdType.SINGLE: ("single person", "alleenstaande"),
    HouseholdType.SINGLE_PARENT: ("single parent", "alleenstaande ouder"),
    HouseholdType.COUPLE: ("couple", "paar"),
    HouseholdType.COUPLE_WITH_CHILDREN: ("couple with children", "paar met kinderen"),
}


def kind_words(kind: HouseholdType) -> tuple[str, str]:
    """Name a household type in English and in Dutch.

    >>> kind_words(HouseholdType.SINGLE_PARENT)
    ('single parent', 'alleenstaande ouder')
    """
    return _KINDS[kind]


def adults(household: HouseholdType) -> str:
    """Tell which norm holds: that of a single person, also with children, or of a couple.

    >>> adults(HouseholdType.SINGLE_PARENT)
    'single'
    """
    return "couple" if household.has_partner else "single"


def possible_types(household: Household) -> tuple[HouseholdType, ...]:
    """Return the household types that fit what is known; one when the type is given."""
    if household.type is not None:
        return (household.type,)
    return tuple(
        kind
        for kind in HouseholdType
        if (kind.has_partner or len(household.persons) < 2) and (kind.has_children or not household.children)
    )


def taxable(household: Household, kind: HouseholdType) -> Money | None:
    """Return the taxable income a year of the adults together; None when one of them is not known."""
    number = 2 if kind.has_partner else 1
    incomes = [adult.taxable_income_year for adult in household.persons[:number]]
    known = [income for income in incomes if income is not None]
    return Money.total(known) if len(known) == number else None


def least_taxable(household: Household, kind: HouseholdType) -> Money | None:
    """Return what the taxable income a year of the adults together is at least; None when nothing is known.

    A payslip counts twelve times: holiday pay and a thirteenth month can only come on top.
    An adult of whom nothing is known adds nothing.
    """
    counted = household.persons[: 2 if kind.has_partner else 1]
    known = [income for adult in counted if (income := _least_of(adult)) is not None]
    return Money.total(known) if known else None


def _least_of(adult: Person) -> Money | None:
    if adult.taxable_income_year is not None or adult.taxable_income_month is None:
        return adult.taxable_income_year
    return adult.taxable_income_month.times(_MONTHS_A_YEAR)


def norm_part(rules: RulesOn, household: HouseholdType) -> Part:
    """The start: a share of the social-assistance norm (A or B)."""
    share = rules.share("nl.beslagvrije_voet", "norm_share")
    norm = rules.money("nl.bijstandsnorm", "norm", adults(household))
    facts: dict[str, Fact] = {"share": percent(share), "norm": norm}
    says = in_both("{share} of the norm of {norm}", "{share} van de norm van {norm}", facts)
    return Part("475da lid 2 Rv", says, share * norm.exact)


def care_part(rules: RulesOn, household: HouseholdType, income: Fraction) -> Part:
    """The care premium that income makes one pay oneself."""
    amount = care_slope(rules, household).at(income)
    says = ("care premium not covered by zorgtoeslag", "zorgpremie waarvoor geen zorgtoeslag komt")
    return Part("475da lid 2 en 3 Rv", says, amount)


def care_slope(rules: RulesOn, household: HouseholdType) -> Slope:
    """How the care premium grows with income, up to the standard premium less the normpremie."""
    insured = 2 if household.has_partner else 1
    premium = rules.money("nl.standaardpremie", "premium").exact * insured / 12
    return Slope(
        above=rules.money("nl.drempelinkomen", "income").exact,
        rate=rules.share("nl.zorgtoeslag", "above_share") / 12,
        most=premium - rules.money("nl.normpremie", "premium", adults(household)).exact,
    )


def child_part(rules: RulesOn, household: HouseholdType, income: Fraction) -> Part:
    """The kindgebonden budget that income takes away."""
    says = ("kindgebonden budget lost", "kindgebonden budget dat wegvalt")
    return Part("475da lid 2 Rv", says, child_slope(rules, household).at(income))


def child_slope(rules: RulesOn, household: HouseholdType) -> Slope:
    """How the kindgebonden budget lost grows with income."""
    threshold = rules.money("nl.beslagvrije_voet_drempelinkomen", "income").exact
    if household.has_partner:
        threshold += rules.money("nl.kindgebonden_budget", "couple_increment").exact
    return Slope(threshold, rules.share("nl.kindgebonden_budget", "taper") / 12)


def terms(rules: RulesOn, household: HouseholdType, income: Fraction, own_rent: Fraction) -> tuple[Part, ...]:
    """Return the terms of art. 475da lid 2 Rv; only the rent among them changed on 2026-01-01.

    Args:
        rules: of the day.
        household: its type.
        income: taxable income a year, of both partners together.
        own_rent: the rent that one pays oneself, a month.
    """
    always = (
        norm_part(rules, household),
        care_part(rules, household, income),
        Part(
            "475da lid 2 Rv",
            ("rent not covered by huurtoeslag", "huur waarvoor geen huurtoeslag komt"),
            own_rent,
        ),
    )
    return (*always, child_part(rules, household, income)) if household.has_children else always
