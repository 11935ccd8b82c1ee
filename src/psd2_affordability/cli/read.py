"""`read`: parse statement files and show what is in them; nothing is kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from psd2_affordability.cli.options import Mask

if TYPE_CHECKING:
    from rich.console import Console

    from psd2_affordability.connect.result import AccountRead, Received

_FIRST_ROWS = 20
_FIRST_REJECTED = 20


def read(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Statement files, folders or archives of them (ZIP, gzip): camt.052/053/054, MT940, MT942, "
            "or the CSV or TAB export of a Dutch bank; told by content."
        ),
    ],
    bank: Annotated[
        str, typer.Option(help="Id of the bank whose saved API answers (JSON) these are; see `banks list`.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print the transactions as CSV.")] = False,
    mask: Mask = False,
) -> None:
    """Parse statement files only: the accounts with their proof, the transactions, and what was rejected.

    Ends with status 1 when an account does not add up, or when something may be missing.
    """
    import sys

    from psd2_affordability.cli.output import console, print_json
    from psd2_affordability.core.errors import UsageError
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.privacy import masked_for_showing
    from psd2_affordability.service.reading import is_finding

    if json and csv:
        raise UsageError("--json and --csv exclude each other", do="Choose one")
    received = read_with_progress(paths, bank)
    if mask:
        received = masked_for_showing(product(), received)
    if json:
        from psd2_affordability.service.reading_view import received_view

        print_json(received_view(received))
    elif csv:
        from psd2_affordability.service.reading_view import transactions_csv

        sys.stdout.write(transactions_csv(received.transactions))
        _print_rejected(console(stderr=True), received)
    else:
        _show(console(), received)
    if is_finding(received):
        raise typer.Exit(1)


def read_with_progress(paths: list[Path], bank: str = "") -> "Received":
    """Read files and folders, with a bar when a person watches."""
    from rich.progress import Progress

    from psd2_affordability.cli.output import console
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.reading import read_paths

    known = product().banks.bank(bank) if bank else None
    screen = console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("reading", total=None)
        return read_paths(
            paths, lambda done, total: bar.update(task, completed=done, total=total), bank=known
        )


def _show(screen: "Console", received: "Received") -> None:
    from rich.table import Table

    from psd2_affordability.cli.output import plain
    from psd2_affordability.service.reading_view import transaction_rows

    frame = received.transactions
    accounts = Table(title="Accounts", title_justify="left")
    for heading in ("account", "currency"):
        accounts.add_column(heading)
    for heading in ("opening", "rows", "closing"):
        accounts.add_column(heading, justify="right")
    accounts.add_column("proof", overflow="fold")
    for account in received.accounts:
        own = (frame["account"] == account.account) & (frame["currency"] == account.currency)
        accounts.add_row(
            plain(account.account),
            plain(account.currency),
            _balance(account.opening.amount if account.opening else None),
            str(int(own.sum())),
            _balance(account.closing.amount if account.closing else None),
            plain(_proof(account)),
        )
    screen.print(accounts)
    first = transaction_rows(frame.head(_FIRST_ROWS))
    if first:
        more = "; --csv or --json gives all" if len(frame) > len(first) else ""
        rows = Table(title=f"Transactions: {len(first)} of {len(frame)}{more}", title_justify="left")
        for heading in ("booked on", "amount", "name", "text"):
            rows.add_column(heading, justify="right" if heading == "amount" else "left")
        for row in first:
            pending = " (pending)" if row["status"] == "pending" else ""
            rows.add_row(
                plain(f"{row['booked_on'] or ''}{pending}"),
                plain(f"{row['amount']} {row['currency']}"),
                plain(row["counterparty_name"][:32]),
                plain(row["remittance"][:48]),
            )
        screen.print(rows)
    _print_rejected(screen, received)


def _print_rejected(screen: "Console", received: "Received") -> None:
    from psd2_affordability.cli.output import plain

    for rejected in received.rejected[:_FIRST_REJECTED]:
        screen.print(plain(f"not taken over: {rejected.where}: {rejected.why}"))
    if len(received.rejected) > _FIRST_REJECTED:
        screen.print(f"and {len(received.rejected) - _FIRST_REJECTED} more: see --json")


def _balance(amount: object) -> str:
    return "" if amount is None else str(amount)


def _proof(account: "AccountRead") -> str:
    if account.proven is None:
        return f"not proven: {account.why_not}"
    return "adds up" if account.proven else f"does not add up: {account.why_not}"
