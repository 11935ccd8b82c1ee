"""Lives and households of which allowances are found, and the figures that their tests are worked out from.

Zorgtoeslag of a single person: (2,119 - 1.912% of 29,736 - 13.73% of the income above it) / 12, whole
euros downward. Huurtoeslag at a rent R up to 713.02: 498.20 - 202.52 + 65% of (R - 498.20), less a
twelfth of 27% of the income above 23,425. Kindgebonden budget of a single parent: 2,580 a child + 3,416.
"""

from datetime import date

from assess_builders import ACCOUNT, KNOWLEDGE, Life, euros, understood

from law_material import law
from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.assess.results import Allowance, Assessment
from psd2_affordability.assess.run import assess
from psd2_affordability.core.answer import Interval

ON = date(2026, 11, 22)
SINGLE, PARENT, COUPLE, FAMILY = HouseholdType
CARE, RENT_ALLOWANCE = "inkomen.toeslag_zorg", "inkomen.toeslag_huur"
BUDGET, BENEFIT, JOINT = "inkomen.toeslag_kindgebonden", "inkomen.kinderbijslag", "inkomen.toeslag_onbepaald"
QUARTERS = [date(2026, month, 2) for month in (1, 4, 7, 10)]


def household(
    kind: HouseholdType | None = SINGLE,
    *taxable: str,
    rent: str | None = None,
    children: tuple[date, ...] = (),
    home: str = "rent",
) -> Household:
    return Household(
        type=kind,
        persons=tuple(Person(taxable_income_year=euros(amount)) for amount in taxable),
        children=children,
        housing=Housing(kind=home, rent_month=None if rent is None else euros(rent)),
    )


def life(wage: str | int = 1700, rent: str | int | None = "-620.10", on: date = ON) -> Life:
    """Wages and a health insurance premium, and rent."""
    lived = Life(on=on).monthly("inkomen.loon", wage, day=24).monthly("zorg.premie", -160, day=3)
    return lived if rent is None else lived.monthly("wonen.huur", rent, day=1)


def answered(lived: Life, known: Household, *parts: str, balance: str | None = None) -> Assessment:
    """Assess the parts; a balance is that of the one account, on the day asked."""
    balances = () if balance is None else (KnownBalance(ACCOUNT, euros(balance), lived.on),)
    case = Case(household=known, balances=balances)
    return assess(understood(lived), {lived.subject: case}, law(), KNOWLEDGE, lived.on, parts)[lived.subject]


def found(lived: Life, known: Household | None = None, *, balance: str | None = None) -> dict[str, Allowance]:
    allowances = answered(lived, known or household(), "allowances", balance=balance).allowances
    assert allowances is not None
    return {one.code: one for one in allowances}


def codes(one: Allowance) -> list[str]:
    return [reason.code for reason in one.reasons]


def asked(one: Allowance) -> list[str]:
    return [question.says.code for question in one.questions]


def a_month(low: str, high: str | None = None) -> Interval:
    return Interval(euros(low), euros(high or low))
