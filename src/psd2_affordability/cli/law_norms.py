"""The questions of `law` whose amounts the user supplies: vtlb, settlement, leennorm, minimum budget."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from psd2_affordability.cli.law_show import File, On, Type, household_of_flags, print_answer
from psd2_affordability.cli.options import Json

Supplied = Annotated[
    Path | None,
    typer.Option("--parameters", help="Your file of published amounts; see rules/nl/norms/*.template.toml."),
]
Net = Annotated[str, typer.Option("--net-income-month", help="Net income a month, holiday pay included.")]
Taxable = Annotated[
    str, typer.Option("--taxable-income-year", help="Taxable income a year, of both partners together.")
]
PartnerNet = Annotated[
    str,
    typer.Option("--partner-net-income-month", help="The partner's own net income, when it is not seized."),
]
Working = Annotated[int | None, typer.Option("--working-adults", min=0, help="How many adults work.")]
Corrections = Annotated[
    list[str] | None,
    typer.Option("--correction", help="A correction of the vtlb, such as travel=45.50; repeat."),
]


class Home(StrEnum):
    """How the household lives."""

    RENT = "rent"
    OWNER = "owner"


def vtlb(
    *,
    on: On = "",
    kind: Type = None,
    net_income_month: Net = "",
    taxable_income_year: Taxable = "",
    partner_net_income_month: PartnerNet = "",
    working_adults: Working = None,
    correction: Corrections = None,
    parameters: Supplied = None,
    household: File = None,
    json: Json = False,
) -> None:
    """What a household keeps in a debt settlement: the beslagvrije voet with nominal amounts."""
    inputs = _inputs(
        household=household_of_flags(household, on, kind=kind, **_taxable(taxable_income_year)),
        net_income_month=net_income_month,
        partner_net_income_month=partner_net_income_month,
        own=_own(working_adults, correction),
        parameters=parameters,
    )
    print_answer("vtlb", on, inputs, json=json)


def nvvk_plan(
    *,
    on: On = "",
    kind: Type = None,
    debt: Annotated[str, typer.Option(help="What is owed to all creditors together.")] = "",
    net_income_month: Net = "",
    taxable_income_year: Taxable = "",
    partner_net_income_month: PartnerNet = "",
    working_adults: Working = None,
    correction: Corrections = None,
    no_capacity_foreseen: Annotated[
        bool, typer.Option(help="It was looked into, and nothing can be paid for the whole term.")
    ] = False,
    parameters: Supplied = None,
    household: File = None,
    json: Json = False,
) -> None:
    """What a settlement of debts pays a month above the vtlb, and whether the debts are problematic."""
    inputs = _inputs(
        household=household_of_flags(household, on, kind=kind, **_taxable(taxable_income_year)),
        net_income_month=net_income_month,
        partner_net_income_month=partner_net_income_month,
        debt=debt,
        own=_own(working_adults, correction),
        no_capacity_foreseen=no_capacity_foreseen,
        parameters=parameters,
    )
    print_answer("nvvk-plan", on, inputs, json=json)


def leennorm(
    *,
    on: On = "",
    kind: Type = None,
    net_income_month: Net = "",
    housing: Annotated[Home | None, typer.Option(help="How the household lives.")] = None,
    parameters: Supplied = None,
    household: File = None,
    json: Json = False,
) -> None:
    """What of a monthly income consumer credit may not touch."""
    home = {} if housing is None else {"housing": housing.value}
    inputs = _inputs(
        household=household_of_flags(household, on, kind=kind, **home),
        net_income_month=net_income_month,
        parameters=parameters,
    )
    print_answer("leennorm", on, inputs, json=json)


def nibud_budget(
    *,
    on: On = "",
    kind: Type = None,
    parameters: Supplied = None,
    household: File = None,
    json: Json = False,
) -> None:
    """The minimum example budget of the household."""
    inputs = _inputs(household=household_of_flags(household, on, kind=kind), parameters=parameters)
    print_answer("nibud-budget", on, inputs, json=json)


def _taxable(text: str) -> dict[str, Any]:
    from psd2_affordability.service.typed import typed_euros

    return {"taxable_income_year": typed_euros(text, "--taxable-income-year")}


def _own(working_adults: int | None, corrections: list[str] | None) -> Any:
    from psd2_affordability.jurisdictions.nl.supplied_norms import Own
    from psd2_affordability.service.law import corrections_of

    return Own(working_adults, corrections_of(corrections or []))


def _inputs(*, parameters: Path | None, **given: Any) -> Any:
    from psd2_affordability.service.law import LawInputs
    from psd2_affordability.service.supplied import read_supplied
    from psd2_affordability.service.typed import typed_euros

    for name in ("net_income_month", "partner_net_income_month", "debt"):
        if name in given:
            given[name] = typed_euros(given[name], f"--{name.replace('_', '-')}")
    return LawInputs(parameters=None if parameters is None else read_supplied(parameters), **given)
