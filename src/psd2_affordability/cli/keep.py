"""`import`: read statement files and keep them under a case."""

from pathlib import Path
from typing import Annotated

import typer

from psd2_affordability.cli.options import Json


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Statement files, folders or archives, as for `read`.")],
    case: Annotated[str, typer.Option(help="Key of the case; not a name.")] = "case",
    bank: Annotated[str, typer.Option(help="Id of the bank whose saved API answers (JSON) these are.")] = "",
    purpose: Annotated[
        str, typer.Option(help="What they are kept for: only debt_help keeps what descriptions say.")
    ] = "",
    json: Json = False,
) -> None:
    """Read statement files and keep what is new; the same file twice changes nothing."""
    from psd2_affordability.cli.output import console, print_json
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.keep import keep_files
    from psd2_affordability.service.reading import read_paths

    wired = product()
    received = read_paths(paths, bank=wired.banks.bank(bank) if bank else None)
    kept = keep_files(wired, case, received, purpose)
    if json:
        print_json({"case": case, "kept": kept, "rejected": received.rejected})
        return
    screen = console()
    screen.print(
        f"case '{case}': {kept.accounts} accounts, {kept.new} new transactions, "
        f"{kept.same} known already, {kept.pending} pending",
        markup=False,
    )
    screen.print(
        f"masked: {kept.persons} with a private person, {kept.special} with a sensitive payee, "
        f"{kept.texts} descriptions dropped",
        markup=False,
    )
    for rejected in received.rejected:
        screen.print(f"rejected: {rejected.where}: {rejected.why}", markup=False)
    screen.print(f"kept in {wired.settings.place}", markup=False, style="dim")
