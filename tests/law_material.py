"""The shipped rules and the law of the Netherlands, for tests of figures and formulas."""

from datetime import date
from functools import cache

from psd2_affordability._data import data_files
from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl import Netherlands
from psd2_affordability.rulebook.load import load_rulebook
from psd2_affordability.rulebook.lookup import Rulebook

NOT_GIVEN = Unknown("income.not_given", "the income is not given")
TYPES = tuple(HouseholdType)


@cache
def book() -> Rulebook:
    """The rule files as shipped."""
    return load_rulebook(data_files("rules"))


def law() -> Netherlands:
    """The law of the Netherlands by the shipped rules."""
    return Netherlands(book())


def euros(text: str) -> Money:
    """An amount."""
    return Money.euros(text)


def household(kind: HouseholdType | None, taxable: Money | None = None) -> Household:
    """A household whose first adult has the taxable income and whose partner has none."""
    if taxable is None:
        return Household(type=kind)
    partner = (Person(taxable_income_year=Money(0)),) if kind is not None and kind.has_partner else ()
    return Household(type=kind, persons=(Person(taxable_income_year=taxable), *partner))


def protected(
    kind: HouseholdType | None,
    on: date,
    *,
    taxable: Money | None = None,
    net: Money | None = None,
) -> LegalAnswer:
    """The beslagvrije voet."""
    income = NOT_GIVEN if net is None else Interval.exactly(net)
    return law().protected_income(household(kind, taxable), income, on)


def exact(answer: LegalAnswer) -> Money:
    """The exact amount of an answer."""
    assert isinstance(answer.value, Interval), answer.value
    assert answer.value.exact, answer.value
    return answer.value.low


def bounds(answer: LegalAnswer) -> tuple[str, str]:
    """The bounds of an answer."""
    assert isinstance(answer.value, Interval), answer.value
    return str(answer.value.low), str(answer.value.high)


def refusal(answer: LegalAnswer) -> str:
    """Why an answer is not known."""
    assert isinstance(answer.value, Unknown), answer.value
    return answer.value.because
