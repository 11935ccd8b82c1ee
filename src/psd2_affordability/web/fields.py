"""Reads what somebody typed in the fields of a page: a day, a whole number, and the question above a case."""

from dataclasses import dataclass
from datetime import date

from psd2_affordability.assess.household import Household
from psd2_affordability.core.dates import iso_day
from psd2_affordability.core.errors import UsageError
from psd2_affordability.service.assess_case import Question
from psd2_affordability.service.supplied import obligation_of
from psd2_affordability.service.typed import typed_euros

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Filled:
    """The form above the answers, as a visitor filled it in."""

    debt: str = ""
    proposal: str = ""
    obligation: str = ""
    months: str = ""

    def question(self, on: date, household: Household) -> Question:
        """Return what is asked, for a day and what is known of the household.

        Raises:
            UsageError: an amount or a number that cannot be read, or what no question can be.
        """
        return Question(
            on=on,
            household=household,
            total_debt=typed_euros(self.debt, "debt"),
            proposal=typed_euros(self.proposal, "proposal"),
            obligation=obligation_of(
                typed_euros(self.obligation, "obligation"), whole_in(self.months, "months")
            ),
        )


def day_in(text: str, today: date) -> date:
    """Read a day; nothing means today."""
    if not text:
        return today
    try:
        return iso_day(text)
    except ValueError as error:
        raise UsageError(str(error)) from None


def whole_in(text: str, where: str) -> int | None:
    """Read a whole number of a form; nothing when it is left empty.

    >>> whole_in(" 24 ", "months"), whole_in("", "months")
    (24, None)

    Raises:
        UsageError: something else than digits, or more than four of them.
    """
    plain = text.strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and len(plain) <= _DIGITS):
        raise UsageError("a whole number is asked for", where=where)
    return int(plain)
