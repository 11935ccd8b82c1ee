"""`law QUESTION`: one question of Dutch law on one day, with every step and its article."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from psd2_affordability.assess.household import Household
    from psd2_affordability.core.answer import LegalAnswer

app = typer.Typer(no_args_is_help=True, help="One question of Dutch law on one day, with its steps.")


class Kind(StrEnum):
    """The household types that can be asked for."""

    SINGLE = "single"
    SINGLE_PARENT = "single_parent"
    COUPLE = "couple"
    COUPLE_WITH_CHILDREN = "couple_with_children"


On = Annotated[str, typer.Option("--on", help="The day, such as 2026-07-01.  [today]")]
Type = Annotated[Kind | None, typer.Option("--type", help="Who lives in the household.")]
File = Annotated[Path | None, typer.Option("--household", help="Household file (TOML).")]
NoAddress = Annotated[bool, typer.Option("--no-registered-address", help="No registered address (BRP).")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("beslagvrije-voet")
def beslagvrije_voet(
    *,
    on: On = "",
    kind: Type = None,
    taxable_income_year: Annotated[
        str, typer.Option(help="Taxable income a year, of both partners together.")
    ] = "",
    net_income_month: Annotated[str, typer.Option(help="Net income a month, holiday pay included.")] = "",
    partner_net_income_month: Annotated[
        str, typer.Option(help="The partner's own net income, when it is not seized.")
    ] = "",
    housing_costs_month: Annotated[str, typer.Option(help="Housing costs a month, when they are high.")] = "",
    no_registered_address: NoAddress = False,
    household: File = None,
    json: Json = False,
) -> None:
    """What of the monthly income no creditor may take."""
    from psd2_affordability.cli.assess import money_of
    from psd2_affordability.service.law import LawInputs

    taxable = money_of(taxable_income_year, "--taxable-income-year")
    inputs = LawInputs(
        household=_household(
            household, on, kind=kind, taxable_income_year=taxable, no_registered_address=no_registered_address
        ),
        net_income_month=money_of(net_income_month, "--net-income-month"),
        partner_net_income_month=money_of(partner_net_income_month, "--partner-net-income-month"),
        housing_costs_month=money_of(housing_costs_month, "--housing-costs-month"),
    )
    _answer("beslagvrije-voet", on, inputs, json=json)


@app.command("bank-seizure")
def bank_seizure(
    on: On = "",
    kind: Type = None,
    no_registered_address: NoAddress = False,
    balance: Annotated[str, typer.Option(help="The balance, to see what a seizure would reach.")] = "",
    title_served: Annotated[bool, typer.Option(help="The title has been served already.")] = False,
    household: File = None,
    json: Json = False,
) -> None:
    """What a seizure of a bank account must leave."""
    from psd2_affordability.cli.assess import money_of
    from psd2_affordability.service.law import LawInputs

    inputs = LawInputs(
        household=_household(household, on, kind=kind, no_registered_address=no_registered_address),
        balance=money_of(balance, "--balance"),
        title_served=title_served,
    )
    _answer("bank-seizure", on, inputs, json=json)


@app.command("bijstandsnorm")
def bijstandsnorm(
    on: On = "",
    kind: Type = None,
    aow: Annotated[
        bool | None, typer.Option("--aow/--no-aow", help="Whether AOW age is reached.  [from birth dates]")
    ] = None,
    sharers: Annotated[
        int, typer.Option(min=1, help="Adults who share the costs of the home, the person counted.")
    ] = 1,
    household: File = None,
    json: Json = False,
) -> None:
    """The net social-assistance norm."""
    from psd2_affordability.service.law import LawInputs

    who = _household(household, on, kind=kind)
    reached = False if aow is None and household is None else aow
    _answer("bijstandsnorm", on, LawInputs(household=who, aow=reached, sharers=sharers), json=json)


@app.command("collection-costs")
def collection_costs(
    claim: Annotated[str, typer.Option(help="The principal in euros.")],
    on: On = "",
    household: File = None,
    json: Json = False,
) -> None:
    """The most that may be asked for collecting out of court."""
    from psd2_affordability.cli.assess import money_of
    from psd2_affordability.service.law import LawInputs

    inputs = LawInputs(household=_household(household, on), claim=money_of(claim, "--claim"))
    _answer("collection-costs", on, inputs, json=json)


@app.command("bailiff-tariff")
def bailiff_tariff(
    act: Annotated[str, typer.Option(help="Such as bank_seizure, serve_title, serve_seizure, wage_seizure.")],
    on: On = "",
    household: File = None,
    json: Json = False,
) -> None:
    """The tariff of one act of a bailiff, excluding VAT."""
    from psd2_affordability.service.law import LawInputs

    _answer("bailiff-tariff", on, LawInputs(household=_household(household, on), act=act), json=json)


def _household(path: Path | None, on: str, *, kind: Kind | None = None, **flags: Any) -> "Household":
    from psd2_affordability.assess.household import HouseholdType
    from psd2_affordability.cli.assess import household_of
    from psd2_affordability.service.law import with_household_flags

    chosen = None if kind is None else HouseholdType(kind.value)
    return with_household_flags(household_of(path, on), kind=chosen, **flags)


def _answer(question: str, on: str, inputs: Any, *, json: bool) -> None:
    from psd2_affordability.cli.assess import day_of
    from psd2_affordability.cli.output import print_json
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.law import answer_law, law_json

    answer = answer_law(product().rulebook, question, day_of(on), inputs)
    if json:
        print_json(law_json(answer))
    else:
        _show(answer)
    if answer.status == "unknown":
        raise typer.Exit(1)


def _show(answer: "LegalAnswer") -> None:
    from rich.table import Table

    from psd2_affordability.cli.output import console, plain
    from psd2_affordability.core.answer import Unknown
    from psd2_affordability.service.law import reason_of

    screen = console()
    value, per = answer.value, "" if answer.per == "once" else f" per {answer.per}"
    if isinstance(value, Unknown):
        screen.print(plain(f"{answer.question} on {answer.on}: not known"))
    elif value.exact:
        screen.print(plain(f"{answer.question} on {answer.on}: {value.low.spoken()}{per}", "bold"))
    else:
        bounds = f"from {value.low.spoken()} to {value.high.spoken()}{per}"
        screen.print(plain(f"{answer.question} on {answer.on}: {bounds}", "bold"))
    if reason := reason_of(answer):
        screen.print(plain(reason[:1].upper() + reason[1:] + "."))
    if answer.steps:
        table = Table("article", "says", box=None, pad_edge=False)
        table.add_column("amount", justify="right")
        for step in answer.steps:
            amount = "" if step.amount is None else step.amount.spoken()
            table.add_row(plain(step.article), plain(step.says), plain(amount))
        screen.print(table)
    for ask in answer.ask:
        screen.print(plain(f"Ask: {ask}"))
    for rule in answer.rules:
        screen.print(plain(f"Rule {rule.id}, in force since {rule.in_force}", "dim"))
