"""`consents`: what people consented to; withdraw one, or erase everything of a case."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from psd2_affordability.cli.options import Json

if TYPE_CHECKING:
    from psd2_affordability.store.consents import Consent

app = typer.Typer(no_args_is_help=True, help="Consents: list, show, withdraw, erase.")

_Id = Annotated[str, typer.Argument(metavar="CONSENT", help="Key of the consent, as `consents list` shows.")]


@app.command("list")
def list_consents(
    case: Annotated[str, typer.Option(help="Only those of one case.")] = "", json: Json = False
) -> None:
    """List the consents, the newest first."""
    from psd2_affordability.cli.output import console, print_json
    from psd2_affordability.service.bootstrap import product

    wired = product()
    found = [_described(consent, wired.clock.today()) for consent in wired.store.consents.list(case)]
    if json:
        print_json({"consents": found})
        return
    if not found:
        console().print("No consents yet. `psd2-affordability connect BANK --purpose P` asks for one.")
        return
    from rich.table import Table

    columns = ("consent", "case", "bank", "purpose", "status", "valid_until", "last_fetch")
    table = Table(*columns, box=None)
    for each in found:
        table.add_row(*(str(each[column] or "-") for column in columns))
    console().print(table)


@app.command("show")
def show_consent(consent: _Id, json: Json = False) -> None:
    """Show one consent."""
    from psd2_affordability.cli.output import console, print_json
    from psd2_affordability.service.bootstrap import product

    wired = product()
    found = _described(wired.store.consents.show(consent), wired.clock.today())
    if json:
        print_json(found)
        return
    for name, value in found.items():
        console().print(f"{name:14} {value or '-'}", markup=False)


@app.command("revoke")
def revoke_consent(consent: _Id) -> None:
    """Withdraw a consent, here and at the bank; what it brought in is no longer read."""
    from psd2_affordability.cli.output import console
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.connect_bank import withdraw_consent

    problem = withdraw_consent(product(), consent, via="operator")
    console().print(f"consent {consent} is withdrawn", markup=False)
    if problem is not None:
        raise problem


@app.command("erase")
def erase_case(
    case: Annotated[str, typer.Argument(help="Key of the case.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase everything of a case: accounts, transactions, consents, answers. It does not come back."""
    from psd2_affordability.cli.output import console
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.connect_bank import erase_case as erase

    wired = product()
    wired.store.cases.household(case)  # refuses a case that is not there before it asks
    if not yes:
        typer.confirm(f"Erase everything of case '{case}'?", abort=True)
    erase(wired, case)
    console().print(f"case '{case}' is erased", markup=False)


def _described(consent: "Consent", on: Any) -> dict[str, Any]:
    from psd2_affordability.service.purposes import standing

    last_fetch = consent.last_fetch_at.isoformat(timespec="seconds") if consent.last_fetch_at else None
    return {
        "consent": consent.id,
        "case": consent.subject,
        "bank": consent.bank,
        "purpose": consent.purpose,
        "status": standing(consent, on),
        "valid_until": consent.valid_until,
        "last_fetch": last_fetch,
        "withdrawn_via": consent.withdrawn_via,
    }
