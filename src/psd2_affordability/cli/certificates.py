"""`certificates`: make a set for tests, and show what a certificate says."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from psd2_affordability.cli.options import Json

if TYPE_CHECKING:
    from psd2_affordability.connect.certificates import CertificateFacts

app = typer.Typer(no_args_is_help=True, help="The certificates that banks know us by (QWAC and QSealC).")


@app.command("test")
def make_test_certificates(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write them in.")],
) -> None:
    """Make a root, a QWAC, a QSealC and a server certificate with their keys, for testing only."""
    from psd2_affordability.cli.output import console
    from psd2_affordability.sandbox.certificate_files import write_test_certificates
    from psd2_affordability.service.clock import SystemClock

    written = write_test_certificates(out, SystemClock().now())
    for path in written:
        console().print(str(path), markup=False, soft_wrap=True)
    console(stderr=True).print("FOR TESTING ONLY: no bank trusts these, and their keys have no password.")


@app.command("show")
def show_certificates(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Certificates in PEM form.")],
    json: Json = False,
) -> None:
    """Show whose certificates these are, what for, and until when."""
    from psd2_affordability.cli.output import console, plain, print_json
    from psd2_affordability.service.clock import SystemClock

    on = SystemClock().today()
    found = [(path, _facts(path)) for path in files]
    if json:
        print_json({"certificates": [_described(path, facts, on) for path, facts in found]})
        return
    from rich.table import Table

    table = Table("use", "subject", "organisation id", "roles", "valid until", box=None)
    for _, facts in found:
        cells = (facts.use or "-", facts.name, facts.organisation_id or "-", ", ".join(facts.roles) or "-")
        table.add_row(*(plain(str(cell)) for cell in cells), plain(_until(facts, on)))
    console().print(table)


def _facts(path: Path) -> "CertificateFacts":
    from psd2_affordability.connect.certificates import facts_of, load_certificate
    from psd2_affordability.core.errors import CredentialsError

    where = str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        why = error.strerror or "refused"
        raise CredentialsError(f"cannot be read: {why}", where=where, do="Check the path") from None
    return facts_of(load_certificate(content, where=where), where=where)


def _described(path: Path, facts: "CertificateFacts", on: Any) -> dict[str, Any]:
    said = facts.statement
    return {
        "file": str(path),
        "use": facts.use,
        "subject": facts.subject,
        "organisation_id": facts.organisation_id or None,
        "roles": list(facts.roles),
        "authority": {"name": said.authority_name, "id": said.authority_id} if said else None,
        "issuer": facts.issuer,
        "serial": facts.serial,
        "valid_from": facts.valid_from,
        "valid_until": facts.valid_until,
        "days_left": facts.days_left(on),
    }


def _until(facts: "CertificateFacts", on: Any) -> str:
    left = facts.days_left(on)
    said = "ended" if left < 0 else f"{left} days left"
    return f"{facts.valid_until.isoformat()} ({said})"
