"""`decide`: what a person decides on a credit check, with who and why."""

from typing import Annotated

import typer

from psd2_affordability.cli.options import Json, Months, NewObligation, On, day_of


def decide(
    case: Annotated[str, typer.Argument(help="Key of the case.")],
    *,
    outcome: Annotated[str, typer.Option(help="approve, decline or more_information.")],
    reason: Annotated[str, typer.Option(help="Why, in your own words.")],
    by: Annotated[str, typer.Option(help="Who decides.")],
    on: On = "",
    obligation: NewObligation = "",
    months: Months = None,
    json: Json = False,
) -> None:
    """Write down what you decide on the credit check of a case; the answer that you saw stays beside it."""
    from psd2_affordability.cli.output import console, plain, print_json
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.decisions import Decision
    from psd2_affordability.service.decisions import decide as keep
    from psd2_affordability.service.supplied import obligation_of
    from psd2_affordability.service.typed import typed_euros

    asked = obligation_of(typed_euros(obligation, "--obligation"), months)
    decided = keep(product(), case, day_of(on), Decision(outcome, reason, by), obligation=asked)
    if json:
        print_json(decided)
        return
    console().print(
        plain(
            f"{decided.id}: {decided.outcome} by {decided.by}, on the answer {decided.answer[:16]} "
            f"of {decided.on} that advised {decided.advice}"
        )
    )
