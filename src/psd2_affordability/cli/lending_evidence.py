"""`lending-evidence`: what bank data showed on the day before a credit was granted."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from psd2_affordability.cli.options import (
    Json,
    Mask,
    Months,
    Spoken,
    day_of,
    household_of,
    language_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psd2_affordability.assess.results.lending_evidence import LendingEvidence
    from psd2_affordability.core.reasons import Reason
    from psd2_affordability.service.wording import Language


def lending_evidence(
    paths: Annotated[list[Path], typer.Argument(help="Statement files or folders.")],
    *,
    granted_on: Annotated[str, typer.Option(help="The day of granting; only what was booked before counts.")],
    creditor: Annotated[str, typer.Option(help="Who granted it.")] = "",
    payment: Annotated[str, typer.Option(help="What the credit asks, euros a month.")] = "",
    months: Months = None,
    household: Annotated[Path | None, typer.Option(help="Household file (TOML), as it was then.")] = None,
    language: Spoken = "en",
    mask: Mask = False,
    json: Json = False,
) -> None:
    """Put together what could be seen before a credit was granted: dated facts, and no judgement."""
    from psd2_affordability.cli.output import print_json
    from psd2_affordability.core.errors import UsageError
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.lending_evidence import evidence_from_paths
    from psd2_affordability.service.supplied import obligation_of
    from psd2_affordability.service.typed import typed_euros

    spoken = language_of(language)
    if not granted_on:
        raise UsageError("say on which day the credit was granted", where="--granted-on")
    day = day_of(granted_on, "--granted-on")
    wired = product()
    found = evidence_from_paths(
        wired,
        paths,
        day,
        household=household_of(household, granted_on),
        credit=obligation_of(typed_euros(payment, "--payment"), months),
        creditor=creditor,
        mask=mask,
    )
    if json:
        print_json(found)
        return
    leaves = wired.knowledge.taxonomy.values()
    _print(found, spoken, {leaf.code: leaf.nl if spoken == "nl" else leaf.en for leaf in leaves})


def _print(found: "LendingEvidence", language: "Language", names: "Mapping[str, str]") -> None:
    from rich.table import Table

    from psd2_affordability.cli.output import console, plain
    from psd2_affordability.service.wording import label, word

    def says(reason: "Reason") -> str:
        return reason.says_nl if language == "nl" else reason.says

    screen = console()
    screen.print(plain(word("heading.lending_evidence", language), style="bold"))
    by = f", {found.creditor}" if found.creditor else ""
    screen.print(plain(f"{label('granted on', language)} {found.granted_on}{by}"))
    for each in found.facts:
        screen.print(plain(f"• {says(each)}"))
    indicators = Table(box=None, show_header=False, padding=(0, 2))
    for one in found.indicators:
        indicators.add_row(plain(word(f"level.{one.level}", language)), plain(says(one.says)))
    screen.print(indicators)
    events = Table(box=None, padding=(0, 2), show_header=False)
    for event in found.events:
        amount = plain(event.amount.spoken(language=language))
        events.add_row(
            event.on.isoformat(), plain(event.payee), plain(names[event.category]), amount, event.tx
        )
    screen.print(events)
    for each in found.not_visible:
        screen.print(plain(f"• {says(each)}", style="dim"))
    receipt = found.receipt
    data = (
        f", {label('transactions', language)}: {receipt.data.rows}, sha256 {receipt.data.sha256}"
        if receipt.data
        else ""
    )
    made = f"{label('version', language)} {receipt.engine}, {label('as of', language)} {receipt.on}"
    screen.print(plain(f"{made}{data}", style="dim"))
    for rule in receipt.rules:
        screen.print(plain(f"{rule.id}, {rule.in_force}, sha256 {rule.sha256}", style="dim"))
