"""`fairness`: how the answers fall over groups of an invented population whose means are known."""

from typing import TYPE_CHECKING, Annotated

import typer

from psd2_affordability.cli.options import Json

if TYPE_CHECKING:
    from psd2_affordability.sandbox.population import Invented
    from psd2_affordability.service.fairness import Known


def fairness(
    *,
    seed: Annotated[int, typer.Option(help="The same seed gives the same people.")] = 1,
    people: Annotated[int, typer.Option(min=24, max=20_000, help="How many people.")] = 2_000,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print a document.")] = False,
    json: Json = False,
) -> None:
    """Measure the answers over groups: work, age, household and names; differences are flagged."""
    from psd2_affordability.cli.output import console, plain, print_json
    from psd2_affordability.sandbox.ledger_view import banked_ledger
    from psd2_affordability.sandbox.lives import LAST_DAY
    from psd2_affordability.sandbox.population import population
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.fairness import fairness_of
    from psd2_affordability.service.fairness_document import document

    drawn = list(population(seed, people))
    frame = banked_ledger(each.banked for each in drawn)
    report = fairness_of(product(), frame, [_known(each) for each in drawn], LAST_DAY)
    if json:
        print_json(report)
    elif markdown:
        typer.echo(document(report, seed), nl=False)
    else:
        console().print(plain(document(report, seed)))


def _known(drawn: "Invented") -> "Known":
    """Hand over what is true of a person, and the balance of the account."""
    from psd2_affordability.assess.case import KnownBalance
    from psd2_affordability.core.money import Money
    from psd2_affordability.sandbox.ledger_view import closing_ct
    from psd2_affordability.sandbox.lives import LAST_DAY
    from psd2_affordability.service.fairness import Known

    truth = drawn.truth
    return Known(
        subject=drawn.subject,
        twin=drawn.twin,
        groups=drawn.groups,
        household=drawn.household,
        balances=tuple(
            KnownBalance(account.iban, Money(closing_ct(account)), LAST_DAY, proven=True)
            for account in drawn.banked.accounts
        ),
        income=Money(truth.income_ct),
        counted=Money(truth.counted_ct),
        costs=Money(truth.costs_ct),
        waits=Money(truth.waits_ct),
        troubled=truth.troubled,
    )
