"""Options that several commands share, each said once, and how what somebody typed in them is read."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from psd2_affordability.assess.results import PARTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psd2_affordability.assess.household import Household
    from psd2_affordability.service.assess_case import Question
    from psd2_affordability.service.wording import Language

Statements = Annotated[
    list[Path],
    typer.Argument(
        help="Statement files or folders, also zipped: camt.052, camt.053, camt.054, MT940, MT942, CSV."
    ),
]
On = Annotated[str, typer.Option(help="The day the answer is for, such as 2026-11-22.  [today]")]
HouseholdFile = Annotated[Path | None, typer.Option(help="Household file (TOML).")]
Only = Annotated[str, typer.Option(help=f"Parts, comma separated: {', '.join(PARTS)}.")]
Debt = Annotated[str, typer.Option(help="Total debt in euros, such as 1250.00 or 1250,00.")]
Proposal = Annotated[str, typer.Option(help="A monthly payment to test, in euros.")]
TitleServed = Annotated[bool, typer.Option(help="The title has been served already.")]
ProtectionUsed = Annotated[
    str, typer.Option(help="What an earlier seizure this month has left already, in euros.")
]
NewObligation = Annotated[str, typer.Option(help="A new obligation: euros a month.")]
Months = Annotated[int | None, typer.Option(min=1, help="For how many months.")]
NormFiles = Annotated[
    list[Path] | None,
    typer.Option(
        help="Your file of amounts of the vtlb or the leennorm; repeat for both. See rules/nl/norms."
    ),
]
Spoken = Annotated[str, typer.Option(help="Language of the report: en or nl.")]
Mask = Annotated[
    bool,
    typer.Option(
        "--mask",
        help="Replace private persons and sensitive payees, and leave descriptions out, as when rows are "
        "kept.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def question_of(
    *,
    on: str,
    household: Path | None,
    only: str = "",
    debt: str,
    proposal: str,
    title_served: bool,
    protection_used: str,
    obligation: str,
    months: int | None,
    parameters: "Sequence[Path] | None",
) -> "Question":
    """Read what is asked about statement files."""
    from psd2_affordability.core.money import ZERO
    from psd2_affordability.service.assess_case import Question
    from psd2_affordability.service.supplied import obligation_of, read_norms
    from psd2_affordability.service.typed import typed_euros

    norms = read_norms(parameters or ())
    return Question(
        on=day_of(on),
        household=household_of(household, on),
        parts=parts_of(only),
        total_debt=typed_euros(debt, "--debt"),
        title_served=title_served,
        proposal=typed_euros(proposal, "--proposal"),
        protection_used=typed_euros(protection_used, "--protection-used") or ZERO,
        obligation=obligation_of(typed_euros(obligation, "--obligation"), months),
        leennorm=norms.get("leennorm"),
        vtlb=norms.get("vtlb"),
    )


def language_of(text: str) -> "Language":
    """Read the language of a report."""
    from psd2_affordability.core.errors import UnknownName

    match text:
        case "en" | "nl":
            return text
    raise UnknownName.among("language of reports", text, ["en", "nl"])


def parts_of(only: str) -> frozenset[str]:
    """Read the parts asked for; nothing means all."""
    from psd2_affordability.core.errors import UnknownName

    asked = [part.strip().replace("-", "_") for part in only.split(",") if part.strip()]
    for part in asked:
        if part not in PARTS:
            raise UnknownName.among("part of an assessment", part, list(PARTS))
    return frozenset(asked or PARTS)


def day_of(text: str) -> date:
    """Read a day, or take today."""
    from psd2_affordability.core.dates import iso_day
    from psd2_affordability.core.errors import UsageError
    from psd2_affordability.service.clock import SystemClock

    if not text:
        return SystemClock().today()
    try:
        return iso_day(text)
    except ValueError as error:
        raise UsageError(str(error), where="--on") from None


def household_of(path: Path | None, on: str) -> "Household":
    """Read a household file; none means that nothing is known."""
    from psd2_affordability.assess.household import Household
    from psd2_affordability.service.household_file import read_household

    return Household() if path is None else read_household(path, day_of(on))
