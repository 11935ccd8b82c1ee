"""`categorise`: one line for each transaction: what it is, and on what evidence."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from psd2_affordability.cli.options import Mask

if TYPE_CHECKING:
    from rich.console import Console

    from psd2_affordability.connect.result import Received
    from psd2_affordability.service.bootstrap import Product

_CSV_COLUMNS = ("tx", "category", "payee", "confidence", "evidence")


def categorise(
    paths: Annotated[
        list[Path], typer.Argument(help="Statement files, folders or archives of them, as `read` takes them.")
    ],
    bank: Annotated[
        str, typer.Option(help="Id of the bank whose saved API answers (JSON) these are; see `banks list`.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print one CSV line for each transaction.")] = False,
    mask: Mask = False,
) -> None:
    """Say what each transaction is, how sure that is, and which evidence decided."""
    import sys

    from psd2_affordability.cli.output import console, print_json
    from psd2_affordability.cli.read import read_with_progress
    from psd2_affordability.core.errors import UsageError
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.categorising import categorised
    from psd2_affordability.service.privacy import masked_for_showing
    from psd2_affordability.service.reading_view import received_view, transactions_csv

    if json and csv:
        raise UsageError("--json and --csv exclude each other", do="Choose one")
    wired = product()
    received = read_with_progress(paths, bank)
    received = categorised(wired, masked_for_showing(wired, received) if mask else received)
    if json:
        print_json(received_view(received))
    elif csv:
        sys.stdout.write(transactions_csv(received.transactions[list(_CSV_COLUMNS)]))
    else:
        _show(console(), wired, received)


def _show(screen: "Console", product: "Product", received: "Received") -> None:
    from rich.table import Table

    from psd2_affordability.cli.output import plain
    from psd2_affordability.service.categorising import summed
    from psd2_affordability.service.reading_view import transaction_rows

    rows = Table("tx", "category", "payee", "sure", "evidence", box=None)
    for row in transaction_rows(received.transactions):
        cells = (row["tx"], row["category"], row["payee"][:32], f"{row['confidence']}%", row["evidence"])
        rows.add_row(*map(plain, cells))
    screen.print(rows)
    sums = Table("category", "rows", "sum", box=None, title="Sums", title_justify="left")
    for found in summed(received.transactions):
        leaf = product.knowledge.taxonomy[found.category]
        sums.add_row(plain(leaf.en), str(found.rows), plain(f"{found.total} {found.currency}"))
    screen.print(sums)
