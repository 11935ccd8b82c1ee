"""`correct` and `corrections`: what people say a transaction is, and the rules that follow from it."""

from typing import Annotated

import typer

from psd2_affordability.cli.options import Json

app = typer.Typer(no_args_is_help=True, help="What people corrected in a case, and the rules from it.")

_Purpose = Annotated[
    str, typer.Option(help="What you look for: debt_help shows all, monitoring what its signs rest on.")
]
_Case = Annotated[str, typer.Argument(help="Key of the case.")]


def correct(
    case: _Case,
    tx: Annotated[str, typer.Argument(help="Key of the transaction; see `corrections rows CASE`.")],
    *,
    category: Annotated[str, typer.Option(help="What it is: a code of the taxonomy, such as wonen.huur.")],
    reason: Annotated[str, typer.Option(help="Why, on one line.")],
    by: Annotated[str, typer.Option(help="Who says so: person or worker.")],
    rule: Annotated[bool, typer.Option("--rule", help="Propose a rule for payments like this one.")] = False,
    purpose: _Purpose = "debt_help",
    json: Json = False,
) -> None:
    """Say what one transaction of a case is; the earlier decision stays visible, and it can be undone."""
    from psd2_affordability.cli.output import console, plain, print_json
    from psd2_affordability.service import corrections
    from psd2_affordability.service.bootstrap import product

    said = corrections.Said(category, reason, by, rule)
    done = corrections.correct(product(), case, tx, said, purpose=purpose)
    if json:
        print_json(done)
        return
    screen = console()
    screen.print(plain(f"{done.id}: {done.tx} is {done.category}; it was {done.decided}"))
    if done.proposal:
        screen.print(plain(f"proposed rule {done.proposal.id}: {done.proposal.says}"))
        screen.print(
            plain(f"it does nothing until: psd2-affordability corrections accept {case} {done.proposal.id}")
        )


@app.command("rows")
def list_rows(
    case: _Case,
    *,
    find: Annotated[
        str, typer.Option(help="Only those with this in the payee, the category or the description.")
    ] = "",
    purpose: _Purpose = "debt_help",
    json: Json = False,
) -> None:
    """List the transactions of a case, each with its key and what it was taken for."""
    from rich.table import Table

    from psd2_affordability.cli.output import console, plain, print_json
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.shown_rows import shown_rows

    rows = shown_rows(product(), case, purpose, find)
    if json:
        print_json(rows)
        return
    table = Table("tx", "day", "amount", "category", "payee", "sure", "evidence", box=None)
    for row in rows:
        shown = (row.tx, row.on.isoformat(), str(row.amount), row.category, row.who[:32])
        table.add_row(*map(plain, (*shown, f"{row.confidence}%", row.evidence)))
    console().print(table if rows else "No transactions to show.")


@app.command("list")
def list_corrections(case: _Case, *, purpose: _Purpose = "debt_help", json: Json = False) -> None:
    """List the corrections and rules of a case, undone and ended ones among them."""
    from psd2_affordability.cli.output import console, plain, print_json
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.corrections import history

    found = history(product(), case, purpose)
    if json:
        print_json(found)
        return
    screen = console()
    for each in found["corrections"]:
        state = f"undone {each['undone_at']}" if each["undone_at"] else "stands"
        was = f"{each['decided']} ({each['evidence']})"
        screen.print(
            plain(f"{each['id']} {each['tx']}: {was} -> {each['category']}, by {each['by']}, {state}")
        )
        screen.print(plain(f"    {each['reason']}"), style="dim")
    for rule in found["rules"]:
        screen.print(plain(f"{rule.id} {rule.state}: {rule.says}"))
    if not found["corrections"]:
        screen.print("No corrections.")


@app.command("accept")
def accept_rule(
    case: _Case,
    rule: Annotated[str, typer.Argument(help="Key of the proposed rule.")],
    since: Annotated[
        str, typer.Option("--from", help="First booking day it is about, such as 2026-01-01.  [today]")
    ] = "",
    *,
    purpose: _Purpose = "debt_help",
) -> None:
    """Let a proposed rule hold: from today on, or from an earlier day that you name."""
    from psd2_affordability.cli.output import console, plain
    from psd2_affordability.core.dates import iso_day
    from psd2_affordability.core.errors import UsageError
    from psd2_affordability.service import corrections
    from psd2_affordability.service.bootstrap import product

    try:
        day = iso_day(since) if since else None
    except ValueError as error:
        raise UsageError(str(error), where="--from") from None
    done = corrections.accept_rule(product(), case, rule, day, purpose=purpose)
    console().print(plain(f"{done.id} {done.state}: {done.says}"))


@app.command("undo")
def undo_correction(
    case: _Case,
    key: Annotated[str, typer.Argument(help="Key of the correction or rule.")],
    *,
    purpose: _Purpose = "debt_help",
) -> None:
    """Take back a correction with the rules that rest on it, or a rule."""
    from psd2_affordability.cli.output import console, plain
    from psd2_affordability.service import corrections
    from psd2_affordability.service.bootstrap import product

    for ended in corrections.undo(product(), case, key, purpose=purpose):
        console().print(plain(f"{ended} is undone"))
