"""`banks`: which banks there are, and what each allows."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from psd2_affordability.cli.options import Json

if TYPE_CHECKING:
    from psd2_affordability.connect.registry import Bank, Banks

app = typer.Typer(no_args_is_help=True, help="The banks we know, and what each allows.")


@app.command("list")
def list_banks(
    json: Json = False,
    markdown: Annotated[bool, typer.Option(help="Print Markdown, as the documentation has it.")] = False,
) -> None:
    """List the banks."""
    from psd2_affordability.cli.output import console, print_json

    if markdown:
        from psd2_affordability.service.banks_table import banks_table, notes_list

        typer.echo(banks_table(_banks()) + "\n" + notes_list(_banks()), nl=False)
        return
    banks = list(_banks())
    if json:
        print_json({"banks": [_described(bank) for bank in banks]})
        return
    from rich.table import Table

    table = Table("id", "name", "standard", "maturity", box=None)
    for bank in banks:
        table.add_row(bank.id, bank.name, bank.profile.title, bank.maturity)
    console().print(table)


@app.command("show")
def show_bank(bank_id: Annotated[str, typer.Argument(metavar="ID")], json: Json = False) -> None:
    """Show one bank: its standard, its limits and where that is written."""
    from psd2_affordability.cli.output import console, print_json

    bank = _banks().bank(bank_id)
    if json:
        print_json(_described(bank))
        return
    from rich.table import Table

    table = Table(box=None, show_header=False)
    for name, value in _told(bank):
        table.add_row(name, value)
    console().print(table)


@app.command("aspsps")
def list_aspsps(
    bank_id: Annotated[str, typer.Argument(metavar="ID")],
    country: Annotated[str, typer.Option(help="Two letters, such as NL.  [the aggregator's usual one]")] = "",
    json: Json = False,
) -> None:
    """List the banks behind an aggregator, by the names that `connect --aspsp` takes."""
    from psd2_affordability.cli.connect import require_registration
    from psd2_affordability.cli.output import print_json
    from psd2_affordability.connect.port import Aggregator
    from psd2_affordability.core.errors import UsageError
    from psd2_affordability.service.bootstrap import product

    wired = product()
    require_registration(wired, bank_id)
    if wired.banks.bank(bank_id).consent.approach != "aggregator":
        raise UsageError(f"{bank_id} is one bank, with none behind it", do="Connect it without --aspsp")
    port = wired.bank(bank_id)
    if not isinstance(port, Aggregator):
        raise UsageError(f"{bank_id} does not say which banks are behind it")
    names = port.aspsp_names(country.upper())
    if json:
        print_json({"aspsps": names})
    else:
        typer.echo("\n".join(names))


def _banks() -> "Banks":
    from psd2_affordability._data import data_files
    from psd2_affordability.connect.registry import load_banks

    return load_banks(data_files("connectors"))


def _described(bank: "Bank") -> dict[str, Any]:
    return {
        "id": bank.id,
        "name": bank.name,
        "country": bank.country,
        "profile": bank.profile.id,
        "maturity": bank.maturity,
        "base_url": bank.base_url,
        "consent": {
            "approach": bank.consent.approach,
            "max_days": bank.consent.max_days,
            "frequency_per_day": bank.consent.frequency_per_day,
        },
        "history": {
            "first_months": bank.history.first_months,
            "refresh_days": bank.history.refresh_days,
            "overlap_days": bank.history.overlap_days,
        },
        "bank_codes": bank.bank_codes,
        "notes": bank.notes,
        "sources": [
            {"says": source.says, "url": source.url, "retrieved": source.retrieved} for source in bank.sources
        ],
    }


def _told(bank: "Bank") -> list[tuple[str, str]]:
    calls = f"{bank.consent.frequency_per_day} times a day, each account and endpoint"
    sources = [f"{one.says}, read {one.retrieved.isoformat()} {one.url}".strip() for one in bank.sources]
    return [
        ("id", bank.id),
        ("name", bank.name),
        ("standard", bank.profile.title),
        ("maturity", bank.maturity),
        ("address", bank.base_url or "given when it is used"),
        ("approval", f"by {bank.consent.approach}, for at most {bank.consent.max_days} days"),
        ("without the person", calls),
        ("history at first", f"{bank.history.first_months} months"),
        (
            "history later",
            f"{bank.history.refresh_days} days, the last {bank.history.overlap_days} known days again",
        ),
        ("signed messages", bank.wire.signature.scheme),
        ("notes", "\n".join(bank.notes)),
        ("source", "\n".join(sources)),
    ]
