"""`explain`: how a figure of an answer is made, down to its bookings, rules and articles."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from psd2_affordability.assess.explain import Made
    from psd2_affordability.service.explaining import Explained
    from psd2_affordability.service.wording import Language

_SHOWN = 30
#: How the lines below a line give its amount, in English and Dutch.
_SIGNS = {
    "sum": ("the sum of", "de som van"),
    "sum_above_zero": ("the sum of, never below zero", "de som van, nooit onder nul"),
    "least": ("the least of, never below zero", "het laagste van, nooit onder nul"),
    "average": ("spread over the months", "verdeeld over de maanden"),
    "share": ("the first as a part of the second", "het eerste als deel van het tweede"),
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

    for line in _lines(found.made, language, 0):
        screen.print(plain(line), soft_wrap=True)
    if found.bookings:
        newest = ", the newest" if len(found.bookings) > _SHOWN else ""
        screen.print(f"{len(found.bookings)} bookings{newest}:")
    for each in found.bookings[-_SHOWN:]:
        told = f"  {each.on}  {each.amount!s:>12}  {each.category}  {each.payee}  {each.tx}"
        screen.print(plain(told), soft_wrap=True)


def _lines(made: "Made", language: "Language", depth: int, sign: str = "") -> "Iterator[str]":
    if made.how == "minus":
        yield from _lines(made.terms[0], language, depth, "-")
        return
    dutch = language == "nl"
    says = (made.says.says_nl if dutch else made.says.says).rstrip(".")
    amount = "" if made.value is None else f"{sign}{made.value}  "
    name = f"{made.path}: " if made.path else ""
    law = ", ".join(each for each in (made.says.article, made.says.rule) if each)
    bookings = f" ({len(made.says.transactions)} bookings)" if made.says.transactions else ""
    how = f" = {_SIGNS[made.how][dutch]}" if made.how in _SIGNS else ""
    yield f"{'  ' * depth}{amount}{name}{says}{f' [{law}]' if law else ''}{bookings}{how}"
    for term in made.terms:
        yield from _lines(term, language, depth + 1)
