"""`cases`: which cases are kept here."""

from psd2_affordability.cli.options import Json


def cases(*, json: Json = False) -> None:
    """List the cases that are kept: their accounts, transactions and newest booking."""
    from rich.table import Column, Table

    from psd2_affordability.cli.output import console, plain, print_json
    from psd2_affordability.service.bootstrap import product

    found = product().store.cases.list()
    if json:
        print_json({"cases": found})
        return
    if not found:
        console().print("No cases yet. `import STATEMENTS --case CASE` or `connect` opens one.")
        return
    table = Table(Column("case", overflow="fold"), "accounts", "transactions", "newest booking", box=None)
    for each in found:
        table.add_row(
            plain(each.subject), str(each.accounts), str(each.transactions), str(each.last_on or "-")
        )
    console().print(table)
