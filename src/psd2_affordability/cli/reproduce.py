"""`reproduce`: a past answer computed again from its receipt, and what changed since."""

from typing import TYPE_CHECKING, Annotated

import typer

from psd2_affordability.cli.options import Json

if TYPE_CHECKING:
    from rich.console import Console

    from psd2_affordability.service.reproduce import Changed, Difference, Reproduced

_SHOWN = 40


def reproduce(
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="Key of the case.")],
    receipt: Annotated[
        str,
        typer.Argument(
            metavar="[RECEIPT]",
            help="Number of the receipt, or first letters of the answer's SHA-256.  [the newest]",
        ),
    ] = "",
    *,
    purpose: Annotated[
        str, typer.Option(help="Show only what this purpose shows; everything when left out.")
    ] = "",
    json: Json = False,
) -> None:
    """Compute a past answer again from what was kept with it, and show what changed since.

    Ends with status 1 when the answer cannot be made again byte for byte.
    """
    from psd2_affordability.cli.output import console, print_json
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.reproduce import reproduce as again
    from psd2_affordability.service.reproduce import reproduce_for

    wired = product()
    found = reproduce_for(wired, subject, purpose, receipt) if purpose else again(wired, subject, receipt)
    if json:
        print_json(found)
    else:
        _show(console(), found)
    if not found.identical:
        raise typer.Exit(1)


def _show(screen: "Console", found: "Reproduced") -> None:
    from psd2_affordability.cli.output import plain

    made = found.made_at.isoformat(timespec="seconds")
    screen.print(plain(f"answer {found.receipt[:16]} for {found.purpose} on {found.on}, given {made}"))
    if found.identical:
        screen.print(plain("asked again on what was known then: identical, byte for byte", "bold"))
    else:
        screen.print(plain("asked again on what was known then: NOT identical", "bold"))
        _changes(screen, "not at hand any more:", found.not_at_hand)
        _differences(screen, "what comes out otherwise:", found.then)
    if not found.changed and not found.now:
        screen.print("Nothing that it rests on changed since.")
        return
    _changes(screen, "changed since:", found.changed)
    _differences(screen, "asked again on what is known now:", found.now)


def _changes(screen: "Console", head: str, changes: tuple["Changed", ...]) -> None:
    from psd2_affordability.cli.output import plain

    if changes:
        screen.print(head)
    for each in changes:
        was = f": {each.then or 'nothing'} -> {each.now or 'nothing'}" if each.then or each.now else ""
        screen.print(plain(f"  {each.kind}: {each.what}{was}"))


def _differences(screen: "Console", head: str, differences: tuple["Difference", ...]) -> None:
    from psd2_affordability.cli.output import plain

    if differences:
        screen.print(head)
    for each in differences[:_SHOWN]:
        screen.print(plain(f"  {each.path}: {each.then or '-'} -> {each.now or '-'}"))
    if len(differences) > _SHOWN:
        screen.print(f"  and {len(differences) - _SHOWN} more; --json shows all")
