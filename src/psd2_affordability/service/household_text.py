"""Writes a household as the file that says the same: `parse_household` reads it back."""

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from psd2_affordability.assess.household import Household, Housing

_SMALL = 1000


def household_text(household: Household) -> str:
    """Write a household file with everything that is known, and nothing else.

    >>> from psd2_affordability.assess.household import HouseholdType
    >>> print(household_text(Household(type=HouseholdType.SINGLE, working_adults=1)), end="")
    type = "single"
    working_adults = 1
    """
    return "".join(f"{line}\n" for line in _lines(household))


def _lines(household: Household) -> Iterator[str]:
    yield from _given("type", household.type and household.type.value)
    if household.own_ibans:
        yield f"own_ibans = {json.dumps(household.own_ibans)}"
    yield from _given("working_adults", household.working_adults)
    if household.free_of:
        yield f"free_of = {json.dumps(household.free_of)}"
    for person in household.persons:
        yield "[[person]]"
        yield from _given("birth_date", person.birth_date)
        yield from _given("taxable_income_year", person.taxable_income_year)
        yield from _given("taxable_income_month", person.taxable_income_month)
    for born in household.children:
        yield "[[child]]"
        yield from _given("birth_date", born)
    if household.housing != Housing():
        yield "[housing]"
        yield from _given("kind", household.housing.kind or None)
        yield from _given("rent_month", household.housing.rent_month)
        yield from _given("service_costs_month", household.housing.service_costs_month)
        yield from _given("registered_address", household.housing.registered_address)
        yield from _given("own_home", household.housing.own_home)
    for account in household.accounts:
        yield "[[account]]"
        yield f"iban = {_text(account.iban)}"
        yield f"share = {_text(_share(account.share))}"
    if household.debts:
        yield "[debts]"
        yield from (f"{_text(name)} = {amount}" for name, amount in household.debts)


def _given(key: str, value: object) -> Iterator[str]:
    """Write a key of which the value is known."""
    match value:
        case None:
            return
        case bool():
            yield f"{key} = {str(value).lower()}"
        case str():
            yield f"{key} = {_text(value)}"
        case _:
            yield f"{key} = {value}"


def _share(share: Fraction) -> str:
    """Write a share as it can be stated: as a fraction of small numbers, or else with up to six decimals."""
    small = share.denominator < _SMALL
    return str(share) if small else str(Decimal(share.numerator) / Decimal(share.denominator))


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
