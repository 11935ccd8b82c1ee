"""`report`: an answer on paper, for a spreadsheet or a program, for one use."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from psd2_affordability.cli.options import Asked, Spoken, Statements, asks, language_of

_USES = "credit_check, plan, seizure, debt_help or person"


@asks
def report(
    paths: Statements,
    *,
    use: Annotated[str, typer.Option("--for", help=f"For whom: {_USES}.")],
    asked: Asked,
    language: Spoken = "en",
    reference: Annotated[str, typer.Option(help="What you call the case; printed at the top.")] = "",
    form: Annotated[str, typer.Option("--format", help="pdf, csv or json.")] = "pdf",
    transactions: Annotated[
        bool, typer.Option("--transactions", help="The transactions as CSV; the person's own version alone.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="File to write.  [the terminal, but for pdf]")] = None,
) -> None:
    """Make a report of one or two pages, with only what its receiver may see; PDF, CSV or JSON."""
    from psd2_affordability.cli.output import console, plain
    from psd2_affordability.core.errors import UnknownName, UsageError
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.printed.make import FORMATS, Wanted, report_of_paths
    from psd2_affordability.service.printed.uses import use_of

    known = use_of(use)
    if form not in FORMATS:
        raise UnknownName.among("format of reports", form, list(FORMATS))
    if form == "pdf" and out is None:
        raise UsageError("a PDF is written to a file", do="Give one with --out")
    wanted = Wanted(known, form, language_of(language), reference, transactions)
    question = asked.question()
    made = report_of_paths(product(), paths, question, wanted)
    if out is None:
        sys.stdout.write(made.decode())
        return
    try:
        out.write_bytes(made)
    except OSError as error:
        raise UsageError(
            f"cannot write the report: {error.strerror}",
            where=str(out),
            do="Give a file in a folder that is there and may be written in",
        ) from None
    console().print(plain(f"wrote {out}: {use}, {form}, {len(made):,} bytes"))
