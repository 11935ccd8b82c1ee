"""What the commands of `law` share: their options, the household, and how an answer is shown."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from psd2_affordability.assess.household import Household
    from psd2_affordability.core.answer import LegalAnswer


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
AssessmentIncome = Annotated[
    str, typer.Option("--assessment-income-year", help="Toetsingsinkomen a year, of both partners together.")
]
Assets = Annotated[str, typer.Option("--assets", help="Assets on 1 January, of both partners together.")]
Children = Annotated[
    list[str] | None, typer.Option("--child", help="A child's date of birth; give it for each child.")
]


def household_of_flags(path: Path | None, on: str, *, kind: Kind | None = None, **flags: Any) -> "Household":
    """Read the household file, and put what the flags say over it."""
    from psd2_affordability.assess.household import HouseholdType
    from psd2_affordability.cli.options import household_of
    from psd2_affordability.service.law import with_household_flags

    chosen = None if kind is None else HouseholdType(kind.value)
    return with_household_flags(household_of(path, on), kind=chosen, **flags)


def print_answer(question: str, on: str, inputs: Any, *, json: bool) -> None:
    """Answer a question and print it; an unknown answer ends with exit status 1."""
    from psd2_affordability.cli.options import day_of
    from psd2_affordability.cli.output import print_json
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.law import answer_law
    from psd2_affordability.service.law_view import law_json

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
    from psd2_affordability.service.law_view import reason_of

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
