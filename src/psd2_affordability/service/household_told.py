"""The household of a case that is kept, told for a purpose."""

from dataclasses import replace
from itertools import zip_longest

from psd2_affordability.assess.household import Household, Person
from psd2_affordability.core.errors import UsageError
from psd2_affordability.service.assess_case import keep_household, kept_household
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.household_text import household_text
from psd2_affordability.service.purposes import consent_for, purpose

#: What a receiver is not shown of a household cannot be told for one either, and stays as it is.
_NOT_SHOWN = ("children", "accounts", "own_ibans", "debts", "free_of")
_NOBODY = Person()


def tell_household(product: Product, subject: str, household: Household, purpose_code: str) -> None:
    """Keep what is known of the household of a case, in the place of what was.

    For a purpose that is not shown names, children, accounts, debts and costs that ended stay as they
    were kept, and so does a birth date of an adult that is not given.

    Raises:
        UnknownName: no such case or purpose.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
        UsageError: something is told that the purpose does not show.
        HouseholdError: a household that cannot be.
    """
    asked = purpose(purpose_code)
    consent_for(product.store.consents.list(subject), asked, subject)
    known = kept_household(product, subject)
    if not asked.names:
        _refuse_hidden(household, purpose_code)
        hidden = {name: getattr(known, name) for name in _NOT_SHOWN}
        household = replace(household, persons=_with_birth_dates(known, household), **hidden)
    keep_household(product, subject, household_text(household))


def _refuse_hidden(household: Household, purpose_code: str) -> None:
    hidden = [name for name in _NOT_SHOWN if getattr(household, name)]
    if hidden:
        raise UsageError(
            f"for {purpose_code} {', '.join(hidden)} cannot be told",
            do="Leave them out, or use the purpose debt_help",
        )


def _with_birth_dates(known: Household, told: Household) -> tuple[Person, ...]:
    both = zip_longest(told.persons, known.persons[: len(told.persons)], fillvalue=_NOBODY)
    return tuple(replace(one, birth_date=one.birth_date or before.birth_date) for one, before in both)
