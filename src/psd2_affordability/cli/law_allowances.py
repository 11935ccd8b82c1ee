"""The questions of `law` about allowances: each one month, year or quarter, with its steps."""

from datetime import date
from typing import Annotated, Any

import typer

from psd2_affordability.cli.law_show import (
    AssessmentIncome,
    Assets,
    Children,
    File,
    On,
    Type,
    household_of_flags,
    print_answer,
)
from psd2_affordability.cli.options import Json


def zorgtoeslag(
    *,
    on: On = "",
    kind: Type = None,
    assessment_income_year: AssessmentIncome = "",
    assets: Assets = "",
    partner_uninsured: Annotated[bool, typer.Option(help="The partner is not insured for care.")] = False,
    household: File = None,
    json: Json = False,
) -> None:
    """The care allowance a month."""
    who = household_of_flags(household, on, kind=kind)
    means = _means(assessment_income_year, assets)
    _print("zorgtoeslag", on, household=who, partner_uninsured=partner_uninsured, json=json, **means)


def huurtoeslag(
    *,
    on: On = "",
    kind: Type = None,
    assessment_income_year: AssessmentIncome = "",
    rent_month: Annotated[str, typer.Option(help="Bare rent a month.")] = "",
    persons: Annotated[
        int | None, typer.Option(min=1, help="People in the home, children counted.  [from the household]")
    ] = None,
    assets: Assets = "",
    household: File = None,
    json: Json = False,
) -> None:
    """The rent allowance a month."""
    from psd2_affordability.service.typed import typed_euros

    rent = typed_euros(rent_month, "--rent-month")
    who = household_of_flags(household, on, kind=kind, rent_month=rent)
    means = _means(assessment_income_year, assets)
    _print("huurtoeslag", on, household=who, persons=persons, json=json, **means)


def kindgebonden_budget(
    on: On = "",
    kind: Type = None,
    assessment_income_year: AssessmentIncome = "",
    child: Children = None,
    assets: Assets = "",
    household: File = None,
    json: Json = False,
) -> None:
    """The child budget a year, by the children of the month."""
    who = household_of_flags(household, on, kind=kind, children=_births(child, on))
    means = _means(assessment_income_year, assets)
    _print("kindgebonden-budget", on, household=who, json=json, **means)


def kinderbijslag(
    on: On = "",
    kind: Type = None,
    assessment_income_year: AssessmentIncome = "",
    child: Children = None,
    household: File = None,
    json: Json = False,
) -> None:
    """The child benefit of the quarter, whatever the income."""
    who = household_of_flags(household, on, kind=kind, children=_births(child, on))
    _print("kinderbijslag", on, household=who, json=json, **_means(assessment_income_year, ""))


def kinderopvangtoeslag(
    on: On = "",
    kind: Type = None,
    child: Children = None,
    household: File = None,
    json: Json = False,
) -> None:
    """What bounds the childcare allowance; its table of shares is not in our rules."""
    who = household_of_flags(household, on, kind=kind, children=_births(child, on))
    _print("kinderopvangtoeslag", on, household=who, json=json)


def _print(question: str, on: str, *, json: bool, **inputs: Any) -> None:
    from psd2_affordability.service.law import LawInputs

    print_answer(question, on, LawInputs(**inputs), json=json)


def _means(income: str, assets: str) -> dict[str, Any]:
    from psd2_affordability.service.typed import typed_euros

    return {
        "assessment_income_year": typed_euros(income, "--assessment-income-year"),
        "assets": typed_euros(assets, "--assets"),
    }


def _births(texts: list[str] | None, on: str) -> tuple[date, ...]:
    """Read the children's dates of birth; nobody is born after the day asked."""
    from psd2_affordability.cli.options import day_of
    from psd2_affordability.core.dates import iso_day
    from psd2_affordability.core.errors import UsageError

    day, births = day_of(on), []
    for text in texts or ():
        try:
            born = iso_day(text)
        except ValueError as error:
            raise UsageError(str(error), where="--child") from None
        if born > day:
            raise UsageError(f"the date of birth {born} is after {day}", where="--child")
        births.append(born)
    return tuple(births)
