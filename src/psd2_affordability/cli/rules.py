"""`rules`: the dated rules, their figures and sources, their worked examples, what is overdue."""

from typing import Annotated, Any

import typer

from psd2_affordability.cli.options import Json

app = typer.Typer(no_args_is_help=True, help="The dated rules: figures, sources, worked examples.")

On = Annotated[str, typer.Option("--on", help="The day, such as 2026-07-01.")]


@app.command("list")
def list_(
    on: On = "",
    json: Json = False,
    markdown: Annotated[bool, typer.Option(help="Print every rule and gap as Markdown.")] = False,
) -> None:
    """List every rule; with a day, those that give something for it."""
    if markdown:
        _print_markdown()
        return
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.rules_view import list_rules

    _print_rows(list_rules(product().rulebook, _day_or_none(on)), json=json)


@app.command()
def show(
    rule: Annotated[str, typer.Argument(help="Id of the rule, such as nl.bijstandsnorm.")],
    on: On = "",
    where: Annotated[
        list[str] | None, typer.Option(help="Only figures with this key, such as type=single.")
    ] = None,
    json: Json = False,
) -> None:
    """Show one rule: its figures by date, each version with its source and grade."""
    from psd2_affordability.cli.output import print_json
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.rules_view import parse_where, show_rule

    shown = show_rule(product().rulebook, rule, _day_or_none(on), parse_where(where or []))
    if json:
        print_json(shown)
    else:
        _print_rule(shown)


@app.command()
def verify(json: Json = False) -> None:
    """Run every worked example of every rule file."""
    from psd2_affordability.cli.output import console, plain, print_json
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.rules_view import verify_rules

    results = verify_rules(product().rulebook)
    failed = [result for result in results if not result.passed]
    if json:
        print_json({"examples": len(results), "failed": failed})
    else:
        for result in failed:
            line = (
                f"{result.rule} on {result.on}: {result.says}. Expected {result.expected}, got {result.got}"
            )
            console().print(plain(line, "red"))
        rules = len({result.rule for result in results})
        console().print(
            plain(f"{len(results) - len(failed)} of {len(results)} examples of {rules} rules hold")
        )
    if failed:
        raise typer.Exit(1)


@app.command()
def stale(on: On = "", json: Json = False) -> None:
    """Name the rules whose review date has passed."""
    from psd2_affordability.cli.options import day_of
    from psd2_affordability.cli.output import console, plain
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.rules_view import stale_rules

    day = day_of(on)
    overdue = stale_rules(product().rulebook, day)
    if overdue or json:
        _print_rows(overdue, json=json)
    else:
        console().print(plain(f"Every rule is within its review date on {day}"))
    if overdue:
        raise typer.Exit(1)


def _print_markdown() -> None:
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.rules_table import gaps_list, rules_table

    book = product().rulebook
    typer.echo(rules_table(book) + "\n" + gaps_list(book), nl=False)


def _day_or_none(text: str) -> Any:
    from psd2_affordability.cli.options import day_of

    return day_of(text) if text else None


def _print_rows(rows: list[dict[str, object]], *, json: bool) -> None:
    from rich.table import Table

    from psd2_affordability.cli.output import console, plain, print_json

    if json:
        print_json(rows)
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("rule", no_wrap=True)
    table.add_column("title")
    for name in ("since", "newest", "grade", "review by"):
        table.add_column(name, no_wrap=True)
    for row in rows:
        names = ("id", "title", "first_in_force", "newest_in_force", "grade", "review_by")
        table.add_row(*(plain(str(row[name])) for name in names))
    console().print(table)


def _print_rule(rule: dict[str, Any]) -> None:
    from rich.table import Table

    from psd2_affordability.cli.output import console, plain

    screen = console()
    screen.print(plain(f"{rule['title']} ({rule['id']})", "bold"))
    screen.print(plain(rule["says"]))
    for version in rule["versions"]:
        until = f" until {version['until']}" if version["until"] else ""
        source = version["source"]
        screen.print()
        screen.print(plain(f"From {version['in_force']}{until}, {version['status']}", "bold"))
        table = Table("figure", "value", "unit", box=None, pad_edge=False)
        for figure in version["values"]:
            keys = " ".join(f"{key}={value}" for key, value in figure["by"].items())
            per = {"": "", "once": " once"}.get(figure["per"], f" per {figure['per']}")
            name = f"{figure['name']} {keys}".strip()
            table.add_row(plain(name), plain(_value(figure["value"])), plain(figure["unit"] + per))
        screen.print(table)
        for name in version["not_known"]:
            screen.print(plain(f"Not known: {name}"))
        seen = ", ".join(text for text in (source["url"], source["published"], source["read_in"]) if text)
        screen.print(plain(f"Art. {source['article']}, grade {source['grade']}, {seen}", "dim"))
        if source["note"]:
            screen.print(plain(source["note"], "dim"))
    for gap in rule["gaps"]:
        screen.print(plain(f"Open: {gap}"))
    if rule["review_passed"]:
        screen.print(plain(f"Last known value: the review date {rule['review_by']} has passed"))


def _value(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    return "; ".join(
        f"{bracket['rate']} up to {bracket['up_to']}" if bracket["up_to"] else f"{bracket['rate']} above"
        for bracket in value
    )
