"""`explain`: how a figure of an answer is made, down to its bookings, rules and articles."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from psd2_affordability.assess.explain import Made
    from psd2_affordability.service.explaining import Explained
    from psd2_affordability.service.wording import Language

_SHOWN = 30
_SIGNS = {
    "sum": "the sum of",
    "sum_above_zero": "the sum of, never below zero",
    "least": "the least of, never below zero",
    "average": "spread over the months",
    "share": "the first as a part of the second",
}


def explain(
    paths: Annotated[list[Path], typer.Argument(help="Statement files or folders: camt.053, MT940.")],
    *,
    figure: Annotated[
        str, typer.Option(help="Which figure, such as room.monthly.mid; left out, all are listed.")
    ] = "",
    on: Annotated[str, typer.Option(help="The day the answer is for, such as 2026-11-22.  [today]")] = "",
    household: Annotated[Path | None, typer.Option(help="Household file (TOML).")] = None,
    only: Annotated[str, typer.Option(help="Parts of the answer, comma separated.")] = "",
    debt: Annotated[str, typer.Option(help="Total debt in euros, such as 1250.00.")] = "",
    language: Annotated[str, typer.Option(help="Language of the sentences: en or nl.")] = "en",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say how a figure is made: the figures, bookings, rules and articles that it comes from."""
    from psd2_affordability.cli.assess import day_of, household_of, language_of, money_of, parts_of
    from psd2_affordability.cli.output import console, plain, print_json
    from psd2_affordability.service.assess_case import Question
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.explaining import explain_paths

    spoken = language_of(language)
    question = Question(
        on=day_of(on),
        household=household_of(household, on),
        parts=parts_of(only),
        total_debt=money_of(debt, "--debt"),
    )
    figures, found = explain_paths(product(), paths, question, figure)
    if json:
        print_json(found if found is not None else {"figures": figures})
    elif found is not None:
        _show(console(), found, spoken)
    else:
        for path, value in figures.items():
            console().print(plain(f"{path}  {value}"))


def _show(screen: "Console", found: "Explained", language: "Language") -> None:
    from psd2_affordability.cli.output import plain

    _made(screen, found.made, language, 0)
    if found.bookings:
        screen.print(
            f"{len(found.bookings)} bookings" + (":" if len(found.bookings) <= _SHOWN else ", the newest:")
        )
    for each in found.bookings[-_SHOWN:]:
        screen.print(plain(f"  {each.on}  {each.amount:>12}  {each.category}  {each.payee}  {each.tx}"))


def _made(screen: "Console", made: "Made", language: "Language", depth: int) -> None:
    from psd2_affordability.cli.output import plain

    says = made.says.says_nl if language == "nl" else made.says.says
    article = (
        f" [{made.says.article}{', ' if made.says.rule else ''}{made.says.rule}]" if made.says.article else ""
    )
    sign = f", {_SIGNS[made.how]}" if made.how in _SIGNS else ""
    amount = "" if made.value is None else f"{made.value}  "
    name = f"{made.path}: " if made.path else ""
    seen = f" ({len(made.says.transactions)} bookings)" if made.says.transactions else ""
    screen.print(plain(f"{'  ' * depth}{amount}{name}{says}{article}{seen}{sign}"))
    if made.how == "minus":
        _made(screen, made.terms[0], language, depth + 1)
        return
    for term in made.terms:
        _made(screen, term, language, depth + 1)
