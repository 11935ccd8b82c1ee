"""`report`: an answer on paper, for a spreadsheet or a program, for one use."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from psd2_affordability.cli.assess import day_of, household_of, language_of, money_of

_USES = "credit_check, plan, seizure, debt_help or person"


def report(
    paths: Annotated[list[Path], typer.Argument(help="Statement files or folders.")],
    *,
    use: Annotated[str, typer.Option("--for", help=f"For whom: {_USES}.")],
    on: Annotated[str, typer.Option(help="The day the answer is for, such as 2026-11-22.  [today]")] = "",
    household: Annotated[Path | None, typer.Option(help="Household file (TOML).")] = None,
    debt: Annotated[str, typer.Option(help="Total debt in euros, such as 1250.00.")] = "",
    proposal: Annotated[str, typer.Option(help="A monthly payment to test, in euros.")] = "",
    title_served: Annotated[bool, typer.Option(help="The title has been served already.")] = False,
    protection_used: Annotated[
        str, typer.Option(help="What an earlier seizure this month has left already, in euros.")
    ] = "",
    obligation: Annotated[str, typer.Option(help="A new obligation: euros a month.")] = "",
    months: Annotated[int | None, typer.Option(min=1, help="For how many months.")] = None,
    parameters: Annotated[
        Path | None, typer.Option(help="Your file of leennorm amounts; see rules/nl/norms.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the report: en or nl.")] = "en",
    reference: Annotated[str, typer.Option(help="What you call the case; printed at the top.")] = "",
    form: Annotated[str, typer.Option("--format", help="pdf, csv or json.")] = "pdf",
    transactions: Annotated[
        bool, typer.Option("--transactions", help="The transactions as CSV; the person's own version alone.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="File to write.  [the terminal, but for pdf]")] = None,
) -> None:
    """Make a report of one or two pages, with only what its receiver may see; PDF, CSV or JSON."""
    from psd2_affordability.core.errors import UnknownName, UsageError
    from psd2_affordability.core.money import ZERO
    from psd2_affordability.service.assess_case import Question
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.printed.make import FORMATS, Wanted, report_of_paths
    from psd2_affordability.service.printed.uses import use_of
    from psd2_affordability.service.supplied import obligation_of, read_supplied

    if form not in FORMATS:
        raise UnknownName.among("format of reports", form, list(FORMATS))
    if form == "pdf" and out is None:
        raise UsageError("a PDF is written to a file", do="Give one with --out")
    wanted = Wanted(use_of(use), form, language_of(language), reference, transactions)
    question = Question(
        household=household_of(household, on),
        on=day_of(on),
        total_debt=money_of(debt, "--debt"),
        title_served=title_served,
        proposal=money_of(proposal, "--proposal"),
        protection_used=money_of(protection_used, "--protection-used") or ZERO,
        obligation=obligation_of(money_of(obligation, "--obligation"), months),
        leennorm=None if parameters is None else read_supplied(parameters),
    )
    made = report_of_paths(product(), paths, question, wanted)
    if out is None:
        sys.stdout.write(made.decode())
        return
    try:
        out.write_bytes(made)
    except OSError as error:
        raise UsageError(f"cannot write the report: {error.strerror}", where=str(out)) from None
