"""`explain`: how a figure of an answer is made, down to its bookings, rules and articles."""

from typing import TYPE_CHECKING, Annotated

import typer

from psd2_affordability.cli.options import Asked, Json, Only, Spoken, Statements, asks, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from psd2_affordability.assess.explain import Made
    from psd2_affordability.service.explaining import Explained
    from psd2_affordability.service.wording import Language

_SHOWN = 30


@asks
def explain(
    paths: Statements,
    *,
    figure: Annotated[
        str, typer.Option(help="Which figure, such as room.monthly.mid; left out, all are listed.")
    ] = "",
    asked: Asked,
    only: Only = "",
    language: Spoken = "en",
    json: Json = False,
) -> None:
    """Say how a figure is made: the figures, bookings, rules and articles that it comes from."""
    from psd2_affordability.cli.output import console, plain, print_json
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.explaining import explain_paths

    spoken = language_of(language)
    question = asked.question(only)
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
        newest = f", the newest {_SHOWN} (--json has all)" if len(found.bookings) > _SHOWN else ""
        screen.print(f"{_counted(len(found.bookings))}{newest}:")
    for each in found.bookings[-_SHOWN:]:
        told = f"  {each.on}  {each.amount!s:>12}  {each.category}  {each.payee}  {each.tx}"
        screen.print(plain(told), soft_wrap=True)


def _lines(made: "Made", language: "Language", depth: int, sign: str = "") -> "Iterator[str]":
    from psd2_affordability.service.citing import cited
    from psd2_affordability.service.wording import how_made

    if made.how == "minus":
        yield from _lines(made.terms[0], language, depth, "-")
        return
    says = (made.says.says_nl if language == "nl" else made.says.says).rstrip(".")
    amount = "" if made.value is None else f"{sign if made.value else ''}{made.value}  "
    name = f"{made.path}: " if made.path else ""
    law = ", ".join(each for each in (cited(made.says.article, language), made.says.rule) if each)
    bookings = f" ({_counted(len(made.says.transactions))})" if made.says.transactions else ""
    words = how_made(made.how, language) if made.terms else ""
    how = f" = {words}" if words else ""
    yield f"{'  ' * depth}{amount}{name}{says}{f' [{law}]' if law else ''}{bookings}{how}"
    for term in made.terms:
        yield from _lines(term, language, depth + 1)


def _counted(bookings: int) -> str:
    return "1 booking" if bookings == 1 else f"{bookings} bookings"
