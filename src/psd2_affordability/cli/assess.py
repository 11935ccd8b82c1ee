"""`assess`: the answers from statement files."""

from typing import TYPE_CHECKING, Annotated

import typer

from psd2_affordability.cli.options import Asked, Json, Mask, Only, Spoken, Statements, asks, language_of

if TYPE_CHECKING:
    from psd2_affordability.service.bootstrap import Product
    from psd2_affordability.service.receivers.shown import Shown
    from psd2_affordability.service.wording import Language


@asks
def assess(
    paths: Statements,
    *,
    purpose: Annotated[
        str,
        typer.Option(
            help="Show only what this purpose shows: debt_help, payment_plan, credit_check, seizure_check "
            "or monitoring."
        ),
    ] = "debt_help",
    asked: Asked,
    only: Only = "",
    language: Spoken = "en",
    mask: Mask = False,
    json: Json = False,
) -> None:
    """Answer from statement files: room for a plan, seizure, credit check, signs of new debt, allowances."""
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.receivers.shown import show_paths

    spoken = language_of(language)
    question = asked.question(only)
    wired = product()
    show(wired, show_paths(wired, paths, question, purpose, mask=mask), spoken, json=json)


def show(product: "Product", shown: "Shown", language: "Language", *, json: bool) -> None:
    """Print an answer as JSON or as a report, with what its purpose shows."""
    import sys

    from psd2_affordability.cli.output import console

    if json:
        sys.stdout.write(shown.json() + "\n")
        return
    from psd2_affordability.cli.report import Report

    leaves = product.knowledge.taxonomy.values()
    names = {leaf.code: leaf.nl if language == "nl" else leaf.en for leaf in leaves}
    report = Report(shown.found, names, language, named=shown.asked.names)
    console().print(report.render())
