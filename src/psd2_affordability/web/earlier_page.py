"""The page with the answers that were given for a case, and what changed from each to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from psd2_affordability.core.money import Money
from psd2_affordability.service.purposes import PURPOSES, purpose
from psd2_affordability.service.reproduce import Difference, Earlier, earlier_answers
from psd2_affordability.web.correct_page import View
from psd2_affordability.web.page import page, wired

routes = APIRouter(prefix="/cases/{subject}")

#: Figures that are shown by name, in this order; how many others changed is told.
_AMOUNTS = (
    "room.monthly.low",
    "room.monthly.mid",
    "room.monthly.high",
    "income.monthly.mid",
    "expenses.fixed",
    "expenses.debts",
)
#: Verdicts that are, each with the name of its fixed words.
_VERDICTS = {"room.advice": "room", "credit_check.outcome": "credit", "seizure.verdict": "seizure"}


@dataclass(frozen=True, slots=True)
class Row:
    """A figure or verdict that came out otherwise; nothing where it was or is not known.

    Attributes:
        path: which one.
        words: of a verdict, the name of its fixed words.
        then: of the answer before.
        now: of this one.
    """

    path: str
    words: str
    then: Money | str | None
    now: Money | str | None


@routes.get("/answers")
def show_earlier(request: Request, subject: str, view: Annotated[View, Query()]) -> Response:
    """List the answers that were given, newest first, each with what changed since the one before."""
    listed = earlier_answers(wired(request), subject, view.purpose)
    return page(
        request,
        "earlier.html",
        subject=subject,
        query=view.query,
        figures=purpose(view.purpose).names,
        every_purpose=PURPOSES,
        listed=[(each, list(_rows(each)), _others(each)) for each in listed],
    )


def _rows(earlier: Earlier) -> Iterator[Row]:
    changed = {each.path: each for each in earlier.changed}
    for path, words in _VERDICTS.items():
        if (found := changed.get(path)) is not None:
            yield Row(path, words, found.then or None, found.now or None)
    for path in _AMOUNTS:
        if (found := changed.get(path)) is not None:
            yield Row(path, "", _amount(found.then), _amount(found.now))


def _amount(text: str) -> Money | None:
    return Money.euros(text) if text else None


def _others(earlier: Earlier) -> int:
    return sum(not _is_named(each) for each in earlier.changed)


def _is_named(one: Difference) -> bool:
    return one.path in _VERDICTS or one.path in _AMOUNTS
