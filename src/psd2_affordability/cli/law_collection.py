"""The questions of `law` about collecting: costs, conduct, what a claim must say, terms."""

from typing import TYPE_CHECKING, Annotated

import typer

from psd2_affordability.cli.law_show import File, On, household_of_flags, print_answer
from psd2_affordability.cli.options import Json

if TYPE_CHECKING:
    from psd2_affordability.core.duties import LegalChecks


def collection_costs(
    claim: Annotated[list[str], typer.Option(help="The principal in euros; repeat for more claims.")],
    *,
    on: On = "",
    reminded_on: Annotated[str, typer.Option(help="The day of the reminder, such as 2026-11-02.")] = "",
    business: Annotated[bool, typer.Option(help="The debtor acts in a profession or business.")] = False,
    instalments: Annotated[bool, typer.Option(help="The claims are instalments of one contract.")] = False,
    household: File = None,
    json: Json = False,
) -> None:
    """The most that may be asked for collecting out of court."""
    from psd2_affordability.cli.options import day_of
    from psd2_affordability.service.law import LawInputs
    from psd2_affordability.service.typed import typed_euros

    claims = [amount for text in claim if (amount := typed_euros(text, "--claim")) is not None]
    inputs = LawInputs(
        household=household_of_flags(household, on),
        claim=next(iter(claims), None),
        further_claims=tuple(claims[1:]),
        reminded_on=day_of(reminded_on) if reminded_on else None,
        business=business,
        instalments=instalments,
    )
    print_answer("collection-costs", on, inputs, json=json)


def collection_contact(
    at: Annotated[str, typer.Option(help="The moment in Dutch local time, such as 2026-11-22T19:30.")],
    json: Json = False,
) -> None:
    """Whether a collector may make contact at a moment."""
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.law_duties import contact_allowed, local_moment

    _print_checks(contact_allowed(product().rulebook, local_moment(at)), json=json)


def collection_claim(
    given: Annotated[
        list[str], typer.Option(help="A field that the description has; repeat, or use commas.")
    ],
    on: On = "",
    vat: Annotated[bool, typer.Option(help="VAT is asked for.")] = False,
    json: Json = False,
) -> None:
    """What the description of a claim must contain, and what is missing."""
    from psd2_affordability.cli.options import day_of
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.law_duties import claim_described

    fields = ",".join(given).replace(",", " ").split()
    _print_checks(claim_described(product().rulebook, day_of(on), fields, vat=vat), json=json)


def terms(
    on: On = "",
    start: Annotated[str, typer.Option(help="The day that a term starts from, to see its last day.")] = "",
    topic: Annotated[str, typer.Option(help="Only collection, seizure, debt_help or consent.")] = "",
    json: Json = False,
) -> None:
    """The terms that the law sets, with their last day."""
    from rich.table import Table

    from psd2_affordability.cli.options import day_of
    from psd2_affordability.cli.output import console, plain, print_json
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.law_duties import terms_json, terms_of_law

    answer = terms_of_law(
        product().rulebook, day_of(on), starts_on=day_of(start) if start else None, topic=topic
    )
    if json:
        print_json(terms_json(answer))
    else:
        table = Table("article", "says", "term", "last day", box=None, pad_edge=False)
        for term in answer.terms:
            last = "" if term.last_on is None else term.last_on.isoformat()
            cells = (term.article, term.says, f"{term.count} {term.unit}", last)
            table.add_row(*map(plain, cells))
        console().print(table)
        for fact in answer.missing:
            console().print(plain(fact))
    if answer.status != "ok":
        raise typer.Exit(1)


def _print_checks(answer: "LegalChecks", *, json: bool) -> None:
    from rich.table import Table

    from psd2_affordability.cli.output import console, plain, print_json
    from psd2_affordability.service.law_duties import checks_json

    if json:
        print_json(checks_json(answer))
    else:
        verdict = {"ok": "every duty is met", "finding": "not as it should be", "unknown": "not known"}
        screen = console()
        screen.print(plain(f"{answer.question} on {answer.on}: {verdict[answer.status]}", "bold"))
        if answer.reason:
            screen.print(plain(answer.reason))
        table = Table("article", "says", "", box=None, pad_edge=False)
        for check in answer.checks:
            held = {True: "yes", False: "NO", None: "not settled"}[check.holds]
            table.add_row(plain(check.article), plain(check.says), held)
        screen.print(table)
    if answer.status != "ok":
        raise typer.Exit(1)
