"""`evaluate`: categories held against labels that people gave."""

import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from psd2_affordability.service.evaluation_tables import TextTable


def evaluate(
    file: Annotated[
        Path, typer.Argument(help="CSV with the ledger's columns, amounts in euros, and `label`.")
    ],
    *,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="TOML that says what foreign labels mean.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the tables as Markdown.")] = False,
    unseen: Annotated[
        float, typer.Option("--unseen", min=0, max=1, help="Share of the payees to hide; 0 for none.")
    ] = 0.2,
    seed: Annotated[int, typer.Option("--seed", help="Decides which payees are hidden.")] = 1,
    worst: Annotated[int, typer.Option("--worst", min=0, help="How many mistakes to show.")] = 0,
    look: Annotated[
        str, typer.Option("--look", help="Why a sealed set is looked at; it is written down.")
    ] = "",
) -> None:
    """Hold categories against labels: coverage, accuracy, costly mistakes, and simpler ways beside them."""
    from psd2_affordability.cli.output import console, print_json
    from psd2_affordability.core.errors import UsageError
    from psd2_affordability.service import evaluation_tables
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.evaluating import EvaluationAsked, evaluate_file

    if json and markdown:
        raise UsageError("--json and --markdown exclude each other", do="Choose one")
    asked = EvaluationAsked(file, mapping, Decimal(str(unseen)), seed, worst, look)
    report = evaluate_file(product(), asked)
    if json:
        print_json(report)
        return
    tables = evaluation_tables.evaluation_tables(report)
    if markdown:
        sys.stdout.write(evaluation_tables.markdown(tables))
    else:
        _show(console(), tables)


def _show(screen: "Console", tables: "list[TextTable]") -> None:
    from rich.table import Table

    from psd2_affordability.cli.output import plain

    for told in tables:
        table = Table(title=plain(told.title), title_justify="left", title_style="bold", box=None)
        for heading in told.headings:
            table.add_column(plain(heading))
        for row in told.rows:
            table.add_row(*map(plain, row))
        screen.print(table)
        screen.print()
