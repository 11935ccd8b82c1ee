"""The root command: every command stands in its own module and loads what it needs when it runs."""

import sys
from typing import Annotated

import typer

from psd2_affordability import __version__
from psd2_affordability.cli import banks, certificates, consents, law, rules
from psd2_affordability.cli import correct as corrections
from psd2_affordability.cli.assess import assess
from psd2_affordability.cli.cases import cases
from psd2_affordability.cli.categorise import categorise
from psd2_affordability.cli.connect import connect
from psd2_affordability.cli.correct import correct
from psd2_affordability.cli.decide import decide
from psd2_affordability.cli.demo import demo
from psd2_affordability.cli.evaluate import evaluate
from psd2_affordability.cli.explain import explain
from psd2_affordability.cli.fairness import fairness
from psd2_affordability.cli.keep import import_
from psd2_affordability.cli.lending_evidence import lending_evidence
from psd2_affordability.cli.read import read
from psd2_affordability.cli.reports import report
from psd2_affordability.cli.reproduce import reproduce
from psd2_affordability.cli.sandbox import sandbox
from psd2_affordability.cli.serve import serve

app = typer.Typer(
    name="psd2-affordability",
    help="Consented bank data turned into honest answers for people who lend, collect or help with debt.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.command()(demo)
app.command()(sandbox)
app.command()(serve)
app.command()(connect)
app.command()(read)
app.command("import")(import_)
app.command()(categorise)
app.command()(assess)
app.command()(report)
app.command()(explain)
app.command()(cases)
app.command()(reproduce)
app.command()(correct)
app.command()(decide)
app.command()(lending_evidence)
app.command()(evaluate)
app.command()(fairness)
app.add_typer(corrections.app, name="corrections")
app.add_typer(consents.app, name="consents")
app.add_typer(banks.app, name="banks")
app.add_typer(certificates.app, name="certificates")
app.add_typer(rules.app, name="rules")
app.add_typer(law.app, name="law")


def _version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"psd2-affordability {__version__}\n")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Consented bank data turned into honest answers for people who lend, collect or help with debt."""
    del version
