"""Options that several commands share, each said once, and how what somebody typed in them is read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from psd2_affordability.assess.results import PARTS

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody typed who asks about statement files; every field is an option."""

    on: On = ""
    household: HouseholdFile = None
    debt: Debt = ""
    proposal: Proposal = ""
    title_served: TitleServed = False
    protection_used: ProtectionUsed = ""
    obligation: NewObligation = ""
    months: Months = None
    parameters: NormFiles = None

    def question(self, only: str = "") -> "Question":
        """Read it, for some parts or for all."""
        from psd2_affordability.core.money import ZERO
        from psd2_affordability.service.assess_case import Question
        from psd2_affordability.service.supplied import obligation_of, read_norms
        from psd2_affordability.service.typed import typed_euros

        norms = read_norms(self.parameters or ())
        return Question(
            on=day_of(self.on),
            household=household_of(self.household, self.on),
            parts=parts_of(only),
            total_debt=typed_euros(self.debt, "--debt"),
            title_served=self.title_served,
            proposal=typed_euros(self.proposal, "--proposal"),
            protection_used=typed_euros(self.protection_used, "--protection-used") or ZERO,
            obligation=obligation_of(typed_euros(self.obligation, "--obligation"), self.months),
            leennorm=norms.get("leennorm"),
            vtlb=norms.get("vtlb"),
        )


def asks(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `Asked` where its own arguments have `asked`."""
    options = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=one.default, annotation=one.annotation)
        for name, one in signature(Asked).parameters.items()
    ]
    own = signature(command)

    @wraps(command)
    def with_options(**typed: Any) -> None:
        asked = Asked(**{one.name: typed.pop(one.name) for one in options})
        command(**typed, asked=asked)

    shown = [each for name, one in own.parameters.items() for each in (options if name == "asked" else [one])]
    vars(with_options)["__signature__"] = own.replace(parameters=shown)
    with_options.__annotations__ = {one.name: one.annotation for one in shown}
    return with_options


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


def day_of(text: str, option: str = "--on") -> date:
    """Read the day of an option, or take today."""
    from psd2_affordability.core.dates import iso_day
    from psd2_affordability.core.errors import UsageError
    from psd2_affordability.service.clock import SystemClock

    if not text:
        return SystemClock().today()
    try:
        return iso_day(text)
    except ValueError as error:
        raise UsageError(str(error), where=option) from None


def household_of(path: Path | None, on: str) -> "Household":
    """Read a household file; none means that nothing is known."""
    from psd2_affordability.assess.household import Household
    from psd2_affordability.service.household_file import read_household

    return Household() if path is None else read_household(path, day_of(on))
